"""Errors that a learner can act on: which field, which value, what is allowed, what to do."""

from crm_sim.text import say


class ScenarioError(ValueError):
    """A setting that cannot be simulated.

    Attributes: `field` (dotted path), `value` (as given), `allowed` and `remedy` (sentences in the language in use).
    """

    def __init__(self, field: str, value, allowed: str, remedy: str):
        self.field, self.value, self.allowed, self.remedy = field, value, allowed, remedy
        super().__init__(say("errors.setting", field=field, value=_short(value), allowed=allowed, remedy=remedy))


def _short(value) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"


def require_count(field: str, value, low: int, high: int) -> int:
    """`value` as an int within [low, high], or a `ScenarioError`."""
    whole = isinstance(value, int) and not isinstance(value, bool) or hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or not low <= int(value) <= high:
        raise ScenarioError(field, value, say("errors.whole", low=low, high=high), say("errors.choose"))
    return int(value)


def require_new_folder(field: str, folder) -> None:
    """Raise `ScenarioError` where `folder` exists already, or the folder that it should stand in does not."""
    if folder.exists():
        raise ScenarioError(field, str(folder), say("errors.new_folder"), say("errors.other_folder"))
    if not folder.absolute().parent.is_dir():
        raise ScenarioError(field, str(folder), say("errors.no_parent"), say("errors.make_parent"))
