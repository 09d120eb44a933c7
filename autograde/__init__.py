"""Grading: `check` answers a student at once; `python -m autograde` releases, collects, grades and gives feedback.

The rooms: `observe` turns an answer into plain JSON-able values, `forms` and `judge` compare such values and know nothing
of where they came from, `check` joins the two in the notebook; `release`, `collect`, `grade` and `feedback` work on a
`classroom` folder with nbgrader.
"""

from autograde.check import check

__all__ = ["check"]
