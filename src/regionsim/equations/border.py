"""The provincial border as an object: six frictions that a scenario and the measures lower, each by itself.

A scenario gives each friction as a number: 1 is the border of 2020, 0 a border that does not matter. Efforts take
away shares of it, county by county. Between two counties the side that has done less decides: a road that ends at the
border is still a dead end. What the border does today is in the parameters; with all frictions at 1 and no effort
every effect is exactly what it was in 2020.
"""

from regionsim.language.declarations import equation
from regionsim.language.functions import at_destination, maximum, ratio, total

# --- what remains of each friction on a county's side of the border ---------------------------------------------------


@equation(unit="dimensionless", measures=(14,))
def border_travel_remaining(border_travel, border_travel_roads_share, border_roads_effort):
    """What remains of the border for travellers: roads that ended at it are joined."""
    return border_travel * maximum(1 - border_travel_roads_share * border_roads_effort, 0)


@equation(unit="dimensionless", measures=(14, 16))
def border_goods_remaining(
    border_goods, border_goods_roads_share, border_roads_effort, border_goods_data_share, data_sharing_effort
):
    """What remains of the border for goods: joined roads and shared records of firms take parts of it away."""
    return (
        border_goods
        * maximum(1 - border_goods_roads_share * border_roads_effort, 0)
        * maximum(1 - border_goods_data_share * data_sharing_effort, 0)
    )


@equation(unit="dimensionless", measures=(19,))
def border_clusters_remaining(
    border_clusters,
    border_clusters_recognition_share,
    mutual_recognition_effort,
    border_clusters_cooperation_share,
    border_cooperation_effort,
):
    """What remains of the border within clusters: shared standards and joint institutions take parts of it away."""
    return (
        border_clusters
        * maximum(1 - border_clusters_recognition_share * mutual_recognition_effort, 0)
        * maximum(1 - border_clusters_cooperation_share * border_cooperation_effort, 0)
    )


@equation(unit="dimensionless", measures=(19,))
def border_labour_remaining(
    border_labour,
    border_labour_recognition_share,
    mutual_recognition_effort,
    border_labour_insurance_share,
    insurance_portability_effort,
    border_labour_market_share,
    labour_market_effort,
):
    """What remains of the border for those who change work and home: titles, insurance and news of jobs that cross."""
    return (
        border_labour
        * maximum(1 - border_labour_recognition_share * mutual_recognition_effort, 0)
        * maximum(1 - border_labour_insurance_share * insurance_portability_effort, 0)
        * maximum(1 - border_labour_market_share * labour_market_effort, 0)
    )


@equation(unit="dimensionless", measures=(16, 18, 19))
def border_services_remaining(
    border_services,
    border_services_government_share,
    cross_province_services_effort,
    border_services_care_share,
    cross_province_care_effort,
    border_services_data_share,
    data_sharing_effort,
):
    """What remains of the border for users of services: settled bills, offices for both sides, shared records."""
    return (
        border_services
        * maximum(1 - border_services_government_share * cross_province_services_effort, 0)
        * maximum(1 - border_services_care_share * cross_province_care_effort, 0)
        * maximum(1 - border_services_data_share * data_sharing_effort, 0)
    )


@equation(unit="dimensionless")
def border_fiscal_remaining(border_fiscal, border_fiscal_cooperation_share, border_cooperation_effort):
    """What remains of the border between budgets: the joint conference and joint bids take a part of it away."""
    return border_fiscal * maximum(1 - border_fiscal_cooperation_share * border_cooperation_effort, 0)


# --- what the border does ---------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("county", "destination"), measures=(14,))
def border_travel_factor(border_travel_remaining, travel_time_passenger, border_crossing_time, same_province):
    """Passenger travel time to a county of the other province against 2020: the minutes of the crossing shrink."""
    return 1 - (1 - same_province) * (
        1 - maximum(border_travel_remaining, at_destination(border_travel_remaining))
    ) * border_crossing_time / (travel_time_passenger + border_crossing_time)


@equation(unit="dimensionless", over=("county", "destination"), measures=(14, 16))
def border_freight_factor(border_goods_remaining, border_goods_penalty, same_province):
    """Freight travel time to a county of the other province against 2020, as far as the border changes it."""
    return (1 + border_goods_penalty) ** (
        (1 - same_province) * (maximum(border_goods_remaining, at_destination(border_goods_remaining)) - 1)
    )


@equation(unit="dimensionless", over=("county", "hub"), measures=(14, 16))
def hub_border_freight_factor(border_goods_remaining, border_goods_penalty, hub_across_border):
    """Freight travel time to a hub of the neighbouring province against 2020, as far as the border changes it."""
    return (1 + border_goods_penalty) ** (hub_across_border * (border_goods_remaining - 1))


@equation(unit="dimensionless", over=("county", "destination"), measures=(19,))
def labour_friction(border_labour_remaining, friction_within_province, friction_across_provinces, same_province):
    """What registration, titles and insurance leave of moves between two counties."""
    return same_province * friction_within_province + (1 - same_province) * friction_across_provinces * (
        friction_within_province / friction_across_provinces
    ) ** (1 - maximum(border_labour_remaining, at_destination(border_labour_remaining)))


@equation(unit="dimensionless", over=("county", "hub"), measures=(19,))
def hub_labour_friction(
    border_labour_remaining,
    friction_within_province,
    friction_across_provinces,
    hub_same_province,
    hub_across_border,
):
    """What they leave of moves to a hub: only towards hubs of the neighbouring province does the border give way."""
    return hub_same_province * friction_within_province + (1 - hub_same_province) * friction_across_provinces * (
        friction_within_province / friction_across_provinces
    ) ** (hub_across_border * (1 - border_labour_remaining))


@equation(unit="dimensionless", over=("county", "destination"), measures=(19,))
def cluster_permeability(border_clusters_remaining, cluster_permeability_base, same_province):
    """How much of a cluster's know-how and orders passes between two counties: all within a province, less across."""
    return cluster_permeability_base ** (
        (1 - same_province) * maximum(border_clusters_remaining, at_destination(border_clusters_remaining))
    )


@equation(unit="dimensionless")
def across_border_population_share(initial_population, same_province, other_county, travel_time_passenger):
    """Of the people of other counties within reach, weighted by time squared, the share in the other province."""
    return ratio(
        total(at_destination(initial_population) * (1 - same_province) / travel_time_passenger**2, "destination"),
        total(at_destination(initial_population) * other_county / travel_time_passenger**2, "destination"),
        0,
    )


@equation(unit="dimensionless", measures=(18, 19))
def recognized_service_share(border_services_remaining, service_recognition_base):
    """Share of the services across the border that a county's residents may use as they use their own."""
    return service_recognition_base**border_services_remaining


@equation(unit="dimensionless", measures=(18, 19))
def service_recognition(
    recognized_service_share, service_recognition_base, cross_border_service_share, across_border_population_share
):
    """Services that residents can use on both sides of the border, against 2020, by recognition alone."""
    return 1 + cross_border_service_share * across_border_population_share * (
        recognized_service_share - service_recognition_base
    )


@equation(unit="dimensionless", measures=(13,))
def fiscal_cooperation(border_fiscal_remaining, fiscal_cooperation_base):
    """What an agreement between budgets on both sides of the border achieves, against 2020."""
    return fiscal_cooperation_base ** (border_fiscal_remaining - 1)
