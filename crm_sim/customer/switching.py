"""Switching cost: what a change of supplier would cost the customer in her own eyes, [0, 1]."""

from crm_sim.arithmetic import clip01
from crm_sim.compiled import compiled


@compiled
def switching_cost_after(switching_cost, reward, growth, reward_effect):
    """Perceived switching cost after a month with the firm: habit makes it grow towards 1, rewards make it grow faster (form assumed)."""
    return clip01(switching_cost + growth * (1.0 + reward_effect * reward) * (1.0 - switching_cost))


@compiled
def satisfaction_effect(effect, choice, switching_cost, moderation):
    """Effect of satisfaction on the log hazard: full where there is choice, less for those whom switching would cost.

    Choice makes the curve steep (Jones & Sasser 1995); switching cost moderates rather than drives (Pick & Eisend 2014,
    weak effect on switching).
    """
    return effect * choice / (1.0 + moderation * switching_cost)
