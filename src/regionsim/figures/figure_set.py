"""All figures of a run or of a comparison as files, each carrying where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.comparison import COMPARED, comparison
from regionsim.figures.county_multiples import county_multiples
from regionsim.figures.difference_maps import difference_layout, difference_maps
from regionsim.figures.differences import SHOWN, differences
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.map_layout import map_layout
from regionsim.figures.maps import choropleth
from regionsim.figures.scenario_grid import enumeration
from regionsim.results.indicators import find_indicator

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

FORMATS = ("png", "pdf")
COMPARISON_NAME = "urbanization_forest_output"
DIFFERENCES_NAME = "differences"
MAPPED_DIFFERENCES = ("urbanization_rate", "output", "market_access")


def draw_figures(
    dataset: xarray.Dataset,
    directory: Path,
    *,
    formats: Sequence[str] = FORMATS,
    boundaries: Boundaries | None = None,
) -> list[Path]:
    """Draw the seven figures of one run into `directory`, in every format, and return the files in order.

    urbanization_forest_output: the zone and its two parts over time; counties_<indicator> and map_<indicator> for
    urbanization_rate, forest_cover and output. PNG has 300 dots per inch, PDF has text as embedded Type 42 fonts.
    Scenario, hashes, version and seed stand in the file's own record (PNG text, PDF document information) as well
    as at the foot of the figure.
    """
    boundaries = default_boundaries() if boundaries is None else boundaries
    files: list[Path] = []
    with style.drawing():
        figure = comparison([dataset])
        files += save(figure, directory / COMPARISON_NAME, [dataset], _caption([dataset]), formats)
        for name in COMPARED:
            figure = county_multiples([dataset], name, boundaries)
            files += save(
                figure, directory / f"counties_{name}", [dataset], _counties_caption([dataset], name), formats
            )
        layout = map_layout(dataset, boundaries)
        for name in COMPARED:
            figure = choropleth(dataset, name, layout=layout)
            files += save(figure, directory / f"map_{name}", [dataset], _map_caption(dataset, name), formats)
    return files


def draw_comparison(
    datasets: Sequence[xarray.Dataset],
    directory: Path,
    *,
    formats: Sequence[str] = FORMATS,
    boundaries: Boundaries | None = None,
) -> list[Path]:
    """Draw the figures of several scenarios into `directory`, in every format, and return the files in order.

    urbanization_forest_output: one row per indicator, one column for the zone and each of its parts; and
    counties_<indicator> for urbanization_rate, forest_cover and output. Each scenario has its colour. Of two
    scenarios or more also what the levels hide: differences, each scenario against the first over time; and
    map_difference_<indicator>, by county in the last common year, for urbanization_rate, output and market_access.
    """
    boundaries = default_boundaries() if boundaries is None else boundaries
    files: list[Path] = []
    with style.drawing():
        files += save(comparison(datasets), directory / COMPARISON_NAME, datasets, _caption(datasets), formats)
        for name in COMPARED:
            figure = county_multiples(datasets, name, boundaries)
            files += save(figure, directory / f"counties_{name}", datasets, _counties_caption(datasets, name), formats)
        if len(datasets) > 1:
            files += _draw_differences(datasets, directory, formats, boundaries)
    return files


def _draw_differences(
    datasets: Sequence[xarray.Dataset], directory: Path, formats: Sequence[str], boundaries: Boundaries
) -> list[Path]:
    names = [find_indicator(name).label for name in SHOWN]
    caption = _differences_caption(enumeration(names), datasets)
    files = save(differences(datasets), directory / DIFFERENCES_NAME, datasets, caption, formats)
    layout = difference_layout(datasets, boundaries)
    for name in MAPPED_DIFFERENCES:
        figure = difference_maps(datasets, name, layout=layout)
        caption = _differences_caption(f"{find_indicator(name).label} by county", datasets)
        files += save(figure, directory / f"map_difference_{name}", datasets, caption, formats)
    return files


def save(
    figure: Figure, stem: Path, datasets: Sequence[xarray.Dataset], caption: str, formats: Sequence[str] = FORMATS
) -> list[Path]:
    """Write a figure to `stem` with the ending of each format (png, pdf) and return the files.

    The files hold no time of writing: the same figure is the same file. Raises ValueError for another format.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"figures are written as {' or '.join(FORMATS)}, not as {', '.join(unknown)}")
    files = []
    with style.drawing():
        for ending in formats:
            path = stem.with_name(f"{stem.name}.{ending}")
            if ending == "png":
                _save_png(figure, path, datasets, caption)
            else:
                _save_pdf(figure, path, datasets, caption)
            files.append(path)
    return files


def _save_png(figure: Figure, path: Path, datasets: Sequence[xarray.Dataset], caption: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    first = datasets[0].attrs
    record = {
        "Title": caption,
        "Description": style.stamp(datasets),
        "Software": f"regionsim {first.get('version', '')}".strip(),
        "Scenario": ", ".join(str(dataset.attrs["scenario"]) for dataset in datasets),
        "Scenario hash": ", ".join(str(dataset.attrs.get("scenario_hash", "")) for dataset in datasets),
        "Data hash": ", ".join(dict.fromkeys(str(dataset.attrs.get("data_hash", "")) for dataset in datasets)),
        "Seed": ", ".join(dict.fromkeys(str(dataset.attrs.get("seed", "")) for dataset in datasets)),
    }
    # Harder compression takes longer than all the drawing and saves a fifth of the file.
    FigureCanvasAgg(figure).print_png(path, metadata=record, pil_kwargs={"compress_level": 3})  # type: ignore[no-untyped-call]


def _save_pdf(figure: Figure, path: Path, datasets: Sequence[xarray.Dataset], caption: str) -> None:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    keywords = []
    for dataset in datasets:
        known = {
            key: dataset.attrs.get(key, "") for key in ("scenario", "scenario_hash", "data_hash", "version", "seed")
        }
        keywords.append(", ".join(f"{key} {value}" for key, value in known.items()))
    record = {
        "Title": caption,
        "Subject": style.stamp(datasets),
        "Keywords": "; ".join(keywords),
        "Creator": f"regionsim {datasets[0].attrs.get('version', '')}".strip(),
        "CreationDate": None,
    }
    dots = figure.dpi
    try:
        FigureCanvasPdf(figure).print_pdf(path, metadata=record)  # type: ignore[no-untyped-call]
    finally:
        figure.set_dpi(dots)  # the writer of PDF leaves its own


def _scenarios(datasets: Sequence[xarray.Dataset]) -> str:
    return ", ".join(style.scenario_title(dataset) for dataset in datasets)


def _caption(datasets: Sequence[xarray.Dataset]) -> str:
    return f"Urbanization, forest cover and output, {style.period(datasets[0])}: {_scenarios(datasets)}"


def _counties_caption(datasets: Sequence[xarray.Dataset], name: str) -> str:
    label = find_indicator(name).label
    return f"{label} of the counties, {style.period(datasets[0])}: {_scenarios(datasets)}"


def _differences_caption(what: str, datasets: Sequence[xarray.Dataset]) -> str:
    return f"{what}, {_scenarios(datasets[1:])}: difference from {style.scenario_title(datasets[0])}"


def _map_caption(dataset: xarray.Dataset, name: str) -> str:
    years = dataset["year"].values
    return f"{find_indicator(name).label} by county, {years[0]} and {years[-1]}: {_scenarios([dataset])}"
