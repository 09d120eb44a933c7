"""Every assignment in every language, from release to feedback: the solution, the untouched release, and the typical mistakes."""

import json
import re
import string

import nbformat
import pytest
import yaml
from nbgrader.api import Gradebook

from autograde.assignment import Assignment, masters
from autograde.classroom import Classroom
from autograde.collect import collect
from autograde.feedback import feedback
from autograde.grade import grade
from autograde.release import release
from crm_sim import text

SEED = 1
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


def mistakes(name):
    path = Assignment(name).home / name / "mistakes.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def packs(some):
    """The mistakes in as few submissions as keep the questions they touch apart."""
    packed = []
    for mistake in some:
        room = next((pack for pack in packed if not any(other["lost"].keys() & mistake["lost"].keys() for other in pack)), None)
        if room is None:
            packed.append([mistake])
        else:
            room.append(mistake)
    return packed


def with_mistakes(notebook, pack):
    for mistake in pack:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code" and mistake["was"] in cell.source]
        assert sum(cell.source.count(mistake["was"]) for cell in cells) == 1, mistake["name"]["en"]
        cells[0].source = cells[0].source.replace(mistake["was"], mistake["now"])
    return notebook


class Class:
    """An assignment released, handed in by all sorts of students, graded, and returned."""

    def __init__(self, name, folder):
        self.name, self.room, assignment = name, Classroom(folder / "class"), Assignment(name)
        release(self.room, assignment, SEED)
        self.packs = packs(mistakes(name))
        inbox = folder / "inbox"
        for language in text.languages():
            solved = self.room.source(name, language) / f"{assignment.notebook}.ipynb"
            submissions = {"solved": nbformat.read(solved, 4), "untouched": nbformat.read(self.room.release(name, language) / solved.name, 4)}
            submissions |= {f"mistakes{number}": with_mistakes(nbformat.read(solved, 4), pack) for number, pack in enumerate(self.packs)}
            for kind, notebook in submissions.items():
                (inbox / f"{kind}-{language}").mkdir(parents=True)
                nbformat.write(notebook, inbox / f"{kind}-{language}" / solved.name)
        assert all(taken for _, taken, _ in collect(self.room, name, assignment.notebook, inbox))
        self.marks = {mark.student: mark for mark in grade(self.room, name)}
        self.pages = {student: page.read_text(encoding="utf-8") for student, page, _ in feedback(self.room, name)}

    def points(self, student):
        """Points by question, the essay left out, and what each is worth."""
        with Gradebook(self.room.gradebook) as gradebook:
            grades = gradebook.find_submission(self.name, student).notebooks[0].grades
            return {one.name.replace("-", "."): (one.auto_score, one.max_score_gradecell) for one in grades if one.cell_type == "code"}


@pytest.fixture(scope="module", params=sorted(masters()))
def graded(request, tmp_path_factory):
    return Class(request.param, tmp_path_factory.mktemp(request.param))


@pytest.mark.parametrize("language", text.languages())
def test_the_solution_earns_everything_and_the_untouched_release_nothing(graded, language):
    assert graded.marks[f"solved-{language}"].problem is None
    assert all(earned == worth for earned, worth in graded.points(f"solved-{language}").values())
    assert len(graded.points(f"solved-{language}")) >= 8
    untouched = graded.marks[f"untouched-{language}"]
    assert (untouched.points, untouched.essay_waits, untouched.problem) == (0, False, None)


@pytest.mark.parametrize("language", text.languages())
def test_each_mistake_loses_exactly_its_points_and_is_told(graded, language):
    assert sum(map(len, graded.packs)) >= 5
    for number, pack in enumerate(graded.packs):
        student = f"mistakes{number}-{language}"
        lost = {name: worth - earned for name, (earned, worth) in graded.points(student).items() if earned != worth}
        assert lost == {question: points for mistake in pack for question, points in mistake["lost"].items()}
        for mistake in pack:
            for key in mistake["reads"]:
                for words in fragments(key, language):
                    assert words in graded.pages[student], (mistake["name"]["en"], words)


def fragments(key, language):
    """The words of a sentence around its placeholders, as a page shows them."""
    return [words for words, *_ in string.Formatter().parse(text.catalogue(key.partition(".")[0], language)[key]) if len(words) > 3]


def test_pages_show_no_hidden_case_and_no_solution_of_ours(graded):
    hidden = (graded.room.checks(graded.name)).read_text(encoding="utf-8")
    assert json.loads(hidden)["questions"]
    for student, page in graded.pages.items():
        assert "HIDDEN" not in page and str(graded.room.folder) not in page
        if student.startswith("untouched"):
            assert_nothing_given_away(graded, page)


@pytest.mark.parametrize("language", text.languages())
def test_the_release_gives_nothing_away(graded, language):
    folder = graded.room.release(graded.name, language)
    notebook = f"{Assignment(graded.name).notebook}.ipynb"
    assert graded.room.checks(graded.name).name in {path.name for path in folder.iterdir()}
    for path in folder.rglob("*"):
        if path.suffix in (".ipynb", ".json", ".py"):
            content = json.loads(path.read_text(encoding="utf-8"))
            lines = "\n".join("".join(cell["source"]) for cell in content["cells"]) if path.name == notebook else json.dumps(content)
            assert_nothing_given_away(graded, lines)


def assert_nothing_given_away(graded, published):
    """No line of a solution region or an essay, and nothing of a hidden case, stands in what is published."""
    for language in text.languages():
        cells = nbformat.read(next(graded.room.source(graded.name, language).glob("*.ipynb")), 4).cells
        essays = [cell.source for cell in cells if cell.cell_type == "markdown" and "nbgrader" in cell.metadata]
        secrets = [line.strip() for cell in cells for region in SOLUTION.findall(cell.source) for line in region.splitlines()]
        secrets += [line for essay in essays for line in essay.splitlines()]
        assert len(secrets) > 40 and essays
        assert [line for line in secrets if len(line) > 12 and line in published] == []
    for question in json.loads(graded.room.checks(graded.name).read_text(encoding="utf-8"))["questions"].values():
        for case in question["hidden"]:
            assert case["hint"] not in published
            given = json.dumps(case["with"] or case["expect"])
            assert given not in published or len(given) < 8


@pytest.mark.parametrize("secret", ["solution", "essay", "arguments", "expected"])
def test_the_search_finds_what_is_planted(graded, secret):
    cells = nbformat.read(next(graded.room.source(graded.name, "zh").glob("*.ipynb")), 4).cells
    cases = [case for question in json.loads(graded.room.checks(graded.name).read_text(encoding="utf-8"))["questions"].values() for case in question["hidden"]]
    planted = {
        "solution": next(region for cell in cells for region in SOLUTION.findall(cell.source)),
        "essay": next(cell.source for cell in cells if cell.cell_type == "markdown" and "nbgrader" in cell.metadata),
        "arguments": next(json.dumps(case["with"]) for case in cases if len(case["with"]) > 1),
        "expected": next(json.dumps(case["expect"]) for case in cases if not case["with"]),
    }[secret]
    with pytest.raises(AssertionError):
        assert_nothing_given_away(graded, f"words {planted} words")


def test_the_languages_have_the_same_questions(graded):
    cells = [[(cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.get("points"), cell.metadata.nbgrader.locked and cell.source)
              for cell in nbformat.read(next(graded.room.release(graded.name, language).glob("*.ipynb")), 4).cells if "nbgrader" in cell.metadata]
             for language in text.languages()]
    assert cells[0] == cells[1]
    assert sum(points or 0 for _, points, _ in cells[0]) == 100
