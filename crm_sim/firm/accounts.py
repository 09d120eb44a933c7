"""What the month brought and cost. Whole cents, so that sums know no order."""

from crm_sim.arithmetic import exp, log

COSTS = ("goods", "service", "complaints", "compensation", "acquisition", "loyalty", "winback", "survey")


def service_cost(service, firm) -> float:
    """Yuan a served customer a month: better, steadier and sounder service costs more.

    Cost grows exponentially with quality and as a power of steadiness and soundness, relative to the firm's reference service
    (assumption; the elasticities are the scenario's).
    """
    return (firm.service_cost
            * exp(firm.quality_cost * (service.quality - firm.reference_quality))
            * exp(firm.swing_cost * log(firm.reference_swing / max(service.swing, 0.01)))
            * exp(firm.failure_cost * log(firm.reference_failure / max(service.minor_failure + service.serious_failure, 0.001))))


def desk_cost(complaints, firm, capacity: float) -> float:
    """Yuan a month for a complaint desk of `capacity` complaints: quick first answers need idle hands (assumption: 1 + 8 h / first response)."""
    return firm.complaint_cost * capacity * (1.0 + 8.0 / complaints.first_response_hours)


def costs(policy, firm, capacity: float, served: int, prospects: int, acquired: int, revenue: int, settled_revenue: int, offers: int,
          regained_revenue: int, asked: float) -> dict[str, int]:
    """Cents of cost by `COSTS`, from counts and cents of the month.

    `served` customers were active; `settled_revenue` are the bills of those whose complaint was settled, `regained_revenue` of those
    won back; `offers` win-back offers were made; `asked` customers were surveyed.
    """
    yuan = {
        "goods": firm.goods_share * revenue / 100,
        "service": service_cost(policy.service, firm) * served,
        "complaints": desk_cost(policy.complaints, firm, capacity),
        "compensation": policy.complaints.compensation * settled_revenue / 100,
        "acquisition": policy.promise.advertising * prospects + firm.welcome_cost * acquired,
        "loyalty": policy.loyalty.reward * revenue / 100,
        "winback": firm.contact_cost * offers + policy.winback.discount * policy.winback.months * regained_revenue / 100,
        "survey": firm.survey_cost * asked,
    }
    return {name: round(100 * amount) for name, amount in yuan.items()}
