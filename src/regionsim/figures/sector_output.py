"""Output by sector over time, stacked, with the share of each sector at both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.scales import Scale, round_scale, tick_digits, tick_text, year_ticks
from regionsim.figures.scenario_grid import FOOT, HEAD, Grid, draw_axes
from regionsim.figures.words import called, clauses, label, region_title, say, sentences, with_unit
from regionsim.results.indicator_catalogue import OUTPUT_UNIT, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

# From below: steps of lightness, so that the sectors are told apart in grey.
SECTORS = {"agriculture": "#1b6b3a", "industry": "#6ba3d0", "services": "#f2d58a"}
REGIONS = ("zone", "Hunan", "Jiangxi")
INDICATORS = tuple(f"output_{sector}" for sector in SECTORS)
LABEL_SPACE = 2.0  # mm inside the panel from its edges to the shares


def sector_output(dataset: xarray.Dataset, look: Look | None = None) -> Figure:
    """Stacked areas for the zone and each province's part, on one scale; of an ensemble medians of each sector.

    Panels stand beside each other, in one column below each other.
    """
    with style.drawing(look):
        return _figure(dataset)


def _figure(dataset: xarray.Dataset) -> Figure:
    array = indicator_array(dataset, INDICATORS)
    years = array["year"].values
    regions = [region for region in REGIONS if region in array["region"].values]
    stacked = {
        region: np.cumsum([np.median(array[name].sel(region=region).values, axis=0) for name in INDICATORS], axis=0)
        for region in regions
    }
    entries = [
        Entry(label(find_indicator(name)), colour, width=5.0, shape="s", fill=colour)
        for name, colour in zip(INDICATORS, SECTORS.values(), strict=True)
    ]
    title = with_unit(say("Output by sector"), called(OUTPUT_UNIT))
    subtitle = clauses([style.scenario_title(dataset), style.period(dataset)])
    note = [say("Percentages: share of the sector in the first and the last year.")]
    if dataset.sizes["member"] > 1:
        note.append(say("Median of the ensemble."))
    notes, source = [sentences(note)], style.stamp([dataset])
    extra = heading_extra(title, subtitle)
    head = HEAD + extra + key_height(entries) - KEY_ROW
    rows, columns = (len(regions), 1) if current().narrow else (1, len(regions))
    grid = Grid.of(rows, columns, head, FOOT + foot_height([*notes, source]))
    page = Page(grid.page_height, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 15.0 - extra, entries)
    scale = round_scale(0.0, max(float(each.max()) for each in stacked.values()))
    texts = [tick_text(tick, "", digits=tick_digits(scale.ticks)) for tick in scale.ticks]
    span = (float(years[0]), float(max(years[-1], years[0] + 1)))
    for place, region in enumerate(regions):
        panel = grid.panel(*divmod(place, columns), span, scale)
        page.text(panel.x, panel.y + panel.height + 3.0, region_title(region))
        draw_axes(page, panel, scale.ticks, texts if place % columns == 0 else (), year_ticks(years))
        _draw(page, panel, years, stacked[region], scale)
    return page.figure


def _draw(page: Page, panel: Panel, years: NDArray[np.int64], tops: Array, scale: Scale) -> None:
    bottoms = np.concatenate([np.zeros((1, tops.shape[1])), tops[:-1]])
    for bottom, top, colour in zip(bottoms, tops, SECTORS.values(), strict=True):
        page.areas([panel.band(years, bottom, top)], colours=colour, edge=style.PAPER, edge_width=0.4, order=1.0)
    least = 3.0 / panel.height * (scale.high - scale.low)  # a band that is thinner has no room for its share
    for at, side in ((0, 1.0), (-1, -1.0)):
        for k, (bottom, top) in enumerate(zip(bottoms[:, at], tops[:, at], strict=True)):
            if top - bottom < least:
                continue
            page.text(
                float(panel.across(years[at])) + side * LABEL_SPACE,
                float(panel.up((bottom + top) / 2)),
                f"{100 * (top - bottom) / tops[-1, at]:.0f}%",
                size=style.SMALL_SIZE,
                colour=style.PAPER if k == 0 else style.INK,
                ha="left" if side > 0 else "right",
                va="center_baseline",
                zorder=4,
            )
