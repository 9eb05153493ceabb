"""Schooling by hand: three cohorts (pupils, workers, old people) of one county, or two cohorts of two counties."""

from __future__ import annotations

from typing import Any

import pytest
from hand import Case, array, by, case, cohort, county, table

from regionsim.equations import schooling

EXP_005, EXP_006, EXP_008 = 1.0512710964, 1.0618365465, 1.0832870677  # exp(0.05), exp(0.06), exp(0.08)


def ages(*values: float) -> Any:
    """One county by three cohorts."""
    return array({"county": 1, "cohort": 3}, [list(values)])


def two(first: list[float], second: list[float]) -> Any:
    """Two counties by two cohorts."""
    return array({"county": 2, "cohort": 2}, [first, second])


CASES = [
    case(
        schooling.base_schooling,
        by("residence", rural=ages(800, 800, 500), urban=ages(350, 1_300, 250)),
        initial_residents=by("residence", rural=ages(100, 80, 100), urban=ages(50, 100, 50)),
        base_mean_schooling=by("residence", rural=ages(8, 10, 5), urban=ages(7, 13, 5)),
    ),
    case(
        schooling.base_absent_schooling,
        by("hub_group", home_province=ages(80, 240, 0), elsewhere=ages(160, 360, 20)),
        initial_absent=by("hub_group", home_province=ages(10, 20, 0), elsewhere=ages(20, 30, 4)),
        base_absent_mean_schooling=ages(8, 12, 5),
    ),
    # Halfway between 14.5 and 15.5 the half is at school.
    case(
        schooling.compulsory_attendance,
        cohort(1, 0.5, 0),
        compulsory_attendance_by_mean_age=table({6: 1, 14.5: 1, 15.5: 0}),
        mean_age=cohort(10, 15, 30),
    ),
    case(
        schooling.usual_further_attendance,
        cohort(0, 0.4, 0.2),
        further_attendance_by_mean_age=table({14.5: 0, 15.5: 0.8, 17.5: 0.8, 23.5: 0.2}),
        mean_age=cohort(10, 15, 30),
    ),
    # 0.9 and 1.1 times 1.21 ** 0.5, with half of 4 % more for the vocational park; nothing new in the second county.
    case(
        schooling.further_attendance_level,
        by("residence", rural=county(1.0098, 0.72), urban=county(1.2342, 0.88)),
        relative_further_attendance=county(1, 0.8),
        residence_further_attendance_ratio=by("residence", rural=0.9, urban=1.1),
        education_index=county(1.21, 1),
        further_attendance_elasticity=0.5,
        vocational_parks_effort=county(0.5, 0),
        vocational_parks_gain=0.04,
    ),
    case(
        schooling.teaching_quality,
        by("residence", rural=county(1.01, 1), urban=county(1, 1)),
        rural_teachers_effort=county(0.5, 0),
        rural_teachers_gain=0.02,
    ),
    # 200 pupils at 1.1 the worth; half and 0.3 x 1.25 of the next; all at most, 0.25 x 1.25 of the last.
    case(
        schooling.schooling_gained,
        by("residence", rural=ages(220, 110, 27.5), urban=ages(100, 87.5, 31.25)),
        residents=by("residence", rural=ages(200, 125, 100), urban=ages(100, 100, 100)),
        compulsory_attendance=cohort(1, 0.5, 0),
        usual_further_attendance=cohort(0.1, 0.3, 0.25),
        further_attendance_level=by("residence", rural=county(1), urban=county(1.25)),
        teaching_quality=by("residence", rural=county(1.1), urban=county(1)),
    ),
    case(
        schooling.absent_schooling_gained,
        by("hub_group", home_province=ages(10, 16, 5), elsewhere=ages(20, 24, 1)),
        absent=by("hub_group", home_province=ages(10, 20, 20), elsewhere=ages(20, 30, 4)),
        compulsory_attendance=cohort(1, 0.5, 0),
        usual_further_attendance=cohort(0, 0.3, 0.25),
    ),
    # Nobody has no schooling.
    case(
        schooling.mean_schooling,
        by("residence", rural=ages(8, 10, 0), urban=ages(7, 13, 5)),
        schooling=by("residence", rural=ages(800, 800, 0), urban=ages(350, 1_300, 250)),
        residents=by("residence", rural=ages(100, 80, 0), urban=ages(50, 100, 50)),
    ),
    case(
        schooling.absent_mean_schooling,
        by("hub_group", home_province=ages(8, 12, 0), elsewhere=ages(8, 12, 5)),
        absent_schooling=by("hub_group", home_province=ages(80, 240, 0), elsewhere=ages(160, 360, 20)),
        absent=by("hub_group", home_province=ages(10, 20, 0), elsewhere=ages(20, 30, 4)),
    ),
    case(
        schooling.schooling_departing,
        by("residence", rural=ages(8, 40, 0), urban=ages(7, 39, 5)),
        mean_schooling=by("residence", rural=ages(8, 10, 5), urban=ages(7, 13, 5)),
        departures=by("residence", rural=ages(1, 4, 0), urban=ages(1, 3, 1)),
    ),
    case(
        schooling.schooling_departing_by_cohort,
        ages(15, 79, 5),
        schooling_departing=by("residence", rural=ages(8, 40, 0), urban=ages(7, 39, 5)),
    ),
    # A quarter of the first county's goes to the second, half of the second's to the first; the rest goes to hubs.
    case(
        schooling.schooling_arriving,
        by("residence", rural=two([0, 0], [0, 0]), urban=two([20, 10], [25, 5])),
        schooling_departing_by_cohort=two([100, 20], [40, 20]),
        county_share=array({"county": 2, "destination": 2}, [[0, 0.25], [0.5, 0]]),
    ),
    # 100 years of 10 leavers are 10 each; where nobody leaves nothing does.
    case(
        schooling.schooling_departing_to_hubs,
        by("hub_group", home_province=ages(30, 24, 0), elsewhere=ages(40, 12, 0)),
        schooling_departing_by_cohort=ages(100, 60, 0),
        departures_by_cohort=ages(10, 5, 0),
        departures_to_hubs=by("hub_group", home_province=ages(3, 2, 0), elsewhere=ages(4, 1, 0)),
    ),
    case(
        schooling.absent_schooling_returning,
        by("hub_group", home_province=ages(8, 24, 0), elsewhere=ages(16, 36, 5)),
        absent_mean_schooling=by("hub_group", home_province=ages(8, 12, 0), elsewhere=ages(8, 12, 5)),
        returns=by("hub_group", home_province=ages(1, 2, 0), elsewhere=ages(2, 3, 1)),
    ),
    # A quarter of 24, 60 and 5 settles in the countryside.
    case(
        schooling.schooling_returning,
        by("residence", rural=ages(6, 15, 1.25), urban=ages(18, 45, 3.75)),
        absent_schooling_returning=by("hub_group", home_province=ages(8, 24, 0), elsewhere=ages(16, 36, 5)),
        rural_return_share=county(0.25),
    ),
    case(
        schooling.schooling_leaving_countryside,
        by("residence", rural=ages(24, 50, 5), urban=ages(0, 0, 0)),
        mean_schooling=by("residence", rural=ages(8, 10, 5), urban=ages(7, 13, 5)),
        town_departures=by("residence", rural=ages(2, 4, 0), urban=ages(0, 0, 0)),
        reclassified_from_rural=by("residence", rural=ages(1, 1, 1), urban=ages(0, 0, 0)),
    ),
    case(
        schooling.schooling_entering_towns,
        by("residence", rural=ages(0, 0, 0), urban=ages(24, 50, 5)),
        schooling_leaving_countryside=by("residence", rural=ages(24, 50, 5), urban=ages(0, 0, 0)),
    ),
    case(
        schooling.schooling_lost_to_deaths,
        by("residence", rural=ages(8, 20, 40), urban=ages(0, 13, 20)),
        mean_schooling=by("residence", rural=ages(8, 10, 5), urban=ages(7, 13, 5)),
        deaths=by("residence", rural=ages(1, 2, 8), urban=ages(0, 1, 4)),
    ),
    case(
        schooling.absent_schooling_lost_to_deaths,
        by("hub_group", home_province=ages(0, 12, 0), elsewhere=ages(8, 24, 5)),
        absent_mean_schooling=by("hub_group", home_province=ages(8, 12, 0), elsewhere=ages(8, 12, 5)),
        absent_deaths=by("hub_group", home_province=ages(0, 1, 0), elsewhere=ages(1, 2, 1)),
    ),
    # Of the first cohort 60 % are over 15, 30 % of whom are not at school; of the last 80 % are over 64; a cohort that
    # is all at school has no workers.
    case(
        schooling.out_of_school_share,
        array({"county": 2, "cohort": 3}, [[0.18, 0, 0.2], [0.27, 0, 0.2]]),
        share_below_working_age=array({"county": 2, "cohort": 3}, [[0.4, 0, 0], [0.1, 0, 0]]),
        share_above_working_age=cohort(0, 0, 0.8),
        compulsory_attendance=cohort(0.2, 0.4, 0),
        usual_further_attendance=cohort(0.5, 0.7, 0),
    ),
    # (0.5 x 240 + 2000) / (0.5 x 20 + 190); nobody has none.
    case(
        schooling.schooling_per_worker,
        county(10.6, 0),
        schooling=by("residence", rural=two([160, 800], [0, 0]), urban=two([80, 1_200], [0, 0])),
        residents=by("residence", rural=two([15, 90], [0, 0]), urban=two([5, 100], [0, 0])),
        out_of_school_share=two([0.5, 1], [0.5, 1]),
    ),
    # One year more: exp(0.1 x 0.5) in industry, 0.6 in services and 0.8 in farming.
    case(
        schooling.schooling_effect,
        by("sector", agriculture=EXP_008, industry=EXP_005, services=EXP_006),
        schooling_per_worker=county(10.5),
        initial_schooling_per_worker=county(9.5),
        schooling_output_effect=0.1,
        labour_elasticity=by("sector", agriculture=0.8, industry=0.5, services=0.6),
    ),
    # (8 x 20 + 10 x 10) x 0.5 and (9 x 4 + 12 x 16) over 30 x 0.5 and 20; nobody moves.
    case(
        schooling.schooling_of_movers,
        county(358 / 35, 0),
        mean_schooling=by("residence", rural=two([8, 9], [8, 9]), urban=two([10, 12], [10, 12])),
        potential_movers=by("residence", rural=two([20, 4], [0, 0]), urban=two([10, 16], [0, 0])),
        out_of_school_share=two([0.5, 1], [0.5, 1]),
    ),
    case(
        schooling.schooling_leaving_effect,
        county(EXP_006, 1 / EXP_006),
        schooling_of_movers=county(13, 9),
        initial_schooling_of_movers=county(11, 11),
        leaving_response_to_schooling=0.03,
    ),
    case(
        schooling.schooling_per_resident,
        county(8, 0),
        schooling=by("residence", rural=two([160, 800], [0, 0]), urban=two([80, 1_200], [0, 0])),
        population=county(280, 0),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_schooling_by_hand(case: Case) -> None:
    case.check()
