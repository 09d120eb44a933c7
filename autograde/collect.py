"""Collect: submissions from a folder or a zip into the class, one notebook a student."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from autograde.classroom import Classroom
from autograde.errors import AutogradeError
from crm_sim import text

_STUDENT = re.compile(r"[^\W_][\w.@-]{0,63}")


def collect(classroom: Classroom, assignment: str, notebook: str, origin: Path) -> Iterator[tuple[str, bool, str]]:
    """Copy every submission of `assignment` found in `origin`; yields student, whether it was taken, and a sentence.

    A notebook ``A3_grading.ipynb`` belongs to the student whose id its folder bears; ``li4_A3_grading.ipynb``, wherever it
    lies, to ``li4``; any other to the part of its name before the first ``_``. A submission replaces an earlier
    one of the same student.

    Raises
    ------
    AutogradeError
        When `origin` is neither a folder nor a zip, or holds no notebook.
    """
    classroom.existing(assignment)
    found = sorted(_notebooks(origin), key=lambda entry: entry[0])
    if not found:
        raise AutogradeError("nothing_to_collect", path=origin)
    taken: dict[str, PurePosixPath] = {}
    for path, content, moment in found:
        student = _student(path, notebook)
        if student is None:
            yield str(path), False, text.say("autograde.collect.no_student")
        elif student in taken:
            yield student, False, text.say("autograde.collect.twice", path=path, first=taken[student])
        else:
            taken[student] = path
            state = _take(classroom.submission(assignment, student), notebook, content(), moment)
            if state == "replaced":  # what was graded is no longer what was handed in
                (classroom.autograded(assignment, student) / "timestamp.txt").unlink(missing_ok=True)
            yield student, True, text.say(f"autograde.collect.{state}")


def _notebooks(origin):
    """``(path within origin, function that reads it, moment of its last change)`` of every notebook."""
    if origin.is_dir():
        for path in origin.rglob("*.ipynb"):
            if _wanted(inside := PurePosixPath(path.relative_to(origin).as_posix())):
                yield inside, path.read_bytes, datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    elif zipfile.is_zipfile(origin):
        archive = zipfile.ZipFile(origin)
        for entry in archive.infolist():
            path = PurePosixPath(_real_name(entry))
            if path.suffix == ".ipynb" and _wanted(path):
                # A zip notes local time.
                yield path, lambda entry=entry: archive.read(entry), datetime(*entry.date_time).astimezone(timezone.utc)
    else:
        raise AutogradeError("not_a_collection", path=origin)


def _real_name(entry):
    """An entry's name: a zip that does not say UTF-8 may mean it all the same, or come from a Chinese Windows."""
    if not entry.flag_bits & 0x800:
        for encoding in ("utf-8", "gbk"):
            with contextlib.suppress(UnicodeError):
                return entry.filename.encode("cp437").decode(encoding)
    return entry.filename


def _wanted(path):
    return not any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def _student(path, notebook):
    """Whose notebook `path` is; None when that cannot be told, or the id could not name a folder."""
    before, named, _ = path.stem.partition(notebook)
    if named and not before:
        student = path.parent.name
    else:
        student = before.rstrip("_- ") if named else path.stem.partition("_")[0]
    return student if _STUDENT.fullmatch(student) else None


def _take(folder, notebook, content, moment):
    target = folder / f"{notebook}.ipynb"
    state = "new" if not target.exists() else "same" if target.read_bytes() == content else "replaced"
    if state != "same":
        folder.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".part")
        aside.write_bytes(content)
        aside.replace(target)
        (folder / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    return state
