"""Points and words for what was observed: pure, on JSON-able values, wherever it runs."""

from __future__ import annotations

from dataclasses import dataclass

from crm_sim import text

from autograde.forms import Misfit, describe, fit, part_of, same_in_another_order, shares, show
from autograde.questions import Case, Question


@dataclass(frozen=True)
class Verdict:
    """Points earned of those there are, and what the student reads: ``(kind, sentence)``, kind ``right``, ``wrong`` or ``note``."""

    points: float
    out_of: float
    lines: tuple[tuple[str, str], ...]


def judge(question: Question, observed: list) -> Verdict:
    """The verdict on what `autograde.observe` saw.

    A case earns its points or not. An answer that has not the form asked for earns nothing.
    """
    problem = _unfit(question, observed)
    if problem:
        return Verdict(0.0, question.points, (("wrong", problem),))
    points, wrong = 0.0, {}
    for number, case in enumerate(question.cases):
        came = observed[number if question.answer == "function" else 0]
        complaint = _complaint(question, case, came, hidden=number >= len(question.visible))
        if complaint is None:
            points += case.points
        else:
            wrong[complaint] = None
    return Verdict(points, question.points, tuple(_lines(question, points, list(wrong))))


def _unfit(question, observed):
    """Why the answer as a whole cannot be compared; None when it can."""
    first = observed[0]
    if all(came is None for came in observed):
        return text.say("autograde.verdict.nothing")
    if isinstance(first, dict) and first["type"] == "uncallable":
        return text.say("autograde.misfit.uncallable", came=describe(first["came"]))
    if question.answer == "value":
        try:
            fit(first, question.form)
        except Misfit as misfit:
            return str(misfit)
    return None


def _complaint(question: Question, case: Case, came, hidden):
    """What to say to the student about a case that does not hold; None when it holds."""
    arguments = ", ".join(map(show, case.arguments))
    if isinstance(came, dict) and came["type"] == "error":
        return text.say(f"autograde.verdict.{'stopped_hidden' if hidden else 'stopped'}",
                        arguments=arguments, name=came["name"], text=came["text"])
    try:
        fitted = part_of(fit(came, question.form), case.part)
    except Misfit as misfit:
        return str(misfit)
    expected = part_of(case.expect, case.part)
    equal, count = shares(fitted, expected, case.within)
    if equal >= case.share * count:
        return None
    if same_in_another_order(fitted, expected, case.within):
        return text.say("autograde.verdict.order")
    if not hidden:
        return text.say("autograde.verdict.example", arguments=arguments, came=show(fitted), expected=show(expected))
    agree = text.say("autograde.verdict.agree", equal=equal, count=count) if count > 1 else ""
    return text.say("autograde.verdict.hidden", hint=text.say(case.hint), agree=agree).strip()


def _lines(question, points, wrong):
    for sentence in wrong:
        yield "wrong", sentence
    undecided = question.points - sum(case.points for case in question.cases)
    if undecided > 1e-9:
        if not wrong:
            yield "right", text.say(f"autograde.verdict.{'examples' if question.visible else 'form'}")
        yield "note", text.say("autograde.verdict.later")
    elif not wrong:
        yield "right", text.say("autograde.verdict.all")
