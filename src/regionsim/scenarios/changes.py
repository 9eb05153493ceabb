"""Changes of parameters: read from a scenario, checked against the parameter, and made on a copy of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from regionsim.language.axes import position
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.ranges import Array, outside, points_of, values_at
from regionsim.scenarios.report import Report, key_name, shown
from regionsim.scenarios.schema import FORMS, Form, ParameterEntry
from regionsim.scenarios.values import Labels, Leaf, Reader, assign, series_at
from regionsim.scenarios.yaml_reader import KeyPath

Kind = Literal["linear", "step"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a scenario does to one parameter, in the parameter's unit.

    `values` holds numbers (form value, scale) or points (path: year, points: argument) by the labels of the first
    axes of the parameter; the empty tuple means all elements. Elements that are not named keep what they are.
    `scale` multiplies what the parameter files say.
    """

    form: Form
    values: dict[Labels, Leaf] = field(hash=False)
    kind: Kind = "linear"
    outside_range: bool = False
    note: str = ""


def read_change(
    report: Report, path: KeyPath, entry: ParameterEntry, parameter: AnyInput, axes: AxisLabels
) -> Change | None:
    """The change that `entry` at `path` describes, or None with its problems in `report`."""
    form: Form = next(form for form in FORMS if form in entry.model_fields_set)
    raw = getattr(entry, form)
    in_short = form == "value" and (*path, form) not in report.document.lines
    at = path if in_short else (*path, form)
    if isinstance(parameter, Table) != (form == "points") and form != "scale":
        expected = (
            "'points' or 'scale', since it is a table" if isinstance(parameter, Table) else "value, scale or path"
        )
        report.add(at, f"'{form}' for parameter '{parameter.name}'", expected=expected)
        return None
    reader = Reader(report, axes, unit="" if form == "scale" else parameter.unit)

    def leaf(value: Any, where: KeyPath) -> Leaf | None:
        if form in ("path", "points"):
            return reader.points(value, where, "year" if form == "path" else "argument")
        if isinstance(value, dict):
            expected = "a number; values by year are written with 'path'"
            report.add(where, key_name(where), shown(value), expected)
            return None
        return reader.number(value, where)

    over = parameter.over if form != "points" else ()
    values = reader.by_label(raw, at, over, leaf, complete=False)
    kind = entry.kind or (parameter.kind if isinstance(parameter, Path) else "linear")
    if isinstance(parameter, Path) and kind != parameter.kind and () not in values:
        what = f"'kind: {kind}' for some elements of parameter '{parameter.name}'"
        report.add((*path, "kind"), what, expected=f"'{parameter.kind}', as for the other elements")
    if not report.sound(path):
        return None
    change = Change(form=form, values=values, kind=kind, outside_range=entry.outside_range, note=entry.note)
    wrong = outside(changed(parameter, change, axes), parameter, share_only=entry.outside_range)
    if wrong:
        unit = "" if parameter.unit == "dimensionless" else f" {parameter.unit}"
        expected = f"{wrong[1]}{unit} ({parameter.file}:{parameter.line})"
        if not entry.outside_range:
            expected += ", or 'outside_range: true' beside it"
        report.add(at, f"parameter '{parameter.name}' lies outside its range", wrong[0], expected)
        return None
    return change


def changed(parameter: AnyInput, change: Change, axes: AxisLabels, *, source: str = "") -> AnyInput:
    """A copy of `parameter` with the change made; `source`, where given, is what the copy says of its origin.

    A constant that is given a path becomes a Path, a Path that is given one value for all elements a Constant.
    """
    common: dict[str, Any] = {
        key: getattr(parameter, key)
        for key in ("name", "about", "unit", "over", "file", "line", "low", "high", "range_shape", "range_kind")
    }
    common["quality"] = "assumption" if source else parameter.quality
    common["source"] = source or parameter.source
    if isinstance(parameter, Table):
        if change.form == "scale":
            values = _locked(parameter.values * change.values[()])
            return replace(parameter, values=values, quality=common["quality"], source=common["source"])
        arguments, values = np.array(change.values[()], dtype=np.float64).T.copy()
        return Table(
            **common, argument_unit=parameter.argument_unit, arguments=_locked(arguments), values=_locked(values)
        )
    whole = () in change.values
    years = _years(parameter, change, whole=whole)
    # Without years the change is one value for all, and of a path only the shape counts.
    before = values_at(parameter, years) if len(years) or isinstance(parameter, Constant) else parameter.values[:1]
    # An axis of size 1 in the array stands for all its labels; they may differ now.
    sizes = [max(len(years), 1), *before.shape[1:]]
    for axis in parameter.over:
        sizes[1 + position(axis)] = len(axes.of(axis)) or sizes[1 + position(axis)]
    target = np.array(np.broadcast_to(before, sizes))
    if change.form == "scale":
        factors = np.ones_like(target)
        for labels, factor in change.values.items():
            assign(factors, parameter.over, labels, factor, axes)
        target = target * factors
    else:
        for labels, leaf in change.values.items():
            assign(target, parameter.over, labels, series_at(leaf, years, change.kind) if len(years) else leaf, axes)
    _locked(target)
    if len(years):
        return Path(**common, years=_locked(years), values=target, kind=change.kind)
    return Constant(**common, values=target[0])


def _years(parameter: Constant | Path, change: Change, *, whole: bool) -> Array:
    """The years of the changed input; empty where it is constant."""
    given = [year for leaf in change.values.values() if isinstance(leaf, tuple) for year, _ in leaf]
    if whole and change.form != "scale":
        return np.array(given, dtype=np.float64)
    return np.union1d(points_of(parameter), given)


def _locked(array: Array) -> Array:
    array = np.asarray(array, dtype=np.float64)
    array.flags.writeable = False
    return array


def make_changes(
    parameters: Mapping[str, AnyInput],
    changes: Mapping[str, Change],
    source: str,
    labels: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, AnyInput]:
    """All parameters, those with a change as new Inputs whose source is `source`; the old ones stay as they are."""
    axes = AxisLabels(labels)
    return {
        name: changed(parameter, changes[name], axes, source=source) if name in changes else parameter
        for name, parameter in parameters.items()
    }
