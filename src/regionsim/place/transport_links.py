"""The links of the transport network: one stretch of one line between two nodes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from regionsim.place.tables import DATA, QUALITY, number, one_of, optional, optional_text, read_table, text, whole
from regionsim.place.transport_nodes import STATUSES, Node
from regionsim.problems import Problem, ProblemsError, nearest_name

LINKS_FILE = "transport_links.csv"
EXPRESSWAY = "expressway"
HIGHWAY = "highway"
CONVENTIONAL_RAIL = "conventional_rail"
HIGH_SPEED_RAIL = "high_speed_rail"
MODES = (EXPRESSWAY, HIGHWAY, CONVENTIONAL_RAIL, HIGH_SPEED_RAIL)

# Haoji is a heavy-haul coal line; Liling-Chaling is mostly freight (notes of their links). Neither carries
# passengers here.
FREIGHT_ONLY_LINES = frozenset({"CR06", "CR07"})

# A station may lie nearer to the next one than the seats do, so a link may be shorter than the straight line.
SHORTEST_DETOUR, LONGEST_DETOUR = 0.8, 2.0
EARTH_RADIUS = 6371.0


@dataclass(frozen=True)
class Link:
    """One stretch of a line; it can be used both ways.

    `length` is in km, None for the one road within a county whose length no source gives. `speed` is the design
    speed in km/hour. `open_year` is a calendar year, None for an old road that was there before 2010 (existing) or
    for a project without a date in any source. `status` is the last evidence found, `status_2022` that of May 2022.
    `cost` is million CNY, nominal, None where unknown. `quality` speaks of identity, status and mode; the numbers
    have their own, empty where there is no number.
    """

    key: str
    line: str
    start: str
    end: str
    mode: str
    name: str
    name_zh: str
    length: float | None
    speed: float
    open_year: int | None
    status: str
    status_2022: str
    plan_item: int | None
    cost: float | None
    quality: str
    length_quality: str
    speed_quality: str
    open_year_quality: str
    cost_quality: str
    source: str
    notes: str

    @property
    def carries_passengers(self) -> bool:
        return self.line not in FREIGHT_ONLY_LINES

    @property
    def carries_freight(self) -> bool:
        return self.mode != HIGH_SPEED_RAIL

    @property
    def within_one_node(self) -> bool:
        """Whether the link starts and ends at the same node, so that it changes no time between places."""
        return self.start == self.end

    def stood_in(self, year: float) -> bool:
        """Whether the link exists by last evidence and was open by `year`; an old road always was."""
        return self.status == "existing" and (self.open_year is None or self.open_year <= year)


def straight_line(a: Node, b: Node) -> float:
    """Great-circle distance between two nodes in km, on a sphere (within 0.5 %)."""
    height, width = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(height / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(width / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(chord))


def load_links(nodes: Mapping[str, Node], folder: Path = DATA) -> tuple[Link, ...]:
    """All links of the file in its order, their ends among `nodes`.

    Raises ProblemsError for a link that stands twice, an unknown node, a length that is missing between two nodes
    or does not fit the straight line between them, and a number without its quality.
    """
    optional_quality = optional(QUALITY)
    rows = read_table(
        LINKS_FILE,
        {
            "link_id": text,
            "project_id": text,
            "from": text,
            "to": text,
            "mode": one_of(*MODES),
            "name": text,
            "name_zh": text,
            "length_km": optional(number(1, 800)),
            "speed_kmh": number(20, 400),
            "open_year": optional(whole(1900, 2060)),
            "status": one_of(*STATUSES),
            "status_2022": one_of(*STATUSES),
            "plan_item": optional(whole(1, 19)),
            "cost_100m_yuan": optional(number(0, 5000)),
            "quality": QUALITY,
            "length_quality": optional_quality,
            "speed_quality": QUALITY,
            "open_year_quality": optional_quality,
            "cost_quality": optional_quality,
            "source": text,
            "notes": optional_text,
        },
        folder=folder,
    )
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    links = []
    for row in rows:
        key = row["link_id"]
        if key in first_line:
            problems.append(
                Problem(LINKS_FILE, row["line"], f"link {key} stands twice", f"also on line {first_line[key]}")
            )
        first_line.setdefault(key, row["line"])
        problems += _problems_of(row, nodes)
        links.append(_link_of(row))
    if problems:
        raise ProblemsError(problems)
    return tuple(links)


def _link_of(row: Mapping[str, Any]) -> Link:
    cost = row["cost_100m_yuan"]
    return Link(
        key=row["link_id"],
        line=row["link_id"].split("-")[0],
        start=row["from"],
        end=row["to"],
        mode=row["mode"],
        name=row["name"],
        name_zh=row["name_zh"],
        length=row["length_km"],
        speed=row["speed_kmh"],
        open_year=row["open_year"],
        status=row["status"],
        status_2022=row["status_2022"],
        plan_item=row["plan_item"],
        cost=None if cost is None else 100.0 * cost,
        quality=row["quality"],
        length_quality=row["length_quality"] or "",
        speed_quality=row["speed_quality"],
        open_year_quality=row["open_year_quality"] or "",
        cost_quality=row["cost_quality"] or "",
        source=row["source"],
        notes=row["notes"],
    )


def _problems_of(row: Mapping[str, Any], nodes: Mapping[str, Node]) -> list[Problem]:
    key, line = row["link_id"], row["line"]
    problems = []
    if not re.fullmatch(r"[A-Z]+\d\d-\d\d", key):
        problems.append(Problem(LINKS_FILE, line, "column 'link_id'", f"'{key}'", "a line and a number, as in PL01-03"))
    elif row["project_id"] not in (key.split("-")[0], key.rstrip("0123456789-")):
        problems.append(
            Problem(
                LINKS_FILE, line, f"project of link {key}", row["project_id"], f"the link's line {key.split('-')[0]}"
            )
        )
    unknown = [column for column in ("from", "to") if row[column] not in nodes]
    problems += [
        Problem(
            LINKS_FILE,
            line,
            f"column '{c}'",
            f"'{row[c]}'",
            "a node of transport_nodes.csv",
            nearest_name(row[c], nodes),
        )
        for c in unknown
    ]
    for value, quality in (
        ("length_km", "length_quality"),
        ("open_year", "open_year_quality"),
        ("cost_100m_yuan", "cost_quality"),
    ):
        if (row[value] is None) != (row[quality] is None):
            problems.append(
                Problem(
                    LINKS_FILE,
                    line,
                    f"column '{quality}' of link {key}",
                    f"'{row[quality] or ''}'",
                    f"a quality where there is a {value}, and only there",
                )
            )
    if unknown:
        return problems
    if row["length_km"] is None:
        if row["from"] != row["to"]:
            problems.append(
                Problem(LINKS_FILE, line, f"length of link {key} between two nodes", expected="a number of km")
            )
        return problems
    direct = straight_line(nodes[row["from"]], nodes[row["to"]])
    if not SHORTEST_DETOUR * direct <= row["length_km"] <= LONGEST_DETOUR * direct:
        problems.append(
            Problem(
                LINKS_FILE,
                line,
                f"length of link {key}",
                f"{row['length_km']:g} km",
                f"{SHORTEST_DETOUR:g} to {LONGEST_DETOUR:g} times the straight line of {direct:.1f} km",
            )
        )
    return problems
