"""Urbanization, forest cover and output over time on one page: zone and provinces of one run, or several scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.observed_markers import draw_observed, observed_entries, observed_of, own_note
from regionsim.figures.page import KEY_ROW, Entry, Page, foot_height, heading_extra, key_height
from regionsim.figures.scales import Scale, choose_scale, tick_digits, tick_text, year_ticks
from regionsim.figures.scenario_grid import (
    FOOT,
    HEAD,
    LEFT,
    REGIONS,
    Grid,
    Row,
    Series,
    draw_axes,
    draw_heading,
    draw_series,
    scenario_grid,
    shown_regions,
)
from regionsim.figures.words import called, clauses, enumeration, label, region_title, say, sentences, with_unit
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.observed import Observations, ObservedFigure

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

COMPARED = ("urbanization_rate", "forest_cover", "output")


def comparison(
    datasets: Sequence[xarray.Dataset],
    indicators: Sequence[str] = COMPARED,
    look: Look | None = None,
    observed: Observations | None = None,
) -> Figure:
    """Panels over time, one for each indicator; of one dataset with lines for the zone and the part of each province.

    Of several datasets one row of panels per indicator and one column per region, with one colour per scenario (on a
    narrow page and on a slide the zone alone). Of ensembles the median and the band from the 5th to the 95th
    percentile. Output starts at zero; shares span 10 points at least, the same points in every panel of a row. Beside
    the censuses and yearbooks of the project stand the reader's own points, `observed`.
    """
    chosen = [find_indicator(name) for name in indicators]
    with style.drawing(look):
        return _one_run(datasets[0], chosen, observed) if len(datasets) == 1 else _scenarios(datasets, chosen, observed)


def _one_run(dataset: xarray.Dataset, indicators: Sequence[Indicator], own: Observations | None) -> Figure:
    array = indicator_array(dataset)
    regions = [region for region in REGIONS if region in array["region"].values]
    looks = {"zone": style.LineStyle(style.INK)} | {
        name: style.LineStyle(colour, dashes)
        for (name, (colour, _)), dashes in zip(style.PROVINCES.items(), ((5.0, 1.6), (1.6, 1.2)), strict=True)
    }
    years = array["year"].values
    title = enumeration([label(indicator) for indicator in indicators])
    subtitle = clauses([style.scenario_title(dataset), style.period(dataset)])
    observed = {indicator.name: observed_of(dataset, indicator, regions, own) for indicator in indicators}
    shown = [point for points in observed.values() for point in points]
    notes, source = [_note([dataset], shown, own_note(own, shown, indicators))], style.stamp([dataset])
    entries = [
        Entry(region_title(region), looks[region].colour, looks[region].dashes, _weight(region)) for region in regions
    ]
    entries += observed_entries([point.quality for point in shown])
    extra = heading_extra(title, subtitle)
    head = HEAD + extra + key_height(entries) - KEY_ROW
    # Panels of a wide page stand beside each other, as on a slide.
    down, across = (len(indicators), 1) if current().narrow else (1, len(indicators))
    grid = Grid.of(down, across, head, FOOT + foot_height([*notes, source]), gap=LEFT)
    page = Page(grid.page_height, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 15.0 - extra, entries)
    spans = (float(years[0]), float(max(years[-1], years[0] + 1)))
    for place, indicator in enumerate(indicators):
        series = {region: _series(array, indicator, region) for region in regions}
        scale = _scale(indicator, list(series.values()), observed[indicator.name])
        panel = grid.panel(*((place, 0) if current().narrow else (0, place)), spans, scale)
        draw_heading(page, panel, place, _heading(indicator))
        draw_axes(page, panel, scale.ticks, _tick_texts(indicator, scale), year_ticks(years))
        for region in reversed(regions):
            draw_series(page, panel, series[region], looks[region], _weight(region))
            here = [point for point in observed[indicator.name] if point.region == region]
            draw_observed(page, panel, here, looks[region].colour)
    return page.figure


def _scenarios(datasets: Sequence[xarray.Dataset], indicators: Sequence[Indicator], own: Observations | None) -> Figure:
    arrays = {str(dataset.attrs["scenario"]): indicator_array(dataset) for dataset in datasets}
    regions = [
        region for region in shown_regions() if all(region in array["region"].values for array in arrays.values())
    ]
    longest = max(arrays.values(), key=lambda array: array.sizes["year"])
    rows = []
    for indicator in indicators:
        series = {
            (name, region): _series(array, indicator, region) for name, array in arrays.items() for region in regions
        }
        observed = observed_of(max(datasets, key=lambda each: each.sizes["year"]), indicator, regions, own)
        scale = _scale(indicator, list(series.values()), observed)
        rows.append(Row(_heading(indicator), scale, _tick_texts(indicator, scale), series, observed=observed))
    shown = [point for row in rows for point in row.observed]
    return scenario_grid(
        datasets,
        rows,
        [style.scenario_title(dataset) for dataset in datasets],
        title=enumeration([label(indicator) for indicator in indicators]),
        subtitle=say("{count} scenarios", count=len(datasets)),
        years=longest["year"].values,
        notes=[_note(datasets, shown, own_note(own, shown, indicators))],
    )


def _series(array: xarray.Dataset, indicator: Indicator, region: str) -> Series:
    values = array[indicator.name].sel(region=region).values * indicator.shown_factor
    return array["year"].values, style.spread(values)


def _scale(indicator: Indicator, series: Sequence[Series], observed: Sequence[ObservedFigure]) -> Scale:
    """The scale that holds all series and what was observed."""
    points = np.array([point.value for point in observed])
    return choose_scale(indicator, np.concatenate([points, *(values.ravel() for _, values in series)]))


def _tick_texts(indicator: Indicator, scale: Scale) -> list[str]:
    digits = tick_digits(scale.ticks)
    return [tick_text(tick, indicator.shown_unit, digits=digits) for tick in scale.ticks]


def _heading(indicator: Indicator) -> str:
    return with_unit(label(indicator), called(indicator.shown_unit))


def _weight(region: str) -> float:
    return 1.6 if region == "zone" else 1.1


def _note(datasets: Sequence[xarray.Dataset], observed: Sequence[ObservedFigure], own: str) -> str:
    """What the reader must know of the axes, lines and markers."""
    parts = [say("Vertical axes of shares do not start at zero.")]
    if any(figure.quality for figure in observed):
        parts.append(say("Observed: filled markers were read in a source, open ones are derived or recalled."))
    parts.append(own)
    if max(dataset.sizes["member"] for dataset in datasets) > 1:
        parts.append(say("Lines: median of the ensemble; bands: 5th to 95th percentile."))
    return sentences(parts)
