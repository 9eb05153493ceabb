"""Variants of the base that checks are held in: changes as a scenario file has them, extremes, ends of ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import Document
from regionsim.studies.model import evidence, given, read_scenario

Changes = Mapping[Any, Any]  # keys and values as they stand in a scenario file

CORNERS = 12
SEED = 20201101
PEOPLE_AT_START = ("initial_residents", "initial_absent")


def variant(changes: Changes) -> Scenario:
    """The model as the evidence has it with changes, read as a scenario file would be. Raises ProblemsError."""
    return read_scenario(Document("variant", {"name": "variant", **changes}, {}))


def variant_model(changes: Changes, emptied: Sequence[str] = ()) -> Model:
    """The model of a variant; in the counties of `emptied` (any of their names) nobody lives or is registered."""
    setting = variant(changes)
    fed = given(setting)
    inputs = dict(fed.inputs)
    labels = AxisLabels(axis_labels())
    left = [county_codes().index(labels.find("county", name)) for name in emptied]
    for name in PEOPLE_AT_START if left else ():
        people = inputs[name]
        values = np.array(people.values)
        values[:, left] = 0.0
        inputs[name] = replace(people, values=values)
    return compile_model(collect(mechanisms()), inputs, axis_labels(setting.start), used_elsewhere=fed.read)


def run_variant(changes: Changes, emptied: Sequence[str] = ()) -> Trajectory:
    """The run of a variant with all stocks, equations and constants."""
    setting = variant(changes)
    model = variant_model(changes, emptied)
    constants = {name for name, value in model.inputs.items() if isinstance(value, Constant)}
    return simulate(
        model,
        start=setting.start,
        end=setting.end,
        step=setting.step,
        method=setting.method,
        outputs={*model.stocks, *model.equations, *constants},
    )


def at_end(parameter: AnyInput, end: str) -> dict[str, float]:
    """The change that puts a parameter at the `low` or `high` end of its range."""
    value = parameter.low if end == "low" else parameter.high
    assert value is not None, f"'{parameter.name}' has no range"
    return {"scale" if parameter.range_kind == "factor" else "value": value}


def corners() -> Iterator[tuple[str, Changes]]:
    """Changes that put every parameter at an end of its range at once, at random which, each with a name."""
    ends = np.random.default_rng(SEED).choice(["low", "high"], size=(CORNERS, len(evidence())))
    for number, corner in enumerate(ends):
        changes = {name: at_end(value, end) for (name, value), end in zip(evidence().items(), corner, strict=True)}
        yield f"all-at-an-end-{number + 1}", {"parameters": changes}
