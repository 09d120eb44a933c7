"""Charts in one style, in both languages. No label is given in words: functions take keys of `crm_sim.text`."""

from .figures import bars, column_name, lines
from .manager import compare_charts, describe, four_charts
from .story import trace_plot
from .style import PALETTE, Chart, missing_glyphs

__all__ = ["PALETTE", "Chart", "bars", "column_name", "compare_charts", "describe", "four_charts", "lines", "missing_glyphs", "trace_plot"]
