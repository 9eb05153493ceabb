"""Which counties share a border, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from regionsim.place.counties import load_counties
from regionsim.place.tables import DATA, number, one_of, read_table, text
from regionsim.problems import Problem, ProblemsError, nearest_name

NEIGHBOURS_FILE = "adjacency.csv"


@dataclass(frozen=True)
class Neighbours:
    """Two counties that share a border: codes, border length and distance of the seats in km."""

    first: str
    second: str
    shared_border: float
    interprovincial: bool
    seat_distance: float


def load_neighbours(folder: Path = DATA) -> tuple[Neighbours, ...]:
    """All neighbour pairs in the file's order, each once.

    Raises ProblemsError for an unknown county, a pair that stands twice, or a provincial border marked wrongly.
    """
    rows = read_table(
        NEIGHBOURS_FILE,
        {
            "adcode_a": text,
            "adcode_b": text,
            "shared_border_km": number(0, 500),
            "interprovincial": one_of("0", "1"),
            "seat_distance_km": number(1, 300),
        },
        folder=folder,
    )
    province = {county.code: county.province for county in load_counties()}
    problems = []
    first_line: dict[frozenset[str], int] = {}
    pairs = []
    for row in rows:
        first, second, line = row["adcode_a"], row["adcode_b"], row["line"]
        unknown = [code for code in (first, second) if code not in province]
        problems += [
            Problem(NEIGHBOURS_FILE, line, "county", code, "a county code", nearest_name(code, province))
            for code in unknown
        ]
        pair = frozenset((first, second))
        if pair in first_line:
            problems.append(
                Problem(
                    NEIGHBOURS_FILE, line, f"pair {first}, {second} stands twice", f"also on line {first_line[pair]}"
                )
            )
        first_line.setdefault(pair, line)
        interprovincial = row["interprovincial"] == "1"
        if not unknown and interprovincial != (province[first] != province[second]):
            problems.append(
                Problem(
                    NEIGHBOURS_FILE,
                    line,
                    f"interprovincial of {first}, {second}",
                    row["interprovincial"],
                    "1 where the provinces differ, else 0",
                )
            )
        pairs.append(Neighbours(first, second, row["shared_border_km"], interprovincial, row["seat_distance_km"]))
    if problems:
        raise ProblemsError(problems)
    return tuple(pairs)
