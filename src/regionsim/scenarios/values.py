"""Reading numbers, points by year and values by label, the same for parameter files and for scenarios."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import AXES, position
from regionsim.problems import nearest_name
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.report import Report, cut, key_name, number, shown
from regionsim.scenarios.schema import FIRST_YEAR, LAST_YEAR
from regionsim.scenarios.yaml_reader import KeyPath

Labels = tuple[str, ...]  # the labels of the first axes of a value; () means all elements
Points = tuple[tuple[float, float], ...]  # pairs of year (or argument) and value, rising
Leaf = float | Points

QUANTITY = re.compile(r"\s*([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)\s*(\D.*|\d.*)?", re.DOTALL)


@dataclass(frozen=True)
class Reader:
    """Reads the values of one file into `report`. Texts like "5 %/year" are read where `unit` is given."""

    report: Report
    labels: AxisLabels
    unit: str = ""

    def number(self, value: Any, path: KeyPath) -> float | None:
        """A finite number in the unit of the reader, or None with a problem."""
        if isinstance(value, str) and self.unit:
            return self._quantity(value, path)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            try:
                result = float(value)
            except OverflowError:
                result = math.inf
            if math.isfinite(result):
                return result
            self.report.add(path, key_name(path), shown(value), "a finite number")
            return None
        self.report.add(path, key_name(path), shown(value), "a number")
        return None

    def _quantity(self, text: str, path: KeyPath) -> float | None:
        from regionsim.language.units import UnitNotRead, UnitsDiffer, convert

        match = QUANTITY.fullmatch(text)
        if match is None:
            self.report.add(path, key_name(path), shown(text), f"a number (in {self.unit}), or a number and its unit")
            return None
        if not match.group(2):
            expected = f"the number without quotation marks, or '{text.strip()} {self.unit}'"
            self.report.add(path, key_name(path), shown(text), expected)
            return None
        unit = match.group(2).strip()
        try:
            result = convert(float(match.group(1)), f"1{unit}" if unit.startswith("/") else unit, self.unit)
        except UnitsDiffer:
            self.report.add(path, key_name(path), shown(text), f"a unit that can be converted to '{self.unit}'")
        except UnitNotRead as error:
            what = f"the unit of {key_name(path)}"
            self.report.add(path, what, f"'{cut(error.text)}'", f"a unit like '{self.unit}'", error.nearest)
        else:
            if math.isfinite(result):
                return result
            self.report.add(path, key_name(path), shown(text), "a finite number")
        return None

    def points(self, value: Any, path: KeyPath, argument: str = "year") -> Points | None:
        """At least two points {year: value}, sorted by year, or None with problems."""
        years = argument == "year"
        if not isinstance(value, dict):
            self.report.add(path, key_name(path), shown(value), f"values by {argument}, like {{2020: 1.5, 2035: 1.2}}")
            return None
        found: dict[float, float] = {}
        sound = True
        for key, item in value.items():
            at = (*path, key)
            x = _plain_number(key)
            y = self.number(item, at)
            if x is None or (years and not FIRST_YEAR <= x <= LAST_YEAR):
                expected = f"a year from {FIRST_YEAR} to {LAST_YEAR}" if years else "a number"
                self.report.add(at, f"{key_name(at)} as {argument}", shown(key), expected)
                sound = False
            elif x in found:
                self.report.add(at, f"{argument} {number(x)} stands twice in {key_name(path)}")
                sound = False
            elif y is None:
                sound = False
            else:
                found[x] = y
        if not sound:
            return None
        if len(found) < 2:
            what = f"{key_name(path)} has {len(found)} {argument}" + ("" if len(found) == 1 else "s")
            self.report.add(path, what, expected="at least two; a value that never changes is written with 'value'")
            return None
        return tuple(sorted(found.items()))

    def by_label(
        self, value: Any, path: KeyPath, over: Labels, leaf: Callable[[Any, KeyPath], Leaf | None], *, complete: bool
    ) -> dict[Labels, Leaf]:
        """Leaves by their labels on the axes `over`, nested in that order.

        With `complete` every label must be there. Without, labels may be left out, and a leaf may stand for all
        labels of the remaining axes.
        """
        if not over or not (complete or self._has_labels(value, over[0])):
            result = leaf(value, path)
            return {} if result is None else {(): result}
        axis, *rest = over
        if not isinstance(value, dict):
            self.report.add(path, key_name(path), shown(value), f"one value for each {axis}")
            return {}
        found: dict[str, KeyPath] = {}
        leaves: dict[Labels, Leaf] = {}
        for key, item in value.items():
            at = (*path, key)
            try:
                label = self.labels.find(axis, key)
            except KeyError as error:
                nearest = str(error.args[0])
                expected = "" if nearest else self.labels.expected(axis)
                self.report.add(at, f"unknown {axis} '{cut(str(key))}' in {key_name(path)}", "", expected, nearest)
                continue
            if label in found:
                also = f"also on line {self.report.document.line(found[label])}"
                self.report.add(at, f"{axis} '{label}' stands twice in {key_name(path)}", also)
                continue
            found[label] = at
            below = self.by_label(item, at, tuple(rest), leaf, complete=complete)
            leaves |= {(label, *labels): result for labels, result in below.items()}
        missing = [label for label in self.labels.of(axis) if label not in found]
        if complete and missing:
            what = f"{key_name(path)} lacks {len(missing)} {axis} value" + "s" * (len(missing) > 1)
            self.report.add(path, what, expected=cut(", ".join(missing), 120))
        elif not leaves and not value:
            self.report.add(path, key_name(path), "nothing", f"a value for at least one {axis}")
        return leaves

    def _has_labels(self, value: Any, axis: str) -> bool:
        """Whether a value of a scenario is given by label of `axis`, and not as one leaf for all elements."""
        if not isinstance(value, dict):
            return False
        if any(isinstance(item, dict) for item in value.values()):
            return True
        keys = [key for key in value if _plain_number(key) is None or str(key) in self.labels.of(axis)]
        return bool(keys) or not value


def _plain_number(key: str | int | float) -> float | None:
    """A key as a number; text counts too, since in JSON every key is text."""
    try:
        result = float(key)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def series_at(points: Leaf, x: NDArray[np.float64], kind: str) -> NDArray[np.float64]:
    """The value of `points` at each of `x`: interpolated (linear) or the last one before (step)."""
    if isinstance(points, float):
        return np.full(len(x), points)
    at, values = np.array(points, dtype=np.float64).T
    if kind == "step":
        return np.asarray(values[np.maximum(np.searchsorted(at, x, side="right") - 1, 0)])
    return np.asarray(np.interp(x, at, values))


def assign(target: NDArray[np.float64], over: Labels, labels: Labels, values: Any, axes: AxisLabels) -> None:
    """Writes `values` (a number, or one for each entry of the leading axis) into the elements of `labels`.

    `target` has the full rank of the language, with one leading axis more (years).
    """
    index: list[Any] = [slice(None)] * (len(AXES) + 1)
    for axis, label in zip(over, labels, strict=False):
        index[1 + position(axis)] = axes.position(axis, label)
    where = target[tuple(index)]
    where[...] = np.reshape(values, (-1, *[1] * (where.ndim - 1)))


def nearest_axis(name: str) -> str:
    """The axis spelt most like `name`, empty where none is near."""
    return nearest_name(name, AXES[1:])
