"""Runs that several files look at."""

import pytest

import crm_sim as crm


@pytest.fixture(scope="session")
def telecom():
    """The telecom preset, lived by 20,000 customers for three years."""
    return crm.simulate(crm.load("telecom"))


@pytest.fixture(scope="session")
def story(telecom):
    """The panel of its first 4,000 customers."""
    return telecom.panel(range(4_000))
