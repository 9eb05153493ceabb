"""All figures of a run or of a comparison as files, each with its caption and with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.caption import caption_text
from regionsim.figures.comparison import COMPARED, comparison
from regionsim.figures.county_multiples import county_multiples
from regionsim.figures.difference_maps import difference_layout, difference_maps
from regionsim.figures.differences import SHOWN, differences
from regionsim.figures.files import DEFAULT_FORMATS, FORMATS, save
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.look import Look
from regionsim.figures.maps import choropleth, layout_of_maps
from regionsim.figures.words import clauses, enumeration, label, say
from regionsim.results.indicators import find_indicator

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

CAPTION = "md"
COMPARISON_NAME = "urbanization_forest_output"
DIFFERENCES_NAME = "differences"
MAPPED_DIFFERENCES = ("urbanization_rate", "output", "market_access")


@dataclass(frozen=True)
class Drawing:
    """One figure of a set: the name of its files, its title in their record, what it is drawn by, what it shows.

    `indicators` are those whose model variables the caption gives the sources of.
    """

    name: str
    title: str
    draw: Callable[[], Figure]
    indicators: tuple[str, ...]


def draw_figures(
    dataset: xarray.Dataset,
    directory: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    boundaries: Boundaries | None = None,
    look: Look | None = None,
) -> list[Path]:
    """Draw the figures of one run into `directory`, in every format and with captions; return the files in order.

    urbanization_forest_output: the zone and its two parts over time; counties_<indicator> and map_<indicator> for
    urbanization_rate, forest_cover and output. PNG has 300 dots per inch, PDF has text as embedded Type 42 fonts.
    Scenario, hashes, version and seed stand in the file's own record (PNG text, PDF document information, SVG
    metadata) as well as at the foot of the figure. <name>.md has the caption.
    """
    return draw_comparison([dataset], directory, formats=formats, boundaries=boundaries, look=look)


def draw_comparison(
    datasets: Sequence[xarray.Dataset],
    directory: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    boundaries: Boundaries | None = None,
    look: Look | None = None,
) -> list[Path]:
    """Draw the figures of several scenarios into `directory`, in every format and with captions.

    urbanization_forest_output: one row per indicator, one column for the zone and each of its parts; and
    counties_<indicator> for urbanization_rate, forest_cover and output. Each scenario has its colour. Also what the
    levels hide: differences, each scenario against the first over time; and map_difference_<indicator>, by county in
    the last common year, for urbanization_rate, output and market_access. Of one scenario as `draw_figures`.
    Returns the files in order.
    """
    with style.drawing(look):
        return write_drawings(drawings_of(datasets, boundaries), directory, datasets, formats)


def drawings_of(datasets: Sequence[xarray.Dataset], boundaries: Boundaries | None = None) -> list[Drawing]:
    """The figures of one run or of several scenarios, to be drawn in the look of this drawing."""
    boundaries = default_boundaries() if boundaries is None else boundaries
    if len(datasets) == 1:
        return _of_run(datasets[0], boundaries)
    return [*_levels(datasets, boundaries), *_differences(datasets, boundaries)]


def possible_files() -> frozenset[str]:
    """The names of all files that a set of figures may have."""
    names = [COMPARISON_NAME, DIFFERENCES_NAME, *(f"map_difference_{name}" for name in MAPPED_DIFFERENCES)]
    names += [f"{kind}_{name}" for kind in ("counties", "map") for name in COMPARED]
    return frozenset(f"{name}.{ending}" for name in names for ending in (*FORMATS, CAPTION))


def write_drawings(
    drawings: Sequence[Drawing],
    directory: Path,
    datasets: Sequence[xarray.Dataset],
    formats: Sequence[str],
    tell: Callable[[str], None] = lambda name: None,
) -> list[Path]:
    """Draw each and write its files and its caption; `tell` is called with the name of each that is done."""
    files: list[Path] = []
    for drawing in drawings:
        figure = drawing.draw()
        files += save(figure, directory / drawing.name, datasets, drawing.title, formats)
        needed = dict.fromkeys(name for each in drawing.indicators for name in find_indicator(each).needs)
        caption = directory / f"{drawing.name}.{CAPTION}"
        caption.write_text(caption_text(figure, datasets, needed), encoding="utf-8", newline="\n")
        files.append(caption)
        tell(drawing.name)
    return files


def _levels(datasets: Sequence[xarray.Dataset], boundaries: Boundaries) -> list[Drawing]:
    """What a run and a comparison both have: indicators over time, of the zone and of the counties."""
    scenarios, years = style.scenario_titles(datasets), style.period(datasets[0])

    def titled(what: str) -> str:
        return say("{what}, {years}: {scenarios}", what=what, years=years, scenarios=scenarios)

    def counties(name: str) -> Drawing:
        title = titled(say("{what} by county", what=label(find_indicator(name))))
        return Drawing(f"counties_{name}", title, lambda: county_multiples(datasets, name, boundaries), (name,))

    whole = titled(enumeration([label(find_indicator(name)) for name in COMPARED]))
    return [
        Drawing(COMPARISON_NAME, whole, lambda: comparison(datasets), COMPARED),
        *(counties(name) for name in COMPARED),
    ]


def _of_run(dataset: xarray.Dataset, boundaries: Boundaries) -> list[Drawing]:
    layout = layout_of_maps(dataset, boundaries)

    def mapped(name: str) -> Drawing:
        title = clauses(
            [
                say("{what} by county", what=label(find_indicator(name))),
                f"{style.period(dataset)}: {style.scenario_title(dataset)}",
            ]
        )
        return Drawing(f"map_{name}", title, lambda: choropleth(dataset, name, layout=layout), (name,))

    return [*_levels([dataset], boundaries), *(mapped(name) for name in COMPARED)]


def _differences(datasets: Sequence[xarray.Dataset], boundaries: Boundaries) -> list[Drawing]:
    layout = difference_layout(datasets, boundaries)

    def titled(what: str) -> str:
        return say(
            "{what}, {scenarios}: difference from {base}",
            what=what,
            scenarios=style.scenario_titles(datasets[1:]),
            base=style.scenario_title(datasets[0]),
        )

    def mapped(name: str) -> Drawing:
        title = titled(say("{what} by county", what=label(find_indicator(name))))
        return Drawing(f"map_difference_{name}", title, lambda: difference_maps(datasets, name, layout=layout), (name,))

    whole = titled(enumeration([label(find_indicator(name)) for name in SHOWN]))
    return [
        Drawing(DIFFERENCES_NAME, whole, lambda: differences(datasets), SHOWN),
        *(mapped(name) for name in MAPPED_DIFFERENCES),
    ]
