"""Purchase: joining, how many orders, how much money, and what is paid of it."""

import math

from crm_sim.arithmetic import clip, clip01, exp
from crm_sim.compiled import compiled


@compiled
def joining_probability(base, promise, norm, promise_effect, advertising, advertising_effect, recommended, warned):
    """Probability that a prospect places a first order this month.

    Advertising has diminishing returns: its effect is `advertising_effect` × √(yuan a prospect) (assumption). Promising
    more than the trade's norm attracts (assumption). Recommendations leave (1 − p) to win, warnings p to lose
    (East, Hammond & Lomax 2008, latitude form); `recommended` and `warned` are effect × talkers a head.
    """
    p = clip01(base * (1.0 + advertising_effect * math.sqrt(advertising)) * exp(promise_effect * (promise - norm)))
    p = p + recommended * (1.0 - p)
    return clip01(p * (1.0 - warned))


@compiled
def poisson_term(probability, mean, count):
    """Probability of `count` orders from that of one order fewer: P(k) = P(k − 1) × mean / k."""
    return probability * mean / count


@compiled
def order_total(orders, order_value, price, share, share_start, shape, z):
    """Yuan spent in `orders` orders: gamma distributed about the customer's mean (gamma-gamma, Fader & Hardie 2013).

    The sum of n gamma values of shape p has shape np; its quantile at the normal deviate `z` is Wilson & Hilferty's (1931).
    """
    spread = 1.0 / (9.0 * shape * (orders if orders > 1.0 else 1.0))
    root = 1.0 - spread + z * math.sqrt(spread)
    root = root if root > 0.0 else 0.0
    return orders * order_value * price * (share / share_start) * root * root * root


@compiled
def share_of_wallet(share, base, satisfaction, reference, effect, speed):
    """Share of wallet after a month: drawn towards the customer's own base, higher with satisfaction above the reference.

    Changes in satisfaction move share of wallet (Cooil, Keiningham, Aksoy & Hsu 2007, sign; size and speed assumed).
    """
    aim = clip(base + effect * (satisfaction - reference), 0.02, 1.0)
    return share + speed * (aim - share)


@compiled
def payment(owed, discipline):
    """Cents paid of the cents `owed`: the customer's share, in whole cents."""
    return int(owed * discipline + 0.5)
