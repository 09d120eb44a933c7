"""Today against changed, month by month, as SVG text: drawn in two milliseconds, sharp at any zoom, in the browser's own fonts.

Matplotlib needs a tenth of a second for four such charts: too long while a slider moves. The look is that of `crm_sim.plots`.
"""

from __future__ import annotations

from html import escape

import numpy as np
from matplotlib.ticker import MaxNLocator

from crm_sim.compare import Comparison
from crm_sim.lab.report import CONFIDENCE, title, unit_of
from crm_sim.plots.style import PALETTE
from crm_sim.text import say

FIGURES = ("active", "lost", "profit", "csat")
LOOKS = dict(zip(("today", "changed"), PALETTE))
WIDTH, HEIGHT = 300, 186
LEFT, RIGHT, TOP, BOTTOM = 46, 293, 28, 152


def charts_html(comparison: Comparison, replications: int) -> str:
    """Four charts with one key."""
    key = "".join(f'<span><svg width="34" height="10" aria-hidden="true"><path d="M1 5H33" {_stroke(look)}/></svg> {escape(say(f"lab.{name}"))}</span>'
                  for name, look in LOOKS.items())
    note = escape(say("lab.band", replications=replications, level=CONFIDENCE))
    drawn = "".join(line_chart(figure, comparison.bands(figure, CONFIDENCE)) for figure in FIGURES)
    return (f'<div class="crm-lab-key">{key}<span>{note}</span></div>'
            f'<div class="crm-lab-charts" role="img" aria-label="{escape(say("lab.chart_description"))}">{drawn}</div>')


def line_chart(figure: str, bands) -> str:
    """One KPI over the months, with an interval around each line.

    `bands` is what `Comparison.bands` gives: columns (scenario, `mean low high`), index `month`. A month without a value is left out.
    """
    months, values = bands.index.to_numpy(), bands.to_numpy()
    divisor, unit = unit_of(figure, np.nanmax(np.abs(values), initial=0.0))
    values = values / divisor
    part_of = dict(zip(bands.columns, values.T))
    ticks = _ticks(values)
    x = LEFT + (RIGHT - LEFT) * (months - months[0]) / max(months[-1] - months[0], 1)

    def y(values):
        return BOTTOM - (BOTTOM - TOP) * (np.asarray(values, float) - ticks[0]) / (ticks[-1] - ticks[0])

    parts = [f'<text x="0" y="14" class="title">{escape(title(figure, unit))}</text>']
    decimals = next((count for count in range(9) if np.allclose(ticks, np.round(ticks, count), rtol=0, atol=1e-9)), 9)
    for tick, height in zip(ticks, y(ticks)):
        label = f"{round(tick, decimals) + 0.0:,.{decimals}f}".replace("-", "−")
        parts.append(f'<path d="M{LEFT} {height:.1f}H{RIGHT}" stroke="#E3E3E3"/><text x="{LEFT - 6}" y="{height + 4:.1f}" text-anchor="end">{label}</text>')
    for month in sorted({1, *range(12, len(months) + 1, 12), len(months)}):
        parts.append(f'<text x="{x[month - 1]:.1f}" y="{BOTTOM + 16}" text-anchor="middle">{month}</text>')
    parts.append(f'<text x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 5}" text-anchor="middle">{escape(say("lab.month"))}</text>')
    for name, look in LOOKS.items():
        mean, low, high = (part_of[name, part] for part in ("mean", "low", "high"))
        known = ~np.isnan(low)
        if known.any():
            outline = _points(np.r_[x[known], x[known][::-1]], np.r_[y(low[known]), y(high[known])[::-1]])
            parts.append(f'<polygon points="{outline}" fill="{look.color}" fill-opacity="0.15"/>')
        known = ~np.isnan(mean)
        parts.append(f'<polyline class="{name}" points="{_points(x[known], y(mean[known]))}" {_stroke(look)}/>')
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def _ticks(values: np.ndarray) -> np.ndarray:
    """Round numbers that span all values; 0 to 1 where there is none."""
    values = values[~np.isnan(values)]
    low, high = (values.min(), values.max()) if values.size else (0.0, 1.0)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 0.5
    return MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(low - margin, high + margin)


def _points(x, y) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y))


def _stroke(look) -> str:
    dashes = "" if look.linestyle == "-" else f' stroke-dasharray="{" ".join(str(2 * length) for length in look.linestyle[1])}"'
    return f'fill="none" stroke="{look.color}" stroke-width="2"{dashes}'
