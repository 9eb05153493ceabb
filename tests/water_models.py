"""Water, rivers, compensation and ecosystem accounts as a model of their own: the rest of the region stands still.

People and output are those of 2020, land and carbon round numbers; every effort is 0 until a test gives it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from mechanism_alone import own_parameters, path, values
from numpy.typing import NDArray
from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import compensation, ecosystem_accounts, rivers, water
from regionsim.language.axes import LABELS
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Stock, collect
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.place.agreements import Agreement, agreement_keys
from regionsim.place.base_output import base_sector_output
from regionsim.place.compensation_inputs import compensation_inputs
from regionsim.place.counties import county_codes
from regionsim.place.river_inputs import river_inputs
from regionsim.place.rivers import reach_keys
from regionsim.place.urban_rural_residents import load_urban_rural_residents

MODULES = (water, rivers, compensation, ecosystem_accounts)
COUNTIES = len(county_codes())
LUSHUI = ("360302", "360313", "360322")
LABELS_OF_AXES = {"county": county_codes(), "reach": reach_keys(), "agreement": agreement_keys(), **LABELS}
EFFORTS = (
    "joint_control_effort",
    "green_manufacturing_effort",
    "mine_rehabilitation_effort",
    "reservoir_effort",
    "lushui_agreement_effort",
    "market_compensation_effort",
    "pilot_compensation_effort",
)


def inputs(agreements: Sequence[Agreement] | None = None) -> dict[str, AnyInput]:
    """All that the four mechanisms ask for, with all efforts 0."""
    people = load_urban_rural_residents()

    def everywhere(name: str, value: float, unit: str) -> Constant:
        return constant(name, [value] * COUNTIES, unit, ("county",))

    made = [
        *own_parameters(*MODULES),
        *river_inputs(),
        *compensation_inputs(agreements),
        constant("urban_population", [r.urban for r in people], "person", ("county",)),
        constant("rural_population", [r.rural for r in people], "person", ("county",)),
        constant("sector_output", base_sector_output(), "million CNY_2020/year", ("county", "sector")),
        everywhere("urban_growth", 0, "person/year"),
        everywhere("rural_sewage_coverage", 0.2, "dimensionless"),
        everywhere("rural_waste_load_effect", 1, "dimensionless"),
        everywhere("fiscal_cooperation", 1, "dimensionless"),
        everywhere("water_treatment_spending", 100, "million CNY_2020/year"),
        everywhere("base_water_treatment_spending", 100, "million CNY_2020/year"),
        everywhere("forest_area", 140_000, "ha"),
        everywhere("initial_forest_area", 140_000, "ha"),
        everywhere("cropland", 30_000, "ha"),
        everywhere("other_land", 25_000, "ha"),
        everywhere("forest_carbon_sink", 400_000, "tCO2/year"),
        *(everywhere(name, 0, "dimensionless") for name in EFFORTS),
    ]
    return {value.name: value for value in made}


def model(
    changed: Mapping[str, Any] | None = None,
    *,
    efforts: Mapping[str, AnyInput] | None = None,
    agreements: Sequence[Agreement] | None = None,
) -> Model:
    """The model; `changed` gives other numbers to inputs by name (one for all elements, or an array over the axes)."""
    given = inputs(agreements) | dict(efforts or {})
    for name, value in (changed or {}).items():
        old = given[name]
        assert isinstance(old, Constant)
        sizes = [len(LABELS_OF_AXES[axis]) for axis in old.over]
        given[name] = constant(name, np.broadcast_to(value, sizes), old.unit, old.over)
    return compile_model(collect(MODULES), given, LABELS_OF_AXES)


def run(built: Model, *, years: int = 15, step: float = 0.25, method: str = "euler") -> dict[str, NDArray[np.float64]]:
    """Values by name over (year, …) of the single member, for `years` from 2020."""
    trajectory: Trajectory = simulate(built, start=2020, end=2020 + years, step=step, method=method)
    return {name: values(trajectory, name) for name in trajectory.variables}


def effort(name: str, counties: Sequence[str] = county_codes(), *, start: float = 2022, full: float = 2024) -> Path:
    """An effort that rises from 0 at `start` to 1 in `full` in the given counties."""
    wanted = np.array([float(code in counties) for code in county_codes()])
    return path(name, {start: 0 * wanted, full: wanted}, ("county",))


def alone(module: ModuleType) -> Model:
    """One mechanism by itself, with the starting values of the others as constants."""
    together = model()
    start = {name: found[0] for name, found in run(together, years=1).items()}
    own = collect([module])
    names = {declaration.name for declaration in own}
    asked = [a for e in own if isinstance(e, Equation) for a in e.arguments]
    asked += [s.initial for s in own if isinstance(s, Stock) and isinstance(s.initial, str)]
    fed: dict[str, AnyInput] = {}
    for name in asked:
        base = name.removeprefix(INITIAL)
        if name in names or name in CLOCK or (name.startswith(INITIAL) and base in names):
            continue
        if name in together.inputs:
            fed[name] = together.inputs[name]
        else:
            declared = together.find(base)
            fed[name] = constant(name, start[base], declared.unit, declared.over)
    return compile_model(own, fed, LABELS_OF_AXES)


def at(code: str) -> int:
    """Where a county stands on its axis."""
    return county_codes().index(code)


def reach(key: str) -> int:
    """Where a reach stands on its axis."""
    return reach_keys().index(key)


def agreement(key: str) -> int:
    """Where an agreement stands on its axis."""
    return agreement_keys().index(key)
