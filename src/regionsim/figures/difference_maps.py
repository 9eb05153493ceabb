"""Where scenarios change something: maps of each one's difference from the first in the last common year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.differences import remark
from regionsim.figures.font import wrapped
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.map_colours import class_colours, colour_of
from regionsim.figures.map_drawing import SOURCE, draw_legend, draw_map
from regionsim.figures.map_layout import MAP_WIDTH, Layout, map_layout
from regionsim.figures.page import FOOT_LINE, Page, foot_lines
from regionsim.figures.scales import difference_limits, fine_digits, signed_text, tick_digits
from regionsim.results.differences import INDEX_POINTS, PERCENT, Difference, difference, difference_unit
from regionsim.results.indicators import Indicator, find_indicator, indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, LEGEND_HEIGHT = 13.0, 15.0  # mm
TITLE_LINE, ROW_GAP = 3.4, 3.0
MOST_MAPS = 4
SMALL_MAP_WIDTH = 44.0  # so that two rows of maps fit a page
ZERO = style.PAPER


def difference_maps(
    datasets: Sequence[xarray.Dataset],
    indicator: str,
    boundaries: Boundaries | None = None,
    layout: Layout | None = None,
) -> Figure:
    """One map per scenario beyond the first, 183 mm wide, of what the indicator of each county differs by.

    The units are those of `difference_unit`, the year is the last that all shown scenarios have. All maps share
    classes of colour that lie evenly about zero; a county whose difference rounds to zero is white. Two maps stand
    side by side, three or four in two rows of smaller ones; of more than four scenarios the first four are shown
    and the page says so. Of ensembles the median of the differences member by member, of ensembles of unequal size
    or seed the difference of the medians. `layout` (see `difference_layout`) saves measuring the counties again.
    Raises ValueError for fewer than two datasets or no common year.
    """
    if len(datasets) < 2:
        raise ValueError("a difference takes two scenarios")
    chosen = find_indicator(indicator)
    with style.drawing():
        if layout is None:
            layout = difference_layout(datasets, default_boundaries() if boundaries is None else boundaries)
        return _figure(datasets, chosen, layout)


def difference_layout(datasets: Sequence[xarray.Dataset], boundaries: Boundaries) -> Layout:
    """The layout of the maps of so many scenarios."""
    with style.drawing():
        map_width = MAP_WIDTH if len(datasets) <= 3 else SMALL_MAP_WIDTH
        return map_layout(datasets[0], boundaries, map_width=map_width, width=MAP_WIDTH)


def _figure(datasets: Sequence[xarray.Dataset], indicator: Indicator, layout: Layout) -> Figure:
    shown = datasets[1 : 1 + MOST_MAPS]
    first = indicator_array(datasets[0])
    found = [difference(first, indicator_array(dataset), indicator) for dataset in shown]
    years = set.intersection(*(set(each.years.tolist()) for each in found))
    if not years:
        raise ValueError("the scenarios have no year in common")
    year = int(max(years))
    codes = tuple(layout.rings)
    values = []
    largest = 0.0
    for each in found:
        now = each.in_year(year)
        middle = np.median(now.values[:, 0], axis=0)
        values.append({code: float(middle[now.regions.index(code)]) for code in codes})
        largest = max(largest, now.largest_share(codes))
    unit = difference_unit(indicator)
    limits = difference_limits(np.array([list(of_one.values()) for of_one in values]), unit)
    colours = class_colours(indicator, limits)
    digits = fine_digits(limits)
    base = style.scenario_title(datasets[0])
    names = dict(zip(datasets[0]["county"].values.tolist(), datasets[0]["county_name"].values.tolist(), strict=True))
    titles = [wrapped(style.scenario_title(dataset), style.TEXT_SIZE, layout.width - 4.0) for dataset in shown]
    title_height = 2.0 + TITLE_LINE * max(len(lines) for lines in titles)
    columns = 1 if len(shown) == 1 else 2
    rows = -(-len(shown) // columns)
    note = remark(largest)
    notes = [_note(datasets, indicator, found), style.stamp(datasets[: 1 + MOST_MAPS])]
    foot = LEGEND_HEIGHT + FOOT_LINE * len(foot_lines(notes))
    page = Page(
        HEAD + rows * (title_height + layout.height + ROW_GAP) - ROW_GAP + foot,
        title=f"{indicator.label} by county in {year}: difference in {unit}",
        subtitle=f"Against {base}" + (f"; {note}" if note else ""),
        foot=notes,
    )
    left, step = style.MARGIN, page.width - 2 * style.MARGIN - layout.width
    if columns == 1:
        left = (page.width - layout.width) / 2
    for place, (lines, of_one) in enumerate(zip(titles, values, strict=True)):
        row, column = divmod(place, columns)
        x, top = left + column * step, page.height - HEAD - row * (title_height + layout.height + ROW_GAP)
        for k, line in enumerate(lines):
            page.text(x, top - TITLE_LINE * (k + 1), line)
        texts = {code: signed_text(value, digits) for code, value in of_one.items()}
        fills = {
            code: ZERO if texts[code] == "0" else colour_of(value, limits, colours) for code, value in of_one.items()
        }
        draw_map(page, layout, (x, top - title_height - layout.height), fills, texts, names)
    _legend(page, layout, limits, colours, foot - 8.0)
    return page.figure


def _legend(page: Page, layout: Layout, limits: Sequence[float], colours: Sequence[str], low: float) -> None:
    """The classes with the colour of zero in their middle, which is no class of its own."""
    half = len(colours) // 2
    digits = tick_digits(tuple(limits))
    texts = [signed_text(limit, digits) for limit in limits]
    places = [*range(half), half + 0.5, *range(half + 2, len(limits) + 1)]
    boxes = [*colours[:half], ZERO, *colours[half:]]
    draw_legend(page, layout, boxes, [(float(place), text) for place, text in zip(places, texts, strict=True)], low)


def _note(datasets: Sequence[xarray.Dataset], indicator: Indicator, found: Sequence[Difference]) -> str:
    unit = difference_unit(indicator)
    of_what = (
        " of the first scenario"
        if unit == PERCENT
        else f" ({indicator.unit.removeprefix('index, ')})"
        if unit == INDEX_POINTS
        else ""
    )
    parts = [SOURCE, f"Figures on the maps are in {unit}{of_what}; white: rounds to zero."]
    if any(each.values.shape[0] > 1 for each in found):
        parts.append("Median of the differences member by member.")
    if not all(each.paired for each in found):
        parts.append("Difference of the medians where ensembles differ in size or seed.")
    if len(datasets) - 1 > MOST_MAPS:
        left_out = ", ".join(style.scenario_title(dataset) for dataset in datasets[1 + MOST_MAPS :])
        parts.append(f"Not shown, as only {MOST_MAPS} maps fit the page: {left_out}.")
    return " ".join(parts)
