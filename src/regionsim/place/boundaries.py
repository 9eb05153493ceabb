"""County boundaries and points for maps: WGS84 longitude and latitude in degrees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import county_codes
from regionsim.place.tables import DATA, number, read_table, text
from regionsim.problems import Problem, ProblemsError, nearest_name

BOUNDARIES_FILE = "counties.geojson"
POINTS_FILE = "county_points.csv"
AREA_TOLERANCE = 0.03

# WGS84 ellipsoid
SEMI_MAJOR_AXIS = 6378.137  # km
ECCENTRICITY = 0.0818191908426

Ring = NDArray[np.float64]


@dataclass(frozen=True)
class CountyPoint:
    """Centroid and seat of a county as (longitude, latitude), and its reference area in km2."""

    code: str
    centroid: tuple[float, float]
    seat: tuple[float, float]
    reference_area: float


@cache
def load_county_points(folder: Path = DATA) -> dict[str, CountyPoint]:
    """Centroids and seats by county code, in the order of the county axis.

    Raises ProblemsError for an unknown county, one that stands twice or one that is missing.
    """
    longitude, latitude = number(108, 119), number(20, 33)
    rows = read_table(
        POINTS_FILE,
        {
            "adcode": text,
            "centroid_lon": longitude,
            "centroid_lat": latitude,
            "seat_lon": longitude,
            "seat_lat": latitude,
            "area_km2_ref": number(10, 20000),
        },
        folder=folder,
    )
    points = {
        row["adcode"]: CountyPoint(
            code=row["adcode"],
            centroid=(row["centroid_lon"], row["centroid_lat"]),
            seat=(row["seat_lon"], row["seat_lat"]),
            reference_area=row["area_km2_ref"],
        )
        for row in rows
    }
    return _in_county_order(points, [(row["adcode"], row["line"]) for row in rows], POINTS_FILE)


@cache
def load_boundaries(folder: Path = DATA) -> dict[str, list[Ring]]:
    """Rings by county code, in the order of the county axis: arrays (point, 2), closed, first the outer one.

    A county of several parts has several outer rings; a ring within another one is a hole.
    Raises ProblemsError for a county that is unknown, missing or twice there, a ring that is not closed, and an area
    more than 3 % off the reference area of county_points.csv.
    """
    path = folder / BOUNDARIES_FILE
    if not path.is_file():
        raise ProblemsError([Problem(str(path), 0, "the data file is missing")])
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ProblemsError(
            [Problem(BOUNDARIES_FILE, 0, "the file is no collection of features", str(error))]
        ) from None
    points = load_county_points(folder)
    problems: list[Problem] = []
    rings_of: dict[str, list[Ring]] = {}
    codes = []
    for number_of_feature, feature in enumerate(features, start=1):
        # The first line of the file opens the collection; each feature has a line of its own.
        line = number_of_feature + 1
        code = str(feature["properties"]["adcode"])
        polygons = _polygons(feature["geometry"])
        rings = [np.asarray(ring, dtype=np.float64) for polygon in polygons for ring in polygon]
        codes.append((code, line))
        rings_of[code] = rings
        if any(len(ring) < 4 or not np.array_equal(ring[0], ring[-1]) for ring in rings):
            problems.append(Problem(BOUNDARIES_FILE, line, f"a ring of county {code} is not closed"))
        elif code in points:
            area = sum(
                ring_area(np.asarray(ring)) * (1 if index == 0 else -1)
                for polygon in polygons
                for index, ring in enumerate(polygon)
            )
            reference = points[code].reference_area
            if abs(area - reference) > AREA_TOLERANCE * reference:
                problems.append(
                    Problem(
                        BOUNDARIES_FILE,
                        line,
                        f"area of county {code}",
                        f"{area:.1f} km2",
                        f"{reference:.1f} km2 within {AREA_TOLERANCE:.0%}",
                    )
                )
    if problems:
        raise ProblemsError(problems)
    return _in_county_order(rings_of, codes, BOUNDARIES_FILE)


def ring_area(ring: Ring) -> float:
    """Area in km2 within a ring of (longitude, latitude) in degrees, positive whichever way it runs.

    The points are laid out by the cylindrical equal-area projection of the WGS84 ellipsoid; its only error is that
    edges are straight in the projection.
    """
    x = SEMI_MAJOR_AXIS * np.radians(ring[:, 0] - ring[0, 0])
    sine = np.sin(np.radians(ring[:, 1]))
    e = ECCENTRICITY
    q = (1 - e**2) * (sine / (1 - (e * sine) ** 2) + np.arctanh(e * sine) / e)
    y = SEMI_MAJOR_AXIS * q / 2
    y = y - y[0]
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else list(geometry["coordinates"])


def _in_county_order(found: dict[str, Any], codes: list[tuple[str, int]], file: str) -> dict[str, Any]:
    known = county_codes()
    problems = [
        Problem(file, line, "county", code, "a county code", nearest_name(code, known))
        for code, line in codes
        if code not in known
    ]
    first_line: dict[str, int] = {}
    for code, line in codes:
        if code in first_line:
            problems.append(Problem(file, line, f"county {code} stands twice", f"also on line {first_line[code]}"))
        first_line.setdefault(code, line)
    problems += [Problem(file, 0, f"county {code} is missing") for code in known if code not in found]
    if problems:
        raise ProblemsError(problems)
    return {code: found[code] for code in known}
