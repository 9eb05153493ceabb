"""Residents by age: the countryside to the left, towns to the right, the first year as an outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.page import Entry, Page, Panel, Points, foot_height, heading_extra
from regionsim.figures.panel_axes import bar, draw_values_across, row_name
from regionsim.figures.scales import Scale, round_linear
from regionsim.figures.scenario_grid import shown_regions
from regionsim.figures.words import in_chinese, region_title, say, sentences
from regionsim.results.age_groups import LABELS, age_groups
from regionsim.results.targets import ZONE

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

# What `age_groups` reads.
AGES = (
    *("residents", "births", "potential_movers", "departures", "migration_propensity_by_age"),
    *("cohort_birth_start", "cohort_birth_end"),
)
RURAL, URBAN = "#b3a36b", "#0072b2"
LEFT, RIGHT, GAP = 12.0, 5.0, 12.0  # mm
HEAD, FOOT, HEADING, HEIGHT = 18.0, 6.0, 5.0, 62.0


def population_pyramid(dataset: xarray.Dataset, look: Look | None = None) -> Figure:
    """A pyramid of five-year age groups for the zone and each province's part, the zone alone in one column.

    Bars: the last year, residents of the countryside to the left and of towns to the right; outline: the first year.
    The model has no sexes. Of an ensemble the median of each bar. Raises KeyError for a dataset without the residents
    by cohort and what their ages are read from.
    """
    with style.drawing(look):
        return _figure(dataset)


def _figure(dataset: xarray.Dataset) -> Figure:
    first_year, last_year = (int(dataset["year"].values[at]) for at in (0, -1))
    regions = ["zone", "Hunan", "Jiangxi"] if current().slides else list(shown_regions())
    groups = age_groups(dataset)
    by_region = {region: _thousands(groups, dataset, region) for region in regions}
    title = say("Residents by age, {first} and {last}", first=first_year, last=last_year)
    subtitle = style.scenario_title(dataset)
    note = [
        say("Bars: {last}; outline: {first}.", first=first_year, last=last_year),
        say("Ages between census years are derived from birth cohorts; the model has no sexes."),
    ]
    if dataset.sizes["member"] > 1:
        note.append(say("Median of the ensemble."))
    notes, source = [sentences(note)], style.stamp([dataset])
    extra = heading_extra(title, subtitle)
    head = HEAD + HEADING + extra
    foot = FOOT + 4.0 + foot_height([*notes, source])
    height = current().row_height(HEIGHT, 1, head + foot)
    page = Page(head + height + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    entries = [
        Entry(say("Countryside"), RURAL, width=4.0, shape="s", fill=RURAL),
        Entry(say("Towns"), URBAN, width=4.0, shape="s", fill=URBAN),
        Entry(str(first_year), style.INK, width=1.0),
    ]
    page.key(style.MARGIN, page.height - 14.0 - extra, entries)
    width = (page.width - LEFT - RIGHT - GAP * (len(regions) - 1)) / len(regions)
    for column, region in enumerate(regions):
        values = by_region[region]
        # The parts of both provinces have one scale.
        alike = [region] if region == ZONE else [each for each in regions if each != ZONE]
        ticks = round_linear(0.0, max(float(by_region[each].max()) for each in alike), 2)
        scale = Scale(-ticks[-1], ticks[-1], (*(-tick for tick in reversed(ticks[1:])), *ticks))
        panel = Panel(
            LEFT + column * (width + GAP), foot, width, height, (scale.low, scale.high), (-0.7, len(LABELS) - 0.3)
        )
        page.text(panel.x, panel.y + panel.height + 1.5, region_title(region))
        draw_values_across(page, panel, scale, [f"{abs(tick):,.10g}" for tick in scale.ticks], zero=True)
        for row, age in enumerate(LABELS if column == 0 else ()):
            if row % 2 == 0 or row == len(LABELS) - 1:
                row_name(page, panel, row, age.replace("-", "–"))
        _draw(page, panel, values)
    unit = say("ten thousand residents") if in_chinese() else say("thousand residents")
    page.text(page.width - RIGHT, foot - 6.2, unit, size=style.SMALL_SIZE, colour=style.GREY, ha="right")
    return page.figure


def _thousands(groups: xarray.DataArray, dataset: xarray.Dataset, region: str) -> Array:
    """Residents of a region over (first and last year; rural, urban; age group), in thousands (Chinese: 10,000)."""
    inside = np.flatnonzero((dataset["province"].values == region) | (region == "zone"))
    here = groups.isel(county=inside, year=[0, -1]).sum("county").transpose("member", "year", "residence", "age_group")
    here = here.sel(residence=["rural", "urban"])
    return np.asarray(np.median(here.values, axis=0)) / (10_000.0 if in_chinese() else 1000.0)


def _draw(page: Page, panel: Panel, values: Array) -> None:
    before, after = values
    for sign, residence, colour in ((-1.0, 0, RURAL), (1.0, 1, URBAN)):
        bars = [bar(panel, row, 0.0, sign * after[residence, row], 0.86) for row in range(len(LABELS))]
        page.areas(bars, colours=colour, edge=style.PAPER, edge_width=0.3)
        page.lines([_outline(panel, sign * before[residence])], width=0.9, order=3)


def _outline(panel: Panel, values: Sequence[float] | Array) -> Points:
    """A line of steps along the ends of bars."""
    edges = np.repeat(np.arange(len(values) + 1) - 0.5, 2)[1:-1]
    return panel.path(np.repeat(values, 2), edges)
