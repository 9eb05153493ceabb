"""Rivers as directed trees of reaches, each ending at a section, and which part of each county drains to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import HECTARES_PER_SQUARE_KILOMETRE, county_codes, load_counties
from regionsim.place.tables import DATA, QUALITY, number, optional_text, read_table, text
from regionsim.problems import Problem, ProblemsError, nearest_name

RIVERS_FILE = "rivers.csv"
DRAINAGE_FILE = "drainage.csv"
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Reach:
    """One reach, from the section above it (or its sources) to its own.

    `next_reach` is empty where the river leaves the tree. `travel_time` is in days over the whole reach,
    `outside_area` the land in km2 that drains to it from outside the zone.
    """

    key: str
    name: str
    name_zh: str
    section: str
    next_reach: str
    travel_time: float
    outside_area: float
    quality: str
    source: str
    note: str


@dataclass(frozen=True)
class Drainage:
    """The parts of a county's land and of its people (with their works) whose water enters a reach directly."""

    reach: str
    county: str
    land_share: float
    people_share: float
    quality: str
    source: str


@cache
def load_reaches(folder: Path = DATA) -> tuple[Reach, ...]:
    """All reaches in the file's order, which is the order of the reach axis everywhere.

    Raises ProblemsError for a reach that stands twice, an unknown next reach and a river that runs in a circle.
    """
    rows = read_table(
        RIVERS_FILE,
        {
            "reach": text,
            "name": text,
            "name_zh": text,
            "section": text,
            "next_reach": optional_text,
            "travel_days": number(0, 365),
            "outside_area_km2": number(0, 100000),
            "quality": QUALITY,
            "source": text,
            "note": optional_text,
        },
        folder=folder,
    )
    problems = []
    line_of: dict[str, int] = {}
    for row in rows:
        key, line = row["reach"], row["line"]
        if key in line_of:
            problems.append(Problem(RIVERS_FILE, line, f"reach '{key}' stands twice", f"also on line {line_of[key]}"))
        line_of.setdefault(key, line)
    next_of = {row["reach"]: row["next_reach"] for row in rows}
    for row in rows:
        key, line, following = row["reach"], row["line"], row["next_reach"]
        if following and following not in line_of:
            problems.append(
                Problem(
                    RIVERS_FILE,
                    line,
                    f"next reach of {key}",
                    following,
                    "a reach of this file",
                    nearest_name(following, line_of),
                )
            )
        if _runs_in_a_circle(key, next_of):
            problems.append(Problem(RIVERS_FILE, line, f"the river runs from {key} back to {key}"))
    if problems:
        raise ProblemsError(problems)
    return tuple(
        Reach(
            key=row["reach"],
            name=row["name"],
            name_zh=row["name_zh"],
            section=row["section"],
            next_reach=row["next_reach"],
            travel_time=row["travel_days"],
            outside_area=row["outside_area_km2"],
            quality=row["quality"],
            source=row["source"],
            note=row["note"],
        )
        for row in rows
    )


@cache
def load_drainage(folder: Path = DATA) -> tuple[Drainage, ...]:
    """Which part of each county drains directly to each reach, in the file's order.

    What a county's shares leave short of 1 drains to rivers that are not followed. Raises ProblemsError for an
    unknown reach or county, a pair that stands twice, a county whose shares sum to more than 1, and a reach without
    any land.
    """
    reaches = {reach.key: reach for reach in load_reaches(folder)}
    codes = county_codes()
    rows = read_table(
        DRAINAGE_FILE,
        {
            "reach": text,
            "adcode": text,
            "land_share": number(0, 1),
            "people_share": number(0, 1),
            "quality": QUALITY,
            "source": text,
        },
        folder=folder,
    )
    problems = []
    line_of: dict[tuple[str, str], int] = {}
    sums: dict[tuple[str, str], float] = {}
    for row in rows:
        pair, line = (row["reach"], row["adcode"]), row["line"]
        for word, known in zip(pair, (reaches, codes), strict=True):
            if word not in known:
                what = "reach" if known is reaches else "county"
                problems.append(Problem(DRAINAGE_FILE, line, what, word, f"a known {what}", nearest_name(word, known)))
        if pair in line_of:
            problems.append(
                Problem(DRAINAGE_FILE, line, f"{pair[1]} to {pair[0]} stands twice", f"also on line {line_of[pair]}")
            )
        line_of.setdefault(pair, line)
        for column in ("land_share", "people_share"):
            before = sums.get((row["adcode"], column), 0.0)
            sums[row["adcode"], column] = before + row[column]
            if before <= 1 + TOLERANCE < before + row[column]:
                found = f"{before + row[column]:g}"
                problems.append(
                    Problem(DRAINAGE_FILE, line, f"{column} of county {row['adcode']} together", found, "at most 1")
                )
    drained = {row["reach"] for row in rows if row["land_share"] > 0}
    problems += [
        Problem(DRAINAGE_FILE, 0, f"no land drains to reach {key}")
        for key, reach in reaches.items()
        if key not in drained and reach.outside_area == 0 and not _above(key, reaches)
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple(
        Drainage(
            reach=row["reach"],
            county=row["adcode"],
            land_share=row["land_share"],
            people_share=row["people_share"],
            quality=row["quality"],
            source=row["source"],
        )
        for row in rows
    )


@cache
def reach_keys() -> tuple[str, ...]:
    """The keys of the reaches in the order of the reach axis."""
    return tuple(reach.key for reach in load_reaches())


@dataclass(frozen=True)
class RiverGeometry:
    """What the tree gives the model. Arrays over (county, reach) but for the last, over (reach,).

    `drained_land_share`: part of a county's land that drains directly to a reach. `route_share`: part of its people
    whose water passes a section, having entered there or further up. `route_time`: mean days that this water is on
    its way to the section, half a reach in the reach that it enters; 0 where nothing passes. `catchment_share`: part
    of a section's catchment that lies in a county. `catchment_area`: km2.

    A mean time stands for the several ways of one county's water. With a decay of k per day it understates what
    arrives by about k^2/2 times the variance of the times: below 1 % for times a day or two apart.
    """

    drained_land_share: NDArray[np.float64]
    route_share: NDArray[np.float64]
    route_time: NDArray[np.float64]
    catchment_share: NDArray[np.float64]
    catchment_area: NDArray[np.float64]


def river_geometry(folder: Path = DATA) -> RiverGeometry:
    """Routes and catchments of all counties and sections, worked out down the trees."""
    reaches = load_reaches(folder)
    by_key = {reach.key: reach for reach in reaches}
    column = {reach.key: k for k, reach in enumerate(reaches)}
    counties = load_counties()
    row = {county.code: k for k, county in enumerate(counties)}
    shape = (len(counties), len(reaches))
    land, passing, weighted, catchment = (np.zeros(shape) for _ in range(4))
    outside = np.zeros(len(reaches))
    for drainage in load_drainage(folder):
        i = row[drainage.county]
        area = counties[i].area / HECTARES_PER_SQUARE_KILOMETRE * drainage.land_share
        land[i, column[drainage.reach]] = drainage.land_share
        for key, days in way_down(drainage.reach, by_key):
            n = column[key]
            passing[i, n] += drainage.people_share
            weighted[i, n] += drainage.people_share * days
            catchment[i, n] += area
    for reach in reaches:
        for key, _ in way_down(reach.key, by_key):
            outside[column[key]] += reach.outside_area
    total = catchment.sum(axis=0) + outside
    return RiverGeometry(
        drained_land_share=land,
        route_share=passing,
        route_time=np.divide(weighted, passing, out=np.zeros(shape), where=passing > 0),
        catchment_share=catchment / total,
        catchment_area=total,
    )


def way_down(key: str, reaches: Mapping[str, Reach]) -> list[tuple[str, float]]:
    """The sections that water passes which enters reach `key`, each with the days to it on average."""
    days = reaches[key].travel_time / 2
    way = [(key, days)]
    while following := reaches[key].next_reach:
        key = following
        days += reaches[key].travel_time
        way.append((key, days))
    return way


def _runs_in_a_circle(key: str, next_of: Mapping[str, str]) -> bool:
    """Whether the way down from `key` comes back to it."""
    seen: set[str] = set()
    at = next_of[key]
    while at in next_of and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = next_of[at]
    return False


def _above(key: str, reaches: Mapping[str, Reach]) -> bool:
    return any(reach.next_reach == key for reach in reaches.values())
