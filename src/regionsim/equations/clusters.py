"""Industrial and agricultural clusters that span the provincial border, and the parks that the border counties share.

A cluster's capability is a stock per county: what firms, suppliers and institutes there can do, against 2020. It
builds up towards what the cluster's output and public support call for, and is lost where works are closed. A county
gains by what complementary clusters within reach can do, as far as the border lets it pass. Support raises capability
and never productivity as such. The price of lithium moves the value of what is made, never what people can make.

A park draws industrial capital in two ways that must be told apart: some of it is created, the rest is diverted from
all the places that share the pool of footloose investment.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import (
    along,
    arrivals,
    at_destination,
    exp,
    log,
    maximum,
    minimum,
    ratio,
    select,
    total,
)

capability = stock(
    "What a cluster can do in a county, against 2020; 0 where the county has no such cluster.",
    unit="dimensionless",
    initial="cluster_presence",
    inflows=("capability_building",),
    outflows=("capability_wear", "capability_closures"),
    over=("county", "cluster"),
)

park_capital = stock(
    "Industrial capital that the shared parks have brought to a county, created or diverted.",
    unit="million CNY_2020",
    initial=0,
    inflows=("park_building",),
    outflows=("park_wear",),
)

park_account = ledger(
    "What a park brings to a county is either created or diverted from other places.",
    unit="million CNY_2020",
    inflows=("park_building",),
    outflows=("park_investment", "park_diversion"),
    over=("county",),
)


# --- support ----------------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", measures=(4,))
def knowledge_within_reach(knowledge_source_share, hub_travel_time_passenger, knowledge_decay):
    """Research of the metropolitan areas of Changsha, Zhuzhou and Nanchang, thinned by the time to get there."""
    return total(knowledge_source_share * exp(-knowledge_decay * hub_travel_time_passenger), "hub")


@equation(unit="dimensionless", measures=(4,))
def general_support(
    industry_base_gain,
    industry_bases_effort,
    knowledge_spillover_gain,
    knowledge_spillover_effort,
    knowledge_within_reach,
):
    """What works for all clusters of a county adds to their capability: industrial bases, and research taken over."""
    return (
        industry_base_gain * industry_bases_effort
        + knowledge_spillover_gain * knowledge_spillover_effort * knowledge_within_reach
    )


@equation(unit="dimensionless", over=("county", "cluster"), measures=(4,))
def institute_support(institute_gain, innovation_institutes_effort, institute_site):
    """What an institute adds to the capability of the cluster that it is set up for."""
    return institute_gain * innovation_institutes_effort * institute_site


@equation(unit="dimensionless", over=("county", "cluster"), measures=(4,))
def cluster_support(
    fireworks_zone_gain,
    fireworks_zone_effort,
    fireworks_cluster,
    lithium_cluster_gain,
    lithium_cluster_effort,
    lithium_cluster,
    electric_porcelain_gain,
    electric_porcelain_effort,
    electric_porcelain_cluster,
    industry_groups_gain,
    industry_groups_effort,
    group_cluster,
):
    """What works for one cluster, or for the products of the northern and southern groups, add to its capability."""
    return (
        fireworks_zone_gain * fireworks_zone_effort * fireworks_cluster
        + lithium_cluster_gain * lithium_cluster_effort * lithium_cluster
        + electric_porcelain_gain * electric_porcelain_effort * electric_porcelain_cluster
        + industry_groups_gain * industry_groups_effort * group_cluster
    )


# --- capability -------------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("county", "cluster"))
def cluster_growth(sector_output, initial_sector_output, cluster_sector):
    """Output of a cluster against 2020: it moves with its sector in the county."""
    return total(ratio(sector_output, initial_sector_output, 1) * cluster_sector, "sector")


@equation(unit="dimensionless", over=("county", "cluster"), measures=(4,))
def capability_target(
    cluster_presence, cluster_growth, capability_scale_elasticity, general_support, institute_support, cluster_support
):
    """Capability that a cluster's output and the support that it has would sustain."""
    return (
        cluster_presence
        * cluster_growth**capability_scale_elasticity
        * (1 + general_support + institute_support + cluster_support)
    )


@equation(unit="1/year", over=("cluster",))
def expected_closure_rate(fireworks_closure_rate, fireworks_cluster):
    """Capability that accidents and the closing of unsafe works took each year about 2020, which firms reckon with."""
    return fireworks_closure_rate * fireworks_cluster


@equation(unit="1/year", over=("county", "cluster"), measures=(4,))
def closure_rate(expected_closure_rate, fireworks_safety_gain, fireworks_zone_effort):
    """Capability that accidents and closings take in a year; work on safety changes it."""
    return expected_closure_rate * exp(-fireworks_safety_gain * fireworks_zone_effort)


@equation(unit="1/year", over=("county", "cluster"))
def capability_building(capability_target, capability_building_time, expected_closure_rate):
    """Skills, suppliers and works that are built up: enough to hold the target against the losses of 2020."""
    return capability_target * (1 / capability_building_time + expected_closure_rate)


@equation(unit="1/year", over=("county", "cluster"))
def capability_wear(capability, capability_building_time):
    """Skills and supply links that age."""
    return capability / capability_building_time


@equation(unit="1/year", over=("county", "cluster"), measures=(4,))
def capability_closures(capability, closure_rate):
    """Capability lost with works that close after accidents or as unsafe."""
    return capability * closure_rate


# --- complementarity --------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=("county", "destination"), measures=(7,))
def park_opening(park_pair, cross_province_parks_effort, park_opening_share):
    """Share of what the border still withholds between two counties that their common park lets pass."""
    # A park is one work of two counties: the side that puts more into it counts.
    return (
        park_opening_share
        * park_pair
        * maximum(cross_province_parks_effort, at_destination(cross_province_parks_effort))
    )


@equation(unit="dimensionless", over=("county", "destination"), measures=(4, 7, 19))
def cluster_openness(cluster_permeability, park_opening):
    """How much of one county's capability can pass to another: 1 where no border matters."""
    return cluster_permeability + (1 - cluster_permeability) * minimum(park_opening, 1)


@equation(unit="dimensionless", over=("county", "destination"), measures=(7, 14))
def cluster_nearness(
    other_county, cluster_openness, travel_time_freight, border_freight_factor, cluster_distance_decay
):
    """Weight of one county's capability in another: openness, thinned by the time that goods take."""
    return other_county * cluster_openness * exp(-cluster_distance_decay * travel_time_freight * border_freight_factor)


@equation(unit="dimensionless", over=("county", "cluster"), measures=(4, 7))
def partner_capability(capability, cluster_linkage, cluster_nearness, cluster_complementarity, partner_weight):
    """What a county's cluster gets from the same cluster in all other counties."""
    # The weight of a pair is the product of both counties' links: symmetric, 0 where a county has none, and no array
    # over county, destination and cluster has to be formed.
    return (
        partner_weight
        * cluster_complementarity
        * cluster_linkage
        * arrivals(capability * cluster_linkage, cluster_nearness)
    )


@equation(unit="dimensionless", over=("county", "cluster"), measures=(4, 7))
def complementary_capability(capability, partner_capability):
    """Capability at hand in a county: its own, and what reaches it from its partners."""
    return capability + partner_capability


@equation(unit="dimensionless", over=("county", "sector"), measures=(4, 7))
def cluster_effect(
    cluster_share,
    cluster_sector,
    complementary_capability,
    initial_complementary_capability,
    complementarity_elasticity,
):
    """Productivity of a sector against 2020 as its clusters move it, each by its share of the sector's output."""
    return exp(
        complementarity_elasticity
        * total(
            cluster_share * cluster_sector * log(ratio(complementary_capability, initial_complementary_capability, 1)),
            "cluster",
        )
    )


# --- value ------------------------------------------------------------------------------------------------------------


@equation(unit="dimensionless", over=())
def lithium_value_index(lithium_price_index, lithium_value_elasticity):
    """Value of a unit of the lithium cluster's output against 2020, from the price of lithium carbonate."""
    return lithium_price_index**lithium_value_elasticity


@equation(unit="million CNY_2020/year", over=("county", "cluster"))
def cluster_value_added(sector_output, cluster_sector, cluster_share, lithium_cluster, lithium_value_index):
    """Value added of a cluster; that of lithium at the price of the day, all others at prices of 2020."""
    return (
        total(sector_output * cluster_sector, "sector")
        * cluster_share
        * (1 + lithium_cluster * (lithium_value_index - 1))
    )


@equation(unit="million CNY_2020/year")
def industry_value(sector_output, cluster_share, lithium_cluster, lithium_value_index):
    """Industrial value added with lithium at the price of the day: what firms earn, not how much they make."""
    return select(sector_output, "sector", "industry") * (
        1 + total(cluster_share * lithium_cluster, "cluster") * (lithium_value_index - 1)
    )


# --- parks ------------------------------------------------------------------------------------------------------------


@equation(unit="million CNY_2020", measures=(7,))
def park_capital_target(park_capital_gain, cross_province_parks_effort, capital, park_capital):
    """Capital that the shared parks can draw: a share of the industrial capital that is there without them."""
    return (
        park_capital_gain
        * cross_province_parks_effort
        * maximum(select(capital, "sector", "industry") - park_capital, 0)
    )


@equation(unit="million CNY_2020/year", measures=(7,))
def park_wear(park_capital, depreciation_rate):
    """Wear of the capital in the parks."""
    return park_capital * select(depreciation_rate, "sector", "industry")


@equation(unit="million CNY_2020/year", measures=(7,))
def park_building(park_capital_target, park_capital, park_building_time, park_wear):
    """Investment that the parks bring: towards their target, and to make good their wear."""
    return maximum((park_capital_target - park_capital) / park_building_time + park_wear, 0)


@equation(unit="million CNY_2020/year", measures=(7,))
def park_diversion(park_building, park_diversion_share):
    """Investment in the parks that would otherwise have settled in another county or hub."""
    return park_building * park_diversion_share


@equation(unit="million CNY_2020/year", over=("county", "sector"), measures=(7,))
def park_investment(park_building, park_diversion_share):
    """Investment in the parks that would not have been made anywhere in the zone or its hubs."""
    return along("sector", agriculture=0, industry=park_building * (1 - park_diversion_share), services=0)


@equation(unit="1/year", over=())
def usual_footloose_rate(footloose_pool, capital, footloose_sector, hub_capital):
    """Footloose investment per year and unit of capital, all counties and hubs together."""
    return ratio(
        footloose_pool, total(total(capital * footloose_sector, "sector"), "county") + total(hub_capital, "hub"), 0
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(7,))
def park_pull(park_diversion, capital, usual_footloose_rate):
    """Factor on a sector's weight with footloose investors that draws the diverted investment out of the pool."""
    return along(
        "sector",
        agriculture=1,
        industry=1 + ratio(park_diversion, select(capital, "sector", "industry") * usual_footloose_rate, 0),
        services=1,
    )
