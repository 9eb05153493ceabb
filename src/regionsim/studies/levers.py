"""The levers of the plan's measures: what each moves in the model, and which of them act through a name."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from regionsim.engine.compile import Model
from regionsim.engine.graph import users
from regionsim.language.declarations import Equation
from regionsim.language.inputs import AnyInput
from regionsim.language.syntax import expression
from regionsim.scenarios.measures import Effort, Measure, load_measures
from regionsim.studies.model import evidence

TIME_UNIT = "year"
FAR = 4


@dataclass(frozen=True)
class Lever:
    """One effort of one measure, as a scenario switches it."""

    measure: Measure
    effort: Effort

    @property
    def name(self) -> str:
        """Measure and effort: `12-ecosystem-quality.forest-chief`."""
        return f"{self.measure.name}.{self.effort.name}"


def all_levers() -> tuple[Lever, ...]:
    """The levers of all measures, in the order of the plan."""
    return tuple(Lever(measure, effort) for measure in load_measures() for effort in measure.efforts)


def reading_equations(model: Model, effort: Effort) -> tuple[Equation, ...]:
    """The equations that read an effort."""
    return tuple(each for each in model.equations.values() if effort.input in each.arguments)


def levers_through(model: Model, name: str) -> tuple[Lever, ...]:
    """The levers that act through a name of the model.

    Through an equation that reads them, through a parameter that is one of their nearest, through their own input.
    """
    if name not in model.equations and name not in model.inputs:
        return ()
    return tuple(
        lever
        for lever in all_levers()
        if name == lever.effort.input
        or (name in model.equations and lever.effort.input in model.equations[name].arguments)
        or (name in evidence() and name in nearest_parameters(model, evidence(), lever.effort))
    )


def nearest_parameters(model: Model, parameters: Mapping[str, AnyInput], effort: Effort) -> tuple[str, ...]:
    """The first parameters on the ways of an effort, those that say how much it does and how fast.

    In each equation that reads the effort these are the parameters in the smallest part of the expression that holds
    the effort and any parameter. A time says only how fast: where there is nothing else, that way goes on with whatever
    reads the equation or the stock that it fills, at most `FAR` steps unless none has come to a parameter by then.
    """
    readers = users(model.inputs_of)
    near: dict[str, None] = {}
    stage, seen = [effort.input], {effort.input}
    for step in count(1):
        following: dict[str, None] = {}
        for name in stage:
            for reader in readers.get(name, ()):
                found = _beside(model.equations[reader], name, parameters) if reader in model.equations else []
                near |= dict.fromkeys(found)
                if all(parameters[each].unit == TIME_UNIT for each in found):
                    following[reader] = None
        stage = [name for name in following if name not in seen]
        seen.update(stage)
        if not stage or (near and step >= FAR):
            break
    return tuple(near)


def _beside(equation: Equation, name: str, parameters: Mapping[str, AnyInput]) -> list[str]:
    holding = [
        node
        for node in ast.walk(expression(equation))
        if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))
    ]
    # Parts that hold the name come from the whole to the name itself: go the other way, up to the first parameter.
    for node in reversed(holding):
        found = [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in parameters]
        if found:
            return [argument for argument in equation.arguments if argument in found]
    return []
