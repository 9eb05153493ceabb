"""Urbanization, forest cover and output over time on one page: zone and provinces of one run, or several scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.page import Page, Panel, key_rows
from regionsim.figures.scales import choose_scale, tick_digits, tick_text, year_ticks
from regionsim.results.indicators import Indicator, find_indicator, indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

COMPARED = ("urbanization_rate", "forest_cover", "output")
REGIONS = {"zone": "Zone", "Hunan": "Hunan part of the zone", "Jiangxi": "Jiangxi part of the zone"}
LEFT, RIGHT, GAP = 13.0, 5.0, 13.0  # mm
COLUMN_GAP = 9.0
PANEL_HEIGHT, HEAD, FOOT = 46.0, 20.0, 14.0

Series = NDArray[np.float64]  # (low, median, high) by year: shape (3, year)


def comparison(datasets: Sequence[xarray.Dataset], indicators: Sequence[str] = COMPARED) -> Figure:
    """Three panels over time for one dataset (lines: zone and the part of each province), 183 mm wide.

    Of several datasets one row of panels per indicator and one column per region, with one colour per scenario. Of
    ensembles the median and the band from the 5th to the 95th percentile. Output starts at zero; shares span 10
    points at least, the same points in every panel of a row.
    """
    chosen = [find_indicator(name) for name in indicators]
    with style.drawing():
        return _one_run(datasets[0], chosen) if len(datasets) == 1 else _scenarios(datasets, chosen)


def _one_run(dataset: xarray.Dataset, indicators: Sequence[Indicator]) -> Figure:
    array = indicator_array(dataset)
    regions = [region for region in REGIONS if region in array["region"].values]
    looks = {"zone": style.LineStyle(style.INK)} | {
        name: style.LineStyle(colour, dashes)
        for (name, (colour, _)), dashes in zip(style.PROVINCES.items(), ((5.0, 1.6), (1.6, 1.2)), strict=True)
    }
    names = ", ".join(indicator.label.lower() if k else indicator.label for k, indicator in enumerate(indicators))
    page = Page(
        HEAD + PANEL_HEIGHT + FOOT,
        title=_enumeration(names),
        subtitle=f"{style.scenario_title(dataset)}, {style.period(dataset)}",
        foot=[_note([dataset]), style.stamp([dataset])],
    )
    page.key(
        style.MARGIN,
        page.height - 15.0,
        [(REGIONS[region], looks[region].colour, looks[region].dashes, _weight(region)) for region in regions],
    )
    years = array["year"].values
    width = (page.width - LEFT - RIGHT - GAP * (len(indicators) - 1)) / len(indicators)
    for column, indicator in enumerate(indicators):
        series = {region: _series(array, indicator, region) for region in regions}
        scale = choose_scale(indicator, np.concatenate([values.ravel() for values in series.values()]))
        panel = Panel(
            LEFT + column * (width + GAP),
            FOOT,
            width,
            PANEL_HEIGHT - 6.0,
            (float(years[0]), float(max(years[-1], years[0] + 1))),
            (scale.low, scale.high),
        )
        page.text(panel.x - LEFT + 4.0, panel.y + panel.height + 3.0, f"{'abcdefgh'[column]}  {_heading(indicator)}")
        _axes(page, panel, indicator, scale.ticks, year_ticks(years))
        for region in reversed(regions):
            look = looks[region]
            _draw(page, panel, years, series[region], look, _weight(region))
    return page.figure


def _scenarios(datasets: Sequence[xarray.Dataset], indicators: Sequence[Indicator]) -> Figure:
    arrays = {str(dataset.attrs["scenario"]): indicator_array(dataset) for dataset in datasets}
    titles = {str(dataset.attrs["scenario"]): style.scenario_title(dataset) for dataset in datasets}
    if len(arrays) < len(datasets):
        raise ValueError("two of the compared runs have the same scenario name")
    looks = style.scenario_styles(list(arrays))
    regions = [region for region in REGIONS if all(region in array["region"].values for array in arrays.values())]
    longest = max(arrays.values(), key=lambda array: array.sizes["year"])
    years = longest["year"].values
    entries = [
        (titles[name], looks[name].colour, looks[name].dashes, 1.1 if k else 1.7) for k, name in enumerate(arrays)
    ]
    head = HEAD + 4.0 + 4.0 * key_rows([entry[0] for entry in entries])
    names = ", ".join(indicator.label.lower() if k else indicator.label for k, indicator in enumerate(indicators))
    page = Page(
        head + len(indicators) * PANEL_HEIGHT + FOOT,
        title=_enumeration(names),
        subtitle=f"{len(arrays)} scenarios, {style.period(longest)}",
        foot=[_note(datasets), style.stamp(datasets)],
    )
    page.key(style.MARGIN, page.height - 15.0, entries)
    width = (page.width - LEFT - RIGHT - COLUMN_GAP * (len(regions) - 1)) / len(regions)
    for column, region in enumerate(regions):
        x = LEFT + column * (width + COLUMN_GAP)
        page.text(x, page.height - head + 1.5, REGIONS[region])
    for row, indicator in enumerate(indicators):
        base = page.height - head - (row + 1) * PANEL_HEIGHT + 4.0
        series = {
            (name, region): _series(array, indicator, region) for name, array in arrays.items() for region in regions
        }
        scale = choose_scale(indicator, np.concatenate([values.ravel() for values in series.values()]))
        page.text(style.MARGIN, base + PANEL_HEIGHT - 9.0, f"{'abcdefgh'[row]}  {_heading(indicator)}")
        for column, region in enumerate(regions):
            panel = Panel(
                LEFT + column * (width + COLUMN_GAP),
                base,
                width,
                PANEL_HEIGHT - 12.0,
                (float(years[0]), float(max(years[-1], years[0] + 1))),
                (scale.low, scale.high),
            )
            _axes(page, panel, indicator, scale.ticks, year_ticks(years), labels=column == 0)
            # The first one lies below and is thicker: where the others equal it, it shows between their dashes.
            for k, (name, array) in enumerate(arrays.items()):
                _draw(page, panel, array["year"].values, series[name, region], looks[name], 1.1 if k else 1.7)
    return page.figure


def _series(array: xarray.Dataset, indicator: Indicator, region: str) -> Series:
    values = array[indicator.name].sel(region=region).values * indicator.shown_factor
    return style.spread(values)


def _draw(
    page: Page, panel: Panel, years: NDArray[np.int64], series: Series, look: style.LineStyle, width: float
) -> None:
    low, median, high = series
    if not np.allclose(low, high, rtol=1e-9, atol=0, equal_nan=True):
        page.areas([panel.band(years, low, high)], colours=look.colour, opacity=0.18)
    page.lines([panel.path(years, median)], colour=look.colour, width=width, dashes=look.dashes, order=3)


def _axes(
    page: Page,
    panel: Panel,
    indicator: Indicator,
    ticks: Sequence[float],
    years: Sequence[int],
    *,
    labels: bool = True,
) -> None:
    page.lines([panel.level(tick) for tick in ticks], colour=style.GRID, width=0.5, order=0.5)
    page.lines([panel.frame(), *(panel.tick(year) for year in years)], colour=style.FRAME, width=0.6, order=2)
    digits = tick_digits(tuple(ticks))
    if labels:
        for tick in ticks:
            text = tick_text(tick, indicator.shown_unit, digits=digits)
            page.text(
                panel.x - 1.2, float(panel.up(tick)), text, size=style.SMALL_SIZE, ha="right", va="center_baseline"
            )
    for year in years:
        page.text(float(panel.across(year)), panel.y - 3.6, str(year), size=style.SMALL_SIZE, ha="center")


def _heading(indicator: Indicator) -> str:
    return indicator.label if indicator.shown_unit == "%" else f"{indicator.label} ({indicator.shown_unit})"


def _weight(region: str) -> float:
    return 1.6 if region == "zone" else 1.1


def _enumeration(names: str) -> str:
    """a, b, c as a, b and c."""
    before, comma, last = names.rpartition(", ")
    return f"{before} and {last}" if comma else last


def _note(datasets: Sequence[xarray.Dataset]) -> str:
    """What the reader must know of the axes and lines."""
    note = "Vertical axes of shares do not start at zero."
    if max(dataset.sizes["member"] for dataset in datasets) > 1:
        note += " Lines: median of the ensemble; bands: 5th to 95th percentile."
    return note
