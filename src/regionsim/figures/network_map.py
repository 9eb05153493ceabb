"""The transport network on a map: lines that stood, lines that a scenario opens, hubs, and what opens when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width, wrapped
from regionsim.figures.geography import Boundaries, border_between, default_boundaries, project, thinned
from regionsim.figures.look import Look, current
from regionsim.figures.map_drawing import EDGE, EDGE_WIDTH, SCALE_BAR_KM, boundaries_note
from regionsim.figures.network import CONVENTIONAL_RAIL, EXPRESSWAY, HIGH_SPEED_RAIL, HIGHWAY, NetworkOfRun
from regionsim.figures.page import Entry, Page, foot_height, heading_extra
from regionsim.figures.words import clauses, in_chinese, say, sentences

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

# West, east, south and north of the frame in degrees: the zone and the hubs about it.
FRAME = (112.35, 116.35, 24.75, 29.95)
HEAD, FOOT, UNDER = 15.0, 4.5, 4.0  # mm; below the frame stand names of places beyond it
MAP_WIDTH, MAP_WIDTH_OF_NARROW = 104.0, 66.0
LINE_HEIGHT, GAP, KEY_WIDTH = 3.0, 5.0, 46.0
OFFSET = 0.55  # mm between lines of different modes that run beside each other
OPENED, STOOD = "#d55e00", "#8f8f8f"
# Width in points and dashes of each mode.
LOOKS: dict[str, tuple[float, tuple[float, ...]]] = {
    HIGH_SPEED_RAIL: (1.6, ()),
    CONVENTIONAL_RAIL: (1.2, (3.0, 1.0)),
    EXPRESSWAY: (0.8, ()),
    HIGHWAY: (0.5, (1.0, 1.0)),
}
INSIDE, OUTSIDE = "#f3f1ea", "#ffffff"


def network_map(
    dataset: xarray.Dataset,
    network: NetworkOfRun,
    boundaries: Boundaries | None = None,
    look: Look | None = None,
) -> Figure:
    """The network at the end of a run: what stood at its start in grey, what opened since in colour with its number.

    A list has number, year and name of each project. Lines are straight between places and stand a little apart where
    modes run beside each other. Hubs beyond the frame are named at its edge.
    """
    boundaries = default_boundaries() if boundaries is None else boundaries
    with style.drawing(look):
        return _Map(dataset, network, boundaries).draw()


class _Map:
    """What is worked out once for a map: the frame in km, its place on the page, and the projection between."""

    def __init__(self, dataset: xarray.Dataset, network: NetworkOfRun, boundaries: Boundaries) -> None:
        self.dataset, self.network, self.boundaries = dataset, network, boundaries
        west, east, south, north = FRAME
        sides = np.array([[x, y] for x in np.linspace(west, east, 9) for y in (south, north)])
        km = project(sides)
        self.low, self.high = km.min(axis=0), km.max(axis=0)
        self.names = {key: place.name_zh if in_chinese() else place.name for key, place in network.places.items()}

    def draw(self) -> Figure:
        look = current()
        years = self.dataset["year"].values
        title = say("Transport network in {year}", year=int(years[-1]))
        subtitle = clauses([style.scenario_title(self.dataset), style.period(self.dataset)])
        notes = [
            sentences(
                [
                    say("Lines are straight between places; openings are those of the scenario."),
                    boundaries_note(),
                ]
            )
        ]
        source = style.stamp([self.dataset])
        extra = heading_extra(title, subtitle)
        head, foot = HEAD + extra - 3.0, FOOT + UNDER + foot_height([*notes, source])
        shape = float((self.high[1] - self.low[1]) / (self.high[0] - self.low[0]))
        natural = (MAP_WIDTH_OF_NARROW if look.narrow else MAP_WIDTH) * shape
        height = look.row_height(natural, 1, head + foot + UNDER)
        width = height / shape
        beside = 0.0 if look.narrow else width + GAP + 3.0 + (KEY_WIDTH if look.slides else 0.0)
        rows = self._rows(look.page_width - 2 * style.MARGIN - beside)
        below = LINE_HEIGHT * len(rows) + 30.0 if look.narrow else 0.0
        page = Page(head + height + foot + UNDER + below, title=title, subtitle=subtitle, notes=notes, source=source)
        self.factor = width / float(self.high[0] - self.low[0])
        left = (page.width - width) / 2 if look.narrow else style.MARGIN + 1.0
        self.corner = np.array([left, foot + below])
        self.size = np.array([width, height])
        self._draw_ground(page)
        self._draw_places(page, self._draw_lines(page))
        x, y = (
            (style.MARGIN, self.corner[1] - UNDER - 5.0)
            if look.narrow
            else (left + width + GAP, page.height - head - 4)
        )
        below_key = self._draw_key(page, x, y)
        if look.slides:  # the list stands beside the key
            self._draw_list(page, x + KEY_WIDTH, y + 1.0, rows)
        else:
            self._draw_list(page, x, below_key - 2.0, rows)
        return page.figure

    def _place(self, longitude: float, latitude: float) -> Array:
        """A place on the page, mm."""
        (km,) = project(np.array([[longitude, latitude]]))
        return np.asarray((km - self.low) * self.factor + self.corner)

    def _draw_ground(self, page: Page) -> None:
        codes = self.dataset["county"].values.tolist()
        provinces = dict(zip(codes, self.dataset["province"].values.tolist(), strict=True))
        rings = {
            code: [
                thinned((project(np.asarray(ring)) - self.low) * self.factor + self.corner, 0.06)
                for ring in self.boundaries[code]
            ]
            for code in codes
        }
        page.areas(
            [ring for county in rings.values() for ring in county],
            colours=INSIDE, edge=EDGE, edge_width=EDGE_WIDTH, order=0.5,
        )  # fmt: skip
        groups = [
            [rings[code] for code in codes if provinces[code] == province]
            for province in sorted(set(provinces.values()))
        ]
        if len(groups) == 2:
            page.lines(border_between(*groups), colour=style.INK, width=1.2, order=1.0, round_ends=True)
        (x, y), (wide, high) = self.corner, self.size
        page.lines(
            [np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]])],
            colour=style.FRAME,
            width=0.6,
        )
        start = np.array([x + wide - 4.0 - SCALE_BAR_KM * self.factor, y + 3.0])
        end = np.array([x + wide - 4.0, y + 3.0])
        page.lines([np.array([start, end])], width=1.5, order=5)
        page.text((start[0] + end[0]) / 2, y + 4.0, f"{SCALE_BAR_KM} km", size=style.SMALL_SIZE, ha="center")

    def _draw_lines(self, page: Page) -> list[Array]:
        """All lines; returns the places of the numbers of projects."""
        places = self.network.places
        ends = {key: self._place(place.longitude, place.latitude) for key, place in places.items()}
        numbered: dict[int, list[Array]] = {}
        for opened in (False, True):
            for mode, (width, dashes) in LOOKS.items():
                paths = []
                for line in self.network.lines:
                    if line.mode != mode or (line.opened is not None) != opened:
                        continue
                    path = self._within(self._beside(ends[line.start], ends[line.end], mode))
                    if path is None:
                        continue
                    paths.append(path)
                    if line.opened is not None:
                        numbered.setdefault(line.opened, []).append(path)
                page.lines(
                    paths, colour=OPENED if opened else STOOD, width=width + (0.4 if opened else 0.0), dashes=dashes,
                    order=2.5 if opened else 2.0,
                )  # fmt: skip
        numbers = []
        for number, paths in numbered.items():
            longest = max(paths, key=lambda path: float(np.hypot(*(path[1] - path[0]))))
            x, y = longest.mean(axis=0)
            numbers.append(np.array([x, y]))
            page.points(np.array([[x, y]]), colours=style.PAPER, size=7.5, edge=OPENED, edge_width=0.6, order=4.5)
            page.text(
                x, y, str(number), size=style.SMALL_SIZE, colour=OPENED, ha="center", va="center_baseline", zorder=5
            )

        return numbers

    @staticmethod
    def _beside(start: Array, end: Array, mode: str) -> Array:
        """The straight line from one place to the other, moved aside by its mode."""
        if tuple(start) > tuple(end):  # both directions of a pair are moved to the same side
            start, end = end, start
        along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
        aside = (list(LOOKS).index(mode) - 1.5) * OFFSET * np.array([-along[1], along[0]])
        return np.array([start + aside, end + aside])

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

    def _draw_places(self, page: Page, numbers: list[Array]) -> None:
        ends = {key: self._place(place.longitude, place.latitude) for key, place in self.network.places.items()}
        seats = [at for key, at in ends.items() if not self.network.places[key].hub]
        cities = {key: at for key, at in ends.items() if self.network.places[key].hub and self._holds(at)}
        if seats:
            page.points(np.array(seats), colours=style.PAPER, size=2.2, edge=style.INK, edge_width=0.5, order=4)
        if cities:
            page.points(np.array(list(cities.values())), colours=style.INK, shape="s", size=3.6, order=4)
        taken = [np.array([*(at - 1.0), *(at + 1.0)]) for at in (*cities.values(), *numbers)]
        for key, at in cities.items():
            x, y, side, box = self._free_place(at, self.names[key], taken)
            taken.append(box)
            page.text(x, y, self.names[key], size=style.SMALL_SIZE, ha=side, va="center_baseline", zorder=6)
        for key, at in ends.items():
            if self.network.places[key].hub and key not in cities:
                self._name_beyond(page, key, at)

    def _holds(self, at: Array) -> bool:
        return bool(np.all(at > self.corner + 0.5) and np.all(at < self.corner + self.size - 0.5))

    def _free_place(self, at: Array, name: str, taken: list[Array]) -> tuple[float, float, str, Array]:
        """Where a city's name stands, away from the middle of the map if that is free, and the box that it takes."""
        wide = text_width(name, style.SMALL_SIZE)
        outward = -1.0 if at[0] < self.corner[0] + self.size[0] / 2 else 1.0
        found = []
        for side in (outward, -outward):
            for rise in (0.0, 2.4, -2.4):
                x, y = at[0] + side * 2.0, at[1] + rise
                box = np.array([min(x, x + side * wide), y - 1.2, max(x, x + side * wide), y + 1.2])
                outside = not (self._holds(box[:2]) and self._holds(box[2:]))
                clashes = sum(bool(np.all(box[:2] < other[2:]) and np.all(box[2:] > other[:2])) for other in taken)
                found.append(((outside, clashes), float(x), float(y), "left" if side > 0 else "right", box))
        _, x, y, side_of_text, box = min(found, key=lambda each: each[0])
        return x, y, side_of_text, box

    def _name_beyond(self, page: Page, key: str, at: Array) -> None:
        """The name of a hub outside the frame, where the nearest of its lines leaves it."""
        ends = [
            self._within(np.array([self._place(other.longitude, other.latitude), at]))
            for line in self.network.lines
            if key in (line.start, line.end)
            for other in [self.network.places[line.end if line.start == key else line.start]]
        ]
        leaving = [path[1] for path in ends if path is not None]
        if not leaving:
            return
        x = float(np.mean([end[0] for end in leaving]))
        below = at[1] < self.corner[1]
        y = self.corner[1] - 1.0 if below else self.corner[1] + self.size[1] + 1.0
        page.text(x, y, self.names[key], size=style.SMALL_SIZE, ha="center", va="top" if below else "bottom")

    def _rows(self, room: float) -> list[tuple[str, str]]:
        """Number and text of each line of the list, long names broken."""
        rows: list[tuple[str, str]] = []
        for each in self.network.projects:
            text = clauses([f"{each.year:g}", each.name_zh if in_chinese() else each.name])
            lines = wrapped(text, style.SMALL_SIZE, room - 6.0)
            rows += [(str(each.number) if k == 0 else "", line) for k, line in enumerate(lines)]
        return rows

    def _draw_key(self, page: Page, x: float, y: float) -> float:
        """What lines and markers mean; returns the height below."""
        names = {
            HIGH_SPEED_RAIL: say("High-speed railway"),
            CONVENTIONAL_RAIL: say("Railway"),
            EXPRESSWAY: say("Expressway"),
            HIGHWAY: say("Highway"),
        }
        entries = [Entry(name, STOOD, LOOKS[mode][1], LOOKS[mode][0]) for mode, name in names.items()]
        entries += [
            Entry(say("Opened in the run"), OPENED, width=1.6),
            Entry(say("Provincial border"), style.INK, width=1.2),
            Entry(say("County seat"), style.INK, width=2.2, shape="o", fill=style.PAPER),
            Entry(say("City outside the zone"), style.INK, width=3.6, shape="s", fill=style.INK),
        ]
        columns = 2 if current().narrow else 1
        step = (page.width - 2 * style.MARGIN) / columns
        for k, entry in enumerate(entries):
            page.key(x + (k % columns) * step, y - 3.8 * (k // columns), [entry])
        return y - 3.8 * -(-len(entries) // columns)

    def _draw_list(self, page: Page, x: float, y: float, rows: list[tuple[str, str]]) -> None:
        page.text(x, y - 1.0, say("Opened projects") if rows else say("No project opens."))
        for k, (number, text) in enumerate(rows):
            page.text(x + 2.2, y - 5.0 - LINE_HEIGHT * k, number, size=style.SMALL_SIZE, colour=OPENED, ha="right")
            page.text(x + 4.0, y - 5.0 - LINE_HEIGHT * k, text, size=style.SMALL_SIZE)
