"""The style of every chart: palette, fonts, and a figure that says in words what it shows.

Nothing is changed when this module is imported: the style holds inside `style()` and inside a `Chart`.
"""

from __future__ import annotations

import base64
import html
import io
import logging
import sys
import warnings
from functools import cache, wraps
from typing import NamedTuple

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from crm_sim import text


class Look(NamedTuple):
    """How one series is told apart: by colour, by line and by marker, so that colour alone never carries the meaning."""

    color: str
    linestyle: str | tuple
    marker: str


# Hues of Okabe & Ito's palette, which differ under the common colour blindnesses; the blue is darkened so that neighbours
# differ in grey print too. Each has a contrast of at least 3:1 against white.
PALETTE = (
    Look("#00507D", "-", "o"),
    Look("#D55E00", (0, (5, 2)), "s"),
    Look("#000000", (0, (1, 1.5)), "^"),
    Look("#009E73", (0, (6, 2, 1, 2)), "D"),
    Look("#C2609A", (0, (3, 1, 1, 1, 1, 1)), "v"),
)
QUIET = "#595959"  # for what is not data: notes, axes, sources

_CHINESE_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC",
                  "STHeiti", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Sans CJK TC", "Arial Unicode MS")


@cache
def chinese_fonts() -> tuple[str, ...]:
    """The fonts with Chinese characters that this computer has, best first."""
    return _known_chinese_fonts() or _newly_installed_chinese_fonts()


def _known_chinese_fonts():
    present = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(name for name in _CHINESE_FONTS if name in present)


def _newly_installed_chinese_fonts():
    """Matplotlib keeps a list of fonts between sessions: what was installed since is read in."""
    known = {font.fname for font in font_manager.fontManager.ttflist}
    for path in set(font_manager.findSystemFonts()) - known:
        try:
            font_manager.fontManager.addfont(path)
        except (OSError, RuntimeError):  # a font that Matplotlib cannot read
            continue
    return _known_chinese_fonts()


@cache
def _warn_without_font():
    print(text.say("plots.no_font"), file=sys.stderr)


def settings() -> dict:
    """Matplotlib's settings for a chart in the language in use."""
    chinese = list(chinese_fonts())
    if text.language() == "zh" and not chinese:
        _warn_without_font()
    return {
        # The Chinese font first where Chinese is spoken, so that Latin letters and digits match it.
        "font.family": [*chinese, "DejaVu Sans"] if text.language() == "zh" else ["DejaVu Sans", *chinese],
        "font.size": 10, "axes.titlesize": 11, "axes.titlelocation": "left", "axes.titlepad": 8, "axes.titleweight": "normal",
        "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": QUIET, "axes.labelcolor": QUIET,
        "axes.grid": True, "axes.grid.axis": "y", "grid.color": "#E3E3E3", "grid.linewidth": 0.8, "axes.axisbelow": True,
        "xtick.color": QUIET, "ytick.color": QUIET, "xtick.labelsize": 9, "ytick.labelsize": 9,
        "lines.linewidth": 1.8, "lines.markersize": 4.5, "legend.frameon": False, "legend.fontsize": 9,
        "figure.dpi": 110, "savefig.dpi": 110, "figure.facecolor": "white", "savefig.facecolor": "white",
    }


def style():
    """A context in which Matplotlib draws in our style and in the language in use."""
    return matplotlib.rc_context(settings())


def styled(function):
    """Let a function draw in our style."""
    @wraps(function)
    def drawn(*arguments, **options):
        with style():
            return function(*arguments, **options)
    return drawn


class Chart(Figure):
    """A figure that keeps the style it was made in, wherever it is drawn, and tells in `summary` what it shows.

    A notebook shows it with the summary as the picture's alternative text.
    """

    def __init__(self, *arguments, **options):
        self._settings = settings()
        self.summary = ""
        with matplotlib.rc_context(self._settings):
            super().__init__(*arguments, **options)
            FigureCanvasAgg(self)

    def draw(self, renderer):
        with matplotlib.rc_context(self._settings), warnings.catch_warnings():
            if text.language() == "zh" and not chinese_fonts():  # said once already
                warnings.filterwarnings("ignore", "Glyph .* missing")
            super().draw(renderer)

    def png(self) -> bytes:
        """The chart as PNG."""
        stream = io.BytesIO()
        self.savefig(stream, format="png")
        return stream.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = base64.b64encode(self.png()).decode()
        width = round(self.get_figwidth() * 80)
        return {"image/png": picture, "text/plain": self.summary,
                "text/html": f'<img alt="{html.escape(self.summary)}" width="{width}" src="data:image/png;base64,{picture}">'}


def missing_glyphs(figure: Figure) -> list[str]:
    """What Matplotlib complains of while it draws `figure`: characters without a glyph, in text or formulas, and fonts not found."""
    heard = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())
    loggers = [logging.getLogger(f"matplotlib.{name}") for name in ("mathtext", "_mathtext", "font_manager")]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            figure.savefig(io.BytesIO(), format="png")
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    return [str(warning.message) for warning in caught if "missing from" in str(warning.message)] + [
        line for line in heard if "glyph" in line or "findfont" in line]
