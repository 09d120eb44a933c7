"""The models that the bench runs beside the simulator are the same model: with the same luck, the same lives."""

import numpy as np
import pytest

import crm_sim as crm
from bench.luck import AddressedLuck, ArrayLuck
from bench.mesa_model import MesaModel
from bench.numpy_model import NumPyModel
from bench.play import Game

PRESETS = ["telecom", "cd_shop", "dealers", "hotel"]
MONEY = {"revenue", "settled_revenue", "regained_revenue"}
RECORDS = {"first_order_month": "first_order_month", "last_order_month": "last_order_month", "orders": "ordered", "complaints": "complaints",
           "complaints_settled": "complaints_settled", "last_rating": "last_rating", "last_rating_month": "last_rating_month", "winback_offers": "offers",
           "closed_month": "closed_month"}


def played(model, preset, customers, months):
    """A game with the simulator's own luck, and the simulation of the same."""
    scenario = crm.load(preset).change({"policy.winback.window": 3, "policy.winback.least_revenue": 20.0, "policy.price.level": 1.02, "policy.service.serious_failure": 0.05})
    game = Game(model, scenario, customers, AddressedLuck(1, customers))
    return game, game.play(months), crm.simulate(scenario, customers, months, seed=1)


def assert_same_sums(rows, run):
    """Counts alike; money but for the rounding of numbers kept in 32 bits."""
    for month, (mine, theirs) in enumerate(zip(rows, run._totals, strict=True), 1):
        for name in mine._fields:
            found, expected = int(getattr(mine, name)), getattr(theirs, name)
            assert found == pytest.approx(expected, rel=1e-6) if name in MONEY else found == expected, (month, name)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_model_in_numpy_lives_the_same_lives(preset):
    game, rows, run = played(NumPyModel, preset, 5_000, 12)
    assert_same_sums(rows, run)
    assert sum(row.regained for row in rows) > 0 or preset == "cd_shop"
    for name, array in run._population.records._asdict().items():
        if name not in ("revenue", "paid"):
            assert np.array_equal(getattr(game.model.records, name), array), name
    for name in ("satisfaction", "trust", "loyalty", "expectation", "share_of_wallet"):
        assert np.allclose(getattr(game.model.state, name), getattr(run._population.state, name), atol=1e-5), name


@pytest.mark.parametrize("preset", PRESETS)
def test_the_model_in_mesa_lives_the_same_lives(preset):
    game, rows, run = played(MesaModel, preset, 600, 8)
    assert_same_sums(rows, run)
    for name, attribute in RECORDS.items():
        assert [getattr(agent, attribute) for agent in game.model.agents] == getattr(run._population.records, name).tolist(), name
    for name in ("satisfaction", "trust", "loyalty", "expectation", "share_of_wallet"):
        assert np.allclose([getattr(agent, name) for agent in game.model.agents], getattr(run._population.state, name), atol=1e-5), name


@pytest.mark.parametrize("model, luck, customers", [(NumPyModel, [ArrayLuck(1)], 20_000), (MesaModel, [], 2_000)])
def test_with_luck_of_its_own_a_model_comes_near(model, luck, customers):
    rows = Game(model, crm.load("telecom"), customers, *luck).play(12)
    kpis = crm.simulate(crm.load("telecom"), customers, 12).kpis
    for name in ("lost", "acquired", "failures", "orders"):
        found, expected = sum(getattr(row, name) for row in rows), kpis[name].sum()
        assert abs(found - expected) < 6 * np.sqrt(expected) + 0.01 * expected * (name == "orders"), name
