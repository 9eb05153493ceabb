"""A page of panels over time: a row per indicator, a column per region, in each a line per scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width
from regionsim.figures.page import Page, Panel, key_rows
from regionsim.figures.scales import Scale, year_ticks

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

REGIONS = {"zone": "Zone", "Hunan": "Hunan part of the zone", "Jiangxi": "Jiangxi part of the zone"}
LEFT, RIGHT, COLUMN_GAP = 13.0, 5.0, 9.0  # mm
PANEL_HEIGHT, HEAD, FOOT = 46.0, 20.0, 14.0

Series = tuple[NDArray[np.int64], NDArray[np.float64]]  # years (year,); low, median and high (3, year)


@dataclass(frozen=True)
class Row:
    """One indicator: its heading, a remark in grey beside it, its scale with the text of each tick, and the series.

    `series` by scenario name and region.
    """

    heading: str
    scale: Scale
    tick_texts: Sequence[str]
    series: Mapping[tuple[str, str], Series]
    remark: str = ""


def scenario_grid(
    datasets: Sequence[xarray.Dataset],
    rows: Sequence[Row],
    labels: Sequence[str],
    *,
    title: str,
    subtitle: str,
    years: NDArray[np.int64],
    notes: Sequence[str],
) -> Figure:
    """The page, 183 mm wide. The first scenario lies below the others and is thicker.

    `labels` name the scenarios in the key, in the order of the datasets; `years` span the horizontal axes; `notes`
    stand at the foot. Raises ValueError where two datasets carry one name.
    """
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    if len(set(names)) < len(names):
        raise ValueError("two of the compared runs have the same scenario name")
    looks = style.scenario_styles(names)
    drawn = {region for row in rows for _, region in row.series}
    regions = [region for region in REGIONS if region in drawn]
    weights = {name: 1.1 if k else 1.7 for k, name in enumerate(names)}
    entries = [
        (label, looks[name].colour, looks[name].dashes, weights[name])
        for name, label in zip(names, labels, strict=True)
    ]
    head = HEAD + 4.0 + 4.0 * key_rows(labels)
    period = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    page = Page(
        head + len(rows) * PANEL_HEIGHT + FOOT,
        title=title,
        subtitle=f"{subtitle}, {period}",
        foot=[" ".join(notes), style.stamp(datasets)],
    )
    page.key(style.MARGIN, page.height - 15.0, entries)
    width = (page.width - LEFT - RIGHT - COLUMN_GAP * (len(regions) - 1)) / len(regions)
    for column, region in enumerate(regions):
        page.text(LEFT + column * (width + COLUMN_GAP), page.height - head + 1.5, REGIONS[region])
    for place, row in enumerate(rows):
        base = page.height - head - (place + 1) * PANEL_HEIGHT + 4.0
        heading, high = f"{'abcdefgh'[place]}  {row.heading}", base + PANEL_HEIGHT - 9.0
        page.text(style.MARGIN, high, heading)
        if row.remark:
            x = style.MARGIN + text_width(heading, style.TEXT_SIZE) + 3.0
            page.text(x, high, row.remark, size=style.SMALL_SIZE, colour=style.GREY)
        for column, region in enumerate(regions):
            panel = Panel(
                LEFT + column * (width + COLUMN_GAP),
                base,
                width,
                PANEL_HEIGHT - 12.0,
                (float(years[0]), float(max(years[-1], years[0] + 1))),
                (row.scale.low, row.scale.high),
            )
            draw_axes(page, panel, row.scale.ticks, row.tick_texts if column == 0 else (), year_ticks(years))
            for name in names:
                # The first one lies below and is thicker: where the others equal it, it shows between their dashes.
                draw_series(page, panel, row.series[name, region], looks[name], weights[name])
    return page.figure


def draw_series(page: Page, panel: Panel, series: Series, look: style.LineStyle, width: float) -> None:
    """The median as a line, and the band from low to high where they differ."""
    years, (low, median, high) = series
    if not np.allclose(low, high, rtol=1e-9, atol=0, equal_nan=True):
        page.areas([panel.band(years, low, high)], colours=look.colour, opacity=0.18)
    page.lines([panel.path(years, median)], colour=look.colour, width=width, dashes=look.dashes, order=3)


def draw_axes(
    page: Page, panel: Panel, ticks: Sequence[float], tick_texts: Sequence[str], years: Sequence[int]
) -> None:
    """Frame, grid and years of a panel, and the texts of its vertical ticks if there are any."""
    page.lines([panel.level(tick) for tick in ticks], colour=style.GRID, width=0.5, order=0.5)
    page.lines([panel.frame(), *(panel.tick(year) for year in years)], colour=style.FRAME, width=0.6, order=2)
    for tick, text in zip(ticks, tick_texts, strict=False):
        page.text(panel.x - 1.2, float(panel.up(tick)), text, size=style.SMALL_SIZE, ha="right", va="center_baseline")
    for year in years:
        page.text(float(panel.across(year)), panel.y - 3.6, str(year), size=style.SMALL_SIZE, ha="center")


def enumeration(labels: Sequence[str]) -> str:
    """Labels of indicators as a title: the first with its capital, the last after an `and`."""
    names = [label.lower() if k else label for k, label in enumerate(labels)]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
