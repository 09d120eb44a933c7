"""The committed notebooks of a tree, and whether they are what their sources make."""

from __future__ import annotations

from pathlib import Path

import nbformat

from crm_sim import text

from . import questions
from .facts import HOME, read as read_facts
from .notebook import checked, notebook
from .source import BuildError, Fault, replace

ROOT = HOME.parent


def sources(root: Path = ROOT, names=()) -> list[Path]:
    """The sources of lectures and assignments, all or those named.

    Raises
    ------
    BuildError
        When a name is not that of a source.
    """
    found = {path.stem: path for folder in ("lectures/source", "course/assignments") for path in sorted((root / folder).glob("*.py"))
             if path.stem != "__init__"}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise BuildError([Fault(root / "lectures" / "source", 1, text.say("builder.name_unknown", name=name, known=", ".join(found)))
                          for name in unknown])
    return [found[name] for name in names or found]


def outputs(root: Path = ROOT, names=()) -> dict[Path, str]:
    """Every file that the sources make, by its path; all sources are checked before the first is made.

    A lecture makes a notebook a language (the instructor's edition) and the questions it refers to. An assignment is
    only checked: its notebooks are made when it is released.

    Raises
    ------
    BuildError
        With everything wrong with any source.
    """
    facts = read_facts(root / "course")
    read, faults = [], []
    for path in sources(root, names):
        try:
            read.append(checked(path, facts))
        except BuildError as refused:
            faults += refused.faults
    if faults:
        raise BuildError(faults)
    made = {}
    for source in read:
        for language in text.languages():
            built = nbformat.writes(notebook(source, language, "instructor", facts)) + "\n"
            if source.path.parent.name == "source":
                folder = root / "lectures" / language
                made[folder / f"{source.name}.ipynb"] = built
                bank = questions.bank(source, language, facts)
                if bank:
                    made[folder / f"{source.name}.questions.json"] = bank
    return made


def build(root: Path = ROOT, names=()) -> list[Path]:
    """Write what the sources make; the files that changed."""
    changed = []
    for path, content in outputs(root, names).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, content)
            changed.append(path)
    return changed


def check(root: Path = ROOT) -> None:
    """Refuse a tree whose committed notebooks are not, byte for byte, what its sources make.

    Raises
    ------
    BuildError
        With every stale, missing, superfluous or executed notebook.
    """
    made = outputs(root)
    committed = {path for language in text.languages() for pattern in ("*.ipynb", "*.questions.json")
                 for path in (root / "lectures" / language).glob(pattern)}
    faults = [Fault(path, 1, text.say("builder.superfluous")) for path in sorted(committed - made.keys())]
    for path, content in made.items():
        if path not in committed:
            faults.append(Fault(path, 1, text.say("builder.missing")))
        elif path.suffix == ".ipynb" and _executed(path):
            faults.append(Fault(path, 1, text.say("builder.outputs")))
        elif path.read_text(encoding="utf-8") != content:
            faults.append(Fault(path, 1, text.say("builder.stale")))
    if faults:
        raise BuildError(faults)


def _executed(path):
    return any(cell.get("outputs") or cell.get("execution_count") for cell in nbformat.read(path, as_version=4).cells)
