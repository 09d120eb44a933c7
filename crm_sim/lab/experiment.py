"""What is tried in the lab: today's scenario, a changed one, and the comparison of both. Nothing here is ever changed in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from crm_sim.compare import Comparison, compare
from crm_sim.errors import ScenarioError
from crm_sim.lab.levers import Lever
from crm_sim.scenario import Scenario, load, presets
from crm_sim.text import say


@dataclass(frozen=True)
class Size:
    """How much is simulated, as in `crm_sim.compare`. Five replications are what fits into a fifth of a second."""

    customers: int = 20_000
    months: int = 36
    seed: int = 1
    replications: int = 5


@dataclass(frozen=True)
class Experiment:
    """Today and changed. Every method returns another experiment and leaves this one as it is."""

    today: Scenario
    changed: Scenario
    size: Size = Size()

    def move(self, lever: Lever, value: float) -> Experiment:
        """One lever moved. Raises `ScenarioError` for a value that the scenario does not allow."""
        return replace(self, changed=lever.move(self.changed, value))

    def reset(self) -> Experiment:
        """All changes undone."""
        return replace(self, changed=self.today)

    def start(self, scenario: Scenario) -> Experiment:
        """Begin anew from another scenario."""
        return replace(self, today=scenario, changed=scenario)

    def open(self, source) -> Experiment:
        """With the scenario of a file (or a preset's name) as the changed one.

        Only scenarios of one market and one firm share their customers and can be compared: where the file's differ from today's,
        today becomes the preset of the file's name, and where they differ from that too, the file itself.
        Raises `ScenarioError` when the file cannot be used.
        """
        opened = load(source)
        bases = [self.today, *(load(name) for name in presets().index if name == opened.name)]
        today = next((base for base in bases if _same_customers(base, opened)), opened)
        return replace(self, today=today, changed=opened)

    def changes(self) -> list[tuple[str, object, object]]:
        """Every setting that differs: dotted path, today's value, changed value."""
        today, changed = (dict(_leaves("", scenario.model_dump(include={"market", "firm", "policy"}))) for scenario in (self.today, self.changed))
        return [(path, today[path], changed[path]) for path in today if today[path] != changed[path]]

    def result(self) -> Comparison:
        """The comparison of `today` with `changed`, the same as `crm_sim.compare` makes. What was simulated lately is not simulated again."""
        months = {name: _live(scenario, self.size) for name, scenario in (("today", self.today), ("changed", self.changed))}
        return Comparison(list(months), pd.concat(months, names=["scenario"]))


@lru_cache(maxsize=16)
def _live(scenario: Scenario, size: Size) -> pd.DataFrame:
    """The KPIs of every replication and month of one scenario."""
    return compare({"": scenario}, size.customers, size.months, size.seed, size.replications).months.droplevel("scenario")


def _same_customers(one: Scenario, other: Scenario) -> bool:
    return (one.market, one.firm) == (other.market, other.firm)


def _leaves(path: str, node):
    if isinstance(node, dict):
        for name, child in node.items():
            yield from _leaves(f"{path}.{name}" if path else name, child)
    else:
        yield path, node


def file_path(name: str) -> Path:
    """The absolute path of the YAML file `name`, which may lack its ending. Raises `ScenarioError` when there is no name."""
    if not name.strip():
        raise ScenarioError("file", name, say("lab.no_name"), say("lab.no_name_remedy"))
    path = Path(name.strip()).expanduser().absolute()
    return path if path.suffix in (".yml", ".yaml") else path.with_name(f"{path.name}.yml")


def save(scenario: Scenario, name: str, own: frozenset[Path] = frozenset()) -> Path:
    """Write a scenario to the YAML file `name`; its absolute path.

    A file that exists is replaced only when it is one of `own`. Raises `ScenarioError` when there is no name, the file exists, or it
    cannot be written.
    """
    path = file_path(name)
    if path.exists() and path not in own:
        raise ScenarioError("file", str(path), say("lab.exists"), say("lab.exists_remedy"))
    try:
        return scenario.save(path)
    except OSError as problem:
        raise ScenarioError("file", str(path), say("lab.unwritable", reason=problem.strerror), say("lab.unwritable_remedy")) from None
