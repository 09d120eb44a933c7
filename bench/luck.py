"""Luck for the models of the bench, by purpose (`crm_sim.customer.month.JOIN` …) and customers' numbers.

`ArrayLuck` and `PlainLuck` draw from the generators that users of NumPy and Mesa would take. `AddressedLuck` gives what the
simulator would draw for the same customer, month and purpose, so that a model can be held against it life by life.
"""

import math
import random

import numpy as np
from scipy import stats

from crm_sim import chance
from crm_sim.compiled import compiled_loop


class ArrayLuck:
    """Arrays from NumPy's generator."""

    def __init__(self, seed: int):
        self.generator = chance.generator(seed)

    def turn(self, month: int) -> None:
        """Nothing to prepare for a month."""

    def uniform(self, purpose, who):
        return self.generator.random(len(who))

    def normal(self, purpose, who):
        return self.generator.standard_normal(len(who))

    def poisson(self, purpose, who, mean):
        return self.generator.poisson(mean)


class PlainLuck:
    """One number at a time, from Python's generator."""

    def __init__(self, generator: random.Random):
        self.generator = generator

    def turn(self, month: int) -> None:
        """Nothing to prepare for a month."""

    def uniform(self, purpose, who):
        return self.generator.random()

    def normal(self, purpose, who):
        return self.generator.gauss(0.0, 1.0)

    def poisson(self, purpose, who, mean):
        point, below, count = self.generator.random(), math.exp(-mean), 0
        probability = below
        while point > below and count < 200:
            count += 1
            probability *= mean / count
            below += probability
        return count


class AddressedLuck:
    """The simulator's chance, for one customer or for many."""

    def __init__(self, seed: int, customers: int):
        self.seed, self.u, self.z = np.uint64(seed), np.empty((12, customers)), np.empty((12, customers))

    def turn(self, month: int) -> None:
        """Draw everything for one month."""
        for first, purpose in enumerate((chance.MONTH_SERVICE, chance.MONTH_TRADE, chance.MONTH_VOICE)):
            _draw(self.seed, month, purpose, self.u[4 * first:4 * first + 4], self.z[4 * first:4 * first + 4])

    def uniform(self, purpose, who):
        return self.u[purpose, who]

    def normal(self, purpose, who):
        return self.z[purpose, who]

    def poisson(self, purpose, who, mean):
        return stats.poisson.ppf(self.u[purpose, who], mean)


@compiled_loop
def _draw(seed, month, purpose, u, z):
    for k in range(u.shape[1]):
        for n, word in enumerate(chance.words(seed, k, month, purpose)):
            u[n, k], z[n, k] = chance.uniform(word), chance.normal(word)
