"""The refusals: every way in which a source may fall short of two lessons that say the same."""

from __future__ import annotations

import re
from collections import Counter

from . import chinese, code
from .facts import Facts
from .markdown import dissect
from .source import Code, Fault, Pair, SelfCheck, Source

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def faults(source: Source, facts: Facts) -> list[Fault]:
    """Everything wrong with `source`, except that a changed twin may still wait to be acknowledged."""
    found = []
    for cell in source.cells:
        if isinstance(cell, Pair):
            found += [source.fault(cell.twin_line, key, **values) for key, values in twin_faults(cell.words, facts)]
            found += [source.fault(cell.line, "leads_nowhere", target=target) for target in sorted(dissect(cell.words["en"]).targets)
                      if target.endswith(".ipynb") and "/" not in target and not source.path.with_name(target).with_suffix(".py").is_file()]
        elif isinstance(cell, Code):
            found += [source.fault(cell.line + 1 + line, key, **values) for line, key, values in code.faults(cell.code)]
        elif cell.question not in facts.questions:
            found.append(source.fault(cell.line, "question_unknown", id=cell.question))
        else:
            found += [source.fault(cell.line, "in_question", id=cell.question, problem=source.fault(0, key, **values).message)
                      for key, values in question_faults(facts.questions[cell.question], facts)]
        found += [source.fault(cell.line, "syllabus_unknown", id=name)
                  for name in cell.metadata.get("syllabus", ()) if name not in facts.syllabus]
    return found + list(_id_faults(source))


def unacknowledged(source: Source) -> list[Fault]:
    """A fault for every pair that changed since both languages were last read side by side."""
    found = []
    for cell in source.cells:
        if isinstance(cell, Pair) and cell.acknowledged != cell.signature:
            former, now = (cell.acknowledged or "").split("."), cell.signature.split(".")
            changed = [key for key, i in (("english", 0), ("chinese", 1)) if len(former) == 2 and former[i] != now[i]]
            key = f"changed_{changed[0]}" if len(changed) == 1 else "changed_both"
            found.append(source.fault(cell.twin_line, key, name=source.name))
    return found


def twin_faults(words: dict[str, str], facts: Facts):
    """Yield ``(key, values)`` for everything in which an English and a Chinese Markdown text do not say the same."""
    en, zh = dissect(words["en"]), dissect(chinese.readable_emphasis(words["zh"]))
    if en.headings != zh.headings:
        yield "headings", {"en": en.headings, "zh": zh.headings}
    for key in ("formulas", "targets", "code"):
        first, second = getattr(en, key), getattr(zh, key)
        if first != second:
            yield key, {"en": ", ".join(sorted(first - second)) or "–", "zh": ", ".join(sorted(second - first)) or "–"}
    for formula in sorted(zh.formulas | en.formulas):
        if chinese.has_chinese(formula):
            yield "formula_chinese", {"formula": formula}
    if chinese.has_chinese(en.prose):
        yield "english_chinese", {}
    if re.search(r"[A-Za-z]{2}", en.prose) and not chinese.has_chinese(zh.prose):
        yield "untranslated", {}
    if "*" in en.prose + zh.prose:
        yield "asterisk", {}
    for key, values in chinese.faults(zh.prose):
        yield key, values
    prose = en.prose
    for work in en.emphasised & zh.emphasised:  # the title of a work stands in both languages as it was printed
        prose = prose.replace(work, "\ufffc") if work else prose
    for term in sorted(facts.terms_in(prose), key=lambda term: term.english):
        if not any(form in zh.prose for form in term.chinese):
            yield "term", {"en": term.english[0], "zh": " / ".join(term.chinese)}


def question_faults(question: dict, facts: Facts):
    """Yield ``(key, values)`` for everything wrong with a question that its schema cannot see."""
    if question["syllabus"] not in facts.syllabus:
        yield "syllabus_unknown", {"id": question["syllabus"]}
    for words in _texts(question):
        yield from twin_faults(words, facts)
    for mistake in question.get("mistakes", []):
        if abs(mistake["value"] - question["answer"]) <= question["tolerance"] + 1e-12:  # as the self-check judges
            yield "question_mistake", {"value": mistake["value"]}
    options = question.get("options", [])
    correct = sum(option.get("correct", False) for option in options)
    if question["type"] == "single" and correct != 1 or question["type"] == "multiple" and not 0 < correct:
        yield "question_correct", {"number": correct}
    if question["type"] == "ordering" and sorted(option["position"] for option in options) != list(range(1, len(options) + 1)):
        yield "question_positions", {"number": len(options)}


def _texts(node):
    if isinstance(node, dict) and node.keys() == {"en", "zh"}:
        yield node
    elif isinstance(node, (dict, list)):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _texts(child)


def _id_faults(source):
    named = [(cell.metadata["id"], cell) for cell in source.cells if "id" in cell.metadata]
    named += [(f"check-{cell.question}", cell) for cell in source.cells if isinstance(cell, SelfCheck)]
    named += [(cell.metadata["nbgrader"]["grade_id"], cell) for cell in source.cells if "nbgrader" in cell.metadata]
    times = Counter(name for name, _ in named)
    for name, cell in named:
        if times[name] > 1:
            yield source.fault(cell.line, "id_twice", id=name)
        if not _ID.fullmatch(name):
            yield source.fault(cell.line, "id_form", id=name)
