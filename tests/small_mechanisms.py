"""One mechanism by itself: its own equations with the project's parameters, all else held at plain numbers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.engine.units import check_units
from regionsim.language.axes import LABELS
from regionsim.language.declarations import Equation, Stock, collect
from regionsim.language.inputs import AnyInput
from regionsim.place.assemble import axis_labels
from regionsim.scenarios.parameters import load_parameters

BASE_YEAR = constant("base_year", 2020, "year")


def asked_for(module: ModuleType) -> set[str]:
    """All names that the mechanism's equations and stocks read."""
    found: set[str] = set()
    for declaration in collect([module]):
        if isinstance(declaration, Equation):
            found |= set(declaration.arguments)
        elif isinstance(declaration, Stock):
            found |= {str(declaration.initial)}
    return found


def alone(module: ModuleType, counties: int, *given: AnyInput, **changed: float) -> Model:
    """The mechanism compiled for `counties` counties with `given` inputs, its units checked.

    What else it asks for comes from the project's parameters; `changed` sets some of them anew. Parameters that differ
    by county must be given.
    """
    asked, inputs = asked_for(module), {value.name: value for value in given}
    for name, parameter in load_parameters(labels=axis_labels()).items():
        if name in asked - set(inputs) and "county" not in parameter.over:
            inputs[name] = constant(name, changed[name], parameter.unit) if name in changed else parameter
    assert set(changed) <= set(inputs), f"no such parameters: {set(changed) - set(inputs)}"
    labels = {"county": tuple("abcdefgh"[:counties]), **LABELS}
    model = compile_model(collect([module]), inputs, labels)
    assert check_units(model) == []
    return model


def run(model: Model, years: int = 15) -> Trajectory:
    """The model from 2020 on, as the base scenario runs it."""
    return simulate(model, start=2020, end=2020 + years, step=0.25)


def series(trajectory: Trajectory, name: str) -> Any:
    """A variable of the only member, over (year, …)."""
    return trajectory.variables[name].values[:, 0]
