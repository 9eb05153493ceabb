"""The countryside: sewage, roads and services of villages, and the reform of rural land and residence.

Facilities are stocks that wear out: as much is kept up as in 2020, and programmes come on top. The reform of land acts
in two directions at once. Who may lease or sell land and house leaves more easily; who may settle again comes back more
easily, yet who has sold has less to come back to. None of the signs is fixed beforehand.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, exp, maximum, minimum

rural_sewage_coverage = stock(
    "Share of the countryside's sewage that is treated.",
    unit="dimensionless",
    initial="base_rural_sewage_coverage",
    inflows=("rural_sewage_facilities_built",),
    outflows=("rural_sewage_facilities_failed",),
)

rural_road_index = stock(
    "Quality of rural roads against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("rural_road_works",),
    outflows=("rural_road_wear",),
)

rural_facilities = stock(
    "Water supply and other services of villages against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("rural_facility_works",),
    outflows=("rural_facility_wear",),
)

transferable_rights = stock(
    "Reach of the rights to lease or sell rural land, houses and shares: 0 as in 2020, 1 as the plan has it.",
    unit="dimensionless",
    initial=0,
    inflows=("transferable_rights_change",),
)

settlement_rights = stock(
    "Reach of the right to settle in the countryside: 0 as in 2020, 1 as the plan has it.",
    unit="dimensionless",
    initial=0,
    inflows=("settlement_rights_change",),
)


# --- sewage and waste -------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", measures=(8,))
def rural_sewage_coverage_wanted(base_rural_sewage_coverage, rural_sewage_plan_share, rural_sewage_effort):
    """Coverage that the programme works towards."""
    return minimum(
        base_rural_sewage_coverage + rural_sewage_effort * (rural_sewage_plan_share - base_rural_sewage_coverage), 1
    )


@equation(unit="1/year", measures=(8,))
def rural_sewage_facilities_built(
    rural_sewage_coverage_wanted,
    rural_sewage_coverage,
    rural_sewage_building_time,
    rural_sewage_failure_rate,
    base_rural_sewage_coverage,
):
    """New coverage: upkeep as in 2020, and what closes the gap to the programme's aim."""
    return (
        rural_sewage_failure_rate * base_rural_sewage_coverage
        + maximum(rural_sewage_coverage_wanted - rural_sewage_coverage, 0) / rural_sewage_building_time
    )


@equation(unit="1/year", measures=(8,))
def rural_sewage_facilities_failed(rural_sewage_coverage, rural_sewage_failure_rate):
    """Coverage lost because small plants fall idle."""
    return rural_sewage_coverage * rural_sewage_failure_rate


@equation(unit="dimensionless", measures=(8,))
def rural_waste_load_effect(rural_waste_load_share, rural_waste_effort):
    """Load that the countryside puts into rivers, against 2020, by what is done about refuse alone."""
    return maximum(1 - rural_waste_load_share * rural_waste_effort, 0)


# --- roads and services -----------------------------------------------------------------------------------------------


@equation(unit="1/year", measures=(8,))
def rural_road_works(rural_road_wear_rate, rural_road_upgrading_rate, rural_roads_effort):
    """Upkeep of rural roads as in 2020, and upgrading on top."""
    return rural_road_wear_rate + rural_road_upgrading_rate * rural_roads_effort


@equation(unit="1/year", measures=(8,))
def rural_road_wear(rural_road_index, rural_road_wear_rate):
    """Wear of rural roads."""
    return rural_road_index * rural_road_wear_rate


@equation(unit="1/year", measures=(8,))
def rural_facility_works(rural_facility_wear_rate, rural_facility_upgrading_rate, rural_services_effort):
    """Upkeep of village facilities as in 2020, and upgrading on top."""
    return rural_facility_wear_rate + rural_facility_upgrading_rate * rural_services_effort


@equation(unit="1/year", measures=(8,))
def rural_facility_wear(rural_facilities, rural_facility_wear_rate):
    """Wear of village facilities."""
    return rural_facilities * rural_facility_wear_rate


@equation(unit="dimensionless", measures=(8,))
def rural_service_index(rural_road_index, rural_facilities, rural_road_weight):
    """Services that villagers have, roads included, against 2020."""
    return rural_road_index**rural_road_weight * rural_facilities ** (1 - rural_road_weight)


@equation(unit="dimensionless", measures=(8,))
def rural_amenity_effect(rural_service_index, rural_service_elasticity):
    """Pull of the countryside as a place to live, against 2020, by its services."""
    return rural_service_index**rural_service_elasticity


# --- land and residence -----------------------------------------------------------------------------------------------


@equation(unit="1/year", measures=(9,))
def transferable_rights_change(land_rights_effort, transferable_rights, reform_spread_time):
    """Rights on paper become rights in use, village by village."""
    return (land_rights_effort - transferable_rights) / reform_spread_time


@equation(unit="1/year", measures=(9,))
def settlement_rights_change(settlement_rights_effort, settlement_rights, reform_spread_time):
    """The right to settle spreads from village to village."""
    return (settlement_rights_effort - settlement_rights) / reform_spread_time


@equation(unit="dimensionless", measures=(9,))
def leaving_ease(transferable_rights, leaving_response):
    """How easily villagers leave for town, against 2020, as far as land ties them."""
    return exp(leaving_response * transferable_rights)


@equation(unit="dimensionless", measures=(9,))
def return_ease(settlement_rights, settlement_return_response, transferable_rights, land_return_response):
    """How easily people come home, against 2020: a right to settle draws them, land that is sold no longer does."""
    return exp(settlement_return_response * settlement_rights + land_return_response * transferable_rights)


@equation(unit="dimensionless", over=("county", "sector"), measures=(9,))
def farm_scale_effect(transferable_rights, farm_scale_response):
    """Productivity of agriculture, against 2020, as land passes to those who farm it better."""
    return along("sector", agriculture=exp(farm_scale_response * transferable_rights), industry=1, services=1)
