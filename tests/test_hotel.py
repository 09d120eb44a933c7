"""The hotel preset looks like the hotel group that the lecture on satisfaction tells of."""

import pytest

import crm_sim as crm
from crm_sim import analysis


@pytest.fixture(scope="module")
def run():
    return crm.simulate(crm.load("hotel"), customers=10_000, months=36, seed=11)


def test_about_85_per_cent_say_they_are_satisfied_and_a_quarter_is_lost_a_year(run):
    assert run.kpis["csat"].mean() == pytest.approx(85, abs=2.5)
    assert analysis.lost_a_year(run.kpis) == pytest.approx(25, abs=2.5)


def test_guests_stay_about_once_a_month_for_600_yuan(run):
    kpis = run.kpis
    assert kpis["orders"].sum() / kpis["active"].sum() == pytest.approx(1.0, abs=0.1)
    assert kpis["revenue"].sum() / kpis["orders"].sum() == pytest.approx(600, rel=0.1)


def test_more_than_half_of_revenue_is_left_and_good_words_prevail(run):
    kpis = run.kpis
    assert 0.5 < kpis["profit"].sum() / kpis["revenue"].sum() < 0.65
    assert 1.0 < kpis["talk_positive"].sum() / kpis["talk_negative"].sum() < 5.0


def test_a_hotel_is_told_of_no_departure(run):
    assert run.customers["closed_month"].isna().all()
    assert run.kpis["lost"].sum() > 0
