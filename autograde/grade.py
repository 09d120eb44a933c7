"""Grade: run what was handed in and write the points into the gradebook, a student at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import nbformat
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde

from autograde.classroom import Classroom, cause, convert
from autograde.errors import AutogradeError
from crm_sim import text


@dataclass(frozen=True)
class Mark:
    """What one student has: `problem` says why a submission could not be graded, `points` are None then."""

    student: str
    points: float | None = None
    out_of: float | None = None
    essay_waits: bool = False
    problem: str | None = None

    def __str__(self):
        if self.problem:
            return text.say("autograde.grade.problem", student=self.student, problem=self.problem)
        key = "essay_waits" if self.essay_waits else "done"
        return text.say(f"autograde.grade.{key}", student=self.student, points=f"{self.points:g}", out_of=f"{self.out_of:g}")


def grade(classroom: Classroom, assignment: str, timeout: int = 60, again: bool = False) -> Iterator[Mark]:
    """Grade every submission that is new or changed (all with `again`); yields every student's mark.

    A cell that takes longer than `timeout` seconds is stopped and earns nothing. A submission that cannot be graded
    does not stop the others.

    Raises
    ------
    AutogradeError
        When nothing was released or collected, or the timeout is not positive.
    """
    if timeout <= 0:
        raise AutogradeError("timeout", value=timeout)
    students = classroom.existing(assignment).students(assignment)
    if not students:
        raise AutogradeError("nothing_collected", assignment=assignment, folder=classroom.folder)
    config = classroom.settings()
    config.Execute.timeout = timeout
    for student in students:
        problem = None
        if again or _changed(classroom, assignment, student):
            problem = _unreadable(classroom, assignment, student) or _autograde(classroom, config, assignment, student)
        yield Mark(student, problem=problem) if problem else mark(classroom, assignment, student)


def mark(classroom: Classroom, assignment: str, student: str) -> Mark:
    """The mark that stands in the gradebook."""
    with Gradebook(classroom.gradebook) as gradebook:
        submission = gradebook.find_submission(assignment, student)
        return Mark(student, submission.score, submission.max_score, submission.needs_manual_grade)


def _changed(classroom, assignment, student):
    """Whether the submission differs from what was graded: that folder keeps the moment of the submission it came from."""
    moments = [folder / "timestamp.txt" for folder in (classroom.submission(assignment, student), classroom.autograded(assignment, student))]
    return not moments[1].is_file() or moments[0].read_bytes() != moments[1].read_bytes()


def _unreadable(classroom, assignment, student):
    for path in classroom.submission(assignment, student).glob("*.ipynb"):
        try:
            nbformat.read(path, as_version=4)
        except Exception as problem:  # nbformat passes on whatever its readers raise
            return text.say("autograde.grade.unreadable", problem=f"{type(problem).__name__}: {problem}".splitlines()[0][:200])
    return None


def _autograde(classroom, config, assignment, student):
    good, log = convert(Autograde, config, assignment, student)
    logs = classroom.folder / "logs" / assignment
    logs.mkdir(parents=True, exist_ok=True)
    (logs / f"{student}.log").write_text(log, encoding="utf-8")
    return None if good else cause(log)
