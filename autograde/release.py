"""Release: from an assignment's source to what its students get, in every language, and what the grader keeps."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbgrader.converters import GenerateAssignment

from autograde.assignment import Assignment
from autograde.check import RECORD
from autograde.classroom import FIRST, QUIET, Classroom, cause, convert
from autograde.errors import AutogradeError
from autograde.forms import fit, table_of
from autograde.judge import judge
from autograde.questions import FOLDER, Checks, file_name


def release(classroom: Classroom, assignment: Assignment, seed: int = 1) -> list[Path]:
    """Release `assignment` in `classroom`, with the data of `seed`; the folders to hand out, one a language.

    What a question expects is taken from the reference solution, run on the class's data. Nothing is released unless
    that solution earns every point and both languages have the same graded cells.

    Raises
    ------
    AutogradeError
        When the assignment is unknown, at odds with itself, or handed in already with the data of another seed.
    """
    if seed < 0:
        raise AutogradeError("seed", value=seed)
    notebooks = assignment.notebooks()
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside)
        assignment.write_data(_folder(made / FIRST), seed)
        checks = assignment.checks()
        _refuse_differences(notebooks, checks)
        resolve(checks, notebooks[FIRST], made / FIRST)
        _refuse_other_data(classroom, assignment.name, checks)
        for language, notebook in notebooks.items():
            if language != FIRST:
                shutil.copytree(made / FIRST, made / language)
            nbformat.write(notebook, made / language / f"{assignment.notebook}.ipynb")
            checks.public().write(made / language / file_name(assignment.name))
        classroom.make()
        for language in notebooks:
            shutil.rmtree(classroom.source(assignment.name, language), ignore_errors=True)
            shutil.copytree(made / language, classroom.source(assignment.name, language))
    for language in notebooks:
        good, log = convert(GenerateAssignment, classroom.settings(language), assignment.name)
        if not good:
            raise AutogradeError("nbgrader", step="release", problem=cause(log))
    checks.write(_folder(classroom.checks(assignment.name).parent) / file_name(assignment.name))
    return [classroom.release(assignment.name, language) for language in notebooks]


def resolve(checks: Checks, notebook, folder: Path) -> None:
    """Fill in everything in `checks` that follows from the reference solution in `notebook`, run in a copy of `folder`.

    Raises
    ------
    AutogradeError
        When the solution stops, or does not earn all the points of a question; when points do not add up; when a function has
        no visible example, a visible case leaves its expected value to the solution, which would show the answer, or a hidden one
        has no hint.
    """
    for name, question in checks.questions.items():
        if abs(sum(case.points for case in question.cases) - question.points) > 1e-9:
            raise AutogradeError("points_sum", question=name, points=question.points)
        if question.answer == "function" and not question.visible:
            raise AutogradeError("no_example", question=name)
        if any(case.expect is None for case in question.visible):
            raise AutogradeError("visible_expects", question=name)
        if not all(case.hint for case in question.hidden):
            raise AutogradeError("hint_missing", question=name)
    observed = _run(checks, notebook, folder)
    if observed.keys() != checks.questions.keys():
        raise AutogradeError("questions_differ", names=", ".join(sorted(observed.keys() ^ checks.questions.keys())))
    for name, question in checks.questions.items():
        _fill_form(question.form, observed[name][0])
        for number, case in enumerate(question.cases):
            if case.expect is None:
                case.expect = fit(observed[name][number if question.answer == "function" else 0], question.form)
        verdict = judge(question, observed[name])
        if verdict.points != question.points:
            raise AutogradeError("reference_fails", question=name, problem=" ".join(sentence for _, sentence in verdict.lines))


def _fill_form(form, came):
    """The length of a list and the names of a table's rows, where they are not written, as the solution has them."""
    if form.kind == "list" and form.length is None:
        form.length = len(came["values"])
    if form.kind == "table" and form.keys is None:
        form.keys = table_of(came, form)[1]


def _run(checks, notebook, folder):
    """What the reference solution gives to each question."""
    with tempfile.TemporaryDirectory() as aside:
        there = Path(aside, "notebook")
        shutil.copytree(folder, there)
        names = {name.partition(".")[0] for name in checks.questions}
        for name in names:
            checks.write(there / file_name(name))
        record = Path(aside, "record")
        environment = {**os.environ, FOLDER: str(there), RECORD: str(record)}
        client = NotebookClient(nbformat.from_dict(notebook), timeout=120, resources={"metadata": {"path": str(there)}},
                                extra_arguments=QUIET)
        try:
            client.execute(env=environment)
        except CellExecutionError as problem:
            raise AutogradeError("reference_stops", problem=f"{problem.ename}: {problem.evalue}") from None
        lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
        return {entry["question"]: entry["observed"] for entry in map(json.loads, lines)}


def _refuse_differences(notebooks, checks):
    """The graded cells must be the same in every language, and worth what the questions say."""
    graded = {language: [(cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.get("points"),
                          cell.source if cell.metadata.nbgrader.locked else None)
                         for cell in notebook.cells if "nbgrader" in cell.metadata] for language, notebook in notebooks.items()}
    if any(cells != graded[FIRST] for cells in graded.values()):
        raise AutogradeError("languages_differ")
    points = {name: points for name, points, _ in graded[FIRST]}
    for name, question in checks.questions.items():
        if points.get(name.replace(".", "-")) != question.points:
            raise AutogradeError("cell_points", question=name, points=question.points, cell=name.replace(".", "-"))


def _refuse_other_data(classroom, name, checks):
    """Once answers have come in, what they are compared with stays."""
    before = classroom.checks(name)
    if before.is_file() and classroom.students(name) and Checks.read(before) != checks:
        raise AutogradeError("submissions_exist", assignment=name, folder=classroom.folder)


def _folder(path):
    path.mkdir(parents=True, exist_ok=True)
    return path
