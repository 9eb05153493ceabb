"""Small multiples: one indicator over time in each of the counties, laid out roughly as they lie on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.geography import Boundaries, centre, default_boundaries
from regionsim.figures.look import Look, current
from regionsim.figures.observed_markers import draw_observed, observed_entries, observed_of, own_note
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.scales import (
    Scale,
    choose_scale,
    growth_scale,
    is_amount,
    number_text,
    tick_digits,
    tick_text,
    written_unit,
    year_ticks,
)
from regionsim.figures.words import called, clauses, label, say, sentences
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.observed import Observations, ObservedFigure

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

COLUMNS, COLUMNS_OF_NARROW, COLUMNS_OF_SLIDE = 4, 3, 8
LEFT, RIGHT, GAP = 11.0, 5.0, 8.0  # mm
NARROW_GAP, NARROW_HEIGHT = 3.5, 17.0
PANEL_HEIGHT, TITLE_HEIGHT, HEAD, FOOT = 19.0, 7.0, 18.0, 7.0
REFERENCE_DASHES = (3.0, 1.5)


def county_multiples(
    datasets: Sequence[xarray.Dataset],
    indicator: str,
    boundaries: Boundaries | None = None,
    look: Look | None = None,
    observed: Observations | None = None,
) -> Figure:
    """One small panel per county on shared axes: rows from north to south, in a row from west to east.

    Counties differ tenfold in their amounts (people, land, money): these are drawn as percent of the county's first
    year, so that one scale serves all (no line where a county starts from nothing). Of one dataset the line has the
    colour of the province, the first and the last value stand beside the name in the indicator's unit (where the page
    is wide), and a thin line shows the zone in the same terms. Of several datasets one colour per scenario. Of
    ensembles the median, for one dataset with the band from the 5th to the 95th percentile. `boundaries` (longitude
    and latitude, see `regionsim.place.boundaries`) give the order; by default they are loaded. The reader's own points
    of counties, `observed`, are drawn in the same terms.
    """
    chosen = find_indicator(indicator)
    boundaries = default_boundaries() if boundaries is None else boundaries
    with style.drawing(look):
        return _figure(datasets, chosen, boundaries, observed)


def map_order(codes: Sequence[str], boundaries: Mapping[str, Sequence[NDArray[np.float64]]]) -> list[str]:
    """The codes in rows from north to south, each row from west to east, by the centres of the counties."""
    columns = _columns()
    centres = {code: centre(boundaries[code]) for code in codes}
    southward = sorted(codes, key=lambda code: -centres[code][1])
    rows = [southward[start : start + columns] for start in range(0, len(southward), columns)]
    return [code for row in rows for code in sorted(row, key=lambda code: centres[code][0])]


def _columns() -> int:
    """How many panels stand in a row."""
    return COLUMNS_OF_SLIDE if current().slides else COLUMNS_OF_NARROW if current().narrow else COLUMNS


def _years(years: NDArray[np.int64], width: float) -> tuple[int, ...]:
    """The years that have a tick; the first and the last alone where a panel is narrow."""
    ticks = year_ticks(years)
    return ticks if width >= 9.0 * (len(ticks) - 1) else tuple(dict.fromkeys((ticks[0], ticks[-1])))


def _figure(
    datasets: Sequence[xarray.Dataset], indicator: Indicator, boundaries: Boundaries, own: Observations | None
) -> Figure:
    arrays = [indicator_array(dataset) for dataset in datasets]
    counties = arrays[0]["region"].values[arrays[0]["region_type"].values == "county"].tolist()
    order = map_order(counties, boundaries)
    as_growth = is_amount(indicator)
    spreads = [_spreads(array, indicator, as_growth) for array in arrays]
    longest = max(arrays, key=lambda array: array.sizes["year"])
    years = longest["year"].values
    levels = _spreads(arrays[0], indicator, as_growth=False)
    seen = observed_of(max(datasets, key=lambda each: each.sizes["year"]), indicator, counties, own)
    points = _in_terms_of_panels(seen, levels) if as_growth else seen
    lines = [np.concatenate([spread[code].ravel() for code in counties]) for spread in spreads]
    shown = np.concatenate([*lines, np.array([point.value for point in points])])
    scale = growth_scale(shown) if as_growth else choose_scale(indicator, shown)
    divisor, unit = written_unit(indicator, np.array([levels[code][1] for code in counties]))
    columns, gap = _columns(), GAP if _columns() == COLUMNS else NARROW_GAP
    rows = -(-len(order) // columns)
    one_run = len(datasets) == 1
    with_values = one_run and columns == COLUMNS
    what = say("{what} of the {count} counties", what=label(indicator), count=len(order))
    title = clauses([what, say("{year} = 100", year=int(years[0]))]) if as_growth else what
    shown_scenarios = style.scenario_title(datasets[0]) if one_run else say("{count} scenarios", count=len(datasets))
    subtitle = clauses([shown_scenarios, style.period(longest)])
    looks = style.scenario_styles([str(dataset.attrs["scenario"]) for dataset in datasets])
    key = [*_key(datasets, indicator, looks), *observed_entries([point.quality for point in points])]
    extra = heading_extra(title, subtitle)
    head = HEAD + key_height(key) - KEY_ROW + extra
    unit = unit if with_values else called(indicator.shown_unit)
    own_words = own_note(own, seen, [indicator])
    notes, source = [_note(scale, unit, datasets, as_growth, with_values, own_words)], style.stamp(datasets)
    foot = FOOT + foot_height([*notes, source])
    natural = NARROW_HEIGHT if current().narrow else PANEL_HEIGHT
    row_height = current().row_height(natural + TITLE_HEIGHT, rows, head + foot)
    page = Page(head + rows * row_height + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 14.5 - extra, key)
    provinces = dict(zip(datasets[0]["county"].values.tolist(), datasets[0]["province"].values.tolist(), strict=True))
    names = style.names_of_counties(datasets[0])
    width = (page.width - LEFT - RIGHT - gap * (columns - 1)) / columns
    panels = {}
    for place, code in enumerate(order):
        row, column = divmod(place, columns)
        panels[code] = Panel(
            LEFT + column * (width + gap),
            page.height - head - (row + 1) * row_height,
            width,
            row_height - TITLE_HEIGHT,
            (float(years[0]), float(max(years[-1], years[0] + 1))),
            (scale.low, scale.high),
        )
        _heading(page, panels[code], names[code], indicator, levels[code][1] / divisor if with_values else None)
    _axes(page, list(panels.values()), "" if as_growth else indicator.shown_unit, scale, _years(years, width))
    if one_run:
        _one_run(page, panels, provinces, years, spreads[0], indicator)
    else:
        for k, (dataset, array, spread) in enumerate(zip(datasets, arrays, spreads, strict=True)):
            look = looks[str(dataset.attrs["scenario"])]
            paths = [panel.path(array["year"].values, spread[code][1]) for code, panel in panels.items()]
            page.lines(paths, colour=look.colour, dashes=look.dashes, width=0.9 if k else 1.5, order=3 + k / 100)
    for code, panel in panels.items():
        colour = style.PROVINCES[provinces[code]][0] if one_run else style.INK
        draw_observed(page, panel, [point for point in points if point.region == code], colour)
    return page.figure


def _in_terms_of_panels(
    points: Sequence[ObservedFigure], levels: Mapping[str, NDArray[np.float64]]
) -> list[ObservedFigure]:
    """Amounts as percent of what the run has of the county in its first year; none where it starts from nothing."""
    starts = {point.region: float(levels[point.region][1, 0]) for point in points}
    return [
        replace(point, value=100.0 * point.value / starts[point.region]) for point in points if starts[point.region]
    ]


def _one_run(
    page: Page,
    panels: Mapping[str, Panel],
    provinces: Mapping[str, str],
    years: NDArray[np.int64],
    spreads: Mapping[str, NDArray[np.float64]],
    indicator: Indicator,
) -> None:
    if indicator.unit != "person/year":
        paths = [panel.path(years, spreads["zone"][1]) for panel in panels.values()]
        page.lines(paths, colour=style.REFERENCE, width=0.8, dashes=REFERENCE_DASHES, order=1.5)
    for province, (colour, _) in style.PROVINCES.items():
        inside = {code: panel for code, panel in panels.items() if provinces[code] == province}
        if not all(
            np.allclose(spreads[code][0], spreads[code][2], rtol=1e-9, atol=0, equal_nan=True) for code in inside
        ):
            bands = [panel.band(years, spreads[code][0], spreads[code][2]) for code, panel in inside.items()]
            page.areas(bands, colours=colour, opacity=0.2)
        page.lines([panel.path(years, spreads[code][1]) for code, panel in inside.items()], colour=colour, width=1.3)


def _spreads(array: xarray.Dataset, indicator: Indicator, as_growth: bool) -> dict[str, NDArray[np.float64]]:
    """Low, median and high by year (3, year) of every region: in the shown unit or, as growth, first year = 100."""
    values = array[indicator.name].values * indicator.shown_factor
    if as_growth:
        start = values[:, :1]
        values = np.divide(100.0 * values, start, out=np.full_like(values, np.nan), where=start != 0)
    values = style.spread(values)
    return {code: values[..., k] for k, code in enumerate(array["region"].values.tolist())}


def _heading(page: Page, panel: Panel, name: str, indicator: Indicator, values: NDArray[np.float64] | None) -> None:
    top = panel.y + panel.height + 1.3
    size = style.TEXT_SIZE if text_width(name, style.TEXT_SIZE) < panel.width + 1.0 else style.SMALL_SIZE
    page.text(panel.x, top, name, size=size)
    if values is not None:
        unit = "%" if indicator.shown_unit == "%" else ""
        first, last = (number_text(values[at], indicator, 1) for at in (0, -1))
        text = say("{first} to {last}", first=first, last=last) + unit
        page.text(panel.x + panel.width, top, text, size=style.SMALL_SIZE, colour=style.GREY, ha="right")


def _axes(page: Page, panels: Sequence[Panel], unit: str, scale: Scale, years: Sequence[int]) -> None:
    page.lines([panel.level(tick) for panel in panels for tick in scale.ticks], colour=style.GRID, width=0.4, order=0.5)
    frames = [panel.frame() for panel in panels]
    page.lines([*frames, *(panel.tick(year) for panel in panels for year in years)], colour=style.FRAME, width=0.5)
    digits, columns = tick_digits(scale.ticks), _columns()
    for place, panel in enumerate(panels):
        if place % columns == 0:
            for tick in scale.ticks:
                text = tick_text(tick, unit, digits=digits)
                place_up = float(panel.up(tick))
                page.text(panel.x - 1.0, place_up, text, size=style.SMALL_SIZE, ha="right", va="center_baseline")
        if place + columns >= len(panels):
            for year in years:
                x = float(panel.across(year))
                # Neighbours of narrow panels keep clear of each other.
                ends = {years[0]: "left", years[-1]: "right"} if columns != COLUMNS else {}
                page.text(x, panel.y - 3.4, str(year), size=style.SMALL_SIZE, ha=ends.get(year, "center"))


def _key(datasets: Sequence[xarray.Dataset], indicator: Indicator, looks: Mapping[str, style.LineStyle]) -> list[Entry]:
    if len(datasets) > 1:
        return [
            Entry(
                style.scenario_title(dataset),
                looks[str(dataset.attrs["scenario"])].colour,
                looks[str(dataset.attrs["scenario"])].dashes,
                0.9 if k else 1.5,
            )
            for k, dataset in enumerate(datasets)
        ]
    entries: list[Entry] = [
        Entry(say("County in {province}", province=called(province)), colour, width=1.3)
        for province, (colour, _) in style.PROVINCES.items()
    ]
    if indicator.unit != "person/year":
        entries.append(Entry(say("Zone"), style.REFERENCE, REFERENCE_DASHES, 0.8))
    return entries


def _note(
    scale: Scale, unit: str, datasets: Sequence[xarray.Dataset], as_growth: bool, with_values: bool, own: str
) -> str:
    parts = [say("All panels share their axes.")]
    if scale.low > 0:
        parts.append(say("The vertical axis does not start at zero."))
    if with_values and unit != "%":
        parts.append(say("Figures beside the names: first and last year, {unit}.", unit=unit))
    elif not as_growth and unit != "%":
        parts.append(say("Unit: {unit}.", unit=unit))
    if datasets[0].sizes["member"] > 1:
        parts.append(say("Lines: median of the ensemble."))
        if len(datasets) == 1:
            parts.append(say("Bands: 5th to 95th percentile."))
    return sentences([*parts, own, say("Rows of panels run from north to south, each from west to east.")])
