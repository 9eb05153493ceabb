"""Forest by the official definition (canopy and bamboo): it closes the gap to what slope and altitude allow.

Its biomass holds carbon that grows towards a ceiling per hectare, and leaves with timber and with land built over.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import maximum, minimum, ratio

forest_area = stock(
    "Land under forest, official definition (canopy and bamboo).",
    unit="ha",
    initial="initial_forest_area",
    inflows=("afforestation", "cropland_abandonment"),
    outflows=("forest_built_over",),
)

forest_carbon = stock(
    "Carbon in the living biomass of forest, without soil and without timber in use.",
    unit="tC",
    initial="base_forest_carbon",
    inflows=("forest_carbon_growth",),
    outflows=("forest_carbon_harvest", "forest_carbon_clearing"),
)

carbon = ledger(
    "Carbon of forest biomass comes from growth and goes with timber and with cleared land, county by county.",
    unit="tC",
    stocks=("forest_carbon",),
    inflows=("forest_carbon_growth",),
    outflows=("forest_carbon_harvest", "forest_carbon_clearing"),
    over=("county",),
)


@equation(unit="dimensionless", measures=(12,))
def restoration_effect(restoration_effort, restoration_strength):
    """Speed at which forest closes its gap against 2020: works of restoration raise it."""
    return 1 + restoration_strength * restoration_effort


@equation(unit="ha")
def forest_gap(forest_area, forest_ceiling):
    """What forest lacks to all that slope and altitude allow."""
    return maximum(forest_ceiling - forest_area, 0)


@equation(unit="ha/year", measures=(12, 13))
def grant_afforestation(earmarked_for_forest, initial_earmarked_for_forest, afforestation_cost):
    """Forest that grants and compensation bound to it plant, beyond what such money planted in 2020."""
    return maximum(earmarked_for_forest - initial_earmarked_for_forest, 0) / afforestation_cost


@equation(unit="ha/year", measures=(12, 13))
def forest_to_close(forest_gap, forest_closing_rate, restoration_effect, grant_afforestation, land_adjustment_time):
    """Forest that would grow in a year to close the gap, by itself, by restoration works and by grants."""
    return minimum(
        forest_closing_rate * restoration_effect * forest_gap + grant_afforestation, forest_gap / land_adjustment_time
    )


@equation(unit="ha/year", measures=(12,))
def afforestation(forest_to_close, other_land_supply):
    """Other land that becomes forest, as far as there is any."""
    return forest_to_close * other_land_supply


@equation(unit="dimensionless", measures=(12,))
def forest_clearing_effect(forest_chief_effort, prevented_clearing_share):
    """Part of the clearing for building that goes on where forest chiefs watch over the forest."""
    return maximum(1 - prevented_clearing_share * forest_chief_effort, 0)


@equation(unit="ha/year", measures=(12,))
def forest_built_over(
    built_up_demand, forest_share_of_new_built_up, forest_clearing_effect, forest_area, land_adjustment_time
):
    """Forest taken for building; what may not be cleared is not built."""
    return minimum(
        built_up_demand * forest_share_of_new_built_up * forest_clearing_effect, forest_area / land_adjustment_time
    )


@equation(unit="dimensionless")
def forest_cover(forest_area, county_area):
    """Share of the county's land under forest."""
    return forest_area / county_area


@equation(unit="tC")
def base_forest_carbon(initial_forest_area, base_forest_carbon_density):
    """Carbon of the base year: the mean density of the region on every hectare of forest."""
    return initial_forest_area * base_forest_carbon_density


@equation(unit="tC/ha/year", over=())
def young_forest_growth(
    forest_carbon_accumulation, wood_harvest_rate, base_forest_carbon_density, forest_carbon_ceiling
):
    """Growth of a hectare far from the ceiling, such that growth less harvest in 2020 is what inventories find."""
    return (forest_carbon_accumulation + wood_harvest_rate * base_forest_carbon_density) / (
        1 - base_forest_carbon_density / forest_carbon_ceiling
    )


@equation(unit="dimensionless", measures=(12,))
def forest_quality_effect(forest_quality_effort, forest_quality_strength):
    """Growth of biomass against 2020: thinning, mixed species and better stock raise it."""
    return 1 + forest_quality_strength * forest_quality_effort


@equation(unit="tC/year", measures=(12,))
def forest_carbon_growth(young_forest_growth, forest_quality_effect, forest_area, forest_carbon, forest_carbon_ceiling):
    """Growth of biomass: it slows as the forest of the county fills up to its ceiling, and stops there."""
    return young_forest_growth * forest_quality_effect * maximum(forest_area - forest_carbon / forest_carbon_ceiling, 0)


@equation(unit="tC/year", measures=(12,))
def forest_carbon_harvest(forest_carbon, wood_harvest_rate, forest_chief_effort, prevented_harvest_share):
    """Carbon that leaves with timber, bamboo and firewood, counted as released in the year of the harvest."""
    return forest_carbon * wood_harvest_rate * maximum(1 - prevented_harvest_share * forest_chief_effort, 0)


@equation(unit="tC/year")
def forest_carbon_clearing(forest_built_over, forest_carbon, forest_area):
    """Carbon that is lost with forest built over, at the mean density of the county."""
    return ratio(forest_built_over * forest_carbon, forest_area, 0)


@equation(unit="tCO2/year")
def forest_carbon_sink(forest_carbon_growth, forest_carbon_harvest, forest_carbon_clearing, carbon_dioxide_per_carbon):
    """Carbon dioxide that forest biomass takes up in a year, net; it stands beside the emissions, not in them."""
    return (forest_carbon_growth - forest_carbon_harvest - forest_carbon_clearing) * carbon_dioxide_per_carbon
