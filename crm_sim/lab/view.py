"""The scenario lab on the screen of a notebook: widgets that show an `Experiment` and change it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import ipywidgets as widgets

from crm_sim import text
from crm_sim.errors import ScenarioError
from crm_sim.lab import chart, report
from crm_sim.lab.experiment import Experiment, Size, file_path, save
from crm_sim.lab.levers import LEVERS, Lever
from crm_sim.scenario import Scenario, load, presets
from crm_sim.text import say

STYLE = """<style>
.crm-lab {max-width: 1100px; color: #1a1a1a; background: white; padding: 8px}
.crm-lab .widget-label, .crm-lab .jupyter-widget-label {color: #1a1a1a}
.crm-lab-lever {margin-bottom: 8px} .crm-lab-lever > * {margin-top: 0; margin-bottom: 0}
.crm-lab-lever .widget-label {text-align: left; font-weight: 600}
.crm-lab-note {font-size: 12px; line-height: 1.3; color: #595959}
.crm-lab-charts {display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: 6px 14px}
.crm-lab-charts text {font-size: 11px; fill: #595959} .crm-lab-charts .title {font-size: 13px; fill: #1a1a1a}
.crm-lab-key {display: flex; flex-wrap: wrap; gap: 2px 20px; font-size: 13px; line-height: 1.6; color: #1a1a1a}
.crm-lab-summary {margin: 4px 0; padding-left: 20px; line-height: 1.5; color: #1a1a1a}
.crm-lab-table {border-collapse: collapse; font-size: 12px; line-height: 1.5; color: #1a1a1a; font-variant-numeric: tabular-nums}
.crm-lab-table caption {text-align: left; color: #595959}
.crm-lab-table th, .crm-lab-table td {white-space: nowrap; padding: 1px 9px 1px 0; text-align: right; border-bottom: 1px solid #e3e3e3}
.crm-lab-table :is(th, td):last-child {padding-right: 0}
.crm-lab-table th:first-child, .crm-lab-table td:last-child, .crm-lab-table th:last-child {text-align: left}
.crm-lab-unclear, .crm-lab-same, .crm-lab-unknown {color: #595959}
.crm-lab-message {line-height: 1.5} .crm-lab-refused {border-left: 4px solid #b00020; padding-left: 8px; color: #b00020}
.crm-lab :is(.noUi-handle, button, input, select):focus-visible {outline: 3px solid #0072b2; outline-offset: 1px}
</style>"""

# An ipywidgets slider's handle has no name of its own and says 0.15000000000000002: this lends it that of the box, and rounds.
NAME_THE_SLIDERS = """
const start = () => {
  const lab = element.closest(".crm-lab");
  if (!lab) return element.isConnected || setTimeout(start, 100);
  const set = (handle, name, value) => handle.getAttribute(name) === value || handle.setAttribute(name, value);
  const name = () => lab.querySelectorAll(".crm-lab-lever:has(.noUi-handle):has(label)").forEach(lever => {
    const handle = lever.querySelector(".noUi-handle");
    set(handle, "aria-label", lever.querySelector("label").textContent);
    set(handle, "aria-valuetext", String(Number(Number(handle.getAttribute("aria-valuetext")).toFixed(6))));
  });
  new MutationObserver(name).observe(lab, {attributeFilter: ["aria-valuetext"], childList: true, characterData: true, subtree: true});
  name();
};
start();
"""


class LeverView(widgets.VBox):
    """A lever as a number box, a slider and a line on unit, range and cost. Calls `moved(lever, value)`."""

    def __init__(self, lever: Lever, moved):
        self.lever = lever
        wide = {"width": "270px"}
        self.box = widgets.FloatText(step=lever.step, style={"description_width": "180px"}, layout=wide)
        self.slider = widgets.FloatSlider(min=lever.low, max=lever.high, step=lever.step, readout=False, layout=wide)
        self.note = widgets.HTML(layout=wide)
        # A slider adds its steps up and so strays by 1e-17.
        self.slider.observe(lambda change: moved(lever, round(change["new"], 6)), "value")
        self.box.observe(lambda change: moved(lever, change["new"]), "value")
        super().__init__([self.box, self.slider, self.note])
        self.add_class("crm-lab-lever")

    def show(self, today: Scenario, scenario: Scenario) -> None:
        """The lever's position and words for `scenario`. The slider grows for a value outside its usual range."""
        lever, slider, value = self.lever, self.slider, float(self.lever.value(scenario))
        slider.min, slider.max = min(lever.low, value), max(lever.high, value)
        slider.value = self.box.value = value
        self.box.description = say(f"lab.lever.{lever.name}.label")
        cost = say(f"lab.lever.{lever.name}.cost", **lever.cost(scenario))
        words = say("lab.lever.note", unit=say(f"lab.lever.{lever.name}.unit"), low=lever.low, high=lever.high, today=lever.value(today), cost=cost)
        self.note.value = f'<div class="crm-lab-note">{escape(words)}</div>'


class ScenarioLab(widgets.VBox):
    """Levers on the left, today against changed on the right, the same in words and as a table below. `scenario_lab` makes one."""

    def __init__(self, scenario, language: str | None, size: Size):
        self.language = language or text.language()
        scenario = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.experiment = Experiment(scenario, scenario, size)
        self._own = frozenset()  # files that this lab may replace
        self._showing = False
        self._presets = {name: load(name) for name in presets().index}

        self.preset = widgets.Dropdown(layout={"width": "320px"})
        names = [(text.catalogue("text", one)["text.name"], one) for one in text.languages()]
        self.tongue = widgets.Dropdown(options=names, value=self.language, layout={"width": "210px"})
        self.reset, self.save, self.load = (widgets.Button(icon=icon, layout={"width": "120px"}) for icon in ("undo", "save", "folder-open"))
        self.levers = {lever.name: LeverView(lever, self._move) for lever in LEVERS}
        self.about, self.message, self.charts, self.summary, self.table = (widgets.HTML() for _ in range(5))
        self.file = widgets.Text(value="mine.yml", style={"description_width": "60px"}, layout={"width": "270px"})
        wrapped = {"flex_flow": "row wrap"}
        left = widgets.VBox([*self.levers.values(), self.file, widgets.HBox([self.save, self.load])], layout={"width": "284px"})
        right = widgets.VBox([self.charts, self.summary, self.table], layout={"flex": "1 1 520px", "width": "0"})
        script = widgets.Output(outputs=({"output_type": "display_data", "data": {"application/javascript": NAME_THE_SLIDERS}, "metadata": {}},))
        super().__init__([
            widgets.HTML(STYLE), script,
            widgets.HBox([self.preset, self.tongue, self.reset], layout=wrapped),
            self.about, self.message,
            widgets.HBox([left, right], layout=wrapped)])
        self.add_class("crm-lab")

        self.preset.observe(lambda change: self._act(self._choose, change["new"]), "value")
        self.tongue.observe(lambda change: self._act(self._speak, change["new"]), "value")
        self.reset.on_click(lambda _: self._act(self._reset))
        self.save.on_click(lambda _: self._act(self._save, self.file.value))
        self.load.on_click(lambda _: self._act(self._load, self.file.value))
        self._show()

    def _act(self, action, *arguments) -> None:
        """Do what was asked for and show what came of it; what is refused changes nothing."""
        if self._showing:  # a widget was set by the lab itself
            return
        with text.use(self.language):
            try:
                message = action(*arguments) or ""
            except ScenarioError as problem:
                message = f'<div class="crm-lab-refused" role="alert">{escape(say("lab.refused", problem=problem))}</div>'
        self.message.value = message
        self._show()

    def _move(self, lever: Lever, value: float) -> None:
        self._act(lambda: self._become(self.experiment.move(lever, value)))

    def _become(self, experiment: Experiment) -> None:
        self.experiment = experiment

    def _choose(self, preset: str) -> None:
        self._become(self.experiment.start(self._presets[preset]))

    def _speak(self, language: str) -> None:
        self.language = language

    def _reset(self) -> None:
        self._become(self.experiment.reset())

    def _save(self, name: str) -> str:
        path = save(self.experiment.changed, name, self._own)
        return self._done("lab.saved", path)

    def _load(self, name: str) -> str:
        path = file_path(name)
        self._become(self.experiment.open(path))
        return self._done("lab.loaded", path)

    def _done(self, key: str, path: Path) -> str:
        self._own |= {path}
        return f'<div class="crm-lab-message" role="status">{escape(say(key, path=path))}</div>'

    def _show(self) -> None:
        """Everything anew in the lab's language; what was simulated lately comes from memory."""
        comparison = self.experiment.result()
        self._showing = True
        try:
            with text.use(self.language):
                self._show_controls()
                found = report.rows(comparison)
                self.charts.value = chart.charts_html(comparison, self.experiment.size.replications)
                self.summary.value = report.summary_html(report.summary(self.experiment, found))
                self.table.value = report.table_html(found, self.experiment)
        finally:
            self._showing = False

    def _show_controls(self) -> None:
        today = self.experiment.today
        options = [(self._title(preset), name) for name, preset in self._presets.items()]
        self.about.value = f'<div class="crm-lab-note">{escape(getattr(today.about, self.language))}</div>'
        chosen = next((name for name, preset in self._presets.items() if preset == today), "")
        if not chosen:
            options.append((say("lab.from_file", title=self._title(today)), ""))
        self.preset.options = tuple(options)
        self.preset.value = chosen
        for widget, name in ((self.preset, "preset"), (self.tongue, "language"), (self.file, "file"), (self.reset, "reset"), (self.save, "save"),
                             (self.load, "load")):
            widget.description = say(f"lab.{name}")
        for button, name in ((self.reset, "reset"), (self.save, "save"), (self.load, "load")):
            button.tooltip = say(f"lab.{name}_tip")
        for lever in self.levers.values():
            lever.show(today, self.experiment.changed)

    def _title(self, scenario: Scenario) -> str:
        return getattr(scenario.title, self.language)
