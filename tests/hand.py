"""Numbers laid out by hand: arrays over the model's axes from plain lists, and equations worked out on paper.

A case is one equation, its arguments and the number that a person gets for them without the equation:

    case(demography.births, county(3960, 2040), births_per_total_fertility=county(3300, 1700), total_fertility=1.2)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.axes import LABELS, full_rank, position
from regionsim.language.declarations import Equation
from regionsim.language.inputs import Table

Array = NDArray[np.float64]

RELATIVE, ABSOLUTE = 1e-9, 1e-12  # of numbers written with ten digits, and of a zero


def array(sizes: Mapping[str, int], values: ArrayLike) -> Array:
    """Nested lists as an array over all axes: `array({"county": 2, "cohort": 3}, [[1, 2, 3], [4, 5, 6]])`.

    The lists nest in the order of `sizes`. Raises ValueError where they have another shape.
    """
    given = np.asarray(values, dtype=np.float64)
    if given.shape != tuple(sizes.values()):
        raise ValueError(f"lists of the shape {given.shape} for {dict(sizes)}")
    return full_rank(given, tuple(sizes))


def county(*values: float) -> Array:
    """One number per county."""
    return array({"county": len(values)}, values)


def hub(*values: float) -> Array:
    """One number per hub."""
    return array({"hub": len(values)}, values)


def cohort(*values: float) -> Array:
    """One number per birth cohort."""
    return array({"cohort": len(values)}, values)


def by(axis: str, **parts: ArrayLike) -> Array:
    """One number or array per named element: `by("residence", rural=county(3, 4), urban=county(5, 6))`.

    Raises ValueError where the names are not the axis's own, in its order.
    """
    if tuple(parts) != LABELS[axis]:
        raise ValueError(f"{axis} has {LABELS[axis]}, found {tuple(parts)}")
    arrays = [full_rank(part, ()) if np.ndim(part) == 0 else np.asarray(part) for part in parts.values()]
    return np.concatenate(np.broadcast_arrays(*arrays), axis=position(axis))


def table(points: Mapping[float, float]) -> Table:
    """A table of the language from its points, argument to value."""
    return Table(
        name="table",
        about="A table of a test.",
        unit="dimensionless",
        quality="assumption",
        source="test",
        argument_unit="dimensionless",
        arguments=np.array(list(points), dtype=np.float64),
        values=np.array(list(points.values()), dtype=np.float64),
    )


def flat(result: ArrayLike) -> Any:
    """A plain number, or plain nested lists without the axes of size 1."""
    return np.squeeze(np.asarray(result, dtype=np.float64)).tolist()


@dataclass(frozen=True)
class Case:
    """An equation, its arguments by name, and what a person gets for them on paper."""

    equation: Equation
    expected: ArrayLike
    arguments: Mapping[str, Any]

    def __str__(self) -> str:
        return self.equation.name

    def check(self) -> None:
        """Raises AssertionError where the equation gives other numbers, or gives them along other axes."""
        result, expected = np.asarray(self.equation(**self.arguments)), np.asarray(self.expected, dtype=np.float64)
        shape = expected.shape if expected.ndim else (1,) * result.ndim
        message = f"{self.equation.place} {self.equation.name}: found {flat(result)}, by hand {flat(expected)}"
        assert result.shape == shape, f"{message}; shape {result.shape}, by hand {shape}"
        assert np.allclose(result, expected, rtol=RELATIVE, atol=ABSOLUTE), message


def case(equation: Equation, expected: ArrayLike, **arguments: Any) -> Case:
    """A case of an equation: what it gives by hand, a number or an array over all axes, for these arguments."""
    return Case(equation, expected, arguments)
