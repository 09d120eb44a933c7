"""What the firm's records hold of each customer, and how a month is written into them."""

from typing import NamedTuple

import numpy as np

from crm_sim.compiled import compiled, compiled_loop


class Records(NamedTuple):
    """One entry a customer. Months count from 1; 0 means never."""

    first_order_month: np.ndarray  # int16
    last_order_month: np.ndarray  # int16
    orders: np.ndarray  # int32
    revenue: np.ndarray  # int64: cents since the first month
    paid: np.ndarray  # int64: cents since the first month
    complaints: np.ndarray  # int16
    complaints_settled: np.ndarray  # int16
    last_rating: np.ndarray  # int8: 0 to 10, -1 when never answered
    last_rating_month: np.ndarray  # int16
    winback_offers: np.ndarray  # int16
    closed_month: np.ndarray  # int16: month of the notice; only a contract tells


_TYPES = {"orders": np.int32, "revenue": np.int64, "paid": np.int64, "last_rating": np.int8}


def empty_records(customers: int) -> Records:
    """Records of `customers` customers of whom nothing is known yet."""
    records = Records(*(np.zeros(customers, _TYPES.get(field, np.int16)) for field in Records._fields))
    records.last_rating[:] = -1
    return records


@compiled
def _add(sums, values):
    for k in range(values.size):
        sums[k] += values[k]


@compiled_loop
def record(records, month, first, orders, revenue, paid, complaint, settled, rating, offered, left, back):
    """Write one month of the customers from place `first` on: orders, money, complaints, answers, offers, and notices (`left`, all 0 without a contract)."""
    last = first + orders.size
    first_order, last_order = records.first_order_month[first:last], records.last_order_month[first:last]
    for k in range(orders.size):
        new = (orders[k] > 0) & (first_order[k] == 0)
        first_order[k] = month if new else first_order[k]
        last_order[k] = month if orders[k] > 0 else last_order[k]
    _add(records.orders[first:last], orders)
    _add(records.revenue[first:last], revenue)
    _add(records.paid[first:last], paid)
    _add(records.complaints[first:last], complaint)
    _add(records.complaints_settled[first:last], settled)
    _add(records.winback_offers[first:last], offered)
    last_rating, rating_month, closed = records.last_rating[first:last], records.last_rating_month[first:last], records.closed_month[first:last]
    for k in range(orders.size):
        last_rating[k] = rating[k] if rating[k] >= 0 else last_rating[k]
        rating_month[k] = month if rating[k] >= 0 else rating_month[k]
    for k in range(orders.size):
        still = 0 if back[k] > 0 else closed[k]
        closed[k] = month if left[k] > 0 else still
