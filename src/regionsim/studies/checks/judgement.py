"""Whether a check holds in a run, and in words where it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.integrate import Trajectory
from regionsim.language.axes import MEMBER, ordered
from regionsim.place.counties import find_county
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.report import number
from regionsim.studies.checks.files import Check, Pair, Part, Sign, names_of

Array = NDArray[np.float64]
Named = tuple[Array, tuple[str, ...]]  # values over (year, member, *axes), and the axes


def failures(check: Check, trajectory: Trajectory) -> list[str]:
    """What does not hold of a check that is no pair: a line for each variable and limit, with its worst element.

    The element's member is named where the trajectory has labels of its members.
    """
    if check.ledger is not None:
        limit = float(check.at_most)
        names = names_of(check, trajectory.ledgers)
        return [
            f"{check.name}: the residual of ledger {name} is {trajectory.ledgers[name]:.3g}, at most {limit:g}"
            for name in names
            if not trajectory.ledgers[name] <= limit
        ]
    names = names_of(check, trajectory.variables)
    if check.sum is not None:
        return _limits(check, " + ".join(names), _sum([_values(trajectory, name, check) for name in names]), trajectory)
    return [line for name in names for line in _limits(check, name, _values(trajectory, name, check), trajectory)]


def pair_failures(name: str, pair: Pair, changed: Trajectory, against: Trajectory) -> list[str]:
    """What does not hold of a pair: a line for each variable, with the worst element. A free pair cannot fail."""
    lines = []
    for variable in names_of(pair, changed.variables):
        difference, holds, axes = _compared(variable, pair, changed, against)
        if not holds.all():
            at = _worst(~holds, _wrongness(pair.sign, difference))
            place = _place(at, axes, changed, pair)
            lines.append(f"{name}: {variable} differs by {difference[at]:.6g} {place}, expected {pair.sign}")
    return lines


def members_that_hold(pair: Pair, changed: Trajectory, against: Trajectory) -> NDArray[np.bool_]:
    """Whether the sign of a pair holds in each member, everywhere and in every year it speaks of: (member,)."""
    held = [_compared(name, pair, changed, against)[1] for name in names_of(pair, changed.variables)]
    return np.asarray(np.logical_and.reduce([each.all(axis=(0, *range(2, each.ndim))) for each in held]))


def members_against(pair: Pair, changed: Trajectory, against: Trajectory) -> NDArray[np.bool_]:
    """Whether anything goes the other way in a member, rather than standing still where it should move: (member,).

    Where nothing should change every change goes the other way.
    """
    found = []
    for name in names_of(pair, changed.variables):
        one, two = (_values(run, name, pair)[0] for run in (changed, against))
        way: dict[str, Sign] = {">": ">=0", "<": "<=0", "=": "=0"}
        wrong = ~_holds(way[pair.sign[0]], one, two, pair.tolerance)
        found.append(wrong.any(axis=(0, *range(2, wrong.ndim))))
    return np.asarray(np.logical_or.reduce(found))


def last_differences(pair: Pair, changed: Trajectory, against: Trajectory) -> tuple[Array, Array]:
    """Of the variable of a pair in its last year, summed over all it speaks of, difference and level: (member,) each.

    The level is that of the run without the change.
    """
    one, two = (_values(run, pair.variable, pair)[0][-1] for run in (changed, against))
    one, two = (values.reshape(len(values), -1).sum(axis=1) for values in (one, two))
    return one - two, two


def _compared(
    variable: str, pair: Pair, changed: Trajectory, against: Trajectory
) -> tuple[Array, NDArray[np.bool_], tuple[str, ...]]:
    """The difference of two runs, where it has the sign of the pair, and its axes after year and member."""
    one, axes = _values(changed, variable, pair)
    two, _ = _values(against, variable, pair)
    if pair.sign == "free":
        return one - two, np.ones(np.broadcast_shapes(one.shape, two.shape), dtype=bool), axes
    return one - two, _holds(pair.sign, one, two, pair.tolerance), axes


def _holds(sign: Sign, one: Array, two: Array, tolerance: float) -> NDArray[np.bool_]:
    """Where the first less the second has the sign; written so that a value that is not a number fails."""
    difference = one - two
    slack = tolerance * np.maximum(np.abs(one), np.abs(two))
    if sign == "=0":
        return np.asarray(one == two)
    compared, limit = {
        ">0": (np.greater, slack),
        ">=0": (np.greater_equal, -slack),
        "<=0": (np.less_equal, slack),
        "<0": (np.less, -slack),
    }[sign]
    return np.asarray(compared(difference, limit))


def _wrongness(sign: str, difference: Array) -> Array:
    """How far a difference is from having the sign."""
    return {">": -difference, "<": difference}.get(sign[0], np.abs(difference))


def _limits(check: Check, name: str, named: Named, trajectory: Trajectory) -> list[str]:
    lines = []
    values, axes = named
    if check.finite and not np.isfinite(values).all():
        lines += _line(check, name, values, axes, ~np.isfinite(values), np.zeros(values.shape), "finite", trajectory)
    if check.yearly is not None and len(values) > 1:
        holds = _holds(check.yearly, values[1:], values[:-1], check.tolerance)
        holds = np.concatenate([np.ones_like(holds[:1]), holds])
        change = np.concatenate([np.zeros_like(values[:1]), np.diff(values, axis=0)])
        expected = f"a change by the year {check.yearly}"
        lines += _line(check, name, values, axes, ~holds, _wrongness(check.yearly, change), expected, trajectory)
    bounds = list(zip(("at_least", "at_most"), check.within, strict=True)) if check.within is not None else []
    bounds += [(kind, getattr(check, kind)) for kind in ("at_least", "at_most", "equals")]
    for kind, limit in bounds:
        if limit is None:
            continue
        if isinstance(limit, str):
            found, own, other = _aligned(named, _values(trajectory, limit, check))
        else:
            found, own, other = axes, values, np.broadcast_to(np.float64(limit), values.shape)
        excess = other - own if kind == "at_least" else own - other
        if kind == "equals":
            excess = np.abs(excess)
        # Most hold by themselves: what is allowed for rounding need not be worked out. What is not finite goes on.
        if excess.max(initial=0.0) <= 0 and excess.min(initial=0.0) > -np.inf:
            continue
        slack = check.tolerance * np.maximum(np.abs(own), np.abs(other))
        expected = f"{kind.replace('_', ' ')} {limit if isinstance(limit, str) else number(limit)}"
        # Written so that a value that is not a number fails.
        lines += _line(check, name, own, found, ~(excess <= slack), excess, expected, trajectory)
    return lines


def _line(
    check: Check,
    name: str,
    values: Array,
    axes: tuple[str, ...],
    wrong: NDArray[np.bool_],
    excess: Array,
    expected: str,
    trajectory: Trajectory,
) -> list[str]:
    if not wrong.any():
        return []
    at = _worst(wrong, excess)
    return [f"{check.name}: {name} is {values[at]:.12g} {_place(at, axes, trajectory, check)}, expected {expected}"]


def _worst(wrong: NDArray[np.bool_], size: Array) -> tuple[int, ...]:
    """The wrong element with the largest size; one that is not a number comes first."""
    size = np.where(np.isnan(size), np.inf, size)
    return tuple(map(int, np.unravel_index(np.argmax(np.where(wrong, size, -np.inf)), wrong.shape)))


def _place(at: Sequence[int], axes: tuple[str, ...], trajectory: Trajectory, part: Part) -> str:
    words = [f"in {_years(trajectory, part)[at[0]]}"]
    for axis, index in zip(axes, at[2:], strict=True):
        labels = _labels_left(axis, trajectory.labels, part)
        words.append(f"{axis} {labels[index]}" + (f" ({find_county(labels[index]).name})" if axis == "county" else ""))
    if MEMBER in trajectory.labels:
        words.append(f"member {trajectory.labels[MEMBER][at[1]]}")
    return ", ".join(words)


def _values(trajectory: Trajectory, name: str, part: Part) -> Named:
    """A variable narrowed to what the check is about, over (year, member, *axes); not to be changed.

    What is not narrowed is not copied: members are many.
    """
    variable = trajectory.variables[name]
    values = np.asarray(variable.values, dtype=np.float64)
    years = _years(trajectory, part)
    begin = [round(year) for year in trajectory.years].index(years[0]) if years else 0
    values = values[begin : begin + len(years)]
    for k, axis in enumerate(variable.over):
        labels = trajectory.labels[axis]
        kept = _labels_left(axis, trajectory.labels, part)
        if kept != list(labels):
            values = np.take(values, [labels.index(label) for label in kept], axis=k + 2)
    left = tuple(axis for axis in variable.over if axis not in part.total)
    summed = tuple(k + 2 for k, axis in enumerate(variable.over) if axis in part.total)
    return (values.sum(axis=summed) if summed else values), left


def _years(trajectory: Trajectory, part: Part) -> list[int]:
    years = [round(year) for year in trajectory.years]
    return [year for year in years if (part.start or years[0]) <= year <= (part.to or years[-1])]


def _labels_left(axis: str, labels: Mapping[str, tuple[str, ...]], part: Part) -> list[str]:
    found = AxisLabels(labels)
    if axis == "county" and part.counties:
        return [found.find("county", name) for name in part.counties]
    if axis in part.where:
        return [found.find(axis, part.where[axis])]
    return list(labels[axis])


def _aligned(one: Named, two: Named) -> tuple[tuple[str, ...], Array, Array]:
    axes = ordered({*one[1], *two[1]})
    first, second = (_laid_out(named, axes) for named in (one, two))
    first, second = np.broadcast_arrays(first, second)
    return axes, first, second


def _laid_out(named: Named, axes: tuple[str, ...]) -> Array:
    values, own = named
    sizes = dict(zip(own, values.shape[2:], strict=True))
    return values.reshape(*values.shape[:2], *(sizes.get(axis, 1) for axis in axes))


def _sum(parts: Sequence[Named]) -> Named:
    axes = ordered({axis for _, own in parts for axis in own})
    arrays = [_laid_out(part, axes) for part in parts]
    return np.asarray(sum(np.broadcast_arrays(*arrays))), axes
