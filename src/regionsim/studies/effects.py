"""What a scenario says without moving any figure of the results, found by running it without each such thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import simulate
from regionsim.language.inputs import AnyInput, Table
from regionsim.problems import Problem
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.scenarios.scenario import Said, Scenario
from regionsim.studies.ensemble import same_input, stacked
from regionsim.studies.model import build_model, given

Inputs = Mapping[str, AnyInput]
# Smaller changes, against the largest value of a variable, are rounding.
ROUNDING = 1e-12


def unseen_effects(scenario: Scenario) -> list[Problem]:
    """One warning for each thing that changes what the model is fed, and yet no figure of the table of results.

    All the scenarios without one thing each are run together, as an ensemble beside the scenario itself. What cannot
    be a member of it (a table, a step in place of a line) is not judged. A scenario that breaks down when it runs warns
    of nothing: the run says why.
    """
    if not scenario.said:
        return []
    model = build_model(scenario)
    fed = [given(said.without).inputs for said in scenario.said]
    differing = [[name for name in model.inputs if not same_input(model.inputs[name], other[name])] for other in fed]
    judged = [k for k, names in enumerate(differing) if names and _members_beside(model.inputs, fed[k])]
    if not judged:
        return []
    together = {name: stacked([own, *(fed[k][name] for k in judged)]) for name, own in model.inputs.items()}
    try:
        found = simulate(
            replace(model, inputs=together),
            start=scenario.start,
            end=scenario.end,
            step=scenario.step,
            method=scenario.method,
            outputs=variables_of_indicators(),
        )
    except SimulationError:
        return []
    values = [variable.values for variable in found.variables.values()]
    return sorted(
        _warning(scenario.said[k], differing[k])
        for member, k in enumerate(judged, start=1)
        if all(_moves_nothing(each, member) for each in values)
    )


def _warning(said: Said, inputs: Sequence[str]) -> Problem:
    named = ", ".join(inputs[:3]) + (f" and {len(inputs) - 3} more" if len(inputs) > 3 else "")
    what = f"warning: {said.what} changes no figure of the results: what it moves ({named}) does not reach any"
    return Problem(said.file, said.line, what)


def _moves_nothing(values: NDArray[np.float64], member: int) -> bool:
    """Whether a member's trajectory is that of member 0; `values` is over (year, member, …)."""
    apart = np.abs(values[:, member] - values[:, 0])
    return bool(apart.max() <= ROUNDING * np.abs(values[:, 0]).max())


def _members_beside(inputs: Inputs, other: Inputs) -> bool:
    """Whether other inputs can be members beside these: tables have none, and a step is no line."""
    return all(
        same_input(one, other[name])
        if isinstance(one, Table)
        else (type(one), getattr(one, "kind", "")) == (type(other[name]), getattr(other[name], "kind", ""))
        for name, one in inputs.items()
    )
