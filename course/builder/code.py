"""What a code cell may not hold: Chinese, or words that a learner would read."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from IPython.core.inputtransformer2 import TransformerManager

from . import chinese

_SENTENCE = re.compile(r"\b[A-Za-z]{2,}'? +[A-Za-z]{2,}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_KEY = re.compile(r"[a-z]\w*(\.\w+)+")
_SHOWING_CALLS = {"print", "display", "Markdown", "HTML", "title", "suptitle", "xlabel", "ylabel", "set_title", "set_xlabel",
                  "set_ylabel", "text", "annotate", "legend", "set_label", "bar_label"}
_SHOWING_ARGUMENTS = {"title", "suptitle", "label", "labels", "xlabel", "ylabel", "caption", "description"}
# Stretches that only the instructor's copy holds.
_BEGIN = re.compile(r"\s*### BEGIN (SOLUTION|HIDDEN TESTS)")
_END = re.compile(r"\s*### END (SOLUTION|HIDDEN TESTS)")


def faults(code: str):
    """Yield ``(line, key, values)`` for everything in `code` that is not code; lines count from 0."""
    for number, line in enumerate(code.splitlines()):
        if chinese.has_chinese(line):
            yield number, "code_chinese", {}
    hidden = _hidden_lines(code)
    for number, key, values in _words(code):
        if number not in hidden:
            yield number, key, values


def _hidden_lines(code):
    hidden, inside = set(), False
    for number, line in enumerate(code.splitlines()):
        inside = inside or bool(_BEGIN.match(line))
        if inside:
            hidden.add(number)
        if _END.match(line):
            inside = False
    return hidden


def _words(code):
    python = TransformerManager().transform_cell(code)  # %magics become calls
    try:
        tree = ast.parse(python)
    except SyntaxError as problem:
        yield (problem.lineno or 1) - 1, "code_syntax", {"problem": problem.msg}
        return
    for token in tokenize.generate_tokens(io.StringIO(python).readline):
        if token.type == tokenize.COMMENT and _WORD.search(token.string):
            yield token.start[0] - 1, "code_comment", {"words": token.string}
    shown = {id(constant): constant for node in ast.walk(tree) for constant in _shown_constants(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.strip()
            if _SENTENCE.search(words) or id(node) in shown and _WORD.search(words) and not _KEY.fullmatch(words):
                yield node.lineno - 1, "code_words", {"words": words.splitlines()[0]}


def _shown_constants(node):
    """The string constants that `node`, if it is a call that shows something, shows as they stand."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", None))
    shown = [keyword.value for keyword in node.keywords if keyword.arg in _SHOWING_ARGUMENTS]
    if name in _SHOWING_CALLS:
        shown += node.args
    for value in shown:
        yield from value.elts if isinstance(value, (ast.List, ast.Tuple)) else value.values if isinstance(value, ast.JoinedStr) else [value]
