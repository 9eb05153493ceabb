"""The look of all figures: sizes at print, font, colours, one colour per scenario, captions and stamps.

Figures are made with the object interface of matplotlib and without pyplot, so that drawing keeps no list of open
figures and runs in any thread.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures.font import FAMILY, drawable
from regionsim.figures.look import PAPER_LOOK, TWO_COLUMNS, Look, use
from regionsim.figures.words import in_chinese, joined, say, separated

if TYPE_CHECKING:
    import xarray

PAGE_WIDTH = TWO_COLUMNS
MARGIN = 2.0  # mm

TITLE_SIZE = 9.0  # points
TEXT_SIZE = 7.0
SMALL_SIZE = 6.0
STAMP_SIZE = 6.0

INK = "#1a1a1a"
GREY = "#6e6e6e"
REFERENCE = "#9a9a9a"
GRID = "#e2e2e2"
FRAME = "#8c8c8c"
PAPER = "#ffffff"

# Okabe and Ito (2008), told apart in all common forms of colour blindness; each has its own dashes for print in grey.
PALETTE: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("#000000", ()),
    ("#0072b2", (5.0, 1.6)),
    ("#d55e00", (2.2, 1.2)),
    ("#009e73", (6.0, 1.5, 1.2, 1.5)),
    ("#cc79a7", (1.0, 1.0)),
    ("#e69f00", (8.0, 2.0)),
    ("#56b4e9", (3.5, 1.2, 1.0, 1.2, 1.0, 1.2)),
)
PROVINCES: dict[str, tuple[str, tuple[float, ...]]] = {
    "Hunan": ("#0b4f8a", ()),
    "Jiangxi": ("#e08214", ()),
}
# The places of the scenarios that come with the project, those compared most of different colours; beyond six come the
# same colours with other dashes. Any other name finds its place by its letters.
OWN_SCENARIOS = {
    "base": 0,
    **{"cooperation": 1, "full-cooperation": 1, "as-built": 2, "borderless": 3},
    **{"no-compensation": 4, "no-cooperation": 5, "plan": 6},
    **{"double-compensation": 7, "transport-first": 8, "ecology-first": 9, "services-first": 10},
    **{"industry-first": 11, "low-birth": 12},
    **{"lithium-bust": 13, "railway-delayed": 14, "hindcast": 15},
}
# matplotlib's markers, all about equally large.
SHAPES = ("o", "s", "D", "^", "v", "P", "X")


@dataclass(frozen=True)
class LineStyle:
    """Colour and dashes (lengths on and off in line widths; empty for a solid line)."""

    colour: str
    dashes: tuple[float, ...] = ()


def scenario_styles(names: Sequence[str]) -> dict[str, LineStyle]:
    """A line style for each scenario name, the same for the same name in every figure of every session.

    Two names of one figure that fall on the same colour are told apart by moving the later one (in the order of the
    alphabet) to the next free colour, the project's own scenarios staying where they are; beyond the seven colours
    the dashes change.
    """
    hues = len(PALETTE) - 1  # the first one is kept for the base scenario
    taken: set[int] = set()
    styles = {}
    for name in sorted(set(names), key=lambda name: (name not in OWN_SCENARIOS, name)):
        wanted = OWN_SCENARIOS.get(name, 1 + zlib.crc32(name.encode()) % hues)
        later = range(hues + 1, hues + 1 + len(OWN_SCENARIOS) + len(names))
        slots = [wanted, *(1 + (wanted + k) % hues for k in range(hues)), *later]
        slot = next(slot for slot in slots if slot not in taken)
        taken.add(slot)
        lap, place = divmod(slot - 1, hues) if slot else (0, -1)
        colour, dashes = PALETTE[place + 1]
        styles[name] = LineStyle(colour, (*dashes, *(1.0, 2.5) * lap))
    return styles


def marker_shapes(colours: Sequence[str]) -> list[str]:
    """A shape for the markers of each scenario, in their order; of one colour none has that of another."""
    shapes: list[str] = []
    for place, colour in enumerate(colours):
        first = place % len(SHAPES)
        order = (*SHAPES[first:], *SHAPES[:first])
        taken = {shape for other, shape in zip(colours, shapes, strict=False) if other == colour}
        shapes.append(next((shape for shape in order if shape not in taken), order[0]))
    return shapes


_lock = threading.RLock()
_inside = threading.local()


@contextmanager
def drawing(look: Look | None = None) -> Iterator[None]:
    """Draw with matplotlib's own defaults, whatever the user's settings are, and give the settings back.

    `look` holds for all that is drawn in the block, where it is not said as before: outermost, English on a page of
    183 mm. matplotlib keeps settings in one place for all threads: only one thread draws at a time.
    """
    import matplotlib

    with _lock:
        if getattr(_inside, "drawing", False):
            before = use(look) if look is not None else None
            try:
                yield
            finally:
                if before is not None:
                    use(before)
            return
        ours = {
            name: value
            for name, value in matplotlib.rcParamsDefault.items()
            if not name.startswith(("backend", "interactive", "toolbar"))
        }
        # Type 42 keeps text as text that an editor of a journal can change.
        # SVG has no such embedding: letters as outlines look the same everywhere.
        ours |= {"font.family": [FAMILY], "pdf.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": "regionsim"}
        with matplotlib.rc_context(ours):
            _inside.drawing = True
            before = use(look or PAPER_LOOK)
            try:
                yield
            finally:
                _inside.drawing = False
                use(before)


def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Low, median and high over the members of an ensemble: (member, *) to (3, *).

    Low and high are the 5th and the 95th percentile; of a single run all three are the run itself.
    """
    if values.shape[0] == 1:
        return np.repeat(values, 3, axis=0)
    return np.asarray(np.percentile(values, (5, 50, 95), axis=0))


def scenario_title(dataset: xarray.Dataset) -> str:
    """The title of the scenario in the language of the drawing, its name where there is none that the font can show."""
    name = str(dataset.attrs["scenario"])
    titles = [str(dataset.attrs.get(key, "")) for key in (("title_zh", "title") if in_chinese() else ("title",))]
    shown = next((title for title in titles if drawable(title, "")), "")
    return shown or drawable(name, name.encode("ascii", "replace").decode())


def scenario_titles(datasets: Sequence[xarray.Dataset]) -> str:
    """The titles of several scenarios as a list."""
    return joined([scenario_title(dataset) for dataset in datasets])


def stamp(datasets: Sequence[xarray.Dataset]) -> str:
    """Where a figure comes from, in one line: version, scenarios with their hashes, data and seed."""
    runs = []
    for dataset in datasets:
        identity = str(dataset.attrs.get("scenario_hash", ""))[:12]
        runs.append(f"{dataset.attrs['scenario']} {identity}".strip())
    first = datasets[0].attrs
    parts = [f"regionsim {first.get('version', '')}".strip(), say("scenario {runs}", runs=joined(runs))]
    if first.get("data_hash"):
        parts.append(say("data {hash}", hash=str(first["data_hash"])[:12]))
    if first.get("seed"):
        parts.append(say("seed {seed}", seed=first["seed"]))
    line = separated(parts)
    return drawable(line, line.encode("ascii", "replace").decode())


def period(dataset: xarray.Dataset) -> str:
    """The years of a run in words."""
    return years_in_words(dataset["year"].values)


def years_in_words(years: NDArray[np.int64]) -> str:
    """The first and the last of the years in words."""
    if len(years) == 1:
        return str(int(years[0]))
    return say("{first} to {last}", first=int(years[0]), last=int(years[-1]))


def names_of_counties(dataset: xarray.Dataset) -> dict[str, str]:
    """County names by code in the language of the drawing, in pinyin where the font lacks a character."""
    codes, names = (dataset[key].values.tolist() for key in ("county", "county_name"))
    if in_chinese() and "county_name_zh" in dataset.coords:
        chinese = dataset["county_name_zh"].values.tolist()
        names = chinese if drawable("".join(chinese), "") else names
    return dict(zip(codes, names, strict=True))
