"""Schooling: years at school that people carry with them, wherever they go.

A stock beside every stock of people, in person-years: whoever leaves, returns, moves to town or dies takes the mean
schooling of those they leave. It grows only while the young attend school. So a county that teaches and loses its
young pays for schooling that works elsewhere, and one that they come back to gains it.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import along, arrivals, exp, lookup, maximum, minimum, ratio, total

schooling = stock(
    "Years of schooling embodied in residents by county, residence and birth cohort.",
    unit="person*year",
    initial="base_schooling",
    inflows=("schooling_gained", "schooling_arriving", "schooling_returning", "schooling_entering_towns"),
    outflows=("schooling_lost_to_deaths", "schooling_departing", "schooling_leaving_countryside"),
    over=("county", "residence", "cohort"),
)

absent_schooling = stock(
    "Years of schooling embodied in people of a county who live in hub cities outside.",
    unit="person*year",
    initial="base_absent_schooling",
    inflows=("schooling_departing_to_hubs", "absent_schooling_gained"),
    outflows=("absent_schooling_returning", "absent_schooling_lost_to_deaths"),
    over=("county", "hub_group", "cohort"),
)

schooling_account = ledger(
    "Schooling is gained at school and lost by death: every move takes it along.",
    unit="person*year",
    stocks=("schooling", "absent_schooling"),
    inflows=("schooling_gained", "absent_schooling_gained"),
    outflows=("schooling_lost_to_deaths", "absent_schooling_lost_to_deaths"),
)

schooling_moves = ledger(
    "The schooling that departs arrives: in another county or with those in the hubs, cohort by cohort.",
    unit="person*year",
    inflows=("schooling_departing",),
    outflows=("schooling_arriving", "schooling_departing_to_hubs"),
    over=("cohort",),
)


# --- the base year ----------------------------------------------------------------------------------------------------


@equation(unit="person*year", over=("county", "residence", "cohort"))
def base_schooling(initial_residents, base_mean_schooling):
    """Schooling of the residents of the base year."""
    return initial_residents * base_mean_schooling


@equation(unit="person*year", over=("county", "hub_group", "cohort"))
def base_absent_schooling(initial_absent, base_absent_mean_schooling):
    """Schooling of the absent of the base year."""
    return initial_absent * base_absent_mean_schooling


# --- at school --------------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("cohort",))
def compulsory_attendance(compulsory_attendance_by_mean_age, mean_age):
    """Share of a cohort in the nine years of compulsory school."""
    return lookup(compulsory_attendance_by_mean_age, mean_age)


@equation(unit="dimensionless", over=("cohort",))
def usual_further_attendance(further_attendance_by_mean_age, mean_age):
    """Share of a cohort in upper secondary school, college or university, as in the zone of 2020."""
    return lookup(further_attendance_by_mean_age, mean_age)


@equation(unit="dimensionless", over=("county", "residence"), measures=(17,))
def further_attendance_level(
    relative_further_attendance,
    residence_further_attendance_ratio,
    education_index,
    further_attendance_elasticity,
    vocational_parks_effort,
    vocational_parks_gain,
):
    """Attendance after compulsory school against the zone's of 2020: more where schools have more capacity."""
    return (
        relative_further_attendance
        * residence_further_attendance_ratio
        * education_index**further_attendance_elasticity
        * (1 + vocational_parks_effort * vocational_parks_gain)
    )


@equation(unit="dimensionless", over=("county", "residence"), measures=(17,))
def teaching_quality(rural_teachers_effort, rural_teachers_gain):
    """What a year at school is worth against 2020: more in the countryside where teachers stay."""
    return along("residence", rural=1 + rural_teachers_effort * rural_teachers_gain, urban=1)


@equation(unit="person*year/year", over=("county", "residence", "cohort"), measures=(17,))
def schooling_gained(
    residents, compulsory_attendance, usual_further_attendance, further_attendance_level, teaching_quality
):
    """Years of schooling that residents gain; no more than all of a cohort can attend."""
    return (
        residents
        * minimum(compulsory_attendance + usual_further_attendance * further_attendance_level, 1)
        * teaching_quality
    )


@equation(unit="person*year/year", over=("county", "hub_group", "cohort"))
def absent_schooling_gained(absent, compulsory_attendance, usual_further_attendance):
    """Years of schooling that the absent gain where they live."""
    return absent * (compulsory_attendance + usual_further_attendance)


# --- carried along ----------------------------------------------------------------------------------------------------


@equation(unit="year", over=("county", "residence", "cohort"))
def mean_schooling(schooling, residents):
    """Mean schooling of residents of a place and cohort."""
    return ratio(schooling, residents, 0)


@equation(unit="year", over=("county", "hub_group", "cohort"))
def absent_mean_schooling(absent_schooling, absent):
    """Mean schooling of the absent of a county and cohort."""
    return ratio(absent_schooling, absent, 0)


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_departing(mean_schooling, departures):
    """Schooling of those who leave the county."""
    return mean_schooling * departures


@equation(unit="person*year/year", over=("county", "cohort"))
def schooling_departing_by_cohort(schooling_departing):
    """Schooling of leavers of town and countryside together."""
    return total(schooling_departing, "residence")


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_arriving(schooling_departing_by_cohort, county_share):
    """Schooling of arrivals from other counties, who settle in towns."""
    return along("residence", rural=0, urban=arrivals(schooling_departing_by_cohort, county_share))


@equation(unit="person*year/year", over=("county", "hub_group", "cohort"))
def schooling_departing_to_hubs(schooling_departing_by_cohort, departures_by_cohort, departures_to_hubs):
    """Schooling of leavers to the hubs."""
    return departures_to_hubs * ratio(schooling_departing_by_cohort, departures_by_cohort, 0)


@equation(unit="person*year/year", over=("county", "hub_group", "cohort"))
def absent_schooling_returning(absent_mean_schooling, returns):
    """Schooling of people who come home from the hubs."""
    return absent_mean_schooling * returns


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_returning(absent_schooling_returning, rural_return_share):
    """Schooling of returning people by where they settle."""
    return along(
        "residence",
        rural=total(absent_schooling_returning, "hub_group") * rural_return_share,
        urban=total(absent_schooling_returning, "hub_group") * (1 - rural_return_share),
    )


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_leaving_countryside(mean_schooling, town_departures, reclassified_from_rural):
    """Schooling of those who move to the own county's towns or become urban where they live."""
    return mean_schooling * (town_departures + reclassified_from_rural)


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_entering_towns(schooling_leaving_countryside):
    """The same schooling, as that of urban residents."""
    return along("residence", rural=0, urban=total(schooling_leaving_countryside, "residence"))


@equation(unit="person*year/year", over=("county", "residence", "cohort"))
def schooling_lost_to_deaths(mean_schooling, deaths):
    """Schooling of residents who die; infants have none."""
    return mean_schooling * deaths


@equation(unit="person*year/year", over=("county", "hub_group", "cohort"))
def absent_schooling_lost_to_deaths(absent_mean_schooling, absent_deaths):
    """Schooling of the absent who die."""
    return absent_mean_schooling * absent_deaths


# --- what it does -----------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("county", "cohort"))
def out_of_school_share(
    share_below_working_age, share_above_working_age, compulsory_attendance, usual_further_attendance
):
    """Share of a cohort that is of working age and has left school."""
    return (1 - share_below_working_age - share_above_working_age) * maximum(
        1 - compulsory_attendance - usual_further_attendance, 0
    )


@equation(unit="year", measures=(17,))
def schooling_per_worker(schooling, residents, out_of_school_share):
    """Mean schooling of residents of working age who have left school."""
    return ratio(
        total(total(schooling, "residence") * out_of_school_share, "cohort"),
        total(total(residents, "residence") * out_of_school_share, "cohort"),
        0,
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(17,))
def schooling_effect(schooling_per_worker, initial_schooling_per_worker, schooling_output_effect, labour_elasticity):
    """Factor on output: a year of schooling makes labour more effective, in farming too as far as labour counts."""
    return exp(schooling_output_effect * labour_elasticity * (schooling_per_worker - initial_schooling_per_worker))


@equation(unit="year")
def schooling_of_movers(mean_schooling, potential_movers, out_of_school_share):
    """Mean schooling of those who have left school and weigh a move."""
    return ratio(
        total(total(mean_schooling * potential_movers, "residence") * out_of_school_share, "cohort"),
        total(total(potential_movers, "residence") * out_of_school_share, "cohort"),
        0,
    )


@equation(unit="dimensionless", measures=(17,))
def schooling_leaving_effect(schooling_of_movers, initial_schooling_of_movers, leaving_response_to_schooling):
    """Factor on the weight of leaving: schooling may send the young away, or keep them."""
    return exp(leaving_response_to_schooling * (schooling_of_movers - initial_schooling_of_movers))


@equation(unit="year", measures=(17,))
def schooling_per_resident(schooling, population):
    """Mean schooling of all residents, children included."""
    return ratio(total(total(schooling, "cohort"), "residence"), population, 0)
