"""Charts: one style, both languages, no missing glyph, and the numbers they were given."""

import itertools

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import crm_sim as crm
from crm_sim import plots, text
from crm_sim.plots import figures, manager, style

LANGUAGES = ("en", "zh")


def kpis(months=24, scale=1.0):
    month = np.arange(1, months + 1)
    wave = 1 + 0.1 * np.sin(month / 3)
    return pd.DataFrame({"active": 10_000 * wave, "acquired": 200 * wave, "lost": 150.0 + month, "profit": scale * (30_000 * wave - 20_000),
                         "csat": 70 * wave, "nps": 30 * wave - 40, "complaints": 90 * wave, "complaints_waiting": 5.0 + month,
                         "first_response_hours": np.full(months, 48.0)}, index=pd.Index(month, name="month"))


def trace():
    months = pd.Index(range(1, 9), name="month")
    return pd.DataFrame({"customer": 17, "state": ["prospect", *["active"] * 5, "lost", "lost"], "expectation": 0.6, "satisfaction": np.linspace(0.7, 0.3, 8),
                         "experience": [np.nan, 0.5, 0.9, np.nan, 0.1, 0.2, np.nan, np.nan], "joined": [0, 1, 0, 0, 0, 0, 0, 0],
                         "failure": [0, 0, 0, 0, 2, 0, 0, 0], "complaint": [0, 0, 0, 0, 1, 1, 0, 0], "settled": [0, 0, 0, 0, 0, 1, 0, 0],
                         "lost": [0, 0, 0, 0, 0, 0, 1, 0], "regained": 0, "lost_cause": ["", "", "", "", "", "", "service", ""]}, index=months)


CHARTS = {
    "four": lambda: plots.four_charts(kpis()),
    "compared": lambda: plots.four_charts({"A": kpis(), "B": kpis(scale=2)}, {"A": (kpis() - 5, kpis() + 5), "B": (kpis() - 5, kpis() + 5)}),
    "story": lambda: plots.trace_plot(trace()),
    "lines": lambda: plots.lines(kpis()[["acquired", "lost"]], title="plots.manager.active", x="plots.column.month", y="plots.column.active"),
    "bars": lambda: plots.bars(kpis()[["acquired", "lost"]].iloc[:3], title="plots.manager.active", x="plots.column.month", y="plots.column.active"),
}


@pytest.fixture(params=LANGUAGES)
def language(request):
    with text.use(request.param):
        yield request.param


@pytest.fixture(autouse=True)
def english():
    with text.use("en"):
        yield


# The style

def luminance(color):
    channels = np.array(matplotlib.colors.to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_the_palette_never_rests_on_colour_alone():
    assert all(1.05 / (luminance(one.color) + 0.05) >= 3 for one in plots.PALETTE)
    for one, other in itertools.combinations(plots.PALETTE, 2):
        assert one.linestyle != other.linestyle and one.marker != other.marker
    greys = [luminance(one.color) + 0.05 for one in plots.PALETTE[:3]]  # the first three differ in grey print by themselves
    assert all(max(pair) / min(pair) >= 1.9 for pair in itertools.combinations(greys, 2))


@pytest.mark.parametrize("name", CHARTS)
def test_drawing_changes_no_setting_of_matplotlib(name, language):
    before = dict(matplotlib.rcParams)
    CHARTS[name]().png()
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("name", CHARTS)
def test_no_glyph_is_missing(name, language):
    if language == "zh" and not style.chinese_fonts():
        pytest.skip("no font with Chinese characters here")
    assert plots.missing_glyphs(CHARTS[name]()) == []


@pytest.mark.parametrize("words, family, expected", [
    ("客户", "DejaVu Sans", "missing from"), ("$客户$", "DejaVu Sans", "glyph"), ("customers", "No Such Font", "findfont")])
def test_a_planted_missing_glyph_or_font_is_found(words, family, expected):
    figure = Figure()
    figure.text(0.5, 0.5, words, fontfamily=family)
    assert any(expected in line for line in plots.missing_glyphs(figure))


def test_only_fonts_that_are_present_are_asked_for(language):
    present = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
    assert set(style.settings()["font.family"]) <= present


def test_without_a_chinese_font_one_line_says_what_to_do(monkeypatch, capsys, recwarn):
    monkeypatch.setattr(style, "chinese_fonts", lambda: ())
    style._warn_without_font.cache_clear()
    with text.use("zh"):
        CHARTS["story"]().png()
        CHARTS["bars"]().png()
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "fonts-noto-cjk" in err
    assert not [one for one in recwarn if "missing" in str(one.message)]
    style._warn_without_font.cache_clear()


def test_every_serious_system_is_served():
    assert {"Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC"} <= set(
        style._CHINESE_FONTS)


# What charts show and say

@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_shows_itself_with_its_summary(name, language):
    chart = CHARTS[name]()
    bundle = chart._repr_mimebundle_()
    assert len(chart.summary) > 30 and bundle["text/plain"] == chart.summary
    assert f'alt="{chart.summary}"' in bundle["text/html"] and "data:image/png;base64,iVBOR" in bundle["text/html"]


def test_the_four_charts_draw_the_numbers_they_were_given():
    frame = kpis()
    chart = plots.four_charts(frame)
    drawn = [line.get_ydata() for axes in chart.axes for line in axes.lines]
    for column, values in zip(("active", "acquired", "lost", "profit", "csat", "nps", "complaints", "complaints_waiting", "first_response_hours"), drawn):
        np.testing.assert_allclose(values, frame[column] / (1000 if column == "profit" else 1))
    assert len(drawn) == len(manager.COLUMNS)
    titles = [axes.get_title(loc="left") for axes in chart.axes]
    assert "Profit a month, thousand yuan" in titles


def test_the_four_charts_of_a_chinese_run_count_in_ten_thousands():
    with text.use("zh"):
        chart = plots.four_charts(kpis(scale=1e5))
    assert any("亿元" in axes.get_title(loc="left") for axes in chart.axes)


@pytest.mark.parametrize("largest, expected", [(500, (1, "yuan")), (5_000, (1e3, "thousand yuan")), (5e6, (1e6, "million yuan")), (0, (1, "yuan"))])
def test_money_has_a_fitting_unit(largest, expected):
    assert figures.money_unit(largest) == expected


def test_a_month_without_answers_leaves_a_gap_and_is_said():
    frame = kpis()
    frame[["csat", "nps"]] = np.nan
    chart = plots.four_charts(frame)
    assert "no survey answers" in chart.summary
    assert plots.missing_glyphs(chart) == []


def test_the_description_gives_the_numbers(language):
    frame = kpis()
    words = plots.describe({"A": frame, "B": kpis(scale=2)})
    assert f"{frame['active'].iloc[-1]:,.0f}" in words and f"{frame['profit'].sum():,.0f}" in words and f"{2 * frame['profit'].sum():,.0f}" in words
    assert words.count("\n") == 1 and "nan" not in words


def test_a_comparison_is_drawn_with_its_intervals():
    class Comparison:
        names = ["A", "B"]

        @staticmethod
        def bands(column, level):
            wide = {("A", "mean"): 0.0, ("A", "low"): -1.0, ("A", "high"): 1.0, ("B", "mean"): 2.0, ("B", "low"): 1.0, ("B", "high"): 4.0}
            return pd.DataFrame({key: kpis()[column] + shift for key, shift in wide.items()})

    chart = plots.compare_charts(Comparison)
    band = chart.axes[1].collections[3].get_paths()[0].vertices[:, 1]  # acquired and lost of A, then of B
    assert band.max() == kpis()["lost"].max() + 4 and band.min() == kpis()["lost"].min() + 1
    assert "95%" in " ".join(one.get_text() for one in chart.texts)


def test_the_story_tells_what_happened():
    chart = plots.trace_plot(trace())
    assert "complaint: month 5, 6." in chart.summary and "Left in month 7; cause: service." in chart.summary and "regained" not in chart.summary
    experience = chart.axes[0].lines[1]
    np.testing.assert_array_equal(experience.get_ydata()[~np.isnan(experience.get_ydata())], [0.5, 0.9, 0.1, 0.2])


def test_a_customer_who_never_came_has_a_short_story():
    alone = trace().assign(state="prospect", **{event: 0 for event in ("joined", "failure", "complaint", "settled", "lost")}, lost_cause="")
    assert plots.trace_plot(alone).summary == "The story of customer 17, on scales from 0 to 1."


def test_real_runs_have_the_columns_that_charts_need():
    run = crm.simulate(crm.load("telecom"), customers=300, months=3, seed=1)
    assert plots.missing_glyphs(run.plot()) == [] and plots.missing_glyphs(run.trace(0).plot()) == []
    unnamed = [column for column in run.kpis if plots.column_name(column) == column and column not in ("acquired", "lost", "orders", "prospects", "regained", "complaints")]
    assert unnamed == []


def test_lines_and_bars_name_their_columns_by_key_and_refuse_too_many():
    frame = kpis()[["active", "lost"]]
    chart = plots.lines(frame, title="plots.manager.active", names={"lost": "plots.cause.price"}, low=frame - 1, high=frame + 1)
    assert {one.get_text() for one in chart.axes[0].texts} == {"active customers", "price"}
    with pytest.raises(text.TextError):
        plots.lines(frame, title="plots.nothing")
    with pytest.raises(ValueError, match="at most 5 columns"):
        plots.bars(kpis().iloc[:, :6], title="plots.manager.active")
    with pytest.raises(ValueError, match="at most 5 scenarios"):
        plots.four_charts({name: kpis() for name in "abcdef"})


def test_labels_at_line_ends_do_not_overlap():
    chart = plots.lines(pd.DataFrame({name: [0.0, value] for name, value in zip("abcde", (1, 1, 1.01, 0.99, 5))}), title="plots.manager.active")
    axes = chart.axes[0]
    heights = sorted(axes.transData.transform(label.xy)[1] * 72 / chart.dpi + label.xyann[1] for label in axes.texts)
    assert np.diff(heights).min() >= 11.9


def test_a_font_installed_after_matplotlib_made_its_list_is_found(monkeypatch):
    if not style.chinese_fonts():
        pytest.skip("no Chinese font on this computer")
    fonts = style.font_manager.fontManager.ttflist
    installed = {font.fname for font in fonts if font.name in style._CHINESE_FONTS}
    stale = [font for font in fonts if font.fname not in installed]
    monkeypatch.setattr(style.font_manager.fontManager, "ttflist", stale)
    style.chinese_fonts.cache_clear()
    try:
        assert style.chinese_fonts()
    finally:
        style.chinese_fonts.cache_clear()
