"""Forest and land together over the years: restoration, chiefs and quality, and carbon up to its ceiling."""

from __future__ import annotations

import numpy as np
import pytest
from mechanism_alone import End, alone, effort, own_parameters, run, values
from small_models import constant

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import forest, land
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput

COUNTIES = ("hills", "closed", "bare")
FOREST, CROPLAND, OTHER, BUILT = [100_000, 110_000, 0], [29_500, 25_000, 60_000], [20_000, 10_000, 40_000], 10_000
CEILING, RED_LINE = [104_000, 110_000, 8_000], [29_400, 24_500, 58_800]
RESTORATION, QUALITY, CHIEFS = "restoration_effort", "forest_quality_effort", "forest_chief_effort"


def _model(*changed: AnyInput, end: End = "") -> Model:
    over = ("county",)
    inputs = [
        *own_parameters(forest, end=end),
        *(effort(name, 0, 0, 0) for name in (RESTORATION, QUALITY, CHIEFS)),
        constant("initial_forest_area", FOREST, "ha", over),
        constant("initial_cropland", CROPLAND, "ha", over),
        constant("initial_other_land", OTHER, "ha", over),
        constant("initial_built_up_land", [BUILT] * 3, "ha", over),
        constant("county_area", np.add(FOREST, CROPLAND) + OTHER + BUILT, "ha", over),
        constant("forest_ceiling", CEILING, "ha", over),
        constant("cropland_floor", RED_LINE, "ha", over),
        constant("built_up_demand", [100, 100, 100], "ha/year", over),
        constant("carbon_dioxide_per_carbon", 44 / 12, "tCO2/tC"),
        constant("earmarked_for_forest", [3, 3, 3], "million CNY_2020/year", over),
        constant("initial_earmarked_for_forest", [3, 3, 3], "million CNY_2020/year", over),
    ]
    return alone(collect([land, forest]), {"county": COUNTIES}, *inputs, *changed)


def _run(*changed: AnyInput, years: int = 15, end: End = "") -> Trajectory:
    return run(_model(*changed, end=end), years)


@pytest.fixture(scope="module")
def base() -> Trajectory:
    return _run()


def test_the_units_of_forest_agree() -> None:
    assert check_units(_model()) == []


def test_forest_gains_in_the_base_year_what_inventories_find(base: Trajectory) -> None:
    net = values(base, "forest_carbon_growth") - values(base, "forest_carbon_harvest")
    assert net[0] == pytest.approx([90_000, 99_000, 0])
    cleared = 35 * 31.9  # tC: 35 % of 100 ha a year at the density of 2020
    assert values(base, "forest_carbon_sink")[0, 0] == pytest.approx((90_000 - cleared) * 44 / 12)


def test_land_and_carbon_close(base: Trajectory) -> None:
    assert max(base.ledgers.values()) < 1e-9
    assert set(base.ledgers) == {"land", "carbon"}


def test_restoration_raises_forest_and_never_takes_cropland_below_the_red_line(base: Trajectory) -> None:
    works = _run(effort(RESTORATION, 1, 1, 1))
    gain = values(works, "forest_area") - values(base, "forest_area")
    assert (gain >= 0).all()
    assert (gain[:3] == 0).all()
    assert (gain[15, [0, 2]] > 10).all()
    floor = np.minimum(RED_LINE, CROPLAND)
    assert (values(works, "cropland") >= floor - 1e-6).all()
    assert (values(works, "forest_carbon")[15] >= values(base, "forest_carbon")[15]).all()


def test_bound_money_plants_forest_at_its_cost_where_there_is_room(base: Trajectory) -> None:
    grants = constant("earmarked_for_forest", [5, 5, 1], "million CNY_2020/year", ("county",))
    dear, cheap = (_run(grants, constant("afforestation_cost", cost, "million CNY_2020/ha")) for cost in (0.05, 1e-6))
    gain = values(dear, "afforestation")[0] - values(base, "afforestation")[0]
    assert gain == pytest.approx([2 / 0.05, 0, 0])  # 2 million more than in 2020; a full forest; 2 million less
    assert values(dear, "forest_area")[15, 0] > values(base, "forest_area")[15, 0]
    assert (values(cheap, "forest_area") <= np.maximum(CEILING, FOREST) + 1e-6).all()
    assert max(dear.ledgers["land"], cheap.ledgers["land"]) < 1e-9


def test_chiefs_keep_forest_and_wood_and_what_may_not_be_cleared_is_not_built(base: Trajectory) -> None:
    watched = _run(effort(CHIEFS, 1, 1, 1))
    assert (values(watched, "forest_area")[15, :2] > values(base, "forest_area")[15, :2]).all()
    assert (values(watched, "forest_carbon")[15] > values(base, "forest_carbon")[15]).all()
    assert (values(watched, "built_up_land")[15, :2] < values(base, "built_up_land")[15, :2]).all()
    assert watched.ledgers["land"] < 1e-9


def test_quality_works_raise_carbon_and_leave_every_hectare_where_it_was(base: Trajectory) -> None:
    tended = _run(effort(QUALITY, 1, 1, 1))
    assert (values(tended, "forest_area") == values(base, "forest_area")).all()
    gain = values(tended, "forest_carbon") - values(base, "forest_carbon")
    assert (gain[:3] == 0).all()
    assert (gain[15, :2] > 0).all()


def test_forest_at_its_ceiling_does_not_grow_whatever_the_works(base: Trajectory) -> None:
    for ran in (base, _run(effort(RESTORATION, 1, 1, 1))):
        assert values(ran, "afforestation")[0, 1] == 0
        assert (values(ran, "forest_area")[:, 1] <= CEILING[1]).all()


def test_the_sink_fades_as_the_forest_fills_up() -> None:
    long = _run(years=300)
    sink = values(long, "forest_carbon_sink")[:, 0]
    assert sink[0] > 300_000
    assert abs(sink[300]) < 0.02 * sink[0]
    density = values(long, "forest_carbon")[300, 0] / values(long, "forest_area")[300, 0]
    assert 31.9 < density < 90


def test_young_forest_on_bare_land_has_no_carbon_at_first_and_gains_it(base: Trajectory) -> None:
    assert values(base, "forest_carbon")[0, 2] == 0
    assert (np.diff(values(base, "forest_carbon")[1:, 2]) > 0).all()


@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_the_ranges_keep_carbon_between_nothing_and_its_ceiling(end: End) -> None:
    efforts = [effort(name, 1.5, 1.5, 1.5) for name in (RESTORATION, QUALITY, CHIEFS)]
    ran = _run(*efforts, years=40, end=end)
    area, held = values(ran, "forest_area"), values(ran, "forest_carbon")
    ceiling = {"low": 60, "high": 120}[end]
    assert (held >= 0).all()
    assert (held <= ceiling * area + 1e-6).all()
    assert (area <= np.maximum(CEILING, FOREST) + 1e-6).all()
