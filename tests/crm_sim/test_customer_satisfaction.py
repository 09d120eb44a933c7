"""Satisfaction with one encounter and with all of them, and what the customer says when asked."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.customer.satisfaction import answer, answer_probability, cumulative_satisfaction, encounter_satisfaction, perceived_value

unit, effect = st.floats(0, 1), st.floats(0, 5)
pair = st.tuples(unit, unit).map(sorted)


@given(unit, unit, unit, unit, effect, effect)
def test_an_encounter_never_leaves_0_to_1(performance, value, expectation, weight, exceeding, falling_short):
    assert 0 <= encounter_satisfaction(performance, value, expectation, weight, exceeding, falling_short) <= 1


@given(st.floats(0.3, 0.7), st.floats(0.001, 0.1))
def test_falling_short_hurts_more_than_exceeding_pleases(performance, distance):
    disappointed, met, delighted = (encounter_satisfaction(performance, performance, performance + gap, 0.25, 0.25, 0.5) for gap in (distance, 0, -distance))
    assert met - disappointed > delighted - met > 0


@given(unit, pair, effect, effect)
def test_better_service_never_displeases(expectation, services, exceeding, falling_short):
    low, high = (encounter_satisfaction(one, one, expectation, 0.25, exceeding, falling_short) for one in services)
    assert low <= high + 1e-12


@given(unit, st.tuples(st.floats(0.2, 5), st.floats(0.2, 5)).map(sorted), effect)
def test_a_higher_price_never_adds_value(performance, prices, sensitivity):
    cheap, dear = prices
    assert 0 <= perceived_value(performance, dear, sensitivity) <= perceived_value(performance, cheap, sensitivity) <= 1
    assert perceived_value(performance, 1.0, sensitivity) == performance


@given(unit, unit, st.tuples(st.floats(0, 600), st.floats(0, 600)).map(sorted), pair)
def test_a_longer_history_is_moved_less(satisfaction, encounter, tenures, weights):
    (short, long), (last, first) = tenures, weights
    moved_short, moved_long = (cumulative_satisfaction(satisfaction, encounter, tenure, first, last) for tenure in (short, long))
    assert 0 <= moved_short <= 1 and 0 <= moved_long <= 1
    assert abs(moved_long - satisfaction) <= abs(moved_short - satisfaction) + 1e-12


def test_the_weight_of_an_encounter_is_half_way_after_a_year():
    first, year, ever = (cumulative_satisfaction(0.0, 1.0, tenure, 0.3, 0.1) for tenure in (0.0, 12.0, 1e12))
    assert (first, year, ever) == pytest.approx((0.3, 0.2, 0.1))


@given(unit, unit, unit)
def test_the_extremes_answer_more_often_than_the_middle(satisfaction, base, extreme):
    here, middle = answer_probability(satisfaction, base, extreme), answer_probability(0.5, base, extreme)
    assert 0 <= middle <= here <= 1
    assert here == pytest.approx(answer_probability(1 - satisfaction, base, extreme))


@given(st.floats(0, 1), st.floats(-2, 2), st.floats(0, 1))
def test_an_answer_lies_on_the_scale_and_rises_with_what_is_felt(score, noise, better):
    assert 0 <= answer(score, noise) <= 10
    assert answer(max(score, better), noise) >= answer(score, noise)
    assert answer(score, 0.0) == int(np.floor(10 * score + 0.5))


@pytest.mark.parametrize("preset", ["telecom", "cd_shop"])
def test_better_service_raises_mean_satisfaction_all_else_equal(preset):
    scenario = crm.load(preset)
    means = []
    for quality in (0.55, 0.65, 0.75, 0.85):
        run = crm.simulate(scenario.change({"policy.service.quality": quality}), customers=4_000, months=12)
        means.append(run.truth.query("state != 'prospect'")["satisfaction"].mean())
    assert means == sorted(means) and means[-1] > means[0] + 0.1


def test_the_survey_asks_the_share_it_pays_for(telecom):
    """Answers are a binomial part of those asked: between the answering shares of the middling and of the extreme."""
    kpis, market = telecom.kpis, telecom.scenario.market.survey
    asked = telecom.scenario.policy.survey.share * kpis["active"].sum()
    assert market.answer_base * asked < kpis["survey_answers"].sum() < (market.answer_base + market.answer_extreme) * asked
