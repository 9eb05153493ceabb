"""Geometry of the maps: equal-area projection, provincial border, places for names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Rings = Sequence[NDArray[np.float64]]  # each (point, 2); the last point repeats the first
Boundaries = Mapping[str, Rings]

EARTH_RADIUS_KM = 6371.007  # sphere of the area of the WGS84 ellipsoid
STANDARD_PARALLELS = (25.5, 28.5)
CENTRAL_MERIDIAN = 114.0
ORIGIN_LATITUDE = 27.0


def default_boundaries() -> Boundaries:
    """The boundaries of the 24 counties, rings of longitude and latitude (WGS84) by six-digit code."""
    from regionsim.place.boundaries import load_boundaries

    boundaries: Boundaries = load_boundaries()
    return boundaries


def project(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude (point, 2) to km (point, 2): Albers' equal-area conic projection of the sphere.

    Areas are true; within the zone lengths are true to 0.05 % (Snyder 1987, Map Projections, equations 14-1 to 14-6).
    """
    longitude, latitude = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    first, second = np.radians(STANDARD_PARALLELS)
    cone = (np.sin(first) + np.sin(second)) / 2
    constant = np.cos(first) ** 2 + 2 * cone * np.sin(first)
    radius = EARTH_RADIUS_KM * np.sqrt(constant - 2 * cone * np.sin(latitude)) / cone
    origin = EARTH_RADIUS_KM * np.sqrt(constant - 2 * cone * np.sin(np.radians(ORIGIN_LATITUDE))) / cone
    angle = cone * (longitude - np.radians(CENTRAL_MERIDIAN))
    return np.column_stack([radius * np.sin(angle), origin - radius * np.cos(angle)])


def signed_area(ring: NDArray[np.float64]) -> float:
    """The area within a ring, positive where it runs against the clock."""
    x, y = (ring - ring[0]).T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def centre(rings: Rings) -> tuple[float, float]:
    """The centre of gravity of the largest ring, in the ring's units."""
    ring = max(rings, key=lambda ring: abs(signed_area(ring)))
    x, y = (ring - ring[0]).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    scale = 3 * cross.sum()
    return (
        float(ring[0, 0] + np.sum((x + np.roll(x, -1)) * cross) / scale),
        float(ring[0, 1] + np.sum((y + np.roll(y, -1)) * cross) / scale),
    )


def thinned(ring: NDArray[np.float64], grid: float) -> NDArray[np.float64]:
    """The ring on a grid of the given width without points that fall together.

    Neighbours keep their common border, since both sides snap to the same grid.
    """
    snapped = np.round(ring / grid) * grid
    moved = np.any(np.diff(snapped, axis=0) != 0, axis=1)
    return np.asarray(snapped[np.concatenate([[True], moved])])


def border_between(first: Sequence[Rings], second: Sequence[Rings]) -> list[NDArray[np.float64]]:
    """The polylines along which counties of two groups touch: the edges that both groups have.

    Borders must match vertex by vertex; each polyline has the shape (point, 2).
    """
    edges: set[tuple[tuple[float, ...], tuple[float, ...]]] = set()
    for rings in second:
        for ring in rings:
            points = [tuple(point) for point in ring.tolist()]
            edges.update(pairwise(points))
            edges.update(pairwise(reversed(points)))  # the other side runs the other way
    lines = []
    for rings in first:
        for ring in rings:
            points = [tuple(point) for point in ring.tolist()]
            run = [points[0]]
            for start, end in pairwise(points):
                if (start, end) in edges:
                    run.append(end)
                    continue
                if len(run) > 1:
                    lines.append(np.array(run))
                run = [end]
            if len(run) > 1:
                lines.append(np.array(run))
    return lines


def outer_rings(rings: Rings) -> list[NDArray[np.float64]]:
    """The rings without holes: the largest and those that lie outside it. What fills a hole is drawn over it."""
    from matplotlib.path import Path

    largest = max(rings, key=lambda ring: abs(signed_area(ring)))
    within = Path(largest)
    return [ring for ring in rings if ring is largest or not within.contains_point(ring.mean(axis=0))]


def place_inside(rings: Rings, width: float, height: float) -> tuple[float, float, float]:
    """Where a box of the given size lies best inside the largest ring: its middle, and how well it fits.

    The third value is the largest factor by which the box could grow and still hold no boundary point, searched on
    a grid of 24 by 24; below 1 the box does not fit.
    """
    from matplotlib.path import Path

    ring = max(rings, key=lambda ring: abs(signed_area(ring)))
    candidates = _grid(ring.min(axis=0), ring.max(axis=0), 24)
    candidates = candidates[Path(ring).contains_points(candidates)]
    if not len(candidates):
        return (*centre(rings), 0.0)
    room = _room(candidates, ring, width, height)
    best = int(room.argmax())
    return float(candidates[best, 0]), float(candidates[best, 1]), float(room[best])


def place_outside(
    rings: Rings,
    width: float,
    height: float,
    near: tuple[float, float],
    page: tuple[float, float],
    obstacles: NDArray[np.float64] | None = None,
) -> tuple[float, float] | None:
    """The middle of the place for a box outside all rings, on a page from (0, 0), that is nearest to a point.

    `obstacles` are further points (point, 2) to keep out of the box. None where no place on a grid of 40 by 40 is
    free.
    """
    from matplotlib.path import Path

    if width > page[0] or height > page[1]:
        return None
    margin = np.array([width, height]) / 2
    candidates = _grid(margin, np.array(page) - margin, 40)
    for ring in rings:
        candidates = candidates[~Path(ring).contains_points(candidates)]
    points = np.concatenate(rings if obstacles is None else [*rings, obstacles])
    candidates = candidates[_room(candidates, points, width, height) >= 1]
    if not len(candidates):
        return None
    best = int(np.hypot(*(candidates - near).T).argmin())
    return float(candidates[best, 0]), float(candidates[best, 1])


def _grid(low: NDArray[np.float64], high: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    steps = (np.arange(count) + 0.5) / count
    across, up = np.meshgrid(low[0] + steps * (high[0] - low[0]), low[1] + steps * (high[1] - low[1]))
    return np.column_stack([across.ravel(), up.ravel()])


def _room(
    candidates: NDArray[np.float64], points: NDArray[np.float64], width: float, height: float
) -> NDArray[np.float64]:
    """By which factor a box about each candidate can grow until it holds a point."""
    room = np.full(len(candidates), np.inf)
    for start in range(0, len(points), 256):  # keeps the table of all pairs small
        block = points[start : start + 256]
        across = np.abs(candidates[:, None, 0] - block[None, :, 0]) / (width / 2)
        up = np.abs(candidates[:, None, 1] - block[None, :, 1]) / (height / 2)
        room = np.minimum(room, np.maximum(across, up).min(axis=1))
    return room
