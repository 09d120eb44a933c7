"""A class from release to feedback, with nbgrader's own gradebook."""

import os
import re
import shutil
import zipfile

import nbformat
import pytest
import yaml
from nbgrader.apps import NbGraderApp
from small_assignment import MASTER, rewrite

from autograde.assignment import Assignment
from autograde.classroom import Classroom
from autograde.collect import collect
from autograde.errors import AutogradeError
from autograde.feedback import feedback
from autograde.grade import grade
from autograde.release import release

ANSWERS = {"T1-1-answer": 'def size(amount):\n    return "large" if amount > 10 else "small"', "T1-2-answer": "total = 6", "T1-3": "An essay."}
STUDENTS = {
    "blank-en": ("en", {}),
    "blank-zh": ("zh", {}),
    "right-en": ("en", ANSWERS),
    "right-zh": ("zh", ANSWERS),
    "limit": ("zh", ANSWERS | {"T1-1-answer": ANSWERS["T1-1-answer"].replace(">", ">=")}),
    "endless": ("en", ANSWERS | {"T1-1-answer": "while True: pass"}),
    "stops": ("en", ANSWERS | {"T1-2-answer": "total = undefined", "T1-1-answer": ""}),
    "tampers": ("en", ANSWERS | {"T1-2-answer": "total = 7", "T1-2": "2"}),
    "deletes": ("zh", ANSWERS | {"T1-2-answer": "total = 7", "T1-2": None}),
    "copies": ("en", ANSWERS),
}


def answered(release_folder, answers):
    """The released notebook with some cells filled in, or taken out."""
    notebook = nbformat.read(release_folder / "T1_small.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source) or ""
    notebook.cells = [cell for cell in notebook.cells if answers.get(cell.id, "") is not None]
    return notebook


@pytest.fixture(scope="module")
def graded(released, tmp_path_factory):
    """The class after everybody's submission was collected and graded; marks by student."""
    classroom, assignment = released
    inbox = tmp_path_factory.mktemp("inbox")
    for student, (language, answers) in STUDENTS.items():
        (inbox / student).mkdir()
        notebook = answered(classroom.release("T1", language), answers)
        if student == "copies":
            notebook.cells.append(notebook.cells[-2].copy())  # its test cell, twice
        nbformat.write(notebook, inbox / student / "T1_small.ipynb")
    (inbox / "broken").mkdir()
    (inbox / "broken" / "T1_small.ipynb").write_text("{")
    collected = list(collect(classroom, "T1", "T1_small", inbox))
    assert all(taken for _, taken, _ in collected) and len(collected) == 11
    return classroom, {mark.student: mark for mark in grade(classroom, "T1", timeout=25)}


@pytest.mark.parametrize("student, points, essay_waits", [
    ("blank-en", 0, False), ("blank-zh", 0, False), ("right-en", 5, True), ("right-zh", 5, True), ("limit", 3, True), ("endless", 2, True),
    ("stops", 0, True), ("tampers", 3, True), ("deletes", 3, True), ("copies", 5, True),
])
def test_marks(graded, student, points, essay_waits):
    mark = graded[1][student]
    assert (mark.points, mark.out_of, mark.essay_waits, mark.problem) == (points, 10, essay_waits, None)


def test_a_broken_submission_is_named_and_stops_nobody(graded):
    assert "not a readable notebook" in graded[1]["broken"].problem
    assert len(graded[1]) == 11


def test_feedback_shows_points_and_words_but_no_hidden_case(graded):
    classroom, _ = graded
    pages = {student: page for student, page, _ in feedback(classroom, "T1")}
    assert pages.keys() == STUDENTS.keys()
    for page in pages.values():
        shown = page.read_text(encoding="utf-8")
        assert "HIDDEN" not in shown and "BEGIN SOLUTION" not in shown and str(classroom.folder) not in shown
    assert "内容都对，但顺序不同" in pages["limit"].read_text(encoding="utf-8")  # the hint of the hidden case, in her language
    assert "NameError: name" in pages["stops"].read_text(encoding="utf-8")


def test_only_new_submissions_are_graded(graded, monkeypatch, tmp_path):
    classroom, marks = graded
    treated = []
    monkeypatch.setattr("autograde.grade._autograde", lambda classroom, config, assignment, student: treated.append(student))
    assert {mark.student: mark for mark in grade(classroom, "T1")} == marks
    assert treated == []
    (tmp_path / "limit").mkdir()
    nbformat.write(answered(classroom.release("T1", "zh"), ANSWERS), tmp_path / "limit" / "T1_small.ipynb")
    assert [sentence for _, _, sentence in collect(classroom, "T1", "T1_small", tmp_path)] == ["replaced by the newer submission"]
    list(grade(classroom, "T1"))
    assert treated == ["limit"]


def test_nbgrader_started_in_the_class_folder_works_alike(graded, monkeypatch):
    classroom, _ = graded
    monkeypatch.chdir(classroom.folder)
    app = NbGraderApp()
    app.initialize([])
    assert app.config.CourseDirectory.release_directory == "release/en"
    assert os.environ["AUTOGRADE_CHECKS"] == str(classroom.folder / "checks")


def test_released_editions_have_the_same_graded_cells_and_no_solution(released):
    classroom, _ = released
    graded_cells = []
    for language in ("en", "zh"):
        folder = classroom.release("T1", language)
        assert sorted(path.name for path in folder.iterdir()) == ["T1_checks.json", "T1_small.ipynb", "sales.csv"]
        everything = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
        assert "SOLUTION" not in everything and "sum()" not in everything and "order" not in everything and "reference" not in everything
        notebook = nbformat.read(folder / "T1_small.ipynb", as_version=4)
        graded_cells.append([(cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.get("points"), cell.source) for cell in notebook.cells
                             if "nbgrader" in cell.metadata and cell.metadata.nbgrader.grade])
    assert graded_cells[0] == graded_cells[1] and len(graded_cells[0]) == 3
    assert (classroom.release("T1", "en") / "sales.csv").read_text() == "amount\n1\n5\n"


def change(assignment, question, **changed):
    path = assignment.home / "T1" / "questions.yml"
    questions = yaml.safe_load(path.read_text())
    questions[question].update(changed)
    path.write_text(yaml.safe_dump(questions))


@pytest.mark.parametrize("fault, words", [
    (lambda a: change(a, "T1.1", visible=[{"points": 2, "with": [20], "expect": "large"}]), "do not add up"),
    (lambda a: change(a, "T1.1", hidden=[{"points": 2, "with": [10], "expect": "small"}]), "needs a hint"),
    (lambda a: change(a, "T1.1", visible=[], hidden=[{"points": 3, "with": [10], "expect": "small", "hint": "autograde.or"}]), "needs a visible example"),
    (lambda a: change(a, "T1.2", visible=[{"points": 0}]), "would show the answer"),
    (lambda a: change(a, "T1.2", answers="value"), "cannot be read"),
    (lambda a: change(a, "T1.1", visible=[{"points": 1, "with": [20], "expect": "small"}]), "does not earn all the points"),
    (lambda a: change(a, "T1.2", points=1, hidden=[{"points": 1, "hint": "autograde.or"}]), "the cell T1-2 must be worth 1"),
    (lambda a: rewrite(a.master, MASTER.replace("sales[", "missing[")), "solution stops with NameError"),
    (lambda a: rewrite(a.master, MASTER.replace('check("T1.2", total)', 'check("T1.1", size)')), "same questions: T1.2"),
    (lambda a: rewrite(a.master, MASTER.replace('check("T1.2", total)', 'check("T1.2", total), LANGUAGE')), "not the same in every language"),
])
def test_an_assignment_at_odds_with_itself_is_not_released(small, tmp_path, fault, words):
    fault(small)
    with pytest.raises(AutogradeError) as refused:
        release(Classroom(tmp_path / "class"), small, seed=5)
    assert words in str(refused.value)
    assert not (tmp_path / "class").exists()


def test_the_right_answers_do_not_change_once_something_was_handed_in(graded):
    classroom = graded[0]
    assignment = Assignment("T1", classroom.folder.parent / "assignments")
    before = classroom.checks("T1").read_bytes()
    with pytest.raises(AutogradeError, match="would change"):
        release(classroom, assignment, seed=6)
    assert classroom.checks("T1").read_bytes() == before


@pytest.fixture
def empty(released, tmp_path):
    """A class in which T1 was released and nothing collected."""
    folder = tmp_path / "class"
    (folder / "checks").mkdir(parents=True)
    shutil.copy(released[0].checks("T1"), folder / "checks")
    return Classroom(folder)


def taken(classroom, origin):
    return {student: sentence for student, was_taken, sentence in collect(classroom, "T1", "T1_small", origin) if was_taken}


def test_collect_knows_students_by_folder_or_name(empty, tmp_path):
    inbox = tmp_path / "inbox"
    for path in ("2024001/T1_small.ipynb", "group/li4_T1_small (1).ipynb", "wang-5_homework.ipynb", "张三/T1_small.ipynb", ".hidden/T1_small.ipynb",
                 "2024001/.ipynb_checkpoints/T1_small-checkpoint.ipynb"):
        (inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / path).write_text(path, encoding="utf-8")
    assert taken(empty, inbox).keys() == {"2024001", "li4", "wang-5", "张三"}
    assert (empty.submission("T1", "li4") / "T1_small.ipynb").read_text() == "group/li4_T1_small (1).ipynb"
    assert taken(empty, inbox)["li4"] == "unchanged"


def test_collect_leaves_out_what_belongs_to_nobody_or_twice_to_one(empty, tmp_path):
    inbox = tmp_path / "inbox"
    for path in ("T1_small.ipynb", "li4/T1_small.ipynb", "li4_T1_small.ipynb"):
        (inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / path).write_text(path)
    left = {student: sentence for student, was_taken, sentence in collect(empty, "T1", "T1_small", inbox) if not was_taken}
    assert "whose it is" in left["T1_small.ipynb"] and "same student" in left["li4"]


def test_collect_from_a_zip_writes_nowhere_else(empty, tmp_path):
    packed = tmp_path / "inbox.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in ("top/2024001/T1_small.ipynb", "../../T1_small.ipynb", "../evil_T1_small.ipynb", "__MACOSX/x/T1_small.ipynb"):
            archive.writestr(path, path)
    before = set(tmp_path.rglob("*"))
    list(collect(empty, "T1", "T1_small", packed))
    new = {str(path.relative_to(empty.folder / "submitted")) for path in set(tmp_path.rglob("*")) - before if path.suffix == ".ipynb"}
    assert new == {"2024001/T1/T1_small.ipynb"}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_collect_reads_chinese_names_in_a_zip_that_does_not_tell_its_encoding(empty, tmp_path, encoding):
    packed, name = tmp_path / "inbox.zip", "张三".encode(encoding)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{'x' * len(name)}/T1_small.ipynb", "{}")
    packed.write_bytes(packed.read_bytes().replace(b"x" * len(name), name))
    assert taken(empty, packed).keys() == {"张三"}


@pytest.mark.parametrize("name, content", [("notes.txt", b"words"), ("missing", None), ("empty.zip", b"PK\x05\x06" + 18 * b"\0")])
def test_collect_refuses_what_holds_no_submission(empty, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(AutogradeError, match=re.escape(name)):
        list(collect(empty, "T1", "T1_small", tmp_path / name))
