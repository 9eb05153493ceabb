"""All figures of a run or of a comparison as files, each with its caption and with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.causal_loops import causal_loops
from regionsim.figures.comparison import COMPARED, comparison
from regionsim.figures.compensation_ledger import ACCOUNTS, compensation_ledger
from regionsim.figures.county_changes import SHOWN as CHANGED
from regionsim.figures.county_changes import county_changes
from regionsim.figures.county_multiples import county_multiples
from regionsim.figures.difference_maps import difference_layout, difference_maps
from regionsim.figures.differences import SHOWN, differences
from regionsim.figures.drawings import CAPTION, Drawing, write_drawings
from regionsim.figures.files import DEFAULT_FORMATS, FORMATS
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.look import Look
from regionsim.figures.loops import LoopsOfRun
from regionsim.figures.maps import choropleth, layout_of_maps
from regionsim.figures.network import NetworkOfRun
from regionsim.figures.network_map import network_map
from regionsim.figures.population_pyramid import AGES, population_pyramid
from regionsim.figures.sector_output import INDICATORS as SECTORS
from regionsim.figures.sector_output import sector_output
from regionsim.figures.slopes import SHOWN as SLOPED
from regionsim.figures.slopes import slopes
from regionsim.figures.target_dashboard import has_targets, target_dashboard
from regionsim.figures.words import enumeration, label, say
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.observed import Observations
from regionsim.results.targets import TARGETS

if TYPE_CHECKING:
    import xarray

COMPARISON_NAME = "urbanization_forest_output"
MAPPED_DIFFERENCES = ("urbanization_rate", "output", "market_access")
NAMES = (
    *(COMPARISON_NAME, "differences", "county_changes", "slopes", "targets"),
    *("sector_output", "population_pyramid", "compensation_ledger", "network", "loops"),
    *(f"{kind}_{name}" for kind in ("counties", "map") for name in COMPARED),
    *(f"map_difference_{name}" for name in MAPPED_DIFFERENCES),
)


def draw_figures(
    dataset: xarray.Dataset,
    directory: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    boundaries: Boundaries | None = None,
    network: NetworkOfRun | None = None,
    loops: LoopsOfRun | None = None,
    look: Look | None = None,
) -> list[Path]:
    """Draw the figures of one run into `directory`, in every format and with captions; return the files in order.

    urbanization_forest_output: the zone and its two parts over time; counties_<indicator> and map_<indicator> for
    urbanization_rate, forest_cover and output; county_changes, sector_output, population_pyramid,
    compensation_ledger, targets (of a run that has their years), network and loops where given. PNG has 300
    dots per inch, PDF has text as embedded Type 42 fonts. Scenario, hashes, version and seed stand in the file's own
    record (PNG text, PDF document information, SVG metadata) as well as at the foot of the figure. <name>.md has the
    caption.
    """
    with style.drawing(look):
        drawings = drawable_of(drawings_of([dataset], boundaries, network, loops), [dataset])
        return write_drawings(drawings, directory, [dataset], formats)


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
    the last common year, for urbanization_rate, output and market_access; slopes, county_changes and targets. Of one
    scenario as `draw_figures`. Returns the files in order.
    """
    with style.drawing(look):
        return write_drawings(drawable_of(drawings_of(datasets, boundaries), datasets), directory, datasets, formats)


def drawings_of(
    datasets: Sequence[xarray.Dataset],
    boundaries: Boundaries | None = None,
    network: NetworkOfRun | None = None,
    loops: LoopsOfRun | None = None,
    observed: Observations | None = None,
) -> list[Drawing]:
    """The figures of one run or of several scenarios, to be drawn in the look of this drawing.

    The reader's own points, `observed`, stand in the figures of indicators over time.
    """
    boundaries = default_boundaries() if boundaries is None else boundaries
    if len(datasets) == 1:
        return _of_run(datasets[0], boundaries, network, loops, observed)
    return [*_levels(datasets, boundaries, observed), *_differences(datasets, boundaries), *_ends(datasets)]


def drawable_of(drawings: Sequence[Drawing], datasets: Sequence[xarray.Dataset]) -> list[Drawing]:
    """Those of the drawings whose variables all results have."""
    return [each for each in drawings if all(name in dataset for dataset in datasets for name in each.variables)]


def possible_files() -> frozenset[str]:
    """The names of all files that a set of figures may have."""
    return frozenset(f"{name}.{ending}" for name in NAMES for ending in (*FORMATS, CAPTION))


def _needs(indicators: Sequence[str]) -> tuple[str, ...]:
    """The model variables that the indicators are made of."""
    return tuple(dict.fromkeys(name for each in indicators for name in find_indicator(each).needs))


def _titled(what: str, datasets: Sequence[xarray.Dataset]) -> str:
    return say(
        "{what}, {years}: {scenarios}",
        what=what,
        years=style.period(datasets[0]),
        scenarios=style.scenario_titles(datasets),
    )


def _levels(datasets: Sequence[xarray.Dataset], boundaries: Boundaries, observed: Observations | None) -> list[Drawing]:
    """What a run and a comparison both have: indicators over time, of the zone and of the counties."""

    def counties(name: str) -> Drawing:
        title = _titled(say("{what} by county", what=label(find_indicator(name))), datasets)
        return Drawing(
            f"counties_{name}",
            title,
            partial(county_multiples, datasets, name, boundaries, observed=observed),
            _needs([name]),
        )

    whole = _titled(enumeration([label(find_indicator(name)) for name in COMPARED]), datasets)
    return [
        Drawing(COMPARISON_NAME, whole, lambda: comparison(datasets, observed=observed), _needs(COMPARED)),
        *(counties(name) for name in COMPARED),
    ]


def _ends(datasets: Sequence[xarray.Dataset]) -> list[Drawing]:
    """What compares the first year with the last, or with the targets of the plan."""
    changes = _titled(enumeration([label(find_indicator(name)) for name in CHANGED]), datasets)
    found = [Drawing("county_changes", changes, lambda: county_changes(datasets), _needs(CHANGED))]
    if len(datasets) > 1:
        sloped = _titled(enumeration([label(find_indicator(name)) for name in SLOPED]), datasets)
        found.insert(0, Drawing("slopes", sloped, lambda: slopes(datasets), _needs(SLOPED)))
    if has_targets(datasets):
        title = _titled(say("Targets of the action plan"), datasets)
        wanted = [target.indicator for target in TARGETS]
        found.append(Drawing("targets", title, lambda: target_dashboard(datasets), _needs(wanted)))
    return found


def _of_run(
    dataset: xarray.Dataset,
    boundaries: Boundaries,
    network: NetworkOfRun | None,
    loops: LoopsOfRun | None,
    observed: Observations | None,
) -> list[Drawing]:
    layout = layout_of_maps(dataset, boundaries)
    one = [dataset]

    def mapped(name: str) -> Drawing:
        title = _titled(say("{what} by county", what=label(find_indicator(name))), one)
        return Drawing(f"map_{name}", title, lambda: choropleth(dataset, name, layout=layout), _needs([name]))

    ages = say("Residents by age, {first} and {last}", first=dataset["year"].values[0], last=dataset["year"].values[-1])
    drawings = [
        *_levels(one, boundaries, observed),
        *(mapped(name) for name in COMPARED),
        *_ends(one),
        Drawing(
            "sector_output", _titled(say("Output by sector"), one), lambda: sector_output(dataset), _needs(SECTORS)
        ),
        Drawing("population_pyramid", _titled(ages, one), lambda: population_pyramid(dataset), AGES),
        Drawing(
            "compensation_ledger",
            _titled(say("Ecological compensation: yearly mean"), one),
            lambda: compensation_ledger(dataset),
            ACCOUNTS,
        ),
    ]
    if network is not None:
        title = say("Transport network in {year}", year=dataset["year"].values[-1])
        drawings.append(Drawing("network", _titled(title, one), lambda: network_map(dataset, network, boundaries), ()))
    if loops is not None:
        drawings.append(
            Drawing("loops", _titled(say("Main feedback loops"), one), lambda: causal_loops(dataset, loops), ())
        )
    return drawings


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
        return Drawing(
            f"map_difference_{name}",
            title,
            lambda: difference_maps(datasets, name, layout=layout),
            _needs([name]),
        )

    whole = titled(enumeration([label(find_indicator(name)) for name in SHOWN]))
    return [
        Drawing("differences", whole, lambda: differences(datasets), _needs(SHOWN)),
        *(mapped(name) for name in MAPPED_DIFFERENCES),
    ]
