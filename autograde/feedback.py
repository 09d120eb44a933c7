"""Feedback: one page a student, without the hidden tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from autograde.classroom import Classroom, cause, convert
from autograde.errors import AutogradeError


def feedback(classroom: Classroom, assignment: str) -> Iterator[tuple[str, Path | None, str]]:
    """Write the page of every graded student; yields student, page (None if it could not be written) and why not.

    Raises
    ------
    AutogradeError
        When nothing was graded.
    """
    students = classroom.existing(assignment).students(assignment, "autograded")
    if not students:
        raise AutogradeError("nothing_graded", assignment=assignment, folder=classroom.folder)
    config = classroom.settings()
    config.merge(Config({"HTMLExporter": {"template_name": "feedback"}}))
    for student in students:
        good, log = convert(GenerateFeedback, config, assignment, student)
        pages = list(classroom.feedback(assignment, student).glob("*.html")) if good else []
        yield student, pages[0] if pages else None, "" if pages else cause(log)
