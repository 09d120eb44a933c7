"""Win-back: whom the firm asks back, judged by its records alone."""

from crm_sim.compiled import compiled_loop


@compiled_loop
def choose(records, month, first, last, contract, wait, window, least_revenue, offers):
    """Set `offers[first:last]` to 1 for lost customers who are worth an offer, else 0.

    A customer counts as lost once a contract is closed or, without contracts, once she has not ordered for `wait` months. She is asked
    for `window` months from then, if she brought at least `least_revenue` cents a month while she bought.
    """
    if window == 0:
        offers[first:last] = 0
        return
    for i in range(first, last):
        gone = records.closed_month[i] if contract else records.last_order_month[i]
        away = month - gone
        due = (gone > 0) & (away >= wait) & (away < wait + window)
        months = records.last_order_month[i] - records.first_order_month[i] + 1
        offers[i] = due & (records.revenue[i] >= least_revenue * months)
