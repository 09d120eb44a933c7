"""Runs that several files look at; hypothesis without a clock (the first call may compile) and with the same examples every time."""

import pytest
from hypothesis import settings

import crm_sim as crm

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def telecom():
    """The telecom preset, lived by 20,000 customers for three years."""
    return crm.simulate(crm.load("telecom"))


@pytest.fixture(scope="session")
def story(telecom):
    """The panel of its first 4,000 customers."""
    return telecom.panel(range(4_000))
