"""Small questions that lessons put to a run: who stays, how many answers are enough, what the same money buys. And their tables in words."""

from __future__ import annotations

import math

import pandas as pd
from scipy import optimize, stats

from crm_sim.compare import Comparison
from crm_sim.errors import ScenarioError
from crm_sim.firm.accounts import service_cost
from crm_sim.scenario import Scenario, ServicePolicy
from crm_sim.text import catalogue, language, say


def lost_a_year(kpis: pd.DataFrame) -> float:
    """Customers lost in twelve months for every hundred active, from a table like `Run.kpis`: 1,200 × lost / customer-months."""
    return float(1200.0 * kpis["lost"].sum() / kpis["active"].sum())


def fewer_lost(comparison: Comparison, level: float = 0.95) -> pd.DataFrame:
    """How many customers in a hundred each scenario saves a year against the first: index `scenario`, columns `mean low high`.

    From `lost_a_year` of every replication; the interval is Student's t over pairs of the same luck, NaN with one replication.
    """
    yearly = comparison.months.groupby(level=["scenario", "replication"]).apply(lost_a_year).unstack("scenario")
    saved = yearly[comparison.names[1:]].rsub(yearly[comparison.names[0]], axis=0)
    mean, half = saved.mean(), saved.sem() * stats.t.ppf(0.5 + level / 2.0, len(saved) - 1)
    return pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half})


def gathered_difference(comparison: Comparison, figures: list[str]) -> pd.DataFrame:
    """What the second scenario has gathered more than the first by the end of each month: index `month`, a column a figure.

    `figures` : flows of `Run.kpis`, such as `acquired` or `profit`; the mean over replications is taken.
    """
    first, second = (comparison.months.loc[name][figures].groupby(level="month").mean() for name in comparison.names[:2])
    return (second - first).cumsum()


def staying_by(panel: pd.DataFrame, attitude: str = "satisfaction", groups: int = 10) -> pd.DataFrame:
    """Who stays, by an attitude at the end of the month before.

    Every month of a customer who was active at its start is one observation. `groups` of equal size, 1 the lowest.

    Parameters
    ----------
    panel : like `Run.panel`, sorted by customer and month
    attitude : a column of it, such as `satisfaction`
    groups : 2 to 100

    Returns
    -------
    DataFrame, index `group` : the attitude's mean; `lost_a_month`, a share in [0, 1]; `stay_a_year`, the per cent that would
    remain after twelve such months; `customer_months`
    """
    if not 2 <= groups <= 100:
        raise ValueError(f"groups must be between 2 and 100, not {groups}")
    before = panel.groupby("customer")[["state", attitude]].shift()
    months = pd.DataFrame({attitude: before[attitude], "lost": panel["lost"]})[before["state"] == "active"]
    group = pd.qcut(months[attitude].rank(method="first"), groups, labels=range(1, groups + 1)).astype(int).rename("group")
    table = months.groupby(group).agg(**{attitude: (attitude, "mean"), "lost_a_month": ("lost", "mean"), "customer_months": ("lost", "size")})
    table.insert(2, "stay_a_year", 100.0 * (1.0 - table["lost_a_month"]) ** 12)
    return table


def instruments(panel: pd.DataFrame) -> pd.Series:
    """What three instruments read from the answers in a panel, and what they are meant to read.

    `csat`: per cent of ratings of 7 and more; `nps`: per cent of recommendations 9–10 less that of 0–6, in points; `index`: mean of both
    answers on 0–100, of equal weight (the form of Fornell et al. 1996); `latent`: mean satisfaction of those who answered × 100.
    """
    answers = panel[panel["rating"].notna()]
    rating, recommendation = answers["rating"].astype(int), answers["recommendation"].astype(int)
    return pd.Series({
        "csat": 100.0 * (rating >= 7).mean(),
        "nps": 100.0 * ((recommendation >= 9).mean() - (recommendation <= 6).mean()),
        "index": 5.0 * (rating.mean() + recommendation.mean()),
        "latent": 100.0 * answers["satisfaction"].mean()})


def lost_after_answer(panel: pd.DataFrame, months: int = 12) -> pd.DataFrame:
    """Who is lost within `months` (1 to 120) after answering a survey: index `answer` (0–6, 7–8, 9–10), columns `answers` and `lost`, in per cent.

    An answer counts when the panel goes on for that long after it.
    """
    if not 1 <= months < panel["month"].max() <= 1200:
        raise ValueError(f"months must be between 1 and {panel['month'].max() - 1}, the panel's length less one, not {months}")
    answers = panel[panel["rating"].notna() & (panel["month"] <= panel["month"].max() - months)]
    left = panel[panel["lost"] == 1].merge(answers[["customer", "month"]], on="customer", suffixes=("", "_answer"))
    soon = left[(left["month"] > left["month_answer"]) & (left["month"] <= left["month_answer"] + months)]
    lost = pd.MultiIndex.from_frame(answers[["customer", "month"]]).isin(pd.MultiIndex.from_frame(soon[["customer", "month_answer"]]))
    box = pd.cut(answers["rating"].astype(int), [-1, 6, 8, 10], labels=["0–6", "7–8", "9–10"]).rename("answer")
    groups = pd.Series(100.0 * lost, answers.index).groupby(box, observed=True)
    return pd.DataFrame({"answers": groups.size(), "lost": groups.mean()})


def answers_needed(first: float, second: float, power: float = 0.8, level: float = 0.95) -> int:
    """Answers that each of two surveys needs to tell the shares `first` and `second` apart.

    Two-sided test of two proportions, normal approximation: the share of surveys that find the difference is `power`, and
    1 − `level` of them find one where there is none. All four lie strictly between 0 and 1.
    """
    for name, value in (("first", first), ("second", second), ("power", power), ("level", level)):
        if not 0.0 < value < 1.0:
            raise ValueError(f"{name} must lie strictly between 0 and 1, not {value}")
    if first == second:
        raise ValueError(f"first and second must differ, both are {first}")
    middle = (first + second) / 2.0
    alike = stats.norm.ppf(0.5 + level / 2.0) * math.sqrt(2.0 * middle * (1.0 - middle))
    apart = stats.norm.ppf(power) * math.sqrt(first * (1.0 - first) + second * (1.0 - second))
    return math.ceil(((alike + apart) / (first - second)) ** 2)


def spend_on(scenario: Scenario, lever: str, yuan: float) -> Scenario:
    """The scenario with one lever of the service moved until the service costs `yuan` a served customer a month.

    Parameters
    ----------
    lever : a setting of `policy.service`: `quality`, `swing`, `minor_failure` or `serious_failure`

    Raises `ScenarioError` when there is no such lever or no setting of it costs that much.
    """
    field = ServicePolicy.model_fields.get(lever)
    if field is None:
        raise ScenarioError("lever", lever, say("errors.unknown_setting"), say("errors.see_settings", names=", ".join(ServicePolicy.model_fields)))
    low, high = (next(getattr(mark, side) for mark in field.metadata if hasattr(mark, side)) for side in ("ge", "le"))

    def excess(value):
        return service_cost(scenario.policy.service.model_copy(update={lever: value}), scenario.firm) - yuan

    if excess(low) * excess(high) > 0.0:
        least, most = sorted((excess(low) + yuan, excess(high) + yuan))
        raise ScenarioError("yuan", yuan, say("errors.number", low=f"{least:.2f}", high=f"{most:.2f}"), say("errors.choose"))
    return scenario.change({f"policy.service.{lever}": optimize.brentq(excess, low, high, xtol=1e-9)})


def named(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """The table with its rows and columns called as in the catalogue: entry `x` becomes the text of `<group>.x`; what has none there stays.

    The same holds for the index's own name, which is left out when it has no text.
    """
    words = catalogue(group.partition(".")[0], language())

    def name(entry):
        return words.get(f"{group}.{entry}", entry)

    return table.rename(index=name, columns=name).rename_axis(index=words.get(f"{group}.{table.index.name}"), columns=None)
