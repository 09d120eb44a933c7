"""Expectation: heard, learned, and colouring what is perceived."""

import pytest
from hypothesis import given, strategies as st

from crm_sim.customer.expectation import first_expectation, hear_promise, learn, perceived_performance

unit = st.floats(0, 1)


@given(unit, unit, unit, st.floats(-1, 1))
def test_a_first_expectation_never_leaves_0_to_1(norm, promise, weight, individual):
    assert 0 <= first_expectation(norm, promise, weight, individual) <= 1


@given(unit, unit, unit)
def test_a_promise_draws_expectation_towards_itself(expectation, promise, weight):
    for heard in (hear_promise(expectation, promise, weight), first_expectation(expectation, promise, weight, 0.0)):
        assert min(expectation, promise) - 1e-12 <= heard <= max(expectation, promise) + 1e-12
        assert abs(heard - promise) == pytest.approx((1 - weight) * abs(expectation - promise), abs=1e-12)


@given(unit, unit, unit, unit, unit)
def test_a_near_expectation_attracts_what_is_perceived_and_a_far_one_repels(experience, expectation, assimilation, contrast, latitude):
    perceived = perceived_performance(experience, expectation, assimilation, contrast, latitude)
    assert 0 <= perceived <= 1
    away = abs(perceived - expectation)
    if abs(expectation - experience) < latitude:
        assert away <= abs(experience - expectation) + 1e-12
    elif 0 < perceived < 1:
        assert away >= abs(experience - expectation) - 1e-12


@given(unit, st.lists(unit, min_size=1, max_size=20))
def test_without_a_floor_expectation_is_the_mean_of_the_prior_and_all_experiences(prior, experiences):
    """The Bayesian update of a mean, when the prior counts as one experience."""
    expectation = prior
    for number, experience in enumerate(experiences):
        expectation = learn(expectation, experience, number, 0.0)
    assert expectation == pytest.approx((prior + sum(experiences)) / (1 + len(experiences)))


@given(unit, unit, st.integers(0, 1000), unit)
def test_later_experiences_move_expectation_less_but_never_less_than_the_floor(expectation, experience, experiences, weight):
    now, later = (abs(learn(expectation, experience, count, weight) - expectation) for count in (experiences, experiences + 1))
    assert later <= now + 1e-12
    assert later >= weight * abs(experience - expectation) - 1e-12
