"""One customer's story: what she expected, experienced and felt, and what happened."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import MaxNLocator

from crm_sim import text

from .figures import column_name, label_ends, sentences, source_line
from .style import PALETTE, Chart, styled

# Events in the order in which they are told, with a marker each.
_EVENTS = {"joined": ">", "failure": "x", "complaint": "^", "settled": "o", "lost": "v", "regained": "*"}
# Satisfaction is the story's line; what was experienced are points; what was expected is drawn lightly.
_FEELINGS = {"satisfaction": (PALETTE[0], "-", None), "experience": (PALETTE[1], "none", "s"), "expectation": (PALETTE[2], ":", None)}


@styled
def trace_plot(trace) -> Chart:
    """Expectation, experience and satisfaction month by month, with events marked below.

    Parameters
    ----------
    trace : DataFrame like `Run.trace`: index `month`; attitudes in [0, 1]. Months in which the customer is no customer are shaded.
    """
    chart = Chart(figsize=(9, 5.2))
    customer = trace["customer"].iloc[0]
    happened = [event for event in _EVENTS if (trace[event] > 0).any()]
    feelings, events = chart.subplots(2, 1, sharex=True, height_ratios=(3, 0.3 + 0.28 * max(len(happened), 1)))
    chart.subplots_adjust(left=0.16, right=0.84, top=0.92, bottom=0.14, hspace=0.08)
    feelings.set_title(text.say("plots.story.title", customer=customer))
    feelings.set_ylim(-0.04, 1.04)
    feelings.set_xlim(trace.index[0] - 0.5, trace.index[-1] + 0.5)
    _draw_feelings(feelings, trace)
    _draw_events(events, trace, happened)
    for axes in (feelings, events):
        _shade(axes, trace)
    events.set_xlabel(text.say("plots.column.month"))
    events.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    source_line(chart, sentences([text.say("plots.source"), text.say("plots.story.shaded")]))
    chart.summary = _tell(trace, customer, happened)
    return chart


def _present(trace):
    return (trace["state"] == "active") | (trace["lost"] > 0)


def _draw_feelings(axes, trace):
    ends = []
    for column, (look, linestyle, marker) in _FEELINGS.items():
        values = trace[column].where(_present(trace))
        axes.plot(values.index, values, color=look.color, linestyle=linestyle, marker=marker)
        known = values.dropna()
        if len(known):
            ends.append((known.index[-1], known.iloc[-1], column_name(column), look.color))
    label_ends(axes, ends)


def _draw_events(axes, trace, happened):
    for row, event in enumerate(happened):
        months = trace.index[trace[event] > 0]
        axes.plot(months, np.full(len(months), row), linestyle="none", marker=_EVENTS[event], markersize=8, color="black")
    axes.set_yticks(range(len(happened)), [column_name(event) for event in happened])
    axes.set_ylim(max(len(happened), 1) - 0.5, -0.5)
    axes.grid(axis="x", visible=False)


def _shade(axes, trace):
    edges = np.repeat(trace.index.to_numpy(), 2) + np.tile([-0.5, 0.5], len(trace))
    axes.fill_between(edges, 0, 1, where=np.repeat(~_present(trace).to_numpy(), 2), transform=axes.get_xaxis_transform(), color="#EFEFEF", linewidth=0,
                      zorder=0)


def _tell(trace, customer, happened):
    present = trace[_present(trace)]
    parts = [text.say("plots.story.title", customer=customer) + text.say("plots.stop")]
    if len(present):
        parts.append(text.say("plots.story.satisfaction", first=present["satisfaction"].iloc[0], start=present.index[0],
                              last=present["satisfaction"].iloc[-1], end=present.index[-1], low=present["satisfaction"].min(),
                              low_month=present["satisfaction"].idxmin()))
    for event in happened:
        months = text.say("plots.comma").join(map(str, trace.index[trace[event] > 0]))
        parts.append(text.say("plots.story.event", event=column_name(event), months=months))
    parts += [text.say("plots.story.cause", cause=text.say(f"plots.cause.{cause}"), month=month)
              for month, cause in trace["lost_cause"].items() if cause]
    return sentences(parts)
