"""The keys of one entry of a parameter file, and what its name promises of its unit."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from regionsim.language.inputs import Quality
from regionsim.scenarios.report import Report, Strict, cut, key_name
from regionsim.scenarios.schema import FiniteNumber
from regionsim.scenarios.yaml_reader import KeyPath

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
TIME_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
Text = Annotated[str, Field(min_length=1)]


def _listed(over: Any) -> Any:
    return [over] if isinstance(over, str) else over


class Range(Strict):
    """What the value may be: bounds in the parameter's unit, or (`as: factor`) factors on the value."""

    low: FiniteNumber
    high: FiniteNumber
    shape: Literal["triangular", "uniform", "normal", "lognormal"] = "triangular"
    kind: Annotated[Literal["absolute", "factor"], Field(alias="as")] = "absolute"


class Argument(Strict):
    """What a table is a function of."""

    unit: Text
    about: str = ""


class ParameterDefinition(Strict):
    """One parameter: what it is, its value or points, how sure it is and where it comes from."""

    about: Text
    unit: Text
    value: Any = None
    over: Annotated[list[str], BeforeValidator(_listed), Field(default=[])]
    kind: Literal["linear", "step"] | None = None
    argument: Argument | None = None
    points: Any = None
    range: Range
    quality: Quality
    source: Text


# Stand in for keys that are missing or wrong, so that the other keys of the entry are still checked.
STAND_INS: dict[str, Any] = {
    "about": "-",
    "unit": "dimensionless",
    "range": {"low": 0, "high": 0},
    "quality": "assumption",
    "source": "-",
}


def check_name(report: Report, path: KeyPath, name: object, unit: object) -> None:
    """The name in snake_case, and the unit that its last word promises (architecture: `_rate` is 1/year, ...)."""
    if not isinstance(name, str) or not SNAKE.fullmatch(name):
        report.add(
            path,
            f"the name of parameter '{cut(str(name))}'",
            expected="small letters, digits and '_', like 'birth_rate'",
        )
    if not isinstance(name, str) or not isinstance(unit, str):
        return
    unit = cut(unit)
    at = (*path, "unit")
    if unit == "1":
        report.add(at, key_name(at), "'1'", "'dimensionless'")
    elif name.endswith("_rate") and unit != "1/year":
        report.add(at, f"the unit of '{name}', a rate", f"'{unit}'", "'1/year'")
    elif name.endswith(("_share", "_index")) and unit != "dimensionless":
        kind = "a share" if name.endswith("_share") else "an index"
        report.add(at, f"the unit of '{name}', {kind}", f"'{unit}'", "'dimensionless'")
    elif name.endswith("_time") and unit not in TIME_UNITS:
        report.add(at, f"the unit of '{name}', a time", f"'{unit}'", f"one of {', '.join(TIME_UNITS)}")


def is_share(name: str) -> bool:
    """Whether the name says that no value may lie outside 0 to 1."""
    return name.endswith("_share")
