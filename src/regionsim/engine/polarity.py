"""Which way each variable moves those that read it: signs of partial derivatives, measured along a run.

An equation is called as it runs, with one element of one argument a little higher and a little lower, all others held.
What counts is the effect on the same element (the same county, sector, cohort); only where there is none, that on the
others. A flow moves its stock by what a flow is: an inflow up, an outflow down.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.language.axes import AXES, full_rank
from regionsim.language.declarations import CLOCK, INITIAL, STEP_START, TIME, Equation
from regionsim.language.inputs import Path, Table
from regionsim.language.readings import axes_of
from regionsim.language.syntax import expression

Array = NDArray[np.float64]
States = Mapping[str, Any]  # arrays laid out over all axes, the years in the place of the members; tables as they are

# Small beside the curves of the model, large beside rounding.
RELATIVE_CHANGE = 1e-4
ROUNDING = 1e-12


class Polarity(Enum):
    """The way one variable moves another: up, down, either way by element or year, or not at all in the run."""

    UP = "+"
    DOWN = "−"
    EITHER = "±"
    NONE = "0"


def of_signs(up: bool, down: bool) -> Polarity:
    """The polarity of a link that was seen to move up, down, both or neither."""
    if up and down:
        return Polarity.EITHER
    return Polarity.UP if up else Polarity.DOWN if down else Polarity.NONE


def product_of(polarities: Iterable[Polarity]) -> Polarity:
    """The polarity of a chain of links: up for an even number of downs; either way or none if a link is that."""
    links = tuple(polarities)
    for kind in (Polarity.NONE, Polarity.EITHER):
        if kind in links:
            return kind
    return Polarity.DOWN if links.count(Polarity.DOWN) % 2 else Polarity.UP


def states_of(model: Model, run: Trajectory, years: Sequence[float]) -> States:
    """The values of every name of the model in the given whole years of a run of all its variables.

    Arrays have the shape (year, *full rank) of the first member. Raises KeyError for a year that the run lacks.
    """
    index = {year: k for k, year in enumerate(run.years.tolist())}
    rows = [index[year] for year in years]
    states: dict[str, Any] = {}
    for name in (*model.stocks, *model.equations):
        variable = run.variables[name]
        states[name] = full_rank(variable.values[rows, 0], variable.over, members=True)
        first = full_rank(variable.values[:1, 0], variable.over, members=True)
        states.setdefault(INITIAL + name, np.repeat(first, len(rows), axis=0))
    for name, value in model.inputs.items():
        if isinstance(value, Table):
            states[name] = value
        elif isinstance(value, Path):
            states[name] = np.concatenate([value.at(year)[:1] for year in years])
        else:
            states[name] = np.repeat(value.values[:1], len(rows), axis=0)
    clock = np.asarray(years, dtype=np.float64).reshape((-1,) + (1,) * (len(AXES) - 1))
    return states | {TIME: clock, STEP_START: clock}


def polarity(model: Model, states: States, source: str, target: str) -> Polarity:
    """The way `source` moves `target`, which reads it, over all elements and years of the states.

    Raises KeyError where `target` is no stock or equation of the model.
    """
    if target in model.stocks:
        return of_signs(source in model.stocks[target].inflows, source in model.stocks[target].outflows)
    with np.errstate(all="ignore"):  # what is not finite says nothing of a sign
        return _measured(model, model.equations[target], source, states)


def _measured(model: Model, equation: Equation, name: str, states: States) -> Polarity:
    """By central differences, in one element at a time along the axes on which elements act on each other."""
    mixed = _mixed_axes(equation, model)
    values = states[name]
    scale = np.abs(values).max()
    change = RELATIVE_CHANGE * np.where(values == 0, scale or 1.0, np.abs(values))
    own, other = [False, False], [False, False]
    axes = [k for k in range(len(AXES)) if AXES[k] in mixed and values.shape[k] > 1]
    for element in product(*(range(values.shape[k]) for k in axes)):
        index: list[Any] = [slice(None)] * len(AXES)
        for k, at in zip(axes, element, strict=True):
            index[k] = slice(at, at + 1)
        there = np.zeros_like(values)
        there[tuple(index)] = change[tuple(index)]
        high, low = (_value(equation, states, name, values + side * there) for side in (1, -1))
        size = np.maximum(np.abs(high), np.abs(low))
        moved = np.where(np.abs(high - low) > ROUNDING * size, high - low, 0.0)
        # Along an axis that the result lacks there is one element, and it is its own.
        at_own = tuple(part if moved.shape[k] > 1 else slice(None) for k, part in enumerate(index))
        for seen, part in ((own, moved[at_own]), (other, moved)):
            seen[0] |= bool((part > 0).any())
            seen[1] |= bool((part < 0).any())
    return of_signs(*(own if any(own) else other))


def _value(equation: Equation, states: States, name: str, values: Array) -> Array:
    return np.asarray(equation(*(values if argument == name else states[argument] for argument in equation.arguments)))


def _mixed_axes(equation: Equation, model: Model) -> frozenset[str]:
    """The axes along which an element of the result may depend on another element of an argument."""
    axes = {name: _axes(name, model) for name in equation.arguments}
    mixed: set[str] = set()
    for node in ast.walk(expression(equation)):
        if isinstance(node, ast.Call):
            read = frozenset().union(*(axes_of(part, axes) for part in _parts(node)))
            mixed |= axes_of(node, axes) ^ read
    # A destination is a county in another role.
    return frozenset(mixed | ({"county"} if "destination" in mixed else set()))


def _parts(node: ast.Call) -> list[ast.expr]:
    parts = [*node.args, *(keyword.value for keyword in node.keywords)]
    return [part for part in parts if not (isinstance(part, ast.Constant) and isinstance(part.value, str))]


def _axes(name: str, model: Model) -> frozenset[str]:
    if name in CLOCK:
        return frozenset()
    # Asked beforehand, since a name that is not found is compared with all others to tell the nearest.
    declared = any(name in group for group in (model.stocks, model.equations, model.inputs))
    return frozenset(model.find(name if declared else name.removeprefix(INITIAL)).over)
