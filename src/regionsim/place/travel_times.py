"""Travel times between counties and to hubs: cheapest paths over a graph of towns and the modes above them.

Every node has a town layer, on which the ordinary roads run, and above it a layer for each further mode with an open
link there (expressway, conventional rail, high-speed rail). Half of a mode's access time (way, waiting, egress) is
spent on going up and half on going down; between the two kinds of rail one can also change directly. A path can so
drive to another town's station. Trains of one mode run through: a change from line to line costs nothing.

All times are generalised minutes: minutes on the way plus money over the value of time. With all prices at 0 they are
minutes by the clock. Opening a link never raises one, as it only adds paths.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import AnyInput
from regionsim.place.counties import HECTARES_PER_SQUARE_KILOMETRE, load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.network import Network
from regionsim.place.transport_links import CONVENTIONAL_RAIL, EXPRESSWAY, HIGH_SPEED_RAIL, HIGHWAY, Link

# Design speed (km/hour) for which a mode's effective speed is stated; other designs are in proportion.
REFERENCE_SPEED = {HIGHWAY: 50.0, EXPRESSWAY: 100.0, CONVENTIONAL_RAIL: 160.0, HIGH_SPEED_RAIL: 350.0}
# No wagon runs faster, whatever the line is designed for.
WAGON_SPEED = 120.0

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TravelTimes:
    """Generalised minutes in one state of the network.

    `passenger` and `freight` have the shape (county, destination), with the time within a county on the diagonal;
    `hub_passenger` and `hub_freight` (county, hub). Counties as in load_counties(), hubs as in load_hubs().
    """

    passenger: Array
    freight: Array
    hub_passenger: Array
    hub_freight: Array


@dataclass(frozen=True)
class _Mode:
    """One mode for one flow: speed at the reference design in km/hour, minutes of money per km, access in minutes."""

    speed: float
    money: float
    access: float
    reference: float
    design_limit: float = float("inf")

    def minutes_per_kilometre(self, design: float) -> float:
        return 60.0 * self.reference / (self.speed * min(design, self.design_limit)) + self.money


def scalar(parameters: Mapping[str, AnyInput], name: str) -> float:
    """The one number of a parameter without axes. Raises KeyError where it is missing."""
    return float(parameters[name].values.reshape(-1)[0])


def travel_times(network: Network, open_links: Collection[str], parameters: Mapping[str, AnyInput]) -> TravelTimes:
    """Travel times with only `open_links` (keys) open. `parameters` are those of parameters/transport.yaml.

    The arrays are shared between calls and cannot be written to. Raises KeyError for an unknown link or a missing
    parameter.
    """
    return _cheapest(
        network,
        frozenset(open_links),
        tuple(_passenger_modes(parameters).items()),
        tuple(_freight_modes(parameters).items()),
        scalar(parameters, "rail_interchange_minutes"),
        scalar(parameters, "unreachable_minutes"),
    )


# Paths are the dear part of making a scenario's inputs, and scenarios share most states of the network.
@lru_cache(maxsize=512)
def _cheapest(
    network: Network,
    open_links: frozenset[str],
    modes_of_passengers: tuple[tuple[str, _Mode], ...],
    modes_of_freight: tuple[tuple[str, _Mode], ...],
    interchange: float,
    cap: float,
) -> TravelTimes:
    links = [network.links[key] for key in sorted(open_links)]
    passenger_modes, freight_modes = dict(modes_of_passengers), dict(modes_of_freight)
    passenger = _between_nodes(network, [x for x in links if x.carries_passengers], passenger_modes, interchange)
    freight = _between_nodes(network, [x for x in links if x.carries_freight], freight_modes, None)
    # Over a stated distance travellers pay the fare of high-speed rail, goods the road and its toll.
    stated_passenger = _stated("stated_passenger_minutes", passenger_modes[HIGH_SPEED_RAIL].money)
    stated_freight = _stated("stated_freight_minutes", freight_modes[EXPRESSWAY].money)
    arrays = (
        _with_diagonal(network, passenger, passenger_modes[HIGHWAY], cap),
        _with_diagonal(network, freight, freight_modes[HIGHWAY], cap),
        _to_hubs(network, passenger, stated_passenger, cap),
        _to_hubs(network, freight, stated_freight, cap),
    )
    for array in arrays:
        array.setflags(write=False)
    return TravelTimes(*arrays)


def _passenger_modes(parameters: Mapping[str, AnyInput]) -> dict[str, _Mode]:
    minutes_per_yuan = 60.0 / scalar(parameters, "passenger_time_value")
    road = scalar(parameters, "passenger_road_cost")
    toll = scalar(parameters, "passenger_expressway_toll")
    return {
        HIGHWAY: _Mode(
            speed=scalar(parameters, "ordinary_road_speed"),
            money=minutes_per_yuan * road,
            access=0.0,
            reference=REFERENCE_SPEED[HIGHWAY],
        ),
        EXPRESSWAY: _Mode(
            speed=scalar(parameters, "expressway_speed"),
            money=minutes_per_yuan * (road + toll),
            access=scalar(parameters, "expressway_access_minutes"),
            reference=REFERENCE_SPEED[EXPRESSWAY],
        ),
        CONVENTIONAL_RAIL: _Mode(
            speed=scalar(parameters, "conventional_rail_speed"),
            money=minutes_per_yuan * scalar(parameters, "conventional_rail_fare"),
            access=scalar(parameters, "conventional_rail_access_minutes"),
            reference=REFERENCE_SPEED[CONVENTIONAL_RAIL],
        ),
        HIGH_SPEED_RAIL: _Mode(
            speed=scalar(parameters, "high_speed_rail_speed"),
            money=minutes_per_yuan * scalar(parameters, "high_speed_rail_fare"),
            access=scalar(parameters, "high_speed_rail_access_minutes"),
            reference=REFERENCE_SPEED[HIGH_SPEED_RAIL],
        ),
    }


def _freight_modes(parameters: Mapping[str, AnyInput]) -> dict[str, _Mode]:
    minutes_per_yuan = 60.0 / scalar(parameters, "freight_time_value")
    truck = scalar(parameters, "truck_speed_ratio")
    road = scalar(parameters, "freight_road_cost")
    toll = scalar(parameters, "freight_expressway_toll")
    return {
        HIGHWAY: _Mode(
            speed=truck * scalar(parameters, "ordinary_road_speed"),
            money=minutes_per_yuan * road,
            access=0.0,
            reference=REFERENCE_SPEED[HIGHWAY],
        ),
        EXPRESSWAY: _Mode(
            speed=truck * scalar(parameters, "expressway_speed"),
            money=minutes_per_yuan * (road + toll),
            access=scalar(parameters, "expressway_access_minutes"),
            reference=REFERENCE_SPEED[EXPRESSWAY],
        ),
        CONVENTIONAL_RAIL: _Mode(
            speed=scalar(parameters, "freight_rail_speed"),
            money=minutes_per_yuan * scalar(parameters, "freight_rail_charge"),
            access=scalar(parameters, "rail_freight_handling_minutes"),
            reference=WAGON_SPEED,
            design_limit=WAGON_SPEED,
        ),
    }


def _between_nodes(network: Network, links: list[Link], modes: Mapping[str, _Mode], interchange: float | None) -> Array:
    """Cheapest generalised minutes from every county seat to every node, shape (county, node); inf without a path."""
    from scipy.sparse import csgraph

    place = {key: index for index, key in enumerate(network.nodes)}
    layer = {mode: index * len(place) for index, mode in enumerate(modes)}
    size = len(modes) * len(place)
    # A sparse matrix would sum parallel arcs: the smallest of them is taken on a dense one first.
    arcs = np.full((size, size), np.inf)
    stations: set[tuple[str, str]] = set()
    for link in links:
        if link.length is None or link.within_one_node:
            continue
        a, b = layer[link.mode] + place[link.start], layer[link.mode] + place[link.end]
        arcs[a, b] = arcs[b, a] = min(arcs[a, b], link.length * modes[link.mode].minutes_per_kilometre(link.speed))
        if link.mode != HIGHWAY:
            stations |= {(link.mode, link.start), (link.mode, link.end)}
    for mode, node in stations:
        town, station = layer[HIGHWAY] + place[node], layer[mode] + place[node]
        arcs[town, station] = arcs[station, town] = modes[mode].access / 2.0
        if interchange is not None and mode == HIGH_SPEED_RAIL and (CONVENTIONAL_RAIL, node) in stations:
            other = layer[CONVENTIONAL_RAIL] + place[node]
            arcs[other, station] = arcs[station, other] = interchange
    graph = csgraph.csgraph_from_dense(arcs, null_value=np.inf)
    seats = [layer[HIGHWAY] + place[county.code] for county in load_counties()]
    distances = csgraph.dijkstra(graph, directed=True, indices=seats)
    return np.asarray(distances[:, layer[HIGHWAY] : layer[HIGHWAY] + len(place)])


def _with_diagonal(network: Network, minutes: Array, road: _Mode, cap: float) -> Array:
    """Minutes (county, destination): the counties' columns, and within a county half its radius by ordinary road.

    The radius is that of a circle of the county's area.
    """
    counties = load_counties()
    place = {key: index for index, key in enumerate(network.nodes)}
    between = np.minimum(minutes[:, [place[county.code] for county in counties]], cap)
    for index, county in enumerate(counties):
        kilometres = 0.5 * sqrt(county.area / HECTARES_PER_SQUARE_KILOMETRE / pi)
        between[index, index] = kilometres * road.minutes_per_kilometre(road.reference)
    return between


def _stated(minutes: str, money: float) -> dict[str, float]:
    """Stated minutes plus `money` (minutes per km) over the stated distance, by hub, for the hubs that have them."""
    return {
        hub.key: getattr(hub, minutes) + money * hub.stated_distance
        for hub in load_hubs()
        if hub.stated_distance is not None
    }


def _to_hubs(network: Network, minutes: Array, stated: Mapping[str, float], cap: float) -> Array:
    """Minutes (county, hub): to the nearest of the hub's nodes, or what is stated for a hub without one."""
    place = {key: index for index, key in enumerate(network.nodes)}
    columns: list[Array] = []
    for hub in load_hubs():
        if hub.nodes:
            columns.append(minutes[:, [place[node] for node in hub.nodes]].min(axis=1))
        else:
            columns.append(np.full(len(minutes), stated[hub.key]))
    return np.minimum(np.stack(columns, axis=1), cap)
