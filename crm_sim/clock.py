"""The clock: the firm decides → customers live a month → the firm records."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from crm_sim.compiled import compiled, compiled_loop
from crm_sim.customer import month as customer_month
from crm_sim.customer.population import give_birth
from crm_sim.customer.state import ACTIVE, CIRCUMSTANCES, NO_FAILURE, PRICE, PROSPECT, SERVICE, Market, Month, State, empty_month, empty_state
from crm_sim.firm import policy as firm_policy, records as firm_records, winback as firm_winback
from crm_sim.scenario import Scenario

_BLOCK = customer_month.BLOCK


class Counts(NamedTuple):
    """Month-end counts through which customers meet. Integers: their sum knows no order."""

    customers: int  # all customers of the simulation, prospects too
    talk_positive: int
    talk_negative: int
    complaints_waiting: int
    active: int


class Totals(NamedTuple):
    """Sums over all customers of one month; money in cents."""

    prospects: int
    active: int
    served: int  # active at some time of the month
    acquired: int
    lost: int
    lost_service: int
    lost_price: int
    lost_circumstances: int
    regained: int
    value_lost: int
    orders: int
    revenue: int
    failures: int
    complaints: int
    settled: int
    settled_revenue: int
    regained_revenue: int
    offers: int
    talk_positive: int
    talk_negative: int
    answers: int
    satisfied: int  # answers of 7 and more: the top two of five boxes
    promoters: int
    detractors: int


_TOTALS = len(Totals._fields)
(_PROSPECTS, _ACTIVE, _SERVED, _ACQUIRED, _LOST, _LOST_SERVICE, _LOST_PRICE, _LOST_CIRCUMSTANCES, _REGAINED, _VALUE_LOST, _ORDERS, _REVENUE,
 _FAILURES, _COMPLAINTS, _SETTLED, _SETTLED_REVENUE, _REGAINED_REVENUE, _OFFERS, _TALK_POSITIVE, _TALK_NEGATIVE, _ANSWERS, _SATISFIED,
 _PROMOTERS, _DETRACTORS) = range(_TOTALS)


class Asking(NamedTuple):
    """The rule of `firm.winback.choose` as numbers."""

    contract: bool
    wait: int
    window: int
    least_revenue: int  # cents a month


class Population(NamedTuple):
    """All customers of a run: who they are, how they feel, what is on record."""

    ids: np.ndarray  # uint32
    state: State
    records: firm_records.Records


@compiled
def _count(values, value):
    count = 0
    for k in range(values.size):
        count += values[k] == value
    return count


@compiled
def _count_between(values, low, high):
    count = 0
    for k in range(values.size):
        count += (values[k] >= low) & (values[k] <= high)
    return count


@compiled
def _sum_where(values, marks):
    total = 0
    for k in range(values.size):
        total += values[k] * marks[k]
    return total


@compiled_loop
def _tally(stage, events, at, n, offered, totals):
    """Add one block's month to `totals`, one loop a sum: each is a sum of integers, so its order does not matter."""
    end = at + n
    lost, revenue = events.lost[at:end], events.revenue[at:end]
    settled, regained, rating, recommendation = events.settled[at:end], events.regained[at:end], events.rating[at:end], events.recommendation[at:end]
    totals[_PROSPECTS] += _count(stage, PROSPECT)
    totals[_ACTIVE] += _count(stage, ACTIVE)
    by_service, by_price, by_circumstances = _count(lost, SERVICE), _count(lost, PRICE), _count(lost, CIRCUMSTANCES)
    totals[_LOST_SERVICE] += by_service
    totals[_LOST_PRICE] += by_price
    totals[_LOST_CIRCUMSTANCES] += by_circumstances
    totals[_LOST] += by_service + by_price + by_circumstances
    totals[_ACQUIRED] += events.joined[at:end].sum()
    totals[_REGAINED] += regained.sum()
    totals[_VALUE_LOST] += events.downgraded[at:end].sum()
    totals[_ORDERS] += events.orders[at:end].sum()
    totals[_REVENUE] += revenue.sum()
    totals[_REGAINED_REVENUE] += _sum_where(revenue, regained)
    totals[_FAILURES] += n - _count(events.failure[at:end], NO_FAILURE)
    totals[_COMPLAINTS] += events.complaint[at:end].sum()
    totals[_SETTLED] += settled.sum()
    totals[_SETTLED_REVENUE] += _sum_where(revenue, settled)
    totals[_OFFERS] += offered.sum()
    totals[_TALK_POSITIVE] += _count(events.talk[at:end], 1)
    totals[_TALK_NEGATIVE] += _count(events.talk[at:end], -1)
    totals[_ANSWERS] += _count_between(rating, 0, 10)
    totals[_SATISFIED] += _count_between(rating, 7, 10)
    totals[_PROMOTERS] += _count_between(recommendation, 9, 10)
    totals[_DETRACTORS] += _count_between(recommendation, 0, 6)


@compiled_loop
def _live_range(seed, month, ids, first, last, state, records, offers, events, keep, market, terms, counts, asking, totals):
    """Customers `first` to `last` live one month, block by block: the firm asks, they live, the firm records.

    With `keep`, each customer's month stays in `events` at her own place; otherwise `events` is room for one block.
    """
    u = np.empty((12, _BLOCK), np.uint32)
    work = np.empty((3, _BLOCK))
    silent = np.zeros(_BLOCK, np.int8)
    for start in range(first, last, _BLOCK):
        stop = min(start + _BLOCK, last)
        n = stop - start
        at = start if keep else 0
        firm_winback.choose(records, month, start, stop, asking.contract, asking.wait, asking.window, asking.least_revenue, offers)
        customer_month.live(seed, month, ids, start, stop, state, offers, events, at, market, terms, counts, u, work)
        left = events.lost[at:at + n] if asking.contract else silent[:n]
        firm_records.record(
            records, month, start, events.orders[at:at + n], events.revenue[at:at + n], events.paid[at:at + n],
            events.complaint[at:at + n], events.settled[at:at + n], events.rating[at:at + n], offers[start:stop], left,
            events.regained[at:at + n])
        _tally(state.state[start:stop], events, at, n, offers[start:stop], totals)


class Clock:
    """A simulation that can be moved on month by month. `simulate` and the panel of a run both turn it.

    Parameters: a scenario; `ids`, the customers to live (all of a run, or a part of them); `threads` ≥ 1; `keep`: hold each customer's last month.
    """

    def __init__(self, scenario: Scenario, ids: np.ndarray, seed: int, threads: int = 1, keep: bool = False):
        self.scenario, self.seed, self.threads = scenario, np.uint64(seed), threads
        self.population = Population(ids, empty_state(len(ids)), firm_records.empty_records(len(ids)))
        self.market: Market = scenario.market.numbers()
        asking = scenario.policy.winback
        self._asking = Asking(scenario.market.contract, asking.wait, asking.window, round(100 * asking.least_revenue))
        self._offers = np.zeros(len(ids), np.int8)
        self.keep = keep
        self._ranges = _ranges(len(ids), threads)
        self.events: list[Month] = [empty_month(len(ids))] if keep else [empty_month(min(_BLOCK, len(ids))) for _ in self._ranges]
        self._each(lambda part, first, last: give_birth(self.seed, ids, first, last, self.population.state, self.market))

    def _each(self, work) -> None:
        """Call `work(part, first, last)` for every range, on a thread each."""
        if len(self._ranges) == 1:
            work(0, *self._ranges[0])
            return
        with ThreadPoolExecutor(len(self._ranges)) as pool:
            list(pool.map(lambda part: work(part, *self._ranges[part]), range(len(self._ranges))))

    def live(self, month: int, counts: Counts) -> Totals:
        """All live `month` (from 1) under the counts of last month's end. Returns this month's sums."""
        joining = _joining(self.scenario, month)
        terms = firm_policy.decide(self.scenario.policy, counts.complaints_waiting, counts.active, joining)
        sums = np.zeros((len(self._ranges), _TOTALS), np.int64)

        def part(number, first, last):
            _live_range(self.seed, month, self.population.ids, first, last, self.population.state, self.population.records, self._offers,
                        self.events[0 if self.keep else number], self.keep, self.market, terms, counts, self._asking, sums[number])

        self._each(part)
        totals = Totals(*(int(value) for value in sums.sum(axis=0)))
        return totals._replace(served=totals.active + totals.lost)


def _ranges(customers: int, threads: int) -> list[tuple[int, int]]:
    """Customers in `threads` ranges of whole blocks."""
    blocks = -(-customers // _BLOCK)
    edges = [min(customers, _BLOCK * (blocks * part // threads)) for part in range(threads + 1)]
    return [(first, last) for first, last in zip(edges, edges[1:]) if last > first]


def _joining(scenario: Scenario, month: int) -> float:
    """Probability that a prospect joins this month where the scenario sets a schedule, else −1."""
    schedule = scenario.market.joining.schedule
    if not schedule:
        return -1.0
    if month > len(schedule):
        return 0.0
    left = 1.0 - scenario.market.start.share - sum(schedule[:month - 1])
    return min(1.0, schedule[month - 1] / left) if left > 1e-12 else 0.0


def first_counts(clock: Clock) -> Counts:
    """The counts before month 1, of a clock that holds all customers."""
    return Counts(len(clock.population.ids), 0, 0, 0, int(np.count_nonzero(clock.population.state.state == ACTIVE)))


def next_counts(scenario: Scenario, counts: Counts, totals: Totals) -> Counts:
    """The counts at the end of a month: who talked, and which complaints still wait."""
    handled = int(firm_policy.desk_capacity(scenario.policy, counts.active))
    waiting = max(0, counts.complaints_waiting + totals.complaints - handled)
    return Counts(counts.customers, totals.talk_positive, totals.talk_negative, waiting, totals.active)
