"""A finished run: its tables, one customer's story, save and open."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from crm_sim.clock import Clock, Counts, Population, Totals
from crm_sim.customer.state import CAUSES, STATES, State
from crm_sim.errors import ScenarioError, require_count, require_new_folder
from crm_sim.firm import accounts, policy as firm_policy
from crm_sim.firm.records import Records
from crm_sim.scenario import Scenario, load
from crm_sim.text import say
from crm_sim.version import VERSION

_TRUTH = ("tenure", "lives", "expectation", "satisfaction", "trust", "loyalty", "switching_cost", "share_of_wallet", "fit", "disposition", "purchase_rate", "order_value", "churn_hazard")


class Run:
    """What came of a scenario. Money is in yuan, months count from 1.

    Attributes: `scenario`, `customers_simulated`, `months`, `seed`.
    """

    def __init__(self, scenario: Scenario, customers: int, months: int, seed: int, counts: tuple[Counts, ...], totals: tuple[Totals, ...], population: Population,
                 version: str = VERSION):
        self.scenario, self.customers_simulated, self.months, self.seed = scenario, customers, months, seed
        self._counts, self._totals, self._population, self._version = counts, totals, population, version

    def __repr__(self) -> str:
        return f"<Run {self.scenario.name}: {self.customers_simulated:,} customers × {self.months} months, seed {self.seed}>"

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """One row a month, index `month`: counts, money in yuan, and what the survey shows.

        `csat` is the share of answers of 7 and more on 0–10 (top two of five boxes), in per cent; `nps` is the share of 9–10 less that of
        0–6 of the answers on recommending, in points. Both are NaN in a month without answers.
        """
        rows = [self._month_row(*pair) for pair in zip(self._counts, self._counts[1:], self._totals)]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, self.months + 1, name="month"))

    def _month_row(self, before: Counts, after: Counts, totals: Totals) -> dict:
        policy = self.scenario.policy
        asked = policy.survey.share * totals.active
        costs = accounts.costs(
            policy, self.scenario.firm, firm_policy.desk_capacity(policy, before.active), totals.served, totals.prospects, totals.acquired,
            totals.revenue, totals.settled_revenue, totals.offers, totals.regained_revenue, asked)
        cost = sum(costs.values())
        answers = totals.answers or float("nan")
        return {
            **{name: getattr(totals, name) for name in (
                "prospects", "active", "acquired", "lost", "lost_service", "lost_price", "lost_circumstances", "regained", "value_lost", "orders")},
            "revenue": totals.revenue / 100, "cost": cost / 100, "profit": (totals.revenue - cost) / 100,
            **{f"cost_{name}": amount / 100 for name, amount in costs.items()},
            "failures": totals.failures, "complaints": totals.complaints, "complaints_settled": totals.settled,
            "complaints_waiting": after.complaints_waiting,
            "first_response_hours": firm_policy.response_hours(policy, before.complaints_waiting, before.active),
            "csat": 100.0 * totals.satisfied / answers, "nps": 100.0 * (totals.promoters - totals.detractors) / answers, "survey_answers": totals.answers,
            "talk_positive": totals.talk_positive, "talk_negative": totals.talk_negative,
        }

    @cached_property
    def customers(self) -> pd.DataFrame:
        """What the firm's records show: one row for each customer who ever ordered, index `customer`. `closed_month` is known only where there is a contract."""
        records = self._population.records
        known = records.first_order_month > 0
        table = pd.DataFrame({name: array[known] for name, array in zip(Records._fields, records)},
                             index=pd.Index(self._population.ids[known].astype(np.int64), name="customer"))
        table["receivable"] = (table["revenue"] - table["paid"]) / 100
        table[["revenue", "paid"]] /= 100
        for month in ("last_rating_month", "closed_month"):
            table[month] = table[month].where(table[month] > 0).astype("Int16")
        table["last_rating"] = table["last_rating"].where(table["last_rating"] >= 0).astype("Int8")
        return table

    @cached_property
    def truth(self) -> pd.DataFrame:
        """The glass box: every customer's latent state at the end, index `customer`, prospects too. Attitudes lie in [0, 1]."""
        state = self._population.state
        table = pd.DataFrame({"state": pd.Categorical.from_codes(state.state, STATES), "lost_cause": pd.Categorical.from_codes(state.cause, CAUSES)},
                             index=pd.Index(self._population.ids.astype(np.int64), name="customer"))
        return table.assign(**{name: getattr(state, name) for name in _TRUTH})

    def panel(self, customers=None) -> pd.DataFrame:
        """Customer × month, lived again from the recorded month-end counts.

        `customers`: numbers from 0 to customers − 1 (a sequence; all when None). On record, and so known to the firm: `orders revenue paid receivable complaint settled
        rating`. Latent: `state failure expectation performance experience encounter_satisfaction satisfaction trust loyalty switching_cost
        share_of_wallet churn_hazard talk lost lost_cause regained joined downgraded`. `expectation` is the one held when the month's
        experience came; the other attitudes are those at the month's end.

        Raises `ScenarioError` for a number that is no customer's, or when the run comes from another version.
        """
        ids = self._ids(customers)
        clock = Clock(self.scenario, ids, self.seed, keep=True)
        frames = []
        for month, counts in enumerate(self._counts[:-1], 1):
            clock.live(month, counts)
            frames.append(self._panel_month(month, clock))
        return pd.concat(frames).sort_values(["customer", "month"], kind="stable", ignore_index=True)

    def _ids(self, customers) -> np.ndarray:
        if self._version != VERSION:
            raise ScenarioError("version", self._version, say("errors.other_version", version=self._version), say("errors.other_version_remedy"))
        if customers is None:
            return np.arange(self.customers_simulated, dtype=np.uint32)
        ids = np.atleast_1d(np.asarray(customers))
        high = self.customers_simulated - 1
        if ids.ndim != 1 or ids.size == 0 or ids.dtype.kind not in "iu" or ids.min() < 0 or ids.max() > high:
            raise ScenarioError("customers", customers, say("errors.names_of_customers", high=high), say("errors.choose"))
        return np.unique(ids).astype(np.uint32)

    @staticmethod
    def _panel_month(month: int, clock: Clock) -> pd.DataFrame:
        state, events = clock.population.state, clock.events[0]
        frame = pd.DataFrame({
            "customer": clock.population.ids.astype(np.int64), "month": month,
            "state": pd.Categorical.from_codes(state.state.copy(), STATES),
            "orders": events.orders, "revenue": events.revenue / 100, "paid": events.paid / 100, "receivable": state.owed / 100,
            "failure": events.failure, "complaint": events.complaint, "settled": events.settled,
            "rating": events.rating, "recommendation": events.recommendation,
            "expectation": events.expectation,
            **{name: np.where(events.orders > 0, getattr(events, name), np.nan) for name in ("performance", "experience", "encounter_satisfaction")},
            **{name: getattr(state, name).copy() for name in ("satisfaction", "trust", "loyalty", "switching_cost", "share_of_wallet")},
            "churn_hazard": events.hazard, "talk": events.talk, "joined": events.joined,
            "lost": (events.lost > 0).astype(np.int8), "lost_cause": pd.Categorical.from_codes(events.lost.copy(), CAUSES),
            "regained": events.regained, "downgraded": events.downgraded,
        })
        for answer in ("rating", "recommendation"):
            frame[answer] = frame[answer].where(frame[answer] >= 0).astype("Int8")
        return frame.astype({name: np.int8 for name in ("failure", "complaint", "settled", "talk", "joined", "regained", "downgraded")})

    def trace(self, customer: int) -> Trace:
        """One customer's story, month by month: a table with a `plot`. Raises `ScenarioError` for a number that is no customer's."""
        customer = require_count("customer", customer, 0, self.customers_simulated - 1)
        return Trace(self.panel([customer]).set_index("month"))

    def plot(self):
        """The four charts a manager looks at first; a Matplotlib figure."""
        from crm_sim import plots

        return plots.four_charts(self.kpis)

    def digest(self) -> str:
        """SHA-256 of every bit of the result, in hexadecimal."""
        total = hashlib.sha256(self.scenario.to_yaml().encode())
        total.update(json.dumps([self.customers_simulated, self.months, self.seed, self._counts, self._totals]).encode())
        for table in (self._population.state, self._population.records):
            for array in table:
                total.update(np.ascontiguousarray(array).data)
        return total.hexdigest()

    def save(self, folder) -> Path:
        """Write the run to a new folder: the scenario as YAML, the tables as Parquet, and what is needed to live it again.

        The folder appears whole or not at all. Raises `ScenarioError` when it exists already.
        """
        folder = Path(folder)
        require_new_folder("folder", folder)
        aside = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        try:
            self.scenario.save(aside / "scenario.yml")
            self.kpis.to_parquet(aside / "kpis.parquet")
            self.customers.to_parquet(aside / "customers.parquet")
            self.truth.to_parquet(aside / "truth.parquet")
            for name, table in (("state", self._population.state), ("records", self._population.records)):
                pd.DataFrame(table._asdict()).to_parquet(aside / f"{name}.parquet")
            facts = {"version": self._version, "customers": self.customers_simulated, "months": self.months, "seed": self.seed,
                     "counts": self._counts, "totals": self._totals, "digest": self.digest()}
            (aside / "run.json").write_text(json.dumps(facts), encoding="utf-8")
            aside.chmod(0o755)
            aside.rename(folder)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        return folder


class Trace(pd.DataFrame):
    """One customer's months as a table, index `month`."""

    @property
    def _constructor(self):
        return pd.DataFrame

    def plot(self):  # noqa: A003 - the table's own plot would draw every column
        """Expectation, experience and satisfaction over the months, with what happened; a Matplotlib figure."""
        from crm_sim import plots

        return plots.trace_plot(pd.DataFrame(self))


def open_run(folder) -> Run:
    """The run that `Run.save` wrote to `folder`; its digest is the same.

    Raises `ScenarioError` when the folder holds no run or its tables do not match the digest.
    """
    try:
        folder = Path(folder)
        facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        state = State(*(column.to_numpy(copy=True) for _, column in pd.read_parquet(folder / "state.parquet").items()))
        records = Records(*(column.to_numpy(copy=True) for _, column in pd.read_parquet(folder / "records.parquet").items()))
        scenario = load(folder / "scenario.yml")
        ids = np.arange(len(state.state), dtype=np.uint32)
        run = Run(scenario, facts["customers"], facts["months"], facts["seed"], tuple(Counts(*row) for row in facts["counts"]),
                  tuple(Totals(*row) for row in facts["totals"]), Population(ids, state, records), facts["version"])
        unharmed = run.digest() == facts["digest"]
    except ScenarioError:
        raise
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise ScenarioError("folder", str(folder), say("errors.not_a_run"), say("errors.not_a_run_remedy")) from problem
    if not unharmed:
        raise ScenarioError("folder", str(folder), say("errors.damaged"), say("errors.damaged_remedy"))
    return run
