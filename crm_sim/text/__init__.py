"""Every word that a learner reads, in English and Simplified Chinese.

A key is ``"<file>.<name>"``: ``plots.active`` stands in ``text/en/plots.yml`` and in ``text/zh/plots.yml``.
A file is a mapping of names to sentences; mappings inside it join their names with a dot
(``errors.field.unknown``). A sentence may hold placeholders of `str.format`, such as ``{customers:,}``.

>>> with use("en"):
...     say("text.name")
'English'
"""

from __future__ import annotations

import difflib
import os
from functools import cache
from pathlib import Path

import yaml

_ROOT = Path(__file__).parent
_chosen: str | None = None


class TextError(ValueError):
    """A language, a key or a placeholder that the catalogue does not know."""


class _Choice:
    """What `use` returns: leaving its ``with`` block puts the former language back."""

    def __init__(self, former):
        self._former = former

    def __enter__(self):
        return self

    def __exit__(self, *_):
        global _chosen
        _chosen = self._former

    def _ipython_display_(self):
        """Nothing to see: a notebook chooses its language in a cell's last line."""


def languages() -> tuple[str, ...]:
    """The languages there are, as ISO 639 codes: ``("en", "zh")``."""
    return tuple(sorted(folder.name for folder in _ROOT.iterdir() if (folder / "text.yml").is_file()))


def language() -> str:
    """The language in use: the one chosen by `use`, otherwise that of ``CRM_LANG``, otherwise English.

    Raises
    ------
    TextError
        When ``CRM_LANG`` names no language of `languages`.
    """
    return _chosen or _known(os.environ.get("CRM_LANG") or "en")


def use(language: str) -> _Choice:
    """Speak `language` from now on, or only inside a block: ``with text.use("zh"): …``.

    Raises
    ------
    TextError
        When `language` is none of `languages`.
    """
    global _chosen
    choice = _Choice(_chosen)
    _chosen = _known(language)
    return choice


def say(key: str, **values) -> str:
    """The sentence of `key` in the language in use, its placeholders filled from `values`.

    Raises
    ------
    TextError
        When there is no such key, or a placeholder has no value or one of the wrong kind.
    """
    topic = key.partition(".")[0]
    sentences = catalogue(topic, language())
    if key not in sentences:
        near = difflib.get_close_matches(key, sentences, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise TextError(f"no text {key!r} in {language()}/{topic}.yml{hint}")
    try:
        return sentences[key].format(**values)
    except KeyError as missing:
        raise TextError(f"text {key!r} needs a value for {missing}") from None
    except (IndexError, ValueError, TypeError) as problem:
        raise TextError(f"text {key!r} cannot be filled: {problem}") from None


@cache
def catalogue(topic: str, language: str) -> dict[str, str]:
    """Every sentence of one file by its full key.

    Raises
    ------
    TextError
        When there is no such file, or it holds anything but sentences.
    """
    path = _ROOT / _known(language) / f"{topic}.yml"
    if not topic.isidentifier() or not path.is_file():
        raise TextError(f"no text file {language}/{topic}.yml")
    return dict(_flatten(topic, yaml.safe_load(path.read_text(encoding="utf-8")), path))


def _flatten(prefix, node, path):
    if isinstance(node, str):
        yield prefix, node
    elif isinstance(node, dict) and all(isinstance(name, str) for name in node):
        for name, child in node.items():
            yield from _flatten(f"{prefix}.{name}", child, path)
    else:
        raise TextError(f"{path.parent.name}/{path.name}: {prefix} must be a sentence or a mapping with names (quote it?)")


def _known(language):
    if language in languages():
        return language
    known = ", ".join(languages())
    raise TextError(" / ".join(catalogue("text", one)["text.unknown"].format(value=language, known=known)
                               for one in languages()))
