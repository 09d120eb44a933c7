"""What a comparison says: rows of a table and sentences, in the language in use."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import isnan, log10

from crm_sim.compare import Comparison
from crm_sim.lab.experiment import Experiment
from crm_sim.lab.levers import LEVERS
from crm_sim.plots.figures import money_unit
from crm_sim.text import say

MONEY, SCORES = ("profit", "revenue", "cost"), ("csat", "nps")
FIGURES = (*MONEY, "active", "acquired", "lost", "regained", *SCORES)
LEVELS = ("active", *SCORES)
TOLD = ("profit", "active", "lost", "csat")  # in the summary
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Row:
    """One figure, today and changed. Money is in `unit`, the rest in customers, per cent or points; `reading` is
    `higher`, `lower`, `unclear` (the interval holds 0), `same` or `unknown`."""

    figure: str
    unit: str
    decimals: int
    today: float
    changed: float
    difference: float
    low: float
    high: float

    @property
    def reading(self) -> str:
        if isnan(self.low):
            return "unknown"
        if self.low == self.high == 0:
            return "same"
        return "higher" if self.low > 0 else "lower" if self.high < 0 else "unclear"

    @property
    def title(self) -> str:
        """Name and unit."""
        return title(self.figure, self.unit)

    def words(self) -> dict[str, str]:
        """The row as text: name, unit and every number."""
        return {"name": say(f"lab.figure.{self.figure}"), "unit": self.unit,
                **{name: self._number(getattr(self, name)) for name in ("today", "changed")},
                **{name: self._number(getattr(self, name), "+") for name in ("difference", "low", "high")}}

    def _number(self, value: float, sign: str = "") -> str:
        if isnan(value):
            return say("lab.none")
        value = round(value, self.decimals) or 0.0  # neither −0 nor +0
        return f"{value:{sign if value else ''},.{self.decimals}f}".replace("-", "−")


def unit_of(figure: str, largest: float) -> tuple[float, str]:
    """A divisor and the name of its unit for a figure of up to `largest`."""
    return money_unit(largest) if figure in MONEY else (1.0, say(f"lab.unit.{figure if figure in SCORES else 'customers'}"))


def title(figure: str, unit: str) -> str:
    """A figure's name with its unit; a number of customers needs none."""
    name = say(f"lab.figure.{figure}")
    return say("lab.with_unit", name=name, unit=unit) if figure in (*MONEY, *SCORES) else name


def rows(comparison: Comparison) -> list[Row]:
    """Each figure of the lab: flows are summed over all months, levels are the mean of the last twelve."""
    table = comparison.table(CONFIDENCE).to_dict("index")
    return [_row(figure, table[figure]) for figure in FIGURES]


def _row(figure: str, numbers) -> Row:
    today, changed = numbers["today", "mean"], numbers["changed", "mean"]
    divisor, unit = unit_of(figure, max(abs(today), abs(changed)))
    decimals = _decimals(max(abs(today), abs(changed)) / divisor) if figure in MONEY else int(figure in SCORES)
    difference = (numbers["changed", name] for name in ("difference", "difference_low", "difference_high"))
    return Row(figure, unit, decimals, *(float(value) / divisor for value in (today, changed, *difference)))


def _decimals(largest: float) -> int:
    """So many that four digits show, at most two."""
    return max(0, min(2, 3 - int(log10(max(largest, 1.0)))))


def summary(experiment: Experiment, found: list[Row]) -> list[str]:
    """What was changed, what came of it, and how sure that is: a sentence each."""
    changes = [say("lab.change", name=_setting(path), today=_value(before), changed=_value(after)) for path, before, after in experiment.changes()]
    if not changes:
        return [say("lab.unchanged"), _luck(experiment)]
    results = [say(f"lab.result.{row.reading}", **row.words()) for row in found if row.figure in TOLD]
    return [say("lab.changes", changes=say("lab.and").join(changes)), *results, _luck(experiment)]


def _luck(experiment: Experiment) -> str:
    size = experiment.size
    return say("lab.luck", customers=size.customers, months=size.months, replications=size.replications, level=CONFIDENCE)


def _setting(path: str) -> str:
    return next((say(f"lab.lever.{lever.name}.label") for lever in LEVERS if lever.path == path), path)


def _value(value) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def summary_html(sentences: list[str]) -> str:
    """The summary as a list."""
    return '<ul class="crm-lab-summary">' + "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences) + "</ul>"


def table_html(found: list[Row], experiment: Experiment) -> str:
    """The figures as a table with headings that a screen reader can tie to the cells."""
    head = "".join(f'<th scope="col">{escape(say(f"lab.column.{name}"))}</th>' for name in ("figure", "today", "changed", "difference", "interval", "reading"))
    return (f'<table class="crm-lab-table"><caption>{escape(say("lab.caption", months=experiment.size.months))}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_table_row, found))}</tbody></table>")


def _table_row(row: Row) -> str:
    words = {name: escape(value) for name, value in row.words().items()}
    title = say("lab.level", name=row.title) if row.figure in LEVELS else row.title
    return (f'<tr><th scope="row">{escape(title)}</th><td>{words["today"]}</td><td>{words["changed"]}</td>'
            f'<td>{words["difference"]}</td><td>{say("lab.interval", low=words["low"], high=words["high"])}</td>'
            f'<td class="crm-lab-{row.reading}">{escape(say(f"lab.reading.{row.reading}"))}</td></tr>')
