"""Every setting of a scenario as a table in Markdown: `python -m crm_sim.parameters > docs/parameters.md`."""

from collections.abc import Iterator
from typing import Any

from crm_sim.scenario import Scenario, Settings


def _settings(model=Scenario, path: str = "") -> Iterator[tuple[str, Any]]:
    """Path and field of every setting, words apart."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Settings):
            yield from _settings(field.annotation, f"{path}{name}.")
        elif field.json_schema_extra:
            yield f"{path}{name}", field


def _row(path: str, field) -> str:
    limits = {name: getattr(mark, name) for mark in field.metadata for name in ("ge", "le") if hasattr(mark, name)}
    span = f"{limits['ge']:g} – {limits['le']:g}" if limits else ""
    default = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
    return f"| `{path}` | {default} | {span} | {field.json_schema_extra['unit']} | {field.json_schema_extra['evidence']} |"


def parameter_table() -> str:
    """A Markdown table: setting, default, range, unit, evidence."""
    return "\n".join(["| setting | default | range | unit | evidence |", "|---|---|---|---|---|", *(_row(path, field) for path, field in _settings()), ""])


def page() -> str:
    """The whole of docs/parameters.md."""
    return ("# Settings of a scenario\n\nMade by `python -m crm_sim.parameters > docs/parameters.md` from `crm_sim/scenario.py`; presets depart from these defaults.\n"
            "Evidence: a source with a tag for how sure we are. F: the statement was read in the source. M-high, M-low: recalled, widely reproduced or not. C: computed here. "
            "A: an assumption of ours. A lever is the firm's to choose.\n\n" + parameter_table())


if __name__ == "__main__":
    print(page(), end="")
