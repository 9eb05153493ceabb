"""Brands of farm produce: what a regional label, green bases, exports and research add to farming's value added.

Everything starts at nothing beyond 2020 and moves with efforts alone. Premiums are net of what they cost to earn; they
may be negative, and together they saturate.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import along, exp, maximum, minimum, ratio, select, total

regional_brand = stock(
    "Renown of the region's common label beyond that of 2020; 1 where all farming of the zone stands behind it.",
    unit="dimensionless",
    initial=0,
    inflows=("regional_brand_building",),
    outflows=("regional_brand_loss",),
    over=(),
)

local_brand = stock(
    "Renown of a county's own protected names and special crops beyond that of 2020.",
    unit="dimensionless",
    initial=0,
    inflows=("local_brand_building",),
    outflows=("local_brand_loss",),
)

green_supply = stock(
    "Share of farm output newly sold as green or organic, beyond that of 2020.",
    unit="dimensionless",
    initial=0,
    inflows=("green_certification",),
    outflows=("green_lapse",),
)

export_supply = stock(
    "Share of farm output newly sold to Hong Kong and Macao, beyond that of 2020.",
    unit="dimensionless",
    initial=0,
    inflows=("export_building",),
    outflows=("export_loss",),
)

farm_knowledge = stock(
    "Farming knowledge from joint research beyond the trend; 1 where a full programme has come to bear.",
    unit="dimensionless",
    initial=0,
    inflows=("farm_knowledge_gain",),
    outflows=("farm_knowledge_loss",),
)


@equation(unit="dimensionless", over=(), measures=(6,))
def zone_brand_effort(regional_brand_effort, initial_sector_output):
    """Part of the zone's farming that stands behind the common label, on both sides of the border."""
    return ratio(
        total(regional_brand_effort * select(initial_sector_output, "sector", "agriculture"), "county"),
        total(select(initial_sector_output, "sector", "agriculture"), "county"),
        0,
    )


@equation(unit="1/year", over=(), measures=(6,))
def regional_brand_building(zone_brand_effort, farm_brand_time):
    """Renown that the common label gains."""
    return zone_brand_effort / farm_brand_time


@equation(unit="1/year", over=(), measures=(6,))
def regional_brand_loss(regional_brand, farm_brand_time):
    """Renown of the common label that fades."""
    return regional_brand / farm_brand_time


@equation(unit="dimensionless", measures=(6,))
def regional_brand_use(regional_brand, regional_brand_effort, brand_spillover_share):
    """Renown of the common label that serves a county: in full to who takes part, in part to who only lives beside."""
    return regional_brand * (brand_spillover_share + (1 - brand_spillover_share) * minimum(regional_brand_effort, 1))


@equation(unit="1/year", measures=(6,))
def local_brand_building(local_brand_effort, farm_brand_time):
    """Renown that a county's own names gain."""
    return local_brand_effort / farm_brand_time


@equation(unit="1/year", measures=(6,))
def local_brand_loss(local_brand, farm_brand_time):
    """Renown of a county's own names that fades."""
    return local_brand / farm_brand_time


@equation(unit="1/year", measures=(6,))
def green_certification(green_supply_effort, green_certification_rate, green_supply_room_share, green_supply):
    """Farm output newly certified, out of what suits certification and is not yet certified."""
    return green_supply_effort * green_certification_rate * maximum(green_supply_room_share - green_supply, 0)


@equation(unit="1/year", measures=(6,))
def green_lapse(green_lapse_rate, green_supply):
    """Certificates that are not renewed."""
    return green_lapse_rate * green_supply


@equation(unit="1/year", measures=(6,))
def export_building(export_supply_effort, export_room_share, farm_brand_time):
    """Farm output that finds buyers in Hong Kong and Macao."""
    return export_supply_effort * export_room_share / farm_brand_time


@equation(unit="1/year", measures=(6,))
def export_loss(export_supply, farm_brand_time):
    """Farm output that loses its buyers in Hong Kong and Macao."""
    return export_supply / farm_brand_time


@equation(unit="dimensionless", over=(), measures=(6,))
def zone_research_effort(farm_research_effort, initial_sector_output):
    """Joint research of the zone, weighted by each county's farming."""
    return ratio(
        total(farm_research_effort * select(initial_sector_output, "sector", "agriculture"), "county"),
        total(select(initial_sector_output, "sector", "agriculture"), "county"),
        0,
    )


@equation(unit="1/year", measures=(6,))
def farm_knowledge_gain(zone_research_effort, farm_research_effort, research_spillover_share, farm_research_time):
    """Knowledge that reaches the fields, from the county's own research and from the zone's."""
    return (
        research_spillover_share * zone_research_effort + (1 - research_spillover_share) * farm_research_effort
    ) / farm_research_time


@equation(unit="1/year", measures=(6,))
def farm_knowledge_loss(farm_knowledge, farm_research_time):
    """Knowledge that is outdated, or that all the country has by then."""
    return farm_knowledge / farm_research_time


@equation(unit="dimensionless", measures=(6,))
def brand_premium(
    regional_brand_gain,
    regional_brand_use,
    local_brand_gain,
    local_brand,
    green_premium,
    green_supply,
    export_premium,
    export_supply,
):
    """What brands, certificates and exports add to farming's value added before buyers tire of them."""
    return (
        regional_brand_gain * regional_brand_use
        + local_brand_gain * local_brand
        + green_premium * green_supply
        + export_premium * export_supply
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(6,))
def brand_effect(brand_premium, brand_premium_ceiling, farm_research_gain, farm_knowledge):
    """Factor on output by sector: farming earns the premium, which saturates, and grows with joint research."""
    return along(
        "sector",
        agriculture=(1 + brand_premium_ceiling * (1 - exp(-brand_premium / brand_premium_ceiling)))
        * (1 + farm_research_gain * farm_knowledge),
        industry=1,
        services=1,
    )
