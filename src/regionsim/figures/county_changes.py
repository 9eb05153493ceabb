"""From the first year to the last, county by county: a dot for each, joined by a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import wrapped
from regionsim.figures.look import Look, current
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.panel_axes import draw_values_across, row_name
from regionsim.figures.scales import Scale, ends, is_amount, round_logarithmic, round_scale, tick_digits, tick_text
from regionsim.figures.words import called, enumeration, label, say, sentences, with_unit, within_text
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

SHOWN = ("urbanization_rate", "forest_cover", "output_per_person")
LEFT, RIGHT, GAP = 20.0, 7.0, 10.0  # mm
HEAD, FOOT, HEADING, ROW = 17.0, 4.5, 6.0, 3.5
ROW_OF_NARROW = 2.9
MOST_OF_NARROW = 2
HEADING_LINE = 3.2
BETWEEN = 6.0  # panels of a narrow page, which stand below each other
PROVINCE_ROW = 1.0  # rows above the counties of a province, for its name
MOST_SPREAD = 10.0  # amounts that differ by more are drawn on a logarithmic scale
SIZE = 3.2  # points


@dataclass(frozen=True)
class _Values:
    """First year (county,) and last year (scenario, county) of an indicator, in its shown unit."""

    indicator: Indicator
    first: Array
    last: Array


def county_changes(
    datasets: Sequence[xarray.Dataset], indicators: Sequence[str] = SHOWN, look: Look | None = None
) -> Figure:
    """A dumbbell for each county: the first year as a ring, the last year of each scenario as a dot of its colour.

    Counties stand by province, the highest last year of the first indicator above. Amounts that differ more than
    tenfold have a logarithmic scale. Of ensembles medians. One panel for each indicator, beside each other; a narrow
    page has room for the first two, below each other.
    """
    chosen = [find_indicator(name) for name in indicators]
    with style.drawing(look):
        return _figure(datasets, chosen[:MOST_OF_NARROW] if current().narrow else chosen)


def _figure(datasets: Sequence[xarray.Dataset], indicators: Sequence[Indicator]) -> Figure:
    arrays = [indicator_array(dataset) for dataset in datasets]
    year = min(int(array["year"].values[-1]) for array in arrays)
    start = int(arrays[0]["year"].values[0])
    codes = datasets[0]["county"].values.tolist()
    values = [_values(arrays, indicator, codes, start, year) for indicator in indicators]
    rows = _rows(datasets[0], values[0].last[0])
    names = style.names_of_counties(datasets[0])
    looks = style.scenario_styles([str(dataset.attrs["scenario"]) for dataset in datasets])
    colours = [looks[str(dataset.attrs["scenario"])].colour for dataset in datasets]
    entries = [Entry(str(start), style.INK, width=SIZE, shape="o", fill=style.PAPER)]
    entries += [
        Entry(
            say("{year}: {scenario}", year=year, scenario=style.scenario_title(dataset)),
            colour,
            width=SIZE,
            shape=shape,
            fill=colour,
        )
        for dataset, colour, shape in zip(datasets, colours, style.marker_shapes(colours), strict=True)
    ]
    title = say("{what}: counties in {first} and {last}", what=_what(indicators), first=start, last=year)
    subtitle = style.scenario_titles(datasets)
    note = [say("Counties by province, in the order of {what}.", what=within_text(indicators[0]))]
    if any(_logarithmic(each) for each in values):
        note.append(say("Amounts that differ more than tenfold: logarithmic scale."))
    if max(dataset.sizes["member"] for dataset in datasets) > 1:
        note.append(say("Median of the ensemble."))
    notes, source = [sentences(note)], style.stamp(datasets)
    extra = heading_extra(title, subtitle)
    head = HEAD + key_height(entries) - KEY_ROW + extra + HEADING + (HEADING_LINE if current().slides else 0.0)
    foot = FOOT + foot_height([*notes, source])
    down = len(values) if current().narrow else 1
    count = max(rows.values()) + 1
    each = current().row_height(ROW_OF_NARROW if down > 1 else ROW, 1, head + foot)
    size = each if current().slides else each * count
    page = Page(
        head + down * size + (down - 1) * (HEADING + BETWEEN) + foot,
        title=title,
        subtitle=subtitle,
        notes=notes,
        source=source,
    )
    page.key(style.MARGIN, page.height - 14.5 - extra, entries)
    across = 1 if down > 1 else len(values)
    width = (page.width - LEFT - RIGHT - GAP * (across - 1)) / across
    for place, one in enumerate(values):
        column, row = (0, place) if down > 1 else (place, 0)
        scale, texts = _scale(one)
        panel = Panel(
            LEFT + column * (width + GAP),
            page.height - head - (row + 1) * size - row * (HEADING + BETWEEN),
            width,
            size,
            (scale.low, scale.high),
            (count - 0.4, -0.6),
        )
        _heading(page, panel, place, one.indicator, column)
        draw_values_across(page, panel, scale, texts)
        if column == 0:
            for code, at in rows.items():
                row_name(page, panel, at, names[code])
            _provinces(page, panel, datasets[0], rows)
        _draw(page, panel, one, [rows[code] for code in codes], colours)
    return page.figure


def _heading(page: Page, panel: Panel, place: int, indicator: Indicator, column: int) -> None:
    """Letter, name and unit above a panel, in two lines where one has no room."""
    before = LEFT - 2.0 if column == 0 else 0.0
    heading = with_unit(label(indicator), called(indicator.shown_unit))
    lines = wrapped(heading, style.TEXT_SIZE, panel.width + before + GAP / 2)
    for k, line in enumerate(reversed([f"{'abcdefgh'[place]}  {lines[0]}", *lines[1:]])):
        page.text(panel.x - before, panel.y + panel.height + 2.0 + HEADING_LINE * k, line)


def _provinces(page: Page, panel: Panel, dataset: xarray.Dataset, rows: Mapping[str, float]) -> None:
    """The name of each province above its counties."""
    first: dict[str, float] = {}
    for code, province in zip(dataset["county"].values.tolist(), dataset["province"].values.tolist(), strict=True):
        first[province] = min(rows[code], first.get(province, np.inf))
    for province, at in first.items():
        height = float(panel.up(at - PROVINCE_ROW))
        name = called(province)
        page.text(style.MARGIN, height, name, size=style.SMALL_SIZE, colour=style.GREY, va="center_baseline")


def _what(indicators: Sequence[Indicator]) -> str:
    return enumeration([label(indicator) for indicator in indicators])


def _values(arrays: Sequence[xarray.Dataset], indicator: Indicator, codes: list[str], start: int, year: int) -> _Values:
    def middle(array: xarray.Dataset, at: int) -> Array:
        here = array[indicator.name].sel(region=codes, year=at).values
        return np.asarray(np.median(here, axis=0) * indicator.shown_factor)

    return _Values(indicator, middle(arrays[0], start), np.stack([middle(array, year) for array in arrays]))


def _rows(dataset: xarray.Dataset, values: Array) -> dict[str, float]:
    """The row of each county from above: provinces one after the other, in each the highest value first."""
    codes, provinces = dataset["county"].values.tolist(), dataset["province"].values.tolist()
    rows: dict[str, float] = {}
    at = 0.0
    for province in sorted(set(provinces)):
        at += PROVINCE_ROW
        inside = [k for k in range(len(codes)) if provinces[k] == province]
        for k in sorted(inside, key=lambda k: -values[k]):
            rows[codes[k]] = at
            at += 1.0
    return rows


def _logarithmic(values: _Values) -> bool:
    low, high = ends(np.concatenate([values.first, values.last.ravel()]))
    return is_amount(values.indicator) and low > 0 and high / low > MOST_SPREAD


def _scale(values: _Values) -> tuple[Scale, list[str]]:
    everything = np.concatenate([values.first, values.last.ravel()])
    if _logarithmic(values):
        steps = round_logarithmic(*ends(everything))
        logs = tuple(float(np.log10(step)) for step in steps)
        return Scale(logs[0], logs[-1], logs), [f"{step:,.10g}" for step in steps]
    scale = round_scale(*ends(everything))
    thinned = scale.ticks[:: 2 if len(scale.ticks) > 5 else 1]
    unit = values.indicator.shown_unit
    texts = [tick_text(tick, unit, digits=tick_digits(thinned)) for tick in thinned]
    return Scale(scale.low, scale.high, thinned), texts


def _draw(page: Page, panel: Panel, values: _Values, rows: Sequence[float], colours: Sequence[str]) -> None:
    first, last = (np.log10(each) if _logarithmic(values) else each for each in (values.first, values.last))
    low, high = np.fmin(first, last.min(axis=0)), np.fmax(first, last.max(axis=0))
    spans = [panel.path([low[k], high[k]], [row, row]) for k, row in enumerate(rows)]
    page.lines(spans, colour=style.REFERENCE, width=0.9, order=1.5)
    page.points(panel.path(first, rows), colours=style.PAPER, size=SIZE, edge=style.INK, edge_width=0.7, order=3)
    for k, (colour, shape) in enumerate(zip(colours, style.marker_shapes(colours), strict=True)):
        page.points(panel.path(last[k], rows), colours=colour, shape=shape, size=SIZE, order=4 + k)
