"""What students get: everything they need, and nothing that they must not see."""

import io
import json
import posixpath
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograde.assignment import Assignment, masters
from autograde.classroom import Classroom
from course.builder import tree
from course.builder.source import Pair, read
from course.student import kit
from crm_sim import text

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The class, and the content of each language's zip by name."""
    folder = tmp_path_factory.mktemp("kit")
    classroom = Classroom(folder / "class")
    paths = kit.make(folder / "dist", classroom, seed=1)
    assert [path.name for path in paths] == ["student-kit-en.zip", "student-kit-zh.zip"]
    return classroom, {language: unzipped(path.read_bytes()) for language, path in zip(text.languages(), paths)}, [path.read_bytes() for path in paths]


def unzipped(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.partition("/")[2]: archive.read(entry) for entry in archive.namelist()}


def everything(files):
    """All text in a kit, that inside the wheel and inside the cells of notebooks as it reads."""
    for name, content in files.items():
        if name.endswith(".whl"):
            yield from everything(unzipped(content))
        elif name.endswith(".ipynb"):
            yield "\n".join(cell.source for cell in nbformat.reads(content.decode("utf-8"), 4).cells)
        elif not name.endswith((".png", ".woff2")):
            yield content.decode("utf-8")


@pytest.mark.parametrize("language", text.languages())
def test_a_kit_holds_what_its_start_needs(made, language):
    files = made[1][language]
    wheels = [name for name in files if name.endswith(".whl")]
    assert len(wheels) == 1 and wheels[0].startswith("crm_course_kit-")
    assert files["start.py"] == (ROOT / "start.py").read_bytes()
    assert files["requirements.lock"] == (ROOT / "course" / "student" / "requirements.lock").read_bytes()
    assert "start.py lab" in files["README.md"].decode("utf-8")
    assert {"LICENSE", "LICENSE-lessons", "course/serve.py", "course/jupyter/jupyter_server_config.json"} <= files.keys()
    assert f'"CRM_LANG", "{language}"' in files["course/__init__.py"].decode()
    for source in tree.sources():
        if source.parent.name == "source":
            notebook = nbformat.reads(files[f"lectures/{language}/{source.stem}.ipynb"].decode("utf-8"), 4)
            assert notebook.metadata.crm == {"edition": "student", "language": language, "source": source.stem}
            committed = ROOT / "lectures" / language / f"{source.stem}.questions.json"
            if committed.exists():
                assert json.loads(files[f"lectures/{language}/{committed.name}"]) == json.loads(committed.read_text(encoding="utf-8"))
    for name in masters():
        released = made[0].release(name, language)
        assert {f"assignments/{name}/{path.name}": path.read_bytes() for path in released.iterdir()}.items() <= files.items()


@pytest.mark.parametrize("language", text.languages())
def test_a_kit_holds_its_language_only(made, language):
    other = next(one for one in text.languages() if one != language)
    assert not [name for name in made[1][language] if name.startswith(f"lectures/{other}/")]


@pytest.mark.parametrize("language", text.languages())
def test_a_kit_gives_nothing_away(made, language):
    classroom, kits, _ = made
    published = "\n".join(everything(kits[language]))
    found = [line for line in secrets(classroom) if line in published]
    assert found == []
    names = [*kits[language], *unzipped(next(content for name, content in kits[language].items() if name.endswith(".whl")))]
    assert not [name for name in names if "mistakes" in name or "questions.yml" in name or name.endswith(("A3_grading.py", "gradebook.db"))]


@pytest.mark.parametrize("language", text.languages())
def test_links_within_a_kit_lead_somewhere(made, language):
    files = made[1][language]
    seen = 0
    for name, content in files.items():
        if name.endswith(".ipynb"):
            words = "\n".join(cell.source for cell in nbformat.reads(content.decode("utf-8"), 4).cells if cell.cell_type == "markdown")
            for target in re.findall(r"\]\((?!\w+:|#)([^)\s]+)\)", words):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) in files, (name, target)
                seen += 1
    assert seen > 2


def secrets(classroom):
    """Lines that no student may read: solutions, reference essays, notes to the instructor, hidden cases."""
    some = []
    for name in masters():
        for language in text.languages():
            for cell in nbformat.read(classroom.source(name, language) / f"{Assignment(name).notebook}.ipynb", 4).cells:
                if "SOLUTION" in cell.source:
                    some += cell.source.partition("BEGIN SOLUTION")[2].partition("### END SOLUTION")[0].splitlines()
                elif cell.cell_type == "markdown" and "nbgrader" in cell.metadata:
                    some += cell.source.splitlines()
        for question in json.loads(classroom.checks(name).read_text(encoding="utf-8"))["questions"].values():
            some += [json.dumps(case["with"] or case["expect"]) for case in question["hidden"]]
    assert len(some) > 100
    notes = [words for source in tree.sources() for cell in read(source).cells
             if isinstance(cell, Pair) and cell.metadata.get("audience") == "instructor" for words in cell.words.values()]
    assert notes
    some += [line for note in notes for line in re.sub(r"```.*?```", "", note, flags=re.DOTALL).splitlines() if not line.startswith("|-")]
    return [line.strip() for line in some if len(line.strip()) > 12]


def test_the_search_finds_what_is_planted(made):
    classroom, kits, _ = made
    for secret in secrets(classroom)[::25]:
        planted = {"lectures/en/extra.ipynb": nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(secret)])).encode("utf-8")}
        assert secret in "\n".join(everything(planted))


def test_the_same_content_makes_the_same_zip(made, tmp_path):
    classroom, _, first = made
    assert [path.read_bytes() for path in kit.make(tmp_path, classroom)] == first


def test_a_refused_seed_is_one_clear_line(tmp_path, capsys):
    from course.student.__main__ import main
    assert main(["--seed", "-1", "--class", str(tmp_path / "class"), "--out", str(tmp_path / "dist")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
