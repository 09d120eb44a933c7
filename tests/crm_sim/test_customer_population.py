"""Birth: who the customers are before the first month."""

import numpy as np
import pytest
from scipy import stats

import crm_sim as crm
from crm_sim.clock import Clock

CUSTOMERS = 20_000


def born(changes, customers=CUSTOMERS, seed=1, ids=None):
    ids = np.arange(customers, dtype=np.uint32) if ids is None else ids
    return Clock(crm.load("telecom").change(changes), ids, seed).population.state


def test_the_firm_begins_with_its_share_of_customers_who_have_a_history():
    state = born({"market.start.share": 0.3, "market.start.history_months": 48})
    active = state.state == 1
    assert active.mean() == pytest.approx(0.3, abs=0.015)
    assert stats.chisquare(np.bincount(state.tenure[active], minlength=49)).pvalue > 0.001
    assert (state.tenure[~active] == 0).all() and (state.lives == active).all()


def test_traits_have_the_distributions_of_the_scenario():
    state = born({"market.contract": False})
    market = crm.load("telecom").market
    assert stats.kstest(state.purchase_rate, stats.gamma(market.purchase.rate_shape, scale=1 / market.purchase.rate_scale).cdf).pvalue > 0.001
    inverse = stats.invgamma(market.spend.value_shape, scale=market.spend.order_shape * market.spend.value_scale)
    assert stats.kstest(state.order_value, inverse.cdf).pvalue > 0.001
    assert stats.kstest(-np.expm1(-state.churn_hazard.astype(float)), stats.beta(market.churn.beta_a, market.churn.beta_b).cdf).pvalue > 0.001
    assert stats.kstest(state.fit, stats.norm(0, market.satisfaction.fit_spread).cdf).pvalue > 0.001
    assert stats.kstest(state.disposition, "uniform").pvalue > 0.001


def test_who_suits_the_offer_begins_more_satisfied():
    state = born({"market.satisfaction.start_spread": 0})
    assert np.corrcoef(state.fit, state.satisfaction)[0, 1] > 0.99
    assert np.ptp(born({"market.satisfaction.fit_spread": 0}).fit) == 0


def test_everything_born_lies_in_its_range():
    wild = {"market.satisfaction.fit_spread": 0.5, "market.satisfaction.start_spread": 0.5, "market.expectation.spread": 0.5, "market.switching.spread": 0.5,
            "market.payment.spread": 1.0}
    state = born(wild)
    for name in ("expectation", "satisfaction", "trust", "loyalty", "switching_cost", "share_of_wallet", "disposition"):
        values = getattr(state, name)
        assert 0 <= values.min() and values.max() <= 1, name
    assert state.payment_discipline.min() >= np.float32(0.02) and state.payment_discipline.max() <= 1
    assert min(state.purchase_rate.min(), state.order_value.min(), state.churn_hazard.min()) > 0


def test_a_customer_is_the_same_in_every_company():
    """Born alone, among others, or in another order: bit for bit."""
    all_of_them = born({})
    some = np.random.default_rng(5).permutation(CUSTOMERS)[:300].astype(np.uint32)
    for mine, theirs in zip(born({}, ids=some), all_of_them):
        assert np.array_equal(mine, theirs[some])
    assert not np.array_equal(born({}, seed=2).churn_hazard, all_of_them.churn_hazard)
