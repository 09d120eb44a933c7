"""What a student is told at once, and what her answer earns."""

import json

import numpy as np
import pandas as pd
import pytest

import autograde
from autograde.errors import AutogradeError
from autograde.judge import judge
from autograde.observe import observe, plain
from autograde.questions import Checks, Form, Question
from crm_sim import text

TABLE = {"kind": "table", "key": "dealer", "keys": ["1", "2"], "columns": {"r": {"kind": "number"}}}
SHARE = {"kind": "number", "low": 0, "high": 1}


def value(form, expect, **case):
    return Question(answer="value", points=1, form=form, hidden=[{"points": 1, "expect": expect, "hint": "autograde.verdict.form", **case}])


def verdict(question, answer):
    # Whatever passes from one to the other must survive the way to another process.
    return judge(question, json.loads(json.dumps(observe(question, answer), allow_nan=False)))


def said(question, answer, language="en"):
    with text.use(language):
        return " ".join(sentence for _, sentence in verdict(question, answer).lines)


@pytest.mark.parametrize("form, expect, answers", [
    ({"kind": "number"}, 3.0, [3, 3.0, np.int64(3), np.float32(3), np.array([3.0]), pd.Series([3]), [3], 3 + 1e-7]),
    ({"kind": "text", "choices": ["large", "small"]}, "large", ["large", "Large", " large ", np.str_("large")]),
    ({"kind": "truth"}, True, [True, np.bool_(True)]),
    ({"kind": "list", "length": 2, "items": {"kind": "number"}}, [1.0, 2.0],
     [[1, 2], (1, 2), np.array([1, 2]), pd.Series([1, 2]), pd.Index([1, 2]), pd.DataFrame({"x": [1, 2]}), {1, 2}]),
    ({"kind": "mapping", "entries": {"a": {"kind": "number"}, "b": {"kind": "number"}}}, {"a": 1.0, "b": 2.0},
     [{"a": 1, "b": 2}, {"b": 2, "a": 1, "c": 3}, pd.Series({"a": 1, "b": 2}), pd.DataFrame({"a": [1], "b": [2]}), (1, 2)]),
    (TABLE, {"r": {"1": 5.0, "2": 6.0}},
     [pd.DataFrame({"dealer": [1, 2], "r": [5, 6]}), pd.DataFrame({"r": [6, 5]}, index=[2, 1]), pd.DataFrame({"dealer": [1.0, 2.0], "r": [5, 6]}),
      [{"dealer": 1, "r": 5}, {"dealer": 2, "r": 6}], {"dealer": [1, 2], "r": [5, 6]}]),
])
def test_reasonable_types_are_accepted(form, expect, answers):
    for answer in answers:
        assert verdict(value(form, expect), answer).points == 1, answer


@pytest.mark.parametrize("form, answer, words", [
    ({"kind": "number"}, None, "no answer yet"),
    ({"kind": "number"}, ..., "no answer yet"),
    ({"kind": "number"}, float("nan"), "no answer yet"),
    ({"kind": "number"}, pd.Series(range(50)), "Your answer is a Series of 50. The question asks for a number."),
    ({"kind": "number"}, True, "True. The question asks for a number"),
    ({"kind": "number"}, float("inf"), "type inf"),
    ({"kind": "number"}, sum, "type builtin_function_or_method"),
    (SHARE, 63.2, "63.2, which does not lie from 0 to 1. Check the unit"),
    ({"kind": "text", "choices": ["large", "small"]}, "huge", "one of the texts large or small"),
    ({"kind": "list", "length": 3, "items": {"kind": "number"}}, [1, 2], "a list of 2. The question asks for a list of 3, each a number."),
    ({"kind": "list", "length": 2, "items": {"kind": "number"}}, [1, None], "In place 2 your answer has nothing (None)"),
    ({"kind": "mapping", "entries": {"top": SHARE, "low": SHARE}}, {"top": 0.5}, "lacks the entry low. It has: top."),
    ({"kind": "mapping", "entries": {"top": SHARE}}, {"top": 50}, "In top your answer is 50"),
    (TABLE, pd.DataFrame({"dealer": [1, 2], "f": [1, 1]}), "lacks the column r. It has: dealer, f."),
    (TABLE, pd.DataFrame({"dealer": [1, 2, 7], "r": [1, 1, 1]}), "3 rows; the question asks for 2, one for each dealer. Missing: –. Not asked for: 7."),
    (TABLE, pd.DataFrame({"dealer": [1, 1], "r": [1, 1]}), "dealer 1 stands more than once"),
    (TABLE, pd.DataFrame({"dealer": [1, 2], "r": [1, np.nan]}), "In column r, row 2 your answer has nothing"),
    (TABLE, [1, 2], "a list of 2. The question asks for a DataFrame of 2 rows, named by dealer, with the columns r."),
])
def test_another_form_is_named_and_earns_nothing(form, answer, words):
    question = Question(answer="value", points=1, form=form)
    assert verdict(question, answer).points == 0
    assert words in said(question, answer)
    assert said(question, answer, "zh") != said(question, answer)


def test_the_expected_value_is_never_shown():
    question = value({"kind": "number"}, 0.731)
    assert verdict(question, 0.5).points == 0
    assert "731" not in said(question, 0.5)
    ranks = value({"kind": "list", "length": 2, "items": {"kind": "number"}}, [71, 92])
    assert "71" not in said(ranks, [1, 2])


def test_tolerance_part_and_share():
    form = {"kind": "mapping", "entries": {"a": {"kind": "number"}, "b": {"kind": "number"}}}
    assert verdict(value({"kind": "number"}, 1000.0), 1000.0005).points == 1
    assert verdict(value({"kind": "number"}, 1000.0), 1000.002).points == 0
    assert verdict(value({"kind": "number"}, 1000.0, within=0.01), 1000.01).points == 1
    assert verdict(value(form, {"a": 1.0, "b": 2.0}, part=["a"]), {"a": 1, "b": 9}).points == 1
    assert verdict(value(form, {"a": 1.0, "b": 2.0}, share=0.5), {"a": 1, "b": 9}).points == 1
    assert verdict(value(form, {"a": 1.0, "b": 2.0}, share=0.51), {"a": 1, "b": 9}).points == 0
    assert "1 of 2 values are right" in said(value(form, {"a": 1.0, "b": 2.0}), {"a": 1, "b": 9})


def test_right_ones_in_another_order():
    question = value({"kind": "list", "length": 3, "items": {"kind": "number"}}, [3.0, 1.0, 2.0])
    assert verdict(question, [1, 2, 3]).points == 0
    assert "another order" in said(question, [1, 2, 3])


SIZE = Question(answer="function", points=4, form={"kind": "text", "choices": ["large", "small"]},
                visible=[{"points": 1, "with": [20], "expect": "large"}],
                hidden=[{"points": 2, "with": [10], "expect": "small", "hint": "autograde.verdict.form"}, {"points": 1, "with": [-1], "expect": "small", "hint": "autograde.verdict.form"}])


@pytest.mark.parametrize("function, points, words", [
    (lambda sales: "large" if sales > 10 else "small", 4, "Everything is right."),
    (lambda sales: "large" if sales >= 10 else "small", 2, "has the form"),
    (lambda sales: "small", 3, "With (20) your function gives 'small'. The example in the question gives 'large'."),
    (lambda sales: ["large", "small"][1 // (sales - 20)], 3, "With (20) your function stopped with ZeroDivisionError"),
    (lambda: "large", 0, "stopped with TypeError"),
    (lambda sales: None, 0, "no answer yet"),
    (None, 0, "no answer yet"),
    ("large", 0, "The question asks for a function"),
])
def test_functions_earn_points_case_by_case(function, points, words):
    assert verdict(SIZE, function).points == points
    assert words in said(SIZE, function)


def test_a_hidden_case_that_stops_does_not_show_its_arguments():
    def loud(sales):
        if sales == 20:
            return "large"
        raise ValueError(f"got {sales}")
    assert "got" not in said(SIZE, loud) and "ValueError" in said(SIZE, loud)


def test_what_a_function_prints_or_changes_harms_nothing(tmp_path, monkeypatch, capfd):
    import sys
    import warnings
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sales.csv").write_text("amount\n1\n2\n")
    question = Question(answer="function", points=2, form={"kind": "number"},
                        visible=[{"points": 1, "with": [{"file": "sales.csv"}], "expect": 3}, {"points": 1, "with": [{"file": "sales.csv"}], "expect": 3}])

    def careless(sales):
        print("words", file=sys.stderr)
        warnings.warn("more words")
        total = sales["amount"].sum()
        sales["amount"] = 0
        return total
    assert verdict(question, careless).points == 2
    assert capfd.readouterr().err == ""


def test_missing_values_of_every_kind_are_nothing():
    assert [plain(one) for one in (None, float("nan"), pd.NA, pd.NaT, ...)] == [None] * 5


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """A notebook's folder with the file of A9's checks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUTOGRADE_CHECKS", raising=False)
    Checks(questions={"A9.1": SIZE.public(), "A9.2": Question(answer="value", points=2, form=Form(kind="number"))}).write(tmp_path / "A9_checks.json")
    return tmp_path


def test_check_speaks_the_language_in_use_and_counts_what_is_certain(beside):
    result = autograde.check("A9.1", lambda sales: "large")
    assert (result.points, result.out_of) == (1, 4)
    assert "1 of 4 points are certain" in repr(result) and "come out right" in repr(result) and "graded" in repr(result)
    with text.use("zh"):
        assert "批改之后" in repr(autograde.check("A9.2", 7))


def test_what_a_student_writes_is_escaped(beside):
    shown = autograde.check("A9.1", lambda sales: "<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_in_a_grading_run_the_text_is_the_points(beside, monkeypatch):
    folder = beside / "complete"
    folder.mkdir()
    Checks(questions={"A9.1": SIZE}).write(folder / "A9_checks.json")
    monkeypatch.setenv("AUTOGRADE_CHECKS", str(folder))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(autograde.check("A9.1", lambda sales: "large" if sales >= 10 else "small")) == "2"


def test_a_grading_run_that_knows_the_visible_cases_only_is_refused(beside, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(AutogradeError, match="AUTOGRADE_CHECKS is not set"):
        autograde.check("A9.1", lambda sales: "large")


@pytest.mark.parametrize("question, words", [("A9.7", "There is no question 'A9.7'. Choose one of: A9.1, A9.2."), ("A8.1", "A8_checks.json is not in")])
def test_an_unknown_question_is_named(beside, question, words):
    with pytest.raises(AutogradeError) as refused:
        autograde.check(question, 1)
    assert words in str(refused.value)


def test_a_damaged_file_is_named(beside):
    (beside / "A9_checks.json").write_text("{")
    with pytest.raises(AutogradeError, match="cannot be read"):
        autograde.check("A9.1", 1)


def test_hidden_cases_are_not_in_the_public_file(beside):
    public = (beside / "A9_checks.json").read_text()
    assert '"hidden": []' in public and "-1" not in public
