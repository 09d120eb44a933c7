"""Win-back."""

import pytest
from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.customer.winback import return_probability

pair = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
NUMBERS = -4.0, 2.0, 0.5, 3.0, 0.15


@given(pair, pair, st.tuples(st.integers(0, 120), st.integers(0, 120)).map(sorted))
def test_a_good_first_life_and_a_good_offer_help_service_failures_and_time_hinder(satisfactions, discounts, months):
    (sad, glad), (small, large), (soon, late) = satisfactions, discounts, months
    best = return_probability(glad, False, large, soon, *NUMBERS)
    assert 0 < best < 1
    assert return_probability(sad, False, large, soon, *NUMBERS) <= best
    assert return_probability(glad, True, large, soon, *NUMBERS) < best
    assert return_probability(glad, False, small, soon, *NUMBERS) <= best
    assert return_probability(glad, False, large, late, *NUMBERS) <= best


@pytest.fixture(scope="module")
def asking():
    return crm.simulate(crm.load("telecom").change({"policy.winback.window": 6, "policy.winback.discount": 0.5}))


def test_nobody_returns_unasked():
    kpis = crm.simulate(crm.load("telecom").change({"policy.winback.window": 0})).kpis
    assert kpis["lost"].sum() > 0 and kpis["regained"].sum() == 0 and (kpis["cost_winback"] == 0).all()


def test_asking_regains_customers_and_is_on_record_and_costs(asking):
    """What win-back costs: each offer its contact, each regained customer three months' discount on her first bill."""
    kpis, firm, policy = asking.kpis, asking.scenario.firm, asking.scenario.policy.winback
    panel = asking.panel()
    bills = panel.loc[panel["regained"] == 1, "revenue"].sum()
    assert kpis["regained"].sum() == panel["regained"].sum() > 20
    offers = asking.customers["winback_offers"].sum()
    assert kpis["cost_winback"].sum() == pytest.approx(firm.contact_cost * offers + policy.discount * policy.months * bills, abs=0.01 * asking.months)


def test_only_lost_customers_return_to_another_life_and_a_closed_contract_is_open_again(asking):
    panel = asking.panel(range(10_000))
    panel["before"] = panel.groupby("customer", observed=True)["state"].shift()
    assert (panel.loc[panel["regained"] == 1, "before"] == "lost").all()
    twice = asking.truth.query("lives > 1")
    assert len(twice) > 20 and twice["lives"].sum() == len(twice) + asking.kpis["regained"].sum()
    back = asking.customers.loc[twice.index[twice["state"] == "active"]]
    assert back["closed_month"].isna().all()


def test_offers_go_out_in_the_window_alone():
    """Asked from the second to the fourth month after the notice, unless she brought too little."""
    run = crm.simulate(crm.load("telecom").change({"policy.winback.wait": 2, "policy.winback.window": 3, "market.winback.base": -20}), months=24)
    closed = run.customers.dropna(subset="closed_month")
    months_since = run.months - closed["closed_month"]
    assert (closed["winback_offers"] == (months_since - 1).clip(0, 3)).all()
    choosy = crm.simulate(run.scenario.change({"policy.winback.least_revenue": 1e6}), months=24)
    assert choosy.customers["winback_offers"].sum() == 0
