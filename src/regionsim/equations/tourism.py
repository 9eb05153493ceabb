"""Red and green tourism: brands and heritage draw visitors, capacity limits them, what they leave becomes value added.

All indices are against 2020 and against the trend of visits. The growth of value added in services has that trend in
it already: only what visits do beyond the trend moves services, once, and reported revenue is never added to output.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, exp, maximum, minimum, ratio, select, total

red_brand = stock(
    "Renown of the sites of the revolution, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("red_brand_building",),
    outflows=("red_brand_loss",),
)

green_brand = stock(
    "Renown of mountains, springs and festivals, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("green_brand_building",),
    outflows=("green_brand_loss",),
)

heritage_index = stock(
    "State of the relics of the revolution, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("heritage_repair",),
    outflows=("heritage_decay",),
)

tourism_capacity = stock(
    "Visitors that sites, beds and ways can take in a year, against 2020 and the trend.",
    unit="dimensionless",
    initial=1,
    inflows=("tourism_capacity_renewal",),
    outflows=("tourism_capacity_wear",),
)

tourist_access = stock(
    "Passenger access that visitors have discovered, against 2020, with all output as it was then.",
    unit="dimensionless",
    initial=1,
    inflows=("tourist_access_adjustment",),
)

visitor_spending_index = stock(
    "What a visit leaves in the county, against 2020: wellness stays are longer and dearer.",
    unit="dimensionless",
    initial=1,
    inflows=("visitor_spending_adjustment",),
)


@equation(unit="1/year", measures=(2,))
def heritage_repair(
    heritage_decay_rate, relics_effort, heritage_repair_rate, relics_in_good_state_share, heritage_index
):
    """Upkeep as in 2020, which just makes up for decay, and works that mend part of what is in a bad state."""
    return heritage_decay_rate + relics_effort * heritage_repair_rate * maximum(
        1 / relics_in_good_state_share - heritage_index, 0
    )


@equation(unit="1/year", measures=(2,))
def heritage_decay(heritage_decay_rate, heritage_index):
    """Relics that fall into disrepair."""
    return heritage_decay_rate * heritage_index


@equation(unit="1/year", measures=(1, 3))
def red_brand_building(
    brand_loss_rate,
    brand_feedback_share,
    visit_index,
    red_education_gain,
    red_education_effort,
    scenic_rating_gain,
    scenic_areas_effort,
):
    """Promotion paid from what visitors leave, and what study tours, routes, expos and ratings add to it."""
    return brand_loss_rate * (
        1
        + brand_feedback_share * (visit_index - 1)
        + red_education_gain * red_education_effort
        + scenic_rating_gain * scenic_areas_effort
    )


@equation(unit="1/year", measures=(1,))
def red_brand_loss(brand_loss_rate, red_brand):
    """Renown that is forgotten."""
    return brand_loss_rate * red_brand


@equation(unit="1/year", measures=(3,))
def green_brand_building(
    brand_loss_rate,
    brand_feedback_share,
    visit_index,
    scenic_rating_gain,
    scenic_areas_effort,
    festival_gain,
    festivals_effort,
):
    """Promotion paid from what visitors leave, and what ratings and festivals add to it."""
    return brand_loss_rate * (
        1
        + brand_feedback_share * (visit_index - 1)
        + scenic_rating_gain * scenic_areas_effort
        + festival_gain * festivals_effort
    )


@equation(unit="1/year", measures=(3,))
def green_brand_loss(brand_loss_rate, green_brand):
    """Renown that is forgotten."""
    return brand_loss_rate * green_brand


@equation(unit="1/year", measures=(3, 16))
def tourism_capacity_renewal(
    tourism_capacity_wear_rate,
    capacity_response_share,
    visit_index,
    scenic_capacity_gain,
    scenic_areas_effort,
    smart_scenic_gain,
    smart_scenic_effort,
):
    """Sites and beds renewed as visits pay for them, and what scenic-area works and smart management add."""
    return tourism_capacity_wear_rate * (
        1
        + capacity_response_share * (visit_index - 1)
        + scenic_capacity_gain * scenic_areas_effort
        + smart_scenic_gain * smart_scenic_effort
    )


@equation(unit="1/year", measures=(3,))
def tourism_capacity_wear(tourism_capacity_wear_rate, tourism_capacity):
    """Sites and beds that wear out."""
    return tourism_capacity_wear_rate * tourism_capacity


@equation(unit="1/year", measures=(14,))
def tourist_access_adjustment(passenger_access_of_network, tourist_access, access_adaptation_time):
    """Visitors discover a changed network with a delay; growth of the markets themselves is in the trend of visits."""
    return (passenger_access_of_network - tourist_access) / access_adaptation_time


@equation(unit="1/year", measures=(5,))
def visitor_spending_adjustment(
    wellness_spending_gain, wellness_effort, visitor_spending_index, visitor_spending_adjustment_time
):
    """Wellness offers, herbal diets and gardens of medicinal plants come up over years."""
    return (1 + wellness_spending_gain * wellness_effort - visitor_spending_index) / visitor_spending_adjustment_time


@equation(unit="dimensionless", measures=(12,))
def landscape_index(forest_area, initial_forest_area):
    """Forest against 2020, as what visitors of green sites come for."""
    return ratio(forest_area, initial_forest_area, 1)


@equation(unit="dimensionless", measures=(1, 2, 3))
def site_attraction(
    red_visit_share, red_brand, heritage_index, heritage_elasticity, green_brand, landscape_index, landscape_elasticity
):
    """Pull of a county's sites against 2020: red by renown and the state of relics, green by renown and landscape."""
    return (
        red_visit_share * red_brand * heritage_index**heritage_elasticity
        + (1 - red_visit_share) * green_brand * landscape_index**landscape_elasticity
    )


@equation(unit="dimensionless", over=(), measures=(1, 3))
def zone_attraction(initial_visits, site_attraction):
    """Mean pull of the zone's sites against 2020, weighted by visits of 2020."""
    return ratio(total(initial_visits * site_attraction, "county"), total(initial_visits, "county"), 1)


@equation(unit="dimensionless", measures=(1, 2, 3))
def visit_demand(
    site_attraction, zone_attraction, tourism_competition, tourist_access, visit_access_elasticity, visit_disturbance
):
    """Wish to visit against 2020 and the trend: part of what one county's sites gain, others of the zone lose."""
    return (
        site_attraction
        * zone_attraction**-tourism_competition
        * tourist_access**visit_access_elasticity
        * visit_disturbance
    )


@equation(unit="dimensionless", measures=(1, 2, 3))
def visit_index(visit_demand, tourism_capacity, initial_tourism_capacity_use_share):
    """Visits against 2020 and the trend: capacity times x/(1 + x), x the demand that there is for each place."""
    return ratio(
        visit_demand * tourism_capacity,
        initial_tourism_capacity_use_share * visit_demand + (1 - initial_tourism_capacity_use_share) * tourism_capacity,
        0,
    )


@equation(unit="dimensionless", measures=(3,))
def tourism_capacity_use_share(initial_tourism_capacity_use_share, visit_index, tourism_capacity):
    """Part of the year's capacity that is in use."""
    return ratio(initial_tourism_capacity_use_share * visit_index, tourism_capacity, 0)


@equation(unit="visit/year", measures=(1, 2, 3))
def visits(initial_visits, visit_growth_rate, time, base_year, visit_index):
    """Visits in a year without days of disturbance, as local statistics count them."""
    return initial_visits * exp(visit_growth_rate * (time - base_year)) * visit_index


@equation(unit="million CNY_2020/visit")
def value_added_per_visit(
    spending_per_visit, tourism_value_added_share, tourism_services_share_ceiling, initial_sector_output, initial_visits
):
    """Value added that a visit left in 2020; where visits are counted several times, no more than services can hold."""
    return minimum(
        spending_per_visit * tourism_value_added_share,
        ratio(tourism_services_share_ceiling * select(initial_sector_output, "sector", "services"), initial_visits, 0),
    )


@equation(unit="million CNY_2020/year", measures=(1, 2, 3, 5))
def tourism_value_added(visits, value_added_per_visit, visitor_spending_index):
    """Value added by visitors: a part of that of services, not to be added to it."""
    return visits * value_added_per_visit * visitor_spending_index


@equation(unit="dimensionless")
def tourism_services_share(value_added_per_visit, initial_visits, initial_sector_output):
    """Share of services in 2020 that visitors paid for."""
    return ratio(value_added_per_visit * initial_visits, select(initial_sector_output, "sector", "services"), 0)


@equation(unit="dimensionless", measures=(1, 2, 3))
def visit_demand_new_to_services(
    visit_demand, tourist_access, visit_access_elasticity, access_visits_new_to_services_share
):
    """Wish to visit without that part of easier access which the elasticity of services to access counts already."""
    return visit_demand * tourist_access ** (visit_access_elasticity * (access_visits_new_to_services_share - 1))


@equation(unit="dimensionless", measures=(1, 2, 3, 5))
def tourism_services_index(
    visit_demand_new_to_services, tourism_capacity, initial_tourism_capacity_use_share, visitor_spending_index
):
    """Tourism's value added against 2020 and the trend, as far as nothing else in services counts it."""
    return visitor_spending_index * ratio(
        visit_demand_new_to_services * tourism_capacity,
        initial_tourism_capacity_use_share * visit_demand_new_to_services
        + (1 - initial_tourism_capacity_use_share) * tourism_capacity,
        0,
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(1, 2, 3, 5))
def tourism_effect(tourism_services_share, tourism_services_index):
    """Factor on output by sector: services grow with the part of them that visitors pay for."""
    return along(
        "sector", agriculture=1, industry=1, services=1 + tourism_services_share * (tourism_services_index - 1)
    )
