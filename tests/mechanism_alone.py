"""One mechanism run by itself: its own equations, the parameters as the evidence has them, and the rest given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import ModuleType

import numpy as np

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.axes import full_rank
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Stock, collect
from regionsim.language.inputs import AnyInput, Path
from regionsim.place.assemble import axis_labels
from regionsim.scenarios.parameters import load_parameters

START, YEARS, STEP = 2020, 15, 0.25


@cache
def evidence() -> Mapping[str, AnyInput]:
    """All parameters by name."""
    return load_parameters(labels=axis_labels())


def alone(module: ModuleType, labels: Mapping[str, tuple[str, ...]], *given: AnyInput) -> Model:
    """The module as a model; what it reads and nobody gives is a parameter. Raises KeyError where there is none."""
    declarations = collect([module])
    own = {each.name for each in declarations}
    read = {name for each in declarations if isinstance(each, Equation) for name in each.arguments}
    read |= {each.initial for each in declarations if isinstance(each, Stock) and isinstance(each.initial, str)}
    inputs = {each.name: each for each in given}
    known = {*own, *inputs, *CLOCK, *(INITIAL + name for name in own)}
    inputs |= {name: evidence()[name] for name in read if name not in known}
    return compile_model(declarations, inputs, labels)


def run(model: Model, step: float = STEP) -> Trajectory:
    """Fifteen years from the census."""
    return simulate(model, start=START, end=START + YEARS, step=step)


def path(name: str, points: Mapping[float, float | Sequence[float]], over: tuple[str, ...] = ()) -> Path:
    """A straight line between the values of the years, without a unit."""
    return Path(
        name=name,
        about="A path of a test.",
        unit="dimensionless",
        over=over,
        quality="assumption",
        source="test",
        years=np.array(list(points), dtype=np.float64),
        values=np.stack([full_rank(value, over) for value in points.values()]),
    )


def effort(name: str, *strength: float) -> Path:
    """An effort by county as the plan has it: nothing until 2022, full from 2025."""
    return path(name, {2022: [0.0] * len(strength), 2025: strength}, ("county",))


def at_range(name: str) -> AnyInput:
    """A parameter with three members: the low end of its range, its value, the high end."""
    parameter = evidence()[name]
    assert parameter.over == () and parameter.low is not None and parameter.high is not None
    ends = [parameter.low, float(parameter.values.reshape(-1)[0]), parameter.high]
    return replace(parameter, values=full_rank(ends, (), members=True))


def values(trajectory: Trajectory, name: str) -> np.ndarray:
    """A variable of a run with a single member, over (year, *axes)."""
    found = trajectory.variables[name].values
    assert found.shape[1] == 1
    return found[:, 0]
