"""The firm: terms from its policy, what its records say, what the month cost."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.firm import accounts, policy as firm_policy
from crm_sim.scenario import ComplaintPolicy, Firm, Policy, ServicePolicy

unit = st.floats(0, 1)


@pytest.fixture(scope="module")
def generous():
    """A firm that spends on everything."""
    return crm.simulate(crm.load("telecom").change({
        "policy.loyalty.reward": 0.02, "policy.winback.window": 3, "policy.survey.share": 0.3, "policy.complaints.compensation": 0.4, "policy.service.serious_failure": 0.05}),
        customers=4_000, months=12)


@given(waiting=st.integers(0, 10_000), active=st.integers(0, 10 ** 8), capacity=st.floats(0.1, 1000), hours=st.floats(0.25, 720))
def test_complainants_wait_the_promised_hours_and_for_those_before_them(waiting, active, capacity, hours):
    policy = Policy(complaints=ComplaintPolicy(capacity=capacity, first_response_hours=hours))
    found = firm_policy.response_hours(policy, waiting, active)
    assert np.isfinite(found) and found >= hours == firm_policy.response_hours(policy, 0, active)
    assert firm_policy.response_hours(policy, waiting + 1, active) > found
    assert firm_policy.desk_capacity(policy, active) == pytest.approx(capacity * active / 1000)
    if active:
        assert firm_policy.response_hours(policy, waiting, active) == pytest.approx(hours + 730 * waiting / (capacity * active / 1000))


def test_customers_meet_the_terms_that_the_policy_sets():
    policy = crm.load("telecom").change({"policy.price.level": 1.2, "policy.loyalty.reward": 0.03, "policy.winback.discount": 0.7}).policy
    terms = firm_policy.decide(policy, waiting=0, active=1_000, joining=-1.0)
    assert (terms.price, terms.reward, terms.winback_discount, terms.quality, terms.promise) == (1.2, 0.03, 0.7, policy.service.quality, policy.promise.level)
    assert (terms.response_hours, terms.courtesy, terms.survey_share, terms.joining) == (48.0, policy.complaints.courtesy, policy.survey.share, -1.0)


def test_the_reference_service_costs_its_reference_price():
    firm = Firm()
    reference = ServicePolicy(quality=firm.reference_quality, swing=firm.reference_swing, minor_failure=firm.reference_failure, serious_failure=0.0)
    assert accounts.service_cost(reference, firm) == pytest.approx(firm.service_cost)


@given(st.tuples(unit, unit).map(sorted), st.tuples(st.floats(0.01, 0.5), st.floats(0.01, 0.5)).map(sorted), st.tuples(st.floats(0, 0.5), st.floats(0, 0.5)).map(sorted))
def test_better_steadier_and_sounder_service_never_costs_less(qualities, swings, failures):
    def cost(quality, swing, failure):
        return accounts.service_cost(ServicePolicy(quality=quality, swing=swing, minor_failure=failure, serious_failure=0.0), Firm())

    (worse, better), (steady, unsteady), (sound, unsound) = qualities, swings, failures
    best = cost(better, steady, sound) * (1 + 1e-9)
    assert 0 < cost(worse, steady, sound) <= best and cost(better, unsteady, sound) <= best and cost(better, steady, unsound) <= best


def test_a_larger_and_a_quicker_desk_cost_more():
    firm = Firm()
    slow, quick = (accounts.desk_cost(ComplaintPolicy(first_response_hours=hours), firm, 100.0) for hours in (48, 4))
    assert slow < quick and accounts.desk_cost(ComplaintPolicy(), firm, 200.0) == pytest.approx(2 * slow)


def test_every_cost_is_what_its_cause_amounts_to(generous):
    """Reckoned again from the panel and the policy."""
    kpis, policy, firm, panel = generous.kpis, generous.scenario.policy, generous.scenario.firm, generous.panel()
    by_month = panel.groupby("month")
    settled_bills = (panel["revenue"] * panel["settled"]).groupby(panel["month"]).sum()
    served = (panel["state"] == "active").groupby(panel["month"]).sum() + by_month["lost"].sum()
    at_first = kpis["active"].shift().fillna(kpis["active"].iloc[0] - kpis["acquired"].iloc[0] + kpis["lost"].iloc[0] - kpis["regained"].iloc[0])
    desk = firm.complaint_cost * policy.complaints.capacity * at_first / 1000 * (1 + 8 / policy.complaints.first_response_hours)
    expected = {
        "goods": firm.goods_share * kpis["revenue"], "service": served * accounts.service_cost(policy.service, firm), "complaints": desk,
        "compensation": policy.complaints.compensation * settled_bills, "acquisition": policy.promise.advertising * kpis["prospects"] + firm.welcome_cost * kpis["acquired"],
        "loyalty": policy.loyalty.reward * kpis["revenue"], "survey": firm.survey_cost * policy.survey.share * kpis["active"]}
    for name, amount in expected.items():
        assert amount.sum() > 0 and kpis[f"cost_{name}"].to_numpy() == pytest.approx(amount.to_numpy(), abs=0.006), name
    assert {f"cost_{name}" for name in accounts.COSTS} == {name for name in kpis.columns if name.startswith("cost_")} == {f"cost_{name}" for name in [*expected, "winback"]}


def test_a_desk_handles_what_it_can_and_the_rest_waits():
    kpis = crm.simulate(crm.load("telecom").change({"policy.complaints.capacity": 5.0}), customers=4_000, months=12).kpis
    assert kpis["complaints_waiting"].iloc[-1] > 0
    handled = kpis["complaints"] - kpis["complaints_waiting"].diff().fillna(kpis["complaints_waiting"].iloc[0])
    assert (handled.iloc[1:] <= 5.0 * kpis["active"].shift().iloc[1:] / 1000).all()
    assert kpis["first_response_hours"].iloc[-1] == pytest.approx(48 + 730 * kpis["complaints_waiting"].iloc[-2] / (5.0 * kpis["active"].iloc[-2] / 1000))
