"""A scenario, lived by its customers for some months."""

from __future__ import annotations

import os

import numpy as np

from crm_sim.clock import Clock, first_counts, next_counts
from crm_sim.errors import ScenarioError, require_count
from crm_sim.run import Run
from crm_sim.scenario import Scenario
from crm_sim.text import say

MOST_CUSTOMERS, MOST_MONTHS, MOST_SEED = 100_000_000, 1200, 2**64 - 1


def simulate(scenario: Scenario, customers: int = 20_000, months: int = 36, seed: int = 1, threads: int | None = None, progress=None) -> Run:
    """Let `customers` customers live `months` months under a scenario.

    Parameters
    ----------
    customers : 1 to 100,000,000, prospects included
    months : 1 to 1,200
    seed : 0 to 2^64 − 1; the same scenario, seed and version give the same bits
    threads : how many to use; all processors when None. Does not change the result
    progress : called with the number of each finished month

    Returns
    -------
    Run

    Raises
    ------
    ScenarioError
        When a number lies outside its range.
    """
    if not isinstance(scenario, Scenario):
        raise ScenarioError("scenario", scenario, say("errors.kind", kind="crm.load(…)"), say("errors.choose"))
    customers = require_count("customers", customers, 1, MOST_CUSTOMERS)
    months = require_count("months", months, 1, MOST_MONTHS)
    seed = require_count("seed", seed, 0, MOST_SEED)
    threads = require_count("threads", threads if threads is not None else min(os.cpu_count() or 1, 32), 1, 256)
    clock = Clock(scenario, np.arange(customers, dtype=np.uint32), seed, threads)
    counts = first_counts(clock)
    met, rows = [counts], []
    for month in range(1, months + 1):
        totals = clock.live(month, counts)
        rows.append(totals)
        counts = next_counts(scenario, counts, totals)
        met.append(counts)
        if progress:
            progress(month)
    return Run(scenario, customers, months, seed, tuple(met), tuple(rows), clock.population)
