"""Births, deaths and age: residents by five-year birth cohort, so that nobody is moved between age groups.

A cohort keeps its people from birth to death; its age is read from the calendar. Age groups are shares of cohorts
and exact in the years in which cohorts and age groups coincide (2020, 2025, 2030, 2035); between them a cohort's
people are taken as evenly spread over its five years, but for the leavers among those who cross the age of 15.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import exp, lookup, maximum, minimum, ratio, select, total, where

residents = stock(
    "Residents by county, residence and birth cohort.",
    unit="person",
    initial="initial_residents",
    inflows=(
        "births_by_cohort",
        "arrivals_from_counties",
        "returns_by_residence",
        "town_arrivals",
        "reclassified_to_urban",
    ),
    outflows=("deaths", "infant_deaths", "departures", "town_departures", "reclassified_from_rural"),
    over=("county", "residence", "cohort"),
)

people = ledger(
    "Residents and people outside change by births and deaths only: every move has an origin and a destination.",
    unit="person",
    stocks=("residents", "absent"),
    inflows=("births_by_cohort",),
    outflows=("deaths", "infant_deaths", "absent_deaths"),
)


birth_register = ledger(
    "Every birth enters a cohort.",
    unit="person",
    inflows=("births",),
    outflows=("births_by_cohort",),
    over=("county", "residence"),
)


@equation(unit="year", over=("cohort",))
def oldest_age(time, cohort_birth_start):
    """Age of the oldest members of a cohort, 0 before the first is born."""
    return maximum(time - cohort_birth_start, 0)


@equation(unit="year", over=("cohort",))
def youngest_age(time, cohort_birth_end):
    """Age of the youngest members of a cohort, 0 until the last is born."""
    return maximum(time - cohort_birth_end, 0)


@equation(unit="year", over=("cohort",))
def mean_age(oldest_age, youngest_age):
    """Mean age of a cohort, its people evenly spread over its years of birth."""
    return (oldest_age + youngest_age) / 2


@equation(unit="dimensionless", over=("cohort",))
def being_born(step_start, cohort_birth_start, cohort_births_until):
    """1 for the cohort that receives the births of this step, held over the whole step, 0 for the others."""
    return where(cohort_birth_start <= step_start, where(step_start < cohort_births_until, 1, 0), 0)


@equation(unit="1/year", over=("cohort",))
def cohort_fertility(fertility_by_mean_age, mean_age):
    """Births per woman and year of a cohort for each unit of total fertility."""
    return lookup(fertility_by_mean_age, mean_age)


@equation(unit="person/year", over=("county", "residence"))
def births_per_total_fertility(residents, women_share, cohort_fertility):
    """Births that the women of a place would have in a year at a total fertility of 1."""
    return total(residents * women_share * cohort_fertility, "cohort")


@equation(unit="dimensionless")
def mean_residence_fertility_ratio(births_per_total_fertility, residence_fertility_ratio):
    """The county's mean of the rural and urban fertility ratios, weighted by its women."""
    return ratio(
        total(births_per_total_fertility * residence_fertility_ratio, "residence"),
        total(births_per_total_fertility, "residence"),
        1,
    )


@equation(unit="dimensionless", over=("county", "residence"), measures=(18,))
def total_fertility(
    base_total_fertility,
    relative_fertility,
    fertility_index,
    residence_fertility_ratio,
    initial_mean_residence_fertility_ratio,
):
    """Births per woman over her life at the rates of the year; in 2020 the county's births of the census year."""
    return (
        base_total_fertility
        * relative_fertility
        * fertility_index
        * residence_fertility_ratio
        / initial_mean_residence_fertility_ratio
    )


@equation(unit="person/year", over=("county", "residence"))
def births(births_per_total_fertility, total_fertility):
    """Live births; a child is a resident where its mother is one."""
    return births_per_total_fertility * total_fertility


@equation(unit="person/year", over=("county", "residence", "cohort"))
def births_by_cohort(births, being_born):
    """Live births, entering the cohort that is being born."""
    return births * being_born


@equation(unit="dimensionless", over=())
def mortality_index(mortality_improvement_rate, time, mortality_year):
    """Level of death rates at all ages against the year that the schedule is stated for."""
    return exp(-mortality_improvement_rate * (time - mortality_year))


@equation(unit="1/year", over=("residence", "cohort"), measures=(18,))
def death_rate(mortality_by_mean_age, mean_age, mortality_index, residence_mortality_ratio):
    """Deaths per person and year of a cohort after infancy."""
    return lookup(mortality_by_mean_age, mean_age) * mortality_index * residence_mortality_ratio


@equation(unit="person/year", over=("county", "residence", "cohort"), measures=(18,))
def deaths(residents, death_rate, health_effect):
    """Deaths after infancy; health institutions of the county move them."""
    return residents * death_rate * health_effect


@equation(unit="person/year", over=("county", "residence", "cohort"), measures=(18,))
def infant_deaths(births_by_cohort, infant_mortality, mortality_index, residence_mortality_ratio, health_effect):
    """Deaths under the age of one, taken from the births of the step."""
    return births_by_cohort * infant_mortality * mortality_index * residence_mortality_ratio * health_effect


@equation(unit="person")
def population(residents):
    """All residents."""
    return total(total(residents, "cohort"), "residence")


@equation(unit="person")
def urban_population(residents):
    """Residents of towns and cities."""
    return total(select(residents, "residence", "urban"), "cohort")


@equation(unit="person")
def rural_population(residents):
    """Residents of the countryside."""
    return total(select(residents, "residence", "rural"), "cohort")


@equation(unit="dimensionless")
def urban_share(urban_population, population):
    """Share of residents who live in towns and cities."""
    return ratio(urban_population, population, 0)


@equation(unit="dimensionless", over=("cohort",))
def even_share_below_working_age(oldest_age, youngest_age, working_age_start):
    """Share of a cohort younger than 15, its people evenly spread over its years of birth."""
    return minimum(maximum(ratio(working_age_start - youngest_age, oldest_age - youngest_age, 1), 0), 1)


@equation(unit="dimensionless", over=("county", "cohort"))
def share_below_working_age(
    even_share_below_working_age,
    departure_level,
    leaving_ahead_by_mean_age,
    leaving_ahead_under_15_by_mean_age,
    mean_age,
):
    """Share of a cohort younger than 15; where many leave once they are 15, the younger members weigh more."""
    return (even_share_below_working_age + departure_level * lookup(leaving_ahead_under_15_by_mean_age, mean_age)) / (
        1 + departure_level * lookup(leaving_ahead_by_mean_age, mean_age)
    )


@equation(unit="dimensionless", over=("cohort",))
def share_above_working_age(oldest_age, youngest_age, working_age_end):
    """Share of a cohort aged 65 and over."""
    return minimum(maximum(ratio(oldest_age - working_age_end, oldest_age - youngest_age, 0), 0), 1)


@equation(unit="person")
def population_below_working_age(residents, share_below_working_age):
    """Residents younger than 15."""
    return total(total(residents, "residence") * share_below_working_age, "cohort")


@equation(unit="person")
def population_above_working_age(residents, share_above_working_age):
    """Residents aged 65 and over."""
    return total(total(residents, "residence") * share_above_working_age, "cohort")


@equation(unit="person", over=("county", "residence"))
def working_age_population(residents, share_below_working_age, share_above_working_age):
    """Residents aged 15 to 64."""
    return total(residents * (1 - share_below_working_age - share_above_working_age), "cohort")


@equation(unit="dimensionless")
def dependency_ratio(population_below_working_age, population_above_working_age, working_age_population):
    """Residents under 15 and over 64 for each resident of working age."""
    return ratio(
        population_below_working_age + population_above_working_age, total(working_age_population, "residence"), 0
    )
