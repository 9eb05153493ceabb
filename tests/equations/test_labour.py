"""Labour by hand: a county of 250,000 to 500,000 workers; wages are in million CNY of 2020 a year."""

from __future__ import annotations

import pytest
from hand import Case, by, case, county

from regionsim.equations import labour

CASES = [
    case(
        labour.labour_force,
        by("residence", rural=152_000, urban=228_000),
        working_age_population=by("residence", rural=200_000, urban=300_000),
        participation_share=0.76,
    ),
    case(
        labour.base_employment,
        by("sector", agriculture=county(50_000, 0), industry=county(87_500, 0), services=county(112_500, 0)),
        initial_labour_force=by("residence", rural=county(100_000, 0), urban=county(150_000, 0)),
        initial_employment_share=by("sector", agriculture=0.20, industry=0.35, services=0.45),
    ),
    # A fifth of 4000 for 40,000 farmers is 20,000 CNY each; half of 40,000 for 200,000 workers 100,000 CNY each.
    case(
        labour.sector_wage,
        by("sector", agriculture=0.02, industry=0.1, services=0),
        sector_output=by("sector", agriculture=4_000, industry=40_000, services=30_000),
        employment=by("sector", agriculture=40_000, industry=200_000, services=0),
        labour_elasticity=by("sector", agriculture=0.2, industry=0.5, services=0.55),
    ),
    # 152 of 380 work in the countryside; nobody there; everybody there; nobody works at all.
    case(
        labour.rural_labour_share,
        county(0.4, 0, 1, 0),
        labour_force=by("residence", rural=county(152_000, 0, 50_000, 0), urban=county(228_000, 228_000, 0, 0)),
    ),
    # From 40 % to 30 % in the countryside; from 40 % to 50 %; the last villager has left; there were none in 2020.
    case(
        labour.within_reach,
        by("sector", agriculture=county(0.75, 1.25, 0, 1), industry=county(1, 1, 1, 1), services=county(1, 1, 1, 1)),
        rural_labour_share=county(0.3, 0.5, 0, 0.1),
        initial_rural_labour_share=county(0.4, 0.4, 0.4, 0),
    ),
    # Wages 21 % and 44 % up at an elasticity of a half are 10 % and 20 %; services had no wage to compare with. A
    # quarter of those who could farm have moved to town.
    case(
        labour.sector_weight,
        by("sector", agriculture=0.2 * 0.8 * 0.75 * 1.1, industry=0.35 * 1.2, services=0.45 * 1.08),
        initial_employment_share=by("sector", agriculture=0.20, industry=0.35, services=0.45),
        desired_reallocation=by("sector", agriculture=0.8, industry=1.0, services=1.08),
        within_reach=by("sector", agriculture=0.75, industry=1, services=1),
        sector_wage=by("sector", agriculture=0.0242, industry=0.144, services=0.07),
        initial_sector_wage=by("sector", agriculture=0.02, industry=0.1, services=0),
        sector_wage_elasticity=0.5,
    ),
    # Weights of 0.3, 0.3 and 0.6 are a quarter, a quarter and a half; a county where no sector pulls employs nobody.
    case(
        labour.desired_employment,
        by("sector", agriculture=county(62_500, 0), industry=county(62_500, 0), services=county(125_000, 0)),
        labour_force=by("residence", rural=county(100_000, 2_000), urban=county(150_000, 3_000)),
        sector_weight=by("sector", agriculture=county(0.3, 0), industry=county(0.3, 0), services=county(0.6, 0)),
    ),
    case(
        labour.employment_change,
        by("sector", agriculture=-1_875, industry=0, services=1_000),
        desired_employment=by("sector", agriculture=62_500, industry=62_500, services=125_000),
        employment=by("sector", agriculture=70_000, industry=62_500, services=121_000),
        labour_adjustment_time=4,
    ),
    # (100,000 x 0.10 + 300,000 x 0.06) / 400,000; farmers do not count; where all farm there is no such wage.
    case(
        labour.non_agricultural_wage,
        county(0.07, 0),
        sector_wage=by("sector", agriculture=0.02, industry=county(0.10, 0), services=county(0.06, 0)),
        employment=by(
            "sector", agriculture=county(40_000, 10_000), industry=county(100_000, 0), services=county(3e5, 0)
        ),
    ),
    # 40 of 100 farm; more farmers than villagers; no villagers at all.
    case(
        labour.farming_share,
        county(0.4, 1, 1),
        employment=by("sector", agriculture=county(40_000, 120_000, 5_000), industry=100_000, services=300_000),
        labour_force=by("residence", rural=county(100_000, 100_000, 0), urban=200_000),
    ),
    # 0.4 x 0.02 + 0.6 x 0.07; in the second county all villagers farm.
    case(
        labour.wage,
        by("residence", rural=county(0.05, 0.02), urban=county(0.07, 0.07)),
        sector_wage=by("sector", agriculture=0.02, industry=0.10, services=0.06),
        non_agricultural_wage=county(0.07, 0.07),
        farming_share=county(0.4, 1),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_work_and_wages_are_as_on_paper(case: Case) -> None:
    case.check()
