"""Output of agriculture, industry and services from capital, labour, land, access and density.

Cobb-Douglas in indices against the base year: what a sector made in 2020 moved by the growth of its inputs. The level
of productivity of 2020 is thereby in the data, county by county, and not in a parameter.
"""

from regionsim.language.declarations import equation
from regionsim.language.functions import exp, ratio, total


@equation(unit="dimensionless", over=("county", "sector"))
def accumulated_effect(
    cluster_effect,
    brand_effect,
    tourism_effect,
    digital_effect,
    farm_scale_effect,
    schooling_effect,
    health_output_effect,
    infrastructure_effect,
    compliance_effect,
):
    """What clusters, brands, visitors, digital use, farms, schools, health, works and clean rivers make of it."""
    return (
        cluster_effect
        * brand_effect
        * tourism_effect
        * digital_effect
        * farm_scale_effect
        * schooling_effect
        * health_output_effect
        * infrastructure_effect
        * compliance_effect
    )


@equation(unit="dimensionless", over=("county", "sector"), measures=(14,))
def productivity_index(
    productivity_growth_rate,
    time,
    base_year,
    freight_access,
    freight_access_elasticity,
    passenger_access,
    passenger_access_elasticity,
    congestion_index,
    density_elasticity,
    accumulated_effect,
):
    """Total factor productivity against 2020: trend, access to markets, density of towns, and what was built up."""
    return (
        exp(productivity_growth_rate * (time - base_year))
        * freight_access**freight_access_elasticity
        * passenger_access**passenger_access_elasticity
        * congestion_index**density_elasticity
        * accumulated_effect
    )


@equation(unit="dimensionless", over=("sector",))
def labour_elasticity(returns_to_scale, capital_elasticity, land_elasticity):
    """Elasticity of output to labour: what capital and land leave."""
    return returns_to_scale - capital_elasticity - land_elasticity


@equation(unit="million CNY_2020/year", over=("county", "sector"))
def sector_output(
    initial_sector_output,
    productivity_index,
    capital,
    initial_capital,
    capital_elasticity,
    employment,
    initial_employment,
    labour_elasticity,
    cropland,
    initial_cropland,
    land_elasticity,
):
    """Value added by sector at 2020 prices."""
    return (
        initial_sector_output
        * productivity_index
        * ratio(capital, initial_capital, 0) ** capital_elasticity
        * ratio(employment, initial_employment, 0) ** labour_elasticity
        * ratio(cropland, initial_cropland, 0) ** land_elasticity
    )


@equation(unit="million CNY_2020/year")
def output(sector_output):
    """Value added of all sectors at 2020 prices: the county's gross domestic product."""
    return total(sector_output, "sector")


@equation(unit="million CNY_2020/year", over=("hub",))
def hub_output(
    initial_hub_output,
    hub_productivity_growth_rate,
    time,
    base_year,
    hub_capital,
    initial_hub_capital,
    hub_capital_elasticity,
):
    """Output of a hub: its trend, and the capital that it draws."""
    return (
        initial_hub_output
        * exp(hub_productivity_growth_rate * (time - base_year))
        * (hub_capital / initial_hub_capital) ** hub_capital_elasticity
    )
