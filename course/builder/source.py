"""A lesson's source: a py:percent file whose Markdown cells come in pairs, English first."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import jupytext

from crm_sim import text

LANGUAGES = ("en", "zh")
AUDIENCES = ("instructor", "student")
_MARKER = re.compile(r"^# %%( |$)")
# What jupytext notes for itself about the layout of the file.
_LAYOUT = {"cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker"}
_ALLOWED = {"markdown": {"lang", "id", "syllabus", "audience", "tags", "ack", "nbgrader", "jupyter", "self_check"},
            "code": {"id", "syllabus", "audience", "tags", "nbgrader", "jupyter"}}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: renders itself as one line, ``file:line: words``."""

    path: Path
    line: int
    message: str

    def __str__(self):
        path = os.path.relpath(self.path)
        return f"{self.path if path.startswith('..') else path}:{self.line}: {self.message}"


class BuildError(ValueError):
    """A source that cannot become notebooks; `faults` lists every reason."""

    def __init__(self, faults):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Pair:
    """A Markdown cell in both languages."""

    line: int
    twin_line: int
    words: dict[str, str]
    acknowledged: str | None
    metadata: dict = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """What `acknowledge` writes down: a short hash of each language's text."""
        return ".".join(hashlib.sha256(self.words[language].encode()).hexdigest()[:6] for language in LANGUAGES)


@dataclass(frozen=True)
class Code:
    """A code cell, the same in both languages."""

    line: int
    code: str
    metadata: dict = field(default_factory=dict)


@dataclass(frozen=True)
class SelfCheck:
    """The place of a question from the bank."""

    line: int
    question: str
    metadata: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    path: Path
    cells: tuple[Pair | Code | SelfCheck, ...]

    @property
    def name(self) -> str:
        return self.path.stem

    def fault(self, line: int, key: str, **values) -> Fault:
        return Fault(self.path, line, text.say(f"builder.{key}", **values))


def read(path: Path) -> Source:
    """The source at `path`, its twins paired.

    Raises
    ------
    BuildError
        When a cell is of an unknown kind or carries unknown metadata, or when a twin is missing or misplaced.
    """
    path = Path(path)
    written = path.read_text(encoding="utf-8")
    lines = [number for number, line in enumerate(written.splitlines(), 1) if _MARKER.match(line)]
    raw = jupytext.reads(written, fmt="py:percent").cells
    source = Source(path, ())
    if len(raw) != len(lines) or any(cell.cell_type == "raw" for cell in raw):
        raise BuildError([source.fault(1, "cells")])

    cells, faults, english = [], [], None
    for line, cell in zip(lines, raw):
        metadata = {name: value for name, value in cell.metadata.items() if name not in _LAYOUT}
        unknown = metadata.keys() - _ALLOWED[cell.cell_type]
        if unknown:
            faults.append(source.fault(line, "metadata", names=", ".join(sorted(unknown)),
                                       known=", ".join(sorted(_ALLOWED[cell.cell_type]))))
        if metadata.get("audience", "student") not in AUDIENCES:
            faults.append(source.fault(line, "audience", value=metadata["audience"]))

        language = metadata.pop("lang", None)
        if english and language != "zh":
            faults.append(source.fault(english[0], "twin_missing"))
            english = None
        if cell.cell_type == "code":
            cells.append(Code(line, cell.source, metadata))
        elif "self_check" in metadata:
            if cell.source or language:
                faults.append(source.fault(line, "self_check_text"))
            cells.append(SelfCheck(line, metadata.pop("self_check"), metadata))
        elif language == "en":
            if "ack" in metadata:
                faults.append(source.fault(line, "ack_misplaced"))
            english = (line, cell.source, metadata)
        elif language == "zh":
            acknowledged = metadata.pop("ack", None)
            if metadata:
                faults.append(source.fault(line, "twin_metadata", names=", ".join(sorted(metadata))))
            if english:
                cells.append(Pair(english[0], line, {"en": english[1], "zh": cell.source}, acknowledged, english[2]))
                english = None
            else:
                faults.append(source.fault(line, "twin_misplaced"))
        else:
            faults.append(source.fault(line, "language_missing"))
    if english:
        faults.append(source.fault(english[0], "twin_missing"))
    if faults:
        raise BuildError(faults)
    return Source(path, tuple(cells))


def acknowledge(source: Source) -> list[Pair]:
    """Write into the source that both languages of every pair were read side by side; the pairs that had changed."""
    changed = [cell for cell in source.cells if isinstance(cell, Pair) and cell.acknowledged != cell.signature]
    lines = source.path.read_text(encoding="utf-8").splitlines(keepends=True)
    for pair in changed:
        marker = re.sub(r'\s+ack="[^"]*"', "", lines[pair.twin_line - 1].rstrip())
        lines[pair.twin_line - 1] = f'{marker} ack="{pair.signature}"\n'
    replace(source.path, "".join(lines))
    return changed


def replace(path: Path, content: str) -> None:
    """Write `content` to `path` whole or not at all."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(content, encoding="utf-8", newline="\n")
    os.replace(aside, path)
