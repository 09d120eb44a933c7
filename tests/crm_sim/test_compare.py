"""The same customers with the same luck under several scenarios."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import crm_sim as crm
from crm_sim.chance import seeds

FACTS = {"customers": 1_000, "months": 15, "seed": 4}


@pytest.fixture(scope="module")
def scenarios():
    today = crm.load("telecom")
    return {"today": today, "better": today.change({"policy.service.quality": 0.74}), "dearer": today.change({"policy.price.level": 1.05})}


@pytest.fixture(scope="module")
def compared(scenarios):
    return crm.compare(scenarios, **FACTS, replications=8)


def one(compared, name, number):
    """The months of one scenario in one replication."""
    return compared.months.sort_index().loc[name, number]


def test_the_first_replication_is_the_simulation_with_that_seed(compared, scenarios):
    for number, seed in ((1, 4), (5, seeds(4, 8)[4])):
        for name in scenarios:
            alone = crm.simulate(scenarios[name], customers=1_000, months=15, seed=seed).kpis
            pd.testing.assert_frame_equal(one(compared, name, number), alone)


def test_flows_are_summed_and_levels_are_the_mean_of_the_last_twelve_months(compared):
    kpis = one(compared, "better", 3)
    row = compared.summary.loc["better", 3]
    assert row["profit"] == pytest.approx(kpis["profit"].sum()) and row["lost"] == kpis["lost"].sum()
    assert row["active"] == pytest.approx(kpis["active"].loc[4:].mean()) and row["csat"] == pytest.approx(kpis["csat"].loc[4:].mean())


def test_the_same_luck_makes_the_difference_plain(compared):
    """The interval of a difference between pairs is far narrower than between runs that share no luck."""
    table = compared.table()
    for figure in ("revenue", "lost", "active"):
        paired = table.loc[figure, ("better", "difference_high")] - table.loc[figure, ("better", "difference_low")]
        first, second = (compared.summary.loc[name][figure] for name in ("today", "better"))
        apart = stats.ttest_ind(second, first).confidence_interval()
        assert paired < 0.5 * (apart.high - apart.low), figure


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_are_students_t(compared, level):
    table = compared.table(level)
    for figure in ("profit", "nps"):
        first, second = (compared.summary.loc[name][figure] for name in ("today", "dearer"))
        own = stats.ttest_1samp(second, 0.0).confidence_interval(level)
        pairs = stats.ttest_rel(second, first).confidence_interval(level)
        row = table.loc[figure, "dearer"]
        assert row[["mean", "low", "high"]].tolist() == pytest.approx([second.mean(), own.low, own.high])
        assert row[["difference", "difference_low", "difference_high"]].tolist() == pytest.approx([(second - first).mean(), pairs.low, pairs.high])


def test_bands_are_the_same_intervals_month_by_month(compared):
    bands = compared.bands("revenue", 0.9)
    values = [compared.months.at[("better", number, 7), "revenue"] for number in range(1, 9)]
    interval = stats.ttest_1samp(values, 0.0).confidence_interval(0.9)
    assert list(bands.index) == list(range(1, 16))
    assert bands.loc[7, "better"].tolist() == pytest.approx([np.mean(values), interval.low, interval.high])


def test_one_replication_has_no_interval(scenarios):
    table = crm.compare(scenarios, customers=100, months=2, replications=1).table()
    assert table["today", "mean"].drop(["csat", "nps"]).notna().all() and table["today", "low"].isna().all() and table["better", "difference_low"].isna().all()


def test_the_first_scenario_has_no_difference_from_itself(compared):
    table = compared.table()
    assert "difference" not in table["today"].columns
    assert compared.names == ["today", "better", "dearer"]


def test_threads_do_not_change_the_result_and_progress_is_told(compared, scenarios):
    told = []
    again = crm.compare(scenarios, **FACTS, replications=8, threads=1, progress=told.append)
    pd.testing.assert_frame_equal(again.summary, compared.summary)
    assert told == list(range(1, 25))


def test_better_service_loses_fewer_customers(compared):
    better = compared.table()["better"]
    assert better.loc["lost", "difference_high"] < 0 < better.loc["active", "difference_low"]


@pytest.mark.parametrize("scenarios", [{}, [], None, {"a": 1}, {"a": "telecom"}, "telecom"])
def test_what_holds_no_scenario_is_refused(scenarios):
    with pytest.raises(crm.ScenarioError) as error:
        crm.compare(scenarios)
    assert error.value.field == "scenarios" and "crm.compare({" in str(error.value)


@pytest.mark.parametrize("facts", [{"replications": 0}, {"replications": 10_001}, {"replications": 1.5}, {"customers": 0}, {"months": -1}, {"months": 1_000_000}, {"seed": -1}, {"threads": 0}])
def test_a_count_out_of_range_is_refused(scenarios, facts):
    with pytest.raises(crm.ScenarioError) as error:
        crm.compare(scenarios, **facts)
    assert error.value.field in facts


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.1, float("nan"), "high"])
def test_a_level_that_is_no_share_is_refused(compared, level):
    for call in (compared.table, lambda level: compared.bands("revenue", level)):
        with pytest.raises(crm.ScenarioError) as error:
            call(level)
        assert error.value.field == "level"


def test_an_unknown_figure_is_refused(compared):
    with pytest.raises(crm.ScenarioError) as error:
        compared.bands("revenu")
    assert error.value.field == "figure" and "revenue" in str(error.value)
