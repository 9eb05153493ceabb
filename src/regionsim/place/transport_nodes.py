"""The nodes of the transport network: county seats, cities outside the zone, airports and a logistics port."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from regionsim.place.counties import county_codes
from regionsim.place.tables import DATA, number, one_of, optional_text, read_table, text
from regionsim.problems import Problem, ProblemsError, nearest_name

NODES_FILE = "transport_nodes.csv"
COUNTY_SEAT = "county_seat"
KINDS = (COUNTY_SEAT, "external_hub", "airport", "general_aviation", "logistics_port")
STATUSES = ("existing", "under_construction", "planned", "study")


@dataclass(frozen=True)
class Node:
    """One point of the network; the node of a county seat has the county's code as its key.

    `longitude` and `latitude` are WGS84 degrees. A city outside the zone stands at its centre, not at a station.
    `quality` is as given: it may tag the facts and the coordinates apart.
    """

    key: str
    name: str
    name_zh: str
    kind: str
    longitude: float
    latitude: float
    county: str
    status: str
    quality: str
    source: str


def load_nodes(folder: Path = DATA) -> tuple[Node, ...]:
    """All nodes in the file's order.

    Raises ProblemsError for a node that stands twice, an unknown county, a county seat whose key is not its county's
    code, or a county without a seat.
    """
    rows = read_table(
        NODES_FILE,
        {
            "node_id": text,
            "name": text,
            "name_zh": text,
            "type": one_of(*KINDS),
            "lon": number(108, 119),
            "lat": number(20, 33),
            "adcode": optional_text,
            "inside_zone": one_of("0", "1"),
            "status": one_of(*STATUSES),
            "quality": text,
            "source": text,
        },
        folder=folder,
    )
    codes = county_codes()
    problems = []
    first_line: dict[str, int] = {}
    nodes = []
    for row in rows:
        key, county, line = row["node_id"], row["adcode"], row["line"]
        if key in first_line:
            problems.append(Problem(NODES_FILE, line, f"node {key} stands twice", f"also on line {first_line[key]}"))
        first_line.setdefault(key, line)
        if county and county not in codes:
            problems.append(
                Problem(NODES_FILE, line, f"county of node {key}", county, "a county code", nearest_name(county, codes))
            )
        if (row["inside_zone"] == "1") != bool(county):
            problems.append(
                Problem(NODES_FILE, line, f"inside_zone of node {key}", row["inside_zone"], "1 where a county is named")
            )
        if row["type"] == COUNTY_SEAT and key != county:
            problems.append(Problem(NODES_FILE, line, "key of a county seat", key, f"its county's code {county}"))
        nodes.append(
            Node(
                key=key,
                name=row["name"],
                name_zh=row["name_zh"],
                kind=row["type"],
                longitude=row["lon"],
                latitude=row["lat"],
                county=county,
                status=row["status"],
                quality=row["quality"],
                source=row["source"],
            )
        )
    seats = {node.key for node in nodes if node.kind == COUNTY_SEAT}
    problems += [Problem(NODES_FILE, 0, f"county {code} has no seat") for code in codes if code not in seats]
    if problems:
        raise ProblemsError(problems)
    return tuple(nodes)
