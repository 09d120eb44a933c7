"""An assignment's files in the course: ``A3_grading.py`` and the folder ``A3`` beside it."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from pathlib import Path

import yaml
from nbformat import NotebookNode
from pydantic import ValidationError

from autograde.errors import AutogradeError
from autograde.questions import Checks
from crm_sim import text

HOME = Path(__file__).parents[1] / "course" / "assignments"


@dataclass(frozen=True)
class Assignment:
    """The assignment called `name` (``A3``) under `home`."""

    name: str
    home: Path = HOME

    @property
    def master(self) -> Path:
        """The py:percent source with the solution, in both languages.

        Raises
        ------
        AutogradeError
            When there is no such assignment.
        """
        found = masters(self.home)
        if self.name not in found:
            raise AutogradeError("assignment_unknown", assignment=self.name, known=", ".join(found) or "–")
        return found[self.name]

    @property
    def notebook(self) -> str:
        """The name of the students' notebook, without its ending."""
        return self.master.stem

    def notebooks(self) -> dict[str, NotebookNode]:
        """The students' notebook with the solution in it, by language.

        Raises
        ------
        course.builder.BuildError
            When the source is refused.
        """
        from course.builder import build_notebook

        return {language: build_notebook(self.master, language, "student") for language in text.languages()}

    def checks(self) -> Checks:
        """The questions as the instructor wrote them."""
        path = self.home / self.name / "questions.yml"
        try:
            return Checks(questions=yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as problem:
            raise AutogradeError("checks_unreadable", file=path, problem=" ".join(str(problem).split())) from None

    def write_data(self, folder: Path, seed: int) -> None:
        """Write the files that go out with the notebook, made for a class by its seed."""
        runpy.run_path(str(self.home / self.name / "data.py"))["write"](folder, seed)


def masters(home: Path = HOME) -> dict[str, Path]:
    """Every assignment's source by the assignment's name."""
    return {path.stem.partition("_")[0]: path for path in sorted(home.glob("*_*.py")) if not path.stem.startswith("_")}
