"""The hubs: cities outside the zone that carry mass and people, and one that stands for the rest of the country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.network import load_network
from regionsim.place.tables import DATA, QUALITY, number, one_of, optional, optional_text, read_table, text
from regionsim.place.transport_nodes import COUNTY_SEAT, Node
from regionsim.problems import Problem, ProblemsError, nearest_name

HUBS_FILE = "hubs.csv"
HUB_PROVINCES = ("Hunan", "Jiangxi", "Guangdong", "other")


@dataclass(frozen=True)
class Hub:
    """One hub. It takes the nearest of its `nodes`.

    A hub without a node has the same stated times from every county: `stated_passenger_minutes` and
    `stated_freight_minutes` from door to door, and `stated_distance` in km, over which the fare or the toll is paid.
    They are None for a hub with nodes. `quality` speaks of the stated figures, or of the nodes.
    """

    key: str
    name: str
    name_zh: str
    province: str
    nodes: tuple[str, ...]
    stated_passenger_minutes: float | None
    stated_freight_minutes: float | None
    stated_distance: float | None
    quality: str
    source: str


@cache
def load_hubs(folder: Path = DATA) -> tuple[Hub, ...]:
    """All hubs in the file's order, which is the order of the hub axis everywhere.

    Raises ProblemsError for a hub that stands twice, a node that is unknown, inside the zone or in two hubs, and a
    hub that has both nodes and stated times, or neither.
    """
    minutes = optional(number(1, 10000))
    rows = read_table(
        HUBS_FILE,
        {
            "hub": text,
            "name": text,
            "name_zh": text,
            "province": one_of(*HUB_PROVINCES),
            "node_ids": optional_text,
            "stated_passenger_minutes": minutes,
            "stated_freight_minutes": minutes,
            "stated_distance_km": optional(number(1, 5000)),
            "quality": QUALITY,
            "source": text,
        },
        folder=folder,
    )
    outside = {node.key: node for node in load_network(folder).nodes.values() if node.kind != COUNTY_SEAT}
    problems = []
    seen: dict[str, int] = {}
    hubs = []
    for row in rows:
        key, line = row["hub"], row["line"]
        nodes = tuple(node.strip() for node in row["node_ids"].split(";") if node.strip())
        for name in (key, *nodes):
            if name in seen:
                problems.append(Problem(HUBS_FILE, line, f"'{name}' stands twice", f"also on line {seen[name]}"))
            seen.setdefault(name, line)
        problems += [
            Problem(HUBS_FILE, line, f"node of hub {key}", node, "a node outside the zone", nearest_name(node, outside))
            for node in nodes
            if node not in outside
        ]
        stated = [
            row[column] for column in ("stated_passenger_minutes", "stated_freight_minutes", "stated_distance_km")
        ]
        given = sum(value is not None for value in stated)
        if given != (0 if nodes else len(stated)):
            problems.append(
                Problem(
                    HUBS_FILE,
                    line,
                    f"hub {key}",
                    f"{len(nodes)} nodes and {given} stated figures",
                    "either nodes, or both stated times and their distance",
                )
            )
        hubs.append(
            Hub(
                key=key,
                name=row["name"],
                name_zh=row["name_zh"],
                province=row["province"],
                nodes=nodes,
                stated_passenger_minutes=row["stated_passenger_minutes"],
                stated_freight_minutes=row["stated_freight_minutes"],
                stated_distance=row["stated_distance_km"],
                quality=row["quality"],
                source=row["source"],
            )
        )
    if problems:
        raise ProblemsError(problems)
    return tuple(hubs)


def through_nodes() -> tuple[Node, ...]:
    """Cities that paths may run through but that carry no mass (Wuhan, Xianning)."""
    in_hub = {node for hub in load_hubs() for node in hub.nodes}
    return tuple(n for n in load_network().nodes.values() if n.kind == "external_hub" and n.key not in in_hub)
