"""Models of the public mechanisms alone: the parameters of the evidence, and plain numbers for what others provide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.axes import LABELS, full_rank
from regionsim.language.declarations import Equation, Stock, collect
from regionsim.language.inputs import AnyInput, Input, Path
from regionsim.studies.model import evidence

Numbers = tuple[Any, str, tuple[str, ...]]  # value, unit, axes


def build(
    modules: Sequence[ModuleType], given: Mapping[str, Numbers | AnyInput], sizes: Mapping[str, int], **changes: float
) -> Model:
    """The modules compiled with `given` numbers or inputs; `changes` replace single numbers of parameters."""
    declarations = collect(modules)
    asked = {name for d in declarations if isinstance(d, Equation) for name in d.arguments}
    asked |= {d.initial for d in declarations if isinstance(d, Stock) and isinstance(d.initial, str)}
    inputs: dict[str, AnyInput] = {name: value for name, value in evidence().items() if name in asked}
    for name, each in given.items():
        if name in asked and isinstance(each, Input):
            inputs[name] = each
        elif name in asked:
            value, unit, over = each
            shape = [sizes.get(axis) or len(LABELS[axis]) for axis in over]
            inputs[name] = constant(name, np.broadcast_to(np.asarray(value, dtype=float), shape), unit, over)
    for name, value in changes.items():
        inputs[name] = constant(name, value, inputs[name].unit)
    labels = {axis: tuple(f"{axis} {k}" for k in range(size)) for axis, size in sizes.items()}
    return compile_model(declarations, inputs, {**LABELS, **labels})


def rising(name: str, before: Any, after: Any, unit: str) -> Path:
    """A path by county from `before` in 2020 to `after` in 2025, and held there."""
    values = np.stack([full_rank([float(v) for v in each], ("county",)) for each in (before, after)])
    return Path(
        name=name,
        about=f"The {name} of a test.",
        unit=unit,
        over=("county",),
        quality="assumption",
        source="test",
        years=np.array([2020.0, 2025.0]),
        values=values,
    )


def run(model: Model, years: int = 15) -> Trajectory:
    """Run from 2020; every ledger must close."""
    trajectory = simulate(model, start=2020, end=2020 + years, step=0.25)
    assert trajectory.ledgers
    assert max(trajectory.ledgers.values()) < 1e-9
    return trajectory


def series(trajectory: Trajectory, name: str) -> Any:
    """A variable as (year, …) of its only member."""
    return trajectory.variables[name].values[:, 0]
