"""Win-back: whether a lost customer comes back."""

from crm_sim.arithmetic import exp
from crm_sim.compiled import compiled


@compiled
def return_probability(satisfaction, left_over_service, discount, months_away, base, satisfaction_effect, service_effect, offer_effect, lapse_effect):
    """Probability of coming back this month after an offer of `discount` (share of a bill): a logit.

    A good first life helps and leaving over the service hinders (Kumar, Bhagwat & Zhang 2015, signs); a better offer
    helps (Tokman, Davis & Lemon 2007); time away hinders (Thomas, Blattberg & Fox 2004). Sizes are assumptions.
    """
    z = (base + satisfaction_effect * (satisfaction - 0.5) - (service_effect if left_over_service else 0.0)
         + offer_effect * discount - lapse_effect * months_away)
    return 1.0 / (1.0 + exp(-z))
