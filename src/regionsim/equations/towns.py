"""Towns: housing and facilities that wear out, and what renewal makes of them and of crowding.

As much is kept up as in 2020, and the programmes of the plan come on top. Crowding itself is in migration: here only
what works on facilities take away of it.
"""

from regionsim.language.declarations import equation, stock

town_housing_quality = stock(
    "Quality of the housing of towns against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("town_housing_works",),
    outflows=("town_housing_wear",),
)

town_facilities = stock(
    "Streets, pipes, parking and service buildings of towns against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("town_facility_works",),
    outflows=("town_facility_wear",),
)


@equation(unit="1/year", measures=(10,))
def town_housing_works(town_housing_wear_rate, town_renewal_rate, urban_renewal_effort):
    """Upkeep of housing as in 2020, and the renewal of old blocks on top."""
    return town_housing_wear_rate + town_renewal_rate * urban_renewal_effort


@equation(unit="1/year", measures=(10,))
def town_housing_wear(town_housing_quality, town_housing_wear_rate):
    """Wear of housing."""
    return town_housing_quality * town_housing_wear_rate


@equation(unit="1/year", measures=(10,))
def town_facility_works(
    town_facility_wear_rate,
    county_town_upgrading_rate,
    county_town_effort,
    border_town_upgrading_rate,
    border_towns_effort,
):
    """Upkeep of facilities as in 2020, and upgrading of county towns and of small towns at the border on top."""
    return (
        town_facility_wear_rate
        + county_town_upgrading_rate * county_town_effort
        + border_town_upgrading_rate * border_towns_effort
    )


@equation(unit="1/year", measures=(10,))
def town_facility_wear(town_facilities, town_facility_wear_rate):
    """Wear of facilities."""
    return town_facilities * town_facility_wear_rate


@equation(unit="dimensionless", measures=(10,))
def town_quality(town_housing_quality, town_facilities, town_housing_weight, town_quality_elasticity):
    """Pull of towns, against 2020, by their housing and facilities."""
    return (
        town_housing_quality**town_housing_weight * town_facilities ** (1 - town_housing_weight)
    ) ** town_quality_elasticity


@equation(unit="dimensionless", measures=(10,))
def congestion_relief(town_facilities, congestion_relief_elasticity):
    """Crowding felt for the same people on the same land, against 2020."""
    return town_facilities**-congestion_relief_elasticity
