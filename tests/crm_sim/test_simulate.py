"""The clock: the same bits however it is turned, books that balance, and no scenario that breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject, settings, strategies as st

import crm_sim as crm
from crm_sim import clock
from crm_sim.scenario import Scenario

ROOT = Path(crm.__file__).parents[1]
ASKING = {"policy.winback.window": 3}
PRESETS = ["telecom", "cd_shop", "dealers", "hotel"]
ATTITUDES = ["expectation", "satisfaction", "trust", "loyalty", "switching_cost", "share_of_wallet"]
# Float64 wherever compiled code reads a number: plain NumPy would reckon on in the 32 bits in which it is stored.
PLAIN_PYTHON = """
import numpy as np, crm_sim as crm
from crm_sim import clock
class Wide(np.ndarray):
    def __getitem__(self, place):
        found = super().__getitem__(place)
        return float(found) if isinstance(found, np.float32) else found
empty_state = clock.empty_state
clock.empty_state = lambda customers: type(empty_state(0))(*(array.view(Wide) for array in empty_state(customers)))
for name in {presets}:
    print(crm.simulate(crm.load(name).change({changes}), customers={customers}, months={months}, seed={seed}, threads=1).digest())
"""


@pytest.mark.parametrize("preset", ["telecom", "cd_shop"])
def test_the_same_bits_on_any_number_of_threads(preset):
    digests = {crm.simulate(crm.load(preset), customers=5_000, months=6, threads=threads).digest() for threads in (1, 2, 3, 16)}
    assert len(digests) == 1


def test_the_same_bits_in_blocks_of_any_size(monkeypatch):
    expected = crm.simulate(crm.load("telecom"), customers=3_000, months=6).digest()
    monkeypatch.setattr(clock, "_live_range", clock._live_range.py_func)  # the loop over blocks in plain Python, where the size can be changed
    blocks = []
    monkeypatch.setattr(clock.firm_winback, "choose", lambda *arguments, choose=clock.firm_winback.choose: blocks.append(arguments[3] - arguments[2]) or choose(*arguments))
    for size in (1, 7, 100, 1024, 5_000):
        monkeypatch.setattr(clock, "_BLOCK", size)
        customers, blocks[:] = (300 if size == 1 else 3_000), []
        found = crm.simulate(crm.load("telecom"), customers=customers, months=6).digest()
        assert found == (expected if customers == 3_000 else crm.simulate(crm.load("telecom"), customers=300, months=6).digest())
        assert max(blocks) == min(size, customers)


def test_compiled_code_and_plain_python_agree_to_the_bit():
    facts = {"customers": 100, "months": 10, "seed": 2 ** 63 + 5}
    script = PLAIN_PYTHON.format(presets=PRESETS, changes=ASKING, **facts)
    plain = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, cwd=ROOT,
                           env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)})
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.split() == [crm.simulate(crm.load(name).change(ASKING), **facts).digest() for name in PRESETS]


@pytest.mark.parametrize("preset", ["telecom", "dealers"])
@settings(max_examples=8)
@given(some=st.sets(st.integers(0, 2_999), min_size=1, max_size=40).map(sorted))
def test_a_part_of_the_customers_lives_the_same_lives(preset, some):
    """Given the month-end counts of all, any part of them is lived alone bit for bit."""
    run = small_run(preset)
    alone = clock.Clock(run.scenario, np.array(some, dtype=np.uint32), run.seed)
    for month, counts in enumerate(run._counts[:-1], 1):
        alone.live(month, counts)
    for mine, all_of_them in zip(alone.population[1:], run._population[1:]):
        for name in all_of_them._fields:
            assert np.array_equal(getattr(mine, name), getattr(all_of_them, name)[some]), name


@pytest.mark.parametrize("preset", ["telecom", "dealers"])
def test_the_panel_tells_of_the_lives_that_were_lived(preset):
    run = small_run(preset)
    some = [0, 1, 17, 1024, 2_999]
    panel = run.panel(some)
    end, truth = panel[panel["month"] == run.months].set_index("customer"), run.truth.loc[some]
    for name in ["satisfaction", "trust", "loyalty", "switching_cost", "share_of_wallet", "state"]:
        assert (end[name] == truth[name]).all(), name
    pd.testing.assert_frame_equal(panel, run.panel()[lambda rows: rows["customer"].isin(some)].reset_index(drop=True))
    assert run.panel(some[::-1]).equals(panel) and run.panel([17, 17]).equals(run.panel([17]))
    assert run.trace(17).reset_index().equals(panel[panel["customer"] == 17][["month", *panel.columns.drop("month")]].reset_index(drop=True))


RUNS = {}


def small_run(preset):
    return RUNS.setdefault(preset, crm.simulate(crm.load(preset).change(ASKING), customers=3_000, months=18))


def test_seeds_and_scenarios_change_the_lives_and_nothing_else_does():
    scenario = crm.load("telecom")

    def digest(scenario=scenario, **facts):
        return crm.simulate(scenario, **{"customers": 500, "months": 4, "seed": 1, **facts}).digest()

    assert digest() == digest() == digest(progress=lambda month: None)
    changed = [digest(seed=seed) for seed in (0, 2, 2 ** 64 - 1)] + [digest(customers=501), digest(months=5), digest(scenario.change({"policy.price.level": 1.01}))]
    assert len({digest(), *changed}) == len(changed) + 1


def test_customers_keep_their_luck_when_others_join_them():
    """Without word of mouth and with an ample desk customers do not meet: the first 500 live alike among 500 and among 5,000."""
    apart = crm.load("telecom").change({"market.talk.positive": 0, "market.talk.negative": 0, "policy.complaints.capacity": 1000})
    few, many = (crm.simulate(apart, customers=customers, months=12).truth for customers in (500, 5_000))
    pd.testing.assert_frame_equal(few, many.loc[:499])


def test_progress_is_told_of_every_month():
    months = []
    crm.simulate(crm.load("telecom"), customers=10, months=5, progress=months.append)
    assert months == [1, 2, 3, 4, 5]


def cents(table):
    """The money of a table in whole cents."""
    return (100 * table[["revenue", "paid", "receivable"]]).round().astype("int64")


def assert_books_balance(run):
    """Nothing comes from nowhere and nothing is lost: customers, money, events."""
    kpis, customers, panel, truth = run.kpis, run.customers, run.panel(), run.truth
    at_first = kpis["active"].iloc[0] - kpis["acquired"].iloc[0] + kpis["lost"].iloc[0] - kpis["regained"].iloc[0]
    assert (kpis["active"].diff().iloc[1:] == (kpis["acquired"] - kpis["lost"] + kpis["regained"]).iloc[1:]).all()
    assert (kpis["prospects"].diff().iloc[1:] == -kpis["acquired"].iloc[1:]).all()
    assert kpis["prospects"].iloc[0] + kpis["acquired"].iloc[0] + at_first == run.customers_simulated
    stages = truth["state"].value_counts()
    assert stages.sum() == run.customers_simulated
    assert (stages["prospect"], stages["active"]) == (kpis["prospects"].iloc[-1], kpis["active"].iloc[-1])
    assert (kpis["lost"] == kpis["lost_service"] + kpis["lost_price"] + kpis["lost_circumstances"]).all()

    months, money = panel.groupby("month"), cents(panel)
    assert ((100 * kpis["revenue"]).round() == money["revenue"].groupby(panel["month"]).sum()).all()
    assert cents(customers)["revenue"].sum() == money["revenue"].sum()
    assert (cents(customers)["paid"] + cents(customers)["receivable"] == cents(customers)["revenue"]).all()
    assert cents(customers)["receivable"].sum() == money.loc[panel["month"] == run.months, "receivable"].sum()
    assert (money >= 0).all().all() and (cents(customers) >= 0).all().all()
    parts = kpis.filter(regex="^cost_").sum(axis=1)
    assert np.allclose(kpis["cost"], parts, rtol=1e-12, atol=1e-6) and np.allclose(kpis["profit"], kpis["revenue"] - kpis["cost"], rtol=1e-12, atol=1e-6)

    for figure, column in (("orders", "orders"), ("complaints", "complaint"), ("complaints_settled", "settled"), ("acquired", "joined"), ("lost", "lost"),
                           ("regained", "regained"), ("value_lost", "downgraded")):
        assert (kpis[figure] == months[column].sum()).all(), figure
    assert (kpis["failures"] == (panel["failure"] > 0).groupby(panel["month"]).sum()).all()
    assert (kpis["talk_positive"] == (panel["talk"] == 1).groupby(panel["month"]).sum()).all()
    assert (kpis["talk_negative"] == (panel["talk"] == -1).groupby(panel["month"]).sum()).all()
    assert (kpis["survey_answers"] == months["rating"].count()).all()
    of = panel.groupby("customer")
    for record, column in (("orders", "orders"), ("complaints", "complaint"), ("complaints_settled", "settled")):
        assert (customers[record] == of[column].sum()[customers.index]).all(), record


def assert_sane(run):
    """No number is missing or out of its range."""
    kpis, truth = run.kpis, run.truth
    surveyed = kpis["survey_answers"] > 0
    assert kpis.drop(columns=["csat", "nps"]).notna().all().all() and kpis.loc[surveyed, ["csat", "nps"]].notna().all().all()
    assert not kpis.isin([np.inf, -np.inf]).any().any()
    assert (kpis.drop(columns=["profit", "csat", "nps"]) >= 0).all().all()
    assert kpis.loc[surveyed, "csat"].between(0, 100).all() and kpis.loc[surveyed, "nps"].between(-100, 100).all()
    assert truth[ATTITUDES].ge(0).all().all() and truth[ATTITUDES].le(1).all().all()
    for name in ("purchase_rate", "order_value", "churn_hazard"):
        assert np.isfinite(truth[name]).all() and (truth[name] > 0).all(), name
    panel = run.panel()
    ordered = panel["orders"] > 0
    for name in ("performance", "experience", "encounter_satisfaction"):
        assert panel.loc[ordered, name].between(0, 1).all() and panel.loc[~ordered, name].isna().all(), name
    assert panel[[*ATTITUDES]].ge(0).all().all() and panel[[*ATTITUDES]].le(1).all().all()
    assert np.isfinite(panel["churn_hazard"]).all() and (panel["churn_hazard"] >= 0).all()
    assert panel["rating"].dropna().between(0, 10).all() and panel["recommendation"].dropna().between(0, 10).all()


@pytest.mark.parametrize("preset", PRESETS)
def test_the_books_balance(preset):
    run = small_run(preset)
    assert_books_balance(run)
    assert_sane(run)
    assert run.kpis["orders"].sum() > 1_000


def settings_of(model=Scenario, path=""):
    """Every number and switch that may be set: its type, its least and its highest value."""
    for name, field in model.model_fields.items():
        here, kind = f"{path}{name}", field.annotation
        if hasattr(kind, "model_fields"):
            yield from settings_of(kind, f"{here}.")
        elif kind in (bool, int, float):
            limits = {key: getattr(mark, key) for mark in field.metadata for key in ("ge", "le") if hasattr(mark, key)}
            yield here, (kind, limits.get("ge"), limits.get("le"))


SETTINGS = dict(settings_of())


def values_of(name):
    kind, low, high = SETTINGS[name]
    return {bool: st.booleans, int: lambda: st.integers(low, high), float: lambda: st.floats(low, high)}[kind]()


scenarios = st.lists(st.sampled_from(sorted(SETTINGS)), unique=True, max_size=10).flatmap(lambda names: st.fixed_dictionaries({name: values_of(name) for name in names}))


def test_every_number_of_a_scenario_takes_part_in_the_search():
    assert len(SETTINGS) > 100 and {"policy.price.level", "market.contract", "policy.winback.window", "firm.goods_share"} <= set(SETTINGS)


@settings(max_examples=60)
@given(st.sampled_from(PRESETS), scenarios, st.integers(1, 60), st.integers(1, 5), st.integers(0, 2 ** 64 - 1))
def test_no_valid_scenario_breaks_the_clock(preset, changes, customers, months, seed):
    try:
        scenario = crm.load(preset).change(changes)
    except crm.ScenarioError:
        reject()  # each setting is in its range, but shares exceed 1 in sum
    run = crm.simulate(scenario, customers=customers, months=months, seed=seed)
    assert_books_balance(run)
    assert_sane(run)


@pytest.mark.parametrize("preset", ["telecom", "cd_shop"])
def test_the_richest_customers_do_not_overflow_their_cents(preset):
    """Every amount at its highest and customers as unequal as can be."""
    highest = {f"market.spend.{name}": SETTINGS[f"market.spend.{name}"][2] for name in ("order_shape", "value_scale")}
    unequal = {"market.spend.value_shape": SETTINGS["market.spend.value_shape"][1], "market.spend.share_start": 0.05, "policy.price.level": 5.0, "market.spend.share_effect": 5.0}
    run = crm.simulate(crm.load(preset).change(highest | unequal), customers=5_000, months=6)
    assert_books_balance(run)
    assert 100 * run.kpis["revenue"].max() / 5_000 * 100_000_000 < 2 ** 63  # even the sum of as many customers as are allowed


def test_a_hundred_years_of_leaving_and_coming_back_are_counted():
    run = crm.simulate(crm.load("telecom").change({
        "market.winback.base": 20, "policy.winback.window": 120, "policy.winback.wait": 0, "market.churn.beta_a": 1000, "market.churn.beta_b": 0.1}), customers=50, months=1200)
    assert run.truth["lives"].max() > 500
    assert run.truth["lives"].sum() == 50 + run.kpis["regained"].sum() - run.kpis["prospects"].iloc[-1]


@pytest.mark.parametrize("field, value, allowed", [
    ("customers", 0, "1 to 100000000"), ("customers", -5, "1 to 100000000"), ("customers", 10 ** 9, "1 to 100000000"), ("customers", 1.5, "1 to 100000000"),
    ("customers", True, "1 to 100000000"), ("customers", "many", "1 to 100000000"), ("customers", float("nan"), "1 to 100000000"),
    ("months", -1, "1 to 1200"), ("months", 0, "1 to 1200"), ("months", 1_000_000, "1 to 1200"), ("months", None, "1 to 1200"),
    ("seed", -1, "0 to 18446744073709551615"), ("seed", 2 ** 64, "0 to 18446744073709551615"), ("threads", 0, "1 to 256"), ("threads", 1000, "1 to 256")])
def test_a_count_out_of_range_is_refused(field, value, allowed):
    with pytest.raises(crm.ScenarioError) as refused:
        crm.simulate(crm.load("telecom"), **{"customers": 10, "months": 2, field: value})
    message = str(refused.value)
    assert message.startswith(f"{field} = {value!r}:") and allowed in message and refused.value.field == field


@pytest.mark.parametrize("other", ["telecom", None, {"name": "telecom"}])
def test_what_is_no_scenario_is_refused(other):
    with pytest.raises(crm.ScenarioError, match="scenario = "):
        crm.simulate(other)
