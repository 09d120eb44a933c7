"""Trust and attitudinal loyalty. All values in [0, 1]."""

from crm_sim.arithmetic import clip01
from crm_sim.compiled import compiled


@compiled
def trust_after(trust, encounter, broken, speed, breach):
    """Trust after an encounter: it follows satisfaction slowly and drops by `breach` when a failure was left unsettled.

    Satisfaction precedes trust, opportunism destroys it (Morgan & Hunt 1994, structure; speeds assumed).
    """
    return clip01(trust + speed * (encounter - trust) - (breach if broken else 0.0))


@compiled
def loyalty_after(loyalty, satisfaction, trust, disposition, satisfaction_weight, trust_weight, speed):
    """Attitudinal loyalty after a month: moves towards satisfaction, trust and the customer's own disposition.

    The weights are set so that satisfaction and loyalty correlate at about .54 (Curtis, Abratt, Rhoades & Dion 2011).
    """
    aim = satisfaction_weight * satisfaction + trust_weight * trust + (1.0 - satisfaction_weight - trust_weight) * disposition
    return clip01(loyalty + speed * (aim - loyalty))
