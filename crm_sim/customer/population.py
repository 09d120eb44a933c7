"""Birth: who the customers are before the first month, a pure function of (seed, customer, market)."""

import numpy as np

from crm_sim import chance
from crm_sim.arithmetic import clip, clip01, log
from crm_sim.compiled import compiled, compiled_loop
from crm_sim.customer.state import ACTIVE, PROSPECT

_BLOCK = 1024


@compiled
def beta_hazard(x, y):
    """Hazard −log(1 − p) with p ~ Beta(a, b), from gamma deviates x of shape a and y of shape b: log((x + y) / y)."""
    return log((x + y + 1e-12) / (y + 1e-12))


@compiled_loop
def give_birth(seed, ids, first, last, state, market):
    """Fill entries `first` to `last` of `state` for the customers `ids[first:last]`."""
    shapes, x, y = np.empty(_BLOCK), np.empty(_BLOCK), np.empty(_BLOCK)
    accepted = np.empty(_BLOCK, np.bool_)
    for start in range(first, last, _BLOCK):
        stop = min(start + _BLOCK, last)
        n = stop - start
        _attitudes(seed, ids, start, stop, state, market)
        _habits(seed, ids[start:stop], start, state, market, shapes[:n], x[:n], y[:n], accepted[:n])


@compiled_loop
def _attitudes(seed, ids, first, last, state, market):
    for k in range(first, last):
        a, b, c, d = chance.words(seed, ids[k], 0, chance.BIRTH_STATE)
        already = chance.uniform(a) < market.start_share
        tenure = int(chance.uniform(b) * (market.start_history_months + 1.0)) if already else 0
        state.state[k] = ACTIVE if already else PROSPECT
        state.lives[k] = 1 if already else 0
        state.tenure[k] = tenure
        state.experiences[k] = tenure
        fit = market.satisfaction_fit_spread * chance.normal(chance.words(seed, ids[k], 0, chance.BIRTH_FIT)[0])
        state.fit[k] = fit
        start = market.satisfaction_start + fit + market.satisfaction_start_spread * chance.normal(c)
        state.satisfaction[k] = clip01(start)
        state.trust[k] = clip01(start)
        state.expectation[k] = clip01(market.expectation_norm + market.expectation_spread * chance.normal(d))

        a, b, c, d = chance.words(seed, ids[k], 0, chance.BIRTH_TRAITS)
        state.disposition[k] = chance.uniform(a)
        state.loyalty[k] = clip01(market.loyalty_satisfaction_weight * start + market.loyalty_trust_weight * start
                                  + (1.0 - market.loyalty_satisfaction_weight - market.loyalty_trust_weight) * state.disposition[k])
        state.switching_cost[k] = clip01(market.switching_start + market.switching_spread * chance.normal(b))
        state.payment_discipline[k] = clip(market.payment_discipline + market.payment_spread * chance.normal(c), 0.02, 1.0)
        state.share_base[k] = market.spend_share_start
        state.share_of_wallet[k] = market.spend_share_start


@compiled_loop
def _habits(seed, ids, first, state, market, shapes, x, y, accepted):
    """Her own hazard of leaving, her order rate and the value of her orders: gamma deviates, drawn a block at a time."""
    contract = market.contract > 0.5
    shapes[:] = market.churn_beta_a
    chance.gamma(shapes, seed, ids, chance.BIRTH_CHURN_A, accepted, x)
    for k in range(ids.size):
        # Who is still here after t months is not who came: of Beta(a, b) churners, Beta(a, b + t) survive.
        survived = state.tenure[first + k] if contract else 0
        shapes[k] = market.churn_beta_b + survived
    chance.gamma(shapes, seed, ids, chance.BIRTH_CHURN_B, accepted, y)
    for k in range(ids.size):
        state.churn_hazard[first + k] = beta_hazard(x[k], y[k])

    if contract:
        state.purchase_rate[first:first + ids.size] = 1.0
    else:
        shapes[:] = market.purchase_rate_shape
        chance.gamma(shapes, seed, ids, chance.BIRTH_RATE, accepted, x)
        for k in range(ids.size):
            state.purchase_rate[first + k] = clip(x[k] / market.purchase_rate_scale, 1e-9, 25.0)

    shapes[:] = market.spend_value_shape
    chance.gamma(shapes, seed, ids, chance.BIRTH_SPEND, accepted, y)
    for k in range(ids.size):
        state.order_value[first + k] = clip(market.spend_order_shape * market.spend_value_scale / (y[k] + 1e-9), 0.0, 1e7)
