"""The small questions that lessons put to a run, on tables small enough to count by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import crm_sim as crm
from crm_sim import analysis
from crm_sim.firm.accounts import service_cost


def panel(rows):
    """A panel from (customer, month, state, lost, satisfaction, rating, recommendation)."""
    names = ["customer", "month", "state", "lost", "satisfaction", "rating", "recommendation"]
    return pd.DataFrame(rows, columns=names).astype({"rating": "Int8", "recommendation": "Int8"})


def test_lost_a_year_is_per_hundred_customer_years():
    kpis = pd.DataFrame({"lost": [1, 3], "active": [100, 100]})
    assert analysis.lost_a_year(kpis) == pytest.approx(1200 * 4 / 200)


def test_staying_counts_only_months_that_began_as_a_customer_and_by_the_feeling_before():
    rows = [(number, 1, "active", 0, 0.1 * number, pd.NA, pd.NA) for number in range(1, 5)]
    rows += [(1, 2, "lost", 1, 0.9, pd.NA, pd.NA), (1, 3, "lost", 0, 0.9, pd.NA, pd.NA)]
    rows += [(number, 2, "active", 0, 0.0, pd.NA, pd.NA) for number in range(2, 5)]
    rows += [(5, 1, "prospect", 0, 0.5, pd.NA, pd.NA), (5, 2, "active", 0, 0.5, pd.NA, pd.NA)]
    table = analysis.staying_by(panel(rows).sort_values(["customer", "month"], ignore_index=True), groups=2)
    assert table["customer_months"].tolist() == [2, 2]
    assert table["satisfaction"].tolist() == pytest.approx([0.15, 0.35])
    assert table["lost_a_month"].tolist() == [0.5, 0.0]
    assert table["stay_a_year"].tolist() == pytest.approx([100 * 0.5**12, 100.0])


def test_staying_needs_a_sensible_number_of_groups():
    with pytest.raises(ValueError, match="groups"):
        analysis.staying_by(panel([]), groups=1)


def test_instruments_read_what_their_definitions_say():
    answers = [(1, 1, "active", 0, 0.9, 10, 9), (2, 1, "active", 0, 0.7, 7, 8), (3, 1, "active", 0, 0.5, 6, 6), (4, 1, "active", 0, 0.3, 3, 2),
               (5, 1, "active", 0, 0.0, pd.NA, pd.NA)]
    found = analysis.instruments(panel(answers))
    assert found.to_dict() == pytest.approx({"csat": 50.0, "nps": 25.0 - 50.0, "index": 10 * (6.5 + 6.25) / 2, "latent": 60.0})


def test_who_is_lost_after_an_answer_is_counted_within_the_months_given():
    rows = [(1, 1, "active", 0, 0.5, 10, 9), (1, 2, "active", 0, 0.5, pd.NA, pd.NA), (1, 3, "lost", 1, 0.5, pd.NA, pd.NA),
            (2, 1, "active", 0, 0.5, 9, 9), (2, 2, "active", 0, 0.5, 2, 1), (2, 4, "lost", 1, 0.5, pd.NA, pd.NA),
            (3, 1, "active", 0, 0.5, 7, 7), (3, 4, "active", 0, 0.5, 8, 7)]
    table = analysis.lost_after_answer(panel(rows), months=2)
    assert table["answers"].to_dict() == {"0–6": 1, "7–8": 1, "9–10": 2}  # the answer of month 4 has no two months after it
    assert table["lost"].to_dict() == {"0–6": 100.0, "7–8": 0.0, "9–10": 50.0}
    with pytest.raises(ValueError, match="months"):
        analysis.lost_after_answer(panel(rows), months=4)


@pytest.mark.parametrize("first, second, power, published", [(0.50, 0.75, 0.90, 76.7), (0.50, 0.75, 0.740, 50), (0.90, 1 - 1e-9, 0.8, 74)])
def test_answers_needed_agrees_with_the_examples_of_r(first, second, power, published):
    """The numbers in the documentation of R's power.prop.test."""
    assert analysis.answers_needed(first, second, power) == pytest.approx(math.ceil(published), abs=0.5)


def test_answers_needed_finds_the_difference_as_often_as_it_says():
    first, second, power = 0.82, 0.85, 0.8
    number = analysis.answers_needed(first, second, power)
    random = np.random.default_rng(7)
    one, other = random.binomial(number, first, 20_000) / number, random.binomial(number, second, 20_000) / number
    middle = (one + other) / 2
    z = (other - one) / np.sqrt(2 * middle * (1 - middle) / number)
    assert np.mean(np.abs(z) > stats.norm.ppf(0.975)) == pytest.approx(power, abs=0.015)


@pytest.mark.parametrize("arguments, name", [((0.0, 0.5), "first"), ((0.5, 1.0), "second"), ((0.4, 0.5, 1.0), "power"), ((0.4, 0.5, 0.8, 0.0), "level"),
                                             ((0.5, 0.5), "differ")])
def test_answers_needed_refuses_what_makes_no_sense(arguments, name):
    with pytest.raises(ValueError, match=name):
        analysis.answers_needed(*arguments)


@pytest.mark.parametrize("lever", ["quality", "swing", "minor_failure"])
def test_spending_moves_one_lever_until_the_service_costs_what_was_given(lever):
    hotel = crm.load("hotel")
    budget = 1.05 * service_cost(hotel.policy.service, hotel.firm)
    spent = analysis.spend_on(hotel, lever, budget)
    assert service_cost(spent.policy.service, spent.firm) == pytest.approx(budget, rel=1e-6)
    assert {name for name, value in spent.policy.service if value != getattr(hotel.policy.service, name)} == {lever}


def test_spending_refuses_an_unknown_lever_and_an_impossible_sum():
    hotel = crm.load("hotel")
    with pytest.raises(crm.ScenarioError) as refused:
        analysis.spend_on(hotel, "shine", 200.0)
    assert refused.value.field == "lever"
    with pytest.raises(crm.ScenarioError) as refused:
        analysis.spend_on(hotel, "swing", 1.0)
    assert refused.value.field == "yuan"


@pytest.fixture(scope="module")
def comparison():
    hotel = crm.load("hotel")
    return crm.compare({"today": hotel, "better": hotel.change({"policy.service.quality": 0.9}), "same": hotel}, customers=2_000, months=12, replications=4)


def test_fewer_lost_pairs_the_same_luck(comparison):
    table = analysis.fewer_lost(comparison)
    assert table.index.tolist() == ["better", "same"]
    assert table.loc["same"].tolist() == [0.0, 0.0, 0.0]
    months = comparison.months.sort_index()
    by_hand = [analysis.lost_a_year(months.loc["today", number]) - analysis.lost_a_year(months.loc["better", number]) for number in range(1, 5)]
    assert table.loc["better", "mean"] == pytest.approx(np.mean(by_hand))
    half = stats.t.ppf(0.975, 3) * np.std(by_hand, ddof=1) / math.sqrt(4)
    assert table.loc["better", "high"] == pytest.approx(np.mean(by_hand) + half)


def test_the_gathered_difference_ends_at_the_difference_of_the_sums(comparison):
    gathered = analysis.gathered_difference(comparison, ["lost", "profit"])
    sums = comparison.summary.groupby(level="scenario")[["lost", "profit"]].mean()
    assert gathered.index.tolist() == list(range(1, 13))
    assert gathered.loc[12].tolist() == pytest.approx((sums.loc["better"] - sums.loc["today"]).tolist())
