"""Migration and urbanization: countryside to town, between counties, to hub cities outside and back.

Who moves is a matter of age: the propensity schedule gives potential movers. Where they go is a choice among staying,
the own county's towns, other counties' towns and hubs: a logit in incremental form. The shares of the base year come
from the two censuses; only changes since then (of wages, travel times, friction, crowding) move them. The spread of
departures over destinations follows gravity. Nobody vanishes: who leaves for a hub stays on the books of the county
as absent and may return.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import (
    along,
    arrivals,
    at_destination,
    exp,
    lookup,
    maximum,
    minimum,
    ratio,
    select,
    total,
)

absent = stock(
    "People who belong to a county and live in hub cities outside, by group of hubs and birth cohort.",
    unit="person",
    initial="initial_absent",
    inflows=("departures_to_hubs",),
    outflows=("returns", "absent_deaths"),
    over=("county", "hub_group", "cohort"),
)

perceived_wage = stock(
    "Wage that people go by when they decide where to live.",
    unit="million CNY_2020/person/year",
    initial="wage",
    inflows=("perceived_wage_adjustment",),
    over=("county", "residence"),
)

perceived_hub_wage_index = stock(
    "Wages in the hubs against the base year, as far as the news of them has reached the counties.",
    unit="dimensionless",
    initial=1,
    inflows=("perceived_hub_wage_adjustment",),
    over=("hub",),
)

moves = ledger(
    "Everyone who departs arrives: in another county or on the books of a group of hubs, cohort by cohort.",
    unit="person",
    inflows=("departures",),
    outflows=("arrivals_from_counties", "departures_to_hubs"),
    over=("cohort",),
)

residence_changes = ledger(
    "Moves to the own county's towns and reclassification leave the county's residents as many as they were.",
    unit="person",
    inflows=("town_departures", "reclassified_from_rural"),
    outflows=("town_arrivals", "reclassified_to_urban"),
    over=("county", "cohort"),
)


@equation(unit="million CNY_2020/person/year/year", over=("county", "residence"))
def perceived_wage_adjustment(wage, perceived_wage, wage_perception_time):
    """News of wages spreads with a delay."""
    return (wage - perceived_wage) / wage_perception_time


@equation(unit="dimensionless", over=("county", "residence"))
def wage_index(perceived_wage, initial_perceived_wage):
    """Perceived wage against the base year."""
    return ratio(perceived_wage, initial_perceived_wage, 1)


@equation(unit="dimensionless", over=("hub",))
def hub_wage_index(hub_output, initial_hub_output, hub_labour_growth_rate, time, base_year):
    """Wages in a hub against the base year: its output per worker."""
    return hub_output / initial_hub_output / exp(hub_labour_growth_rate * (time - base_year))


@equation(unit="1/year", over=("hub",))
def perceived_hub_wage_adjustment(hub_wage_index, perceived_hub_wage_index, wage_perception_time):
    """News of the hubs' wages spreads as slowly as that of wages at home."""
    return (hub_wage_index - perceived_hub_wage_index) / wage_perception_time


@equation(unit="dimensionless", over=())
def mean_perceived_hub_wage_index(perceived_hub_wage_index, hub_residents):
    """Perceived wages in the hubs against the base year, weighted by their residents."""
    return total(perceived_hub_wage_index * hub_residents, "hub") / total(hub_residents, "hub")


@equation(unit="dimensionless", measures=(17, 18, 19))
def service_pull(service_index, service_recognition, migration_service_elasticity):
    """Pull of a county's schools and hospitals against 2020, with those across the border that serve it too."""
    return (service_index * service_recognition) ** migration_service_elasticity


# --- where to: gravity ------------------------------------------------------------------------------------------------


@equation(unit="million CNY_2020/person/year", over=())
def base_zone_income(initial_sector_output, initial_population):
    """Output per resident of the whole zone in the base year: the yardstick of income levels."""
    return ratio(total(total(initial_sector_output, "sector"), "county"), total(initial_population, "county"), 0)


@equation(unit="dimensionless")
def county_attraction(
    initial_sector_output,
    initial_population,
    base_zone_income,
    wage_index,
    migration_income_elasticity,
    service_pull,
    town_quality,
):
    """Pull of a county's towns per resident: income of the base year, moved by wages, services and towns since."""
    return (
        (
            ratio(total(initial_sector_output, "sector"), initial_population * base_zone_income, 0)
            * select(wage_index, "residence", "urban")
        )
        ** migration_income_elasticity
        * service_pull
        * town_quality
    )


@equation(unit="dimensionless", over=("hub",))
def hub_attraction(
    initial_hub_output, hub_residents, base_zone_income, perceived_hub_wage_index, migration_income_elasticity
):
    """Pull of a hub per resident: income level of the base year, moved by its perceived wages since."""
    return (
        initial_hub_output / (hub_residents * base_zone_income) * perceived_hub_wage_index
    ) ** migration_income_elasticity


@equation(unit="dimensionless", over=("county", "destination"), measures=(14, 19))
def county_nearness(
    travel_time_passenger,
    border_travel_factor,
    reference_travel_time,
    migration_distance_elasticity,
    other_county,
    labour_friction,
):
    """How easily people move between two counties: travel time and the friction of registration and border."""
    return (
        other_county
        * (travel_time_passenger * border_travel_factor / reference_travel_time) ** -migration_distance_elasticity
        * labour_friction
    )


@equation(unit="dimensionless", over=("county", "hub"), measures=(14, 19))
def hub_nearness(hub_travel_time_passenger, reference_travel_time, migration_distance_elasticity, hub_labour_friction):
    """How easily people move to a hub: travel time and the friction of registration and border."""
    return (hub_travel_time_passenger / reference_travel_time) ** -migration_distance_elasticity * hub_labour_friction


@equation(unit="person", over=("county", "destination"))
def county_pull(county_attraction, urban_population, county_nearness):
    """Weight of another county's towns among the destinations of a county's leavers."""
    return at_destination(county_attraction * urban_population) * county_nearness


@equation(unit="person", over=("county", "hub"))
def hub_pull(hub_attraction, hub_residents, hub_nearness):
    """Weight of a hub among the destinations of a county's leavers."""
    return hub_attraction * hub_residents * hub_nearness


@equation(unit="person")
def away_pull(county_pull, hub_pull):
    """Weight of all destinations outside the county together."""
    return total(county_pull, "destination") + total(hub_pull, "hub")


@equation(unit="dimensionless", over=("county", "destination"))
def county_share(county_pull, away_pull):
    """Share of a county's leavers that goes to each other county."""
    return ratio(county_pull, away_pull, 0)


@equation(unit="dimensionless", over=("county", "hub"))
def hub_share(hub_pull, away_pull):
    """Share of a county's leavers that goes to each hub."""
    return ratio(hub_pull, away_pull, 0)


# --- whether: the incremental logit ----------------------------------------------------------------------------------


@equation(unit="1/year", over=("cohort",))
def migration_propensity(migration_propensity_by_mean_age, mean_age):
    """Share of a cohort that weighs a move in a year."""
    return lookup(migration_propensity_by_mean_age, mean_age)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def potential_movers(residents, migration_propensity):
    """People who weigh a move in the year."""
    return residents * migration_propensity


@equation(unit="dimensionless")
def mean_residence_departure_ratio(potential_movers, residence_departure_ratio):
    """The county's mean of the rural and urban departure ratios, weighted by its potential movers."""
    return ratio(
        total(total(potential_movers, "cohort") * residence_departure_ratio, "residence"),
        total(total(potential_movers, "cohort"), "residence"),
        1,
    )


@equation(unit="dimensionless", over=("county", "residence"))
def base_departing_share(departure_level, residence_departure_ratio, initial_mean_residence_departure_ratio):
    """Share of potential movers that left the county in the base year."""
    return departure_level * residence_departure_ratio / initial_mean_residence_departure_ratio


@equation(unit="dimensionless", over=("county", "residence"))
def base_town_moving_share(town_move_level):
    """Share of potential movers of the countryside that moved to the county's own towns in the base year."""
    return along("residence", rural=town_move_level, urban=0)


@equation(unit="dimensionless", measures=(9, 10))
def congestion_index(urban_population, built_up_land, land_in_new_use, initial_urban_population, initial_built_up_land):
    """Urban residents per built-up land against the base year: crowding, with land used anew counted as added."""
    return ratio(
        urban_population * initial_built_up_land, initial_urban_population * (built_up_land + land_in_new_use), 1
    )


@equation(unit="dimensionless", over=("county", "residence"))
def departing_weight(base_departing_share, away_pull, initial_away_pull, schooling_leaving_effect):
    """Weight of leaving the county among a mover's choices; it grows with schooling."""
    return base_departing_share * ratio(away_pull, initial_away_pull, 0) * schooling_leaving_effect


@equation(unit="dimensionless", over=("county", "residence"), measures=(9, 10))
def town_moving_weight(
    base_town_moving_share,
    wage_index,
    migration_income_elasticity,
    congestion_index,
    congestion_relief,
    congestion_elasticity,
    service_pull,
    town_quality,
    leaving_ease,
):
    """Weight of the own county's towns among the choices of a mover from the countryside."""
    return (
        base_town_moving_share
        * select(wage_index, "residence", "urban") ** migration_income_elasticity
        * (congestion_index * congestion_relief) ** -congestion_elasticity
        * service_pull
        * town_quality
        * leaving_ease
    )


@equation(unit="dimensionless", over=("county", "residence"))
def staying_weight(
    base_departing_share,
    base_town_moving_share,
    wage_index,
    migration_income_elasticity,
    service_pull,
    town_quality,
    rural_amenity_effect,
):
    """Weight of staying among a mover's choices: who neither left nor moved to town in the base year."""
    return (
        maximum(1 - base_departing_share - base_town_moving_share, 0)
        * wage_index**migration_income_elasticity
        * service_pull
        * along("residence", rural=rural_amenity_effect, urban=town_quality)
    )


@equation(unit="dimensionless", over=("county", "residence"))
def departing_share(departing_weight, town_moving_weight, staying_weight):
    """Share of potential movers that leaves the county."""
    return departing_weight / (departing_weight + town_moving_weight + staying_weight)


@equation(unit="dimensionless", over=("county", "residence"))
def town_moving_share(departing_weight, town_moving_weight, staying_weight):
    """Share of potential movers that moves to the own county's towns."""
    return town_moving_weight / (departing_weight + town_moving_weight + staying_weight)


# --- flows ------------------------------------------------------------------------------------------------------------


@equation(unit="person/year", over=("county", "residence", "cohort"))
def departures(potential_movers, departing_share):
    """Residents who leave the county for other counties and for hubs."""
    return potential_movers * departing_share


@equation(unit="person/year", over=("county", "cohort"))
def departures_by_cohort(departures):
    """Leavers of town and countryside together: from here on they are alike."""
    return total(departures, "residence")


@equation(unit="person/year", over=("county", "residence", "cohort"))
def arrivals_from_counties(departures_by_cohort, county_share):
    """Arrivals from other counties of the zone; they settle in towns."""
    return along("residence", rural=0, urban=arrivals(departures_by_cohort, county_share))


@equation(unit="person/year", over=("county", "hub_group", "cohort"))
def departures_to_hubs(departures_by_cohort, hub_share, hub_group_membership):
    """Leavers to the hubs of the home province and to hubs elsewhere."""
    return departures_by_cohort * total(hub_share * hub_group_membership, "hub")


@equation(unit="person/year", over=("county", "hub"))
def departures_by_hub(departures_by_cohort, hub_share):
    """Leavers to each hub, all ages."""
    return total(departures_by_cohort, "cohort") * hub_share


@equation(unit="person/year", over=("county", "residence", "cohort"))
def town_departures(potential_movers, town_moving_share):
    """Residents of the countryside who move to the own county's towns."""
    return potential_movers * town_moving_share


@equation(unit="person/year", over=("county", "residence", "cohort"))
def town_arrivals(town_departures):
    """Arrivals in towns from the own county's countryside."""
    return along("residence", rural=0, urban=total(town_departures, "residence"))


@equation(unit="dimensionless")
def home_wage_index(wage_index, mean_perceived_hub_wage_index):
    """Urban wages at home against those in the hubs, relative to the base year."""
    return select(wage_index, "residence", "urban") / mean_perceived_hub_wage_index


@equation(unit="person/year", over=("county", "hub_group", "cohort"), measures=(19,))
def returns(absent, return_propensity_by_mean_age, mean_age, home_wage_index, migration_income_elasticity, return_ease):
    """People who come home from the hubs: by age, more where wages gain on the hubs' and where returning is easy."""
    return (
        absent
        * lookup(return_propensity_by_mean_age, mean_age)
        * home_wage_index**migration_income_elasticity
        * return_ease
    )


@equation(unit="person", measures=(8, 9))
def rural_return_weight(rural_population, rural_return_preference, rural_amenity_effect):
    """Weight of the countryside for those who come home: its residents, their preference, and its services."""
    return rural_population * rural_return_preference * rural_amenity_effect


@equation(unit="dimensionless", measures=(9,))
def rural_return_share(rural_return_weight, urban_population):
    """Share of those who come home that settles in the countryside."""
    return ratio(rural_return_weight, rural_return_weight + urban_population, 0)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def returns_by_residence(returns, rural_return_share):
    """Returning people by where they settle."""
    return along(
        "residence",
        rural=total(returns, "hub_group") * rural_return_share,
        urban=total(returns, "hub_group") * (1 - rural_return_share),
    )


@equation(unit="person/year", over=("county", "hub_group", "cohort"))
def absent_deaths(absent, death_rate):
    """Deaths of people of the county who live in hubs, at the rates of towns."""
    return absent * select(death_rate, "residence", "urban")


@equation(unit="1/year", measures=(10,))
def reclassification_rate(
    built_up_expansion, county_area, built_up_land, peri_urban_density_ratio, land_adjustment_time
):
    """Share of the countryside's residents whose land is built over and counted as urban in a year."""
    return minimum(
        peri_urban_density_ratio * built_up_expansion / (county_area - built_up_land), 1 / land_adjustment_time
    )


@equation(unit="person/year", over=("county", "residence", "cohort"))
def reclassified_from_rural(residents, reclassification_rate):
    """Rural residents who become urban where they live."""
    return along("residence", rural=select(residents, "residence", "rural") * reclassification_rate, urban=0)


@equation(unit="person/year", over=("county", "residence", "cohort"))
def reclassified_to_urban(reclassified_from_rural):
    """The same people, as urban residents."""
    return along("residence", rural=0, urban=total(reclassified_from_rural, "residence"))


@equation(unit="person/year")
def net_migration(arrivals_from_counties, returns_by_residence, departures):
    """Arrivals and returns less departures, all ages."""
    return total(total(arrivals_from_counties + returns_by_residence - departures, "cohort"), "residence")
