"""Charts in one style, in both languages. No label is given in words: functions take keys of `crm_sim.text`."""

from .figures import bars, column_name, lines
from .manager import FourCharts, compare_charts, describe, four_charts
from .story import trace_plot
from .look import PALETTE, Chart, missing_glyphs, style

__all__ = ["PALETTE", "Chart", "FourCharts", "bars", "column_name", "compare_charts", "describe", "four_charts", "lines", "missing_glyphs",
           "style", "trace_plot"]
