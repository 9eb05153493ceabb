"""Digital economy: who is connected and works with it, and what this adds to productivity.

The index is read against the path of the country: the spread of the net that every county shares is part of the trend
of productivity, so that without the plan the index stays where it was in 2020 and adds nothing.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import exp, minimum, ratio

digital_index = stock(
    "Residents and firms that are connected and work digitally, from 0 (none) to 1 (all), by the standard of 2020.",
    unit="dimensionless",
    initial="base_digital_index",
    inflows=("digital_adoption",),
)


@equation(unit="dimensionless")
def base_digital_index(initial_urban_population, initial_rural_population, urban_internet_share, rural_internet_share):
    """Index of the base year: townspeople and villagers at the share of internet users that surveys find for each."""
    return ratio(
        initial_urban_population * urban_internet_share + initial_rural_population * rural_internet_share,
        initial_urban_population + initial_rural_population,
        0,
    )


@equation(unit="dimensionless", measures=(4, 16))
def digital_gap_closed(
    network_infrastructure_effort,
    network_reach,
    smart_city_effort,
    smart_city_reach,
    digital_economy_effort,
    digital_economy_reach,
):
    """Part of the gap of 2020 that networks, smart city services and firms' digital projects close in the end."""
    return minimum(
        network_infrastructure_effort * network_reach
        + smart_city_effort * smart_city_reach
        + digital_economy_effort * digital_economy_reach,
        1,
    )


@equation(unit="1/year", measures=(4, 16))
def digital_adoption(initial_digital_index, digital_gap_closed, digital_index, digital_adoption_time):
    """Residents and firms take up what networks and services offer, with a delay."""
    return (
        initial_digital_index + (1 - initial_digital_index) * digital_gap_closed - digital_index
    ) / digital_adoption_time


@equation(unit="dimensionless", over=("county", "sector"), measures=(4, 16))
def digital_effect(digital_index, initial_digital_index, digital_productivity_effect):
    """Productivity that wider digital use adds, against 2020."""
    return exp(digital_productivity_effect * (digital_index - initial_digital_index))
