"""A page of panels over time: a row per indicator, a column per region, in each a line per scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import text_width, wrapped
from regionsim.figures.look import SLIDE_HEIGHT, current
from regionsim.figures.observed_markers import draw_observed, observed_entries
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.scales import Scale, year_ticks
from regionsim.figures.words import clauses, region_title, sentences
from regionsim.results.observed import ObservedFigure

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

REGIONS = ("zone", "Hunan", "Jiangxi")
LEFT, RIGHT, COLUMN_GAP = 13.0, 5.0, 9.0  # mm
PANEL_HEIGHT, HEAD, FOOT = 46.0, 20.0, 6.0
HEADING_LINE = 3.2
HEADING, UNDER = 8.0, 4.0  # within a panel's height: its heading, and its years

Series = tuple[NDArray[np.int64], NDArray[np.float64]]  # years (year,); low, median and high (3, year)


@dataclass(frozen=True)
class Row:
    """One indicator: its heading, a remark in grey beside it, its scale with the text of each tick, and the series.

    `series` by scenario name and region; values of `observed` are in the unit of the scale.
    """

    heading: str
    scale: Scale
    tick_texts: Sequence[str]
    series: Mapping[tuple[str, str], Series]
    remark: str = ""
    observed: Sequence[ObservedFigure] = ()


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
    """The page: rows of indicators, columns of regions; in one column, and on a slide, the zone alone.

    The first scenario lies below the others and is thicker. `labels` name the scenarios in the key, in the order of
    the datasets; `years` span the horizontal axes; `notes` stand at the foot. Raises ValueError where two datasets
    carry one name.
    """
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    if len(set(names)) < len(names):
        raise ValueError("two of the compared runs have the same scenario name")
    looks = style.scenario_styles(names)
    weights = {name: 1.1 if k else 1.7 for k, name in enumerate(names)}
    subtitle = clauses([subtitle, style.years_in_words(years)])
    drawn = {region for row in rows for _, region in row.series}
    regions = [region for region in shown_regions() if region in drawn]
    source = style.stamp(datasets)
    notes = [sentences(notes)]
    entries = [
        Entry(label, looks[name].colour, looks[name].dashes, weights[name])
        for name, label in zip(names, labels, strict=True)
    ]
    entries += observed_entries([point.quality for row in rows for point in row.observed if point.region in regions])
    extra = heading_extra(title, subtitle)
    head = HEAD + key_height(entries) - KEY_ROW + extra + (4.0 if len(regions) > 1 else 1.0)
    grid = Grid.of(len(rows), len(regions), head, FOOT + foot_height([*notes, source]))
    page = Page(grid.page_height, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 15.0 - extra, entries)
    spans = (float(years[0]), float(max(years[-1], years[0] + 1)))
    if len(regions) > 1:
        for column, region in enumerate(regions):
            page.text(grid.panel(0, column, spans, rows[0].scale).x, page.height - head + 1.5, region_title(region))
    for place, row in enumerate(rows):
        for column, region in enumerate(regions):
            panel = grid.panel(place, column, spans, row.scale)
            if column == 0:
                draw_heading(page, panel, place, row.heading, row.remark)
            draw_axes(page, panel, row.scale.ticks, row.tick_texts if column == 0 else (), year_ticks(years))
            for name in names:
                # The first one lies below and is thicker: where the others equal it, it shows between their dashes.
                draw_series(page, panel, row.series[name, region], looks[name], weights[name])
            draw_observed(page, panel, [point for point in row.observed if point.region == region], style.INK)
    return page.figure


def shown_regions() -> Sequence[str]:
    """The regions that have a column: a narrow page and a slide have room for the zone alone."""
    return REGIONS[:1] if current().narrow or current().slides else REGIONS


@dataclass(frozen=True)
class Grid:
    """Where the panels of rows and columns stand on the page; on a slide all of them stand in one row."""

    columns: int
    across: int
    row_height: float
    page_height: float
    head: float
    gap: float

    @classmethod
    def of(cls, rows: int, columns: int, head: float, foot: float, *, gap: float = COLUMN_GAP) -> Grid:
        """The grid of so many rows and columns below `head` and above `foot` (mm).

        `gap` between columns is LEFT where each has numbers at its left, as all have on a slide.
        """
        look = current()
        across, down = (rows * columns, 1) if look.slides else (columns, rows)
        height = look.row_height(PANEL_HEIGHT, down, head + foot)
        gap = LEFT if look.slides else gap
        return cls(columns, across, height, head + down * height + foot, head, gap)

    def panel(self, row: int, column: int, years: tuple[float, float], scale: Scale) -> Panel:
        """The plot area at a row and a column."""
        look = current()
        place = row * self.columns + column
        down, across = divmod(place, self.across)
        width = (look.page_width - LEFT - RIGHT - self.gap * (self.across - 1)) / self.across
        top = (SLIDE_HEIGHT if look.slides else self.page_height) - self.head - down * self.row_height
        base = top - self.row_height + UNDER
        return Panel(
            LEFT + across * (width + self.gap),
            base,
            width,
            self.row_height - HEADING - UNDER - (HEADING_LINE if look.slides else 0.0),
            years,
            (scale.low, scale.high),
        )


def draw_heading(page: Page, panel: Panel, place: int, heading: str, remark: str = "") -> None:
    """The letter and the heading above a panel, in two lines where one has no room, and a remark in grey beside it."""
    x, y = max(panel.x - LEFT + 2.0, style.MARGIN), panel.y + panel.height + 3.0
    room = panel.width + LEFT - 5.0 if current().slides else page.width - style.MARGIN - x
    letter = f"{'abcdefgh'[place]}  "
    lines = wrapped(heading, style.TEXT_SIZE, room - text_width(letter, style.TEXT_SIZE))
    lines[0] = letter + lines[0]
    for k, line in enumerate(reversed(lines)):
        page.text(x, y + HEADING_LINE * k, line)
    after = x + text_width(lines[-1], style.TEXT_SIZE) + 3.0
    if remark and after + text_width(remark, style.SMALL_SIZE) < page.width:
        page.text(after, y, remark, size=style.SMALL_SIZE, colour=style.GREY)


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
