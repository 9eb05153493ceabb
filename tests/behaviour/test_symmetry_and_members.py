"""The model knows no county by its place in a list, and a member of an ensemble is a run of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from whole_model import Run, inputs_of, leading_axes, run, run_scenario, scenario

from regionsim.language.axes import AXES, position
from regionsim.language.inputs import AnyInput, Constant, Path, Table
from regionsim.place.counties import county_codes
from regionsim.scenarios.measures import load_measures

COUNTY, DESTINATION = position("county"), position("destination")
SEED = 20201101
# A network and efforts that change over time: everything that a scenario may move is in motion.
ALL_MEASURES = {"measures": {measure.name: {} for measure in load_measures()}}


def relative(one: np.ndarray, two: np.ndarray) -> float:
    """The largest difference against the largest value."""
    return float(np.abs(one - two).max() / max(np.abs(two).max(), np.finfo(float).tiny))


# --- counties ---------------------------------------------------------------------------------------------------------


def all_alike(inputs: dict[str, AnyInput]) -> dict[str, AnyInput]:
    """Every county like the first, all as far from each other and in one province."""
    result = dict(inputs)
    for name, value in inputs.items():
        if "county" not in value.over or name == "other_county":
            continue
        before = leading_axes(value)
        if "destination" in value.over:
            alike = value.values.mean(axis=(COUNTY + before, DESTINATION + before), keepdims=True)
        elif {"agreement", "reach"} & set(value.over):
            # Shares in an agreement or a catchment: alike, they must still sum to what they summed to.
            alike = value.values.mean(axis=COUNTY + before, keepdims=True)
        else:
            alike = np.take(value.values, [0], axis=COUNTY + before)
        values = np.ones_like(value.values) if name == "same_province" else np.broadcast_to(alike, value.values.shape)
        result[name] = replace(value, values=values)
    return result


def test_counties_that_are_alike_stay_alike() -> None:
    plan = scenario(ALL_MEASURES, extends="plan.yaml")
    inputs = all_alike(inputs_of(plan))
    result = run_scenario(plan, inputs)
    assert len(inputs["travel_time_passenger"].years) > 5
    for name, variable in result.variables.items():
        if "county" in variable.over and "destination" not in variable.over:
            values = result[name]
            assert relative(values, np.broadcast_to(values[:, :1], values.shape)) < 1e-12, name
    assert result["population"][15, 0] != result["population"][0, 0]


def test_counties_in_another_order_have_the_same_fate() -> None:
    plan = scenario(ALL_MEASURES, extends="plan.yaml")
    order = np.random.default_rng(SEED).permutation(len(county_codes()))
    inputs = inputs_of(plan)
    for name, value in inputs.items():
        if isinstance(value, Table):
            continue
        values = value.values
        for axis in (COUNTY, DESTINATION):
            if AXES[axis] in value.over:
                values = np.take(values, order, axis=axis + leading_axes(value))
        inputs[name] = replace(value, values=values)
    codes = tuple(county_codes()[k] for k in order)
    shuffled, straight = (
        run_scenario(plan, inputs, county=codes, destination=codes),
        run(ALL_MEASURES, extends="plan.yaml"),
    )
    for name, variable in straight.variables.items():
        expected = straight[name]
        for k, axis in enumerate(variable.over):
            if axis in ("county", "destination"):
                expected = np.take(expected, order, axis=k + 1)
        assert relative(shuffled[name], expected) < 1e-12, name


# --- members ----------------------------------------------------------------------------------------------------------

LEVERS = [
    {
        "migration_income_elasticity": 1.0,
        "access_decay": 0.8,
        "land_quota_rate": 0.01,
        "capital_elasticity": {"scale": 0.9},
        "productivity_growth_rate": {"scale": 0.5},
    },
    {"friction_across_provinces": 0.4, "forest_closing_rate": 0.1},
    {
        "migration_income_elasticity": 2.5,
        "access_decay": 1.4,
        "participation_share": 0.84,
        "capital_elasticity": {"scale": 1.1},
        "productivity_growth_rate": {"scale": 1.5},
    },
]
# Paths: births by year, and travel times by state of the network.
BIRTHS = [{"scale": 0.8}, {"scale": 1.0}, {"scale": 1.2}]
OPENINGS = [{}, {"changsha-ganzhou-railway": {"opens": 2029.5}}, {"changsha-ganzhou-railway": {"opens": 2032}}]


def as_members(sets: list[dict[str, AnyInput]]) -> dict[str, AnyInput]:
    """Several sets of inputs as the members of one; where all agree one value serves them all."""
    joined = dict(sets[0])
    for name, first in sets[0].items():
        each = [inputs[name] for inputs in sets]
        if isinstance(first, Constant):
            if any(not np.array_equal(value.values, first.values) for value in each):
                joined[name] = replace(first, values=np.concatenate([value.values for value in each]))
        elif isinstance(first, Path):
            years = np.unique(np.concatenate([value.years for value in each]))
            values = np.stack([np.concatenate([value.at(year) for value in each]) for year in years])
            if any(not np.array_equal(values[:, k], values[:, 0]) for k in range(len(sets))):
                joined[name] = replace(first, years=years, values=values)
    return joined


@pytest.mark.parametrize("with_paths", [False, True], ids=["constants", "constants and paths"])
def test_the_members_of_an_ensemble_are_the_runs_of_their_values(with_paths: bool) -> None:
    changes = [
        {
            "parameters": {**LEVERS[k], **({"fertility_index": BIRTHS[k]} if with_paths else {})},
            "transport": OPENINGS[k] if with_paths else {},
        }
        for k in range(3)
    ]
    inputs = as_members([inputs_of(scenario(each)) for each in changes])
    if with_paths:
        assert inputs["fertility_index"].values.shape[1] == inputs["travel_time_passenger"].values.shape[1] == 3
    ensemble = run_scenario(scenario(), inputs)
    for k, each in enumerate(changes):
        single = run(each)
        for name, variable in single.variables.items():
            together = ensemble.variables[name].values[:, k if ensemble.variables[name].values.shape[1] == 3 else 0]
            assert relative(together, variable.values[:, 0]) < 1e-12, (k, name)
    assert ensemble.variables["population"].values.shape == (16, 3, 24)
    assert spread(ensemble) > 0.001


def spread(ensemble: Run) -> float:
    """How far the members' populations of the last year lie apart, relative."""
    last = ensemble.variables["population"].values[-1].sum(axis=-1)
    return float(np.ptp(last) / last.mean())
