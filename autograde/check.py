"""The student's door: `check` in a notebook."""

from __future__ import annotations

import html
import json
import os

from crm_sim import text

from autograde.errors import AutogradeError
from autograde.judge import Verdict, judge
from autograde.observe import observe
from autograde.questions import FOLDER, find

# Set while the reference solution is run: the file that takes what it gives.
RECORD = "AUTOGRADE_RECORD"
_SIGNS = {"right": "✓", "wrong": "✗", "note": "…"}
_COLOURS = {"right": "#1a7f37", "wrong": "#b3261e", "note": "#5f6368"}


class Result:
    """What a check found: `points` that are certain, of `out_of`; shows itself as sentences.

    In a grading run its plain text is the number of points, which nbgrader reads as the cell's score.
    """

    def __init__(self, question: str, verdict: Verdict, graded: bool):
        self.question, self.points, self.out_of = question, verdict.points, verdict.out_of
        self._lines, self._graded = verdict.lines, graded

    def __repr__(self):
        if self._graded:
            return f"{self.points:g}"
        return "\n".join([self._heading(), *(f"{_SIGNS[kind]} {sentence}" for kind, sentence in self._lines)])

    def _repr_html_(self):
        lines = "".join(f'<div style="color:{_COLOURS[kind]}">{_SIGNS[kind]} {html.escape(sentence)}</div>' for kind, sentence in self._lines)
        return f"<div><strong>{html.escape(self._heading())}</strong>{lines}</div>"

    def _heading(self):
        key = "graded" if self._graded else "so_far"
        return text.say(f"autograde.result.{key}", question=self.question, points=f"{self.points:g}", out_of=f"{self.out_of:g}")


def check(question: str, answer) -> Result | None:
    """Compare `answer` with what question `question` (such as ``"A3.2"``) asks for, and say at once what is missing.

    Looks at the form of the answer and at the examples that stand in the question. The further cases are known to the
    grading run only.

    Raises
    ------
    AutogradeError
        When there is no such question, its file does not lie beside the notebook, or a grading run does not know the complete file.
    """
    # nbgrader sets this variable, whoever starts it.
    graded = os.environ.get("NBGRADER_EXECUTION") == "autograde"
    if graded and FOLDER not in os.environ:
        raise AutogradeError("grading_without_checks", variable=FOLDER)
    asked = find(question)
    observed = observe(asked, answer)
    if RECORD in os.environ:
        with open(os.environ[RECORD], "a", encoding="utf-8") as record:
            print(json.dumps({"question": question, "observed": observed}), file=record)
        return None
    return Result(question, judge(asked, observed), graded)
