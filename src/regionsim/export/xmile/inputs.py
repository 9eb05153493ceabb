"""What the model is fed, as variables of the document: constants, and paths over time.

An input loses each axis along which it is the same; one that has axes, or is a path, and is 0 throughout is no
variable: who reads it gets the 0 itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from regionsim.export.xmile import tree
from regionsim.export.xmile.tree import Node, Number, Reference
from regionsim.export.xmile.variables import UNROLLED, Labels, Names, Variable, printed_order, suffixed
from regionsim.language.axes import AXES
from regionsim.language.inputs import Constant, Input, Path, Table

Array = NDArray[np.float64]
Elements = tuple[str, ...]

# A relation with fewer pairs than this among all is no variable where only sums read it.
FEW = 0.1


@dataclass(frozen=True)
class Sparse:
    """What is 0 but at a few elements: they alone, by their names along `axes`."""

    axes: tuple[str, ...]
    bodies: Mapping[Elements, Node]


# What stands for a part of an input or an equation: a known number, variables whose product it is, or few elements.
Cell = Number | tuple[Variable, ...] | Sparse


def is_sparse(bodies: Mapping[Elements, Node]) -> bool:
    """Whether few elements are anything but 0."""
    return sum(body != tree.ZERO for body in bodies.values()) < FEW * len(bodies)


TIME = Reference("TIME")
CALENDAR = Variable(
    name="calendar",
    about="The date by which step paths are read: a step that does not add up to whole years must miss no opening.",
    unit="year",
    source="calendar",
    body=tree.plus(TIME, Number(1e-9)),
)


@dataclass
class InputCells:
    """The inputs of a model in a run from `start` to `end`.

    `variables` are those made so far, by name; `doubled` are names that two of them would have.
    """

    names: Names
    start: float
    end: float
    variables: dict[str, Variable] = field(default_factory=lambda: {CALENDAR.name: CALENDAR})
    doubled: set[str] = field(default_factory=set)
    places: dict[tuple[tuple[str, ...], tuple[bool, ...]], Variable] = field(default_factory=dict)

    def cell(self, value: Constant | Path, labels: Labels, *, sparse: bool) -> Cell:
        """The part of an input that belongs to `labels`; `sparse` says that few elements may stand by themselves."""
        if isinstance(value, Constant):
            return self._constant(value, labels, sparse)
        return self._path(value, labels)

    def _constant(self, value: Constant, labels: Labels, sparse: bool) -> Cell:
        part, axes = self._part(value.values[:1], value, labels)
        if not part.any() and value.over:
            return tree.ZERO
        numbers = [Number(float(number)) for number in part.reshape(-1)]
        if sparse and np.count_nonzero(part) < FEW * part.size:
            by_element = zip(self._elements(axes), numbers, strict=True)
            return Sparse(axes, {at: number for at, number in by_element if number.value})
        return (self._variable(value, labels, axes, numbers),)

    def _path(self, value: Path, labels: Labels) -> Cell:
        years, series = _within_run(value, self.start, self.end)
        part, axes = self._part(series, value, labels)
        courses = part.reshape(len(years), -1).T
        if not courses.any():
            return tree.ZERO
        moving = np.unique(courses[courses.any(axis=1)], axis=0)
        if axes and value.kind == "linear" and len(moving) == 1 and np.ptp(moving):
            # Some follow one course, the others stay at 0: the course, times who follows it.
            course = self._course(value, labels, years, moving[0], "_course")
            return course, self._place(value, axes, tuple(bool(row.any()) for row in courses))
        if not axes and value.kind == "linear" and np.ptp(moving):
            return (self._course(value, labels, years, moving[0], ""),)
        bodies: list[Node] = []
        for row in courses:
            if value.kind == "step" or not np.ptp(row):
                bodies.append(_steps(years, row))
            else:
                number = int(np.flatnonzero((moving == row).all(axis=1))[0]) + 1
                bodies.append(Reference(self._course(value, labels, years, row, f"_course_{number}").name))
        return (self._variable(value, labels, axes, bodies),)

    def _course(self, value: Path, labels: Labels, years: Array, values: Array, suffix: str) -> Variable:
        table = Table(
            name=value.name,
            about=value.about,
            unit=value.unit,
            quality=value.quality,
            source=value.source,
            argument_unit="year",
            arguments=years,
            values=values,
        )
        return self._made(_of(value, labels, suffix, body=TIME, table=table))

    def _place(self, value: Path, axes: tuple[str, ...], follows: tuple[bool, ...]) -> Variable:
        """1 for those who follow a course, 0 for the others: one variable for all courses that the same follow."""
        key = axes, follows
        if key not in self.places:
            self.places[key] = Variable(
                name=f"place_{len(self.places) + 1}",
                about="1 where a course is followed, 0 elsewhere.",
                unit="dimensionless",
                source="",
                axes=axes,
                dimensions=self._dimensions(value, axes),
                body=dict(zip(self._elements(axes), (Number(float(each)) for each in follows), strict=True)),
            )
        return self._made(self.places[key])

    def _variable(self, value: Input, labels: Labels, axes: tuple[str, ...], bodies: Sequence[Node]) -> Variable:
        body = dict(zip(self._elements(axes), bodies, strict=True)) if axes else bodies[0]
        return self._made(_of(value, labels, "", body=body, axes=axes, dimensions=self._dimensions(value, axes)))

    def _elements(self, axes: tuple[str, ...]) -> list[Elements]:
        return list(product(*(self.names.elements(axis) for axis in axes)))

    def _dimensions(self, value: Input, axes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.names.dimension(axis, value.over) for axis in axes)

    def _made(self, variable: Variable) -> Variable:
        other = self.variables.setdefault(variable.name, variable)
        if (other.source, other.labels) != (variable.source, variable.labels):
            self.doubled.add(variable.name)
        return variable

    def _part(self, values: Array, value: Input, labels: Labels) -> tuple[Array, tuple[str, ...]]:
        """The values at `labels` over (date, *axes), and those axes along which they differ, as they are printed."""
        chosen = dict(labels)
        index: list[int | slice] = [slice(None)]
        for axis in AXES[1:]:
            if axis in chosen:
                index.append(self.names.labels[axis].index(chosen[axis]))
            else:
                index.append(slice(None) if axis in value.over else 0)
        part = values[tuple(index)]
        kept = [axis for axis in value.over if axis not in UNROLLED]
        order = printed_order(value.over)
        part = part.transpose(0, *(1 + kept.index(axis) for axis in order))
        axes: list[str] = []
        for axis in order:
            k = len(axes) + 1
            first = part.take([0], axis=k)
            if (part == first).all():
                part = first.squeeze(axis=k)
            else:
                axes.append(axis)
        return part, tuple(axes)


def _of(
    value: Input,
    labels: Labels,
    suffix: str,
    *,
    body: Node | Mapping[Elements, Node],
    axes: tuple[str, ...] = (),
    dimensions: tuple[str, ...] = (),
    table: Table | None = None,
) -> Variable:
    return Variable(
        name=suffixed(value.name, labels) + suffix,
        about=f"{value.about} ({value.quality}; {value.source})",
        unit=value.unit,
        source=value.name,
        labels=labels,
        axes=axes,
        dimensions=dimensions,
        body=body,
        table=table,
    )


def _within_run(value: Path, start: float, end: float) -> tuple[Array, Array]:
    """The dates and values, over (date, *axes without members), that a run can see, from its start to its end."""
    if value.kind == "linear":
        years = np.asarray([start, *(year for year in value.years.tolist() if start < year < end), end])
    else:
        years = np.asarray([start, *(year for year in value.years.tolist() if start < year <= end)])
    return years, np.stack([value.at(year)[0] for year in years.tolist()])


def _steps(years: Array, values: Array) -> Node:
    """The last value whose date has come."""
    found: Node = Number(float(values[0]))
    for k in range(1, len(years)):
        if values[k] != values[k - 1]:
            found = tree.choice("<", Reference(CALENDAR.name), Number(float(years[k])), found, Number(float(values[k])))
    return found
