"""The real log is read whole, without running the library that it comes with, and counted as its first readers counted it."""

import subprocess
import sys
from importlib import resources
from importlib.util import find_spec, module_from_spec

import numpy as np
import pandas as pd
import pytest

from crm_sim import cdnow, text
from crm_sim.errors import ScenarioError


def test_the_log_is_whole():
    log = cdnow.purchases()
    assert list(log.columns) == ["customer", "date", "quantity", "amount"]
    assert (len(log), log["customer"].nunique()) == (69_659, 23_570)
    assert (log["date"].min(), log["date"].max()) == (pd.Timestamp("1997-01-01"), pd.Timestamp("1998-06-30"))
    assert log.notna().all().all() and (log["quantity"] > 0).all() and (log["amount"] >= 0).all()


def test_the_sample_is_a_part_of_the_log():
    log, sample = cdnow.purchases(), cdnow.sample()
    assert sample["customer"].nunique() == 2_357
    columns = list(log.columns)
    same = log[log["customer"].isin(sample["customer"])]
    pd.testing.assert_frame_equal(same.sort_values(columns, ignore_index=True), sample.sort_values(columns, ignore_index=True))


def test_the_library_around_the_data_is_not_run():
    code = "import sys; from crm_sim import cdnow; cdnow.purchases(); cdnow.sample(); print([name for name in sys.modules if name.startswith('lifetimes')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_missing_package_is_named_with_its_remedy(monkeypatch):
    monkeypatch.setattr(cdnow, "find_spec", lambda name: None)
    with text.use("en"), pytest.raises(ModuleNotFoundError, match="lifetimes.*pip install"):
        cdnow.purchases()


def test_the_summary_agrees_with_the_published_one():
    """The same package holds the summary that Fader and Hardie published, rounded to two digits, in the order of the sample."""
    published = resources.files(module_from_spec(find_spec("lifetimes"))) / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    expected = pd.read_csv(published)
    found = cdnow.summary(cdnow.sample()).loc[cdnow.sample()["customer"].unique()]
    np.testing.assert_array_equal(found["frequency"], expected["x"])
    np.testing.assert_allclose(found["recency"], expected["t_x"], atol=0.0051)
    np.testing.assert_allclose(found["T"], expected["T"], atol=0.0051)
    np.testing.assert_allclose(found["mean_spend"].fillna(0), expected["zbar"], atol=0.0051)


def log_of(*rows):
    log = pd.DataFrame(rows, columns=["customer", "date", "amount"])
    return log.assign(date=pd.to_datetime(log["date"]))


def test_days_windows_and_newcomers_are_counted_as_stated():
    log = log_of(
        (1, "2024-01-01", 10.0), (1, "2024-01-01", 5.0),  # one first day
        (1, "2024-01-08", 20.0), (1, "2024-01-08", 4.0),  # one repeat, a week later
        (1, "2024-01-28", 6.0),  # the last day of four weeks
        (1, "2024-01-29", 9.0), (1, "2024-02-25", 9.0),  # first and last day of the four weeks that follow
        (1, "2024-02-26", 9.0),  # a day too late
        (2, "2024-01-14", 7.0),  # never again
        (3, "2024-02-01", 8.0))  # came after the window
    found = cdnow.summary(log, calibration_weeks=4, holdout_weeks=4)
    assert found.index.tolist() == [1, 2]
    assert found.loc[1].to_dict() == pytest.approx(
        {"frequency": 2, "recency": 27 / 7, "T": 27 / 7, "mean_spend": 15, "spend": 45, "holdout_frequency": 2})
    assert found.loc[2].drop("mean_spend").to_dict() == pytest.approx(
        {"frequency": 0, "recency": 0, "T": 2, "spend": 7, "holdout_frequency": 0})
    assert np.isnan(found.loc[2, "mean_spend"])


@pytest.mark.parametrize("settings, field", [
    ({"calibration_weeks": 0}, "calibration_weeks"), ({"calibration_weeks": 40}, "calibration_weeks"), ({"calibration_weeks": 2.5}, "calibration_weeks"),
    ({"holdout_weeks": -1}, "holdout_weeks"), ({"holdout_weeks": 78}, "holdout_weeks")])
def test_windows_that_the_log_does_not_cover_are_refused(settings, field):
    with pytest.raises(ScenarioError) as problem:
        cdnow.summary(cdnow.sample(), **settings)
    assert problem.value.field == field and problem.value.value == settings[field]


@pytest.mark.parametrize("log", [log_of(), log_of((1, "2024-01-01", 1.0)).drop(columns="date")])
def test_a_log_of_another_form_is_refused(log):
    with text.use("en"), pytest.raises(ScenarioError, match="purchases = .*customer, date and amount.*cdnow.sample"):
        cdnow.summary(log)
