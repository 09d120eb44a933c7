"""The four charts a manager looks at first: customers, profit, satisfaction as surveyed, complaints."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib import rc_context
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from crm_sim import text

from .figures import money_unit, sentences, source_line, spread_labels
from .look import PALETTE, QUIET, Chart


class Strip(NamedTuple):
    """One pair of axes: which KPIs it shows and how."""

    columns: tuple[str, ...]
    title: str | None
    height: float
    from_zero: bool


# Left to right, top to bottom; a panel of two strips shows stock above and flow below.
_PANELS = (
    (Strip(("active",), "plots.manager.active", 2.2, False), Strip(("acquired", "lost"), None, 1.2, True)),
    (Strip(("profit",), "plots.manager.profit", 1, False),),
    (Strip(("csat", "nps"), "plots.manager.satisfaction", 1, False),),
    (Strip(("complaints", "complaints_waiting"), "plots.manager.complaints", 2.2, True), Strip(("first_response_hours",), None, 1.2, True)),
)
COLUMNS = tuple(column for panel in _PANELS for strip in panel for column in strip.columns)
_LABELLED = set(COLUMNS) - {"active", "profit"}  # these two are named by the title
# The second KPI of a strip is drawn thinner; scenarios keep their own line and marker.
_WIDTHS = (1.9, 1.0)


def four_charts(kpis, intervals=None, source: str | None = None) -> FourCharts:
    """The four charts of one run, or of several scenarios over each other.

    Parameters
    ----------
    kpis : DataFrame like `Run.kpis`, or a dict of such frames by the scenario's name (at most five)
    intervals : dict by name of pairs (low, high) of frames like `kpis`, drawn as bands
    source : the line under the charts, in words
    """
    frames = _by_name(kpis)
    chart = FourCharts(tuple(frames), source)
    chart.update(frames, intervals)
    return chart


def compare_charts(comparison, level: float = 0.95) -> FourCharts:
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


class FourCharts(Chart):
    """The four charts, made once and then redrawn as their data change.

    `update` moves the lines; `quick_png` redraws nothing but them as long as they stay inside the axes, which takes a
    fraction of the time of a whole drawing. The scenario lab uses it.

    Parameters
    ----------
    names : the scenarios, in order; a single one may be called ""
    source : the line under the charts, in words
    """

    def __init__(self, names: tuple[str, ...], source: str | None = None):
        if len(names) > len(PALETTE):
            raise ValueError(f"the charts tell at most {len(PALETTE)} scenarios apart, not {len(names)}: choose some")
        super().__init__(figsize=(10.5, 6.8))
        self.names = tuple(names)
        self._background = None
        with rc_context(self._settings):
            self._axes = self._make_axes()
            self._lines, self._bands, self._labels = {}, {}, {}
            for strip, axes in self._axes.items():
                self._make_series(strip, axes)
            source_line(self, source or text.say("plots.source"))
            if len(names) > 1:
                self.legend([Line2D([], [], color=look.color, linestyle=look.linestyle, marker=look.marker) for _, look in zip(names, PALETTE)],
                            names, loc="upper right", ncols=len(names), bbox_to_anchor=(0.995, 1.0))

    def _make_axes(self):
        outer = self.add_gridspec(2, 2, left=0.06, right=0.91, bottom=0.115, top=0.9, wspace=0.36, hspace=0.36)
        made = {}
        for place, panel in zip(outer, _PANELS):
            heights = [strip.height for strip in panel]
            column = place.subgridspec(len(panel), 1, height_ratios=heights, hspace=0.12).subplots(sharex=True, squeeze=False)[:, 0]
            for strip, axes in zip(panel, column):
                made[strip] = axes
                axes.yaxis.set_major_locator(MaxNLocator(5 if strip.height > 2 or len(panel) == 1 else 2))
                axes.xaxis.set_major_locator(MaxNLocator(7, integer=True))
                axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.5g}"))
                if strip.title:
                    axes.set_title(text.say(strip.title, unit=text.say("plots.money.plain")), loc="left")
            column[-1].set_xlabel(text.say("plots.column.month"))
        return made

    def _make_series(self, strip, axes):
        for name, look in zip(self.names, PALETTE):
            for column, width in zip(strip.columns, _WIDTHS):
                self._lines[name, column] = axes.plot([], [], color=look.color, linestyle=look.linestyle, linewidth=width, marker=look.marker,
                                                      markersize=3.5, animated=True)[0]
                self._bands[name, column] = axes.add_collection(
                    PolyCollection([], facecolor=look.color, alpha=0.15, linewidth=0, animated=True), autolim=False)
        for column in strip.columns:
            color = PALETTE[0].color if len(self.names) == 1 else QUIET
            words = text.say(f"plots.manager.label_{column}") if column in _LABELLED else ""
            self._labels[column] = axes.annotate(words, (0, np.nan), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9, color=color,
                                                 annotation_clip=False, animated=True)

    def update(self, kpis, intervals=None) -> None:
        """Show other data of the same scenarios; the axes widen when a line would leave them, and shrink when it would be lost in them."""
        frames = _by_name(kpis)
        if tuple(frames) != self.names:
            raise ValueError(f"these charts were made for the scenarios {self.names}, not for {tuple(frames)}")
        self.summary = describe(frames)
        with rc_context(self._settings):
            for strip, axes in self._axes.items():
                self._update_strip(strip, axes, frames, intervals)

    def _update_strip(self, strip, axes, frames, intervals):
        divisor = self._unit(strip, axes, frames)
        reach = []
        for name, frame in frames.items():
            for column in strip.columns:
                reach += self._move(name, column, frame[column] / divisor,
                                    [side[column] / divisor for side in intervals[name]] if intervals else None)
        self._fit(axes, strip, frames, np.array(reach))
        labels = [self._labels[column] for column in strip.columns]
        for column, label in zip(strip.columns, labels):
            known = (frames[self.names[0]][column] / divisor).dropna()
            label.set_visible(len(known) > 0)
            label.xy = (known.index[-1], known.iloc[-1]) if len(known) else (0, np.nan)
        spread_labels(axes, [label for label in labels if label.get_visible()])

    def _unit(self, strip, axes, frames):
        if "profit" not in strip.columns:
            return 1
        divisor, unit = money_unit(max(frame["profit"].abs().max() for frame in frames.values()))
        title = text.say(strip.title, unit=unit)
        if axes.get_title(loc="left") != title:
            axes.set_title(title, loc="left")
            self._background = None
        return divisor

    def _move(self, name, column, series, sides):
        known = series.dropna()
        line = self._lines[name, column]
        line.set_data(known.index, known)
        line.set_markevery(max(1, len(known) // 9))
        reach = list(known)
        if sides is not None:
            low, high = (side.dropna() for side in sides)
            self._bands[name, column].set_verts(
                [np.column_stack([np.r_[low.index, high.index[::-1]], np.r_[low, high[::-1]]])] if len(low) else [])
            reach += [*low, *high]
        return reach

    def _fit(self, axes, strip, frames, reach):
        """Set limits anew only when the data need it, since that costs a whole drawing."""
        months = [month for frame in frames.values() for month in (frame.index[0], frame.index[-1])]
        wanted = (min(months) - 0.5, max(months) + 0.5)
        if axes.get_xlim() != wanted:
            axes.set_xlim(wanted)
            self._background = None
        low, high = (reach.min(), reach.max()) if len(reach) else (0, 1)
        if strip.from_zero:
            low = min(low, 0)
        bottom, top = axes.get_ylim()
        span = max(high - low, 0.04 * max(abs(high), abs(low)), 1e-9)
        if low < bottom or high > top or top - bottom > 4 * span or self._background is None:
            axes.set_ylim(low - (0 if strip.from_zero and low == 0 else 0.2 * span), high + 0.2 * span)
            self._background = None

    def quick_png(self) -> bytes:
        """The charts as PNG at screen resolution, redrawing only what `update` moved where that is enough."""
        with rc_context(self._settings):
            if self._background is None:
                self.canvas.draw()
                self._background = self.canvas.copy_from_bbox(self.bbox)
            self.canvas.restore_region(self._background)
            renderer = self.canvas.get_renderer()
            for artist in (*self._bands.values(), *self._lines.values(), *self._labels.values()):
                artist.draw(renderer)
        return _encode(self.canvas.buffer_rgba())


def _encode(pixels):
    from PIL import Image  # comes with Matplotlib

    stream = io.BytesIO()
    Image.fromarray(np.asarray(pixels)).convert("RGB").save(stream, "png", compress_level=1)
    return stream.getvalue()


def _by_name(kpis) -> dict[str, pd.DataFrame]:
    return kpis if isinstance(kpis, dict) else {"": kpis}
