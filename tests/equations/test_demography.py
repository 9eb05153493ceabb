"""Births, deaths and ages by hand: a county of some 100,000 residents, cohorts of five years."""

from __future__ import annotations

import pytest
from hand import Case, array, by, case, cohort, county, table

from regionsim.equations import demography

CASES = [
    # --- ages: a cohort of 1960-65, one that is being born, one that is not born yet ---------------------------------
    case(
        demography.oldest_age,
        cohort(62.5, 2.5, 0),
        time=2022.5,
        cohort_birth_start=cohort(1960, 2020, 2025),
    ),
    case(
        demography.youngest_age,
        cohort(57.5, 0, 0),
        time=2022.5,
        cohort_birth_end=cohort(1965, 2025, 2030),
    ),
    case(
        demography.mean_age,
        cohort(60, 1.25, 0),
        oldest_age=cohort(62.5, 2.5, 0),
        youngest_age=cohort(57.5, 0, 0),
    ),
    # A step that starts with the year of birth belongs to the new cohort, one that starts with its end to the next.
    case(
        demography.being_born,
        cohort(0, 1, 0),
        step_start=2020,
        cohort_birth_start=cohort(2015, 2020, 2025),
        cohort_births_until=cohort(2020, 2025, 2030),
    ),
    case(
        demography.being_born,
        cohort(0, 1, 0),
        step_start=2024.75,
        cohort_birth_start=cohort(2015, 2020, 2025),
        cohort_births_until=cohort(2020, 2025, 2030),
    ),
    case(
        demography.being_born,
        cohort(0, 0, 1),
        step_start=2025,
        cohort_birth_start=cohort(2015, 2020, 2025),
        cohort_births_until=cohort(2020, 2025, 2030),
    ),
    # --- births ------------------------------------------------------------------------------------------------------
    # Half way from 15 to 20 half of 0.02; half way from 20 to 25 the mean of 0.02 and 0.07; nothing outside.
    case(
        demography.cohort_fertility,
        cohort(0, 0.01, 0.045, 0),
        fertility_by_mean_age=table({15: 0, 20: 0.02, 25: 0.07, 30: 0.065, 50: 0}),
        mean_age=cohort(10, 17.5, 22.5, 60),
    ),
    case(
        demography.births_per_total_fertility,
        by(
            "residence",
            rural=county(15_000 * 0.50 * 0.07 + 30_000 * 0.50 * 0.01, 4_000 * 0.49 * 0.07 + 10_000 * 0.52 * 0.01),
            urban=county(40_000 * 0.50 * 0.07 + 20_000 * 0.50 * 0.01, 0),
        ),
        residents=array(
            {"county": 2, "residence": 2, "cohort": 3},
            [
                [[20_000, 15_000, 30_000], [30_000, 40_000, 20_000]],
                [[5_000, 4_000, 10_000], [0, 0, 0]],
            ],
        ),
        women_share=array({"county": 2, "cohort": 3}, [[0.48, 0.50, 0.50], [0.47, 0.49, 0.52]]),
        cohort_fertility=cohort(0, 0.07, 0.01),
    ),
    # (600 x 1.11 + 1400 x 0.89) / 2000; a county without women counts as the mean.
    case(
        demography.mean_residence_fertility_ratio,
        county(0.956, 1),
        births_per_total_fertility=by("residence", rural=county(600, 0), urban=county(1_400, 0)),
        residence_fertility_ratio=by("residence", rural=1.11, urban=0.89),
    ),
    # 1.75 x 1.1 x 0.72 = 1.386 and 1.75 x 0.9 x 0.72 = 1.134, then by residence.
    case(
        demography.total_fertility,
        by("residence", rural=county(1.7325, 1.3608), urban=county(1.155, 0.9072)),
        base_total_fertility=1.75,
        relative_fertility=county(1.1, 0.9),
        fertility_index=0.72,
        residence_fertility_ratio=by("residence", rural=1.2, urban=0.8),
        initial_mean_residence_fertility_ratio=county(0.96, 1),
    ),
    case(
        demography.births,
        by("residence", rural=900, urban=1_680),
        births_per_total_fertility=by("residence", rural=600, urban=1_400),
        total_fertility=by("residence", rural=1.5, urban=1.2),
    ),
    case(
        demography.births_by_cohort,
        array({"residence": 2, "cohort": 3}, [[0, 900, 0], [0, 1_680, 0]]),
        births=by("residence", rural=900, urban=1_680),
        being_born=cohort(0, 1, 0),
    ),
    # --- deaths ------------------------------------------------------------------------------------------------------
    # exp(-0.02 x 10) = exp(-0.2); the base year is 1.
    case(demography.mortality_index, 0.8187307531, mortality_improvement_rate=0.02, time=2030, mortality_year=2020),
    case(demography.mortality_index, 1, mortality_improvement_rate=0.02, time=2020, mortality_year=2020),
    # A quarter of the way from 0.01 to 0.07 at 65; the first and the last value outside the table.
    case(
        demography.death_rate,
        array({"residence": 2, "cohort": 3}, [[0.0084, 0.021, 0.0588], [0.0076, 0.019, 0.0532]]),
        mortality_by_mean_age=table({60: 0.01, 80: 0.07}),
        mean_age=cohort(50, 65, 85),
        mortality_index=0.8,
        residence_mortality_ratio=by("residence", rural=1.05, urban=0.95),
    ),
    # 84 + 235.2 villagers and 152 + 53.2 townspeople die at the rates alone; where hospitals are better a tenth fewer.
    case(
        demography.deaths,
        array(
            {"county": 2, "residence": 2, "cohort": 2},
            [[[84, 235.2], [152, 53.2]], [[75.6, 211.68], [136.8, 47.88]]],
        ),
        residents=array({"residence": 2, "cohort": 2}, [[10_000, 4_000], [20_000, 1_000]]),
        death_rate=array({"residence": 2, "cohort": 2}, [[0.0084, 0.0588], [0.0076, 0.0532]]),
        health_effect=county(1, 0.9),
    ),
    # 0.73 % of the born, mortality having fallen by a tenth: 900 x 0.0073 x 0.9 = 5.913, and 11.0376 in town;
    # a fifth fewer die where hospitals are better.
    case(
        demography.infant_deaths,
        array({"residence": 2, "cohort": 3}, [[0, 5.913 * 1.05 * 0.8, 0], [0, 11.0376 * 0.95 * 0.8, 0]]),
        births_by_cohort=array({"residence": 2, "cohort": 3}, [[0, 900, 0], [0, 1_680, 0]]),
        infant_mortality=0.0073,
        mortality_index=0.9,
        residence_mortality_ratio=by("residence", rural=1.05, urban=0.95),
        health_effect=0.8,
    ),
    # --- counts ------------------------------------------------------------------------------------------------------
    case(
        demography.population,
        county(105_000, 6_000),
        residents=array(
            {"county": 2, "residence": 2, "cohort": 2},
            [[[20_000, 15_000], [30_000, 40_000]], [[5_000, 0], [0, 1_000]]],
        ),
    ),
    case(
        demography.urban_population,
        county(70_000, 1_000),
        residents=array(
            {"county": 2, "residence": 2, "cohort": 2},
            [[[20_000, 15_000], [30_000, 40_000]], [[5_000, 0], [0, 1_000]]],
        ),
    ),
    case(
        demography.rural_population,
        county(35_000, 5_000),
        residents=array(
            {"county": 2, "residence": 2, "cohort": 2},
            [[[20_000, 15_000], [30_000, 40_000]], [[5_000, 0], [0, 1_000]]],
        ),
    ),
    # A county without residents has no towns.
    case(
        demography.urban_share,
        county(0.6, 0, 0),
        urban_population=county(60_000, 0, 0),
        population=county(100_000, 8_000, 0),
    ),
    # Unborn; being born; 12 to 17 years; 10 to 15; 15 to 20; 35 to 40.
    case(
        demography.even_share_below_working_age,
        cohort(1, 1, 0.6, 1, 0, 0),
        oldest_age=cohort(0, 2.5, 17, 15, 20, 40),
        youngest_age=cohort(0, 0, 12, 10, 15, 35),
        working_age_start=15,
    ),
    # Evenly spread, 60 % of those of 12 to 17 years and 20 % of those of 14 to 19 would be below 15. In the first
    # county 30 % of those who weigh a move leave, so that the older are fewer; in the second nobody leaves.
    case(
        demography.share_below_working_age,
        array(
            {"county": 2, "cohort": 4},
            [[1, (0.6 + 0.03) / (1 - 0.003), (0.2 + 0.006) / (1 - 0.135), 0], [1, 0.6, 0.2, 0]],
        ),
        even_share_below_working_age=cohort(1, 0.6, 0.2, 0),
        departure_level=county(0.3, 0),
        leaving_ahead_by_mean_age=table({12.5: 0, 14.5: -0.01, 16.5: -0.45, 17.5: 0}),
        leaving_ahead_under_15_by_mean_age=table({12.5: 0, 14.5: 0.10, 16.5: 0.02, 17.5: 0}),
        mean_age=cohort(5, 14.5, 16.5, 40),
    ),
    # Unborn; being born; 35 to 40; 60 to 65; 62 to 67; 65 to 70; 85 to 90.
    case(
        demography.share_above_working_age,
        cohort(0, 0, 0, 0, 0.4, 1, 1),
        oldest_age=cohort(0, 2.5, 40, 65, 67, 70, 90),
        youngest_age=cohort(0, 0, 35, 60, 62, 65, 85),
        working_age_end=65,
    ),
    # 4000 children of whom all, and 3000 of whom 60 % are below 15; where more of the older ones have left, 70 %.
    case(
        demography.population_below_working_age,
        county(4_000 + 1_800, 4_000 + 2_100),
        residents=array({"residence": 2, "cohort": 3}, [[1_000, 2_000, 8_000], [3_000, 1_000, 12_000]]),
        share_below_working_age=array({"county": 2, "cohort": 3}, [[1, 0.6, 0], [1, 0.7, 0]]),
    ),
    case(
        demography.population_above_working_age,
        0.4 * 3_000 + 20_000,
        residents=array({"residence": 2, "cohort": 3}, [[1_000, 2_000, 8_000], [3_000, 1_000, 12_000]]),
        share_above_working_age=cohort(0, 0.4, 1),
    ),
    # 40 % of the second cohort, in the second county 30 %, and three quarters of the third.
    case(
        demography.working_age_population,
        by("residence", rural=county(800 + 6_000, 600 + 6_000), urban=county(400 + 9_000, 300 + 9_000)),
        residents=array({"residence": 2, "cohort": 3}, [[1_000, 2_000, 8_000], [3_000, 1_000, 12_000]]),
        share_below_working_age=array({"county": 2, "cohort": 3}, [[1, 0.6, 0], [1, 0.7, 0]]),
        share_above_working_age=cohort(0, 0, 0.25),
    ),
    case(
        demography.dependency_ratio,
        county(0.5, 0),
        population_below_working_age=county(20_000, 0),
        population_above_working_age=county(15_000, 0),
        working_age_population=by("residence", rural=county(30_000, 0), urban=county(40_000, 0)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_births_deaths_and_ages_are_as_on_paper(case: Case) -> None:
    case.check()
