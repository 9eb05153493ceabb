"""Maps of one indicator in the first and the last year, side by side on one scale of colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.look import Look, current
from regionsim.figures.map_colours import class_colours, colour_of
from regionsim.figures.map_drawing import LEGEND_ROW, boundaries_note, draw_legend, draw_map, legend_rows, unnamed_note
from regionsim.figures.map_layout import Layout, page_layout
from regionsim.figures.page import Page, foot_height, heading_extra
from regionsim.figures.scales import as_printed, class_limits, number_text, tick_digits, tick_text, written_unit
from regionsim.figures.words import clauses, joined, label, say, sentences, with_unit
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, LEGEND = 13.0, 13.0  # mm
REST = HEAD + LEGEND + 5.0  # on a slide
YEARS_ON_A_SLIDE = 4


def choropleth(
    dataset: xarray.Dataset,
    indicator: str,
    years: Sequence[int] | None = None,
    boundaries: Boundaries | None = None,
    layout: Layout | None = None,
    look: Look | None = None,
) -> Figure:
    """Maps of `years` with the same classes of colour: by default the first and the last, on a slide four years.

    Each county bears its name and value, or a letter where it is too small for them, and a list beside the map then
    has them (maps of a narrow page and of a slide go without); the provincial border is drawn heavy. Of an ensemble
    the median. `boundaries` are rings of longitude and latitude by county code, by default those of
    `regionsim.place.boundaries`; `layout` (see `layout_of_maps`) saves measuring them again for a further map.
    """
    chosen = find_indicator(indicator)
    with style.drawing(look):
        if layout is None:
            layout = layout_of_maps(dataset, boundaries)
        return _figure(dataset, chosen, years, layout)


def layout_of_maps(dataset: xarray.Dataset, boundaries: Boundaries | None = None) -> Layout:
    """The layout of `choropleth` in the look of the drawing."""
    return page_layout(dataset, default_boundaries() if boundaries is None else boundaries, REST)


def _default_years(run: Sequence[int]) -> list[int]:
    if not current().slides:
        return list(dict.fromkeys((run[0], run[-1])))
    places = np.linspace(0, len(run) - 1, YEARS_ON_A_SLIDE)
    return list(dict.fromkeys(run[round(place)] for place in places))


def _figure(dataset: xarray.Dataset, indicator: Indicator, years: Sequence[int] | None, layout: Layout) -> Figure:
    array = indicator_array(dataset)
    run = array["year"].values.tolist()
    shown = _default_years(run) if years is None else [int(year) for year in years]
    values = style.spread(array[indicator.name].values * indicator.shown_factor)[1]
    regions = array["region"].values.tolist()
    by_year = {
        year: {code: float(values[run.index(year), regions.index(code)]) for code in layout.rings} for year in shown
    }
    everything = np.array([list(of_year.values()) for of_year in by_year.values()])
    divisor, unit = written_unit(indicator, everything)
    by_year = {year: {code: value / divisor for code, value in of_year.items()} for year, of_year in by_year.items()}
    limits = class_limits(everything / divisor)
    colours = class_colours(indicator, limits)
    names = style.names_of_counties(dataset)
    notes = [boundaries_note()]
    notes.append(say("Figures on the maps are in {unit}.", unit=unit) if layout.labels else unnamed_note())
    if dataset.sizes["member"] > 1:
        notes.append(say("Median of the ensemble."))
    notes, source = [sentences(notes)], style.stamp([dataset])
    title = say("{what} by county", what=with_unit(label(indicator), unit))
    subtitle = clauses([style.scenario_title(dataset), joined([str(year) for year in shown])])
    head = HEAD + heading_extra(title, subtitle)
    foot = foot_height([*notes, source])
    legend_low = foot + 4.8
    low = foot + LEGEND + LEGEND_ROW * (legend_rows() - 1)
    page = Page(head + layout.height + low, title=title, subtitle=subtitle, notes=notes, source=source)
    room = page.width - 2 * style.MARGIN - layout.width
    for column, year in enumerate(shown):
        x = style.MARGIN + column * room / max(len(shown) - 1, 1)
        # A county's colour is that of the number printed on it.
        fills = {
            code: colour_of(as_printed(value, indicator), limits, colours) for code, value in by_year[year].items()
        }
        texts = {code: number_text(value, indicator) for code, value in by_year[year].items()}
        draw_map(page, layout, (x, low), fills, texts, names)
        page.text(x, page.height - head - 5.0, str(year), size=style.TITLE_SIZE)
    digits = tick_digits(limits)
    legend = [(float(k), tick_text(limit, unit, digits=digits)) for k, limit in enumerate(limits)]
    draw_legend(page, layout, colours, legend, legend_low)
    return page.figure
