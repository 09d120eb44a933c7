"""The command `crm-sim`: presets, run, compare, warm."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import crm_sim as crm
from crm_sim import command_line

ROOT = Path(crm.__file__).parents[1]
SMALL = ["--customers", "200", "--months", "3"]


@pytest.fixture
def told(capsys):
    """Run a command: (exit code, standard output, standard error)."""
    def run(*arguments):
        try:
            code = command_line.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()
    return run


def table(text):
    return pd.read_json(io.StringIO(text), orient="split")


def test_presets_are_listed(told):
    code, out, err = told("presets")
    assert (code, err) == (0, "") and all(name in out for name in crm.presets().index)
    assert table(told("presets", "--json")[1]).equals(crm.presets().rename_axis(None))


def test_a_run_is_the_simulation(told):
    run = crm.simulate(crm.load("telecom"), customers=200, months=3, seed=7)
    code, out, err = told("run", "telecom", *SMALL, "--seed", 7)
    assert (code, err) == (0, "") and run.digest() in out and "A telecom operator" in out
    code, out, err = told("run", "telecom", *SMALL, "--seed", 7, "--threads", 2, "--json")
    facts = json.loads(out)
    assert (code, err) == (0, "") and facts["digest"] == run.digest() and facts["kpis"]["columns"] == list(run.kpis.columns)
    assert [row[1] for row in facts["kpis"]["data"]] == run.kpis["active"].tolist()


def test_settings_are_changed(told):
    changed = crm.simulate(crm.load("telecom").change({"policy.price.level": 1.1, "market.contract": False}), customers=200, months=3)
    code, out, _ = told("run", "telecom", *SMALL, "--set", "policy.price.level=1.1", "--set", "market.contract=false")
    assert code == 0 and changed.digest() in out


def test_a_run_is_saved(told, tmp_path):
    code, out, _ = told("run", "telecom", *SMALL, "--out", tmp_path / "run")
    assert code == 0 and crm.open_run(tmp_path / "run").digest() in out


def test_a_scenario_file_is_run(told, tmp_path):
    file = crm.load("hotel").change({"policy.price.level": 1.1}).save(tmp_path / "mine.yml")
    code, out, _ = told("run", file, *SMALL)
    assert code == 0 and crm.simulate(crm.load(file), customers=200, months=3).digest() in out


def test_a_comparison_is_the_comparison(told):
    facts = {"customers": 200, "months": 3, "replications": 3}
    expected = crm.compare({"telecom": crm.load("telecom"), "hotel": crm.load("hotel")}, **facts).table()
    code, out, err = told("compare", "telecom", "hotel", *SMALL, "--replications", 3, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["index"] == list(expected.index) and [tuple(column) for column in found["columns"]] == list(expected.columns)
    place = found["index"].index("lost"), found["columns"].index(["hotel", "difference"])
    assert found["data"][place[0]][place[1]] == pytest.approx(expected.loc["lost", ("hotel", "difference")])
    code, out, _ = told("compare", "telecom", *SMALL, "--replications", 2, "--set", "policy.price.level=1.1")
    assert code == 0 and "changed" in out


def test_it_speaks_the_language_asked_for(told):
    assert "一家电信运营商" in told("run", "telecom", *SMALL, "--lang", "zh")[1]
    assert "应为" in told("run", "telecom", "--months", 0, "--lang", "zh")[2]
    assert "must be" in told("run", "telecom", "--months", 0, "--lang", "en")[2]


def test_warming_compiles_and_says_nothing(told):
    assert told("warm") == (0, "", "")


@pytest.mark.parametrize("arguments, words", [
    ([], "required"), (["sell"], "invalid choice"), (["run"], "required"), (["run", "telcom"], "Did you mean telecom?"), (["run", "telecom", "--months", "-1"], "1 to 1200"),
    (["run", "telecom", "--months", "1000000"], "1 to 1200"), (["run", "telecom", "--months", "many"], "--months"), (["run", "telecom", "--customers", "0"], "1 to 100000000"),
    (["run", "telecom", "--seed", "-1"], "0 to"), (["run", "telecom", "--threads", "0"], "1 to 256"), (["run", "telecom", "--lang", "fr"], "--lang"),
    (["run", "telecom", "--set", "policy.price.level"], "--set"), (["run", "telecom", "--set", "policy.price.level=["], "0.2 to 5"),
    (["run", "telecom", "--set", "policy.price.level=9"], "0.2 to 5"), (["run", "telecom", "--set", "policy.price.levle=1"], "Did you mean policy.price.level?"),
    (["run", "."], "cannot be read"), (["run", "none.yml"], "cannot be read"), (["compare", "telecom", "telcom"], "Did you mean telecom?"),
    (["compare", "telecom", "--replications", "0"], "1 to 10000")], ids=" ".join)
def test_bad_input_ends_with_2_and_one_clear_line(told, arguments, words):
    code, out, err = told(*arguments)
    assert (code, out) == (2, "") and words in err and err.count("\n") == 1 and err.endswith("\n")


@pytest.mark.parametrize("place", [".", "none/run"])
def test_where_a_run_cannot_be_saved_nothing_is_simulated(told, tmp_path, monkeypatch, place):
    monkeypatch.setattr(command_line, "simulate", lambda *arguments, **options: pytest.fail("simulated in vain"))
    code, out, err = told("run", "telecom", "--out", tmp_path / place)
    assert (code, out) == (2, "") and str(tmp_path) in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_command_answers_in_a_process_of_its_own():
    """As `python -m crm_sim`, with CRM_LANG, on a terminal that knows no Chinese."""
    def run(*arguments, **environment):
        return subprocess.run([sys.executable, "-m", "crm_sim", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8",
                              env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment})

    right, wrong = run("presets", CRM_LANG="zh"), run("run", "telcom", CRM_LANG="zh")
    assert right.returncode == 0 and right.stderr == "" and "一家电信运营商" in right.stdout
    assert wrong.returncode == 2 and wrong.stdout == "" and "你想写的是 telecom 吗？" in wrong.stderr and wrong.stderr.count("\n") == 1
    assert run("presets", CRM_LANG="fr").returncode == 2


def test_a_reader_who_has_seen_enough_is_no_error():
    with subprocess.Popen([sys.executable, "-m", "crm_sim", "presets"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as command:
        command.stdout.close()
        assert command.stderr.read() == b"" and command.wait() == 0
