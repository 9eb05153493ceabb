"""Where land runs short: many uses at once, the shortest adjustment time, and no class of land is overdrawn."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.equations import forest, land
from regionsim.language.declarations import collect

STEP, YEARS = 0.25, 20
ADJUSTMENT_TIMES = (0.5, 1, 2)
# What asks for land: here it is given, and so high that most counties run short.
GIVEN = ("restoration_effect", "grant_afforestation", "forest_clearing_effect")
# The forest's carbon follows the land and does not act on it.
CARBON = ("young_forest_growth", "forest_quality_effect")

COUNTIES = (
    *("plenty", "little_cropland", "on_the_red_line", "below_it", "no_other_land", "full_of_forest", "bare"),
    "nearly_full_and_still",
)
FOREST = [100_000, 100_000, 100_000, 100_000, 100_000, 110_000, 40, 109_900]
CROPLAND = [40_000, 29_436, 29_400, 29_000, 30_000, 30_000, 30_000, 40_000]
OTHER_LAND = [20_000, 10_000, 236, 236, 0, 2, 10_000, 20_000]
DEMAND = [300, 300, 300, 300, 300, 300, 300, 0]
BUILT_UP = 10_000
RED_LINE, CEILING = 29_400, 110_000


@pytest.fixture(scope="module")
def model() -> Model:
    """Land and forest of the counties, a member for each adjustment time; the rates are the highest of the evidence."""
    inputs = [
        constant("initial_forest_area", FOREST, "ha", ("county",)),
        constant("initial_cropland", CROPLAND, "ha", ("county",)),
        constant("initial_other_land", OTHER_LAND, "ha", ("county",)),
        constant("initial_built_up_land", [BUILT_UP] * len(COUNTIES), "ha", ("county",)),
        constant("county_area", np.add(FOREST, CROPLAND) + OTHER_LAND + BUILT_UP, "ha", ("county",)),
        constant("cropland_floor", RED_LINE, "ha"),
        constant("forest_ceiling", CEILING, "ha"),
        constant("built_up_demand", DEMAND, "ha/year", ("county",)),
        constant("cropland_share_of_new_built_up", 0.5, "dimensionless"),
        constant("forest_share_of_new_built_up", 0.35, "dimensionless"),
        constant("cropland_replacement_share", 0.7, "dimensionless"),
        constant("cropland_abandonment_rate", 0.02, "1/year"),
        constant("sloping_cropland_share", 0.4, "dimensionless"),
        constant("forest_closing_rate", 0.1, "1/year"),
        constant("restoration_effect", 1, "dimensionless"),
        constant("grant_afforestation", 300, "ha/year"),
        constant("forest_clearing_effect", 1, "dimensionless"),
        constant("land_adjustment_time", ADJUSTMENT_TIMES, "year", members=True),
    ]
    declarations = [
        each for each in collect([land, forest]) if each.name not in (*GIVEN, *CARBON) and "carbon" not in each.name
    ]
    return compile_model(declarations, {each.name: each for each in inputs}, {"county": COUNTIES})


@pytest.fixture(scope="module", params=["euler", "rk4"])
def run(model: Model, request: pytest.FixtureRequest) -> Trajectory:
    return simulate(model, start=2020, end=2020 + YEARS, step=STEP, method=request.param)


def _values(run: Trajectory, name: str) -> np.ndarray:
    """A variable over (year, adjustment time, county)."""
    return run.variables[name].values


def test_land_does_run_short(run):
    short = {name: (_values(run, name) < 1).any(axis=(0, 1)) for name in ("cropland_supply", "other_land_supply")}
    assert not short["cropland_supply"][0] and not short["other_land_supply"][0]
    assert short["cropland_supply"][1:4].all() and short["other_land_supply"][2:6].all()


@pytest.mark.parametrize("name", ["forest_area", "cropland", "built_up_land", "other_land"])
def test_no_class_of_land_falls_below_nothing(run, name):
    assert _values(run, name).min() >= -1e-9


def test_cropland_keeps_to_the_red_line_and_where_it_was_below_it_does_not_shrink(run):
    # Seen at whole years; what a step within the year took below the line would stay below it.
    kept = np.minimum(CROPLAND, RED_LINE)
    assert (_values(run, "cropland") >= kept - 1e-9).all()


def test_forest_does_not_outgrow_what_slope_and_altitude_allow(run):
    assert _values(run, "forest_area").max() <= CEILING + 1e-9


def test_nothing_is_taken_twice(run):
    area = sum(_values(run, name) for name in ("forest_area", "cropland", "built_up_land", "other_land"))
    assert area == pytest.approx(np.broadcast_to(area[0], area.shape), rel=1e-12)
    assert run.ledgers["land"] < 1e-12


def test_what_is_built_is_never_more_than_is_wanted(run):
    built = _values(run, "built_up_expansion")
    assert built.max() <= 300 * (1 + 1e-12)
    assert built[0, :, 0] == pytest.approx(300)
    assert (built[-1, :, 1:] < 300 - 1).all()
