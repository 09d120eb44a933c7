"""From the policy that was set to the terms that customers meet this month."""

from typing import NamedTuple


class Terms(NamedTuple):
    """What the firm does to its customers this month: numbers only."""

    quality: float  # mean of the service, [0, 1]
    swing: float  # standard deviation of the service from month to month, >= 0
    minor_failure: float  # probability a month, [0, 1]
    serious_failure: float  # probability a month, [0, 1]
    promise: float  # the performance that the advertising promises, [0, 1]
    advertising: float  # yuan a prospect a month, >= 0
    price: float  # relative to the trade's usual price, > 0
    response_hours: float  # hours until a complaint is first answered, > 0
    courtesy: float  # how the desk treats complainants, [0, 1]
    compensation: float  # share of a month's bill given to a complainant, [0, 1]
    access: float  # how easy it is to complain, [0, 1]; 0.5 is usual
    reward: float  # share of revenue given back to loyal customers, [0, 1]
    survey_share: float  # share of active customers asked in a month, [0, 1]
    winback_discount: float  # share of a month's bill offered to a lost customer, [0, 1]
    joining: float  # probability that a prospect joins this month when the scenario fixes it, else -1


HOURS_A_MONTH = 730.0


def desk_capacity(policy, active: int) -> float:
    """Complaints a month that the desk can settle for `active` customers."""
    return policy.complaints.capacity * active / 1000.0


def response_hours(policy, waiting: int, active: int) -> float:
    """Hours until the first answer: what was promised, plus the time that the `waiting` complaints need before it."""
    return policy.complaints.first_response_hours + HOURS_A_MONTH * waiting / max(desk_capacity(policy, active), 1e-9)


def decide(policy, waiting: int, active: int, joining: float) -> Terms:
    """This month's terms from the policy and what the firm knows: complaints `waiting`, customers `active` at the end of last month."""
    service = policy.service
    return Terms(
        quality=service.quality, swing=service.swing, minor_failure=service.minor_failure, serious_failure=service.serious_failure,
        promise=policy.promise.level, advertising=policy.promise.advertising, price=policy.price.level,
        response_hours=response_hours(policy, waiting, active), courtesy=policy.complaints.courtesy,
        compensation=policy.complaints.compensation, access=policy.complaints.access, reward=policy.loyalty.reward,
        survey_share=policy.survey.share, winback_discount=policy.winback.discount, joining=joining)
