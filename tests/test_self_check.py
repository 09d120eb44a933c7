"""The live self-check, driven as a learner would: choose, press the button, read."""

import json

import pytest

from crm_sim import text
from crm_sim.lab.self_check import self_check

OPTIONS = [{"text": "The *first*", "correct": True, "why": "First because."}, {"text": "The `second`", "why": "Second tempts."},
           {"text": "The third", "correct": True, "why": "Third because."}]
BANK = {
    "T-1": {"type": "single", "question": "Which?", "options": [OPTIONS[1], OPTIONS[0]], "explanation": "All told."},
    "T-2": {"type": "multiple", "question": "Which two?", "options": OPTIONS, "explanation": "All told."},
    "T-3": {"type": "numeric", "question": "How many?", "answer": 0.25, "tolerance": 0.01, "unit": "per month",
            "mistakes": [{"value": 4, "why": "That is its inverse."}], "explanation": "All told."},
    "T-4": {"type": "ordering", "question": "In which order?", "explanation": "All told.",
            "options": [{"text": "Last", "position": 3}, {"text": "First", "position": 1, "why": "It starts."}, {"text": "Middle", "position": 2}]},
}


@pytest.fixture(autouse=True)
def english():
    with text.use("en"):
        yield


@pytest.fixture
def ask(tmp_path, monkeypatch):
    (tmp_path / "lesson.questions.json").write_text(json.dumps({"language": "en", "questions": BANK}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return self_check


def said(check):
    """Press the button; what is written under it."""
    check.button.click()
    assert len(check.reply.outputs) == 1
    return check.reply.outputs[0]["data"]["text/markdown"]


def test_single_choice(ask):
    check = ask("T-1")
    (radio,) = check.answer.controls
    assert [label for label, _ in radio.options] == ["A. The second", "B. The first"]  # a control shows no Markdown
    assert said(check) == "Choose an option first."
    radio.index = 0
    assert "Not yet" in said(check) and "**A.** ✗ Second tempts." in said(check) and "All told" not in said(check)
    radio.index = 1
    assert "Right" in said(check) and "**B.** ✓ First because." in said(check) and "All told." in said(check)


def test_multiple_choice(ask):
    check = ask("T-2")
    first, second, third = check.answer.boxes
    assert said(check) == "Choose at least one option first."
    first.value = second.value = True
    answer = said(check)
    assert "Not yet" in answer and "✗ Second tempts." in answer and "✓ First because." in answer and "missing (1)" in answer and "Third" not in answer
    second.value, third.value = False, True
    assert "Right" in said(check) and "All told." in said(check)


@pytest.mark.parametrize("typed, expected", [
    ("0.25", "Right"), ("0.26", "Right"), (" 25 % ", "Right"), ("２５％", "Right"), (".25", "Right"), ("2.5e-1", "Right"), ("0.27", "Not yet"), ("-0.25", "Not yet"),
    ("4", "That is its inverse."), ("4,000", "Not yet"), ("", "Type a number first"), ("a quarter", "Type a number first"), ("0.25 0.25", "Type a number first")])
def test_a_number(ask, typed, expected):
    check = ask("T-3")
    check.answer.box.value = typed
    assert expected in said(check)


def test_ordering(ask):
    check = ask("T-4")
    places = check.answer.places
    assert said(check) == "Give every place a different option first."
    for place, option in zip(places, (0, 1, 1)):
        place.value = option
    assert said(check) == "Give every place a different option first."
    for place, option in zip(places, (1, 0, 2)):
        place.value = option
    assert "Not yet" in said(check) and "1 of 3" in said(check)
    for place, option in zip(places, (1, 2, 0)):
        place.value = option
    assert "Right" in said(check) and "It starts." in said(check)


def test_it_speaks_the_language_of_its_questions(ask, tmp_path):
    (tmp_path / "lesson.questions.json").write_text(json.dumps({"language": "zh", "questions": BANK}), encoding="utf-8")
    check = ask("T-1")
    assert check.button.description == "检查答案" and said(check) == "请先选一项。" and text.language() == "en"


def test_every_control_has_a_name_for_whoever_cannot_see_it(ask):
    for name in BANK:
        check = ask(name)
        controls = [*check.answer.controls, check.button]
        controls = [part for control in controls for part in getattr(control, "children", [control])]
        assert all(getattr(control, "description", "") or getattr(control, "value", "") for control in controls)


def test_a_question_that_is_not_there_is_said(ask, tmp_path):
    with pytest.raises(ValueError, match="No question 'T-9'.*own folder"):
        ask("T-9")
    with pytest.raises(ValueError, match="No question 'T-1'"):
        self_check("T-1", tmp_path / "nowhere")
