"""The functions that an equation may use. Each says what it is in every reading of an equation.

Readings: `numbers` (numpy arrays, laid out over all axes), `axes` (which axes the result has), `units` (which unit
it has). A function without one of them cannot be made. What each is in XMILE stands in `export/xmile/functions.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import AXES, LABELS, position
from regionsim.language.inputs import Table

Array = NDArray[np.float64]
Axes = frozenset[str]


class ReadingError(Exception):
    """An expression that has no meaning in a reading; the text says why."""


class UnitAlgebra(Protocol):
    """What the unit reading offers to a function's rule. A unit here is opaque; None stands for a bare number 0."""

    def same(self, units: list[Any], what: str) -> Any: ...
    def dimensionless(self, unit: Any, what: str) -> Any: ...
    def product(self, left: Any, right: Any) -> Any: ...
    def power(self, unit: Any, exponent: float) -> Any: ...
    def table(self, table: Any, argument: Any) -> Any: ...


AxesRule = Callable[[list[Any], dict[str, Any]], Axes]
UnitsRule = Callable[[list[Any], dict[str, Any], UnitAlgebra], Any]


@dataclass(frozen=True)
class Function:
    """A function of the language with all its readings; calling it is the numbers reading."""

    name: str
    about: str
    numbers: Callable[..., Any] = field(repr=False)
    axes: AxesRule = field(repr=False)
    units: UnitsRule = field(repr=False)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.numbers(*args, **kwargs)


# --- axes -----------------------------------------------------------------------------------------------------------


def _union(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    return frozenset().union(*arguments, *keywords.values())


def _drop(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    axes, axis = frozenset(arguments[0]), arguments[1]
    if axis not in AXES:
        raise ReadingError(f"unknown axis '{axis}'")
    if axis not in axes:
        raise ReadingError(f"there is no axis '{axis}' to take from ({', '.join(sorted(axes)) or 'a single value'})")
    return axes - {axis}


def _select_axes(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    axes = _drop(arguments[:2], keywords)
    axis, label = arguments[1], arguments[2]
    if axis not in LABELS:
        raise ReadingError(f"axis '{axis}' has no elements that an equation may name")
    if label not in LABELS[axis]:
        raise ReadingError(f"axis '{axis}' has no element '{label}'; it has {', '.join(LABELS[axis])}")
    return axes


def _along_axes(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    axis = arguments[0]
    if axis not in LABELS:
        raise ReadingError(f"axis '{axis}' has no elements that an equation may name")
    if tuple(keywords) != LABELS[axis]:
        raise ReadingError(
            f"along '{axis}' needs {', '.join(LABELS[axis])}, in this order; found {', '.join(keywords)}"
        )
    axes = frozenset().union(*keywords.values())
    if axis in axes:
        raise ReadingError(f"an element along '{axis}' already has that axis")
    return axes | {axis}


def _to_destination(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    axes = frozenset(arguments[0])
    if "county" not in axes or "destination" in axes:
        raise ReadingError("at_destination needs an array over county that has no destination yet")
    return axes - {"county"} | {"destination"}


def _arrive(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    movers, share = frozenset(arguments[0]), frozenset(arguments[1])
    if "county" not in movers or "destination" in movers:
        raise ReadingError("arrivals needs movers over county, without a destination")
    if not {"county", "destination"} <= share:
        raise ReadingError("arrivals needs a share over county and destination")
    return movers | (share - {"destination"})


def _first_axes(arguments: list[Any], keywords: dict[str, Any]) -> Axes:
    return frozenset(arguments[1])


# --- units ----------------------------------------------------------------------------------------------------------


def _same(what: str) -> UnitsRule:
    return lambda arguments, keywords, algebra: algebra.same([*arguments, *keywords.values()], what)


def _pure(what: str) -> UnitsRule:
    return lambda arguments, keywords, algebra: algebra.dimensionless(arguments[0], what)


def _keep(arguments: list[Any], keywords: dict[str, Any], algebra: UnitAlgebra) -> Any:
    return arguments[0]


def _where_units(arguments: list[Any], keywords: dict[str, Any], algebra: UnitAlgebra) -> Any:
    return algebra.same(arguments[1:], "where")


def _along_units(arguments: list[Any], keywords: dict[str, Any], algebra: UnitAlgebra) -> Any:
    return algebra.same(list(keywords.values()), "along")


def _ratio_units(arguments: list[Any], keywords: dict[str, Any], algebra: UnitAlgebra) -> Any:
    quotient = algebra.product(arguments[0], algebra.power(arguments[1], -1))
    return algebra.same([quotient, arguments[2]], "ratio and the value that stands in for it")


# --- numbers --------------------------------------------------------------------------------------------------------

_COUNTY, _DESTINATION = position("county"), position("destination")


def _total(values: Array, axis: str) -> Array:
    return np.asarray(values.sum(axis=position(axis), keepdims=True))


def _select(values: Array, axis: str, label: str) -> Array:
    index: list[slice] = [slice(None)] * len(AXES)
    k = LABELS[axis].index(label)
    index[position(axis)] = slice(k, k + 1)
    return values[tuple(index)]


def _along(axis: str, **parts: Array) -> Array:
    arrays = [np.asarray(part) if np.ndim(part) else np.full((1,) * len(AXES), float(part)) for part in parts.values()]
    return np.concatenate(np.broadcast_arrays(*arrays), axis=position(axis))


def _at_destination(values: Array) -> Array:
    return np.asarray(values.swapaxes(_COUNTY, _DESTINATION))


def _arrivals(movers: Array, share: Array) -> Array:
    """Contract the origin away: sum over origins of movers x share, the destination taking the place of the county."""
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(AXES)]
    # Axes of size 1 broadcast by name in an elementwise product but not in einsum: only true axes keep their letter.
    origin = letters[_COUNTY]
    left = "".join(c for k, c in enumerate(letters) if movers.shape[k] > 1 or k in (0, _COUNTY))
    right = "".join(c for k, c in enumerate(letters) if share.shape[k] > 1 or k in (0, _COUNTY, _DESTINATION))
    joint = [c for c in letters if (c in left or c in right) and c != origin]
    a = movers.reshape([movers.shape[letters.index(c)] for c in left])
    b = share.reshape([share.shape[letters.index(c)] for c in right])
    if a.shape[0] != b.shape[0]:
        members = max(a.shape[0], b.shape[0])
        a = np.broadcast_to(a, (members, *a.shape[1:]))
        b = np.broadcast_to(b, (members, *b.shape[1:]))
    if origin not in left or origin not in right:  # a single origin
        raise ReadingError("arrivals needs the county axis in both arguments")
    result = np.einsum(f"{left},{right}->{''.join(joint)}", a, b)
    shape = [1] * len(AXES)
    for c, size in zip(joint, result.shape, strict=True):
        k = letters.index(c)
        shape[_COUNTY if k == _DESTINATION else k] = size
    return np.asarray(result.reshape(shape), dtype=np.float64)


def _lookup(table: Table, argument: Array) -> Array:
    return np.asarray(np.interp(argument, table.arguments, table.values), dtype=np.float64)


def _ratio(numerator: Array, denominator: Array, otherwise: Array) -> Array:
    return np.where(
        np.equal(denominator, 0), otherwise, np.divide(numerator, np.where(denominator == 0, 1, denominator))
    )


def _power_half(values: Array) -> Array:
    return np.sqrt(values)


minimum = Function("minimum", "The smaller of two values.", np.minimum, _union, _same("minimum"))
maximum = Function("maximum", "The larger of two values.", np.maximum, _union, _same("maximum"))
exp = Function("exp", "The exponential of a dimensionless value.", np.exp, _union, _pure("exp"))
log = Function("log", "The natural logarithm of a dimensionless value.", np.log, _union, _pure("log"))
sqrt = Function(
    "sqrt",
    "The square root.",
    _power_half,
    _union,
    lambda arguments, keywords, algebra: algebra.power(arguments[0], 0.5),
)
where = Function(
    "where", "The second value where the comparison holds, else the third.", np.where, _union, _where_units
)
total = Function("total", "The sum along one axis, which the result no longer has.", _total, _drop, _keep)
select = Function("select", "The part that belongs to one named element of an axis.", _select, _select_axes, _keep)
along = Function(
    "along", "One value per named element, put side by side as an axis.", _along, _along_axes, _along_units
)
at_destination = Function(
    "at_destination", "A county's value, read as the value of a destination.", _at_destination, _to_destination, _keep
)
arrivals = Function(
    "arrivals",
    "Who arrives in each county: the sum over origins of movers times their share per destination.",
    _arrivals,
    _arrive,
    lambda arguments, keywords, algebra: algebra.product(arguments[0], arguments[1]),
)
lookup = Function(
    "lookup",
    "The value of a table at an argument, linear between its points.",
    _lookup,
    _first_axes,
    lambda arguments, keywords, algebra: algebra.table(arguments[0], arguments[1]),
)

ratio = Function(
    "ratio",
    "The first value divided by the second; the third where the second is 0.",
    _ratio,
    _union,
    _ratio_units,
)

FUNCTIONS: dict[str, Function] = {value.name: value for value in list(vars().values()) if isinstance(value, Function)}
