"""The interactive part of a lecture: settings of a scenario as number boxes and sliders, above a picture that follows them.

A lecture calls the same `picture` once without widgets, so that its chart and table stand where no kernel runs.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

import ipywidgets as widgets

from crm_sim.errors import ScenarioError
from crm_sim.lab.view import NAME_THE_SLIDERS, STYLE
from crm_sim.scenario import Scenario
from crm_sim.text import say


_STYLE = STYLE.replace("</style>", ".crm-lab .crm-knobs-table td:last-child {text-align: right}\n</style>")


class Range(NamedTuple):
    """The usual range of a setting: what its slider covers. The box takes whatever the scenario allows."""

    words: str  # key of its name in the catalogue
    low: float
    high: float
    step: float = 0.01


class Knob(widgets.HBox):
    """One setting as a number box and a slider that follow each other. Calls `moved(path, value)`."""

    def __init__(self, path: str, usual: Range, value: float, moved):
        self.box = widgets.FloatText(value=value, step=usual.step, description=say(usual.words), style={"description_width": "260px"},
                                     layout={"width": "360px"})
        # One drawing for a whole movement of the slider.
        self.slider = widgets.FloatSlider(value=value, min=min(usual.low, value), max=max(usual.high, value), step=usual.step, readout=False,
                                          continuous_update=False, layout={"width": "300px"})
        super().__init__([self.box, self.slider], layout={"flex_flow": "row wrap"})
        self.add_class("crm-lab-lever")
        self.slider.observe(lambda change: setattr(self.box, "value", round(change["new"], 6)), "value")
        self.box.observe(lambda change: moved(path, change["new"]), "value")

    def show(self, value: float) -> None:
        """Put both at `value`; the slider grows where it must."""
        self.slider.min, self.slider.max = min(self.slider.min, value), max(self.slider.max, value)
        self.slider.value = self.box.value = value


class Knobs(widgets.VBox):
    """Settings of `scenario` that change a picture. `knobs` makes one.

    Attributes: `scenario`, as it is set now; `knobs`, by path; `picture` and `message`, what is shown.
    """

    def __init__(self, scenario: Scenario, settings: dict, picture):
        self.scenario, self._picture = scenario, picture
        self.knobs = {path: Knob(path, Range(*usual), _value(scenario, path), self._move) for path, usual in settings.items()}
        self.message, self.picture = widgets.HTML(), widgets.HTML()
        script = widgets.Output(outputs=({"output_type": "display_data", "data": {"application/javascript": NAME_THE_SLIDERS}, "metadata": {}},))
        super().__init__([widgets.HTML(_STYLE), script, *self.knobs.values(), self.message, self.picture])
        self.add_class("crm-lab")
        self._show()

    def _move(self, path: str, value: float) -> None:
        if value == _value(self.scenario, path):
            return
        try:
            self.scenario = self.scenario.change({path: value})
        except ScenarioError as problem:
            self.message.value = f'<div class="crm-lab-refused" role="alert">{escape(say("lab.refused", problem=problem))}</div>'
            self.knobs[path].show(_value(self.scenario, path))
            return
        self.message.value = ""
        self.knobs[path].show(value)
        self._show()

    def _show(self) -> None:
        chart, table = self._picture(self.scenario)
        self.picture.value = chart._repr_mimebundle_()["text/html"] + table.to_html(classes="crm-lab-table crm-knobs-table", border=0)


def knobs(scenario: Scenario, settings: dict, picture) -> Knobs:
    """Sliders with number boxes above a picture that follows them.

    Parameters
    ----------
    scenario : where the knobs stand at first
    settings : by dotted path of a number of the scenario, `(key, low, high)` or `(key, low, high, step)`: the key of its name in the catalogue and
        the range of its slider
    picture : a function of a scenario that returns a `crm_sim.plots.Chart` and a DataFrame

    A value that the scenario does not allow is refused in words, and nothing changes. Raises `ScenarioError` for an unknown path.
    """
    scenario.change({path: _value(scenario, path) for path in settings})
    return Knobs(scenario, settings, picture)


def _value(scenario: Scenario, path: str):
    found = scenario
    for name in path.split("."):
        found = getattr(found, name, None)
    return found
