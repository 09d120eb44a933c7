"""The folder of a class, as nbgrader knows it, with the gradebook in it."""

from __future__ import annotations

import os
import re
import sysconfig
import warnings
from dataclasses import dataclass
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (CheckCellMetadata, ClearHiddenTests, ClearOutput, DeduplicateIds, GetGrades, NbGraderPreprocessor,
                                    OverwriteCells, OverwriteKernelspec)
from nbgrader.utils import capture_log, is_grade
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograde.errors import AutogradeError
from autograde.questions import FOLDER, file_name
from crm_sim import text

# The language whose edition nbgrader's database and formgrader show; the locked cells are the same in every one.
FIRST = "en"
# What stands where an essay goes: the same in every language, since nbgrader knows an untouched answer by it.
ESSAY_STUB = "✎"
# What a kernel is started with: its warnings would stand among the students' lines.
QUIET = ["--log-level=ERROR"]
_CONFIG = '''"""nbgrader's settings for this class: nbgrader and formgrader, started in this folder, work as autograde does."""
from pathlib import Path

from autograde.classroom import Classroom

c = get_config()
c.merge(Classroom(Path(__file__).parent).settings())
'''


class ShortErrors(NbGraderPreprocessor):
    """Leaves of an error in a test cell its last line: a traceback would show the cell's source."""

    def preprocess_cell(self, cell, resources, cell_index):
        if is_grade(cell):
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources


class ForgetCopies(NbGraderPreprocessor):
    """Makes an ordinary cell of a copy that `DeduplicateIds` found: the next preprocessor stumbles over what that leaves."""

    def preprocess_cell(self, cell, resources, cell_index):
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources


@dataclass(frozen=True)
class Classroom:
    """The class in `folder`."""

    folder: Path

    def make(self) -> Classroom:
        """The same class, its folder and nbgrader's settings made if they were not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "nbgrader_config.py"
        if not config.exists():
            config.write_text(_CONFIG, encoding="utf-8")
        return self

    def existing(self, assignment: str) -> Classroom:
        """The same class, if `assignment` was released in it.

        Raises
        ------
        AutogradeError
            Otherwise.
        """
        if not self.checks(assignment).is_file():
            raise AutogradeError("not_released", assignment=assignment, folder=self.folder)
        return self

    def source(self, assignment: str, language: str) -> Path:
        return self.folder / "source" / language / assignment

    def release(self, assignment: str, language: str) -> Path:
        return self.folder / "release" / language / assignment

    def checks(self, assignment: str) -> Path:
        """The complete questions, hidden cases and all."""
        return self.folder / "checks" / file_name(assignment)

    def submission(self, assignment: str, student: str) -> Path:
        return self.folder / "submitted" / student / assignment

    def autograded(self, assignment: str, student: str) -> Path:
        return self.folder / "autograded" / student / assignment

    def feedback(self, assignment: str, student: str) -> Path:
        return self.folder / "feedback" / student / assignment

    def students(self, assignment: str, step: str = "submitted") -> list[str]:
        """Those who have this assignment in the folder of `step`, in alphabetical order."""
        return sorted(path.parent.name for path in (self.folder / step).glob(f"*/{assignment}"))

    @property
    def gradebook(self) -> str:
        """The database's address."""
        return f"sqlite:///{(self.folder / 'gradebook.db').resolve()}"

    def settings(self, language: str = FIRST) -> Config:
        """nbgrader's settings, for `language` where the languages differ.

        Also puts the folder of this Python's programs on PATH, since nbgrader calls one of them (alembic) by its name,
        and tells the kernels of a grading run where the complete questions are.
        """
        programs = sysconfig.get_path("scripts")
        if programs not in os.environ["PATH"].split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join([programs, os.environ["PATH"]])
        os.environ[FOLDER] = str(self.checks("").parent.resolve())

        config = Config()
        config.CourseDirectory.root = str(self.folder.resolve())
        config.CourseDirectory.source_directory = f"source/{language}"
        config.CourseDirectory.release_directory = f"release/{language}"
        with text.use(language):
            config.ClearSolutions.code_stub = {"python": text.say("autograde.code_stub")}
        config.ClearSolutions.text_stub = ESSAY_STUB
        config.Execute.extra_arguments = QUIET
        config.OverwriteCells.add_missing_cells = True
        config.OverwriteCells.missing_cell_notification = _in_every_language("cell_added_back", cell_id="{cell_id}") + "\n\n"
        config.Autograde.sanitize_preprocessors = [ClearOutput, DeduplicateIds, ForgetCopies, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
        config.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, ShortErrors, CSSHTMLHeaderPreprocessor]
        # The database knows the first edition; the others have the same cells.
        config.SaveCells.enabled = language == FIRST
        config.GenerateAssignment.no_database = language != FIRST
        return config


def convert(converter, config: Config, assignment: str, student: str = "*") -> tuple[bool, str]:
    """Run one of nbgrader's converters; whether it went well, and its log."""
    config.CourseDirectory.assignment_id, config.CourseDirectory.student_id = assignment, student
    app = converter(coursedir=CourseDirectory(config=config), config=config)
    app.force = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's way of adding to its database
        result = capture_log(app)
    return result["success"], result.get("log", "") + result.get("error", "")


def cause(log: str) -> str:
    """The line of nbgrader's log that says what went wrong: the end of its first traceback."""
    found = re.search(r"Traceback[^\0]*?^ {4}(\S.*)$", log, re.MULTILINE)
    return found[1] if found else (log.strip().splitlines() or ["–"])[-1]


def _in_every_language(key, **values):
    sentences = []
    for language in text.languages():
        with text.use(language):
            sentences.append(text.say(f"autograde.{key}", **values))
    return " / ".join(sentences)
