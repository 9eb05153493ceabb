"""Energy alone over fifteen years: what each effort changes, what it leaves alone, and where it ends."""

from __future__ import annotations

import numpy as np
import pytest
from mechanism_alone import End, alone, effort, own_parameters, run, values
from small_models import constant

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import energy, mechanisms
from regionsim.language.declarations import Equation, Stock, collect
from regionsim.language.inputs import AnyInput

COUNTIES = ("in_jiangxi", "in_hunan", "deserted")
EFFORTS = (
    "hydropower_effort",
    "photovoltaics_effort",
    "wind_effort",
    "piped_gas_effort",
    "energy_saving_effort",
)
OUTPUT = [[4_000, 40_000, 30_000], [4_000, 40_000, 30_000], [0, 0, 0]]


def _model(*changed: AnyInput, end: End = "") -> Model:
    over = ("county",)
    given = [
        *own_parameters(energy, end=end),
        *(effort(name, 0, 0, 0) for name in EFFORTS),
        constant("sector_output", OUTPUT, "million CNY_2020/year", ("county", "sector")),
        constant("output", [74_000, 74_000, 0], "million CNY_2020/year", over),
        constant("population", [500_000, 500_000, 0], "person", over),
        constant("county_area", [150_000] * 3, "ha", over),
        constant("initial_forest_area", [100_000, 100_000, 150_000], "ha", over),
        constant("hydropower_potential", [80, 80, 0], "MW", over),
        constant("initial_photovoltaics_capacity", [60, 60, 0], "MW", over),
        constant("initial_wind_capacity", [40, 40, 40], "MW", over),
        constant("in_jiangxi", [1, 0, 1], "dimensionless", over),
        constant("base_year", 2020, "year"),
        constant("coal_equivalent_of_electricity", 3.6 / 29.3076, "tonne_of_coal_equivalent/MWh"),
    ]
    return alone(energy, {"county": COUNTIES}, *given, *changed)


def _run(*changed: AnyInput, years: int = 15, end: End = "") -> Trajectory:
    return run(_model(*changed, end=end), years)


@pytest.fixture(scope="module")
def base() -> Trajectory:
    return _run()


def test_the_units_of_energy_agree() -> None:
    assert check_units(_model()) == []


def test_the_base_year_has_what_the_figures_give(base: Trajectory) -> None:
    # 56 x 3200 + 60 x 1000 + 40 x 2040 hours; of 300 + 1120 + 270 thousand t of fuel and 55 in homes.
    assert values(base, "renewable_generation")[0].sum(axis=1) == pytest.approx([320_800, 320_800, 81_600])
    assert values(base, "fuel_use")[0, 0] == pytest.approx([18_000, 1_120_000, 270_000])
    assert values(base, "electricity_demand")[0, 0] == pytest.approx(16_400 + 3_760_000 + 660_000 + 335_000)


def test_energy_for_each_unit_of_output_falls_as_fast_as_the_national_aim(base: Trajectory) -> None:
    demand = values(base, "energy_demand") - values(base, "residential_fuel_use")
    yearly = (demand[5, 0] / demand[0, 0]) ** (1 / 5) - 1
    assert -0.035 < yearly < -0.015  # of the evidence for g_en
    share = values(base, "electricity_share")[:, 0]
    assert (np.diff(share) > 0).all()


def test_hydropower_stays_about_where_it_was_and_the_others_grow(base: Trajectory) -> None:
    water, sun, wind = values(base, "renewable_capacity")[:, 0].T
    assert water[15] == pytest.approx(water[0], rel=0.02)
    assert sun[15] > 2 * sun[0]
    assert wind[15] > 1.5 * wind[0]


@pytest.mark.parametrize(
    ("name", "technology"), [("hydropower_effort", 0), ("photovoltaics_effort", 1), ("wind_effort", 2)]
)
def test_an_effort_raises_its_own_technology_in_its_own_county(base: Trajectory, name: str, technology: int) -> None:
    change = values(_run(effort(name, 1, 0, 0)), "renewable_capacity") - values(base, "renewable_capacity")
    assert (change[:3] == 0).all()  # nothing before 2022
    assert change[15, 0, technology] > 0
    change[:, 0, technology] = 0
    assert (change == 0).all()


@pytest.mark.parametrize("name", EFFORTS)
def test_every_effort_lowers_carbon_dioxide_after_it_has_begun(base: Trajectory, name: str) -> None:
    change = values(_run(effort(name, 1, 1, 0)), "co2_emissions") - values(base, "co2_emissions")
    assert (change[:3] == 0).all()
    assert (change[3:, :2] < 0).all()
    assert (change[:, 2] == 0).all()


def test_a_cleaner_grid_lowers_carbon_dioxide_of_those_who_draw_from_it(base: Trajectory) -> None:
    cleaner = constant("jiangxi_grid_emission_factor", 0.3, "tCO2/MWh")
    change = values(_run(cleaner), "co2_emissions") - values(base, "co2_emissions")
    assert (change[:, 0] < 0).all()
    assert (change[:, 1] == 0).all()
    assert (change[:, 2] > 0).all()  # it only sends power out, and is credited with less


def test_nothing_of_energy_acts_on_output_or_people() -> None:
    declared = collect(mechanisms())
    reads = {each.name: set(each.arguments) for each in declared if isinstance(each, Equation)}
    reads |= {each.name: {*each.inflows, *each.outflows} for each in declared if isinstance(each, Stock)}
    upstream, waiting = set(), {"output", "residents"}
    while waiting:
        name = waiting.pop()
        upstream.add(name)
        waiting |= reads.get(name, set()) - upstream
    assert {"capital", "cropland"} <= upstream
    assert not upstream & {each.name for each in collect([energy])}


def test_capacity_never_exceeds_the_potential_however_hard_the_effort() -> None:
    driven = _run(*(effort(name, 4, 4, 4) for name in EFFORTS), years=60)
    capacity, potential = values(driven, "renewable_capacity"), values(driven, "renewable_potential")
    assert (capacity <= potential + 1e-9).all()
    assert (values(driven, "gas_conversion") <= 1).all()
    # At three times the pace construction balances retirement at (3/35) / (3/35 + 1/25) of the potential.
    assert capacity[60, 0, 1] == pytest.approx(500 * (3 / 35) / (3 / 35 + 1 / 25), rel=1e-3)


def test_a_county_without_people_and_output_uses_nothing_and_sends_its_wind_away(base: Trajectory) -> None:
    assert (values(base, "energy_demand")[:, 2] == 0).all()
    assert values(base, "electricity_import")[:, 2] == pytest.approx(
        -values(base, "renewable_generation")[:, 2].sum(axis=1)
    )
    assert (values(base, "co2_emissions")[:, 2] < 0).all()
    assert (values(base, "electricity_share")[:, 2] == 0).all()


@pytest.mark.parametrize("end", ["low", "high"])
def test_the_ends_of_the_ranges_give_soundvalues(end: End) -> None:
    driven = _run(*(effort(name, 1, 1, 1) for name in EFFORTS), end=end)
    for name in ("electricity_share", "gas_conversion", "fuel_intensity_index"):
        assert (values(driven, name) >= 0).all()
        assert (values(driven, name) <= 1).all()
    assert (values(driven, "renewable_capacity")[15] <= values(driven, "renewable_potential")[15]).all()
    assert driven.ledgers["installed_capacity"] < 1e-9
