"""Mechanisms run by themselves: their own equations, the parameters as the evidence has them, and the rest given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.engine.units import check_units
from regionsim.language.axes import LABELS, full_rank
from regionsim.language.declarations import Declaration, Equation, Stock, collect
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.studies.model import evidence

START, YEARS, STEP = 2020, 15, 0.25

Part = ModuleType | Declaration
End = Literal["", "low", "high"]  # of the ranges of parameters; "" is their value
Numbers = tuple[Any, str, tuple[str, ...]]  # value, unit, axes


def labels(**sizes: int) -> dict[str, tuple[str, ...]]:
    """Labels of axes of these sizes: `labels(county=2)` has "county 0" and "county 1"."""
    return {axis: tuple(f"{axis} {k}" for k in range(size)) for axis, size in sizes.items()}


# --- inputs -----------------------------------------------------------------------------------------------------------


def own_parameters(*parts: Part, end: End = "") -> list[AnyInput]:
    """The parameters that modules or declarations read; with `end` all at that end of their ranges.

    Those that differ by county are left out: a test has counties of its own.
    """
    asked = _asked(_declarations(parts))
    found = [value for name, value in evidence().items() if name in asked and "county" not in value.over]
    return [_at_end(value, end) for value in found] if end else found


def at_range(name: str) -> AnyInput:
    """A parameter with three members: the low end of its range, its value, the high end."""
    parameter = evidence()[name]
    assert isinstance(parameter, Constant)
    assert parameter.over == () and parameter.low is not None and parameter.high is not None
    ends = [parameter.low, float(parameter.values.reshape(-1)[0]), parameter.high]
    return replace(parameter, values=full_rank(ends, (), members=True))


def constants(given: Mapping[str, Numbers], axes: Mapping[str, Sequence[str]]) -> list[Constant]:
    """Constants from numbers or nested lists, each repeated along the axes that it is given over."""
    sizes = {axis: len(elements) for axis, elements in {**LABELS, **axes}.items()}
    return [
        constant(name, np.broadcast_to(np.asarray(value, dtype=float), [sizes[axis] for axis in over]), unit, over)
        for name, (value, unit, over) in given.items()
    ]


def path(name: str, points: Mapping[float, ArrayLike], over: tuple[str, ...] = (), unit: str = "dimensionless") -> Path:
    """A straight line between the values of the years."""
    return Path(
        name=name,
        about="A path of a test.",
        unit=unit,
        over=over,
        quality="assumption",
        source="test",
        years=np.array(list(points), dtype=np.float64),
        values=np.stack([full_rank(np.asarray(value, dtype=np.float64), over) for value in points.values()]),
    )


def effort(name: str, *strength: float) -> Path:
    """An effort by county as the plan has it: nothing until 2022, full from 2025."""
    return path(name, {2022: [0.0] * len(strength), 2025: strength}, ("county",))


# --- models and runs --------------------------------------------------------------------------------------------------


def alone(
    parts: Part | Sequence[Part], axes: Mapping[str, tuple[str, ...]], *given: AnyInput, **changed: float
) -> Model:
    """Modules or declarations as a model, its units checked.

    What they read and nobody gives is a parameter; `changed` sets some of those anew.
    """
    declarations = _declarations(parts if isinstance(parts, Sequence) else [parts])
    inputs = {value.name: value for value in [*own_parameters(*declarations), *given]}
    assert set(changed) <= set(inputs), f"no such inputs: {set(changed) - set(inputs)}"
    inputs |= {name: constant(name, value, inputs[name].unit) for name, value in changed.items()}
    model = compile_model(declarations, inputs, {**LABELS, **axes})
    assert check_units(model) == []
    return model


def run(model: Model, years: int = YEARS, step: float = STEP) -> Trajectory:
    """From the census on, as the base scenario runs; every ledger must close."""
    trajectory = simulate(model, start=START, end=START + years, step=step)
    assert max(trajectory.ledgers.values(), default=0) < 1e-9
    return trajectory


def values(trajectory: Trajectory, name: str) -> np.ndarray:
    """A variable of a run with a single member, over (year, *axes)."""
    found = trajectory.variables[name].values
    assert found.shape[1] == 1
    return found[:, 0]


def _declarations(parts: Sequence[Part]) -> tuple[Declaration, ...]:
    return tuple(each for part in parts for each in (collect([part]) if isinstance(part, ModuleType) else [part]))


def _asked(declarations: Sequence[Declaration]) -> set[str]:
    """All names that equations and starting values read."""
    read = {name for each in declarations if isinstance(each, Equation) for name in each.arguments}
    return read | {each.initial for each in declarations if isinstance(each, Stock) and isinstance(each.initial, str)}


def _at_end(value: AnyInput, end: End) -> AnyInput:
    assert isinstance(value, Constant)
    bound = getattr(value, end)
    assert bound is not None
    values = value.values * bound if value.range_kind == "factor" else np.full_like(value.values, bound)
    return replace(value, values=values)
