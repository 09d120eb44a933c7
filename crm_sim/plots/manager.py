"""The four charts a manager looks at first: customers, profit, satisfaction as surveyed, complaints."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from crm_sim import text

from .figures import label_ends, money_unit, sentences, source_line
from .style import PALETTE, QUIET, Chart, styled


class Strip(NamedTuple):
    """One pair of axes: which KPIs it shows and how."""

    columns: tuple[str, ...]
    title: str | None
    height: float
    ticks: int
    from_zero: bool


# Left to right, top to bottom; a panel of two strips shows stock above and flow below.
_PANELS = (
    (Strip(("active",), "plots.manager.active", 2.2, 5, False), Strip(("acquired", "lost"), None, 1.2, 2, True)),
    (Strip(("profit",), "plots.manager.profit", 1, 5, False),),
    (Strip(("csat", "nps"), "plots.manager.satisfaction", 1, 5, False),),
    (Strip(("complaints", "complaints_waiting"), "plots.manager.complaints", 2.2, 5, True), Strip(("first_response_hours",), None, 1.2, 2, True)),
)
COLUMNS = tuple(column for panel in _PANELS for strip in panel for column in strip.columns)
_LABELLED = set(COLUMNS) - {"active", "profit"}  # these two are named by the title
# The second KPI of a strip is drawn thinner; scenarios keep their own line and marker.
_WIDTHS = (1.9, 1.0)


@styled
def four_charts(kpis, intervals=None, source: str | None = None) -> Chart:
    """The four charts of one run, or of several scenarios over each other.

    Parameters
    ----------
    kpis : DataFrame like `Run.kpis`, or a dict of such frames by the scenario's name (at most five)
    intervals : dict by name of pairs (low, high) of frames like `kpis`, drawn as bands
    source : the line under the charts, in words
    """
    frames = _by_name(kpis)
    if len(frames) > len(PALETTE):
        raise ValueError(text.say("plots.too_many_scenarios", most=len(PALETTE), number=len(frames)))
    chart = Chart(figsize=(10.5, 6.8))
    outer = chart.add_gridspec(2, 2, left=0.06, right=0.91, bottom=0.115, top=0.9, wspace=0.36, hspace=0.36)
    for place, panel in zip(outer, _PANELS):
        column = place.subgridspec(len(panel), 1, height_ratios=[strip.height for strip in panel], hspace=0.12).subplots(sharex=True, squeeze=False)[:, 0]
        for strip, axes in zip(panel, column):
            _draw(strip, axes, frames, intervals or {})
        column[-1].set_xlabel(text.say("plots.column.month"))
    if len(frames) > 1:
        chart.legend([Line2D([], [], color=look.color, linestyle=look.linestyle, marker=look.marker) for _, look in zip(frames, PALETTE)], frames,
                     loc="upper right", ncols=len(frames), bbox_to_anchor=(0.995, 1.0))
    source_line(chart, source or text.say("plots.source"))
    chart.summary = describe(frames)
    return chart


def _draw(strip, axes, frames, intervals):
    divisor, unit = money_unit(max(frame["profit"].abs().max() for frame in frames.values())) if "profit" in strip.columns else (1, "")
    ends = {}
    for (name, frame), look in zip(frames.items(), PALETTE):
        for column, width in zip(strip.columns, _WIDTHS):
            known = frame[column].dropna() / divisor
            axes.plot(known.index, known, color=look.color, linestyle=look.linestyle, linewidth=width, marker=look.marker, markersize=3.5,
                      markevery=max(1, len(known) // 9))
            if name in intervals:
                low, high = (side[column] / divisor for side in intervals[name])
                axes.fill_between(low.index, low, high, color=look.color, alpha=0.15, linewidth=0)
            if column in _LABELLED and len(known) and column not in ends:  # scenarios are told apart by the legend
                color = look.color if len(frames) == 1 else QUIET
                ends[column] = (known.index[-1], known.iloc[-1], text.say(f"plots.manager.label_{column}"), color)
    months = [month for frame in frames.values() for month in frame.index]
    axes.set_xlim(min(months) - 0.5, max(months) + 0.5)
    if strip.from_zero:
        axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(strip.ticks))
    axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.5g}"))
    if strip.title:
        axes.set_title(text.say(strip.title, unit=unit))
    label_ends(axes, ends.values())


def compare_charts(comparison, level: float = 0.95) -> Chart:
    """The four charts of a `Comparison`: each scenario's mean month by month, with its interval."""
    bands = {column: comparison.bands(column, level) for column in COLUMNS}

    def part(name, which):
        return pd.DataFrame({column: bands[column][name, which] for column in COLUMNS})

    return four_charts({name: part(name, "mean") for name in comparison.names},
                       {name: (part(name, "low"), part(name, "high")) for name in comparison.names},
                       text.say("plots.source_compare", level=level))


def describe(kpis) -> str:
    """In words what `four_charts` draws, for whoever cannot see it; a paragraph a scenario."""
    paragraphs = []
    for name, frame in _by_name(kpis).items():
        first, last = frame.iloc[0], frame.iloc[-1]
        values = {"start": frame.index[0], "end": frame.index[-1], "low_month": frame["profit"].idxmin()}
        values |= {f"{column}_first": first[column] for column in COLUMNS} | {f"{column}_last": last[column] for column in COLUMNS}
        values |= {f"{column}_sum": frame[column].sum() for column in ("acquired", "lost", "profit", "complaints")}
        values |= {f"{column}_mean": frame[column].mean() for column in ("csat", "nps", "first_response_hours")}
        values |= {"profit_low": frame["profit"].min(), "waiting_most": frame["complaints_waiting"].max()}
        surveyed = frame["csat"].notna().any()
        parts = [text.say("plots.manager.says_active", **values), text.say("plots.manager.says_profit", **values),
                 text.say("plots.manager.says_satisfaction" if surveyed else "plots.manager.no_survey", **values),
                 text.say("plots.manager.says_complaints", **values)]
        paragraphs.append((f"{name}{text.say('plots.colon')}" if name else "") + sentences(parts))
    return "\n".join(paragraphs)


def _by_name(kpis) -> dict[str, pd.DataFrame]:
    return kpis if isinstance(kpis, dict) else {"": kpis}
