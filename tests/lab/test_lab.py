"""The scenario lab, driven by its widgets without a browser."""

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest
import yaml

import crm_sim as crm
from crm_sim import text
from crm_sim.lab import chart, experiment, report, scenario_lab
from crm_sim.lab.experiment import Experiment, Size
from crm_sim.lab.levers import LEVERS
from crm_sim.scenario import Scenario

SMALL = {"customers": 600, "months": 14, "seed": 7, "replications": 3}


@pytest.fixture(autouse=True)
def in_english():
    with text.use("en"):
        yield


@pytest.fixture
def lab(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return scenario_lab(**SMALL)


def table(lab):
    """What the table shows: the words of its rows by their heading."""
    found = ElementTree.fromstring(lab.table.value)
    return {"".join(row[0].itertext()): ["".join(cell.itertext()) for cell in row[1:]] for row in found.iter("tr")}


def number(words):
    return float(words.replace("−", "-").replace(",", ""))


def all_words(lab):
    """Everything that the lab says."""
    said = [lab.about.value, lab.charts.value, lab.summary.value, lab.table.value, lab.message.value]
    said += [widget.description for widget in (lab.preset, lab.tongue, lab.reset, lab.file, lab.save, lab.load)]
    said += [button.tooltip for button in (lab.reset, lab.save, lab.load)] + [label for label, _ in lab.preset.options]
    said += [words for lever in lab.levers.values() for words in (lever.box.description, lever.note.value)]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(said)))


def test_moving_the_slider_moves_box_table_charts_and_summary(lab):
    before, charts = table(lab), lab.charts.value
    assert before["Revenue, thousand yuan"][-1] == "＝ the same" and "Nothing is changed" in lab.summary.value
    lab.levers["quality"].slider.value = 0.9
    after = table(lab)
    assert lab.levers["quality"].box.value == 0.9 and lab.charts.value != charts
    assert number(after["CSAT, per cent *"][1]) > number(after["CSAT, per cent *"][0]) == number(before["CSAT, per cent *"][0])
    assert after["Cost, thousand yuan"][-1] == "▲ higher" and number(after["Cost, thousand yuan"][2]) > 0
    assert "Service quality from 0.72 to 0.9" in lab.summary.value


@pytest.mark.parametrize("name", [lever.name for lever in LEVERS])
def test_every_lever_moves_its_own_setting_and_says_what_it_costs(lab, name):
    lever = next(lever for lever in LEVERS if lever.name == name)
    moved = lab.levers[name]
    note = moved.note.value
    moved.box.value = lever.low + 5 * lever.step
    assert [change[0] for change in lab.experiment.changes()] == [lever.path]
    assert moved.slider.value == moved.box.value == lever.value(lab.experiment.changed)
    assert note and (moved.note.value != note) == (name not in ("promise", "winback")), "the cost follows the lever where it has one"


def test_the_lab_says_the_same_as_compare(lab):
    lab.levers["price"].box.value = 1.2
    today = crm.load("telecom")
    expected = crm.compare({"today": today, "changed": today.change({"policy.price.level": 1.2})}, **SMALL).table()
    found = lab.experiment.result().table()
    assert found.equals(expected)
    shown = {row.figure: row for row in report.rows(lab.experiment.result())}
    assert shown["lost"].difference == expected.loc["lost", ("changed", "difference")]
    assert shown["profit"].low == expected.loc["profit", ("changed", "difference_low")] / 1e3


def test_only_the_changed_scenario_is_simulated_anew(lab, monkeypatch):
    simulated = []
    monkeypatch.setattr(experiment, "compare", lambda scenarios, *size: simulated.extend(scenarios.values()) or crm.compare(scenarios, *size))
    lab.levers["quality"].slider.value = 0.8123
    assert simulated == [lab.experiment.changed] != [lab.experiment.today]
    lab.reset.click()
    lab.tongue.value = "zh"
    assert len(simulated) == 1


def test_the_language_changes_everything_in_place(lab):
    lab.levers["swing"].box.value = 0.3
    widgets, words, experiment_before = list(lab.children), all_words(lab), lab.experiment
    lab.tongue.value = "zh"
    assert list(lab.children) == widgets and lab.experiment == experiment_before
    chinese = all_words(lab)
    assert not re.search("[\u4e00-\u9fff]", words) and "服务波动" in chinese and "流失客户" in chinese
    left = set(re.findall("[A-Za-z]{2,}", chinese))
    assert not left
    assert text.language() == "en", "the notebook keeps its own language"
    lab.tongue.value = "en"
    assert all_words(lab) == words


@pytest.mark.parametrize("name, value, allowed", [
    ("quality", 7, "from 0.* to 1"), ("response", -1, "from 0.25 to 720"), ("winback", 2.5, "whole number from 0 to 120")])
def test_a_refused_value_changes_nothing_and_is_explained(lab, name, value, allowed):
    lab.levers["price"].box.value = 1.1
    before, moved = lab.experiment, lab.levers[name]
    moved.box.value = value
    message = unescape(lab.message.value)
    assert f"{moved.lever.path} = {value}" in message and re.search(allowed, message) and "Choose" in message and 'role="alert"' in message
    assert lab.experiment == before and moved.box.value == moved.slider.value == moved.lever.value(before.changed)
    lab.levers["price"].box.value = 1.2
    assert lab.message.value == ""


def test_save_reset_load(lab, tmp_path):
    lab.levers["quality"].box.value = 0.8
    lab.levers["winback"].slider.value = 6
    changed = lab.experiment.changed
    lab.file.value = "first"
    lab.save.click()
    assert crm.load(tmp_path / "first.yml") == changed and "first.yml" in lab.message.value
    lab.reset.click()
    assert lab.experiment.changes() == [] and lab.levers["quality"].slider.value == 0.72
    lab.load.click()
    assert lab.experiment.changed == changed and lab.experiment.today == crm.load("telecom")
    assert lab.levers["quality"].box.value == 0.8 and lab.levers["winback"].slider.value == 6


def test_a_file_that_is_not_ours_is_not_replaced(lab, tmp_path):
    (tmp_path / "theirs.yml").write_text("precious")
    lab.file.value = "theirs.yml"
    lab.save.click()
    assert (tmp_path / "theirs.yml").read_text() == "precious" and "exists already" in lab.message.value
    lab.file.value = "own.yml"
    lab.save.click()
    lab.levers["quality"].box.value = 0.8
    lab.save.click()
    assert crm.load(tmp_path / "own.yml").policy.service.quality == 0.8


@pytest.mark.parametrize("name", ["", "  ", "nowhere/mine.yml"])
def test_a_file_that_cannot_be_written_is_explained(lab, tmp_path, name):
    lab.file.value = name
    lab.save.click()
    assert "file = " in unescape(lab.message.value) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content, expected", [
    ("policy: {service: {qualty: 1}}", "policy.service.quality"), ("policy: {service: {quality: 2}}", "policy.service.quality = 2"),
    ("[1, 2]", "YAML mapping"), ("a: [", "YAML mapping"), (None, "cannot be read")])
def test_a_bad_file_changes_nothing_and_is_explained(lab, tmp_path, content, expected):
    lab.levers["price"].box.value = 1.1
    before = lab.experiment
    if content is not None:
        base = yaml.safe_load(crm.load("telecom").to_yaml())
        fault = yaml.safe_load(content) if content.startswith("policy") else None
        (tmp_path / "bad.yml").write_text(yaml.safe_dump({**base, **fault}) if fault else content)
    lab.file.value = "bad.yml"
    lab.load.click()
    assert expected in unescape(lab.message.value) and 'role="alert"' in lab.message.value
    assert lab.experiment == before and lab.levers["price"].box.value == 1.1


def test_a_loaded_file_is_compared_with_what_shares_its_customers(tmp_path):
    telecom, shop = crm.load("telecom"), crm.load("cd_shop")
    shop_changed = shop.change({"policy.price.level": 1.2}).save(tmp_path / "shop.yml")
    other_market = telecom.change({"market.churn.choice": 0.5}).save(tmp_path / "other.yml")
    start = Experiment(telecom, telecom)
    opened = start.open(shop_changed)
    assert opened.today == shop and [change[0] for change in opened.changes()] == ["policy.price.level"]
    assert start.open(other_market).today == crm.load(other_market) and start.open(other_market).changes() == []
    mine = replace(start, today=telecom.change({"policy.price.level": 0.9}))
    telecom.save(tmp_path / "same.yml")
    assert mine.open(tmp_path / "same.yml").today == mine.today


def test_a_setting_without_a_slider_is_told_all_the_same(lab, tmp_path):
    crm.load("telecom").change({"policy.survey.share": 0.2}).save(tmp_path / "survey.yml")
    lab.file.value = "survey.yml"
    lab.load.click()
    assert "policy.survey.share from 0.05 to 0.2" in lab.summary.value


def test_a_value_outside_the_usual_range_is_kept(lab, tmp_path):
    hours = lab.levers["response"]
    hours.box.value = 400.5
    assert hours.slider.value == hours.box.value == 400.5 == lab.experiment.changed.policy.complaints.first_response_hours
    lab.levers["price"].box.value = 0.33333333333
    assert lab.experiment.changed.policy.price.level == 0.33333333333 == lab.levers["price"].slider.value
    hours.box.value = 0.25
    assert hours.slider.value == 0.25 and hours.slider.max == 168


def test_choosing_a_preset_begins_anew(lab):
    lab.levers["price"].box.value = 1.1
    lab.preset.value = "cd_shop"
    assert lab.experiment.today == lab.experiment.changed == crm.load("cd_shop")
    assert lab.levers["price"].box.value == 1.0


def test_a_scenario_of_ones_own_has_its_title_in_the_list():
    own = crm.load("telecom").change({"market.churn.choice": 0.5, "title.en": "My <firm>"})
    lab = scenario_lab(own, **SMALL)
    assert lab.preset.options[-1] == ("My <firm> (your file)", "") and lab.preset.value == ""
    lab.preset.value = "telecom"
    assert [name for _, name in lab.preset.options] == list(crm.presets().index)


def test_words_from_a_file_are_shown_as_text(lab, tmp_path):
    lab.file.value = "<img src=x>.yml"
    lab.load.click()
    assert "<img" not in lab.message.value and "&lt;img" in lab.message.value


def test_charts_tell_the_lines_apart_without_colour_and_are_described(lab):
    lab.levers["quality"].box.value = 0.9
    root = ElementTree.fromstring(f"<div>{lab.charts.value}</div>")
    charts = root.findall("div")[1]
    assert charts.get("role") == "img" and "table below" in charts.get("aria-label")
    drawn = charts.findall("svg")
    assert len(drawn) == 4
    for one in drawn:
        today, changed = one.findall("polyline")
        assert len(today.get("points").split()) == SMALL["months"] and len(one.findall("polygon")) == 2
        assert today.get("stroke-dasharray") is None and changed.get("stroke-dasharray")
        values = [float(part) for line in (today, changed) for point in line.get("points").split() for part in point.split(",")]
        assert min(values) >= 0 and max(values) <= chart.WIDTH
    assert "3 replications" in "".join(root.itertext())


def test_without_survey_answers_and_with_one_replication_the_lab_says_so():
    silent = crm.load("telecom").change({"policy.survey.share": 0})
    lab = scenario_lab(silent, **{**SMALL, "replications": 1})
    assert table(lab)["CSAT, per cent *"][:3] == ["–", "–", "–"] and "one replication" in table(lab)["Revenue, thousand yuan"][-1]
    lab.levers["quality"].box.value = 0.9
    assert "nan" not in all_words(lab).lower()


def test_a_size_that_cannot_be_simulated_is_refused():
    with pytest.raises(crm.ScenarioError, match="customers"):
        scenario_lab(customers=0)
    with pytest.raises(crm.ScenarioError, match="preset"):
        scenario_lab("telekom")


def test_the_usual_size_is_the_one_promised():
    assert (Size().customers, Size().months) == (20_000, 36) and Size().replications >= 5


def test_levers_stand_within_what_the_scenario_allows():
    telecom = crm.load("telecom")
    for lever in LEVERS:
        assert all(isinstance(lever.move(telecom, end), Scenario) for end in (lever.low, lever.high))


def test_the_simulator_alone_loads_no_widgets():
    code = "import sys, crm_sim, crm_sim.lab; print({'ipywidgets', 'matplotlib'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
