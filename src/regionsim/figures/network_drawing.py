"""The network within the frame of its map: ground, lines, numbers of projects, places and their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import POINTS_PER_MILLIMETRE, text_width
from regionsim.figures.geography import Boundaries, border_between, project, thinned
from regionsim.figures.map_drawing import EDGE, EDGE_WIDTH, SCALE_BAR_KM
from regionsim.figures.network import CONVENTIONAL_RAIL, EXPRESSWAY, HIGH_SPEED_RAIL, HIGHWAY, NetworkOfRun
from regionsim.figures.page import Page
from regionsim.figures.words import in_chinese, say

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

OFFSET = 0.55  # mm between lines of different modes that run beside each other
OPENED, STOOD = "#d55e00", "#8f8f8f"
# Width in points and dashes of each mode.
LOOKS: dict[str, tuple[float, tuple[float, ...]]] = {
    HIGH_SPEED_RAIL: (1.6, ()),
    CONVENTIONAL_RAIL: (1.2, (3.0, 1.0)),
    EXPRESSWAY: (0.8, ()),
    HIGHWAY: (0.6, (1.0, 1.0)),
}
OPENED_IS_WIDER = 0.4
SMALLER = 0.7  # lines of a small map
INSIDE = "#f3f1ea"
HALF_TEXT, HALF_NUMBER = 1.2, 1.7  # mm


@dataclass(frozen=True)
class Frame:
    """The part of the country on a map: west, east, south and north in degrees."""

    west: float
    east: float
    south: float
    north: float

    def box(self) -> tuple[Array, Array]:
        """Its lower left and upper right corner in km."""
        across = np.linspace(self.west, self.east, 9)
        km = project(np.array([[x, y] for x in across for y in (self.south, self.north)]))
        return km.min(axis=0), km.max(axis=0)

    @property
    def shape(self) -> float:
        """How much higher than wide it is."""
        low, high = self.box()
        return float((high[1] - low[1]) / (high[0] - low[0]))


class NetworkDrawing:
    """A network on a page, in a frame with its lower left corner at `corner` (mm) and of a width in mm."""

    def __init__(
        self, page: Page, network: NetworkOfRun, frame: Frame, corner: tuple[float, float], width: float, small: bool
    ) -> None:
        self.page, self.network = page, network
        self.low, high = frame.box()
        self.factor = width / float(high[0] - self.low[0])
        self.corner = np.array(corner)
        self.size = (high - self.low) * self.factor
        self.thickness = SMALLER if small else 1.0
        self.ends = {
            key: self._on_page(np.array([[place.longitude, place.latitude]]))[0]
            for key, place in network.places.items()
        }

    def _on_page(self, degrees: Array) -> Array:
        return np.asarray((project(degrees) - self.low) * self.factor + self.corner)

    def draw_ground(self, dataset: xarray.Dataset, boundaries: Boundaries) -> None:
        """Counties, the provincial border, the frame and a bar of scale."""
        codes = dataset["county"].values.tolist()
        provinces = dict(zip(codes, dataset["province"].values.tolist(), strict=True))
        rings = {code: [thinned(self._on_page(np.asarray(ring)), 0.06) for ring in boundaries[code]] for code in codes}
        everything = [ring for county in rings.values() for ring in county]
        self.page.areas(everything, colours=INSIDE, edge=EDGE, edge_width=EDGE_WIDTH, order=0.5)
        sides = [[rings[code] for code in codes if provinces[code] == name] for name in sorted(set(provinces.values()))]
        if len(sides) == 2:
            self.page.lines(border_between(*sides), width=1.2, order=1.0, round_ends=True)
        (x, y), (wide, high) = self.corner, self.size
        outline = np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]])
        self.page.lines([outline], colour=style.FRAME, width=0.6)
        right, length = x + wide - 4.0, SCALE_BAR_KM * self.factor
        self.page.lines([np.array([[right - length, y + 3.0], [right, y + 3.0]])], width=1.5, order=5)
        self.page.text(
            right - length / 2, y + 4.0, say("{length} km", length=SCALE_BAR_KM), size=style.SMALL_SIZE, ha="center"
        )

    def draw_lines(self) -> list[Array]:
        """What stood in grey, what opened in colour above it, with the numbers of projects, whose places it returns."""
        numbered: dict[int, list[Array]] = {}
        for opened in (False, True):
            for mode, (width, dashes) in LOOKS.items():
                here = [
                    (line, path)
                    for line in self.network.lines
                    if line.mode == mode and (line.opened is not None) == opened
                    for path in [self._within(self._beside(line.start, line.end, mode))]
                    if path is not None
                ]
                self.page.lines(
                    [path for _, path in here],
                    colour=OPENED if opened else STOOD,
                    width=(width + OPENED_IS_WIDER * opened) * self.thickness,
                    dashes=dashes,
                    order=2.0 + 0.5 * opened,
                )
                for line, path in here:
                    if line.opened is not None:
                        numbered.setdefault(line.opened, []).append(path)
        return [self._draw_number(number, paths) for number, paths in numbered.items()]

    def _draw_number(self, number: int, paths: list[Array]) -> Array:
        longest = max(paths, key=lambda path: float(np.hypot(*(path[1] - path[0]))))
        middle = np.asarray(longest.mean(axis=0))
        wide = text_width(str(number), style.SMALL_SIZE) * POINTS_PER_MILLIMETRE
        size = max(7.5 if self.thickness == 1 else 6.5, wide + 2.0)
        self.page.points(middle[None, :], colours=style.PAPER, size=size, edge=OPENED, edge_width=0.6, order=4.5)
        self.page.text(
            *middle, str(number), size=style.SMALL_SIZE, colour=OPENED, ha="center", va="center_baseline", zorder=5
        )
        return middle

    def _beside(self, start: str, end: str, mode: str) -> Array:
        """The straight line from one place to the other, moved aside by its mode."""
        first, last = sorted((self.ends[start], self.ends[end]), key=tuple)  # both directions are moved to one side
        along = (last - first) / max(float(np.hypot(*(last - first))), 1e-9)
        aside = (list(LOOKS).index(mode) - 1.5) * OFFSET * self.thickness * np.array([-along[1], along[0]])
        return np.array([first + aside, last + aside])

    def _within(self, path: Array) -> Array | None:
        """The part of a straight line inside the frame (Liang and Barsky 1984); None where there is none."""
        start, step = path[0], path[1] - path[0]
        low, high = 0.0, 1.0
        for axis in range(2):
            for side, sign in ((self.corner[axis], -1.0), (self.corner[axis] + self.size[axis], 1.0)):
                room, pace = sign * (side - start[axis]), sign * step[axis]
                if pace == 0:
                    if room < 0:
                        return None
                elif pace > 0:
                    high = min(high, room / pace)
                else:
                    low = max(low, room / pace)
        return np.array([start + low * step, start + high * step]) if low < high else None

    def draw_places(self, numbers: list[Array]) -> None:
        """Seats of counties, and cities with their names clear of each other and of the numbers."""
        names = {key: place.name_zh if in_chinese() else place.name for key, place in self.network.places.items()}
        seats = [at for key, at in self.ends.items() if not self.network.places[key].hub]
        cities = {key: at for key, at in self.ends.items() if self.network.places[key].hub}
        inside = {key: at for key, at in cities.items() if self._holds(at)}
        if seats:
            self.page.points(np.array(seats), colours=style.PAPER, size=2.2, edge=style.INK, edge_width=0.5)
        if inside:
            self.page.points(np.array(list(inside.values())), colours=style.INK, shape="s", size=3.6)
        taken = [np.array([*(at - 1.0), *(at + 1.0)]) for at in inside.values()]
        taken += [np.array([*(at - HALF_NUMBER), *(at + HALF_NUMBER)]) for at in numbers]
        for key, at in inside.items():
            x, y, side, box = self._free_place(at, text_width(names[key], style.SMALL_SIZE), taken)
            taken.append(box)
            self.page.text(x, y, names[key], size=style.SMALL_SIZE, ha=side, va="center_baseline", zorder=6)
        for key in cities.keys() - inside.keys():
            self._name_beyond(key, names[key])

    def _holds(self, at: Array) -> bool:
        return bool(np.all(at > self.corner + 0.5) and np.all(at < self.corner + self.size - 0.5))

    def _free_place(self, at: Array, wide: float, taken: list[Array]) -> tuple[float, float, str, Array]:
        """Where a name of this width stands beside a city, away from the middle of the map if that is free.

        Returns its end at the city, the side that it is aligned by, and the box that it takes.
        """
        outward = -1.0 if at[0] < self.corner[0] + self.size[0] / 2 else 1.0
        found = []
        for side in (outward, -outward):
            for rise in (0.0, 2 * HALF_TEXT, -2 * HALF_TEXT):
                x, y = float(at[0] + side * 2.0), float(at[1] + rise)
                ends = sorted((x, x + side * wide))
                box = np.array([ends[0], y - HALF_TEXT, ends[1], y + HALF_TEXT])
                outside = not (self._holds(box[:2]) and self._holds(box[2:]))
                clashes = sum(bool(np.all(box[:2] < other[2:]) and np.all(box[2:] > other[:2])) for other in taken)
                found.append(((outside, clashes), (x, y, "left" if side > 0 else "right", box)))
        return min(found, key=lambda each: each[0])[1]

    def _name_beyond(self, key: str, name: str) -> None:
        """The name of a city outside the frame, where its lines leave it."""
        at = self.ends[key]
        ends = [
            self._within(np.array([self.ends[line.end if line.start == key else line.start], at]))
            for line in self.network.lines
            if key in (line.start, line.end)
        ]
        leaving = [path[1] for path in ends if path is not None]
        if not leaving:
            return
        below = at[1] < self.corner[1]
        y = self.corner[1] - 1.0 if below else self.corner[1] + self.size[1] + 1.0
        x = float(np.mean([end[0] for end in leaving]))
        self.page.text(x, y, name, size=style.SMALL_SIZE, ha="center", va="top" if below else "bottom")
