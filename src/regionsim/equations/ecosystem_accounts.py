"""Accounts of what ecosystems give: gross ecosystem product, carbon credits, income from ecological products.

Accounts only: nothing in the model reads them. The gross ecosystem product is a valuation of all services, most of
which nobody pays for; it must not be added to output.
"""

from regionsim.language.declarations import equation
from regionsim.language.functions import maximum, ratio


@equation(unit="dimensionless", measures=(13,))
def ecosystem_quality(county_good_water_share, initial_county_good_water_share, water_service_share):
    """Quality of ecosystem services against 2020: the part that depends on clean water follows the rivers."""
    return 1 + water_service_share * (ratio(county_good_water_share, initial_county_good_water_share, 1) - 1)


@equation(unit="million CNY_2020/year", measures=(13,))
def gross_ecosystem_product(
    forest_area,
    cropland,
    other_land,
    ecosystem_value_of_forest,
    open_land_value_ratio,
    ecosystem_quality,
    forest_carbon_sink,
    carbon_credit_price,
):
    """Value of the services of forest, fields and other open land and of the carbon that forest takes up."""
    return (
        ecosystem_value_of_forest * (forest_area + open_land_value_ratio * (cropland + other_land)) * ecosystem_quality
        + forest_carbon_sink * carbon_credit_price
    )


@equation(unit="million CNY_2020/year", measures=(13,))
def carbon_credit_income(market_compensation_effort, forest_carbon_sink, carbon_credit_share, carbon_credit_price):
    """Income from carbon credits: the part of the sink that projects may bring to market."""
    return market_compensation_effort * maximum(forest_carbon_sink, 0) * carbon_credit_share * carbon_credit_price


@equation(unit="million CNY_2020/year", measures=(13,))
def ecological_product_income(market_compensation_effort, gross_ecosystem_product, realised_product_share):
    """Part of the gross ecosystem product that a market for ecological products turns into income."""
    return market_compensation_effort * gross_ecosystem_product * realised_product_share
