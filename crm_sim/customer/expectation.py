"""Expectation: what a customer thinks she will get, and how it colours what she perceives. All values in [0, 1]."""

from crm_sim.arithmetic import clip01
from crm_sim.compiled import compiled


@compiled
def first_expectation(norm, promise, promise_weight, individual):
    """Expectation before any experience: the trade's norm, moved towards the firm's promise, plus a personal difference.

    Communication raises what customers say they *will* get (Boulding, Kalra, Staelin & Zeithaml 1993, form; weights assumed).
    """
    return clip01(norm + promise_weight * (promise - norm) + individual)


@compiled
def hear_promise(expectation, promise, weight):
    """Expectation after a month of the firm's advertising (Boulding et al. 1993, form; weight assumed)."""
    return expectation + weight * (promise - expectation)


@compiled
def perceived_performance(experience, expectation, assimilation, contrast, latitude):
    """Performance as perceived: pulled towards a near expectation, pushed away from a far one (Anderson 1973, form; numbers assumed)."""
    gap = expectation - experience
    near = abs(gap) < latitude
    return clip01(experience + (assimilation if near else -contrast) * gap)


@compiled
def learn(expectation, experience, experiences, weight):
    """Expectation after an experience: Bayesian, so that the first experiences count most.

    The weight of the n-th is 1/(n+1), never below `weight` (Rust, Inman, Jia & Zahorik 1999, form; floor assumed).
    """
    share = 1.0 / (experiences + 2.0)
    share = share if share > weight else weight
    return expectation + share * (experience - expectation)
