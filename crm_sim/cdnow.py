"""The purchase log of CDNOW: real customers to hold simulated ones against.

23,570 customers who bought at the online record shop CDNOW for the first time between January and March 1997, and everything they
bought until June 1998 (Fader, Hardie & Lee 2005). The log comes with the package `lifetimes`; only its data files are read, none
of its code is run.
"""

import math
from importlib import resources
from importlib.util import find_spec, module_from_spec

import pandas as pd

from crm_sim.errors import ScenarioError, require_count
from crm_sim.text import say

_COLUMNS = ["customer", "date", "quantity", "amount"]


def purchases() -> pd.DataFrame:
    """Every purchase of all 23,570 customers.

    Returns
    -------
    DataFrame
        69,659 rows, a purchase each: `customer` (number from 1), `date` (day), `quantity` (discs), `amount` (US dollars; 0 for a free disc).

    Raises
    ------
    ModuleNotFoundError
        When the package `lifetimes` is not installed.
    """
    return _read("CDNOW_master.txt", _COLUMNS, header=0)


def sample() -> pd.DataFrame:
    """The purchases of every tenth customer, 2,357 in all: the data of the published estimates. Columns and errors as `purchases`."""
    return _read("CDNOW_sample.txt", ["customer", "sampled", "date", "quantity", "amount"], header=None)[_COLUMNS]


def summary(purchases: pd.DataFrame, calibration_weeks: int = 39, holdout_weeks: int = 39) -> pd.DataFrame:
    """What the models of `crm_sim.firm.purchase_model` need of each customer, counted as Fader, Hardie & Lee (2005) count.

    Purchases of one day are one purchase; a customer's first day is not a repeat. The calibration window starts on the log's
    first day; the holdout window follows it.

    Returns
    -------
    DataFrame
        Index `customer`, one row for each who first bought in the calibration window:
        `frequency` (repeat purchases), `recency` (weeks from the first purchase to the last; 0 without a repeat), `T` (weeks from the first
        purchase to the end of the window), `mean_spend` (a repeat purchase's; NaN without one), `spend` (the window's, first purchase
        included) and `holdout_frequency` (purchases in the holdout window).

    Raises
    ------
    ScenarioError
        When `purchases` lacks a column or a purchase, or the log does not cover both windows.
    """
    missing = {"customer", "date", "amount"} - set(purchases.columns)
    if missing or purchases.empty:
        raise ScenarioError("purchases", list(purchases.columns), say("cdnow.columns"), say("cdnow.columns_remedy"))
    start = purchases["date"].min()
    weeks = math.ceil(((purchases["date"].max() - start).days + 1) / 7)
    holdout_weeks = require_count("holdout_weeks", holdout_weeks, 0, weeks - 1)
    calibration_weeks = require_count("calibration_weeks", calibration_weeks, 1, weeks - holdout_weeks)
    end = start + pd.Timedelta(weeks=calibration_weeks) - pd.Timedelta(days=1)

    days = purchases.groupby(["customer", "date"], as_index=False)["amount"].sum()
    days["first"] = days.groupby("customer")["date"].transform("min")
    days = days[days["first"] <= end]
    calibration = days[days["date"] <= end]
    holdout = days[(days["date"] > end) & (days["date"] <= end + pd.Timedelta(weeks=holdout_weeks))]
    repeats = calibration[calibration["date"] > calibration["first"]].groupby("customer")
    every = calibration.groupby("customer")
    first = every["first"].min()
    return pd.DataFrame({
        "frequency": repeats.size().reindex(first.index, fill_value=0),
        "recency": (every["date"].max() - first).dt.days / 7,
        "T": (end - first).dt.days / 7,
        "mean_spend": repeats["amount"].mean().reindex(first.index),
        "spend": every["amount"].sum(),
        "holdout_frequency": holdout.groupby("customer").size().reindex(first.index, fill_value=0),
    })


def _read(name: str, columns: list[str], header: int | None) -> pd.DataFrame:
    found = find_spec("lifetimes")
    if found is None:
        raise ModuleNotFoundError(say("cdnow.absent"), name="lifetimes")
    # A module that is made and not executed: its files can be opened, its code does not run.
    file = resources.files(module_from_spec(found)) / "datasets" / name
    with file.open(encoding="ascii") as lines:
        log = pd.read_csv(lines, sep=r"\s+", header=header, names=columns)
    return log.assign(date=pd.to_datetime(log["date"].astype(str), format="%Y%m%d"))
