"""What the firm's records tell of customers without a contract: how often they will buy, whether they still do, what they spend.

BG/NBD (Fader, Hardie & Lee 2005): while a customer is active she buys at random moments, λ times per unit of time, λ ~ Gamma(r, rate α);
after each repeat purchase she leaves for good with probability p ~ Beta(a, b). Gamma-gamma (Fader & Hardie 2013): a purchase's value is
gamma distributed with shape p about the customer's own mean, and 1 / mean varies over customers as a gamma of shape q and scale v.

`frequency` is a customer's number of repeat purchases, `recency` the time from her first purchase to her last, `T` the time from her first
purchase to the end of the records. Time may be counted in any unit; α, `recency`, `T` and `t` share it.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats
from scipy.special import betaln, gammaln, hyp2f1, xlogy

from crm_sim.errors import ScenarioError
from crm_sim.text import say


@dataclass(frozen=True)
class BGNBD:
    """A fitted BG/NBD model: its four parameters, all > 0, and the log-likelihood of the records at them."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")

    def probability_of(self, count, t):
        """Probability that a customer makes `count` repeat purchases within `t` of her first (equation 8 of the paper)."""
        count = np.asarray(count)
        purchases, everyone = stats.nbinom(self.r, self.alpha / (self.alpha + t)), betaln(self.a, self.b)
        still_active = np.exp(betaln(self.a, self.b + count) - everyone) * purchases.pmf(count)
        left_at_last = np.exp(betaln(self.a + 1, self.b + np.maximum(count, 1) - 1) - everyone) * purchases.sf(count - 1)
        return still_active + np.where(count > 0, left_at_last, 0.0)

    def expected_purchases(self, t):
        """Expected repeat purchases of a customer within `t` of her first (equation 9)."""
        a, z = self._a_but_1(), t / (self.alpha + t)
        return (a + self.b - 1) / (a - 1) * (1 - (1 - z) ** self.r * hyp2f1(self.r, self.b, a + self.b - 1, z))

    def probability_alive(self, frequency, recency, T):
        """Probability that a customer with these records has not left. It is 1 without a repeat purchase: only those are followed by leaving."""
        frequency, recency, T = _customers(frequency, recency, T)
        return 1 / (1 + self._odds_of_having_left(frequency, recency, T))

    def conditional_expected_purchases(self, t, frequency, recency, T):
        """Expected purchases, in the `t` after the end of the records, of a customer with these records (equation 10)."""
        frequency, recency, T = _customers(frequency, recency, T)
        a, x, z = self._a_but_1(), frequency, t / (self.alpha + T + t)
        rise = 1 - (1 - z) ** (self.r + x) * hyp2f1(self.r + x, self.b + x, a + self.b + x - 1, z)
        return (a + self.b + x - 1) / (a - 1) * rise / (1 + self._odds_of_having_left(frequency, recency, T))

    def _odds_of_having_left(self, frequency, recency, T):
        repeats = np.maximum(frequency, 1)
        odds = self.a / (self.b + repeats - 1) * ((self.alpha + T) / (self.alpha + recency)) ** (self.r + frequency)
        return np.where(frequency > 0, odds, 0.0)

    def _a_but_1(self):
        # At a = 1 the expectations are 0 / 0 with a limit; a step aside takes it to nine digits.
        return self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6


@dataclass(frozen=True)
class GammaGamma:
    """A fitted gamma-gamma model: shapes p and q and scale v, all > 0, and the log-likelihood of the records at them."""

    p: float
    q: float
    v: float
    log_likelihood: float = float("nan")

    def expected_mean_spend(self, frequency, mean_spend):
        """The expected value of a further purchase of a customer whose `frequency` purchases were worth `mean_spend` on average (equation 5 of the note).

        Her own mean, drawn towards everyone's; `mean_spend` is ignored where `frequency` is 0. Finite where p × frequency + q > 1.
        """
        frequency = np.asarray(frequency, dtype=float)
        total = np.where(frequency > 0, frequency * np.asarray(mean_spend, dtype=float), 0.0)
        return self.p * (self.v + total) / (self.p * frequency + self.q - 1)


def bg_nbd_log_likelihood(r, alpha, a, b, frequency, recency, T):
    """Log-likelihood of each customer's records (Fader, Hardie & Lee 2005), an array as long as `frequency`.

    She bought x times and either stayed, silent since the last purchase, or left right after it; without a repeat purchase she stayed.
    """
    x = frequency
    buys = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = betaln(a, b + x) - betaln(a, b)
    silent_since_T = -(r + x) * np.log(alpha + T)
    left_at_last = np.where(x > 0, np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + recency), -np.inf)
    return buys + stays + np.logaddexp(silent_since_T, left_at_last)


def gamma_gamma_log_likelihood(p, q, v, frequency, mean_spend):
    """Log-likelihood of each customer's mean over `frequency` purchases (equation 1a of Fader & Hardie 2013), an array as long as `frequency`."""
    shape, total = p * frequency, frequency * mean_spend
    return (gammaln(shape + q) - gammaln(shape) - gammaln(q) + xlogy(q, v) + xlogy(shape - 1, mean_spend) + xlogy(shape, frequency)
            - (shape + q) * np.log(v + total))


def fit_bg_nbd(frequency, recency, T) -> BGNBD:
    """BG/NBD at its maximum likelihood.

    Parameters
    ----------
    frequency, recency, T : arrays of equal length, one entry a customer
        Whole numbers >= 0; times with 0 <= recency <= T and T > 0; recency is 0 where frequency is 0.

    Raises
    ------
    ScenarioError
        For records that break these rules, hold no repeat purchase, or have no maximum of the likelihood.
    """
    frequency, recency, T = _customers(frequency, recency, T)
    _need_repeats(frequency)
    found, height = _maximum(lambda r, alpha, a, b: bg_nbd_log_likelihood(r, alpha, a, b, frequency, recency, T), [1, T.mean(), 1, 1])
    return BGNBD(*found, height)


def fit_gamma_gamma(frequency, mean_spend) -> GammaGamma:
    """Gamma-gamma at its maximum likelihood, from the customers with at least one repeat purchase; the others are left out.

    Parameters
    ----------
    frequency, mean_spend : arrays of equal length, one entry a customer
        Whole numbers >= 0, and money > 0 where frequency > 0.

    Raises
    ------
    ScenarioError
        For records that break these rules, hold no repeat purchase, or have no maximum of the likelihood.
    """
    frequency = _whole(frequency)
    mean_spend = _same_length("mean_spend", mean_spend, frequency)
    _need_repeats(frequency)
    bought = frequency > 0
    frequency, mean_spend = frequency[bought], mean_spend[bought]
    _refuse("mean_spend", mean_spend, ~(np.isfinite(mean_spend) & (mean_spend > 0)), "purchase_model.positive", "purchase_model.positive_remedy")
    found, height = _maximum(lambda p, q, v: gamma_gamma_log_likelihood(p, q, v, frequency, mean_spend), [1, 2, mean_spend.mean()])
    return GammaGamma(*found, height)


def _maximum(log_likelihood, start):
    """Parameters > 0 that make the sum of `log_likelihood` largest, and that sum. Searched on the logarithm, where there is no border."""
    def cost(logs):
        return -log_likelihood(*np.exp(logs)).mean()

    result = optimize.minimize(cost, np.log(start), method="L-BFGS-B", jac="3-point", bounds=[(-12, 12)] * len(start),
                               options={"maxiter": 1000, "ftol": 1e-14, "gtol": 1e-7})
    found = np.exp(result.x)
    if not np.isfinite(result.fun) or np.abs(result.jac).max() > 1e-4 or np.abs(result.x).max() > 11.9:
        raise ScenarioError("log_likelihood", [float(f"{value:.3g}") for value in found],
                            say("purchase_model.no_maximum"), say("purchase_model.no_maximum_remedy"))
    return [float(value) for value in found], float(log_likelihood(*found).sum())


def _customers(frequency, recency, T):
    """The three columns as arrays of numbers, checked."""
    frequency = _whole(frequency)
    recency, T = _same_length("recency", recency, frequency), _same_length("T", T, frequency)
    _refuse("T", T, ~(np.isfinite(T) & (T > 0)), "purchase_model.positive", "purchase_model.period_remedy")
    _refuse("recency", recency, ~((recency >= 0) & (recency <= T)), "purchase_model.recency", "purchase_model.recency_remedy")
    _refuse("recency", recency, (frequency == 0) & (recency != 0), "purchase_model.no_repeat", "purchase_model.no_repeat_remedy")
    return frequency, recency, T


def _whole(frequency):
    frequency = _numbers("frequency", frequency)
    _refuse("frequency", frequency, ~(np.isfinite(frequency) & (frequency >= 0) & (frequency == np.floor(frequency))),
            "purchase_model.whole", "purchase_model.whole_remedy")
    return frequency


def _same_length(field, values, frequency):
    values = _numbers(field, values)
    if values.shape != frequency.shape:
        raise ScenarioError(field, values.shape, say("purchase_model.length", count=frequency.size), say("purchase_model.length_remedy"))
    return values


def _numbers(field, values):
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ScenarioError(field, values, say("purchase_model.numbers"), say("purchase_model.whole_remedy")) from None


def _refuse(field, values, wrong, allowed, remedy):
    if np.any(wrong):
        raise ScenarioError(field, float(values[wrong].flat[0]), say(allowed), say(remedy))


def _need_repeats(frequency):
    if not np.any(frequency > 0):
        raise ScenarioError("frequency", 0, say("purchase_model.repeats"), say("purchase_model.repeats_remedy"))
