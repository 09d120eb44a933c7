"""Joining, orders, money and payment."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

import crm_sim as crm
from crm_sim.customer.purchase import joining_probability, order_total, payment, poisson_term, share_of_wallet

unit = st.floats(0, 1)


@given(unit, unit, unit, st.floats(0, 10), st.floats(0, 1000), st.floats(0, 10), unit, unit)
def test_joining_is_a_probability_that_praise_raises_and_warnings_lower(base, promise, norm, promise_effect, advertising, effect, recommended, warned):
    common = base, promise, norm, promise_effect, advertising, effect
    p = joining_probability(*common, recommended, warned)
    assert 0 <= p <= 1
    assert joining_probability(*common, 0.0, warned) <= p + 1e-12
    assert joining_probability(*common, recommended, 0.0) >= p - 1e-12


@given(st.floats(0, 100), st.floats(0.01, 100))
def test_advertising_and_promises_attract_with_diminishing_returns(advertising, step):
    none, some, more = (joining_probability(0.001, 0.7, 0.7, 2.0, advertising + steps * step, 0.5, 0.0, 0.0) for steps in (0, 1, 2))
    assert none < some < more and more - some <= some - none + 1e-15
    assert joining_probability(0.001, 0.8, 0.7, 2.0, advertising, 0.5, 0.0, 0.0) > none


@given(st.floats(0.01, 28))
def test_the_terms_sum_up_to_poisson(mean):
    probability = np.exp(-mean)
    for count in range(1, 40):
        probability = poisson_term(probability, mean, count)
        assert probability == pytest.approx(stats.poisson.pmf(count, mean), rel=1e-9)


@given(st.integers(1, 200), st.floats(0.1, 1e6), st.floats(0.2, 5), unit, st.floats(0.1, 1e4), st.floats(-5.3, 5.3))
def test_money_is_never_negative_and_rises_with_luck(orders, value, price, share, shape, z):
    total = order_total(orders, value, price, share, 0.6, shape, z)
    assert 0 <= total <= order_total(orders, value, price, share, 0.6, shape, z + 0.1)
    assert order_total(0, value, price, share, 0.6, shape, z) == 0


@pytest.mark.parametrize("orders, shape", [(1, 2.5), (1, 6.25), (4, 6.25), (1, 60.0)])
def test_the_total_of_orders_is_gamma_distributed(orders, shape):
    """Wilson & Hilferty's approximation against the gamma distribution itself, between the 5% and the 95% quantile."""
    p = np.linspace(0.05, 0.95, 19)
    found = [order_total(orders, 100.0, 1.0, 0.6, 0.6, shape, z) for z in stats.norm.ppf(p)]
    assert found == pytest.approx(stats.gamma.ppf(p, orders * shape, scale=100 / shape), rel=0.02)


@given(unit, unit, unit, unit, st.floats(0, 5), unit)
def test_share_of_wallet_stays_a_share_and_rises_with_satisfaction(share, base, satisfaction, reference, effect, speed):
    moved = share_of_wallet(share, base, satisfaction, reference, effect, speed)
    assert 0 <= moved <= 1
    assert share_of_wallet(share, base, min(1.0, satisfaction + 0.1), reference, effect, speed) >= moved


@given(st.integers(0, 10 ** 12), st.floats(0.02, 1))
def test_nobody_pays_more_than_she_owes_and_the_disciplined_pay_all(owed, discipline):
    assert 0 <= payment(owed, discipline) <= owed
    assert payment(owed, 1.0) == owed


def test_a_schedule_fixes_how_many_join():
    """The record shop's schedule: shares of all customers, month by month."""
    scenario, customers = crm.load("cd_shop"), 50_000
    acquired = crm.simulate(scenario, customers, months=6).kpis["acquired"].to_numpy()
    schedule = np.array(scenario.market.joining.schedule)
    assert np.all(np.abs(acquired[:3] - customers * schedule) < 4 * np.sqrt(customers * schedule * (1 - schedule)))
    assert acquired.sum() == customers and acquired[3:].sum() == 0


def test_orders_of_a_market_without_contract_follow_gamma_poisson():
    """Nobody leaves, nobody joins: orders of a year are negative binomial."""
    scenario = crm.load("cd_shop").change({
        "market.start.share": 1.0, "market.joining.schedule": [], "market.churn.beta_a": 0.1, "market.churn.beta_b": 1e5, "market.churn.satisfaction_effect": 0,
        "market.purchase.rate_shape": 2.0, "market.purchase.rate_scale": 4.0})
    orders = crm.simulate(scenario, customers=20_000, months=12).customers["orders"].reindex(range(20_000), fill_value=0)
    expected = stats.nbinom(2.0, 4.0 / (4.0 + 12)).pmf(np.arange(16))
    observed = np.append(np.bincount(np.minimum(orders, 16), minlength=17)[:16], np.sum(orders > 15))
    assert stats.chisquare(observed, 20_000 * np.append(expected, 1 - expected.sum())).pvalue > 0.001


def test_price_lowers_orders_by_its_elasticity():
    scenario = crm.load("hotel").change({"market.churn.price_effect": 0, "market.satisfaction.price_sensitivity": 0, "market.purchase.price_elasticity": 1.0})
    cheap, dear = (crm.simulate(scenario.change({"policy.price.level": level}), customers=10_000, months=3).kpis["orders"].sum() for level in (1.0, 1.25))
    assert dear / cheap == pytest.approx(1 / 1.25, abs=0.02)


def test_slow_payers_owe_what_they_have_not_paid():
    run = crm.simulate(crm.load("dealers"), customers=500, months=12)
    assert (run.customers["receivable"] > 0).any() and (run.customers["receivable"] >= 0).all()
    prompt = crm.simulate(crm.load("dealers").change({"market.payment.discipline": 1.0, "market.payment.spread": 0.0}), customers=500, months=12)
    assert (prompt.customers["receivable"] == 0).all()
