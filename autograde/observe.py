"""A student's answer as plain values: the only part of grading that has to run where her code runs."""

from __future__ import annotations

import contextlib
import io
import math
import numbers
import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd

from autograde.questions import Question


def observe(question: Question, answer) -> list:
    """What `answer` gave, as JSON-able values: itself, or what it returns when called with the arguments of each case."""
    if question.answer == "value":
        return [plain(answer)]
    if callable(answer):
        return [_call(answer, case.arguments) for case in question.cases]
    return [None if answer is None else {"type": "uncallable", "came": plain(answer)}]


def _call(function, arguments):
    # What the student's code prints must not count as an error of the check (nbgrader marks a cell with stderr zero).
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return plain(function(*(_argument(one) for one in arguments)))
        except NotImplementedError:
            return None
        except Exception as problem:
            return {"type": "error", "name": type(problem).__name__, "text": str(problem)[:200]}


def _argument(given):
    """What a case hands to the function: a fresh copy, since a student's function may change it."""
    if isinstance(given, Mapping) and given.keys() == {"file"}:
        return pd.read_csv(given["file"])
    return given


def plain(value):
    """`value` in JSON's terms; whatever holds other values becomes ``{"type": its name, …}``.

    A missing value (None, NaN, NA, the ellipsis) is None. A number that is not finite, or any other object, is only named.
    """
    if value is None or value is ... or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        if math.isnan(number):
            return None
        return number if math.isfinite(number) else _named("inf")
    if isinstance(value, str):
        return str(value)
    if isinstance(value, pd.DataFrame):
        return {"type": "DataFrame", "columns": {str(name): _all(value.iloc[:, at]) for at, name in enumerate(value.columns)},
                "labels": _all(value.index), "label": None if value.index.name is None else str(value.index.name)}
    if isinstance(value, pd.Series):
        return {"type": "Series", "values": _all(value), "labels": _all(value.index)}
    if isinstance(value, Mapping):
        return {"type": "dict", "labels": _all(value), "values": _all(value.values())}
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return plain(value.item())
    if isinstance(value, (list, tuple, set, np.ndarray, pd.Index)):
        return {"type": type(value).__name__, "values": _all(value)}
    return _named(type(value).__name__)


def _all(values):
    return [plain(value) for value in values]


def _named(name):
    return {"type": "object", "name": name}
