"""Layers of calibrated values between the evidence and a scenario: found by name, read, checked, laid over.

A layer is a YAML file that `regionsim calibrate` writes; of all it says, a run needs only the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError

import regionsim
from regionsim.language.inputs import AnyInput
from regionsim.problems import ProblemsError, nearest_name
from regionsim.scenarios.drawn import drawn, find_drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.ranges import outside, short
from regionsim.scenarios.report import Report, Strict, cut
from regionsim.scenarios.schema import FiniteNumber, Title, kebab
from regionsim.scenarios.yaml_reader import Document, KeyPath, read_yaml

# The layer that scenarios have which say nothing of it; None: they have none.
DEFAULT_LAYER: str | None = "hindcast"
NO_LAYER = "none"
SHIPPED = Path(regionsim.__file__).parent / "calibration"
ENDING, DRAWS_ENDING, NUISANCE_ENDING = ".yaml", ".draws.csv", ".nuisance.csv"


@dataclass(frozen=True)
class Calibration:
    """The values of a layer by key ("participation_share", "capital_elasticity[industry]"), keys in order.

    A value is a number in the parameter's unit, or a factor on the evidence where the range is one of factors.
    """

    name: str
    values: tuple[tuple[str, float], ...]

    def resolved(self) -> dict[str, Any]:
        """As a scenario file may say it without the file of the layer."""
        return {"name": self.name, "values": dict(self.values)}


class LayerEntry(Strict):
    """One calibrated parameter. Only `value` counts in a run; the rest says how it came about."""

    value: FiniteNumber
    unit: str = ""
    prior: dict[str, Any] = Field(default={})
    interval_50: list[FiniteNumber] = Field(default=[])
    interval_90: list[FiniteNumber] = Field(default=[])
    shrinkage: FiniteNumber | None = None
    flag: str = ""


class LayerFile(Strict):
    """The keys of a layer's file; `nuisance` are parameters that were fitted beside it, which no run takes from it."""

    name: Annotated[str, AfterValidator(kebab)]
    title: Title = Title()
    about: str = ""
    fitted: dict[str, Any] = Field(default={})
    parameters: Annotated[dict[str, LayerEntry], Field(min_length=1)]
    nuisance: dict[str, LayerEntry] = Field(default={})
    correlations: list[dict[str, Any]] = Field(default=[])
    fit: dict[str, Any] = Field(default={})
    fit_left_out: dict[str, Any] = Field(default={})


class InlineLayer(Strict):
    """A layer in a scenario file itself, as resolved scenarios have it."""

    name: Annotated[str, AfterValidator(kebab)]
    values: Annotated[dict[str, FiniteNumber], Field(min_length=1)]


def shipped_layers() -> list[str]:
    """The names of the layers that come with the package."""
    return sorted(file.stem for file in SHIPPED.glob(f"*{ENDING}"))


def layer_file(said: str, folder: Path) -> Path:
    """The file of a layer that is named: one that is shipped, or a path from `folder`.

    Raises KeyError, whose text is the nearest name, where there is none.
    """
    if said.endswith(ENDING):
        return folder / said
    if said in shipped_layers():
        return SHIPPED / f"{said}{ENDING}"
    raise KeyError(nearest_name(said, [*shipped_layers(), NO_LAYER]))


def read_layer_file(path: Path, parameters: Mapping[str, AnyInput], axes: AxisLabels) -> Calibration:
    """The values in the file of a layer. Raises ProblemsError with everything that is wrong in it."""
    shown = f"{SHIPPED.name}/{path.name}" if path.parent == SHIPPED else path.as_posix()
    report = Report(read_yaml(path, shown=shown))
    report.add_missing_values()
    try:
        file = LayerFile.model_validate(report.document.data)
    except ValidationError as error:
        report.add_validation(error, LayerFile)
        raise ProblemsError(report.problems) from None
    values = {key: entry.value for key, entry in file.parameters.items()}
    found = _checked(report, file.name, values, "parameters", parameters, axes)
    if report.problems:
        raise ProblemsError(report.problems)
    return found


def said_calibration(document: Document, parameters: Mapping[str, AnyInput], axes: AxisLabels) -> Calibration | None:
    """What a scenario file says under `calibration`, None where it says there is none.

    Raises ProblemsError with everything that is wrong in it, or in the file of the layer.
    """
    said, path = document.data["calibration"], ("calibration",)
    report = Report(document)
    if said == NO_LAYER:
        return None
    if isinstance(said, dict):
        try:
            inline = InlineLayer.model_validate(said)
        except ValidationError as error:
            report.add_validation(error, InlineLayer, path)
        else:
            found = _checked(report, inline.name, inline.values, "calibration.values", parameters, axes)
            if not report.problems:
                return found
        raise ProblemsError(report.problems)
    expected = f"{', '.join([NO_LAYER, *shipped_layers()])}, or a file of a layer ('layer.yaml') beside this one"
    if not isinstance(said, str):
        report.add(path, "key 'calibration'", cut(str(said)), expected)
        raise ProblemsError(report.problems)
    try:
        file = layer_file(said, Path(document.file).parent)
    except KeyError as error:
        nearest = str(error.args[0])
        report.add(path, f"unknown calibration '{cut(said)}'", "", "" if nearest else expected, nearest)
        raise ProblemsError(report.problems) from None
    if not _is_file(file):
        beside = [each.name for each in Path(document.file).parent.glob(f"*{ENDING}")]
        what = "the file of the calibration does not exist"
        report.add(path, what, f"'{cut(said)}'", expected, nearest_name(said, beside))
        raise ProblemsError(report.problems)
    return read_layer_file(file, parameters, axes)


def said_without_layer() -> str:
    """What a scenario without a layer must say of it; empty where nothing need be said."""
    return "" if DEFAULT_LAYER is None else NO_LAYER


def default_calibration(parameters: Mapping[str, AnyInput], axes: AxisLabels) -> Calibration | None:
    """The layer of scenarios that say nothing of it."""
    if DEFAULT_LAYER is None:
        return None
    return read_layer_file(SHIPPED / f"{DEFAULT_LAYER}{ENDING}", parameters, axes)


def with_calibration(
    parameters: Mapping[str, AnyInput], calibration: Calibration, axes: AxisLabels
) -> dict[str, AnyInput]:
    """All parameters, those that the layer has with its values, as calibrated; those given stay as they are."""
    result = dict(parameters)
    for key, value in calibration.values:
        one = find_drawn(key, parameters, axes)
        changed = drawn(result[one.name], one.labels, value, axes, of=parameters[one.name])
        changed.values.flags.writeable = False
        result[one.name] = replace(changed, quality="calibrated", source=f"calibration:{calibration.name}")
    return result


def _checked(
    report: Report,
    name: str,
    values: Mapping[str, float],
    section: str,
    parameters: Mapping[str, AnyInput],
    axes: AxisLabels,
) -> Calibration:
    """The values, with a problem in the report for each that no parameter can have."""
    for key, value in values.items():
        path: KeyPath = (*section.split("."), key)
        try:
            one = find_drawn(key, parameters, axes)
            parameter = parameters[one.name]
            wrong = outside(drawn(parameter, one.labels, value, axes), parameter)
        except (TypeError, ValueError) as error:
            report.add(path, f"the calibrated '{cut(key)}': {error}")
            continue
        if wrong:
            found, within = wrong
            if parameter.range_kind == "factor" and parameter.low is not None and parameter.high is not None:
                found = f"{short(value)} times the evidence"
                within = f"{short(parameter.low)} to {short(parameter.high)} times"
            expected = f"{within} ({parameter.file}:{parameter.line})"
            report.add(path, f"the calibrated '{key}' lies outside the range of the parameter", found, expected)
    return Calibration(name, tuple(sorted(values.items())))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
