"""Any of the models, played month by month as the simulator's clock does: the firm decides, customers live, the counts are passed on."""

import numpy as np

from crm_sim.clock import Clock, Totals, _joining, first_counts, next_counts
from crm_sim.firm import policy


class Game:
    """A model of the bench whose customers are those that the simulator bears. Parameters: the model's class, a scenario, how many customers, more for the model."""

    def __init__(self, model, scenario, customers: int, *luck, seed: int = 1):
        clock = Clock(scenario, np.arange(customers, dtype=np.uint32), seed)
        self.scenario, self.counts = scenario, first_counts(clock)
        self.model = model(scenario, clock.population.state, *luck)

    def play(self, months: int) -> list[Totals]:
        """The sums of each month."""
        rows = []
        for month in range(1, months + 1):
            terms = policy.decide(self.scenario.policy, self.counts.complaints_waiting, self.counts.active, _joining(self.scenario, month))
            rows.append(self.model.live(month, terms, self.counts))
            self.counts = next_counts(self.scenario, self.counts, rows[-1])
        return rows
