"""A question in the lesson that answers back: why an answer is right, or which misunderstanding it came from."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import ipywidgets as widgets

from crm_sim import text

_UNCHOSEN = -1
# ipywidgets cuts long labels off; options are sentences.
_STYLE = """<style>
.crm-self-check .widget-radio, .crm-self-check .widget-radio-box { height: auto; max-width: 100%; }
.crm-self-check .widget-radio-box label { display: flex; align-items: baseline; height: auto; line-height: 1.5; white-space: normal; gap: 6px; margin: 2px 0; }
.crm-self-check .widget-radio-box label input { order: -1; flex: none; margin: 0; position: relative; top: 2px; }
.crm-self-check .widget-checkbox { height: auto; }
.crm-self-check .widget-checkbox label { height: auto; line-height: 1.5; white-space: normal; }
.crm-self-check .widget-checkbox span { white-space: normal; }
</style>"""


def self_check(name: str, folder=None) -> SelfCheck:
    """The question `name`, to be answered with mouse or keyboard.

    Parameters
    ----------
    name : the question's id, such as ``"L5-01"``
    folder : where the notebook's ``*.questions.json`` stands; the working directory unless told otherwise

    Raises
    ------
    ValueError
        When no file of questions in `folder` holds `name`.
    """
    folder = Path(folder or ".")
    for path in sorted(folder.glob("*.questions.json")):
        bank = json.loads(path.read_text(encoding="utf-8"))
        if name in bank["questions"]:
            return SelfCheck(bank["questions"][name], bank["language"])
    raise ValueError(text.say("self_check.unknown", name=name, folder=folder.absolute()))


class SelfCheck(widgets.VBox):
    """Controls for one question of the bank, a button, and what it says to the answer, all in the question's language."""

    def __init__(self, question: dict, language: str):
        self.question, self.language = question, language
        with text.use(language):
            self.answer = _ANSWERS[question["type"]](question)
            self.button = widgets.Button(description=text.say("self_check.check"), tooltip=text.say("self_check.check"), layout={"width": "auto", "align_self": "flex-start"})
        self.reply = widgets.Output()
        self.button.on_click(self._check)
        super().__init__([widgets.HTML(_STYLE, layout={"display": "none"}), *self.answer.controls, self.button, self.reply], layout={"padding": "4px 0 12px 0"})
        self.add_class("crm-self-check")

    def _check(self, _):
        with text.use(self.language):
            words = "\n\n".join(self._judge())
        self.reply.outputs = ({"output_type": "display_data", "metadata": {}, "data": {"text/markdown": words, "text/plain": words}},)

    def _judge(self):
        if not self.answer.given():
            return [text.say(f"self_check.nothing.{self.question['type']}")]
        reasons = self.answer.reasons()
        if self.answer.right():
            return [text.say("self_check.right"), *reasons, self.question["explanation"]]
        return [text.say("self_check.wrong"), *reasons, text.say("self_check.again")]


class _Single:
    """One of several options."""

    def __init__(self, question):
        self.options = question["options"]
        self.choice = widgets.RadioButtons(options=list(zip(_labels(self.options), range(len(self.options)))), value=None,
                                           description=text.say("self_check.yours"), layout={"width": "100%"})
        self.controls = [self.choice]

    def given(self):
        return self.choice.value is not None

    def right(self):
        return self.options[self.choice.value].get("correct", False)

    def reasons(self):
        return [_reason(self.choice.value, self.options)]


class _Multiple:
    """All options that apply."""

    def __init__(self, question):
        self.options = question["options"]
        self.boxes = [widgets.Checkbox(value=False, description=label, indent=False, layout={"width": "100%"}) for label in _labels(self.options)]
        self.controls = self.boxes

    def given(self):
        return any(box.value for box in self.boxes)

    def right(self):
        return all(box.value == option.get("correct", False) for box, option in zip(self.boxes, self.options))

    def reasons(self):
        chosen = [_reason(number, self.options) for number, box in enumerate(self.boxes) if box.value]
        missed = sum(option.get("correct", False) and not box.value for box, option in zip(self.boxes, self.options))
        return chosen + ([text.say("self_check.missed", number=missed)] if missed else [])


class _Numeric:
    """A number, within a tolerance; wrong numbers that a known misunderstanding leads to are spoken to."""

    def __init__(self, question):
        self.question = question
        self.box = widgets.Text(description=text.say("self_check.yours"), placeholder=text.say("self_check.number"), layout={"width": "16em"})
        self.controls = [widgets.HBox([self.box, widgets.Label(question.get("unit", ""))])]

    def given(self):
        return self._number() is not None

    def right(self):
        return self._is(self.question["answer"])

    def reasons(self):
        return [mistake["why"] for mistake in self.question["mistakes"] if self._is(mistake["value"]) and not self.right()]

    def _is(self, value):
        return abs(self._number() - value) <= self.question["tolerance"] + 1e-12

    def _number(self):
        typed = self.box.value.strip().replace("％", "%").replace("−", "-").replace(",", "").replace("，", "")
        match = re.fullmatch(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(%?)", typed)
        return float(match.group(1)) * (0.01 if match.group(2) else 1) if match else None


class _Ordering:
    """Options put in order: for each place, which comes there."""

    def __init__(self, question):
        self.options = question["options"]
        choices = [(text.say("self_check.choose"), _UNCHOSEN), *zip(_labels(self.options), range(len(self.options)))]
        self.places = [widgets.Dropdown(options=choices, value=_UNCHOSEN, description=text.say("self_check.place", number=number), layout={"width": "auto"})
                       for number in range(1, len(self.options) + 1)]
        self.controls = self.places

    def given(self):
        return sorted(place.value for place in self.places) == list(range(len(self.options)))

    def right(self):
        return self._right_places() == len(self.places)

    def reasons(self):
        if self.right():
            return [_reason(place.value, self.options) for place in self.places if "why" in self.options[place.value]]
        return [text.say("self_check.places_right", number=self._right_places(), of=len(self.places))]

    def _right_places(self):
        return sum(self.options[place.value]["position"] == number for number, place in enumerate(self.places, 1))


_ANSWERS = {"single": _Single, "multiple": _Multiple, "numeric": _Numeric, "ordering": _Ordering}


def _labels(options):
    """Plain labels of options: a control cannot show Markdown."""
    return [f"{letter}. {re.sub(r'[`*$]', '', option['text'])}" for letter, option in zip(string.ascii_uppercase, options)]


def _reason(number, options):
    sign = "" if "position" in options[number] else "✓ " if options[number].get("correct") else "✗ "
    return f"- **{string.ascii_uppercase[number]}.** {sign}{options[number]['why']}"
