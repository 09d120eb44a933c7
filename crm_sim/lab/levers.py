"""The six levers of the lab: which setting each moves, how far its slider goes, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from crm_sim.firm import accounts
from crm_sim.scenario import Scenario


@dataclass(frozen=True)
class Lever:
    """One setting of the policy. Its words are `lab.lever.<name>.label`, `.unit` and `.cost`.

    Attributes
    ----------
    name, path : its own name, and its dotted path in the scenario
    low, high, step : the slider's usual range, narrower than what the scenario allows
    cost : the numbers that its sentence on cost needs
    """

    name: str
    path: str
    low: float
    high: float
    step: float
    cost: Callable[[Scenario], dict]

    def value(self, scenario: Scenario) -> float:
        """The lever's position in a scenario."""
        return reduce(getattr, self.path.split("."), scenario)

    def move(self, scenario: Scenario, value: float) -> Scenario:
        """The scenario with this lever at `value`. Raises `ScenarioError` for a value that the scenario does not allow."""
        whole = isinstance(self.value(scenario), int) and float(value).is_integer()
        return scenario.change({self.path: int(value) if whole else float(value)})


def _service(scenario):
    return {"cost": accounts.service_cost(scenario.policy.service, scenario.firm)}


def _nothing(scenario):
    return {}


def _price(scenario):
    return {"share": scenario.policy.price.level}


def _desk(scenario):
    complaints = scenario.policy.complaints
    return {"cost": accounts.desk_cost(complaints, scenario.firm, complaints.capacity)}


def _winback(scenario):
    policy = scenario.policy.winback
    return {"contact": scenario.firm.contact_cost, "discount": policy.discount, "months": policy.months}


LEVERS = (
    Lever("quality", "policy.service.quality", 0.4, 1.0, 0.01, _service),
    Lever("swing", "policy.service.swing", 0.01, 0.4, 0.01, _service),
    Lever("promise", "policy.promise.level", 0.4, 1.0, 0.01, _nothing),
    Lever("price", "policy.price.level", 0.7, 1.3, 0.01, _price),
    Lever("response", "policy.complaints.first_response_hours", 1, 168, 1, _desk),
    Lever("winback", "policy.winback.window", 0, 24, 1, _winback),
)
