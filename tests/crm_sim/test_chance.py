"""Chance against published answers and distributions."""

import numpy as np
import pytest
from scipy import stats

from crm_sim import chance

ONES = 0xFFFFFFFF
# Counter, key and answer of Philox4x32-10, as published with Random123 (Salmon, Moraes, Dror & Shaw 2011) in tests/kat_vectors.
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]


@pytest.mark.parametrize("counter, key, answer", KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert chance.philox(*(np.uint64(word) for word in counter + key)) == answer


@pytest.mark.parametrize("counter, key, answer", KNOWN_ANSWERS)
def test_an_address_is_the_counter_and_the_seed_the_key(counter, key, answer):
    customer, month, purpose, attempt = counter
    seed = np.uint64(key[1] << 32 | key[0])
    assert chance.words(seed, customer, month, purpose, attempt) == answer


def test_a_uniform_number_lies_strictly_inside_0_and_1_in_32_bits_too():
    for word in (0, 1, ONES - 1, ONES):
        assert 0 < np.float32(chance.uniform(np.uint64(word))) < 1
    assert chance.normal(np.uint64(0)) == -chance.normal(np.uint64(ONES)) == pytest.approx(stats.norm.ppf(2.0 ** -24), abs=1e-6)


def drawn(customers=range(10_000), month=1, purpose=11, seed=1):
    """Four uniform numbers a customer: shape (customers, 4)."""
    return np.array([[chance.uniform(word) for word in chance.words(np.uint64(seed), customer, month, purpose)] for customer in customers])


def test_uniform_and_normal_numbers_have_their_distributions():
    u = drawn().ravel()
    assert stats.kstest(u, "uniform").pvalue > 0.01
    z = [chance.normal(np.uint64(int(value * 2 ** 32))) for value in u]
    assert stats.kstest(z, "norm").pvalue > 0.01


@pytest.mark.parametrize("shape", [0.2, 0.243, 0.8, 1.0, 3.74, 30.0, 1000.0])
def test_gamma_has_its_distribution(shape):
    customers, found = np.arange(10_000, dtype=np.uint32), np.empty(10_000)
    chance.gamma(np.full(10_000, shape), np.uint64(7), customers, 1, np.empty(10_000, bool), found)
    assert min(found) >= 0
    assert stats.kstest(found, stats.gamma(shape).cdf).pvalue > 0.01


@pytest.mark.parametrize("other", [
    {"customers": range(1, 10_001)}, {"customers": range(2 ** 20, 2 ** 20 + 10_000)}, {"month": 2}, {"month": 0}, {"purpose": 12}, {"seed": 2},
    {"seed": 2 ** 32 + 1}, {"seed": 2 ** 63}], ids=str)
def test_neighbouring_addresses_are_independent(other):
    """The two numbers of a pair fall into the 64 squares of an 8 × 8 board alike."""
    first, second = drawn(), drawn(**other)
    for mine in range(4):
        for theirs in range(4):
            board, *_ = np.histogram2d(first[:, mine], second[:, theirs], bins=8, range=[[0, 1], [0, 1]])
            assert stats.chisquare(board, axis=None).pvalue > 0.0005


def test_the_words_of_one_address_are_independent():
    u = drawn()
    for mine in range(4):
        for theirs in range(mine):
            board, *_ = np.histogram2d(u[:, mine], u[:, theirs], bins=8, range=[[0, 1], [0, 1]])
            assert stats.chisquare(board, axis=None).pvalue > 0.0005


def test_no_two_addresses_share_their_words():
    seen = {chance.words(np.uint64(seed), customer, month, purpose, attempt)
            for seed in (0, 1, 2 ** 32, 2 ** 64 - 1) for customer in range(25) for month in range(25) for purpose in (1, 11) for attempt in (0, 1)}
    assert len(seen) == 4 * 25 * 25 * 2 * 2


def test_every_purpose_has_its_own_number():
    purposes = [value for name, value in vars(chance).items() if name.startswith(("BIRTH_", "MONTH_")) or name in ("REPLICATION", "SAMPLING")]
    assert len(purposes) > 10 and len(set(purposes)) == len(purposes)


def test_replications_begin_with_the_seed_itself_and_never_repeat():
    assert chance.seeds(5, 1) == [5]
    many = chance.seeds(5, 1000)
    assert many[:10] == chance.seeds(5, 10) and many[0] == 5
    assert len(set(many)) == 1000 and not set(many[1:]) & set(chance.seeds(6, 1000))
    assert all(0 <= seed < 2 ** 64 for seed in many)


def test_a_generator_depends_on_its_seed_and_purpose_alone():
    first = chance.generator(3).random(5)
    assert np.array_equal(first, chance.generator(3).random(5))
    assert not np.array_equal(first, chance.generator(4).random(5))
    assert not np.array_equal(first, chance.generator(3, purpose=chance.REPLICATION).random(5))
