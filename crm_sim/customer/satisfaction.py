"""Satisfaction: an encounter judged against expectation and price, and the sum of all encounters. All values in [0, 1]."""

from crm_sim.arithmetic import clip01
from crm_sim.compiled import compiled


@compiled
def perceived_value(performance, price, price_sensitivity):
    """What is got for what is given (Zeithaml 1988): performance less the sacrifice of paying more than is usual (`price` = 1)."""
    return clip01(performance - price_sensitivity * (price - 1.0))


@compiled
def encounter_satisfaction(performance, value, expectation, value_weight, exceeding, falling_short):
    """Satisfaction with one encounter: perceived performance and value, plus expectation disconfirmation.

    Falling short weighs more than exceeding; expectation has no direct effect (Anderson & Sullivan 1993). The ratio
    `falling_short / exceeding` starts at 2: 2.25 is loss aversion in Tversky & Kahneman 1992, while Streukens & de Ruyter
    2004 find that 1 fits as well.
    """
    disconfirmation = performance - expectation
    pull = exceeding * disconfirmation if disconfirmation > 0.0 else falling_short * disconfirmation
    return clip01((1.0 - value_weight) * performance + value_weight * value + pull)


@compiled
def cumulative_satisfaction(satisfaction, encounter, tenure, anchor_first, anchor_last):
    """Cumulative satisfaction: an anchor that each encounter moves, less so the longer the relationship (Bolton 1998, form; weights assumed).

    `tenure` in months; the weight falls from `anchor_first` at the start towards `anchor_last`, half-way after 12 months.
    """
    weight = anchor_last + (anchor_first - anchor_last) / (1.0 + tenure / 12.0)
    return clip01(satisfaction + weight * (encounter - satisfaction))


@compiled
def answer_probability(satisfaction, base, extreme):
    """Probability that a customer who is asked answers: the very satisfied and the very dissatisfied answer more often (assumption)."""
    distance = 2.0 * satisfaction - 1.0
    return clip01(base + extreme * distance * distance)


@compiled
def answer(score, noise):
    """An answer on the scale 0 to 10 to a latent score in [0, 1], with the leniency and mood of the moment (`noise`) added."""
    return int(10.0 * clip01(score + noise) + 0.5)
