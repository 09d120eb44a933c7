"""Trust and attitudinal loyalty."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from crm_sim.customer.loyalty import loyalty_after, trust_after

unit = st.floats(0, 1)


@given(unit, unit, unit, unit)
def test_trust_follows_satisfaction_and_a_breach_lowers_it(trust, encounter, speed, breach):
    kept, broken = (trust_after(trust, encounter, failed, speed, breach) for failed in (False, True))
    assert 0 <= broken <= kept <= 1
    assert min(trust, encounter) - 1e-12 <= kept <= max(trust, encounter) + 1e-12


@given(unit, unit, unit, unit, unit, unit, unit)
def test_loyalty_stays_in_0_to_1_and_rises_with_satisfaction(loyalty, satisfaction, trust, disposition, first, rest, speed):
    weights = first, (1 - first) * rest, speed
    after = loyalty_after(loyalty, satisfaction, trust, disposition, *weights)
    assert 0 <= after <= 1
    assert loyalty_after(loyalty, min(1.0, satisfaction + 0.1), trust, disposition, *weights) >= after


def test_loyalty_settles_where_its_three_sources_lead():
    loyalty = 0.0
    for _ in range(200):
        loyalty = loyalty_after(loyalty, 0.8, 0.6, 0.2, 0.55, 0.15, 0.2)
    assert loyalty == pytest.approx(0.55 * 0.8 + 0.15 * 0.6 + 0.30 * 0.2)


def test_satisfaction_and_loyalty_correlate_as_in_the_meta_analysis(telecom):
    """Curtis, Abratt, Rhoades & Dion 2011: .54."""
    active = telecom.truth.query("state == 'active'")
    assert np.corrcoef(active["satisfaction"], active["loyalty"])[0, 1] == pytest.approx(0.54, abs=0.05)
