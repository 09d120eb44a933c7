"""The table of a customer: every field with its type, unit, range and meaning.

Three tables: `State` is what a customer is and feels (latent), `Month` what she does in one month, `Market` the numbers
of the scenario that her behaviour follows. Each is a structure of arrays or of numbers that compiled code reads by name.
"""

from typing import NamedTuple

import numpy as np

PROSPECT, ACTIVE, LOST = 0, 1, 2
STATES = ("prospect", "active", "lost")
NO_CAUSE, SERVICE, PRICE, CIRCUMSTANCES = 0, 1, 2, 3
CAUSES = ("", "service", "price", "circumstances")
NO_FAILURE, MINOR, SERIOUS = 0, 1, 2


class State(NamedTuple):
    """Latent state, one entry a customer. Real numbers are stored in 32 bits and computed in 64."""

    state: np.ndarray  # int8: PROSPECT, ACTIVE or LOST
    cause: np.ndarray  # int8: why she left last, NO_CAUSE to CIRCUMSTANCES
    lives: np.ndarray  # int16: times she became a customer; 2 after a win-back
    tenure: np.ndarray  # int16: months since she joined (or since she left, when lost)
    experiences: np.ndarray  # int16: months with an experience of the service
    purchase_rate: np.ndarray  # float32: orders a month, > 0
    order_value: np.ndarray  # float32: mean yuan an order at her first share of wallet, 0 to 10 million
    churn_hazard: np.ndarray  # float32: her own hazard of leaving at each occasion, at reference attitudes, > 0
    fit: np.ndarray  # float32: how much better the offer suits her than the average customer, performance, about ±0.3
    disposition: np.ndarray  # float32: inclination to be loyal to anyone, [0, 1]
    payment_discipline: np.ndarray  # float32: share of what she owes that she pays in a month, (0, 1]
    expectation: np.ndarray  # float32: the performance she expects, [0, 1]
    satisfaction: np.ndarray  # float32: cumulative satisfaction, [0, 1]
    trust: np.ndarray  # float32, [0, 1]
    loyalty: np.ndarray  # float32: attitudinal loyalty, [0, 1]
    switching_cost: np.ndarray  # float32: perceived switching cost, [0, 1]
    share_of_wallet: np.ndarray  # float32: part of her spending in the trade that comes to this firm, [0, 1]
    share_base: np.ndarray  # float32: the share she returns to at reference satisfaction, [0, 1]
    owed: np.ndarray  # int64: cents she owes the firm, >= 0


class Month(NamedTuple):
    """What one customer did and met in one month, one entry a customer."""

    orders: np.ndarray  # int32: orders placed
    revenue: np.ndarray  # int64: cents
    paid: np.ndarray  # int64: cents
    failure: np.ndarray  # int8: NO_FAILURE, MINOR or SERIOUS
    complaint: np.ndarray  # int8: 1 if she complained
    settled: np.ndarray  # int8: 1 if the complaint was settled to her satisfaction
    talk: np.ndarray  # int8: +1 recommended, -1 warned, 0 silent
    rating: np.ndarray  # int8: survey answer on satisfaction, 0 to 10; -1 when there is none
    recommendation: np.ndarray  # int8: survey answer on recommending, 0 to 10; -1 when there is none
    joined: np.ndarray  # int8: 1 in the month of her first order
    lost: np.ndarray  # int8: cause of leaving this month, else 0
    regained: np.ndarray  # int8: 1 in the month she came back
    downgraded: np.ndarray  # int8: 1 if she stayed and moved part of her spending elsewhere
    expectation: np.ndarray  # float64: what she expected when the month's experience came, [0, 1]
    experience: np.ndarray  # float64: the service as it was, [0, 1]; without meaning where there was no order
    performance: np.ndarray  # float64: the service as she perceived it, [0, 1]; likewise
    encounter_satisfaction: np.ndarray  # float64: satisfaction with this month alone, [0, 1]; likewise
    hazard: np.ndarray  # float64: hazard of leaving at each occasion of this month, >= 0


class Market(NamedTuple):
    """The scenario's numbers, flat: `group_parameter` is `market.group.parameter` of the scenario, where it is explained."""

    contract: float
    joining_probability: float
    joining_promise_effect: float
    joining_advertising_effect: float
    joining_recommended: float
    joining_warned: float
    start_share: float
    start_history_months: float
    expectation_norm: float
    expectation_spread: float
    expectation_weight: float
    expectation_promise_weight: float
    expectation_assimilation: float
    expectation_contrast: float
    expectation_latitude: float
    satisfaction_value_weight: float
    satisfaction_price_sensitivity: float
    satisfaction_exceeding: float
    satisfaction_falling_short: float
    satisfaction_anchor_first: float
    satisfaction_anchor_last: float
    satisfaction_fit_spread: float
    satisfaction_start: float
    satisfaction_start_spread: float
    failure_minor_depth: float
    failure_serious_depth: float
    complaint_minor: float
    complaint_serious: float
    complaint_distributive: float
    complaint_interactional: float
    complaint_procedural: float
    complaint_patience_hours: float
    complaint_recovery: float
    complaint_incident_weight: float
    complaint_stay_minor_silent: float
    complaint_stay_minor_unsettled: float
    complaint_stay_minor_settled: float
    complaint_stay_minor_quickly: float
    complaint_stay_serious_silent: float
    complaint_stay_serious_unsettled: float
    complaint_stay_serious_settled: float
    complaint_stay_serious_quickly: float
    loyalty_trust_speed: float
    loyalty_trust_breach: float
    loyalty_satisfaction_weight: float
    loyalty_trust_weight: float
    loyalty_speed: float
    switching_start: float
    switching_spread: float
    switching_growth: float
    switching_reward_effect: float
    switching_moderation: float
    churn_choice: float
    churn_beta_a: float
    churn_beta_b: float
    churn_satisfaction_effect: float
    churn_switching_cost_effect: float
    churn_trust_effect: float
    churn_prior_churn_effect: float
    churn_price_effect: float
    churn_price_share: float
    churn_circumstances_share: float
    churn_reference_satisfaction: float
    churn_reference_trust: float
    purchase_rate_shape: float
    purchase_rate_scale: float
    purchase_price_elasticity: float
    spend_order_shape: float
    spend_value_shape: float
    spend_value_scale: float
    spend_share_start: float
    spend_share_effect: float
    spend_share_speed: float
    spend_downgrade_hazard: float
    spend_downgrade_factor: float
    payment_discipline: float
    payment_spread: float
    talk_positive: float
    talk_negative: float
    survey_answer_base: float
    survey_answer_extreme: float
    survey_noise: float
    survey_leniency: float
    winback_base: float
    winback_satisfaction_effect: float
    winback_service_effect: float
    winback_offer_effect: float
    winback_lapse_effect: float


_STATE_TYPES = {"state": np.int8, "cause": np.int8, "lives": np.int16, "tenure": np.int16, "experiences": np.int16, "owed": np.int64}
_MONTH_TYPES = {"orders": np.int32, "revenue": np.int64, "paid": np.int64,
                **dict.fromkeys(("expectation", "experience", "performance", "encounter_satisfaction", "hazard"), np.float64)}


def empty_state(customers: int) -> State:
    """Tables for `customers` customers, zero everywhere."""
    return State(*(np.zeros(customers, _STATE_TYPES.get(field, np.float32)) for field in State._fields))


def empty_month(customers: int) -> Month:
    """Tables for one month of `customers` customers, zero everywhere."""
    return Month(*(np.zeros(customers, _MONTH_TYPES.get(field, np.int8)) for field in Month._fields))
