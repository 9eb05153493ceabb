"""The value of a parameter in full, and of an array of the place in a few words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regionsim.language.axes import AXES, position
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.studies.explain import value_text

MOST_ELEMENTS = 3


def full_value(value: AnyInput, labels: Mapping[str, tuple[str, ...]]) -> str:
    """Every number of a parameter: by label along one axis, by year for a path, point by point for a table.

    An array too long to be written out is given by its spread.
    """
    if isinstance(value, Table):
        points = zip(value.arguments, value.values, strict=True)
        return "; ".join(f"{argument:g}: {number:.6g}" for argument, number in points)
    if isinstance(value, Path):
        if value.over:
            return value_text(value)
        points = zip(value.years, value.values.reshape(len(value.years)), strict=True)
        between = "each held to the next" if value.kind == "step" else "linear between"
        return "; ".join(f"{year:g}: {number:.6g}" for year, number in points) + f" ({between})"
    return _constant(value, labels)


def range_text(value: AnyInput) -> str:
    """The range in words; empty where none is stated."""
    if value.low is None or value.high is None:
        return ""
    shape = f", {value.range_shape}" if value.range_shape else ""
    times = " times the value" if value.range_kind == "factor" else ""
    return f"{value.low:g} to {value.high:g}{times}{shape}"


def _constant(value: Constant, labels: Mapping[str, tuple[str, ...]]) -> str:
    flat = np.asarray(value.values).reshape(-1)
    if flat.size == 1:
        return f"{flat[0]:.6g}"
    [axis, *others] = value.over
    if others or flat.size > MOST_ELEMENTS or value.values.shape[position(axis) - len(AXES)] != len(labels[axis]):
        return value_text(value)
    return "; ".join(f"{label} {number:.6g}" for label, number in zip(labels[axis], flat, strict=True))
