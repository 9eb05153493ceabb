"""Output by hand. Roots that come out even: 1.61051 is the fifth power of 1.1, 0.59049 that of 0.9."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county, hub

from regionsim.equations import production

EXP_020, EXP_012, EXP_007 = 1.2214027582, 1.1274968516, 1.0725081813  # exp(0.20), exp(0.12), exp(0.07)

CASES = [
    # Factors of tenths that come out even: farming 1.1 x 1.2 x 0.9 x 0.5 x 1.25 x 2, industry 1.1 x 0.5 x 2 x 0.8, and
    # services 1.2 x 1.5 x 1.1 x 0.5 x 0.9.
    case(
        production.accumulated_effect,
        by("sector", agriculture=1.485, industry=0.88, services=0.891),
        cluster_effect=by("sector", agriculture=1, industry=1.1, services=1),
        brand_effect=by("sector", agriculture=1.1, industry=1, services=1),
        tourism_effect=by("sector", agriculture=1, industry=1, services=1.2),
        digital_effect=by("sector", agriculture=1.2, industry=1, services=1.5),
        farm_scale_effect=by("sector", agriculture=0.9, industry=1, services=1),
        schooling_effect=by("sector", agriculture=0.5, industry=0.5, services=1.1),
        health_output_effect=by("sector", agriculture=1.25, industry=2, services=0.5),
        infrastructure_effect=by("sector", agriculture=2, industry=1, services=0.9),
        compliance_effect=by("sector", agriculture=1, industry=0.8, services=1),
    ),
    # By county: what each of two has is its own.
    case(
        production.accumulated_effect,
        county(1.65, 0.9),
        cluster_effect=county(1.1, 1),
        brand_effect=1,
        tourism_effect=county(1.5, 1),
        digital_effect=1,
        farm_scale_effect=1,
        schooling_effect=1,
        health_output_effect=county(1, 0.9),
        infrastructure_effect=1,
        compliance_effect=1,
    ),
    # Ten years on: freight access to the power 0.2 is 1.1, passenger access 1.05, density 0.9; what was built up counts
    # in full.
    case(
        production.productivity_index,
        by(
            "sector",
            agriculture=EXP_020 * 1.1 * 1.2,
            industry=EXP_012 * 1.1 * 0.9 * 1.1,
            services=EXP_007 * 1.05 * 0.9 * 0.8,
        ),
        productivity_growth_rate=by("sector", agriculture=0.020, industry=0.012, services=0.007),
        time=2030,
        base_year=2020,
        freight_access=1.61051,
        freight_access_elasticity=by("sector", agriculture=0.2, industry=0.2, services=0),
        passenger_access=1.2762815625,
        passenger_access_elasticity=by("sector", agriculture=0, industry=0, services=0.2),
        congestion_index=0.59049,
        density_elasticity=by("sector", agriculture=0, industry=0.2, services=0.2),
        accumulated_effect=by("sector", agriculture=1.2, industry=1.1, services=0.8),
    ),
    # In the base year productivity is 1 whatever the elasticities.
    case(
        production.productivity_index,
        1,
        productivity_growth_rate=0.012,
        time=2020,
        base_year=2020,
        freight_access=1,
        freight_access_elasticity=0.08,
        passenger_access=1,
        passenger_access_elasticity=-0.08,
        congestion_index=1,
        density_elasticity=0.08,
        accumulated_effect=1,
    ),
    # Where the last townsman has left, trades that need density stop and farming goes on.
    case(
        production.productivity_index,
        by("sector", agriculture=1, industry=0, services=0),
        productivity_growth_rate=0.012,
        time=2020,
        base_year=2020,
        freight_access=1,
        freight_access_elasticity=0.08,
        passenger_access=1,
        passenger_access_elasticity=0.08,
        congestion_index=county(0),
        density_elasticity=by("sector", agriculture=0, industry=0.08, services=0.08),
        accumulated_effect=1,
    ),
    case(
        production.labour_elasticity,
        by("sector", agriculture=0.20, industry=0.50, services=0.55),
        returns_to_scale=by("sector", agriculture=0.95, industry=1, services=1),
        capital_elasticity=by("sector", agriculture=0.35, industry=0.50, services=0.45),
        land_elasticity=by("sector", agriculture=0.40, industry=0, services=0),
    ),
    # Farming: 4000 x 1.1, capital 1.4641 ^ 0.25 = 1.1, work 0.6561 ^ 0.25 = 0.9, land 0.81 ^ 0.5 = 0.9.
    # Industry: 40,000 x 1.2, capital 1.44 ^ 0.5 = 1.2, work 0.81 ^ 0.5 = 0.9, no land.
    # Services: 30,000, capital 1.4641 ^ 0.25 = 1.1, work 0.6561 ^ 0.75 = 0.729.
    case(
        production.sector_output,
        by("sector", agriculture=3_920.4, industry=51_840, services=24_057),
        initial_sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        productivity_index=by("sector", agriculture=1.1, industry=1.2, services=1),
        capital=by("sector", agriculture=14_641, industry=144_000, services=146_410),
        initial_capital=by("sector", agriculture=10_000, industry=100_000, services=100_000),
        capital_elasticity=by("sector", agriculture=0.25, industry=0.5, services=0.25),
        employment=by("sector", agriculture=65_610, industry=162_000, services=131_220),
        initial_employment=by("sector", agriculture=100_000, industry=200_000, services=200_000),
        labour_elasticity=by("sector", agriculture=0.25, industry=0.5, services=0.75),
        cropland=24_300,
        initial_cropland=30_000,
        land_elasticity=by("sector", agriculture=0.5, industry=0, services=0),
    ),
    # A county without cropland has no farming and keeps its industry; nothing is made where workers or capital are
    # gone, nor where there were none in the base year.
    case(
        production.sector_output,
        by(
            "sector",
            agriculture=county(0, 0, 0, 0, 0),
            industry=county(40_000, 0, 0, 0, 0),
            services=county(30_000, 0, 0, 0, 0),
        ),
        initial_sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        productivity_index=1,
        capital=county(1e5, 1e5, 0, 1e5, 1e5),
        initial_capital=county(1e5, 1e5, 1e5, 1e5, 0),
        capital_elasticity=0.5,
        employment=county(2e5, 0, 2e5, 2e5, 2e5),
        initial_employment=county(2e5, 2e5, 2e5, 0, 2e5),
        labour_elasticity=0.5,
        cropland=county(0, 3e4, 3e4, 3e4, 3e4),
        initial_cropland=county(0, 3e4, 3e4, 3e4, 3e4),
        land_elasticity=by("sector", agriculture=0.4, industry=0, services=0),
    ),
    case(
        production.output,
        county(74_000, 6_000),
        sector_output=by(
            "sector", agriculture=county(4_000, 1_000), industry=county(40_000, 2_000), services=county(30_000, 3_000)
        ),
    ),
    # exp(0.01 x 10) = 1.1051709181, and 44 % more capital at an elasticity of a half; then the base year.
    case(
        production.hub_output,
        hub(1_200_000 * 1.1051709181 * 1.2, 400_000 * 1.1051709181),
        initial_hub_output=hub(1_200_000, 400_000),
        hub_productivity_growth_rate=0.01,
        time=2030,
        base_year=2020,
        hub_capital=hub(5_184_000, 1_200_000),
        initial_hub_capital=hub(3_600_000, 1_200_000),
        hub_capital_elasticity=0.5,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_output_is_as_on_paper(case: Case) -> None:
    case.check()
