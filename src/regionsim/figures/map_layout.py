"""The zone drawn to size: where its counties, names and lists stand on a map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.geography import (
    Boundaries,
    border_between,
    outer_rings,
    place_inside,
    place_outside,
    project,
    thinned,
)
from regionsim.figures.look import SLIDE_HEIGHT, current
from regionsim.figures.words import called

if TYPE_CHECKING:
    import xarray

MAP_WIDTH = 87.0  # mm
THINNING = 0.06  # mm, below what print shows
THINNING_FOR_LABELS = 0.9
LABEL_HEIGHT, LINE_HEIGHT = 5.0, 2.9  # name and value; one line of the list of counties that bear a letter
SPACE_AT_LEFT = 0.75  # of what the layout is wider than the map; the rest is for the name of the eastern province
SMALL_MAP_WIDTH = 42.0  # two of them stand side by side in one column, without names
HEIGHT_OF_WIDTH = 2.17  # how much higher than wide the zone is, about
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Layout:
    """The zone drawn to size, in mm from the lower left corner of a map.

    `rings` by county without holes; `border` between the provinces; `labels` the middle of each county's label;
    `letters` for the counties that are too small for their names, and where the list of these names stands (its
    upper left corner); `provinces` the middle of each province's name.
    """

    width: float
    height: float
    millimetres_per_km: float
    rings: dict[str, list[NDArray[np.float64]]]
    border: list[NDArray[np.float64]]
    labels: dict[str, tuple[float, float]]
    letters: dict[str, str]
    list_place: tuple[float, float]
    provinces: dict[str, tuple[float, float]]


def map_layout(
    dataset: xarray.Dataset,
    boundaries: Boundaries,
    *,
    map_width: float = MAP_WIDTH,
    width: float | None = None,
    named: bool = True,
) -> Layout:
    """Project the counties of the dataset, scale them to `map_width` and find places for their names.

    The layout may be wider than the map (`width`, in mm): the list of names then has room at the left of the map.
    A map that is too small for names is not `named`.
    """
    width = map_width if width is None else width
    codes = dataset["county"].values.tolist()
    names = style.names_of_counties(dataset)
    provinces = dict(zip(codes, dataset["province"].values.tolist(), strict=True))
    projected = {code: [project(np.asarray(ring)) for ring in boundaries[code]] for code in codes}
    everything = np.concatenate([ring for rings in projected.values() for ring in rings])
    low, high = everything.min(axis=0), everything.max(axis=0)
    factor = map_width / float(high[0] - low[0])
    low[0] -= SPACE_AT_LEFT * (width - map_width) / factor
    rings = {code: [thinned((ring - low) * factor, THINNING) for ring in county] for code, county in projected.items()}
    groups = [
        [rings[code] for code in codes if provinces[code] == province] for province in sorted(set(provinces.values()))
    ]
    border = border_between(*groups) if len(groups) == 2 else []
    outer = {code: outer_rings(county) for code, county in rings.items()}
    size = (width, float(high[1] - low[1]) * factor)
    if not named:
        return Layout(*size, factor, outer, border, {}, {}, (0.0, 0.0), {})
    coarse = {code: [thinned(ring, THINNING_FOR_LABELS) for ring in county] for code, county in outer.items()}
    labels, letters = _labels(coarse, names)
    all_rings = [ring for county in coarse.values() for ring in county]
    place = np.mean([labels[code] for code in letters], axis=0) if letters else np.zeros(2)
    if width > map_width:
        place[0] = 0.0
    wide = max((text_width(f"m  {names[code]}  +0.0012", style.SMALL_SIZE) for code in letters), default=1.0)
    tall = LINE_HEIGHT * max(len(letters), 1)
    middle = place_outside(all_rings, wide + 2.0, tall + 2.0, (float(place[0]), float(place[1])), size)
    list_place = (0.0, tall) if middle is None else (middle[0] - wide / 2, middle[1] + tall / 2)
    # Points closer than a letter, so that no name fits between them.
    across, up = (np.linspace(-0.5, 0.5, 2 + int(length / 2.0)) * length for length in (wide, tall))
    taken = np.column_stack([axis.ravel() for axis in np.meshgrid(across, up)])
    taken += (list_place[0] + wide / 2, list_place[1] - tall / 2)
    centres = {}
    for province in sorted(set(provinces.values())):
        inside = np.mean([labels[code] for code in codes if provinces[code] == province], axis=0)
        room = (text_width(called(province), style.TITLE_SIZE) + 3.0, 5.0)
        found = place_outside(all_rings, *room, (float(inside[0]), float(inside[1])), size, taken)
        if found is None:
            continue
        nearest = min(codes, key=lambda code: math.dist(labels[code], found))
        if provinces[nearest] == province:  # beside the other's counties it would mislead
            centres[province] = found
    return Layout(*size, factor, outer, border, labels, letters, list_place, centres)


def page_layout(dataset: xarray.Dataset, boundaries: Boundaries, rest: float) -> Layout:
    """The layout of two maps side by side: with names where the page is wide, as high as a slide leaves of `rest`."""
    look = current()
    if look.slides:
        return map_layout(dataset, boundaries, map_width=(SLIDE_HEIGHT - rest) / HEIGHT_OF_WIDTH, named=False)
    if look.narrow:
        return map_layout(dataset, boundaries, map_width=SMALL_MAP_WIDTH, named=False)
    return map_layout(dataset, boundaries)


def _labels(
    rings: Mapping[str, Sequence[NDArray[np.float64]]], names: Mapping[str, str]
) -> tuple[dict[str, tuple[float, float]], dict[str, str]]:
    """The middle of each county's label and, from north to south, the letters of those too small for their name."""
    labels = {}
    too_small = []
    for code, county in rings.items():
        x, y, room = place_inside(county, text_width(names[code], style.SMALL_SIZE) + 1.8, LABEL_HEIGHT)
        if room < 0.95:
            too_small.append(code)
            x, y, _ = place_inside(county, 2.6, LINE_HEIGHT)
        labels[code] = (x, y)
    too_small.sort(key=lambda code: -labels[code][1])
    return labels, dict(zip(too_small, LETTERS, strict=False))
