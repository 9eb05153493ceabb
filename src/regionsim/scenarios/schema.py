"""The keys of a scenario file, one small model for each; `ScenarioFile` lists them all.

A new key is a model here, a field of `ScenarioFile`, and a layer in `layers.py` that reads it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.report import Strict, refuse

FIRST_YEAR, LAST_YEAR = 1900, 2200
UNCHANGED = "unchanged"
Form = Literal["value", "scale", "path", "points"]
FORMS: tuple[Form, ...] = get_args(Form)
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 80
# Million CNY of 2020 a month and agreement: beyond it a county could not pay from its whole budget.
HIGHEST_PRICE = 100.0

FiniteNumber = Annotated[float, Field(allow_inf_nan=False)]
BorderShare = Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)]
WholeYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


def kebab(name: str) -> str:
    """The name, which must be words of small letters and digits joined by hyphens; it names a folder of results."""
    if not KEBAB.fullmatch(name) or len(name) > LONGEST_NAME:
        raise refuse("small letters, digits and hyphens, like 'full-cooperation'")
    return name


def _fraction(step: Any) -> Any:
    """`1/12` is text in YAML, yet the only exact way to write a month."""
    match = re.fullmatch(r"1\s*/\s*([1-9]\d{0,3})", step) if isinstance(step, str) else None
    return 1 / int(match.group(1)) if match else step


def _divides_a_year(step: float) -> float:
    expected = "one year divided by a whole number, like 1, 0.5, 0.25, 0.125 or 1/12"
    if not 1 / 400 < step <= 1:
        raise refuse(expected)
    parts = round(1 / step)
    if abs(1 / step - parts) > 1e-4 * parts:
        raise refuse(expected)
    return 1 / parts


class RunSettings(Strict):
    """From when to when, in which steps (years), by which method, with which seed for draws."""

    start: WholeYear = 2020
    end: WholeYear = 2035
    step: Annotated[FiniteNumber, BeforeValidator(_fraction), AfterValidator(_divides_a_year)] = 0.25
    method: Literal["euler", "rk4"] = "euler"
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0


class ProjectDates(Strict):
    """When a transport project opens or closes, as model years (2030.5 is half a year after 2030)."""

    opens: FiniteNumber | None = None
    closes: FiniteNumber | None = None
    note: str = ""


class MeasureSetting(Strict):
    """When, how strongly and where a measure of the plan, or a part of it, acts.

    Left out: the years of the plan, full strength (1), and the counties where the plan puts it. `parts` are the
    measure's own efforts where they differ from the whole.
    """

    start: FiniteNumber | None = None
    full: FiniteNumber | None = None
    strength: Annotated[FiniteNumber, Field(ge=0, le=5)] = 1.0
    counties: list[str | int] | None = None
    note: str = ""
    parts: dict[str, MeasureSetting] = Field(default={})


class BorderSetting(Strict):
    """What remains of the provincial border from a year on: 1 as in 2020, 0 as if it did not matter.

    `friction` is for all parts; a part that is named stands by itself.
    """

    friction: BorderShare | None = None
    travel: BorderShare | None = None
    goods: BorderShare | None = None
    clusters: BorderShare | None = None
    labour: BorderShare | None = None
    services: BorderShare | None = None
    fiscal: BorderShare | None = None
    start: FiniteNumber | None = None
    note: str = ""


def _price(price: Any) -> Any:
    """A number, or a text whose number and unit are read later: two types would be two messages for one mistake."""
    number = isinstance(price, (int, float)) and not isinstance(price, bool)
    if price is not None and not isinstance(price, str) and not (number and 0 <= price <= HIGHEST_PRICE):
        raise refuse(f"a number from 0 to {HIGHEST_PRICE:g}, in million CNY of 2020 a month, or a number and its unit")
    return float(price) if number else price


class AgreementTerms(Strict):
    """Terms of an agreement on ecological compensation where they differ from those that are known.

    `price` is million CNY of 2020 a month, or a text with its unit; `scale` multiplies price and award; `bonus` is the
    part of the price that a month a class better adds; `start` and `until` are model years.
    """

    price: Annotated[Any, AfterValidator(_price)] = None
    scale: Annotated[FiniteNumber, Field(ge=0, le=100)] | None = None
    bonus: Annotated[FiniteNumber, Field(ge=0, le=5)] | None = None
    start: FiniteNumber | None = None
    until: FiniteNumber | None = None
    note: str = ""


class ParameterEntry(Strict):
    """A change of one parameter: one of `value`, `scale`, `path` and `points`."""

    value: Any = None
    scale: Any = None
    path: Any = None
    points: Any = None
    kind: Literal["linear", "step"] | None = None
    outside_range: bool = False
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, entry: Any) -> Any:
        if isinstance(entry, bool) or not isinstance(entry, (int, float, str, dict)):
            raise refuse("a number, a number with its unit, or keys and values")
        return entry if isinstance(entry, dict) else {"value": entry}

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [form for form in FORMS if form in self.model_fields_set]
        if len(forms) != 1:
            raise refuse("exactly one of value, scale, path, points", found=", ".join(forms) or "none of them")
        if self.kind is not None and forms != ["path"]:
            raise refuse("'kind' only beside 'path'", found=f"'kind' beside '{forms[0]}'")
        return self


class Title(Strict):
    """The title in two languages; one alone serves for both."""

    en: str = ""
    zh: str = ""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, title: Any) -> Any:
        if not isinstance(title, (str, dict)):
            raise refuse("text, or keys en and zh")
        return title if isinstance(title, dict) else {"en": title, "zh": title}


class ScenarioFile(Strict):
    """Everything that may stand in one scenario file."""

    name: Annotated[str, AfterValidator(kebab)] = ""
    title: Title = Title()
    about: str = ""
    extends: Annotated[str, Field(min_length=1)] = ""
    run: RunSettings = RunSettings()
    calibration: Any = None
    measures: dict[str, MeasureSetting] = Field(default={})
    border: BorderSetting = BorderSetting()
    compensation: dict[str, AgreementTerms] = Field(default={})
    shocks: dict[str, ParameterEntry] = Field(default={})
    transport: dict[str, ProjectDates] = Field(default={})
    parameters: dict[str, ParameterEntry] = Field(default={})


def scenario_json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file, for completion and checks in an editor.

    It knows the keys and their types; units, ranges, years and names are checked when the scenario is loaded.
    """
    schema = ScenarioFile.model_json_schema()
    properties = schema["properties"]
    definitions = schema["$defs"]
    number_or_text = [{"type": "number"}, {"type": "string"}]
    unchanged = {"const": UNCHANGED}
    # What the models take in a shorter form than their own keys.
    properties["title"] = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Title"}]}
    properties["calibration"] = {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "values": {"type": "object", "additionalProperties": {"type": "number"}},
                },
                "required": ["name", "values"],
                "additionalProperties": False,
            },
        ],
        "description": "Calibrated values: none, a layer that is shipped, the file of one, or the values themselves.",
    }
    definitions["RunSettings"]["properties"]["step"] = {
        "anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": 1}, {"pattern": "^1/[0-9]+$", "type": "string"}],
        "default": 0.25,
    }
    # The parts of a measure stand beside its own keys, by their names.
    setting = definitions["MeasureSetting"]
    del setting["properties"]["parts"]
    part = {"$ref": "#/$defs/MeasureSetting"}
    parts = {effort.name: part for measure in load_measures() for effort in measure.efforts}
    definitions["Measure"] = {**setting, "properties": {**setting["properties"], **parts}, "title": "Measure"}
    for section, model in (("measures", "Measure"), ("compensation", "AgreementTerms"), ("transport", "ProjectDates")):
        properties[section]["additionalProperties"] = {"anyOf": [{"$ref": f"#/$defs/{model}"}, unchanged]}
    entry = {"$ref": "#/$defs/ParameterEntry"}
    for section in ("shocks", "parameters"):
        properties[section]["additionalProperties"] = {"anyOf": [*number_or_text, entry, unchanged]}
    forms = definitions["ParameterEntry"]["properties"]
    forms["value"] = {"anyOf": [*number_or_text, {"type": "object"}]}
    forms["scale"] = {"anyOf": [{"type": "number"}, {"type": "object"}]}
    forms["path"] = forms["points"] = {"type": "object"}
    definitions["AgreementTerms"]["properties"]["price"] = {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": HIGHEST_PRICE}, {"type": "string"}]
    }
    definitions["ParameterEntry"]["oneOf"] = [{"required": [form]} for form in FORMS]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
