"""Word of mouth."""

import crm_sim as crm
from hypothesis import given, strategies as st

from crm_sim.customer.word_of_mouth import talk

unit = st.floats(0, 1)


@given(unit, st.floats(1e-7, 1 - 1e-7), unit, unit)
def test_the_satisfied_recommend_the_dissatisfied_warn_the_middle_is_silent(encounter, u, positive, negative):
    said = talk(encounter, u, positive, negative)
    assert said in (-1, 0, 1)
    assert said * (encounter - 0.5) >= 0
    assert talk(0.5, u, positive, negative) == 0


@given(unit, st.floats(1e-7, 1 - 1e-7))
def test_the_dissatisfied_talk_more_readily(distance, u):
    assert abs(talk(0.5 - distance / 2, u, 0.2, 0.4)) >= abs(talk(0.5 + distance / 2, u, 0.2, 0.4))


def test_recommendations_outnumber_warnings_about_three_to_one(telecom):
    """East, Hammond & Wright 2007: 3 : 1 over 15 studies, positive more numerous in every one."""
    kpis = telecom.kpis
    assert 2 < kpis["talk_positive"].sum() / kpis["talk_negative"].sum() < 5
    assert (kpis["talk_positive"] > kpis["talk_negative"]).all()


def test_talk_brings_and_keeps_away():
    """The same customers with the same luck: they differ in joining alone."""
    scenario = crm.load("telecom").change({"market.talk.positive": 0, "market.talk.negative": 0})
    silent, praise, warn = (crm.simulate(scenario.change(change), customers=20_000, months=12).kpis["acquired"].sum() for change in (
        {}, {"market.talk.positive": 1.0}, {"market.talk.negative": 1.0}))
    assert warn < silent < praise
