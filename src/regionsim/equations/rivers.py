"""What rivers carry past their sections, and how often they are clean enough for class III or II.

The water of a reach stays for days, so its concentration is no stock: it is what flows in and is left of the way down,
over the discharge. Months scatter around the middle concentration as a lognormal distribution does; the worse of the
two pollutants decides the class.
"""

from regionsim.language.declarations import equation
from regionsim.language.functions import exp, log, lookup, minimum, ratio, total


@equation(unit="million m3/year", over=("reach",), measures=(15,))
def reach_discharge(catchment_area, runoff_depth, catchment_share, reservoir_effort, reservoir_discharge_gain):
    """Water that passes a section in a year, with what reservoirs add in dry months or take out for supply."""
    return (
        catchment_area
        * runoff_depth
        * (1 + reservoir_discharge_gain * total(catchment_share * reservoir_effort, "county"))
    )


@equation(unit="dimensionless", over=("county", "reach"))
def load_delivery(route_share, route_time, in_stream_decay):
    """Share of a county's load that passes a section after decay on the way."""
    return route_share * exp(-in_stream_decay * route_time)


@equation(unit="mg/L", over=("reach",), measures=(11,))
def oxygen_demand_concentration(pollution_load, load_delivery, reach_discharge, oxygen_demand_background):
    """Chemical oxygen demand at a section in the middle month."""
    return oxygen_demand_background + total(pollution_load * load_delivery, "county") / reach_discharge


@equation(unit="mg/L", over=("reach",), measures=(11,))
def ammonia_concentration(ammonia_load, load_delivery, reach_discharge, ammonia_background):
    """Ammonia nitrogen at a section in the middle month."""
    return ammonia_background + total(ammonia_load * load_delivery, "county") / reach_discharge


@equation(unit="dimensionless", over=("reach",), measures=(11, 12))
def good_water_share(
    normal_distribution,
    oxygen_demand_limit_three,
    oxygen_demand_concentration,
    oxygen_demand_spread,
    ammonia_limit_three,
    ammonia_concentration,
    ammonia_spread,
):
    """Share of months in which a section is at class III or better, by the worse of the two pollutants."""
    return minimum(
        lookup(
            normal_distribution, log(oxygen_demand_limit_three / oxygen_demand_concentration) / oxygen_demand_spread
        ),
        lookup(normal_distribution, log(ammonia_limit_three / ammonia_concentration) / ammonia_spread),
    )


@equation(unit="dimensionless", over=("reach",), measures=(11, 12))
def excellent_water_share(
    normal_distribution,
    oxygen_demand_limit_two,
    oxygen_demand_concentration,
    oxygen_demand_spread,
    ammonia_limit_two,
    ammonia_concentration,
    ammonia_spread,
):
    """Share of months in which a section is at class II or better, by the worse of the two pollutants."""
    return minimum(
        lookup(normal_distribution, log(oxygen_demand_limit_two / oxygen_demand_concentration) / oxygen_demand_spread),
        lookup(normal_distribution, log(ammonia_limit_two / ammonia_concentration) / ammonia_spread),
    )


@equation(unit="dimensionless", measures=(11, 12))
def county_good_water_share(drained_land_share, good_water_share):
    """Share of months at class III or better where a county's rivers leave it, by the land that drains to each."""
    return ratio(total(drained_land_share * good_water_share, "reach"), total(drained_land_share, "reach"), 1)
