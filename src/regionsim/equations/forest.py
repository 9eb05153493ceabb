"""Forest by the official definition (canopy and bamboo): it closes the gap to what slope and altitude allow."""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, minimum

forest_area = stock(
    "Land under forest, official definition (canopy and bamboo).",
    unit="ha",
    initial="initial_forest_area",
    inflows=("afforestation", "cropland_abandonment"),
    outflows=("forest_built_over",),
)


@equation(unit="ha/year", measures=(12,))
def forest_to_close(forest_area, forest_ceiling, forest_closing_rate):
    """Forest that would grow in a year to close the gap to what slope and altitude allow."""
    return forest_closing_rate * maximum(forest_ceiling - forest_area, 0)


@equation(unit="ha/year", measures=(12,))
def afforestation(forest_to_close, other_land_supply):
    """Other land that becomes forest, as far as there is any."""
    return forest_to_close * other_land_supply


@equation(unit="ha/year")
def forest_built_over(built_up_demand, forest_share_of_new_built_up, forest_area, land_adjustment_time):
    """Forest taken for building."""
    return minimum(built_up_demand * forest_share_of_new_built_up, forest_area / land_adjustment_time)


@equation(unit="dimensionless")
def forest_cover(forest_area, county_area):
    """Share of the county's land under forest."""
    return forest_area / county_area
