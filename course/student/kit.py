"""The zips for students: lectures, released assignments, the simulator as a wheel, and what sets it all up."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import nbformat
from hatchling.builders.wheel import WheelBuilder

from autograde.assignment import Assignment, masters
from autograde.classroom import Classroom
from autograde.release import release
from course.builder import facts, questions, tree
from course.builder.notebook import checked, notebook
from crm_sim import text

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
# Every file in the zips has this date, so that the same content makes the same zip. No zip can say an earlier one.
_DATE = (1980, 1, 1, 0, 0, 0)


def make(out: Path, classroom: Classroom, seed: int = 1) -> list[Path]:
    """Write ``student-kit-en.zip`` and ``student-kit-zh.zip`` to the folder `out`.

    The assignments are those released in `classroom`; one that was not is released there first, with the data of `seed`.

    Raises
    ------
    autograde.errors.AutogradeError, course.builder.BuildError
        When an assignment cannot be released or a lecture is refused.
    """
    for name in masters():
        if not classroom.checks(name).is_file():
            release(classroom, Assignment(name), seed)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        wheel = _wheel(Path(aside))
        made = []
        for language in text.languages():
            folder = Path(aside, f"crm-course-{language}")
            _fill(folder, language, classroom, wheel)
            made.append(_pack(folder, out / f"student-kit-{language}.zip"))
    return made


def _wheel(folder):
    [made] = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(made)


def _fill(folder, language, classroom, wheel):
    lectures = folder / "lectures" / language
    lectures.mkdir(parents=True)
    known = facts.read()
    for path in tree.sources():
        if path.parent.name != "source":
            continue
        source = checked(path, known)
        nbformat.write(notebook(source, language, "student", known), lectures / f"{source.name}.ipynb")
        bank = questions.bank(source, language, known)
        if bank:
            (lectures / f"{source.name}.questions.json").write_text(bank, encoding="utf-8")
    for name in masters():
        shutil.copytree(classroom.release(name, language), folder / "assignments" / name)
    for name in ("start.py", "LICENSE", "LICENSE-lessons", "course/serve.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "course" / "jupyter", folder / "course" / "jupyter")
    # `course.serve` then speaks the kit's language, unless CRM_LANG says otherwise.
    (folder / "course" / "__init__.py").write_text(f'import os\n\nos.environ.setdefault("CRM_LANG", "{language}")\n', encoding="utf-8")
    shutil.copy(HERE / "requirements.lock", folder)
    shutil.copy(HERE / f"README.{language}.md", folder / "README.md")
    shutil.copy(wheel, folder)


def _pack(folder, target):
    aside = target.with_suffix(".part")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
            archive.writestr(entry, path.read_bytes())
    os.replace(aside, target)
    return target
