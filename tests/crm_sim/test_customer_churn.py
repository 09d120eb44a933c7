"""Who leaves, when and why."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.customer.churn import cause, common_log_hazard, occasions_survived, price_hazard, service_hazard
from crm_sim.customer.state import CIRCUMSTANCES, PRICE, SERVICE

unit, hazard = st.floats(0, 1), st.floats(1e-9, 10)
pair = st.tuples(unit, unit).map(sorted)
# Nothing moves the hazard: attitudes have no hold, and nothing fails.
NO_ATTITUDES = {f"market.churn.{name}_effect": 0 for name in ("satisfaction", "switching_cost", "trust", "prior_churn")} | {
    "policy.service.minor_failure": 0, "policy.service.serious_failure": 0}
# Share of a year's new customers who are left year by year, and the estimates from it: Fader & Hardie 2007, "High End" and "Regular".
PUBLISHED = {
    (0.668, 3.806): [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1],
    (0.704, 1.182): [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1],
}


@given(hazard, unit, pair, st.floats(0, 20), st.floats(-5, 5))
def test_satisfaction_lowers_the_hazard_of_leaving_over_the_service_and_an_incident_raises_it(own, share, satisfactions, effect, common):
    low, high = satisfactions
    worse, better = (service_hazard(own, share, common, satisfaction, 0.65, effect, 0.0) for satisfaction in (low, high))
    assert 0 <= better <= worse
    assert service_hazard(own, share, common, low, 0.65, effect, 1.0) >= worse
    assert service_hazard(own, share, 0.0, 0.65, 0.65, effect, 0.0) == pytest.approx(own * share)


@given(hazard, unit, st.tuples(st.floats(0.2, 5), st.floats(0.2, 5)).map(sorted), st.floats(0, 20))
def test_price_raises_the_hazard_of_leaving_over_the_price(own, share, prices, effect):
    cheap, dear = prices
    assert price_hazard(own, share, 0.0, cheap, effect) <= price_hazard(own, share, 0.0, dear, effect) * (1 + 1e-9)
    assert price_hazard(own, share, 0.0, 1.0, effect) == pytest.approx(own * share)


@given(unit, unit, st.integers(0, 10))
def test_switching_cost_and_trust_hold_and_having_left_before_does_not(cost, trust, lives):
    effects = 0.5, 0.2, 0.5
    here = common_log_hazard(cost, 0.3, trust, 0.65, lives, *effects)
    assert common_log_hazard(min(1.0, cost + 0.1), 0.3, trust, 0.65, lives, *effects) <= here
    assert common_log_hazard(cost, 0.3, min(1.0, trust + 0.1), 0.65, lives, *effects) <= here
    assert common_log_hazard(cost, 0.3, trust, 0.65, lives + 1, *effects) >= here
    assert common_log_hazard(0.3, 0.3, 0.65, 0.65, 1, *effects) == 0


@given(st.floats(0, 20), st.tuples(hazard, hazard).map(sorted))
def test_a_higher_hazard_lets_fewer_occasions_pass(exponential, hazards):
    low, high = hazards
    assert 0 <= occasions_survived(exponential, high) <= occasions_survived(exponential, low)


def test_the_cause_is_drawn_by_its_part_of_the_hazard():
    found = [cause(u, 0.5, 0.3, 0.2) for u in (np.arange(1000) + 0.5) / 1000]
    assert [found.count(one) for one in (SERVICE, PRICE, CIRCUMSTANCES)] == [500, 300, 200]


@pytest.mark.parametrize("estimates, published", PUBLISHED.items(), ids=["high end", "regular"])
def test_without_attitudes_a_contract_market_is_the_shifted_beta_geometric(estimates, published):
    """All join in month 1; months stand for the years of Fader & Hardie 2007."""
    (a, b), customers = estimates, 100_000
    scenario = crm.load("telecom").change(NO_ATTITUDES | {"market.churn.beta_a": a, "market.churn.beta_b": b, "market.start.share": 0, "market.joining.schedule": [1.0],
                                                          "policy.winback.window": 0})
    staying = crm.simulate(scenario, customers, months=8).kpis["active"].to_numpy() / customers
    ages = np.arange(1, 8)
    exact = np.concatenate([[1.0], np.cumprod((b + ages - 1) / (a + b + ages - 1))])
    assert np.all(np.abs(staying - exact) <= 4 * np.sqrt(exact * (1 - exact) / customers))
    assert 100 * staying == pytest.approx(published, abs=2)


def test_survivors_of_an_old_market_are_the_loyal_ones():
    """Retention rises with tenure though nobody changes: of those who begin with some history, fewer leave than of newcomers."""
    scenario = crm.load("telecom").change(NO_ATTITUDES | {"market.churn.beta_a": 1.0, "market.churn.beta_b": 4.0, "market.start.share": 1.0, "policy.winback.window": 0})
    new, old = (crm.simulate(scenario.change({"market.start.history_months": history}), 20_000, months=1).kpis["lost"][1] / 20_000 for history in (0, 60))
    assert new == pytest.approx(1 / 5, abs=0.015)
    ages = np.arange(61)
    assert old == pytest.approx(np.mean(1 / (5 + ages)), abs=0.006)


def test_the_causes_have_their_shares_at_reference():
    """Keaveney 1995: prices 30%, involuntary 6%."""
    kpis = crm.simulate(crm.load("telecom").change(NO_ATTITUDES), customers=50_000, months=36).kpis.sum()
    error = 4 * np.sqrt(0.25 / kpis["lost"])
    assert kpis["lost_price"] / kpis["lost"] == pytest.approx(0.30, abs=error)
    assert kpis["lost_circumstances"] / kpis["lost"] == pytest.approx(0.06, abs=error)


def test_bad_service_loses_over_service_and_a_high_price_over_price(telecom):
    def lost(change):
        return crm.simulate(telecom.scenario.change(change)).kpis.sum()

    usual, bad, dear = telecom.kpis.sum(), lost({"policy.service.quality": 0.55}), lost({"policy.price.level": 1.2})
    assert bad["lost_service"] > 1.3 * usual["lost_service"]
    assert dear["lost_price"] > 1.3 * usual["lost_price"]


def test_who_stays_may_spend_less(story):
    """The quiet kind of churn: the customer stays, half her share of wallet goes."""
    downgraded = story[story["downgraded"] == 1]
    assert len(downgraded) > 50 and not downgraded["lost"].any()
    later = story.merge(downgraded[["customer", "month"]].assign(month=lambda rows: rows["month"] + 6), on=["customer", "month"])
    assert later["share_of_wallet"].mean() < 0.9 * story.loc[story["state"] == "active", "share_of_wallet"].mean()
