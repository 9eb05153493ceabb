"""The transport network: nodes, links of all modes whether built or not, and the derived old roads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from regionsim.place.neighbours import load_neighbours
from regionsim.place.old_roads import OLD_ROAD_LINE, derive_old_roads
from regionsim.place.tables import DATA
from regionsim.place.transport_links import Link, load_links
from regionsim.place.transport_nodes import Node, load_nodes
from regionsim.problems import Problem, ProblemsError


@dataclass(frozen=True, eq=False)
class Network:
    """Nodes and links by key, in the order of their tables, the old roads last. Two networks are never equal.

    Five nodes have no link (two airports, two general airports, the logistics port): they take part in no path.
    One link has no length and runs within one county (Wanzai, S223): it changes no time between places.
    """

    nodes: dict[str, Node]
    links: dict[str, Link]

    @cached_property
    def unlinked_nodes(self) -> tuple[Node, ...]:
        """Nodes at which no link ends, built or not."""
        ends = {end for link in self.links.values() for end in (link.start, link.end)}
        return tuple(node for node in self.nodes.values() if node.key not in ends)

    @cached_property
    def old_roads(self) -> tuple[Link, ...]:
        """The derived old roads: always open, part of no project."""
        return tuple(link for link in self.links.values() if link.line == OLD_ROAD_LINE)

    def standing_in(self, year: float) -> frozenset[str]:
        """Keys of the links that were open by `year`: existing by last evidence, opened by then or an old road."""
        return frozenset(link.key for link in self.links.values() if link.stood_in(year))


@cache
def load_network(folder: Path = DATA) -> Network:
    """The whole network of transport_nodes.csv, transport_links.csv and adjacency.csv.

    Raises ProblemsError with every row of the links and the neighbours that is wrong; of the nodes alone where the
    nodes are wrong, as links cannot be judged without them.
    """
    nodes = {node.key: node for node in load_nodes(folder)}
    problems: list[Problem] = []
    try:
        links = load_links(nodes, folder)
    except ProblemsError as error:
        problems += error.problems
    try:
        neighbours = load_neighbours(folder)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    old_roads = derive_old_roads(nodes, links, neighbours)
    return Network(nodes=nodes, links={link.key: link for link in (*links, *old_roads)})
