"""A finished run: its tables, saving and opening, one customer's story."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import crm_sim as crm
from crm_sim import run as run_file

ARCHITECTURE = Path(crm.__file__).parents[1] / "docs" / "architecture.md"


@pytest.fixture(scope="module")
def lived():
    return crm.simulate(crm.load("telecom"), customers=300, months=6, seed=9)


@pytest.fixture
def saved(lived, tmp_path):
    return lived.save(tmp_path / "run")


def documented(table):
    """The columns that docs/architecture.md names for `run.<table>`: the first longer list in backquotes."""
    paragraph = ARCHITECTURE.read_text(encoding="utf-8").split(f"\n`run.{table}`", 1)[1].split("\n\n", 1)[0]
    return next(found.split() for found in paragraph.split("`")[1::2] if len(found.split()) > 3)


def test_the_tables_have_the_columns_that_the_docs_name(lived):
    assert documented("kpis") == list(lived.kpis.columns)
    assert documented("customers") == list(lived.customers.columns)
    assert documented("truth") == list(lived.truth.columns)
    assert documented("panel") == list(lived.panel([0]).columns)


def test_the_tables_have_the_rows_that_they_should(lived):
    assert list(lived.kpis.index) == [1, 2, 3, 4, 5, 6] and lived.kpis.index.name == "month"
    assert list(lived.truth.index) == list(range(300)) and lived.truth.index.name == "customer"
    known = lived.truth.index[lived.truth["state"] != "prospect"]
    assert set(lived.customers.index) == set(known) and lived.customers.index.name == "customer"
    panel = lived.panel()
    assert len(panel) == 300 * 6 and list(panel["customer"].iloc[:7]) == [0] * 6 + [1] and list(panel["month"].iloc[:7]) == [1, 2, 3, 4, 5, 6, 1]


def test_the_firm_knows_who_left_where_there_is_a_contract_alone(lived):
    closed = lived.customers["closed_month"].dropna()
    lost = lived.truth.query("state == 'lost'").index
    assert len(lost) > 0 and set(closed.index) == set(lost)
    shop = crm.simulate(crm.load("cd_shop"), customers=300, months=6)
    assert (shop.truth["state"] == "lost").any() and shop.customers["closed_month"].isna().all()


def test_the_records_hold_the_last_rating_and_the_months_of_orders():
    run = crm.simulate(crm.load("hotel").change({"policy.survey.share": 0.8}), customers=500, months=8)
    panel = run.panel(run.customers.index)
    rated = panel.dropna(subset="rating").groupby("customer").last()
    found = run.customers.dropna(subset="last_rating")
    assert len(found) > 100 and set(found.index) == set(rated.index)
    assert (found["last_rating"] == rated["rating"]).all() and (found["last_rating_month"] == rated["month"]).all()
    ordered = panel[panel["orders"] > 0].groupby("customer")["month"]
    assert (run.customers["first_order_month"] == ordered.min()).all() and (run.customers["last_order_month"] == ordered.max()).all()


def test_csat_and_nps_are_what_the_answers_say(lived):
    run = crm.simulate(lived.scenario.change({"policy.survey.share": 0.5}), customers=2_000, months=3)
    answers = run.panel().dropna(subset="rating").groupby("month")
    assert run.kpis["csat"].to_numpy() == pytest.approx(answers["rating"].apply(lambda given: 100 * np.mean(given >= 7)).to_numpy())
    nps = answers["recommendation"].apply(lambda given: 100 * (np.mean(given >= 9) - np.mean(given <= 6)))
    assert run.kpis["nps"].to_numpy() == pytest.approx(nps.to_numpy())


def test_when_all_are_satisfied_csat_is_100_and_no_more():
    """However many answer: 13 × (100 / 13) is a little more."""
    kpis = crm.simulate(crm.load("telecom").change({"market.survey.leniency": 0.5, "market.survey.noise": 0.0}), customers=2_000, months=60).kpis
    assert kpis["survey_answers"].nunique() > 10 and (kpis["csat"] == 100).all() and (kpis["nps"] == 100).all()


def test_without_a_survey_csat_is_unknown():
    kpis = crm.simulate(crm.load("telecom").change({"policy.survey.share": 0}), customers=300, months=2).kpis
    assert (kpis["survey_answers"] == 0).all() and kpis[["csat", "nps"]].isna().all().all() and (kpis["cost_survey"] == 0).all()


def test_opened_again_it_is_the_same_run(lived, saved):
    again = crm.open_run(saved)
    assert again.digest() == lived.digest() and again.scenario == lived.scenario
    assert (again.customers_simulated, again.months, again.seed) == (300, 6, 9)
    for table in ("kpis", "customers", "truth"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(lived, table))
        pd.testing.assert_frame_equal(pd.read_parquet(saved / f"{table}.parquet"), getattr(lived, table))
    pd.testing.assert_frame_equal(again.panel([3, 5]), lived.panel([3, 5]))
    assert crm.open_run(str(saved)).digest() == lived.digest()


def test_a_digest_is_of_every_bit(lived):
    other = crm.simulate(lived.scenario, customers=300, months=6, seed=9)
    assert len(lived.digest()) == 64 and other.digest() == lived.digest()
    for table in other._population[1:]:
        for array in table:
            bits = array.view(np.uint8)
            bits[7] ^= 1
            assert other.digest() != lived.digest()
            bits[7] ^= 1
    assert other.digest() == lived.digest()


def refused(folder, *words):
    with pytest.raises(crm.ScenarioError) as error:
        crm.open_run(folder)
    assert error.value.field in ("folder", "scenario") and str(Path(folder).name) in str(error.value)
    assert all(word in str(error.value) for word in words), str(error.value)


@pytest.mark.parametrize("table", ["state", "records"])
def test_a_damaged_table_is_refused(saved, table):
    whole = (saved / f"{table}.parquet").read_bytes()
    for place in np.linspace(4, len(whole) - 1, 30).astype(int):
        (saved / f"{table}.parquet").write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1:])
        try:
            again = crm.open_run(saved)
        except crm.ScenarioError:
            continue
        assert again.digest() == json.loads((saved / "run.json").read_text())["digest"]  # a bit that carries nothing, such as a comment
    for content in (whole[:-20], whole[:len(whole) // 2], b""):
        (saved / f"{table}.parquet").write_bytes(content)
        refused(saved)
    (saved / f"{table}.parquet").unlink()
    refused(saved)


def test_another_number_in_a_table_is_refused(saved):
    table = pd.read_parquet(saved / "state.parquet")
    table.loc[5, "satisfaction"] += np.float32(0.001)
    table.to_parquet(saved / "state.parquet")
    refused(saved, "does not match its own digest")


@pytest.mark.parametrize("change", [
    {"customers": 299}, {"customers": "many"}, {"customers": 10 ** 13}, {"months": 5}, {"seed": 8}, {"counts": [[1]]}, {"totals": 3}, {"digest": "0" * 64}, {"digest": None},
    {"version": None}])
def test_facts_that_do_not_fit_are_refused(saved, change):
    facts = json.loads((saved / "run.json").read_text()) | change
    (saved / "run.json").write_text(json.dumps({key: value for key, value in facts.items() if value is not None}))
    refused(saved)


def test_another_scenario_beside_the_tables_is_refused(saved):
    crm.load(saved / "scenario.yml").change({"policy.price.level": 1.1}).save(saved / "scenario.yml")
    refused(saved, "digest")
    (saved / "scenario.yml").write_text("- 1")
    refused(saved)


def test_what_is_no_saved_run_is_refused(tmp_path):
    (tmp_path / "run.json").write_text("{")
    for folder in (tmp_path, tmp_path / "none", tmp_path / "run.json"):
        refused(folder, "does not hold a saved run")
    with pytest.raises(crm.ScenarioError):
        crm.open_run(None)


def test_a_run_of_another_version_shows_its_tables_but_is_not_lived_again(lived, saved, monkeypatch):
    monkeypatch.setattr(run_file, "VERSION", "99.0")
    again = crm.open_run(saved)
    pd.testing.assert_frame_equal(again.kpis, lived.kpis)
    pd.testing.assert_frame_equal(again.truth, lived.truth)
    for call in (lambda: again.panel([1]), lambda: again.trace(1)):
        with pytest.raises(crm.ScenarioError) as error:
            call()
        assert error.value.field == "version" and lived._version in str(error.value) and "simulate anew" in str(error.value)


def test_a_folder_that_exists_is_refused_and_left_alone(lived, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    for place in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(crm.ScenarioError) as error:
            lived.save(place)
        assert error.value.field == "folder" and str(place) in str(error.value) and "exists already" in str(error.value)
    with pytest.raises(crm.ScenarioError):
        lived.save(tmp_path / "none" / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"] and (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("fault", [(pd.DataFrame, "to_parquet", 3), (Path, "write_text", 0), (Path, "rename", 0)], ids=lambda fault: fault[1])
def test_a_run_is_saved_whole_or_not_at_all(lived, tmp_path, monkeypatch, fault):
    """The disc is full in the middle of a save."""
    owner, name, after = fault
    write, calls = getattr(owner, name), []

    def full(*arguments, **options):
        calls.append(name)
        if len(calls) > after:
            raise OSError(28, "No space left on device")
        return write(*arguments, **options)

    with monkeypatch.context() as planted:
        planted.setattr(owner, name, full)
        with pytest.raises(OSError, match="No space left"):
            lived.save(tmp_path / "run")
    assert len(calls) == after + 1 and list(tmp_path.iterdir()) == []
    assert lived.save(tmp_path / "run") == tmp_path / "run"


def test_a_saved_run_may_move(saved, lived, tmp_path):
    moved = Path(shutil.move(saved, tmp_path / "elsewhere"))
    assert crm.open_run(moved).digest() == lived.digest()


@pytest.mark.parametrize("customers", [[], [300], [-1], [1.5], ["a"], [[1, 2]], [True], {1, 2}, [2 ** 40], "17"])
def test_a_panel_of_nobodys_numbers_is_refused(lived, customers):
    with pytest.raises(crm.ScenarioError) as error:
        lived.panel(customers)
    assert error.value.field == "customers" and "0 to 299" in str(error.value)


@pytest.mark.parametrize("customer", [300, -1, 1.0, "17", True, None])
def test_a_trace_of_nobody_is_refused(lived, customer):
    with pytest.raises(crm.ScenarioError) as error:
        lived.trace(customer)
    assert error.value.field == "customer" and "0 to 299" in str(error.value)


def test_a_trace_is_one_customers_months(lived):
    story = lived.trace(17)
    assert isinstance(story, pd.DataFrame) and list(story.index) == [1, 2, 3, 4, 5, 6] and (story["customer"] == 17).all()
    assert lived.trace(np.int64(17)).equals(story)


def test_runs_and_stories_are_drawn(lived):
    import matplotlib.pyplot as plt

    assert len(lived.plot().axes) >= 4
    assert lived.trace(17).plot().axes
    plt.close("all")


def test_a_run_says_what_it_is(lived):
    assert repr(lived) == "<Run telecom: 300 customers × 6 months, seed 9>"
