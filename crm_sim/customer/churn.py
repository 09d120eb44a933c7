"""Churn: the hazard of leaving, its causes, and the quiet kind, where the customer stays and her money leaves."""

from crm_sim.arithmetic import exp
from crm_sim.compiled import compiled
from crm_sim.customer.state import CIRCUMSTANCES, PRICE, SERVICE


@compiled
def common_log_hazard(switching_cost, switching_cost_start, trust, reference_trust, lives, switching_cost_effect, trust_effect, prior_churn_effect):
    """What raises or lowers the hazard of every wilful cause alike: switching cost, trust, having left before (Gustafsson, Johnson & Roos 2005, signs)."""
    again = lives - 1.0 if lives > 1.0 else 0.0
    return (-switching_cost_effect * (switching_cost - switching_cost_start) - trust_effect * (trust - reference_trust)
            + prior_churn_effect * again)


@compiled
def service_hazard(hazard, share, common, satisfaction, reference, effect, incident):
    """Hazard of leaving over the service: proportional hazards in cumulative satisfaction (Bolton 1998; Gustafsson et al. 2005), plus this month's incident."""
    return hazard * share * exp(common - effect * (satisfaction - reference) + incident)


@compiled
def price_hazard(hazard, share, common, price, effect):
    """Hazard of leaving over the price: proportional to e^(effect × price above the trade's)."""
    return hazard * share * exp(common + effect * (price - 1.0))


@compiled
def occasions_survived(exponential, hazard):
    """How many occasions to leave a customer lets pass before she takes one.

    She leaves at the first at which her accumulated hazard exceeds an exponential deviate. With a hazard of −log(1 − p) at
    each occasion and p ~ Beta(a, b) over customers this is the shifted beta-geometric (Fader & Hardie 2007) when every month is
    an occasion, and the drop-out of BG/NBD (Fader, Hardie & Lee 2005) when every repeat order is one.
    """
    return exponential / (hazard + 1e-12)


@compiled
def cause(u, service, price, circumstances):
    """Which of three competing causes it was, by its part of the hazard; `u` uniform in (0, 1)."""
    point = u * (service + price + circumstances)
    return SERVICE if point < service else (PRICE if point < service + price else CIRCUMSTANCES)
