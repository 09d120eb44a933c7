"""Scenarios: what may be set, what is refused and with what words, YAML in and out."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings, strategies as st

import crm_sim as crm
from crm_sim import scenario as scenario_file, text
from crm_sim.customer.state import Market as MarketNumbers
from crm_sim.scenario import Market, Scenario, Settings

LEAST = """
name: corner_shop
title: {en: A corner shop, zh: 一家街角小店}
about: {en: Small., zh: 很小。}
"""
PRESETS = ["cd_shop", "dealers", "hotel", "telecom"]


# PyYAML itself reads the old line end U+0085 as another.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x85"), min_size=1, max_size=20)


def refusal(call, language="en"):
    """The error that a call ends with, said in a language."""
    with text.use(language), pytest.raises(crm.ScenarioError) as refused:
        call()
    assert isinstance(refused.value, ValueError)
    return refused.value


def assert_refused(call, field, value, *words):
    """Refused in both languages, in one line with the field, the value, what is allowed and what to do."""
    english, chinese = refusal(call), refusal(call, "zh")
    for error in (english, chinese):
        assert error.field == field and str(error).startswith(field) and "\n" not in str(error)
        assert error.allowed and error.remedy and error.allowed in str(error) and error.remedy in str(error)
        if value is not None:
            assert repr(value)[:20] in str(error)
    assert re.search("[一-鿿]", chinese.allowed) and re.search("[一-鿿]", chinese.remedy)
    assert not re.search("[一-鿿]", english.allowed + english.remedy)
    for word in words:
        assert word in str(english), str(english)
    return english


def change(settings):
    return lambda: crm.load("telecom").change(settings)


@pytest.mark.parametrize("path, value, allowed", [
    ("market.joining.probability", 1.2, "from 0 to 1"), ("market.joining.probability", -0.01, "from 0 to 1"), ("policy.survey.share", 5, "from 0 to 1"),
    ("policy.price.level", 0.1, "from 0.2 to 5"), ("policy.price.level", float("nan"), "from 0.2 to 5"), ("policy.price.level", float("inf"), "from 0.2 to 5"),
    ("policy.price.level", -float("inf"), "from 0.2 to 5"), ("policy.price.level", None, "from 0.2 to 5"), ("policy.price.level", "1.1", "from 0.2 to 5"),
    ("policy.price.level", True, "from 0.2 to 5"), ("policy.price.level", [1.1], "from 0.2 to 5"), ("policy.price.level", 10 ** 400, "from 0.2 to 5"),
    ("policy.winback.months", 0, "whole number from 1 to 36"), ("policy.winback.months", 1.5, "whole number from 1 to 36"), ("policy.winback.months", True, "whole number from 1 to 36"),
    ("policy.winback.window", -1, "whole number from 0 to 120"), ("market.start.history_months", 10 ** 6, "whole number from 0 to 600"),
    ("market.contract", "maybe", "true or false"), ("market.contract", 1, "true or false"), ("name", "", "text"), ("title.en", 5, "text")])
def test_a_value_out_of_range_is_refused(path, value, allowed):
    assert_refused(change({path: value}), path, value, allowed)


@pytest.mark.parametrize("path, suggested", [
    ("policy.price.levle", "policy.price.level"), ("policy.prices.level", "policy.price.level"), ("polcy.price.level", "policy.price.level"),
    ("market.churn.satisfaction_efect", "market.churn.satisfaction_effect"), ("tittle.en", "title.en")])
def test_a_misspelt_setting_is_refused_and_the_near_one_suggested(path, suggested):
    error = assert_refused(change({path: 1}), path, 1)
    assert f"Did you mean {suggested}?" in str(error)


@pytest.mark.parametrize("path, named", [
    ("policy.zzz", "winback"), ("zzz", "market"), ("policy.price", "level"), ("policy", "price"), ("", "policy"), ("policy.price.level.x", "policy.price.level"), ("title.fr", "zh")])
def test_what_is_no_setting_is_refused_and_the_settings_there_are_named(path, named):
    assert_refused(change({path: 1}), path, 1, named)


@pytest.mark.parametrize("settings, fields", [
    ({"market.churn.price_share": 0.99}, ("market.churn.price_share", "market.churn.circumstances_share")),
    ({"market.joining.schedule": [0.4, 0.4]}, ("market.joining.schedule", "market.start.share")),
    ({"policy.service.minor_failure": 0.99, "policy.service.serious_failure": 0.5}, ("policy.service.minor_failure", "policy.service.serious_failure")),
    ({"market.complaint.distributive": 0.9}, ("market.complaint.distributive", "market.complaint.interactional", "market.complaint.procedural")),
    ({"market.loyalty.satisfaction_weight": 0.9}, ("market.loyalty.satisfaction_weight", "market.loyalty.trust_weight"))])
def test_shares_beyond_the_whole_are_refused_and_the_shares_named(settings, fields):
    error = refusal(change(settings))
    assert all(field in str(error) for field in fields), str(error)
    assert "1" in error.allowed and error.remedy


@pytest.mark.parametrize("schedule", [[-0.1, 0.2], [1.5], ["a"], [float("nan")], [None], "0.5", 0.5])
def test_a_schedule_that_is_no_list_of_shares_is_refused(schedule):
    error = refusal(change({"market.joining.schedule": schedule}))
    assert error.field.startswith("market.joining.schedule") and "YAML" not in str(error)


def test_shares_that_make_up_the_whole_are_accepted():
    scenario = crm.load("telecom").change({"market.start.share": 0.3, "market.joining.schedule": [0.1] * 7})
    assert sum(scenario.market.joining.schedule) + scenario.market.start.share == pytest.approx(1)


@pytest.mark.parametrize("name, words", [
    ("telcom", ["Did you mean telecom?"]), ("CD_SHOP", ["cd_shop"]), ("nothing", PRESETS), ("x" * 300, PRESETS), ("x\0y", PRESETS)])
def test_an_unknown_preset_is_refused_and_the_presets_named(name, words):
    assert_refused(lambda: crm.load(name), "scenario", name, *words)


@pytest.mark.parametrize("source", [None, 3, ["telecom"], b"telecom"])
def test_what_is_neither_a_name_nor_a_path_is_refused(source):
    assert_refused(lambda: crm.load(source), "scenario", source)


@pytest.mark.parametrize("content", [
    "", "- 1\n- 2", "telecom", "3", "null", "name: [", "\t", "1: 2", "!!python/object:os.system x", "x: 2020-13-45", "[" * 2000, "a: &x [*x]\n? [1]\n: 2"])
def test_a_file_that_holds_no_mapping_is_refused(tmp_path, content):
    file = tmp_path / "mine.yml"
    file.write_text(content, encoding="utf-8")
    assert_refused(lambda: crm.load(file), "scenario", str(file), "mapping", "scenario.save")


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    binary = tmp_path / "binary.yml"
    binary.write_bytes(b"\xff\xfe\x00\xd8")
    for path in (binary, tmp_path, tmp_path / "none.yml", ""):
        assert_refused(lambda: crm.load(path), "scenario", str(path), "cannot be read")


def test_a_file_without_the_right_to_read_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "secret.yml"
    file.write_text(LEAST, encoding="utf-8")

    def denied(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", denied)
    assert_refused(lambda: crm.load(file), "scenario", str(file), "cannot be read: Permission denied")


@pytest.mark.parametrize("more, field, words", [
    ("markte: {}", "markte", ["Did you mean market?"]), ("policy: {price: {levle: 1}}", "policy.price.levle", ["Did you mean policy.price.level?"]),
    ("policy: {price: {level: .nan}}", "policy.price.level", ["from 0.2 to 5"]), ("policy: {price: {level: yes}}", "policy.price.level", ["from 0.2 to 5"]),
    ("market: {start: {share: 2}}", "market.start.share", ["from 0 to 1"]), ("market: 3", "market", ["settings"]), ("market: {joining: []}", "market.joining", ["settings"])])
def test_a_file_with_a_bad_setting_is_refused(tmp_path, more, field, words):
    file = tmp_path / "mine.yml"
    file.write_text(LEAST + more, encoding="utf-8")
    assert_refused(lambda: crm.load(file), field, None, *words)


@pytest.mark.parametrize("missing", ["name", "title", "about"])
def test_a_file_without_its_name_or_words_is_refused(tmp_path, missing):
    file = tmp_path / "mine.yml"
    file.write_text("\n".join(line for line in LEAST.splitlines() if not line.startswith(missing)), encoding="utf-8")
    assert_refused(lambda: crm.load(file), missing, None, "must be given")


def test_a_file_may_leave_out_what_it_does_not_change(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("\ufeff" + LEAST + "policy: {price: {level: 2}}", encoding="utf-8")
    scenario = crm.load(file)
    assert scenario.market == Market() and scenario.policy.price.level == 2.0
    assert crm.load(str(file)) == scenario


@pytest.mark.parametrize("preset", PRESETS)
def test_saved_and_loaded_it_is_the_same(tmp_path, preset):
    scenario = crm.load(preset)
    assert crm.load(scenario.save(tmp_path / "mine.yml")) == scenario
    assert scenario.title.zh in (tmp_path / "mine.yml").read_text(encoding="utf-8")


@settings(max_examples=25)
@given(level=st.floats(0.2, 5), words=WORDS, schedule=st.lists(st.floats(0, 0.1), max_size=5))
def test_any_number_and_any_words_survive_yaml(tmp_path_factory, level, words, schedule):
    scenario = crm.load("telecom").change({"policy.price.level": level, "title.en": words, "about.zh": words, "market.joining.schedule": schedule})
    assert crm.load(scenario.save(tmp_path_factory.mktemp("yaml") / "mine.yml")) == scenario


@pytest.mark.parametrize("place", ["fdopen", "replace"])
def test_half_a_file_is_never_seen(tmp_path, monkeypatch, place):
    """The disc is full while the new file is written, or just before it takes the old one's place: the old one stays, nothing else is left."""
    file = crm.load("telecom").save(tmp_path / "mine.yml")
    before = file.read_bytes()

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scenario_file.os, place, full)
    with pytest.raises(OSError, match="No space left"):
        crm.load("hotel").save(file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yml"]


def test_saving_where_there_is_no_folder_is_refused(tmp_path):
    refusal(lambda: crm.load("telecom").save(tmp_path / "none" / "mine.yml"))
    assert list(tmp_path.iterdir()) == []


def test_a_change_leaves_the_scenario_itself_alone():
    scenario = crm.load("telecom")
    changed = scenario.change({"policy.price.level": 1.1, "title.zh": "涨价"})
    assert scenario == crm.load("telecom") != changed
    assert changed.policy.price.level == 1.1 and changed.market == scenario.market
    assert changed.change({"policy.price.level": scenario.policy.price.level, "title.zh": scenario.title.zh}) == scenario
    with pytest.raises(ValueError):
        scenario.name = "other"


def test_the_presets_have_titles_in_both_languages_and_load():
    table = crm.presets()
    assert list(table.index) == PRESETS and list(table.columns) == ["en", "zh"]
    assert table["zh"].str.contains("[一-鿿]").all() and not table["en"].str.contains("[一-鿿]").any()
    for name in table.index:
        assert crm.load(name).name == name


def numbers_of(model=Scenario, path=""):
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Settings):
            yield from numbers_of(kind, f"{path}{name}.")
        elif kind is not str:
            yield f"{path}{name}", field


def test_every_setting_states_its_unit_and_its_evidence():
    silent = [path for path, field in numbers_of() if not all((field.json_schema_extra or {}).get(key) for key in ("unit", "evidence"))]
    assert silent == []


def test_every_number_has_its_range_and_a_default_within():
    for path, field in numbers_of():
        if field.annotation in (int, float):
            limits = {key: getattr(mark, key) for mark in field.metadata for key in ("ge", "le") if hasattr(mark, key)}
            assert limits["ge"] <= field.default <= limits["le"], path


def test_a_source_in_the_evidence_says_how_sure_we_are():
    """Evidence is an assumption (A), a lever, or a source with a tag: found (F), recalled (M-high, M-low), computed (C)."""
    for path, field in numbers_of():
        evidence = field.json_schema_extra["evidence"]
        assert re.search(r"\b(A|F|C|M-high|M-low)\b|^lever$", evidence), (path, evidence)
        assert not re.search(r"\d{4}", evidence) or re.search(r"\b(F|M-high|M-low)\b", evidence), (path, evidence)


def test_compiled_code_gets_every_number_of_the_market_and_no_other():
    """The flat table and the scenario's groups name the same numbers, but for what only the clock and birth of the schedule need."""
    named = {path.replace(".", "_") for path, _ in numbers_of(Market)}
    assert named - {"joining_schedule"} == set(MarketNumbers._fields)
    market = crm.load("cd_shop").market
    numbers = market.numbers()
    assert numbers.churn_beta_a == market.churn.beta_a and numbers.spend_value_scale == 33.0 and numbers.contract == 0.0
    assert all(type(number) is float for number in numbers)


def test_what_is_installed_are_the_presets_in_the_folder():
    folder = Path(crm.__file__).parent / "scenarios"
    assert sorted(file.stem for file in folder.glob("*.yml")) == PRESETS
    assert all(isinstance(yaml.safe_load(file.read_text(encoding="utf-8")), dict) for file in folder.glob("*.yml"))
