"""The lecture on satisfaction: what its prose says around the numbers is what its cells compute."""

from pathlib import Path

import nbformat
import numpy as np
import pytest
import yaml

import crm_sim as crm
from crm_sim import text
from crm_sim.customer.satisfaction import encounter_satisfaction, perceived_value

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lecture():
    """The names that the lecture's code cells leave behind, run in order as a reader runs them."""
    folder = ROOT / "lectures" / "en"
    cells = nbformat.read(folder / "L5_satisfaction.ipynb", as_version=4).cells
    names = {}
    with pytest.MonkeyPatch.context() as patch, text.use("en"):
        patch.chdir(folder)
        for cell in cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, cell.id, "exec"), names)
    return names


@pytest.fixture(scope="module")
def questions():
    return yaml.safe_load((ROOT / "course" / "questions" / "L5.yml").read_text(encoding="utf-8"))


def test_about_85_per_cent_satisfied_and_a_quarter_lost(lecture):
    assert lecture["survey"]["csat"] == pytest.approx(85, abs=2)
    assert lecture["analysis"].lost_a_year(lecture["run"].kpis) == pytest.approx(25, abs=2)


def test_the_guest_of_the_story_met_less_than_she_expected_and_left(lecture):
    last = lecture["last"]
    assert last["experience"] < last["performance"] + 0.2 and last["performance"] < last["expectation"]
    assert last["satisfaction"] < lecture["before"] and last["lost"] == 1
    trace = lecture["trace"]
    good = trace["experience"].idxmax()
    assert trace["expectation"].shift(-1)[good] > trace["expectation"][good]  # a very good stay raises the dotted line


def test_the_weight_of_falling_short_matters_only_below_expectation(lecture):
    kink = lecture["kink"]
    above, below = kink[kink.index >= 0.75], kink[kink.index < 0.7499]
    assert np.allclose(above.to_numpy(), above[["usual"]].to_numpy())
    assert ((below["less"] > below["usual"]) & (below["usual"] > below["more"])).all()


def test_k20_without_choice_satisfaction_decides_nothing_with_choice_it_counts(lecture):
    stay = lecture["stay"]
    assert abs(stay["captive"].loc[8:].mean() - stay["captive"].loc[:3].mean()) < 2
    assert stay["ours"][10] - stay["ours"][1] > 15
    assert stay["hot"][10] - stay["hot"][1] > stay["ours"][10] - stay["ours"][1]


def test_k20_most_of_the_merely_satisfied_stay_and_more_is_won_at_the_bottom(lecture):
    ours = {name: place["ours"] for name, place in lecture["places"].items()}
    assert ours["middle"] > 60
    assert ours["middle"] - ours["low"] > ours["high"] - ours["middle"] + 3


def test_k20_comes_nearest_with_a_rival_at_every_door(lecture):
    hot = {name: place["hot"] for name, place in lecture["places"].items()}
    assert hot["middle"] < 50 < hot["high"]


def test_answers_rank_who_leaves_but_tell_them_apart_less_than_the_truth_does(lecture):
    lost, stay = lecture["later"]["lost"], lecture["stay"]["ours"]
    assert lost.is_monotonic_decreasing
    assert lost.iloc[0] - lost.iloc[-1] < stay[10] - stay[1]


def test_silence_flatters_and_three_instruments_give_three_numbers(lecture):
    survey, everyone = lecture["survey"], lecture["everyone"]
    assert survey["csat"] > everyone["csat"] + 2 and survey["latent"] > everyone["latent"]
    assert survey["csat"] - survey["index"] > 3 and survey["index"] - survey["nps"] > 20
    assert lecture["analysis"].answers_needed(0.82, 0.85) > lecture["run"].kpis["survey_answers"].mean()


def test_a_bold_promise_brings_arrivals_at_once_and_departures_later(lecture):
    bold = lecture["bold"].to_numpy()
    share = bold[:, 1] / bold[:, 0]
    assert (bold > 0).all() and share[0] < 0.5 and (np.diff(share) > 0.1).all()


def test_a_timid_promise_loses_arrivals_and_spares_departures(lecture):
    assert (lecture["timid"].to_numpy()[:, :2] < 0).all()


def test_the_best_promise_jumps_from_end_to_end_with_two_numbers(lecture):
    levels = (0.4, 0.74, 1.0)

    def profits(**market):
        scenarios = [lecture["hotel"].change({"policy.promise.level": level} | market) for level in levels]
        return [crm.simulate(one, customers=10_000, months=36, seed=5).kpis["profit"].sum() for one in scenarios]

    usual = profits()
    believed = profits(**{"market.expectation.promise_weight": 1.0, "market.joining.promise_effect": 1.0})
    assert usual == sorted(usual) and believed == sorted(believed, reverse=True)
    assert max(*usual, *believed) / min(*usual, *believed) < 1.15


def test_the_same_money_saves_more_guests_in_service_than_in_the_price(lecture):
    saved = lecture["offer"]["saved"]
    assert saved["better"] > saved["cheaper"] > 0
    assert lecture["cost"] + 30 == pytest.approx(lecture["service_cost"](lecture["offers"]["better"].policy.service, lecture["hotel"].firm))


def test_the_mean_saves_more_guests_than_the_swings_and_keeping_the_money_wins_three_years(lecture):
    saved, gain = lecture["saved"], lecture["gain"]
    assert saved.loc["raise", "low"] > saved.loc["steady", "high"] > 0
    assert gain["raise"] < 0 and gain["steady"] < 0 < lecture["five_years"]


def test_the_decision_is_the_same_in_both_schools(lecture):
    low, high = lecture["low"], lecture["high"]
    assert (low["raise"] > low["steady"]).all() and (lecture["mean"]["raise"] > lecture["mean"]["steady"] + 0.2).all()
    assert (high["steady"] < high["raise"]).all()


def test_the_price_of_steadiness_decides_and_little_is_at_stake_where_the_schools_disagree(lecture):
    even, ahead = lecture["even"], lecture["ahead"]
    ours = lecture["ours"]
    assert 5 < even["equal"] < even["double"] < ours
    assert lecture["stake"] < ahead.loc[5.0].min() and lecture["stake"] < -ahead.loc[25.0].max()


def test_service_is_not_the_only_reason_to_leave(lecture):
    assert 0.15 < lecture["beyond"] < 0.5


def test_the_questions_on_the_formula_have_the_formulas_answers(questions):
    assert questions["L5-01"]["answer"] == pytest.approx(encounter_satisfaction(0.75, 0.75, 0.80, 0.25, 0.25, 0.5))
    usual, dearer = (perceived_value(0.80, price, 1.0) for price in (1.0, 1.1))
    fall = encounter_satisfaction(0.80, usual, 0.80, 0.25, 0.25, 0.5) - encounter_satisfaction(0.80, dearer, 0.80, 0.25, 0.25, 0.5)
    assert (usual - dearer, fall) == (pytest.approx(0.10), pytest.approx(0.025))


def test_every_item_of_the_outline_has_a_cell_that_computes_and_a_question(lecture, questions):
    cells = nbformat.read(ROOT / "lectures" / "en" / "L5_satisfaction.ipynb", as_version=4).cells
    outline = {"L5.1.1", "L5.1.2", "L5.1.3", "L5.2.1", "L5.2.2", "L5.3.1", "L5.3.2"}
    assert {item for cell in cells if cell.cell_type == "code" for item in cell.metadata.get("syllabus", ())} == outline
    assert {question["syllabus"] for question in questions.values()} == outline
