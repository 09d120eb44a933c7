"""What the firm's records hold of each customer, and how a month is written into them."""

from typing import NamedTuple

import numpy as np

from crm_sim.compiled import compiled_loop


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


@compiled_loop
def record(records, month, first, orders, revenue, paid, complaint, settled, rating, offered, left, back):
    """Write one month of the customers from place `first` on: orders, money, complaints, answers, offers, and notices (`left`, all 0 without a contract)."""
    for k in range(orders.size):
        i = first + k
        ordered = orders[k] > 0
        new = ordered & (records.first_order_month[i] == 0)
        records.first_order_month[i] = month if new else records.first_order_month[i]
        records.last_order_month[i] = month if ordered else records.last_order_month[i]
        records.orders[i] += orders[k]
        records.revenue[i] += revenue[k]
        records.paid[i] += paid[k]
    for k in range(orders.size):
        i = first + k
        records.complaints[i] += complaint[k]
        records.complaints_settled[i] += settled[k]
        answered = rating[k] >= 0
        records.last_rating[i] = rating[k] if answered else records.last_rating[i]
        records.last_rating_month[i] = month if answered else records.last_rating_month[i]
        records.winback_offers[i] += offered[k]
        closed = 0 if back[k] > 0 else records.closed_month[i]
        records.closed_month[i] = month if left[k] > 0 else closed
