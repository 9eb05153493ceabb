"""The network of a run as figures need it: places, lines that stood at its start, projects that opened since."""

from __future__ import annotations

from dataclasses import dataclass

HIGH_SPEED_RAIL, CONVENTIONAL_RAIL, EXPRESSWAY, HIGHWAY = (
    "high_speed_rail",
    "conventional_rail",
    "expressway",
    "highway",
)
MODES = (HIGH_SPEED_RAIL, CONVENTIONAL_RAIL, EXPRESSWAY, HIGHWAY)


@dataclass(frozen=True)
class Place:
    """A node of the network in degrees (WGS84); `hub` for a city outside the zone."""

    name: str
    name_zh: str
    longitude: float
    latitude: float
    hub: bool


@dataclass(frozen=True)
class Line:
    """One link between two places (by key); `opened` is the number of the project that opened it, None if it stood."""

    start: str
    end: str
    mode: str
    opened: int | None


@dataclass(frozen=True)
class OpenedProject:
    """A project that opened in the run: its number on the map, from 1, and the model year."""

    number: int
    name: str
    name_zh: str
    year: float


@dataclass(frozen=True)
class NetworkOfRun:
    """The network at the end of a run; lines that closed are left out."""

    places: dict[str, Place]
    lines: tuple[Line, ...]
    projects: tuple[OpenedProject, ...]
