"""Maps of one indicator in the first and the last year, side by side on one scale of colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.map_colours import class_colours, colour_of
from regionsim.figures.map_drawing import SOURCE, draw_legend, draw_map
from regionsim.figures.map_layout import Layout, map_layout
from regionsim.figures.page import Page
from regionsim.figures.scales import as_printed, class_limits, number_text, tick_digits, tick_text, written_unit
from regionsim.results.indicators import Indicator, find_indicator, indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, FOOT, LEGEND_LOW = 13.0, 20.0, 12.0  # mm


def choropleth(
    dataset: xarray.Dataset,
    indicator: str,
    years: Sequence[int] | None = None,
    boundaries: Boundaries | None = None,
    layout: Layout | None = None,
) -> Figure:
    """Two maps, 183 mm wide, of `years` (by default the first and the last) with the same classes of colour.

    Each county bears its name and value, or a letter where it is too small for them, and a list beside the map then
    has them; the provincial border is drawn heavy. Of an ensemble the median.
    `boundaries` are rings of longitude and latitude by county code, by default those of
    `regionsim.place.boundaries`; `layout` saves measuring them again for a further map.
    """
    chosen = find_indicator(indicator)
    with style.drawing():
        if layout is None:
            layout = map_layout(dataset, default_boundaries() if boundaries is None else boundaries)
        return _figure(dataset, chosen, years, layout)


def _figure(dataset: xarray.Dataset, indicator: Indicator, years: Sequence[int] | None, layout: Layout) -> Figure:
    array = indicator_array(dataset)
    run = array["year"].values.tolist()
    shown = list(dict.fromkeys((run[0], run[-1]))) if years is None else [int(year) for year in years]
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
    names = dict(zip(dataset["county"].values.tolist(), dataset["county_name"].values.tolist(), strict=True))
    what = indicator.label if unit == "%" else f"{indicator.label} ({unit})"
    ensemble = " Median of the ensemble." if dataset.sizes["member"] > 1 else ""
    page = Page(
        HEAD + layout.height + FOOT,
        title=f"{what} by county",
        subtitle=f"{style.scenario_title(dataset)}, {' and '.join(str(year) for year in shown)}",
        foot=[f"{SOURCE} Figures on the maps are in {unit}.{ensemble}", style.stamp([dataset])],
    )
    for column, year in enumerate(shown):
        x = style.MARGIN + column * (page.width - 2 * style.MARGIN - layout.width)
        # A county's colour is that of the number printed on it.
        fills = {
            code: colour_of(as_printed(value, indicator), limits, colours) for code, value in by_year[year].items()
        }
        texts = {code: number_text(value, indicator) for code, value in by_year[year].items()}
        draw_map(page, layout, (x, FOOT), fills, texts, names)
        page.text(x, page.height - HEAD - 5.0, str(year), size=style.TITLE_SIZE)
    digits = tick_digits(limits)
    legend = [(float(k), tick_text(limit, unit, digits=digits)) for k, limit in enumerate(limits)]
    draw_legend(page, layout, colours, legend, LEGEND_LOW)
    return page.figure
