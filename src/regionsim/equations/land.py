"""Land: forest, cropland, built-up and other land always fill the county; every conversion has two sides.

What is asked for building is taken as far as the cropland red line and what is there allow; what cannot be taken is
not built. Cropland that is built over is made up for from other land.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import maximum, minimum, ratio

cropland = stock(
    "Cropland.",
    unit="ha",
    initial="initial_cropland",
    inflows=("reclamation",),
    outflows=("cropland_built_over", "cropland_abandonment"),
)

built_up_land = stock(
    "Built-up land: towns, villages, industry, transport.",
    unit="ha",
    initial="initial_built_up_land",
    inflows=("built_up_expansion",),
)

other_land = stock(
    "All other land: water, gardens and orchards, grass, scrub, bare land.",
    unit="ha",
    initial="initial_other_land",
    outflows=("other_land_built_over", "reclamation", "afforestation"),
)

land = ledger(
    "The four classes of land change into each other and into nothing else, county by county.",
    unit="ha",
    stocks=("forest_area", "cropland", "built_up_land", "other_land"),
    over=("county",),
)


@equation(unit="ha/year", measures=(9,))
def cropland_to_abandon(cropland, cropland_abandonment_rate, sloping_cropland_share):
    """Sloping cropland that its farmers want to give up."""
    return cropland * cropland_abandonment_rate * sloping_cropland_share


@equation(unit="dimensionless", over=())
def other_share_of_new_built_up(cropland_share_of_new_built_up, forest_share_of_new_built_up):
    """Share of new built-up land that is taken from other land."""
    return maximum(1 - cropland_share_of_new_built_up - forest_share_of_new_built_up, 0)


@equation(unit="ha/year")
def cropland_wanted(built_up_demand, cropland_share_of_new_built_up):
    """Cropland that building asks for."""
    return built_up_demand * cropland_share_of_new_built_up


@equation(unit="dimensionless")
def other_land_supply(
    other_land,
    land_adjustment_time,
    built_up_demand,
    other_share_of_new_built_up,
    cropland_wanted,
    cropland_replacement_share,
    forest_to_close,
):
    """Part of what is asked of other land (for building, to replace cropland, to become forest) that is there."""
    return minimum(
        ratio(
            other_land,
            (
                built_up_demand * other_share_of_new_built_up
                + cropland_wanted * cropland_replacement_share
                + forest_to_close
            )
            * land_adjustment_time,
            1,
        ),
        1,
    )


@equation(unit="dimensionless")
def cropland_supply(
    cropland,
    cropland_floor,
    land_adjustment_time,
    cropland_wanted,
    cropland_replacement_share,
    other_land_supply,
    cropland_to_abandon,
):
    """Part of what is asked of cropland that can be had: what is lost for good must stay above the red line."""
    return minimum(
        ratio(
            maximum(cropland - cropland_floor, 0),
            (cropland_wanted * (1 - cropland_replacement_share * other_land_supply) + cropland_to_abandon)
            * land_adjustment_time,
            1,
        ),
        1,
    )


@equation(unit="ha/year")
def cropland_built_over(cropland_wanted, cropland_supply):
    """Cropland taken for building."""
    return cropland_wanted * cropland_supply


@equation(unit="ha/year", measures=(9,))
def cropland_abandonment(cropland_to_abandon, cropland_supply, forest_gap, land_adjustment_time, afforestation):
    """Cropland given up that grows into forest, never below the red line, nor beyond what forest can still cover."""
    return minimum(cropland_to_abandon * cropland_supply, maximum(forest_gap / land_adjustment_time - afforestation, 0))


@equation(unit="ha/year")
def other_land_built_over(built_up_demand, other_share_of_new_built_up, other_land_supply):
    """Other land taken for building."""
    return built_up_demand * other_share_of_new_built_up * other_land_supply


@equation(unit="ha/year", measures=(9,))
def reclamation(cropland_built_over, cropland_replacement_share, other_land_supply):
    """Other land made into cropland to replace what was built over."""
    return cropland_built_over * cropland_replacement_share * other_land_supply


@equation(unit="ha/year")
def built_up_expansion(cropland_built_over, forest_built_over, other_land_built_over):
    """Land that is built over: the sum of what can be taken."""
    return cropland_built_over + forest_built_over + other_land_built_over
