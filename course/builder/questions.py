"""A question of the bank in one language: its static twin for a notebook, and the file that the live self-check reads."""

from __future__ import annotations

import json
import string

from crm_sim import text

from . import chinese
from .source import SelfCheck


def in_language(node, language: str):
    """`node` with every ``{en: …, zh: …}`` replaced by its text in `language`."""
    if isinstance(node, dict):
        if node.keys() == {"en", "zh"}:
            return node["en"] if language == "en" else chinese.readable_emphasis(node["zh"])
        return {name: in_language(child, language) for name, child in node.items()}
    return [in_language(child, language) for child in node] if isinstance(node, list) else node


def bank(source, language: str, facts) -> str | None:
    """The questions that a source refers to, as the JSON that stands beside its notebook; None if there are none."""
    referred = {cell.question for cell in source.cells if isinstance(cell, SelfCheck)}
    if not referred:
        return None
    questions = {name: in_language(facts.questions[name], language) for name in referred}
    return json.dumps({"language": language, "questions": questions}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def static_twin(question: dict, language: str) -> str:
    """The question as Markdown, its explained answer folded away: all of it can be read without a kernel."""
    with text.use(language):
        options = question.get("options", [])
        parts = [f"**{text.say('self_check.heading')}** · {text.say('self_check.task.' + question['type'])}", question["question"],
                 "\n".join(f"- **{letter}.** {option['text']}" for letter, option in zip(string.ascii_uppercase, options)),
                 f"<details><summary>{text.say('self_check.answer')}</summary>", _answer(question), question["explanation"],
                 "\n".join(_reasons(question)), "</details>"]
    return "\n\n".join(part for part in parts if part)


def _answer(question):
    lettered = list(zip(string.ascii_uppercase, question.get("options", [])))
    if question["type"] == "numeric":
        right = f"{question['answer']:,} {question.get('unit', '')}".strip()
    elif question["type"] == "ordering":
        right = " → ".join(letter for letter, _ in sorted(lettered, key=lambda pair: pair[1]["position"]))
    else:
        right = text.say("self_check.and").join(letter for letter, option in lettered if option.get("correct"))
    return text.say("self_check.right_answer", answer=f"**{right}**")


def _reasons(question):
    for letter, option in zip(string.ascii_uppercase, question.get("options", [])):
        if "why" in option:
            sign = "" if question["type"] == "ordering" else "✓ " if option.get("correct") else "✗ "
            yield f"- **{letter}.** {sign}{option['why']}"
    for mistake in question.get("mistakes", []):
        yield f"- **{mistake['value']:,}** ✗ {mistake['why']}"
