"""What the lessons must agree with: the syllabus, the glossary and the question bank."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import jsonschema
import yaml

from crm_sim import text

from .source import BuildError, Fault

HOME = Path(__file__).resolve().parents[1]


class StrictLoader(yaml.SafeLoader):
    """YAML in which a name may stand only once in a mapping."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Term:
    """A term of the glossary with the forms that count as using it."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """The folder `course/`, read once.

    Attributes
    ----------
    syllabus
        The ids of lectures, sections, items and cases.
    terms
        The glossary's terms.
    questions
        Question by id, as `course/questions/schema.json` describes it.
    """

    syllabus: frozenset[str]
    terms: tuple[Term, ...]
    questions: dict[str, dict]

    @cached_property
    def _form(self) -> dict[str, Term]:
        return {form.lower(): term for term in self.terms for form in term.english}

    @cached_property
    def _pattern(self) -> re.Pattern:
        forms = sorted(self._form, key=len, reverse=True)  # the longest term wins: "customer satisfaction" before "satisfaction"
        return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, forms)) or '(?!)'})(?:e?s)?(?![\w-])", re.IGNORECASE)

    def terms_in(self, english: str) -> set[Term]:
        """The terms that a piece of English prose uses, plural or not."""
        return {self._form[match.lower()] for match in self._pattern.findall(english)}


@cache
def read(home: Path = HOME) -> Facts:
    """The facts under `home`.

    Raises
    ------
    BuildError
        When a file does not fit its schema.
    """
    syllabus = yaml.safe_load((home / "syllabus.yml").read_text(encoding="utf-8"))
    glossary = _checked(home / "glossary.yml", home / "builder" / "glossary.schema.json")
    questions, faults = {}, []
    for path in sorted((home / "questions").glob("*.yml")):
        for name, question in _checked(path, home / "questions" / "schema.json").items():
            if name in questions or not name.startswith(f"{path.stem}-"):
                faults.append(Fault(path, line_of(path, name), text.say("builder.question_id", id=name, file=path.stem)))
            questions[name] = question
    if faults:
        raise BuildError(faults)
    terms = tuple(Term(*((entry["term"][language], *entry.get("variants", {}).get(language, ())) for language in ("en", "zh")))
                  for entry in glossary)
    return Facts(frozenset(_ids(syllabus)), terms, questions)


def line_of(path: Path, name: str) -> int:
    """The line on which a top-level name of a YAML file stands."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 1)


def _checked(path, schema):
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), StrictLoader)
        jsonschema.validate(content, json.loads(schema.read_text(encoding="utf-8")))
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BuildError([Fault(path, mark.line + 1 if mark else 1, text.say("builder.yaml", problem=problem.problem))]) from None
    except jsonschema.ValidationError as problem:
        where = ".".join(map(str, problem.absolute_path))
        line = line_of(path, str(problem.absolute_path[0])) if problem.absolute_path else 1
        raise BuildError([Fault(path, line, text.say("builder.schema", where=where, problem=problem.message))]) from None
    return content


def _ids(node):
    if isinstance(node, dict):
        if "id" in node:
            yield node["id"]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _ids(child)
