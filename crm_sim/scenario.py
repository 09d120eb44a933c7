"""What may be set: the market, the firm, its policy. Validated, read from and written to YAML.

Every number carries its unit and its evidence: a source with a tag for how sure we are. F: the statement was read in the source.
M-high, M-low: recalled, widely reproduced or not. C: computed here. A: an assumption of ours.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from crm_sim.customer.state import Market as MarketNumbers
from crm_sim.errors import ScenarioError
from crm_sim.text import say


def number(default: float, low: float, high: float, unit: str, evidence: str):
    """A number with its allowed range, its unit and the evidence for its default."""
    return Field(default, ge=low, le=high, json_schema_extra={"unit": unit, "evidence": evidence})


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)


def require_shares(**shares: float) -> None:
    """Refuse shares that exceed 1 in sum."""
    if sum(shares.values()) > 1 + 1e-9:
        raise PydanticCustomError("shares", "shares", {"fields": list(shares), "sum": round(sum(shares.values()), 6)})


class Joining(Settings):
    """How prospects become customers."""

    probability: float = number(0.01, 0, 1, "a month", "A")
    promise_effect: float = number(2.0, 0, 10, "log per unit of promise", "A")
    advertising_effect: float = number(0.5, 0, 10, "per square root of yuan a prospect", "A: diminishing returns")
    recommended: float = number(0.20, 0, 1, "shift of p per talker a head", "East, Hammond & Lomax 2008, M-low")
    warned: float = number(0.11, 0, 1, "shift of p per talker a head", "East, Hammond & Lomax 2008, M-low")
    schedule: tuple[Annotated[float, Field(ge=0, le=1, strict=True)], ...] = Field((), strict=False, json_schema_extra={"unit": "share of all customers who join in month 1, 2, …; empty: by probability", "evidence": "A"})


class Start(Settings):
    """The customers whom the firm has before month 1."""

    share: float = number(0.5, 0, 1, "of all customers", "A")
    history_months: int = Field(48, ge=0, le=600, json_schema_extra={"unit": "months of tenure at most", "evidence": "A"})


class Expectation(Settings):
    norm: float = number(0.70, 0, 1, "performance", "A")
    spread: float = number(0.08, 0, 0.5, "standard deviation", "A")
    weight: float = number(0.20, 0, 1, "least weight of an experience", "Rust, Inman, Jia & Zahorik 1999, form F; number A (0.1–0.4)")
    promise_weight: float = number(0.5, 0, 1, "of the promise in a newcomer's expectation", "Boulding et al. 1993, form M-high; number A")
    assimilation: float = number(0.2, 0, 1, "of the gap", "Anderson 1973, form M-high; number A (0–0.4)")
    contrast: float = number(0.1, 0, 1, "of the gap", "Anderson 1973, form M-high; number A")
    latitude: float = number(0.15, 0, 1, "performance", "A: about one standard deviation of the service")


class Satisfaction(Settings):
    value_weight: float = number(0.25, 0, 1, "of value beside quality", "M-low (0.15–0.4); quality outweighs value: Fornell et al. 1996, F")
    price_sensitivity: float = number(1.0, 0, 5, "performance per unit of relative price", "A")
    exceeding: float = number(0.25, 0, 5, "per unit of positive disconfirmation", "A; ratio to falling_short: see there")
    falling_short: float = number(0.50, 0, 5, "per unit of negative disconfirmation", "Anderson & Sullivan 1993, sign F; ratio 2 of 1–2.5: Tversky & Kahneman 1992, M-high; 1: Streukens & de Ruyter 2004, F")
    anchor_first: float = number(0.30, 0, 1, "weight of the first encounter", "Bolton 1998, form F; number A (0.05–0.4)")
    anchor_last: float = number(0.10, 0, 1, "weight after a long relationship", "Bolton 1998, form F; number A (0.05–0.4)")
    fit_spread: float = number(0.08, 0, 0.5, "standard deviation of performance between customers", "A: one service suits some better than others")
    start: float = number(0.70, 0, 1, "mean satisfaction before month 1", "A")
    start_spread: float = number(0.05, 0, 0.5, "standard deviation beside fit", "A")


class Failure(Settings):
    minor_depth: float = number(0.20, 0, 1, "performance lost", "A")
    serious_depth: float = number(0.50, 0, 1, "performance lost", "A")


class Complaint(Settings):
    minor: float = number(0.03, 0, 1, "share who complain", "Goodman & Newman (TARP), F")
    serious: float = number(0.66, 0, 1, "share who complain", "US OCA/TARP 1979: .69; Goodman & Newman: .63–.69, F")
    distributive: float = number(0.50, 0, 1, "weight", "Orsingher, Valentini & de Angelis 2010, order F; number A")
    interactional: float = number(0.35, 0, 1, "weight", "Orsingher et al. 2010, order F; number A")
    procedural: float = number(0.15, 0, 1, "weight", "Orsingher et al. 2010, order F; number A")
    patience_hours: float = number(72, 1, 2000, "hours", "A")
    recovery: float = number(0.8, 0, 1, "of the lift after a settled complaint", "de Matos, Henrique & Rossi 2007, sign F; number A")
    incident_weight: float = number(0.5, 0, 5, "log hazard per log of intention to stay", "A: intentions overstate behaviour")
    stay_minor_silent: float = number(0.37, 0.01, 1, "mean to buy again", "TARP table, small loss, F")
    stay_minor_unsettled: float = number(0.46, 0.01, 1, "mean to buy again", "TARP table, small loss, F")
    stay_minor_settled: float = number(0.70, 0.01, 1, "mean to buy again", "TARP table, small loss, F")
    stay_minor_quickly: float = number(0.95, 0.01, 1, "mean to buy again", "TARP table, small loss, F")
    stay_serious_silent: float = number(0.09, 0.01, 1, "mean to buy again", "TARP table, large loss, F")
    stay_serious_unsettled: float = number(0.19, 0.01, 1, "mean to buy again", "TARP table, large loss, F; CCMC 2020 finds the reverse order")
    stay_serious_settled: float = number(0.54, 0.01, 1, "mean to buy again", "TARP table, large loss, F")
    stay_serious_quickly: float = number(0.82, 0.01, 1, "mean to buy again", "TARP table, large loss, F")

    @model_validator(mode="after")
    def _weights(self):
        require_shares(distributive=self.distributive, interactional=self.interactional, procedural=self.procedural)
        return self


class Loyalty(Settings):
    trust_speed: float = number(0.10, 0, 1, "a month", "A")
    trust_breach: float = number(0.10, 0, 1, "trust lost by an unsettled failure", "Morgan & Hunt 1994, sign F; number A")
    satisfaction_weight: float = number(0.55, 0, 1, "weight", "C: correlation of satisfaction and loyalty near .54 (Curtis et al. 2011, F)")
    trust_weight: float = number(0.15, 0, 1, "weight", "Morgan & Hunt 1994, sign F; number A")
    speed: float = number(0.20, 0, 1, "a month", "A")

    @model_validator(mode="after")
    def _weights(self):
        require_shares(satisfaction_weight=self.satisfaction_weight, trust_weight=self.trust_weight)
        return self


class Switching(Settings):
    start: float = number(0.30, 0, 1, "perceived switching cost", "A")
    spread: float = number(0.10, 0, 0.5, "standard deviation", "A")
    growth: float = number(0.005, 0, 1, "of what is left to 1, a month", "A")
    reward_effect: float = number(20.0, 0, 200, "growth per share of revenue given back", "A")
    moderation: float = number(1.0, 0, 10, "of the effect of satisfaction", "Pick & Eisend 2014, weak effect F; number A")


class Churn(Settings):
    choice: float = number(1.0, 0, 3, "0: captive, 1: usual choice", "Jones & Sasser 1995, F; number A")
    beta_a: float = number(0.8, 0.1, 1000, "shape", "Fader & Hardie 2007, form M-high; number A")
    beta_b: float = number(30.0, 0.1, 100000, "shape", "Fader & Hardie 2007, form M-high; number A")
    satisfaction_effect: float = number(8.0, 0, 20, "log hazard per unit", "Gustafsson, Johnson & Roos 2005; Bolton 1998: sign F; number A")
    switching_cost_effect: float = number(0.5, 0, 10, "log hazard per unit", "Gustafsson et al. 2005: sign F; weak: Pick & Eisend 2014, F; number A")
    trust_effect: float = number(0.2, 0, 10, "log hazard per unit", "near 0 once satisfaction counts: Gustafsson et al. 2005, F; number A")
    prior_churn_effect: float = number(0.5, 0, 10, "log hazard per earlier loss", "Gustafsson et al. 2005: sign F; number A")
    price_effect: float = number(4.0, 0, 20, "log hazard per unit of relative price", "A")
    price_share: float = number(0.30, 0, 1, "of the hazard at reference", "Keaveney 1995: 29.9% name pricing, M-high")
    circumstances_share: float = number(0.06, 0, 1, "of the hazard at reference", "Keaveney 1995: 6.2% involuntary, M-high")
    reference_satisfaction: float = number(0.65, 0, 1, "satisfaction", "A")
    reference_trust: float = number(0.65, 0, 1, "trust", "A")

    @model_validator(mode="after")
    def _causes(self):
        require_shares(price_share=self.price_share, circumstances_share=self.circumstances_share)
        return self


class Purchase(Settings):
    rate_shape: float = number(0.243, 0.1, 1000, "shape r of the order rate", "Fader, Hardie & Lee 2005, M-high")
    rate_scale: float = number(1.019, 0.001, 1000, "scale alpha, months", "Fader, Hardie & Lee 2005: 4.414 weeks, M-high")
    price_elasticity: float = number(1.0, 0, 10, "of orders to price", "A")


class Spend(Settings):
    order_shape: float = number(6.25, 0.1, 1000, "shape p of an order's value", "gamma-gamma on CDNOW, F")
    value_shape: float = number(3.74, 1.01, 1000, "shape q of customers' mean values", "gamma-gamma on CDNOW, F")
    value_scale: float = number(15.44, 0.001, 1e6, "scale, yuan", "gamma-gamma on CDNOW, F")
    share_start: float = number(0.6, 0.05, 1, "share of wallet", "A")
    share_effect: float = number(0.5, 0, 5, "share of wallet per unit of satisfaction", "Cooil et al. 2007: sign F; number A")
    share_speed: float = number(0.10, 0, 1, "a month", "A")
    downgrade_hazard: float = number(0.01, 0, 1, "a month at reference", "A; spending less is commoner than leaving: Coyles & Gokey 2002, F")
    downgrade_factor: float = number(0.5, 0, 1, "of the share that is kept", "A")


class Payment(Settings):
    discipline: float = number(1.0, 0.02, 1, "of what is owed, a month", "A")
    spread: float = number(0.0, 0, 1, "standard deviation", "A")


class Talk(Settings):
    positive: float = number(0.20, 0, 1, "recommends in a month when wholly satisfied", "A: volume about 3:1 (East, Hammond & Wright 2007, F)")
    negative: float = number(0.40, 0, 1, "warns in a month when wholly dissatisfied", "the dissatisfied talk more: Anderson 1998, F; number A")


class Survey(Settings):
    answer_base: float = number(0.10, 0, 1, "answers at middling satisfaction", "A")
    answer_extreme: float = number(0.30, 0, 1, "more at the extremes", "A")
    noise: float = number(0.10, 0, 1, "standard deviation of the moment", "A")
    leniency: float = number(0.08, -0.5, 0.5, "added to what is felt", "A: ratings run high")


class WinBack(Settings):
    base: float = number(-4.0, -20, 20, "logit a month", "A")
    satisfaction_effect: float = number(2.0, 0, 20, "logit per unit", "Kumar, Bhagwat & Zhang 2015: sign F; number A")
    service_effect: float = number(0.5, 0, 20, "logit", "Kumar et al. 2015: sign F; number A")
    offer_effect: float = number(3.0, 0, 20, "logit per bill", "Tokman, Davis & Lemon 2007: sign F; number A")
    lapse_effect: float = number(0.15, 0, 5, "logit a month away", "Thomas, Blattberg & Fox 2004: sign M-high; number A")


class Market(Settings):
    """How the customers of this market feel and act."""

    contract: bool = Field(True, json_schema_extra={"unit": "one bill a month and a notice when leaving", "evidence": "A"})
    joining: Joining = Joining()
    start: Start = Start()
    expectation: Expectation = Expectation()
    satisfaction: Satisfaction = Satisfaction()
    failure: Failure = Failure()
    complaint: Complaint = Complaint()
    loyalty: Loyalty = Loyalty()
    switching: Switching = Switching()
    churn: Churn = Churn()
    purchase: Purchase = Purchase()
    spend: Spend = Spend()
    payment: Payment = Payment()
    talk: Talk = Talk()
    survey: Survey = Survey()
    winback: WinBack = WinBack()

    @model_validator(mode="after")
    def _schedule(self):
        require_shares(**{"joining.schedule": sum(self.joining.schedule), "start.share": self.start.share})
        return self

    def numbers(self) -> MarketNumbers:
        """The same as one flat table for compiled code."""
        return MarketNumbers(**{name: float(_leaf(self, name)) for name in MarketNumbers._fields})


def _leaf(market: Market, flat: str):
    group, _, leaf = flat.partition("_")
    found = getattr(market, group)
    return getattr(found, leaf) if leaf else found


class Firm(Settings):
    """What the firm's work costs. Assumptions throughout."""

    service_cost: float = number(20.0, 0, 1e7, "yuan a served customer a month", "A")
    reference_quality: float = number(0.70, 0, 1, "quality that costs service_cost", "A")
    reference_swing: float = number(0.15, 0.01, 0.5, "swing that costs service_cost", "A")
    reference_failure: float = number(0.08, 0.001, 1, "failures a month that cost service_cost", "A")
    quality_cost: float = number(3.0, 0, 20, "log cost per unit of quality", "A")
    swing_cost: float = number(0.3, 0, 5, "elasticity to steadiness", "A")
    failure_cost: float = number(0.1, 0, 5, "elasticity to soundness", "A")
    goods_share: float = number(0.30, 0, 1, "of revenue", "A")
    complaint_cost: float = number(30.0, 0, 1e6, "yuan a place at the desk", "A")
    welcome_cost: float = number(60.0, 0, 1e7, "yuan a new customer", "A")
    contact_cost: float = number(2.0, 0, 1e6, "yuan a win-back offer", "A")
    survey_cost: float = number(0.5, 0, 1e5, "yuan a customer asked", "A")


class ServicePolicy(Settings):
    quality: float = number(0.72, 0, 1, "mean performance", "lever")
    swing: float = number(0.15, 0.01, 0.5, "standard deviation from month to month", "lever")
    minor_failure: float = number(0.06, 0, 1, "a month", "lever")
    serious_failure: float = number(0.015, 0, 1, "a month", "lever")

    @model_validator(mode="after")
    def _failures(self):
        require_shares(minor_failure=self.minor_failure, serious_failure=self.serious_failure)
        return self


class PromisePolicy(Settings):
    level: float = number(0.72, 0, 1, "promised performance", "lever")
    advertising: float = number(0.2, 0, 1000, "yuan a prospect a month", "lever")


class PricePolicy(Settings):
    level: float = number(1.0, 0.2, 5, "relative to the trade", "lever")


class ComplaintPolicy(Settings):
    first_response_hours: float = number(48.0, 0.25, 720, "hours", "lever")
    courtesy: float = number(0.7, 0, 1, "how complainants are treated", "lever")
    compensation: float = number(0.1, 0, 1, "of a month's bill", "lever")
    access: float = number(0.5, 0, 1, "ease of complaining; 0.5 is usual", "lever")
    capacity: float = number(30.0, 0.1, 1000, "complaints a month per 1,000 active customers", "lever")


class LoyaltyPolicy(Settings):
    reward: float = number(0.0, 0, 0.5, "of revenue, given back", "lever")


class SurveyPolicy(Settings):
    share: float = number(0.05, 0, 1, "of active customers asked in a month", "lever")


class WinBackPolicy(Settings):
    discount: float = number(0.2, 0, 1, "of a month's bill", "lever")
    months: int = Field(3, ge=1, le=36, json_schema_extra={"unit": "months that the discount lasts", "evidence": "lever"})
    wait: int = Field(1, ge=0, le=120, json_schema_extra={"unit": "months after the loss", "evidence": "lever"})
    window: int = Field(0, ge=0, le=120, json_schema_extra={"unit": "months of asking; 0: nobody is asked", "evidence": "lever"})
    least_revenue: float = number(0.0, 0, 1e8, "yuan a month brought in the first life", "lever")


class Policy(Settings):
    """The levers that the firm may move."""

    service: ServicePolicy = ServicePolicy()
    promise: PromisePolicy = PromisePolicy()
    price: PricePolicy = PricePolicy()
    complaints: ComplaintPolicy = ComplaintPolicy()
    loyalty: LoyaltyPolicy = LoyaltyPolicy()
    survey: SurveyPolicy = SurveyPolicy()
    winback: WinBackPolicy = WinBackPolicy()


class Words(Settings):
    """The same words in both languages."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)


class Scenario(Settings):
    """A market, a firm and a policy. Never changed in place: `change` makes another."""

    name: str = Field(min_length=1)
    title: Words
    about: Words
    market: Market = Market()
    firm: Firm = Firm()
    policy: Policy = Policy()

    def change(self, settings: dict[str, Any]) -> Scenario:
        """Another scenario with some settings changed, named by dotted path: `{"policy.price.level": 1.1}`.

        Raises `ScenarioError` for an unknown path or a value out of range.
        """
        content = self.model_dump(mode="json")
        for path, value in settings.items():
            *groups, leaf = str(path).split(".")
            place = content
            for group in groups:
                place = place.get(group) if isinstance(place, dict) else None
            if not isinstance(place, dict) or leaf not in place:
                raise _unknown(path, value)
            if isinstance(place[leaf], dict):
                raise ScenarioError(path, value, say("errors.group_of_settings"), say("errors.see_settings", names=_list(place[leaf])))
            place[leaf] = value
        return _validated(content)

    def save(self, path) -> Path:
        """Write the scenario as YAML; the file appears whole or not at all. Returns its path."""
        path = Path(path)
        write_whole(path, self.to_yaml())
        return path

    def to_yaml(self) -> str:
        """The scenario as YAML text."""
        return yaml.safe_dump(self.model_dump(mode="json"), allow_unicode=True, sort_keys=False)


def write_whole(path: Path, text: str) -> None:
    """Write `text` aside and rename: nobody ever meets half a file."""
    if not path.absolute().parent.is_dir():
        raise ScenarioError("file", str(path), say("errors.no_parent"), say("errors.make_parent"))
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(aside, 0o644)  # what was made aside was for its maker's eyes only
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _validated(content: dict) -> Scenario:
    try:
        return Scenario.model_validate(content)
    except ValidationError as error:
        raise _readable(error.errors()[0]) from None


def _readable(problem: dict) -> ScenarioError:
    """The first of pydantic's findings as our own error."""
    path = [str(part) for part in problem["loc"]]
    field, value, kind = ".".join(path), problem["input"], problem["type"]
    if kind == "extra_forbidden":
        return _unknown(field, value)
    if kind == "missing":
        return ScenarioError(field, None, say("errors.missing_setting"), say("errors.missing_remedy"))
    if kind == "shares":
        fields = " + ".join(".".join([*path, name]) for name in problem["ctx"]["fields"])
        return ScenarioError(fields, problem["ctx"]["sum"], say("errors.shares"), say("errors.shares_remedy"))
    expected = {"bool_type": "errors.yes_or_no", "string_type": "errors.words", "string_too_short": "errors.words", "model_type": "errors.settings",
                "model_attributes_type": "errors.settings", "dict_type": "errors.settings", "tuple_type": "errors.list"}.get(kind)
    if expected:
        return ScenarioError(field, value, say(expected), say("errors.choose"))
    low, high, whole = _range_of(path)
    return ScenarioError(field, value, say("errors.whole" if whole else "errors.number", low=low, high=high), say("errors.choose"))


def _range_of(path: list[str]) -> tuple:
    """The least and the greatest value of a number, and whether it must be whole; a share in a list lies in [0, 1]."""
    model: Any = Scenario
    for part in path[:-1]:
        model = model.model_fields[part].annotation if part in getattr(model, "model_fields", {}) else None
    field = getattr(model, "model_fields", {}).get(path[-1])
    limits = {name: getattr(mark, name) for mark in getattr(field, "metadata", ()) for name in ("ge", "le") if hasattr(mark, name)}
    return limits.get("ge", 0), limits.get("le", 1), getattr(field, "annotation", None) is int


def _list(names) -> str:
    return say("errors.comma").join(names)


def _unknown(path, value) -> ScenarioError:
    """A path that leads nowhere: each part that is not there is taken for its nearest neighbour; where there is none, the choice is shown."""
    model: Any = Scenario
    repaired = []
    for part in str(path).split("."):
        names = getattr(model, "model_fields", {})
        near = [part] if part in names else difflib.get_close_matches(part, names, n=1)
        if not near:
            remedy = say("errors.see_settings", names=_list(names or Scenario.model_fields))
            return ScenarioError(path, value, say("errors.unknown_setting"), remedy)
        repaired += near
        model = names[near[0]].annotation
    return ScenarioError(path, value, say("errors.unknown_setting"), say("errors.did_you_mean", near=".".join(repaired)))


def _preset_files() -> dict[str, Any]:
    folder = resources.files("crm_sim") / "scenarios"
    return {file.name.removesuffix(".yml"): file for file in sorted(folder.iterdir(), key=lambda file: file.name) if file.name.endswith(".yml")}


def presets() -> pd.DataFrame:
    """The scenarios that come with the simulator: index `name`, columns `en` and `zh` with their titles."""
    titles = {name: load(name).title.model_dump() for name in _preset_files()}
    return pd.DataFrame.from_dict(titles, orient="index", columns=["en", "zh"]).rename_axis("name")


def load(source) -> Scenario:
    """A scenario by a preset's name or by the path of a YAML file.

    A setting that the file leaves out keeps its default. Raises `ScenarioError` when there is no such preset or file, when the
    file cannot be read or is no YAML mapping, and for any setting that is unknown or out of range.
    """
    known = _preset_files()
    if not isinstance(source, (str, os.PathLike)):
        raise ScenarioError("scenario", source, say("errors.unknown_preset"), say("errors.unknown_preset_remedy", names=_list(known)))
    if str(source) in known:
        return _parse(known[str(source)].read_text(encoding="utf-8"), str(source))
    path = Path(source)
    if path.suffix not in (".yml", ".yaml") and not os.path.exists(path):
        near = difflib.get_close_matches(str(source), known, n=1)
        remedy = say("errors.unknown_preset_near", near=near[0], names=_list(known)) if near else say("errors.unknown_preset_remedy", names=_list(known))
        raise ScenarioError("scenario", str(source), say("errors.unknown_preset"), remedy)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "UTF-8"
        raise ScenarioError("scenario", str(source), say("errors.unreadable", reason=reason), say("errors.unreadable_remedy")) from None
    return _parse(text, str(source))


def _parse(text: str, source: str) -> Scenario:
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise ScenarioError("scenario", source, say("errors.mapping"), say("errors.mapping_remedy"))
    return _validated(content)
