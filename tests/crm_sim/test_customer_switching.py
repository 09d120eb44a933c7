"""Perceived switching cost."""

from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.customer.switching import satisfaction_effect, switching_cost_after

unit = st.floats(0, 1)
pair = st.tuples(unit, unit).map(sorted)


@given(unit, pair, unit, st.floats(0, 200))
def test_it_grows_with_habit_and_faster_with_rewards(cost, rewards, growth, effect):
    little, much = rewards
    assert cost <= switching_cost_after(cost, little, growth, effect) <= switching_cost_after(cost, much, growth, effect) <= 1


@given(st.floats(0, 20), st.floats(0, 3), pair, st.floats(0, 10))
def test_satisfaction_counts_less_for_those_whom_switching_would_cost(effect, choice, costs, moderation):
    low, high = costs
    assert 0 <= satisfaction_effect(effect, choice, high, moderation) <= satisfaction_effect(effect, choice, low, moderation) <= effect * choice


def test_the_captive_stay_whatever_they_feel_and_the_free_do_not():
    """Choice makes the curve steep (Jones & Sasser 1995): with choice, the least satisfied third leaves far more often than the most satisfied."""
    ratios = []
    for choice in (0.0, 2.0):
        panel = crm.simulate(crm.load("telecom").change({"market.churn.choice": choice}), customers=6_000, months=12).panel()
        panel["before"] = panel.groupby("customer")["satisfaction"].shift()
        served = panel[(panel["orders"] > 0) & (panel["month"] > 1)]
        low, high = served["before"].quantile([1 / 3, 2 / 3])
        ratios.append(served.loc[served["before"] < low, "lost"].mean() / served.loc[served["before"] > high, "lost"].mean())
    assert ratios[0] < 1.5 < 3 < ratios[1]


def test_rewards_bind(telecom):
    rewarded = crm.simulate(telecom.scenario.change({"policy.loyalty.reward": 0.1}))
    costs = [run.truth.query("state == 'active'")["switching_cost"].mean() for run in (telecom, rewarded)]
    assert costs[1] > costs[0]
    assert rewarded.kpis["lost"].sum() < telecom.kpis["lost"].sum()
