"""The scenario lab and the self-check: what a learner uses with the mouse and the keyboard.

`levers`, `experiment`, `report` and `chart` know no widgets: levers → scenario → result → words, table and drawing. `view` puts
them on the screen. Only it needs ipywidgets, so that nothing else loads them.
"""


def scenario_lab(scenario="telecom", language=None, **size):
    """The scenario lab, ready to be shown as a cell's result.

    Parameters
    ----------
    scenario : what today is: a preset's name, the path of a YAML file or a `Scenario`
    language : of the lab; the language in use when None
    size : `customers`, `months`, `seed`, `replications` as in `crm_sim.compare`; see `crm_sim.lab.experiment.Size`

    Returns a `crm_sim.lab.view.ScenarioLab`. Raises `ScenarioError` for what cannot be simulated.
    """
    from crm_sim.lab.experiment import Size
    from crm_sim.lab.view import ScenarioLab

    return ScenarioLab(scenario, language, Size(**size))
