"""Access to markets: output of all other counties and hubs within reach, by freight and by passenger travel time.

Travel times are shortest paths through the open network, worked out before the run and read by opening year. Access
works on output, investment and people only through a smoothed stock: without it output would depend on its own
neighbours' output of the same moment. The own market is left out, since density carries it.
"""

from regionsim.language.declarations import equation, stock
from regionsim.language.functions import at_destination, sqrt, total

freight_access = stock(
    "Freight market access that firms have adapted to, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("freight_access_adjustment",),
)

passenger_access = stock(
    "Passenger market access that firms and people have adapted to, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("passenger_access_adjustment",),
)


hub_access = stock(
    "Market access of the hubs that investors have adapted to, against 2020.",
    unit="dimensionless",
    initial=1,
    inflows=("hub_access_adjustment",),
    over=("hub",),
)


@equation(unit="dimensionless", over=("county", "destination"), measures=(14,))
def freight_way_nearness(travel_time_freight, border_freight_factor, reference_travel_time, access_decay, other_county):
    """Weight of another county in a county's freight access by ways and border alone, carriage as cheap as in 2020."""
    return other_county * (travel_time_freight * border_freight_factor / reference_travel_time) ** -access_decay


@equation(unit="dimensionless", over=("county", "hub"), measures=(14,))
def hub_freight_way_nearness(hub_travel_time_freight, hub_border_freight_factor, reference_travel_time, access_decay):
    """Weight of a hub in a county's freight access by ways and border alone, carriage as cheap as in 2020."""
    return (hub_travel_time_freight * hub_border_freight_factor / reference_travel_time) ** -access_decay


@equation(unit="dimensionless", over=("county", "destination"), measures=(14,))
def freight_nearness(freight_way_nearness, freight_cost_factor, access_decay):
    """Weight of another county in a county's freight access."""
    return freight_way_nearness * freight_cost_factor**-access_decay


@equation(unit="dimensionless", over=("county", "hub"), measures=(14,))
def hub_freight_nearness(hub_freight_way_nearness, hub_freight_cost_factor, access_decay):
    """Weight of a hub in a county's freight access."""
    return hub_freight_way_nearness * hub_freight_cost_factor**-access_decay


@equation(unit="dimensionless", over=("county", "destination"), measures=(14,))
def passenger_nearness(travel_time_passenger, border_travel_factor, reference_travel_time, access_decay, other_county):
    """Weight of another county in a county's passenger access."""
    return other_county * (travel_time_passenger * border_travel_factor / reference_travel_time) ** -access_decay


@equation(unit="dimensionless", over=("county", "hub"), measures=(14,))
def hub_passenger_nearness(hub_travel_time_passenger, reference_travel_time, access_decay):
    """Weight of a hub in a county's passenger access."""
    return (hub_travel_time_passenger / reference_travel_time) ** -access_decay


@equation(unit="million CNY_2020/year")
def freight_market(output, freight_nearness, hub_output, hub_freight_nearness):
    """Output within reach by freight."""
    return total(at_destination(output) * freight_nearness, "destination") + total(
        hub_output * hub_freight_nearness, "hub"
    )


@equation(unit="million CNY_2020/year")
def passenger_market(output, passenger_nearness, hub_output, hub_passenger_nearness):
    """Output within reach by passenger travel."""
    return total(at_destination(output) * passenger_nearness, "destination") + total(
        hub_output * hub_passenger_nearness, "hub"
    )


@equation(unit="1/year")
def freight_access_adjustment(freight_market, initial_freight_market, freight_access, access_adaptation_time):
    """Firms adapt to changed freight access with a delay."""
    return (freight_market / initial_freight_market - freight_access) / access_adaptation_time


@equation(unit="1/year")
def passenger_access_adjustment(passenger_market, initial_passenger_market, passenger_access, access_adaptation_time):
    """Firms and people adapt to changed passenger access with a delay."""
    return (passenger_market / initial_passenger_market - passenger_access) / access_adaptation_time


@equation(unit="dimensionless")
def market_access(freight_market, initial_freight_market, passenger_market, initial_passenger_market):
    """Market access against 2020: freight and passenger in equal parts, with today's masses and today's network."""
    return sqrt(freight_market / initial_freight_market * passenger_market / initial_passenger_market)


@equation(unit="dimensionless")
def freight_access_of_network(
    initial_output, freight_nearness, initial_hub_output, hub_freight_nearness, initial_freight_market
):
    """Freight access against 2020 if only the network changed and all output stayed as in 2020."""
    return (
        total(at_destination(initial_output) * freight_nearness, "destination")
        + total(initial_hub_output * hub_freight_nearness, "hub")
    ) / initial_freight_market


@equation(unit="dimensionless")
def passenger_access_of_network(
    initial_output, passenger_nearness, initial_hub_output, hub_passenger_nearness, initial_passenger_market
):
    """Passenger access against 2020 if only the network changed and all output stayed as in 2020."""
    return (
        total(at_destination(initial_output) * passenger_nearness, "destination")
        + total(initial_hub_output * hub_passenger_nearness, "hub")
    ) / initial_passenger_market


@equation(unit="million CNY_2020/year", over=("hub",))
def hub_market(output, hub_passenger_nearness, hub_output, hub_own_nearness):
    """Output within reach of a hub: the zone's, and its own."""
    return total(output * hub_passenger_nearness, "county") + hub_output * hub_own_nearness


@equation(unit="dimensionless", over=())
def hub_own_nearness(hub_internal_time, reference_travel_time, access_decay):
    """Weight of a hub's own output in its access."""
    return (hub_internal_time / reference_travel_time) ** -access_decay


@equation(unit="1/year", over=("hub",))
def hub_access_adjustment(hub_market, initial_hub_market, hub_access, access_adaptation_time):
    """Investors adapt to changed access of a hub with a delay."""
    return (hub_market / initial_hub_market - hub_access) / access_adaptation_time
