"""The estimators find the published answers on the real log, and the formulas foretell what customers who live by the model do."""

from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from crm_sim import cdnow, chance, text
from crm_sim.errors import ScenarioError
from crm_sim.firm import purchase_model
from crm_sim.firm.purchase_model import BGNBD, GammaGamma

TRUE = BGNBD(r=0.8, alpha=6.0, a=0.9, b=3.0)
T, AFTER = 30.0, 20.0


class Lives(NamedTuple):
    frequency: np.ndarray
    recency: np.ndarray
    alive: np.ndarray
    later: np.ndarray


@pytest.fixture(scope="module")
def real():
    return cdnow.summary(cdnow.sample())


@pytest.fixture(scope="module")
def lives():
    """200,000 customers who buy and leave by the model's own story, purchase by purchase."""
    draw = chance.generator(1)
    n = 200_000
    rate, leave = draw.gamma(TRUE.r, 1 / TRUE.alpha, n), draw.beta(TRUE.a, TRUE.b, n)
    clock, active = np.zeros(n), np.ones(n, bool)
    frequency, later, recency, alive = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, bool)
    while active.any():
        clock += draw.exponential(size=n) / rate
        active &= clock <= T + AFTER
        soon = active & (clock <= T)
        frequency += soon
        later += active & ~soon
        recency[soon] = clock[soon]
        leaves = draw.random(n) < leave
        alive &= ~(soon & leaves)
        active &= ~leaves
    return Lives(frequency, recency, alive, later)


def test_bg_nbd_on_the_real_log_gives_the_published_estimates(real):
    found = purchase_model.fit_bg_nbd(real["frequency"], real["recency"], real["T"])
    assert [found.r, found.alpha, found.a, found.b] == pytest.approx([0.243, 4.414, 0.793, 2.426], rel=0.01)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.1)
    assert found.expected_purchases(39) == pytest.approx(1.20, abs=0.005)


def test_gamma_gamma_on_the_real_log_gives_the_published_estimates(real):
    assert (real["frequency"] > 0).sum() == 946
    found = purchase_model.fit_gamma_gamma(real["frequency"], real["mean_spend"])
    assert [found.p, found.q, found.v] == pytest.approx([6.25, 3.74, 15.44], rel=0.01)
    assert found.log_likelihood == pytest.approx(-4055.9, abs=0.1)


def test_the_unit_of_time_and_money_changes_the_scales_alone(real):
    weeks = purchase_model.fit_bg_nbd(real["frequency"], real["recency"], real["T"])
    days = purchase_model.fit_bg_nbd(real["frequency"], 7 * real["recency"], 7 * real["T"])
    assert [days.r, days.alpha, days.a, days.b] == pytest.approx([weeks.r, 7 * weeks.alpha, weeks.a, weeks.b], rel=1e-3)
    dollars = purchase_model.fit_gamma_gamma(real["frequency"], real["mean_spend"])
    cents = purchase_model.fit_gamma_gamma(real["frequency"], 100 * real["mean_spend"])
    assert [cents.p, cents.q, cents.v] == pytest.approx([dollars.p, dollars.q, 100 * dollars.v], rel=1e-3)


def test_the_parameters_that_made_the_customers_are_within_sampling_error(lives):
    """Twice the gain in log-likelihood over the truth is chi-square with a degree of freedom a parameter: below its 99.9% point."""
    frequency, recency = lives.frequency[:50_000], lives.recency[:50_000]
    periods = np.full(frequency.size, T)
    found = purchase_model.fit_bg_nbd(frequency, recency, periods)
    truth = purchase_model.bg_nbd_log_likelihood(TRUE.r, TRUE.alpha, TRUE.a, TRUE.b, frequency, recency, periods).sum()
    assert 0 <= 2 * (found.log_likelihood - truth) < stats.chi2(4).ppf(0.999)

    draw = chance.generator(2)
    count = draw.integers(1, 12, 20_000)
    mean_spend = draw.gamma(4.0 * count) / draw.gamma(3.0, 1 / 20.0, count.size) / count
    spend = purchase_model.fit_gamma_gamma(count, mean_spend)
    truth = purchase_model.gamma_gamma_log_likelihood(4.0, 3.0, 20.0, count, mean_spend).sum()
    assert 0 <= 2 * (spend.log_likelihood - truth) < stats.chi2(3).ppf(0.999)


def test_the_histogram_and_the_expected_number_come_true(lives):
    counts = np.arange(8)
    shares = (lives.frequency[:, None] == counts).mean(axis=0)
    assert TRUE.probability_of(counts, T) == pytest.approx(shares, abs=0.004)
    assert TRUE.probability_of(np.arange(2_000), T).sum() == pytest.approx(1, abs=1e-6)
    assert TRUE.expected_purchases(T) == pytest.approx(lives.frequency.mean(), rel=0.02)
    assert TRUE.expected_purchases(T + AFTER) == pytest.approx((lives.frequency + lives.later).mean(), rel=0.02)


@pytest.mark.parametrize("least, most, early", [(0, 0, None), (1, 1, False), (1, 1, True), (2, 4, False), (2, 4, True), (5, 99, False), (5, 99, True)])
def test_who_is_alive_and_what_she_will_buy_come_true(lives, least, most, early):
    """In each group of like records: the share that is alive, and the mean number of later purchases."""
    group = (lives.frequency >= least) & (lives.frequency <= most)
    group &= True if early is None else (lives.recency < T / 2) == early
    records = lives.frequency[group], lives.recency[group], np.full(group.sum(), T)
    assert TRUE.probability_alive(*records).mean() == pytest.approx(lives.alive[group].mean(), abs=0.015)
    assert TRUE.conditional_expected_purchases(AFTER, *records).mean() == pytest.approx(lives.later[group].mean(), rel=0.06, abs=0.01)


def test_expectations_pass_smoothly_through_a_equal_to_one():
    below, at, above = (BGNBD(0.5, 5.0, a, 2.0) for a in (0.999, 1.0, 1.001))
    assert below.expected_purchases(20) > at.expected_purchases(20) > above.expected_purchases(20)
    assert at.conditional_expected_purchases(20, 2, 5.0, 10.0) == pytest.approx(
        (below.conditional_expected_purchases(20, 2, 5.0, 10.0) + above.conditional_expected_purchases(20, 2, 5.0, 10.0)) / 2, rel=1e-5)


def test_a_further_purchase_lies_between_her_own_mean_and_everyones():
    model = GammaGamma(p=6.25, q=3.74, v=15.44)
    everyone = 6.25 * 15.44 / 2.74
    assert model.expected_mean_spend([0, 0], [np.nan, 80.0]) == pytest.approx([everyone, everyone])
    once, often = model.expected_mean_spend([1, 100], [80.0, 80.0])
    assert everyone < once < often < 80.0 and often == pytest.approx(80.0, rel=0.01)


GOOD = {"frequency": [0, 1, 2], "recency": [0.0, 2.0, 9.0], "T": [10.0, 10.0, 10.0]}


@pytest.mark.parametrize("field, values, shown", [
    ("frequency", [0, -1, 2], -1), ("frequency", [0, 1.5, 2], 1.5), ("frequency", [0, np.nan, 2], None), ("frequency", ["x", 1, 2], ["x", 1, 2]),
    ("frequency", [0, 0, 0], 2.0), ("recency", [0, 2, 11], 11), ("recency", [0, -2, 9], -2), ("recency", [0, 2], (2,)), ("T", [10, 0, 10], 0),
    ("T", [10, np.inf, 10], np.inf)])
def test_impossible_records_are_refused_by_name(field, values, shown):
    records = {**GOOD, field: values}
    with text.use("en"), pytest.raises(ScenarioError) as problem:
        purchase_model.fit_bg_nbd(**records)
    named = "recency" if field == "frequency" and values == [0, 0, 0] else field
    assert problem.value.field == named and problem.value.allowed and problem.value.remedy
    assert shown is None or problem.value.value == shown


def test_records_without_a_repeat_purchase_are_refused():
    with pytest.raises(ScenarioError) as problem:
        purchase_model.fit_bg_nbd([0, 0], [0.0, 0.0], [5.0, 6.0])
    assert problem.value.field == "frequency"


def test_records_without_a_maximum_are_refused():
    """Everyone buys three times at the same pace and never leaves: nothing differs, so the parameters run away."""
    with pytest.raises(ScenarioError) as problem:
        purchase_model.fit_bg_nbd(np.full(50, 3), np.full(50, 9.0), np.full(50, 10.0))
    assert problem.value.field == "log_likelihood"


@pytest.mark.parametrize("spend", [[5.0, 0.0], [5.0, -1.0], [5.0, np.nan]])
def test_a_spend_that_is_no_money_is_refused(spend):
    with pytest.raises(ScenarioError) as problem:
        purchase_model.fit_gamma_gamma([1, 2], spend)
    assert problem.value.field == "mean_spend"
