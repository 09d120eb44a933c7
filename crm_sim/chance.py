"""Chance, addressed instead of drawn in order.

A draw is a pure function of (seed, customer, month, purpose). Customer 17 in month 5 meets the same luck under every
policy, in every partition and on any number of threads; two runs then differ by the policy alone.

The generator is Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011): key = the 64-bit seed, counter = (customer, month,
purpose, attempt).
"""

import math

import numpy as np

from crm_sim.arithmetic import exp, log, normal_quantile
from crm_sim.compiled import compiled, compiled_loop

# One number a purpose. Never renumber: every result ever published depends on it.
BIRTH_RATE, BIRTH_SPEND, BIRTH_CHURN_A, BIRTH_CHURN_B, BIRTH_TRAITS, BIRTH_STATE, BIRTH_FIT = 1, 2, 3, 4, 5, 6, 7
MONTH_SERVICE, MONTH_TRADE, MONTH_VOICE = 11, 12, 13
REPLICATION, SAMPLING = 21, 22

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_2W0, _3W0, _4W0, _5W0, _6W0, _7W0, _8W0, _9W0 = (np.uint64(n * 0x9E3779B9) for n in range(2, 10))
_2W1, _3W1, _4W1, _5W1, _6W1, _7W1, _8W1, _9W1 = (np.uint64(n * 0xBB67AE85) for n in range(2, 10))
_DROP = np.uint32(9)


@compiled
def _round(c0, c1, c2, c3, k0, k1):
    p0 = _M0 * c0
    p1 = _M1 * c2
    return (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW


@compiled
def philox(c0, c1, c2, c3, k0, k1):
    """Philox4x32-10: four 32-bit words (as uint64) from a counter of four words and a key of two."""
    # Written out, since a loop within the loop over customers is not vectorised.
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _W0) & _LOW, (k1 + _W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _2W0) & _LOW, (k1 + _2W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _3W0) & _LOW, (k1 + _3W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _4W0) & _LOW, (k1 + _4W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _5W0) & _LOW, (k1 + _5W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _6W0) & _LOW, (k1 + _6W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _7W0) & _LOW, (k1 + _7W1) & _LOW)
    c0, c1, c2, c3 = _round(c0, c1, c2, c3, (k0 + _8W0) & _LOW, (k1 + _8W1) & _LOW)
    return _round(c0, c1, c2, c3, (k0 + _9W0) & _LOW, (k1 + _9W1) & _LOW)


@compiled
def words(seed, customer, month, purpose, attempt=0):
    """Four independent 32-bit words at the address (seed, customer, month, purpose, attempt)."""
    seed = np.uint64(seed)
    return philox(np.uint64(customer), np.uint64(month), np.uint64(purpose), np.uint64(attempt), seed & _LOW, seed >> _SHIFT)


@compiled
def uniform(word):
    """A 32-bit word as a number strictly inside (0, 1): 23 bits and a half, so that it never rounds to 0 or 1."""
    return (np.float64(np.int32(np.uint32(word) >> _DROP)) + 0.5) * 1.1920928955078125e-07


@compiled
def normal(word):
    """A 32-bit word as a standard normal deviate, |z| below 5.3."""
    return normal_quantile(uniform(word))


@compiled
def gamma_attempt(shape, seed, customer, purpose, attempt):
    """One attempt at a gamma deviate of the given shape (0.1 and more) and scale 1: the deviate and whether it may be used (Marsaglia & Tsang 2000).

    Refused about once in twenty to fifty attempts; then the next `attempt` is made.
    """
    boosted = shape if shape >= 1.0 else shape + 1.0
    d = boosted - 1.0 / 3.0
    a, b, e, _ = words(seed, customer, 0, purpose, attempt)
    z = normal(a)
    v = 1.0 + z / math.sqrt(9.0 * d)
    v = v * v * v
    positive = v if v > 0.0 else 1.0
    accepted = (v > 0.0) & (log(uniform(b)) < 0.5 * z * z + d - d * v + d * log(positive))
    boost = exp(log(uniform(e)) / shape)
    return d * v * (1.0 if shape >= 1.0 else boost), accepted


@compiled_loop
def gamma(shapes, seed, customers, purpose, accepted, deviates):
    """Gamma deviates of the given `shapes` (0.1 and more) and scale 1, one a customer, into `deviates`; `accepted` is room for as many marks."""
    for k in range(customers.size):
        deviates[k], accepted[k] = gamma_attempt(shapes[k], seed, customers[k], purpose, 0)
    for k in range(customers.size):
        attempt = 1
        while not accepted[k]:
            deviates[k], accepted[k] = gamma_attempt(shapes[k], seed, customers[k], purpose, attempt)
            attempt += 1


def seeds(seed: int, count: int) -> list[int]:
    """`count` seeds for replications of `seed`: the first is `seed` itself, the others are drawn from it."""
    drawn = (words(seed, number, 0, REPLICATION) for number in range(1, count))
    return [seed, *(int(a) << 32 | int(b) for a, b, _, _ in drawn)]


def generator(seed: int, purpose: int = SAMPLING) -> np.random.Generator:
    """NumPy's Philox at an address of ours: for resampling and teaching samples outside the clock."""
    a, b, c, d = words(seed, 0, 0, purpose)
    return np.random.Generator(np.random.Philox(key=np.array([int(a) << 32 | int(b), int(c) << 32 | int(d)], dtype=np.uint64)))
