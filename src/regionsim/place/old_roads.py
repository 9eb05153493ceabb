"""The old roads that the table of links leaves out: derived, there before 2010, none of them checked on a map.

The table lists an ordinary road only between neighbour counties that no expressway joins. The roads beside which the
expressways were built are missing, so that access before an expressway, or without one, would have no way at all.
Two rules fill the gap:

- between two neighbour counties with at least 4 km of common border and no ordinary road in the table;
- between any two nodes joined by an expressway of the table, built or planned, where neither the first rule nor the
  table has a road: between a county and a city outside, or between two such cities, national and provincial roads ran
  before the expressway did.

The length is the distance of the seats times the detour of the table's own inferred roads: 1.4 for seats
less than 45 km apart, 1.5 beyond. The speed is that of those roads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regionsim.place.neighbours import Neighbours
from regionsim.place.transport_links import EXPRESSWAY, HIGHWAY, Link, straight_line
from regionsim.place.transport_nodes import Node

OLD_ROAD_LINE = "OLD"
SHORTEST_BORDER = 4.0  # km; the table's own limit for inferred roads
NEAR = 45.0  # km between seats
DETOUR_NEAR, DETOUR_FAR = 1.4, 1.5
OLD_ROAD_SPEED = 50.0  # km/hour

SOURCE = "derived from adjacency.csv, transport_nodes.csv and transport_links.csv; no named route checked"


def derive_old_roads(
    nodes: Mapping[str, Node], links: Iterable[Link], neighbours: Iterable[Neighbours]
) -> tuple[Link, ...]:
    """The old roads as links without an opening year, quality `derived`, keys OLD-<node>-<node>."""
    links = tuple(links)
    with_road = {
        frozenset((link.start, link.end))
        for link in links
        if link.mode == HIGHWAY and link.open_year is None and link.status == "existing"
    }
    distances: dict[tuple[str, str], float] = {}
    for pair in neighbours:
        if pair.shared_border >= SHORTEST_BORDER and frozenset((pair.first, pair.second)) not in with_road:
            distances[pair.first, pair.second] = pair.seat_distance
            with_road.add(frozenset((pair.first, pair.second)))
    for link in links:
        ends = frozenset((link.start, link.end))
        if link.mode == EXPRESSWAY and ends not in with_road:
            distances[link.start, link.end] = straight_line(nodes[link.start], nodes[link.end])
            with_road.add(ends)
    return tuple(_old_road(nodes[start], nodes[end], distance) for (start, end), distance in distances.items())


def _old_road(start: Node, end: Node, distance: float) -> Link:
    detour = DETOUR_NEAR if distance < NEAR else DETOUR_FAR
    return Link(
        key=f"{OLD_ROAD_LINE}-{start.key}-{end.key}",
        line=OLD_ROAD_LINE,
        start=start.key,
        end=end.key,
        mode=HIGHWAY,
        name=f"old road {start.name}-{end.name} (derived)",
        name_zh=f"老路(推定){start.name_zh}—{end.name_zh}",
        length=round(distance * detour, 1),
        speed=OLD_ROAD_SPEED,
        open_year=None,
        status="existing",
        status_2022="existing",
        plan_item=None,
        cost=None,
        quality="derived",
        length_quality="derived",
        speed_quality="derived",
        open_year_quality="",
        cost_quality="",
        source=SOURCE,
        notes=f"distance {distance:.1f} km x detour factor {detour}",
    )
