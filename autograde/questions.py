"""What an assignment asks and how its answers are compared: the models behind ``questions.yml`` and ``A3_checks.json``.

An instructor writes ``questions.yml``; `autograde.release` fills in what follows from the reference solution and writes
two files: the complete one, kept in the class folder, and one without the hidden cases, for the students.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograde.errors import AutogradeError

# Set in a grading run: the folder that holds the complete files.
FOLDER = "AUTOGRADE_CHECKS"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Form(_Strict):
    """The form of an answer: what a student is told when hers differs.

    A ``mapping`` has `entries`; a ``table`` has `columns` and rows named by the column `key`; a ``list`` has `items`, `length`
    of them. `keys` (the names of a table's rows) and `length` follow from the reference solution where they are left out.
    """

    kind: Literal["number", "text", "truth", "list", "mapping", "table"]
    low: float | None = None
    high: float | None = None
    choices: list[str] | None = None
    items: Form | None = None
    length: int | None = None
    entries: dict[str, Form] | None = None
    columns: dict[str, Form] | None = None
    key: str | None = None
    keys: list[str] | None = None


class Case(_Strict):
    """One thing that is compared, and its points.

    `arguments` call a function; ``{file: dealers.csv}`` stands for the table in that file beside the notebook. `part`
    names the entries or columns compared (all, unless told). `within` is the absolute difference allowed for numbers
    (otherwise a millionth of the value); `share` the least share of equal values that passes. `hint` is the key of
    what a student reads when a hidden case fails. What is `expect`-ed is taken from the reference solution if left out.
    """

    points: Annotated[float, Field(ge=0)] = 0
    arguments: list[Any] = Field(default=[], alias="with")
    expect: Any = None
    part: list[str] | None = None
    within: float | None = None
    share: Annotated[float, Field(gt=0, le=1)] = 1
    hint: str | None = None


class Question(_Strict):
    """A question's visible and hidden cases; `points` counts both."""

    answer: Literal["function", "value"]
    points: Annotated[float, Field(gt=0)]
    form: Form
    visible: list[Case] = []
    hidden: list[Case] = []

    @property
    def cases(self) -> list[Case]:
        return self.visible + self.hidden

    def public(self) -> Question:
        """The question as a student may see it."""
        return self.model_copy(update={"hidden": []})


class Checks(_Strict):
    """The questions of one assignment by their id, such as ``A3.2``."""

    questions: dict[str, Question]

    @classmethod
    def read(cls, path: Path) -> Checks:
        try:
            return cls.model_validate_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise AutogradeError("checks_missing", file=path.name, folder=path.parent.resolve()) from None
        except (OSError, ValidationError) as problem:
            raise AutogradeError("checks_unreadable", file=path, problem=str(problem).splitlines()[0]) from None

    def write(self, path: Path) -> None:
        path.write_text(self.model_dump_json(by_alias=True, exclude_none=True, indent=1), encoding="utf-8")

    def public(self) -> Checks:
        return Checks(questions={name: question.public() for name, question in self.questions.items()})


def file_name(assignment: str) -> str:
    return f"{assignment}_checks.json"


def find(name: str) -> Question:
    """The question called `name`, from the file beside the notebook or, in a grading run, from the complete one."""
    assignment = name.partition(".")[0]
    known = Checks.read(Path(os.environ.get(FOLDER, "."), file_name(assignment))).questions
    if name not in known:
        raise AutogradeError("question_unknown", question=name, known=", ".join(known))
    return known[name]
