"""Energy: demand by sector and homes, power from water, sun and wind, and the carbon dioxide of the rest.

Energy follows output and people; nothing here acts back on output. What a county's own plants do not make comes from
the grid at the emission factor of its province; a county that makes more than it uses is credited at the same factor.
Coal-fired plants in the zone are part of the grid.
"""

from regionsim.language.declarations import equation, ledger, stock
from regionsim.language.functions import along, exp, maximum, minimum, ratio, total

renewable_capacity = stock(
    "Installed capacity of hydropower, photovoltaics and wind.",
    unit="MW",
    initial="base_renewable_capacity",
    inflows=("renewable_construction",),
    outflows=("renewable_retirement",),
    over=("county", "technology"),
)

installed_capacity = ledger(
    "Capacity comes from construction and goes with retirement, county by county and technology by technology.",
    unit="MW",
    stocks=("renewable_capacity",),
    inflows=("renewable_construction",),
    outflows=("renewable_retirement",),
    over=("county", "technology"),
)

fuel_intensity_index = stock(
    "Fuel used for each unit of output, against 2020.",
    unit="dimensionless",
    initial=1,
    outflows=("fuel_saving",),
    over=("county", "sector"),
)

electricity_intensity_index = stock(
    "Electricity used for each unit of output, against 2020.",
    unit="dimensionless",
    initial=1,
    outflows=("electricity_saving",),
    over=("county", "sector"),
)

gas_conversion = stock(
    "Share of the coal burnt by industry, services, farms and homes that piped gas has replaced since 2020.",
    unit="dimensionless",
    initial=0,
    inflows=("conversion_to_gas",),
)


@equation(unit="MW", over=("county", "technology"))
def renewable_potential(
    hydropower_potential,
    county_area,
    initial_forest_area,
    photovoltaics_potential_density,
    wind_potential_density,
):
    """Capacity that could be installed: rivers that can be used, panels off forest land, turbines on wooded ridges."""
    return along(
        "technology",
        hydropower=hydropower_potential,
        photovoltaics=photovoltaics_potential_density * (county_area - initial_forest_area),
        wind=wind_potential_density * initial_forest_area,
    )


@equation(unit="MW", over=("county", "technology"))
def base_renewable_capacity(
    hydropower_potential, developed_hydropower_share, initial_photovoltaics_capacity, initial_wind_capacity
):
    """Capacity of the base year."""
    return along(
        "technology",
        hydropower=hydropower_potential * developed_hydropower_share,
        photovoltaics=initial_photovoltaics_capacity,
        wind=initial_wind_capacity,
    )


@equation(unit="dimensionless", over=("county", "technology"), measures=(15,))
def development_pace(hydropower_effort, photovoltaics_effort, wind_effort, renewable_effort_strength):
    """Pace at which potentials are built up, against what it would be without the plan."""
    return 1 + renewable_effort_strength * along(
        "technology", hydropower=hydropower_effort, photovoltaics=photovoltaics_effort, wind=wind_effort
    )


@equation(unit="MW/year", over=("county", "technology"), measures=(15,))
def renewable_construction(renewable_potential, renewable_capacity, development_pace, renewable_development_time):
    """Capacity built in a year, never beyond the potential."""
    return maximum(renewable_potential - renewable_capacity, 0) * development_pace / renewable_development_time


@equation(unit="MW/year", over=("county", "technology"))
def renewable_retirement(renewable_capacity, renewable_lifetime):
    """Capacity taken out of use in a year."""
    return renewable_capacity / renewable_lifetime


@equation(unit="MWh/year", over=("county", "technology"))
def renewable_generation(renewable_capacity, full_load_hours):
    """Electricity from water, sun and wind."""
    return renewable_capacity * full_load_hours


@equation(unit="1/year", over=("county", "sector"), measures=(11,))
def energy_saving_boost(energy_saving_effort, energy_saving_rate):
    """Additional yearly decline of energy intensity, from phasing out old plant and refusing energy-hungry projects."""
    return energy_saving_rate * energy_saving_effort


@equation(unit="1/year", over=("county", "sector"), measures=(11,))
def fuel_saving(fuel_intensity_index, fuel_intensity_decline_rate, energy_saving_boost):
    """Decline of the fuel needed for a unit of output."""
    return fuel_intensity_index * (fuel_intensity_decline_rate + energy_saving_boost)


@equation(unit="1/year", over=("county", "sector"), measures=(11,))
def electricity_saving(electricity_intensity_index, electricity_intensity_decline_rate, energy_saving_boost):
    """Decline of the electricity needed for a unit of output; a rise where power takes the place of fuel."""
    return electricity_intensity_index * (electricity_intensity_decline_rate + energy_saving_boost)


@equation(unit="tonne_of_coal_equivalent/year", over=("county", "sector"))
def fuel_use(sector_output, fuel_intensity, fuel_intensity_index):
    """Coal, oil and gas that a sector burns."""
    return sector_output * fuel_intensity * fuel_intensity_index


@equation(unit="tonne_of_coal_equivalent/year")
def residential_fuel_use(population, fuel_per_resident):
    """Coal, oil and gas that residents burn, in homes and cars."""
    return population * fuel_per_resident


@equation(unit="MWh/year", over=("county", "sector"))
def electricity_use(sector_output, electricity_intensity, electricity_intensity_index):
    """Electricity that a sector uses."""
    return sector_output * electricity_intensity * electricity_intensity_index


@equation(unit="MWh/year")
def residential_electricity_use(
    population, electricity_per_resident, residential_electricity_growth_rate, time, base_year
):
    """Electricity that homes use: more of it each year for each resident."""
    return population * electricity_per_resident * exp(residential_electricity_growth_rate * (time - base_year))


@equation(unit="MWh/year")
def electricity_demand(electricity_use, residential_electricity_use):
    """Electricity that sectors and homes use."""
    return total(electricity_use, "sector") + residential_electricity_use


@equation(unit="tonne_of_coal_equivalent/year")
def energy_demand(fuel_use, residential_fuel_use, electricity_demand, coal_equivalent_of_electricity):
    """Final energy: fuels and electricity at its heat value, without the losses of power plants."""
    return total(fuel_use, "sector") + residential_fuel_use + electricity_demand * coal_equivalent_of_electricity


@equation(unit="dimensionless")
def electricity_share(electricity_demand, coal_equivalent_of_electricity, energy_demand):
    """Share of electricity in final energy."""
    return ratio(electricity_demand * coal_equivalent_of_electricity, energy_demand, 0)


@equation(unit="MWh/year")
def electricity_import(electricity_demand, renewable_generation):
    """Electricity drawn from the grid, net; negative where a county makes more than it uses."""
    return electricity_demand - total(renewable_generation, "technology")


@equation(unit="dimensionless")
def renewable_coverage(renewable_generation, electricity_demand):
    """Electricity from water, sun and wind over electricity used; above 1 where more is sent out than drawn."""
    return ratio(total(renewable_generation, "technology"), electricity_demand, 0)


@equation(unit="1/year", measures=(15,))
def conversion_to_gas(piped_gas_effort, convertible_coal_share, gas_conversion, fuel_switching_time):
    """Boilers, kilns and stoves change from coal to gas after the pipeline has come."""
    return (minimum(piped_gas_effort * convertible_coal_share, 1) - gas_conversion) / fuel_switching_time


@equation(unit="tCO2/tonne_of_coal_equivalent", measures=(15,))
def coal_user_emission_factor(gas_conversion, coal_emission_factor, gas_emission_factor):
    """Carbon dioxide for each unit of what was coal in 2020, now partly gas."""
    return coal_emission_factor + gas_conversion * (gas_emission_factor - coal_emission_factor)


@equation(unit="tCO2/year", measures=(15,))
def fuel_emissions(
    fuel_use,
    coal_share,
    residential_fuel_use,
    residential_coal_share,
    coal_user_emission_factor,
    other_fuel_emission_factor,
):
    """Carbon dioxide of the fuels burnt in the county."""
    return (
        total(fuel_use * coal_share, "sector") + residential_fuel_use * residential_coal_share
    ) * coal_user_emission_factor + (
        total(fuel_use * (1 - coal_share), "sector") + residential_fuel_use * (1 - residential_coal_share)
    ) * other_fuel_emission_factor


@equation(unit="tCO2/MWh")
def grid_emission_factor(
    in_jiangxi,
    jiangxi_grid_emission_factor,
    hunan_grid_emission_factor,
    grid_emission_decline_rate,
    time,
    grid_emission_factor_year,
):
    """Carbon dioxide of a unit of electricity from the grid of the county's province, falling from year to year."""
    return (in_jiangxi * jiangxi_grid_emission_factor + (1 - in_jiangxi) * hunan_grid_emission_factor) * exp(
        -grid_emission_decline_rate * (time - grid_emission_factor_year)
    )


@equation(unit="tCO2/year")
def electricity_emissions(electricity_import, grid_emission_factor):
    """Carbon dioxide of the electricity drawn from the grid, net of what a county sends there."""
    return electricity_import * grid_emission_factor


@equation(unit="tCO2/year")
def co2_emissions(fuel_emissions, electricity_emissions):
    """Carbon dioxide of the county's use of energy; what forest takes up is not subtracted."""
    return fuel_emissions + electricity_emissions


@equation(unit="tCO2/(million CNY_2020)")
def emission_intensity(co2_emissions, output):
    """Carbon dioxide for each unit of output."""
    return ratio(co2_emissions, output, 0)
