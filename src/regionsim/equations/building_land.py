"""Land for building: what towns and industry ask for, what is used anew, and the yearly quota of new land.

Idle factories and town land, and works land of villages that comes to the market, take what is wanted first: they spare
forest and cropland, and come on top of the quota where that binds. Land that cannot be had is not built on.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import maximum, minimum, select, total

land_in_new_use = stock(
    "Built-up land that lay idle or served villages and has been used anew since 2020; a part of the built-up land.",
    unit="ha",
    initial=0,
    inflows=("building_land_used_anew",),
)


@equation(unit="person/year")
def urban_growth(
    births, deaths, infant_deaths, town_arrivals, arrivals_from_counties, returns_by_residence, departures
):
    """Growth of the urban population that needs room, without people reclassified where they live."""
    return select(births, "residence", "urban") + total(
        select(
            town_arrivals + arrivals_from_counties + returns_by_residence - departures - deaths - infant_deaths,
            "residence",
            "urban",
        ),
        "cohort",
    )


@equation(unit="million CNY_2020/year")
def industrial_growth(local_investment, footloose_investment, park_investment, depreciation):
    """Growth of industrial capital, which needs land."""
    return select(local_investment + footloose_investment + park_investment - depreciation, "sector", "industry")


@equation(unit="ha/year", measures=(7,))
def building_land_wanted(
    urban_growth,
    built_up_land_per_urban_resident,
    hectare_per_square_metre,
    industrial_growth,
    built_up_land_per_industrial_capital,
):
    """Land wanted for towns and industry."""
    return (
        maximum(urban_growth, 0) * built_up_land_per_urban_resident * hectare_per_square_metre
        + maximum(industrial_growth, 0) * built_up_land_per_industrial_capital
    )


@equation(unit="ha/year", measures=(9, 10))
def building_land_brought_to_market(
    land_quota_rate,
    initial_built_up_land,
    collective_land_gain,
    land_market_effort,
    redevelopment_gain,
    land_redevelopment_effort,
):
    """Built-up land that others may use: works land of villages, idle factories and town land."""
    return (
        land_quota_rate
        * initial_built_up_land
        * (collective_land_gain * land_market_effort + redevelopment_gain * land_redevelopment_effort)
    )


@equation(unit="ha/year", measures=(9, 10))
def building_land_used_anew(building_land_wanted, building_land_brought_to_market):
    """Built-up land that takes what is wanted before new land does: works land of villages, idle town land."""
    return minimum(building_land_wanted, building_land_brought_to_market)


@equation(unit="ha/year", measures=(7, 9, 10))
def built_up_demand(building_land_wanted, building_land_used_anew, land_quota_rate, initial_built_up_land):
    """New land wanted for towns and industry, as far as the yearly quota allows."""
    return minimum(building_land_wanted - building_land_used_anew, land_quota_rate * initial_built_up_land)
