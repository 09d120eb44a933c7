"""crm_sim: a market in a box, whose customers expect, buy, judge, complain, talk, stay, leave and come back."""

from crm_sim.compare import compare
from crm_sim.errors import ScenarioError
from crm_sim.run import Run, open_run
from crm_sim.scenario import Scenario, load, presets
from crm_sim.simulate import simulate
from crm_sim.version import VERSION as __version__

__all__ = ["Run", "Scenario", "ScenarioError", "__version__", "compare", "load", "open_run", "presets", "simulate"]
