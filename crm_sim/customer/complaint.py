"""Complaint and recovery: who complains, how justly she feels treated, and what it leaves behind."""

from crm_sim.arithmetic import clip01, exp, log
from crm_sim.compiled import compiled


@compiled
def complaint_probability(by_severity, access):
    """Probability of complaining after a failure: a few per cent when it is minor, two thirds when it is serious.

    US OCA/TARP 1979; Goodman & Newman. `access` (0.5 = usual) multiplies the odds by e^(4 (access − 0.5)) (assumption).
    """
    odds = by_severity / (1.0 - by_severity + 1e-9) * exp(4.0 * (access - 0.5))
    return odds / (1.0 + odds)


@compiled
def complaint_satisfaction(compensation, need, courtesy, hours, patience, distributive, interactional, procedural):
    """Satisfaction with the handling, [0, 1]: distributive, interactional and procedural justice, weighed.

    Order of the weights: Orsingher, Valentini & de Angelis 2010; sizes assumed. Distributive justice is the compensation
    against the `need` that the failure makes; procedural justice fades with the `hours` until the first answer.
    """
    outcome = clip01(0.5 + 0.5 * (compensation - need) / (need + 0.1))
    return distributive * outcome + interactional * courtesy + procedural * exp(-hours / patience)


@compiled
def after_complaint(encounter, handling, settled, recovery):
    """Satisfaction with the month after the complaint was handled: lifted when settled, halved when not (form assumed)."""
    lift = 0.5 + 0.5 * handling - encounter
    return encounter + recovery * (lift if lift > 0.0 else 0.0) if settled else 0.5 * encounter


@compiled
def incident(stay, weight):
    """Rise of the log hazard in the month of an incident after which a share `stay` means to buy again (TARP table, by severity and handling)."""
    return -weight * log(stay)


@compiled
def incident_settled(stay_settled, stay_quickly, hours, weight):
    """The same for a settled complaint: between 'settled' and 'settled quickly', by the hours it took (24 h: 37% count as quick)."""
    quick = exp(-hours / 24.0)
    return (1.0 - quick) * incident(stay_settled, weight) + quick * incident(stay_quickly, weight)
