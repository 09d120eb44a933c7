"""Failure, complaint, recovery."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import crm_sim as crm
from crm_sim.customer.complaint import after_complaint, complaint_probability, complaint_satisfaction, incident, incident_settled

unit = st.floats(0, 1)
pair = st.tuples(unit, unit).map(sorted)
waits = st.tuples(st.floats(0.25, 5000), st.floats(0.25, 5000)).map(sorted)
TARP = crm.load("telecom").market.complaint


@given(unit, pair)
def test_complaining_is_a_probability_that_access_raises(by_severity, accesses):
    access, easier = accesses
    assert 0 <= complaint_probability(by_severity, access) <= complaint_probability(by_severity, easier) <= 1
    assert complaint_probability(by_severity, 0.5) == pytest.approx(by_severity, abs=1e-8)


@given(pair, st.sampled_from([0.1, 0.5]), pair, waits)
def test_more_compensation_more_courtesy_and_a_quicker_answer_never_satisfy_less(compensations, need, courtesies, waits):
    (little, much), (rude, kind), (quick, slow) = compensations, courtesies, waits
    weights = 72.0, 0.5, 0.35, 0.15
    best = complaint_satisfaction(much, need, kind, quick, *weights)
    assert 0 <= best <= 1
    assert complaint_satisfaction(little, need, kind, quick, *weights) <= best
    assert complaint_satisfaction(much, need, rude, quick, *weights) <= best
    assert complaint_satisfaction(much, need, kind, slow, *weights) <= best


@given(unit, unit, unit)
def test_a_settled_complaint_lifts_and_an_unsettled_one_lowers(encounter, handling, recovery):
    assert encounter <= after_complaint(encounter, handling, True, recovery) <= 1
    assert after_complaint(encounter, handling, False, recovery) == encounter / 2
    assert after_complaint(encounter, handling, True, 1.0) == pytest.approx(max(encounter, (1 + handling) / 2))


@given(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)).map(sorted), st.floats(0, 5))
def test_who_means_less_to_stay_has_the_higher_hazard(shares, weight):
    few, many = shares
    assert incident(few, weight) >= incident(many, weight) >= -1e-11
    assert incident(few, weight) == pytest.approx(-weight * np.log(few), abs=1e-10)


@given(waits)
def test_a_settled_complaint_weighs_the_less_the_quicker_it_was(waits):
    settled = [incident_settled(0.54, 0.82, hours, 0.5) for hours in waits]
    assert incident(0.82, 0.5) - 1e-9 <= settled[0] <= settled[1] + 1e-9 <= incident(0.54, 0.5) + 2e-9


def test_a_few_per_cent_of_minor_and_two_thirds_of_serious_failures_are_complained_of(story):
    failures = story[story["failure"] > 0].groupby("failure")["complaint"].agg(["mean", "size"])
    for severity, share in ((1, TARP.minor), (2, TARP.serious)):
        error = np.sqrt(share * (1 - share) / failures["size"][severity])
        assert abs(failures["mean"][severity] - share) < 4 * error
    assert not (story["complaint"] & (story["failure"] == 0)).any()
    assert not (story["settled"] & (story["complaint"] == 0)).any()


def test_failures_come_as_often_as_the_service_has_them(story):
    served = story[story["orders"] > 0]
    for severity, share in ((1, 0.06), (2, 0.015)):
        assert np.mean(served["failure"] == severity) == pytest.approx(share, abs=4 * np.sqrt(share / len(served)))


def test_customers_whose_complaint_is_settled_stay_longer_than_those_whose_is_not():
    """The order of the TARP table, in behaviour: settled, unsettled, silent."""
    scenario = crm.load("telecom").change({"policy.service.serious_failure": 0.3, "policy.complaints.capacity": 1000, "policy.complaints.compensation": 0.5})
    panel = crm.simulate(scenario, customers=6_000, months=12).panel()
    serious = panel[panel["failure"] == 2]
    lost = serious.groupby(serious["complaint"] + serious["settled"])["lost"].mean()
    assert lost[2] < lost[1] < lost[0]


@pytest.mark.parametrize("preset", ["telecom", "hotel"])
def test_a_sooner_first_answer_settles_no_fewer_complaints(preset):
    scenario = crm.load(preset).change({"policy.service.serious_failure": 0.1, "policy.complaints.capacity": 1000})
    settled = [crm.simulate(scenario.change({"policy.complaints.first_response_hours": wait}), customers=4_000, months=12).customers for wait in (4, 24, 96, 400)]
    shares = [one["complaints_settled"].sum() / one["complaints"].sum() for one in settled]
    assert shares == sorted(shares, reverse=True) and shares[0] > shares[-1]


def test_a_desk_that_is_too_small_keeps_complainants_waiting():
    scenario = crm.load("telecom")
    ample, short = (crm.simulate(scenario.change({"policy.complaints.capacity": capacity}), customers=4_000, months=12).kpis for capacity in (100, 2))
    assert (ample["complaints_waiting"] == 0).all() and (ample["first_response_hours"] == 48).all()
    assert short["complaints_waiting"].is_monotonic_increasing and short["first_response_hours"].iloc[-1] > 48
