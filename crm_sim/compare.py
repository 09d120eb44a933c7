"""The same customers, with the same luck, under several scenarios; what differs is the scenario's doing."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from crm_sim import chance
from crm_sim.errors import ScenarioError, require_count
from crm_sim.scenario import Scenario
from crm_sim.simulate import MOST_SEED, simulate
from crm_sim.text import say

SUMS = ("acquired", "lost", "lost_service", "lost_price", "lost_circumstances", "regained", "value_lost", "orders", "revenue", "cost", "profit",
        "failures", "complaints", "survey_answers", "talk_positive", "talk_negative")
LEVELS = ("active", "csat", "nps", "complaints_waiting", "first_response_hours")


class Comparison:
    """Several scenarios over the same replications. The first scenario is the one to compare with.

    Attributes
    ----------
    names : the scenarios' names, in order
    summary : DataFrame, one row a replication and scenario: flows summed over the months, levels as the mean of the last twelve months
    months : DataFrame indexed by scenario, replication and month: all KPIs
    """

    def __init__(self, names: list[str], months: pd.DataFrame):
        self.names, self.months = names, months
        by = months.groupby(level=["scenario", "replication"], sort=False)
        last = months[months.index.get_level_values("month") > months.index.get_level_values("month").max() - 12]
        levels = last.groupby(level=["scenario", "replication"], sort=False)[list(LEVELS)].mean()
        self.summary = pd.concat([by[list(SUMS)].sum(), levels], axis=1)

    def table(self, level: float = 0.95) -> pd.DataFrame:
        """Mean and interval of every figure: columns `mean low high` by scenario, and `difference` with its own interval against the first.

        Intervals are Student's t over replications at the given `level`; those of a difference use pairs of the same luck. NaN with one replication.
        """
        _require_level(level)
        first = self.summary.loc[self.names[0]]
        parts = {}
        for name in self.names:
            own = self.summary.loc[name]
            parts[name, "mean"], parts[name, "low"], parts[name, "high"] = _interval(own, level)
            if name != self.names[0]:
                parts[name, "difference"], parts[name, "difference_low"], parts[name, "difference_high"] = _interval(own - first, level)
        return pd.DataFrame(parts).rename_axis("figure")

    def bands(self, figure: str, level: float = 0.95) -> pd.DataFrame:
        """Month by month mean and interval of one KPI: columns `mean low high` by scenario, index `month`."""
        _require_level(level)
        if figure not in self.months:
            raise ScenarioError("figure", figure, say("errors.figure"), say("errors.see_figures", names=say("errors.comma").join(self.months)))
        parts = {}
        for name in self.names:
            wide = self.months[figure].loc[name].unstack("month")
            parts[name, "mean"], parts[name, "low"], parts[name, "high"] = _interval(wide, level)
        return pd.DataFrame(parts).rename_axis("month")

    def plot(self):
        """The four charts a manager looks at first, all scenarios with their intervals; a Matplotlib figure."""
        from crm_sim import plots

        return plots.compare_charts(self)


def _require_level(level) -> None:
    if isinstance(level, bool) or not isinstance(level, (int, float)) or not 0 < level < 1:
        raise ScenarioError("level", level, say("errors.level"), say("errors.choose"))


def _interval(values: pd.DataFrame, level: float):
    from scipy.special import stdtrit  # here, since it would double the time to import the package

    count = values.count()
    mean = values.mean()
    half = values.std(ddof=1) / np.sqrt(count) * stdtrit(count - 1, 0.5 + level / 2)
    return mean, mean - half, mean + half


def compare(scenarios: dict[str, Scenario], customers: int = 20_000, months: int = 36, seed: int = 1, replications: int = 20, threads: int | None = None,
            progress=None) -> Comparison:
    """Simulate every scenario on the same customers with the same luck, `replications` times with other luck.

    Parameters
    ----------
    scenarios : names and scenarios; the first is the one to compare with
    customers, months, seed, threads : as in `simulate`; replications run side by side
    replications : 1 to 10,000; replication 1 has the seed given, the others have seeds drawn from it
    progress : called with the number of finished runs

    Raises `ScenarioError` when there is no scenario or a number lies outside its range.
    """
    if not isinstance(scenarios, dict) or not scenarios or not all(isinstance(one, Scenario) for one in scenarios.values()):
        raise ScenarioError("scenarios", scenarios, say("errors.scenarios"), say("errors.scenarios_remedy"))
    replications = require_count("replications", replications, 1, 10_000)
    seed = require_count("seed", seed, 0, MOST_SEED)
    threads = require_count("threads", threads if threads is not None else min(os.cpu_count() or 1, 32), 1, 256)
    jobs = [(name, number, own_seed) for number, own_seed in enumerate(chance.seeds(seed, replications), 1) for name in scenarios]

    def one(job):
        name, _, own_seed = job
        return simulate(scenarios[name], customers, months, own_seed, threads=1).kpis

    frames = []
    with ThreadPoolExecutor(threads) as pool:
        for done, kpis in enumerate(pool.map(one, jobs), 1):
            frames.append(kpis)
            if progress:
                progress(done)
    table = pd.concat(frames, keys=[job[:2] for job in jobs], names=["scenario", "replication"])
    return Comparison(list(scenarios), table)
