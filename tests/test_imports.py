"""The walls of the house (contracts in pyproject.toml), and the rule that chance comes from one file."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("crm_sim", "autograde", "course")
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"


def lint(folder):
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, encoding="utf-8",
                          env={"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"})


def test_the_walls_stand():
    seen = lint(ROOT)
    assert seen.returncode == 0, seen.stdout
    assert seen.stdout.count("KEPT") == 3


FAULTS = [
    ("crm_sim/firm/records.py", "from crm_sim.customer import state", "crm_sim.firm.records -> crm_sim.customer.state"),
    ("crm_sim/firm/policy.py", "import crm_sim.simulate", "crm_sim.firm.policy -> crm_sim.simulate"),
    ("crm_sim/customer/loyalty.py", "from crm_sim.firm import accounts", "crm_sim.customer.loyalty -> crm_sim.firm.accounts"),
    ("crm_sim/customer/churn.py", "from crm_sim import load", "crm_sim.customer.churn -> crm_sim"),
    ("crm_sim/chance.py", "import crm_sim.text", "crm_sim.chance -> crm_sim.text"),
    ("crm_sim/errors.py", "import autograde", "crm_sim.errors -> autograde"),
    ("crm_sim/errors.py", "def later():\n    from course import serve", "crm_sim.errors -> course.serve"),
    ("autograde/errors.py", "import course.serve", "autograde.errors -> course.serve"),
    ("course/builder/facts.py", "import autograde.errors", "course.builder.facts -> autograde.errors"),
]


def test_a_breach_in_a_wall_is_found(tmp_path):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=lambda folder, names: [
            name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir() or name == "__pycache__"])
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line, _ in FAULTS:
        with open(tmp_path / file, "a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    seen = lint(tmp_path)
    assert seen.returncode == 1 and seen.stdout.count("BROKEN") == 3, seen.stdout + seen.stderr
    assert [breach for _, _, breach in FAULTS if f"{breach} (" not in " ".join(seen.stdout.split())] == []


def other_chance(source):
    """The lines of `source` that take random numbers from Python, NumPy or the operating system."""
    foreign = ("random", "numpy.random", "secrets")
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("np", "numpy"):
            names = [f"numpy.{node.attr}"]
        else:
            continue
        if any(name == one or name.startswith(one + ".") for name in names for one in foreign):
            lines.append(node.lineno)
    return lines


def test_chance_comes_from_one_file():
    files = [path for package in (*PACKAGES, "lectures", "cases") for path in (ROOT / package).rglob("*.py")] + [ROOT / "start.py"]
    assert len(files) > 30
    assert {str(path.relative_to(ROOT)): lines for path in files if path != ROOT / "crm_sim" / "chance.py"
            and (lines := other_chance(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize("source, found", [
    ("import random", True), ("from random import choice", True), ("import numpy.random as r", True), ("from numpy import random", True),
    ("from numpy.random import default_rng", True), ("import numpy as np\nx = np.random.default_rng(1)", True), ("import secrets", True),
    ("def f():\n    import random", True),
    ("from crm_sim import chance\nx = chance.uniform(1, 2, 3, 4)", False), ("import randomness", False), ("from . import random", False),
    ("import numpy as np\nx = np.randomly", False)])
def test_planted_chance_is_found(source, found):
    assert bool(other_chance(source)) == found
