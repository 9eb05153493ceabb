"""Energy by hand: a county of 74,000 million CNY of output, 500,000 residents and 300 MW of renewables."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import energy

EXP_003, EXP_M004 = 1.0304545340, 0.9607894392  # exp(0.03), exp(-0.04)

CASES = [
    # Of 150,000 ha in the first county 100,000 are forest; the second is all forest.
    case(
        energy.renewable_potential,
        by(
            "technology",
            hydropower=county(80, 20),
            photovoltaics=county(500, 0),
            wind=county(150, 225),
        ),
        hydropower_potential=county(80, 20),
        county_area=150_000,
        initial_forest_area=county(100_000, 150_000),
        photovoltaics_potential_density=0.01,
        wind_potential_density=0.0015,
    ),
    case(
        energy.base_renewable_capacity,
        by("technology", hydropower=county(56, 14), photovoltaics=county(60, 0), wind=county(40, 90)),
        hydropower_potential=county(80, 20),
        developed_hydropower_share=0.7,
        initial_photovoltaics_capacity=county(60, 0),
        initial_wind_capacity=county(40, 90),
    ),
    case(
        energy.development_pace,
        by("technology", hydropower=county(1, 1.2), photovoltaics=county(1, 1.25), wind=county(1, 2)),
        hydropower_effort=county(0, 1),
        photovoltaics_effort=county(0, 0.5),
        wind_effort=county(0, 2),
        renewable_effort_strength=by("technology", hydropower=0.2, photovoltaics=0.5, wind=0.5),
    ),
    # A 25th of 25 MW, a 40th of 440 MW and a tenth of 110 MW; at twice the pace; at the potential, and beyond it.
    case(
        energy.renewable_construction,
        by(
            "technology",
            hydropower=county(1, 2, 0),
            photovoltaics=county(11, 22, 0),
            wind=county(11, 22, 0),
        ),
        renewable_potential=by("technology", hydropower=80, photovoltaics=500, wind=150),
        renewable_capacity=by(
            "technology",
            hydropower=county(55, 55, 80),
            photovoltaics=county(60, 60, 500),
            wind=county(40, 40, 160),
        ),
        development_pace=county(1, 2, 1),
        renewable_development_time=by("technology", hydropower=25, photovoltaics=40, wind=10),
    ),
    case(
        energy.renewable_retirement,
        by("technology", hydropower=0.9, photovoltaics=2.4, wind=2),
        renewable_capacity=by("technology", hydropower=54, photovoltaics=60, wind=40),
        renewable_lifetime=by("technology", hydropower=60, photovoltaics=25, wind=20),
    ),
    case(
        energy.renewable_generation,
        by("technology", hydropower=172_800, photovoltaics=60_000, wind=80_000),
        renewable_capacity=by("technology", hydropower=54, photovoltaics=60, wind=40),
        full_load_hours=by("technology", hydropower=3_200, photovoltaics=1_000, wind=2_000),
    ),
    case(
        energy.energy_saving_boost,
        by("sector", agriculture=county(0, 0), industry=county(0, 0.003), services=county(0, 0.001)),
        energy_saving_effort=county(0, 0.5),
        energy_saving_rate=by("sector", agriculture=0, industry=0.006, services=0.002),
    ),
    # 3.6 % of 0.9, and of 0.5 with 0.4 % on top.
    case(
        energy.fuel_saving,
        county(0.0324, 0.02),
        fuel_intensity_index=county(0.9, 0.5),
        fuel_intensity_decline_rate=0.036,
        energy_saving_boost=county(0, 0.004),
    ),
    # A rise of 2 %; nothing but the boost.
    case(
        energy.electricity_saving,
        county(-0.022, 0.004),
        electricity_intensity_index=county(1.1, 1),
        electricity_intensity_decline_rate=county(-0.02, 0),
        energy_saving_boost=county(0, 0.004),
    ),
    case(
        energy.fuel_use,
        by("sector", agriculture=16_000, industry=1_000_000, services=240_000),
        sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        fuel_intensity=by("sector", agriculture=5, industry=25, services=10),
        fuel_intensity_index=by("sector", agriculture=0.8, industry=1, services=0.8),
    ),
    case(energy.residential_fuel_use, 55_000, population=500_000, fuel_per_resident=0.11),
    case(
        energy.electricity_use,
        by("sector", agriculture=16_000, industry=3_960_000, services=600_000),
        sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        electricity_intensity=by("sector", agriculture=4, industry=90, services=20),
        electricity_intensity_index=by("sector", agriculture=1, industry=1.1, services=1),
    ),
    # One year of 3 %.
    case(
        energy.residential_electricity_use,
        county(350_000 * EXP_003, 0),
        population=county(500_000, 0),
        electricity_per_resident=0.7,
        residential_electricity_growth_rate=0.03,
        time=2021,
        base_year=2020,
    ),
    case(
        energy.electricity_demand,
        4_926_000,
        electricity_use=by("sector", agriculture=16_000, industry=3_960_000, services=600_000),
        residential_electricity_use=350_000,
    ),
    # 1,256,000 and 55,000 t of fuel, and an eighth of a tonne for each of 4,000,000 MWh.
    case(
        energy.energy_demand,
        1_811_000,
        fuel_use=by("sector", agriculture=16_000, industry=1_000_000, services=240_000),
        residential_fuel_use=55_000,
        electricity_demand=4_000_000,
        coal_equivalent_of_electricity=0.125,
    ),
    # Half a million of two million; a county that uses no energy.
    case(
        energy.electricity_share,
        county(0.25, 0),
        electricity_demand=county(4_000_000, 0),
        coal_equivalent_of_electricity=0.125,
        energy_demand=county(2_000_000, 0),
    ),
    # A county that draws from the grid and one that sends there.
    case(
        energy.electricity_import,
        county(700_000, -100_000),
        electricity_demand=county(1_000_000, 200_000),
        renewable_generation=by("technology", hydropower=170_000, photovoltaics=60_000, wind=70_000),
    ),
    case(
        energy.renewable_coverage,
        county(0.3, 1.5, 0),
        renewable_generation=by("technology", hydropower=170_000, photovoltaics=60_000, wind=70_000),
        electricity_demand=county(1_000_000, 200_000, 0),
    ),
    # No pipeline; a new one; an effort beyond all coal, with a tenth converted.
    case(
        energy.conversion_to_gas,
        county(0, 0.05, 0.225),
        piped_gas_effort=county(0, 1, 6),
        convertible_coal_share=0.2,
        gas_conversion=county(0, 0, 0.1),
        fuel_switching_time=4,
    ),
    # All coal; a quarter converted to gas, which has a tonne less.
    case(
        energy.coal_user_emission_factor,
        county(2.66, 2.41),
        gas_conversion=county(0, 0.25),
        coal_emission_factor=2.66,
        gas_emission_factor=1.66,
    ),
    # Coal 2,000 + 800,000 + 20,000 + 30,000 = 852,000 t, others 8,000 + 200,000 + 180,000 + 70,000 = 458,000 t.
    case(
        energy.fuel_emissions,
        county(852_000 * 2.5 + 458_000 * 2, 852_000 * 2 + 458_000 * 2),
        fuel_use=by("sector", agriculture=10_000, industry=1_000_000, services=200_000),
        coal_share=by("sector", agriculture=0.2, industry=0.8, services=0.1),
        residential_fuel_use=100_000,
        residential_coal_share=0.3,
        coal_user_emission_factor=county(2.5, 2),
        other_fuel_emission_factor=2,
    ),
    # Two years of 2 % after the year of the factors, on either grid.
    case(
        energy.grid_emission_factor,
        county(0.6 * EXP_M004, 0.5 * EXP_M004),
        in_jiangxi=county(1, 0),
        jiangxi_grid_emission_factor=0.6,
        hunan_grid_emission_factor=0.5,
        grid_emission_decline_rate=0.02,
        time=2024,
        grid_emission_factor_year=2022,
    ),
    case(
        energy.electricity_emissions,
        county(350_000, -50_000),
        electricity_import=county(700_000, -100_000),
        grid_emission_factor=0.5,
    ),
    case(
        energy.co2_emissions,
        county(3_350_000, 2_950_000),
        fuel_emissions=3_000_000,
        electricity_emissions=county(350_000, -50_000),
    ),
    case(
        energy.emission_intensity,
        county(50, 0),
        co2_emissions=county(3_700_000, 0),
        output=county(74_000, 0),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_energy_by_hand(case: Case) -> None:
    case.check()
