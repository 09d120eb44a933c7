"""What the two languages of a piece of Markdown must share, and the prose that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

_PARSER = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
_TARGET = re.compile(r"""(?:href|src)\s*=\s*["']([^"']+)""")
_TAG = re.compile(r"<[^>]*>")
# Stands in the prose for code, formulas and line ends, so that what is on either side does not come to touch.
_GAP = "\ufffc"


@dataclass
class Anatomy:
    """The parts of one piece of Markdown."""

    headings: list[int] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    code: set[str] = field(default_factory=set)
    emphasised: set[str] = field(default_factory=set)
    prose: str = ""


def dissect(markdown: str) -> Anatomy:
    """Headings (their levels, in order), formulas, targets of links and images, code, and prose of `markdown`."""
    anatomy = Anatomy()
    for token in _PARSER.parse(markdown):
        if token.type == "heading_open":
            anatomy.headings.append(int(token.tag[1]))
        elif token.type == "math_block":
            anatomy.formulas.add(_tidy(token.content))
        elif token.type == "fence" and token.info.strip():
            anatomy.code.add(token.content)
        elif token.type in ("fence", "code_block"):  # without a language it is a template to fill in: words
            anatomy.prose += _GAP + token.content
        elif token.type == "html_block":
            _html(token.content, anatomy)
            anatomy.prose += _TAG.sub(_GAP, token.content)
        elif token.type == "inline":
            anatomy.prose += _GAP
            _inline(token.children, anatomy)
    return anatomy


def _inline(tokens, anatomy):
    emphasis = None
    for token in tokens:
        if token.type == "text":
            anatomy.prose += token.content
            emphasis = emphasis + token.content if emphasis is not None else None
        elif token.type == "code_inline":
            anatomy.code.add(token.content)
            anatomy.prose += _GAP
        elif token.type.startswith("math_inline"):
            anatomy.formulas.add(_tidy(token.content))
            anatomy.prose += _GAP
        elif token.type == "link_open":
            anatomy.targets.add(token.attrs["href"])
        elif token.type == "image":
            anatomy.targets.add(token.attrs["src"])
            anatomy.prose += _GAP
            _inline(token.children, anatomy)
        elif token.type == "html_inline":
            _html(token.content, anatomy)
            anatomy.prose += _GAP
        elif token.type == "em_open":
            emphasis = ""
        elif token.type == "em_close":
            anatomy.emphasised.add(emphasis or "")
            emphasis = None
        elif token.type in ("softbreak", "hardbreak"):
            anatomy.prose += "\n"
            emphasis = emphasis + "\n" if emphasis is not None else None


def _html(content, anatomy):
    anatomy.targets.update(_TARGET.findall(content))


def _tidy(formula):
    return " ".join(formula.split())
