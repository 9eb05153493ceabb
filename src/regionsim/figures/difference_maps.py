"""Where scenarios change something: maps of each one's difference from the first in the last common year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.differences import remark
from regionsim.figures.font import wrapped
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.look import SLIDE_HEIGHT, Look, current
from regionsim.figures.map_colours import class_colours, colour_of
from regionsim.figures.map_drawing import LEGEND_ROW, boundaries_note, draw_legend, draw_map, legend_rows, unnamed_note
from regionsim.figures.map_layout import HEIGHT_OF_WIDTH, MAP_WIDTH, SMALL_MAP_WIDTH, Layout, map_layout
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.scales import difference_limits, fine_digits, signed_text, tick_digits
from regionsim.figures.words import called, clauses, label, say, sentences
from regionsim.results.differences import INDEX_POINTS, PERCENT, Difference, difference, difference_unit
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, LEGEND_HEIGHT = 13.0, 14.0  # mm
TITLE_LINE, ROW_GAP = 3.4, 3.0
MOST_MAPS = 4
MIDDLE_MAP_WIDTH = 44.0  # so that two rows of maps with names fit a page
SLIDE_REST = HEAD + LEGEND_HEIGHT + 2.0 + 2 * TITLE_LINE + 6.0
FURTHEST = 60.0  # mm from one map of a slide to the next
ZERO = style.PAPER


def difference_maps(
    datasets: Sequence[xarray.Dataset],
    indicator: str,
    boundaries: Boundaries | None = None,
    layout: Layout | None = None,
    look: Look | None = None,
) -> Figure:
    """One map per scenario beyond the first, of what the indicator of each county differs by.

    The units are those of `difference_unit`, the year is the last that all shown scenarios have. All maps share
    classes of colour that lie evenly about zero; a county whose difference rounds to zero is white. Two maps stand
    side by side, three or four in two rows of smaller ones (on a slide in one, and as in one column without names);
    of more than four scenarios the first four are shown
    and the page says so. Of ensembles the median of the differences member by member, of ensembles of unequal size
    or seed the difference of the medians. `layout` (see `difference_layout`) saves measuring the counties again.
    Raises ValueError for fewer than two datasets or no common year.
    """
    if len(datasets) < 2:
        raise ValueError("a difference takes two scenarios")
    chosen = find_indicator(indicator)
    with style.drawing(look):
        if layout is None:
            layout = difference_layout(datasets, default_boundaries() if boundaries is None else boundaries)
        return _figure(datasets, chosen, layout)


def difference_layout(datasets: Sequence[xarray.Dataset], boundaries: Boundaries) -> Layout:
    """The layout of the maps of so many scenarios in the look of the drawing."""
    with style.drawing():
        if current().slides:
            map_width = (SLIDE_HEIGHT - SLIDE_REST) / HEIGHT_OF_WIDTH
            return map_layout(datasets[0], boundaries, map_width=map_width, named=False)
        if current().narrow:
            return map_layout(datasets[0], boundaries, map_width=SMALL_MAP_WIDTH, named=False)
        map_width = MAP_WIDTH if len(datasets) <= 3 else MIDDLE_MAP_WIDTH
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
    names = style.names_of_counties(datasets[0])
    columns = min(len(shown), MOST_MAPS if current().slides else 2)
    left, step = style.MARGIN, 0.0
    width = current().page_width - 2 * style.MARGIN
    if columns == 1:
        left = (width - layout.width) / 2 + style.MARGIN
    else:
        step = (width - layout.width) / (columns - 1)
        if current().slides:  # two small maps would stand at the ends of the slide
            step = min(step, FURTHEST)
            left += (width - layout.width - step * (columns - 1)) / 2
    title_width = layout.width if columns == 1 else step
    titles = [wrapped(style.scenario_title(dataset), style.TEXT_SIZE, title_width - 4.0) for dataset in shown]
    title_height = 2.0 + TITLE_LINE * max(len(lines) for lines in titles)
    rows = -(-len(shown) // columns)
    note = remark(largest)
    notes, source = [_note(datasets, indicator, found, bool(layout.labels))], style.stamp(datasets[: 1 + MOST_MAPS])
    title = say("{what} by county in {year}: difference in {unit}", what=label(indicator), year=year, unit=called(unit))
    against = say("Against {scenario}", scenario=style.scenario_title(datasets[0]))
    subtitle = clauses([against, note] if note else [against])
    head = HEAD + heading_extra(title, subtitle)
    foot = LEGEND_HEIGHT + LEGEND_ROW * (legend_rows() - 1) + foot_height([*notes, source])
    page = Page(
        head + rows * (title_height + layout.height + ROW_GAP) - ROW_GAP + foot,
        title=title,
        subtitle=subtitle,
        notes=notes,
        source=source,
    )
    for place, (lines, of_one) in enumerate(zip(titles, values, strict=True)):
        row, column = divmod(place, columns)
        x, top = left + column * step, page.height - head - row * (title_height + layout.height + ROW_GAP)
        for k, line in enumerate(lines):
            page.text(x, top - TITLE_LINE * (k + 1), line)
        texts = {code: signed_text(value, digits) for code, value in of_one.items()}
        fills = {
            code: ZERO if texts[code] == "0" else colour_of(value, limits, colours) for code, value in of_one.items()
        }
        draw_map(page, layout, (x, top - title_height - layout.height), fills, texts, names)
    _legend(page, layout, limits, colours, foot_height([*notes, source]) + 5.0)
    return page.figure


def _legend(page: Page, layout: Layout, limits: Sequence[float], colours: Sequence[str], low: float) -> None:
    """The classes with the colour of zero in their middle, which is no class of its own."""
    half = len(colours) // 2
    digits = tick_digits(tuple(limits))
    texts = [signed_text(limit, digits) for limit in limits]
    places = [*range(half), half + 0.5, *range(half + 2, len(limits) + 1)]
    boxes = [*colours[:half], ZERO, *colours[half:]]
    draw_legend(page, layout, boxes, [(float(place), text) for place, text in zip(places, texts, strict=True)], low)


def _note(datasets: Sequence[xarray.Dataset], indicator: Indicator, found: Sequence[Difference], is_named: bool) -> str:
    unit = difference_unit(indicator)
    parts = [boundaries_note()] if is_named else [boundaries_note(), unnamed_note()]
    if unit == PERCENT:
        parts.append(say("Differences in percent of the first scenario; white: rounds to zero."))
    else:
        unit = indicator.unit if unit == INDEX_POINTS else unit
        parts.append(say("Differences in {unit}; white: rounds to zero.", unit=called(unit)))
    if any(each.values.shape[0] > 1 for each in found):
        parts.append(say("Median of the differences member by member."))
    if not all(each.paired for each in found):
        parts.append(say("Difference of the medians where ensembles differ in size or seed."))
    if len(datasets) - 1 > MOST_MAPS:
        parts.append(
            say(
                "Not shown, as only {count} maps fit the page: {scenarios}.",
                count=MOST_MAPS,
                scenarios=style.scenario_titles(datasets[1 + MOST_MAPS :]),
            )
        )
    return sentences(parts)
