"""A year of a dairy's dealers and an exhibit on moving service between grades, simulated for a class by its seed."""

import numpy as np
import pandas as pd
from scipy import stats

import crm_sim as crm
from crm_sim import chance

PRESET = "dealers"
MONTHS, YEAR_STARTS = 24, 13
DEALERS = 160  # fifths and twentieths of them are whole numbers


def write(folder, seed):
    """Write ``dealers.csv`` and ``shifts.csv`` to `folder`, the same for the same seed."""
    dealers(seed).to_csv(folder / "dealers.csv")
    shifts(seed).to_csv(folder / "shifts.csv", index=False)


def dealers(seed) -> pd.DataFrame:
    """One row a dealer who ordered in the year: what the dairy's records hold at its end. Money in yuan, months of the year 1–12.

    More dealers than in the preset join while the records run, and all who joined less than six months ago are among those chosen.

    `tonnes`, `key_sites` and `visits` are drawn beside the simulation. `market` (the district's) and `wallet` (all the dairy goods
    that the dealer buys) are a representative's estimates: the true share of wallet, seen with error.
    """
    scenario = crm.load(PRESET).change({"market.start.share": 0.8, "market.joining.probability": 0.03})
    run = crm.simulate(scenario, customers=4 * DEALERS, months=MONTHS, seed=seed)
    panel = run.panel()
    year = panel[panel["month"] >= YEAR_STARTS]
    by_dealer = year.assign(active_months=year["orders"] > 0, complaints=year["complaint"] > 0).groupby("customer")
    table = by_dealer[["orders", "active_months", "revenue", "paid", "complaints"]].sum().rename(columns={"revenue": "sales"})
    table["receivable"] = by_dealer["receivable"].last()
    table["last_order"] = year[year["orders"] > 0].groupby("customer")["month"].max() - YEAR_STARTS + 1
    table["months"] = MONTHS + 1 - run.customers["first_order_month"]
    table = table[table["sales"] > 0]
    table = table.loc[table["months"].ge(6).sort_values(kind="stable").index[:DEALERS]].sort_index()

    luck = chance.generator(seed)
    size = table["sales"] / 1e6
    table["tonnes"] = (table["sales"] / luck.uniform(9_000, 20_000, DEALERS)).round(1)
    table["key_sites"] = luck.poisson(0.9 * np.sqrt(size))
    table["visits"] = luck.integers(6, 25, DEALERS)
    true_wallet = table["sales"] / run.truth["share_of_wallet"].loc[table.index]
    table["wallet"] = (true_wallet * luck.lognormal(0, 0.15, DEALERS)).clip(lower=table["sales"]).round(-3)
    table["market"] = (table["wallet"] / luck.uniform(0.1, 0.9, DEALERS)).round(-3)
    table.index = pd.RangeIndex(1, DEALERS + 1, name="dealer")
    columns = ["months", "orders", "active_months", "last_order", "sales", "tonnes", "paid", "receivable", "complaints", "visits", "key_sites", "market", "wallet"]
    return table[columns].round(2).astype({name: int for name in ("months", "last_order", "market", "wallet")})


def shifts(seed, customers=4 * DEALERS, replications=10) -> pd.DataFrame:
    """What moving service between grades does to the dairy, against leaving it as it is: mean and 95% interval over replications.

    Grade A is the fifth of the dealers with the highest sales when nothing is moved, C the lower half, B those between. In a shift the dealers
    of one grade get less quality, those of another as much more as the money saved buys. The dealers meet the same luck in every case.
    """
    today = crm.load(PRESET)
    rows = []
    for number, one in enumerate(chance.seeds(seed, replications)):
        lived = {0.0: _lives(today, customers, one)}
        rank = lived[0.0]["sales"].rank(pct=True, method="first")
        grades = {"A": rank > 0.8, "B": (rank > 0.5) & (rank <= 0.8), "C": rank <= 0.5}
        for loser, winner in (("C", "A"), ("A", "C"), ("C", "B")):
            less, more = -0.06, _bought(today, 0.06, grades[loser].mean() / grades[winner].mean())
            for change in (less, more):
                if change not in lived:
                    quality = today.policy.service.quality + change
                    lived[change] = _lives(today.change({"policy.service.quality": quality}), customers, one)
            change = {measure: sum((lived[step] - lived[0.0]).loc[grades[grade], measure].sum() for grade, step in ((loser, less), (winner, more)))
                      for measure in ("sales", "lost")}
            rows += [(f"{loser}_to_{winner}", measure, change[measure] / customers) for measure in change]
    table = pd.DataFrame(rows, columns=["shift", "measure", "difference"]).groupby(["shift", "measure"], sort=False)["difference"]
    half = table.sem() * stats.t.ppf(0.975, replications - 1)
    return pd.DataFrame({"difference": table.mean(), "low": table.mean() - half, "high": table.mean() + half}).round(4).reset_index()


def _lives(scenario, customers, seed):
    """Each customer's sales over the run, in yuan, and whether she is lost at the end."""
    run = crm.simulate(scenario, customers=customers, months=MONTHS, seed=seed)
    return pd.DataFrame({"sales": run.customers["revenue"].reindex(run.truth.index, fill_value=0.0), "lost": (run.truth["state"] == "lost").astype(float)})


def _bought(scenario, less, ratio):
    """How much quality the money buys that `less` quality saves with `ratio` times as many dealers."""
    cost = scenario.firm.quality_cost
    return float(np.log1p(ratio * -np.expm1(-cost * less)) / cost)
