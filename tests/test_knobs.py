"""Knobs: a number box and a slider a setting, a picture that follows, and a word for what is refused."""

import pandas as pd
import pytest

import crm_sim as crm
from crm_sim import plots
from crm_sim.lab.knobs import knobs

PROMISE, BELIEF = "policy.promise.level", "market.expectation.promise_weight"


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def panel(drawn):
    def picture(scenario):
        drawn.append((scenario.policy.promise.level, scenario.market.expectation.promise_weight))
        table = pd.DataFrame({"lost": [1.0, scenario.policy.promise.level]})
        return plots.lines(table, title="plots.column.lost"), table

    return knobs(crm.load("hotel"), {PROMISE: ("l5.promise.level", 0.4, 0.9), BELIEF: ("l5.promise.belief", 0.0, 1.0)}, picture)


def test_a_picture_and_its_table_stand_there_from_the_start(panel, drawn):
    assert drawn == [(0.74, 0.5)]
    assert "data:image/png" in panel.picture.value and "<table" in panel.picture.value


def test_slider_and_box_follow_each_other_and_the_picture_follows_both(panel, drawn):
    knob = panel.knobs[PROMISE]
    knob.slider.value = 0.8
    assert (knob.box.value, panel.scenario.policy.promise.level, drawn[-1]) == (0.8, 0.8, (0.8, 0.5))
    before = panel.picture.value
    knob.box.value = 0.6
    assert (knob.slider.value, drawn[-1]) == (0.6, (0.6, 0.5))
    assert panel.picture.value != before
    assert len(drawn) == 3  # one drawing a movement


def test_two_knobs_keep_each_others_setting(panel, drawn):
    panel.knobs[PROMISE].box.value = 0.8
    panel.knobs[BELIEF].box.value = 1.0
    assert drawn[-1] == (0.8, 1.0)


def test_the_slider_grows_for_a_value_beyond_it_that_the_scenario_allows(panel, drawn):
    panel.knobs[PROMISE].box.value = 1.0
    assert panel.knobs[PROMISE].slider.max == panel.knobs[PROMISE].slider.value == 1.0
    assert drawn[-1] == (1.0, 0.5)


def test_what_the_scenario_forbids_is_refused_in_words_and_changes_nothing(panel, drawn):
    panel.knobs[PROMISE].box.value = 1.7
    assert "policy.promise.level" in panel.message.value and 'role="alert"' in panel.message.value
    assert panel.knobs[PROMISE].box.value == panel.knobs[PROMISE].slider.value == panel.scenario.policy.promise.level == 0.74
    assert len(drawn) == 1
    panel.knobs[PROMISE].box.value = 0.8
    assert panel.message.value == ""


def test_an_unknown_setting_is_an_error():
    with pytest.raises(crm.ScenarioError, match="policy.promise.level"):
        knobs(crm.load("hotel"), {"policy.promise.levle": ("l5.promise.level", 0.0, 1.0)}, lambda scenario: None)
