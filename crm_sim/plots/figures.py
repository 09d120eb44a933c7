"""Lines and bars for lessons, and the pieces that all charts are put together from."""

from __future__ import annotations

import numpy as np

from crm_sim import text

from .style import PALETTE, QUIET, Chart, styled

_MONEY = {"en": ((1e6, "plots.money.huge"), (1e3, "plots.money.large"), (1, "plots.money.plain")),
          "zh": ((1e8, "plots.money.huge"), (1e4, "plots.money.large"), (1, "plots.money.plain"))}


def column_name(column: str) -> str:
    """The name of a column of `Run`'s tables in the language in use; the column itself when it has no other."""
    key = f"plots.column.{column}"
    return text.say(key) if key in text.catalogue("plots", text.language()) else column


def money_unit(largest: float) -> tuple[float, str]:
    """A divisor and the name of its unit (yuan, thousand yuan, …) for amounts up to `largest` yuan."""
    return next((divisor, text.say(key)) for divisor, key in _MONEY[text.language()] if largest >= 2 * divisor or divisor == 1)


@styled
def lines(frame, *, title: str, x: str | None = None, y: str | None = None, names: dict | None = None, low=None, high=None, source: str | None = None,
          y_range=None, size=(8, 4)) -> Chart:
    """One line a column of `frame` over its index, named at its end.

    Parameters
    ----------
    frame : DataFrame with a numeric index; NaN leaves a gap
    title, x, y, source : keys of `crm_sim.text`; `y` names quantity and unit
    names : key by column; a column without one is called as in `column_name`
    low, high : DataFrames like `frame`, the ends of intervals, drawn as bands
    y_range : (bottom, top), either may be None
    """
    figure, axes = _canvas(title, x, y, size)
    ends = []
    for look, column in zip(_looks(frame), frame):
        known = frame[column].dropna()
        axes.plot(known.index, known, color=look.color, linestyle=look.linestyle, marker=look.marker if len(known) <= 24 else None)
        if low is not None:
            axes.fill_between(frame.index, low[column].astype(float), high[column].astype(float), color=look.color, alpha=0.15, linewidth=0)
        if len(known):
            ends.append((known.index[-1], known.iloc[-1], _named(column, names), look.color))
    axes.set_ylim(y_range)
    label_ends(axes, ends)
    return _finish(figure, title, _frame_words(frame, names), source)


@styled
def bars(frame, *, title: str, x: str | None = None, y: str | None = None, names: dict | None = None, low=None, high=None, source: str | None = None,
         y_range=None, size=(8, 4)) -> Chart:
    """Groups of bars: a group a row of `frame`, a bar a column, its value written on it.

    Parameters as in `lines`, but the index may hold anything; `names` may name index entries too. Bars start at zero.
    """
    figure, axes = _canvas(title, x, y, size)
    places = np.arange(len(frame))
    width = 0.8 / len(frame.columns)
    for number, (look, column) in enumerate(zip(_looks(frame), frame)):
        at = places - 0.4 + width * (number + 0.5)
        error = None if low is None else np.abs(np.stack([frame[column] - low[column], high[column] - frame[column]]))
        drawn = axes.bar(at, frame[column], width * 0.92, yerr=error, color=look.color, edgecolor="white", hatch=("", "//", "..", "\\\\", "xx")[number % 5],
                         ecolor=QUIET, capsize=3, label=_named(column, names))
        axes.bar_label(drawn, [f"{value:,.3g}" for value in frame[column]], padding=3, fontsize=9, color=QUIET)
    axes.set_xticks(places, [_named(entry, names) for entry in frame.index])
    axes.set_ylim(y_range)
    if len(frame.columns) > 1:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return _finish(figure, title, _frame_words(frame, names), source)


def label_ends(axes, ends, gap: float = 12.0) -> None:
    """Write each ``(x, y, words, color)`` right of its point; labels keep the order of their points and are `gap` points apart."""
    scale = 72 / axes.figure.dpi
    ends = sorted(ends, key=lambda end: end[1])
    heights = [axes.transData.transform(end[:2])[1] * scale for end in ends]
    targets = list(heights)
    for _ in range(50):
        for lower in range(len(targets) - 1):
            overlap = max(0, gap - (targets[lower + 1] - targets[lower]))
            targets[lower] -= overlap / 2
            targets[lower + 1] += overlap / 2
    for (x, y, words, color), height, target in zip(ends, heights, targets):
        axes.annotate(words, (x, y), xytext=(6, target - height), textcoords="offset points", va="center", color=color, fontsize=9, annotation_clip=False)


def sentences(parts) -> str:
    """Sentences one after the other; Chinese sets no space between them."""
    return ("" if text.language() == "zh" else " ").join(parts)


def source_line(figure, words: str) -> None:
    """The line under the chart that says where its numbers come from."""
    figure.text(0.01, 0.01, words, fontsize=8, color=QUIET, va="bottom")


def _canvas(title, x, y, size):
    figure = Chart(figsize=size, layout="constrained")
    axes = figure.subplots()
    axes.set_title(text.say(title), pad=22 if y else 8)
    if y:
        axes.annotate(text.say(y), (0, 1), xytext=(0, 7), xycoords="axes fraction", textcoords="offset points", fontsize=9, color=QUIET)
    if x:
        axes.set_xlabel(text.say(x))
    return figure, axes


def _finish(figure, title, words, source):
    figure.get_layout_engine().set(rect=(0, 0.06, 1, 0.94))
    source_line(figure, text.say(source or "plots.source"))
    figure.summary = text.say("plots.summary", title=text.say(title), content=words)
    return figure


def _looks(frame):
    if len(frame.columns) > len(PALETTE):
        raise ValueError(text.say("plots.too_many_columns", most=len(PALETTE), number=len(frame.columns)))
    return PALETTE


def _named(entry, names):
    if names and entry in names:
        return text.say(names[entry])
    return column_name(entry) if isinstance(entry, str) else str(entry)


def _frame_words(frame, names):
    parts = []
    for column in frame:
        known = frame[column].dropna()
        if len(known):
            parts.append(text.say("plots.series", name=_named(column, names), first=known.iloc[0], start=_named(known.index[0], names),
                                  last=known.iloc[-1], end=_named(known.index[-1], names)))
    return sentences(parts)
