"""One language of a source as a notebook: stable ids, sorted keys, no outputs."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import nbformat
from nbformat import v4

from crm_sim import text

from . import checks, chinese, facts as course_facts, questions
from .source import AUDIENCES, BuildError, Code, Pair, SelfCheck, read

_LANGUAGE = re.compile(r"\bLANGUAGE\b")
_TARGET = re.compile(r"(?<=\]\()[^)\s]*\bLANGUAGE\b[^)\s]*(?=\))")


def build_notebook(source_path, language: str, edition: str = "instructor", facts=None):
    """The notebook of `source_path` in `language`.

    Parameters
    ----------
    source_path
        A py:percent source, a lecture's or an assignment's.
    language
        ``"en"`` or ``"zh"``.
    edition
        ``"instructor"`` or ``"student"``: cells with the other one's ``audience`` are left out. In the instructor's edition the
        instructor's own cells are tagged ``instructor``, their words folded away.
    facts
        Syllabus, glossary and questions; those of `course/` unless told otherwise.

    Returns
    -------
    nbformat.NotebookNode
        Format 4.5, valid, without outputs; the ids of its cells are the same in both languages.

    Raises
    ------
    BuildError
        With every reason for which the source is refused.
    """
    return notebook(checked(source_path, facts), language, edition, facts)


def checked(source_path, facts=None):
    """The source at `source_path`, if nothing is wrong with it; raises `BuildError` otherwise."""
    source = read(Path(source_path))
    found = checks.faults(source, facts or course_facts.read()) + checks.unacknowledged(source)
    if found:
        raise BuildError(sorted(found, key=lambda fault: fault.line))
    return source


def notebook(source, language, edition, facts=None):
    """The notebook of a source that was checked."""
    if language not in text.languages() or edition not in AUDIENCES:
        raise ValueError(f"language must be one of {text.languages()} and edition one of {AUDIENCES}, not {language!r}, {edition!r}")
    made, seen = [], Counter()
    for cell in source.cells:
        for kind, content, anchor in _contents(cell, language, facts or course_facts.read()):
            seen[anchor] += 1
            name = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
            if cell.metadata.get("audience", edition) == edition:
                make = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
                made.append(make(content, id=name, metadata=_metadata(cell)))
    built = v4.new_notebook(cells=made, metadata={
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "crm": {"edition": edition, "language": language, "source": source.name},
        "title": _title(made) or source.name})
    built.nbformat_minor = 5
    nbformat.validate(built)
    return built


def _contents(cell, language, facts):
    """``(kind, content, anchor)`` of what a cell becomes; the anchor is its id unless the same cell stands twice."""
    explicit = cell.metadata.get("id") or cell.metadata.get("nbgrader", {}).get("grade_id")
    if isinstance(cell, Pair):
        words = cell.words["en"] if language == "en" else chinese.readable_emphasis(cell.words["zh"])
        words = _TARGET.sub(lambda target: target.group().replace("LANGUAGE", language), words)
        if cell.metadata.get("audience") == "instructor":
            words = _folded(words, language)
        yield "markdown", words, explicit or _anchor("words", cell.words["en"])
    elif isinstance(cell, Code):
        yield "code", _LANGUAGE.sub(f'"{language}"', cell.code), explicit or _anchor("code", cell.code)
    elif isinstance(cell, SelfCheck):
        anchor = f"check-{cell.question}"
        yield "markdown", questions.static_twin(questions.in_language(facts.questions[cell.question], language), language), anchor
        yield "code", f'from crm_sim.lab.self_check import self_check\nself_check("{cell.question}")', f"{anchor}-answer"


def _folded(words, language):
    """A note to the instructor: JupyterLab folds it, and shows it at a click."""
    with text.use(language):
        return f"<details><summary>{text.say('builder.instructor_note')}</summary>\n\n{words}\n\n</details>"


def _anchor(kind, content):
    return f"{kind}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def _metadata(cell):
    metadata = {name: value for name, value in cell.metadata.items() if name != "id"}
    if metadata.get("audience") == "instructor":
        metadata["tags"] = [*metadata.get("tags", ()), "instructor"]
    if isinstance(cell, SelfCheck):
        metadata["tags"] = [*metadata.get("tags", ()), "self-check"]
    return metadata


def _title(cells):
    headings = (re.match(r"# +(.+)", cell.source) for cell in cells if cell.cell_type == "markdown")
    return next((heading.group(1).strip() for heading in headings if heading), None)
