"""Whether a plain value has the form that a question asks for, and whether two values of that form are equal.

Works on the JSON-able values of `autograde.observe` alone: it may run in another process than the student's code.
"""

from __future__ import annotations

from crm_sim import text

from autograde.questions import Form

_ITERABLES = {"list", "tuple", "set", "ndarray", "Series", "Index", "RangeIndex"}


class Misfit(ValueError):
    """A value has not the form asked for; says what came and what is asked for, never what the answer is."""

    def __init__(self, key: str, **values):
        super().__init__(text.say(f"autograde.misfit.{key}", **values))


def fit(came, form: Form, where: str = ""):
    """`came` as `form` has it: a number, text or truth value, a list, or a dict of these.

    Raises
    ------
    Misfit
        When it cannot be read as that form. `where` says in which entry or column.
    """
    return _FITS[form.kind](came, form, where)


def shares(came, expected, within: float | None = None) -> tuple[int, int]:
    """How many single values are equal in two fitted values of one form, and how many there are."""
    pairs = list(_leaves(came, expected))
    return sum(_equal(a, b, within) for a, b in pairs), len(pairs)


def same_in_another_order(came, expected, within: float | None = None) -> bool:
    """Whether two lists hold the same values, but not at the same places."""
    if not isinstance(expected, list) or not all(isinstance(one, (int, float, str)) for one in expected):
        return False
    return shares(sorted(came), sorted(expected), within)[0] == len(expected)


def part_of(fitted, part: list[str] | None):
    """The entries or columns that a case compares."""
    return fitted if part is None else {name: fitted[name] for name in part}


def describe(came) -> str:
    """What came, in words: its type and size, or the value itself if it is a single one."""
    kind = came["type"] if isinstance(came, dict) else None
    if kind == "DataFrame":
        return text.say("autograde.came.DataFrame", rows=len(came["labels"]), columns=", ".join(came["columns"]) or "–")
    if kind == "object":
        return text.say("autograde.came.object", name=came["name"])
    if kind == "error":
        return text.say("autograde.came.error", name=came["name"], text=came["text"])
    if kind is not None:
        return text.say("autograde.came.many", type=kind, count=len(came["values"]))
    if came is None:
        return text.say("autograde.came.nothing")
    if isinstance(came, str):
        return text.say("autograde.came.text", value=came if len(came) < 60 else came[:57] + "…")
    return text.say("autograde.came.value", value=show(came))


def ask(form: Form) -> str:
    """The form asked for, in words."""
    if form.kind == "table":
        return text.say("autograde.form.table", rows=len(form.keys), columns=", ".join(form.columns), by=form.key)
    if form.kind == "mapping":
        return text.say("autograde.form.mapping", entries=", ".join(form.entries))
    if form.kind == "list":
        return text.say("autograde.form.list", length=form.length, items=ask(form.items))
    if form.choices:
        return text.say("autograde.form.choice", choices=text.say("autograde.or").join(form.choices))
    if form.kind == "number" and form.low is not None and form.high is not None:
        return text.say("autograde.form.number_between", low=form.low, high=form.high)
    return text.say(f"autograde.form.{form.kind}")


def show(value) -> str:
    """A fitted value or an argument as a student would write it."""
    if isinstance(value, dict):
        return value["file"] if value.keys() == {"file"} else ", ".join(f"{name}: {show(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return f"[{', '.join(map(show, value))}]"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else repr(value)


def table_of(came, form: Form) -> tuple[dict | None, list[str] | None]:
    """A table's columns and the names of its rows, from a DataFrame, a dict of columns, a list of records, or a Series if one column
    is asked for; a pair of None for anything else."""
    kind = came.get("type") if isinstance(came, dict) else None
    columns = labels = None
    if kind == "DataFrame":
        columns, labels = came["columns"], came["labels"]
    elif kind == "Series" and len(form.columns) == 1:
        columns, labels = {next(iter(form.columns)): came["values"]}, came["labels"]
    elif kind == "dict" and came["values"] and all(_values(column) is not None for column in came["values"]):
        columns = dict(zip(map(_name, came["labels"]), map(_values, came["values"])))
    elif kind in ("list", "tuple") and came["values"] and all(isinstance(row, dict) and row["type"] == "dict" for row in came["values"]):
        names = came["values"][0]["labels"]
        if all(row["labels"] == names for row in came["values"]):
            columns = {_name(name): [row["values"][at] for row in came["values"]] for at, name in enumerate(names)}
    if columns is None or len({len(column) for column in columns.values()}) > 1:
        return None, None
    return columns, list(map(_name, columns.get(form.key, labels if labels is not None else range(len(next(iter(columns.values())))))))


def _misfit(came, form, where):
    return Misfit("kind_in" if where else "kind", came=describe(came), form=ask(form), where=where)


def _number(came, form, where):
    came = _alone(came)
    if isinstance(came, bool) or not isinstance(came, (int, float)):
        raise _misfit(came, form, where)
    if form.low is not None and came < form.low or form.high is not None and came > form.high:
        raise Misfit("range_in" if where else "range", where=where, came=show(came), low=form.low, high=form.high)
    return float(came)


def _text(came, form, where):
    came = _alone(came)
    if not isinstance(came, str):
        raise _misfit(came, form, where)
    came = came.strip()
    if form.choices is None:
        return came
    for choice in form.choices:
        if came.casefold() == choice.casefold():
            return choice
    raise _misfit(came, form, where)


def _truth(came, form, where):
    came = _alone(came)
    if not isinstance(came, bool):
        raise _misfit(came, form, where)
    return came


def _list(came, form, where):
    values = _values(came)
    if values is None or len(values) != form.length:
        raise _misfit(came, form, where)
    return [fit(value, form.items, text.say("autograde.place", number=number)) for number, value in enumerate(values, 1)]


def _mapping(came, form, where):
    kind = came.get("type") if isinstance(came, dict) else None
    if kind in ("dict", "Series"):
        given = dict(zip(map(_name, came["labels"]), came["values"]))
    elif kind == "DataFrame" and len(came["labels"]) == 1:
        given = {name: column[0] for name, column in came["columns"].items()}
    elif kind in ("tuple", "list") and len(came["values"]) == len(form.entries):
        given = dict(zip(form.entries, came["values"]))
    else:
        raise _misfit(came, form, where)
    missing = [name for name in form.entries if name not in given]
    if missing:
        raise Misfit("entries", missing=", ".join(missing), came=", ".join(given) or "–")
    return {name: fit(given[name], inner, f"{where}[{name}]" if where else name) for name, inner in form.entries.items()}


def _table(came, form, where):
    columns, rows = table_of(came, form)
    if columns is None:
        raise _misfit(came, form, where)
    missing = [name for name in form.columns if name not in columns]
    if missing:
        raise Misfit("columns", missing=", ".join(missing), came=", ".join(columns) or "–")
    if len(set(rows)) < len(rows):
        raise Misfit("rows_twice", by=form.key, name=next(row for at, row in enumerate(rows) if row in rows[:at]))
    if set(rows) != set(form.keys):
        raise Misfit("rows", by=form.key, came=len(rows), rows=len(form.keys),
                     missing=_some(set(form.keys) - set(rows)), extra=_some(set(rows) - set(form.keys)))
    return {name: {row: fit(value, inner, text.say("autograde.cell", column=name, row=row)) for row, value in zip(rows, columns[name])}
            for name, inner in form.columns.items()}


_FITS = {"number": _number, "text": _text, "truth": _truth, "list": _list, "mapping": _mapping, "table": _table}


def _alone(came):
    """The single value inside a container of one; anything else as it is."""
    values = _values(came)
    return values[0] if values is not None and len(values) == 1 else came


def _values(came):
    if isinstance(came, dict) and came["type"] in _ITERABLES:
        return came["values"]
    if isinstance(came, dict) and came["type"] == "DataFrame" and len(came["columns"]) == 1:
        return next(iter(came["columns"].values()))
    return None


def _name(label):
    """A label as text; 17.0, which pandas makes of 17 when a value is missing, as 17."""
    return str(int(label)) if isinstance(label, float) and label.is_integer() else str(label)


def _some(names):
    names = sorted(names, key=lambda name: (len(name), name))
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "") if names else "–"


def _leaves(came, expected):
    if isinstance(expected, dict):
        for name in expected:
            yield from _leaves(came[name], expected[name])
    elif isinstance(expected, list):
        for one, other in zip(came, expected):
            yield from _leaves(one, other)
    else:
        yield came, expected


def _equal(came, expected, within):
    if isinstance(expected, bool) or isinstance(expected, str):
        return came == expected
    return abs(came - expected) <= (max(1e-9, 1e-6 * abs(expected)) if within is None else within)
