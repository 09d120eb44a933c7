"""Birth: who the customers are before the first month, a pure function of (seed, customer, market)."""

from crm_sim import chance
from crm_sim.arithmetic import clip, clip01, log
from crm_sim.compiled import compiled, compiled_loop
from crm_sim.customer.state import ACTIVE, PROSPECT


@compiled
def beta_hazard(a, b, seed, customer):
    """Hazard −log(1 − p) with p ~ Beta(a, b), from two gamma deviates: log((x + y) / y)."""
    x = chance.gamma(a, seed, customer, chance.BIRTH_CHURN_A)
    y = chance.gamma(b, seed, customer, chance.BIRTH_CHURN_B)
    return log((x + y + 1e-12) / (y + 1e-12))


@compiled_loop
def give_birth(seed, ids, first, last, state, market):
    """Fill entries `first` to `last` of `state` for the customers `ids[first:last]`."""
    contract = market.contract > 0.5
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

        # Who is still here after t months is not who came: of Beta(a, b) churners, Beta(a, b + t) survive.
        survived = tenure if contract else 0
        state.churn_hazard[k] = beta_hazard(market.churn_beta_a, market.churn_beta_b + survived, seed, ids[k])
        rate = chance.gamma(market.purchase_rate_shape, seed, ids[k], chance.BIRTH_RATE) / market.purchase_rate_scale
        state.purchase_rate[k] = 1.0 if contract else clip(rate, 1e-9, 25.0)
        nu = chance.gamma(market.spend_value_shape, seed, ids[k], chance.BIRTH_SPEND)
        state.order_value[k] = clip(market.spend_order_shape * market.spend_value_scale / (nu + 1e-9), 0.0, 1e7)
