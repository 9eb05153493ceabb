"""The parameters: every entry of the parameter files as a checked Input with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

import numpy as np
from pydantic import ValidationError

import regionsim
from regionsim.language.axes import AXES, full_rank, ordered
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.parameter_schema import STAND_INS, ParameterDefinition, check_name, is_share
from regionsim.scenarios.ranges import outside
from regionsim.scenarios.report import Report, cut, key_name, number, one_of
from regionsim.scenarios.values import Labels, Leaf, Reader, assign, nearest_axis, series_at
from regionsim.scenarios.yaml_reader import KeyPath, read_yaml

PARAMETERS = FilePath(regionsim.__file__).parent / "parameters"


def load_parameters(
    folder: str | FilePath = PARAMETERS,
    *,
    labels: Mapping[str, tuple[str, ...]] | None = None,
    check_units: bool = False,
) -> dict[str, AnyInput]:
    """Every parameter of `folder/*.yaml` by its name, in the order of the files.

    `labels` gives the labels of axes that neither the language nor the counties know (hub, cohort). With
    `check_units` every unit is read too, which loads pint. Arrays have the full rank of the language and cannot be
    written to. Raises ProblemsError with everything that is wrong in all files.
    """
    folder = FilePath(folder)
    files = sorted(folder.glob("*.yaml"))
    problems = [
        Problem(f"{folder.name}/{file.name}", 0, "a parameter file that nobody reads", "'.yml'", "'.yaml'")
        for file in sorted(folder.glob("*.yml"))
    ]
    if not files:
        problems.append(Problem(str(folder), 0, "the folder of parameters", "no file '*.yaml'", "at least one"))
    axes = AxisLabels(labels)
    found: dict[str, AnyInput] = {}
    places: dict[str, str] = {}
    for file in files:
        shown = f"{folder.name}/{file.name}"
        try:
            report = Report(read_yaml(file, shown=shown))
        except ProblemsError as error:
            problems += error.problems
            continue
        report.add_missing_values()
        for name, entry in report.document.data.items():
            where = f"{shown}:{report.document.line((name,))}"
            if str(name) in places:
                report.add((name,), f"parameter '{name}' stands twice", f"also in {places[str(name)]}")
            places.setdefault(str(name), where)
            parameter = _read(report, name, entry, axes, check_units=check_units)
            if parameter is not None and report.sound((name,)):
                found[parameter.name] = parameter
        problems += report.problems
    if problems:
        raise ProblemsError(problems)
    return found


def _read(report: Report, name: Any, entry: Any, axes: AxisLabels, *, check_units: bool) -> AnyInput | None:
    path: KeyPath = (name,)
    definition = _definition(report, path, entry)
    check_name(report, path, name, entry.get("unit") if isinstance(entry, dict) else None)
    if definition is None:
        return None
    if report.sound((*path, "range")):
        _check_range(report, path, definition)
    if check_units:
        _check_unit(report, (*path, "unit"), definition.unit)
        if definition.argument is not None:
            _check_unit(report, (*path, "argument", "unit"), definition.argument.unit)
    parameter = _input(report, path, definition, axes)
    if parameter is None or not report.sound((*path, "range")):
        return parameter
    wrong = outside(parameter, parameter)
    if wrong:
        what = "the factor 1" if definition.range.kind == "factor" else wrong[0]
        within = f"{number(definition.range.low)} to {number(definition.range.high)}"
        report.add((*path, "range"), f"a value of '{name}' lies outside its own range", what, within)
    return parameter


def _definition(report: Report, path: KeyPath, entry: Any) -> ParameterDefinition | None:
    """The entry, with stand-ins for what is wrong in it; None where nothing can be made of it."""
    try:
        return ParameterDefinition.model_validate(entry)
    except ValidationError as error:
        report.add_validation(error, ParameterDefinition, path)
    if not isinstance(entry, dict):
        return None
    known = ParameterDefinition.model_fields
    rest = {key: value for key, value in entry.items() if key in known and report.sound((*path, key))}
    try:
        return ParameterDefinition.model_validate(STAND_INS | rest)
    except ValidationError:
        return None


def _check_range(report: Report, path: KeyPath, definition: ParameterDefinition) -> None:
    at = (*path, "range")
    low, high = definition.range.low, definition.range.high
    within = f"{number(low)} to {number(high)}"
    if low > high:
        report.add(at, key_name(at), within, "low below high")
    elif definition.range.kind == "absolute" and is_share(str(path[0])) and not 0 <= low <= high <= 1:
        report.add(at, f"the range of '{path[0]}', a share", within, "a range within 0 to 1")
    elif low <= 0 and definition.range.shape == "lognormal":
        report.add(at, key_name(at), f"low {number(low)}", "low above 0, since the shape is lognormal")


def _check_unit(report: Report, path: KeyPath, unit: str) -> None:
    from regionsim.language.units import UnitNotRead, parse_unit

    try:
        parse_unit(unit)
    except UnitNotRead as error:
        report.add(path, key_name(path), f"'{cut(unit)}'", "a unit", error.nearest)


def _input(report: Report, path: KeyPath, definition: ParameterDefinition, axes: AxisLabels) -> AnyInput | None:
    common: dict[str, Any] = {
        "name": str(path[0]),
        "about": definition.about,
        "unit": definition.unit,
        "quality": definition.quality,
        "source": definition.source,
        "file": report.document.file,
        "line": report.document.line(path),
        "low": definition.range.low,
        "high": definition.range.high,
        "range_shape": definition.range.shape,
        "range_kind": definition.range.kind,
    }
    given = definition.model_fields_set
    if ("value" in given) == ("points" in given):
        found = "both" if "value" in given else "neither"
        report.add(path, f"parameter '{path[0]}'", found, "either 'value' or 'points' with 'argument'")
        return None
    if "points" in given:
        return _table(report, path, definition, axes, common)
    if definition.argument is not None:
        report.add(
            (*path, "argument"), f"'argument' in parameter '{path[0]}'", expected="'argument' only beside 'points'"
        )
        return None
    over = _over(report, path, definition.over, axes)
    if over is None:
        return None
    reader = Reader(report, axes)

    def leaf(value: Any, at: KeyPath) -> Leaf | None:
        return reader.points(value, at) if isinstance(value, dict) else reader.number(value, at)

    leaves = reader.by_label(definition.value, (*path, "value"), over, leaf, complete=True)
    if not report.sound((*path, "value")):
        return None
    return _constant_or_path(report, path, definition, leaves, over, axes, common)


def _over(report: Report, path: KeyPath, over: list[str], axes: AxisLabels) -> Labels | None:
    """The axes in the order in which the values are nested, which must be the global one."""
    at = (*path, "over")
    for axis in over:
        if axis not in AXES[1:]:
            nearest = nearest_axis(axis)
            report.add(at, f"unknown axis '{cut(axis)}'", "", "" if nearest else one_of(AXES[1:]), nearest)
        elif not axes.of(axis):
            report.add(at, f"the labels of axis '{axis}' are not known here")
    if not report.sound(at):
        return None
    if tuple(over) != ordered(over):
        report.add(at, key_name(at), f"[{', '.join(over)}]", f"[{', '.join(ordered(over))}], each once, in this order")
        return None
    return tuple(over)


def _constant_or_path(
    report: Report,
    path: KeyPath,
    definition: ParameterDefinition,
    leaves: dict[Labels, Leaf],
    over: Labels,
    axes: AxisLabels,
    common: dict[str, Any],
) -> AnyInput | None:
    years = np.unique([year for leaf in leaves.values() if isinstance(leaf, tuple) for year, _ in leaf])
    shape = [len(axes.of(axis)) for axis in over]
    target = np.zeros((max(len(years), 1), *full_rank(np.zeros(shape), over).shape))
    kind = definition.kind or "linear"
    for labels, leaf in leaves.items():
        assign(target, over, labels, series_at(leaf, years, kind) if len(years) else leaf, axes)
    target.flags.writeable = False
    if len(years):
        years.flags.writeable = False
        return Path(**common, over=over, years=years, values=target, kind=kind)
    if definition.kind is not None:
        report.add((*path, "kind"), f"'kind' in parameter '{path[0]}'", expected="'kind' only where values are by year")
        return None
    return Constant(**common, over=over, values=target[0])


def _table(
    report: Report, path: KeyPath, definition: ParameterDefinition, axes: AxisLabels, common: dict[str, Any]
) -> Table | None:
    if definition.argument is None:
        report.add(path, f"key '{path[0]}.argument' is missing", expected="the unit of the keys, like {unit: year}")
    for key in ("over", "kind"):
        if key in definition.model_fields_set:
            report.add((*path, key), f"'{key}' in parameter '{path[0]}'", expected=f"no '{key}' beside 'points'")
    points = Reader(report, axes).points(definition.points, (*path, "points"), "argument")
    if points is None or definition.argument is None:
        return None
    arguments, values = np.array(points, dtype=np.float64).T.copy()
    arguments.flags.writeable = values.flags.writeable = False
    return Table(**common, argument_unit=definition.argument.unit, arguments=arguments, values=values)
