"""Public services by hand: capital in million CNY, residents, and what both are worth against 2020."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import public_services

EXP_005, EXP_008 = 1.0512710964, 1.0832870677  # exp(0.05), exp(0.08)
LOG_09 = -0.1053605157  # log(0.9)

CASES = [
    # 340 / (0.10 + 0.03), 180 / (0.12 + 0.03), 360 / (0.05 + 0.03).
    case(
        public_services.base_education_capital,
        county(340 / 0.13),
        base_free_spending=county(2_000),
        education_spending_share=0.17,
        education_depreciation_rate=0.10,
        public_capital_growth_rate=0.03,
    ),
    case(
        public_services.base_health_capital,
        county(1_200),
        base_free_spending=county(2_000),
        health_spending_share=0.09,
        health_depreciation_rate=0.12,
        public_capital_growth_rate=0.03,
    ),
    case(
        public_services.base_infrastructure_capital,
        county(4_500),
        base_free_spending=county(2_000),
        infrastructure_spending_share=0.18,
        infrastructure_depreciation_rate=0.05,
        public_capital_growth_rate=0.03,
    ),
    case(
        public_services.education_depreciation,
        county(260),
        education_capital=county(2_600),
        education_depreciation_rate=0.10,
    ),
    case(public_services.health_depreciation, county(144), health_capital=county(1_200), health_depreciation_rate=0.12),
    case(
        public_services.infrastructure_depreciation,
        county(225),
        infrastructure_capital=county(4_500),
        infrastructure_depreciation_rate=0.05,
    ),
    # A half more for four fifths of the people at a quarter more pay; where nobody lives only pay counts.
    case(
        public_services.education_index,
        county(1.5, 0.8),
        education_capital=county(3_900, 100),
        initial_education_capital=county(2_600, 100),
        population=county(320_000, 0),
        initial_population=county(400_000, 1_000),
        public_pay_index=1.25,
    ),
    case(
        public_services.health_index,
        county(1.2, 0.8),
        health_capital=county(1_440, 100),
        initial_health_capital=county(1_200, 100),
        population=county(320_000, 0),
        initial_population=county(400_000, 1_000),
        public_pay_index=1.25,
    ),
    # 3,900 + 1,800 instead of 2,600 + 1,200.
    case(
        public_services.service_index,
        county(1.5, 0.8),
        education_capital=county(3_900, 100),
        health_capital=county(1_800, 100),
        initial_education_capital=county(2_600, 100),
        initial_health_capital=county(1_200, 100),
        population=county(320_000, 0),
        initial_population=county(400_000, 1_000),
        public_pay_index=1.25,
    ),
    # 1 / sqrt(1.21) less 1 %; a fourfold index would halve deaths, and a quarter would double them, but for the bounds.
    case(
        public_services.health_effect,
        county(0.9, 0.85, 1.15),
        health_index=county(1.21, 4, 0.25),
        health_mortality_elasticity=0.5,
        general_practitioners_effort=county(0.5, 0.5, 0.5),
        general_practitioners_gain=0.02,
        health_effect_floor=0.85,
        health_effect_ceiling=1.15,
    ),
    case(
        public_services.life_expectancy_gain,
        county(-11 * LOG_09, 0),
        health_effect=county(0.9, 1),
        life_expectancy_response=11,
    ),
    # exp(0.02 x 0.5 x 5) in industry, exp(0.02 x 0.8 x 5) where labour counts for more; farming here has none.
    case(
        public_services.health_output_effect,
        by("sector", agriculture=1, industry=EXP_005, services=EXP_008),
        life_expectancy_gain=county(5),
        longevity_output_effect=0.02,
        labour_elasticity=by("sector", agriculture=0, industry=0.5, services=0.8),
    ),
    # A doubled stock over exp(0.04 x 2), to the powers 0, 1 and 2; without any from the start only the trend.
    case(
        public_services.infrastructure_effect,
        by(
            "sector",
            agriculture=county(1, 1),
            industry=county(2 / EXP_008, 1 / EXP_008),
            services=county(4 / EXP_008**2, 1 / EXP_008**2),
        ),
        infrastructure_capital=county(9_000, 0),
        initial_infrastructure_capital=county(4_500, 0),
        public_capital_growth_rate=0.04,
        time=2022,
        base_year=2020,
        infrastructure_output_elasticity=by("sector", agriculture=0, industry=1, services=2),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_public_services_by_hand(case: Case) -> None:
    case.check()
