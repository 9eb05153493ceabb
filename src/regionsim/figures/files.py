"""Figures as files: PNG, PDF and SVG, each carrying where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.look import Look
from regionsim.results.identity import identity_lines

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

FORMATS = ("png", "pdf", "svg")
DEFAULT_FORMATS = ("png", "pdf")


def save(
    figure: Figure,
    stem: Path,
    datasets: Sequence[xarray.Dataset],
    title: str,
    formats: Sequence[str] = DEFAULT_FORMATS,
) -> list[Path]:
    """Write a figure to `stem` with the ending of each format (png, pdf, svg) and return the files.

    The files hold no time of writing: the same figure is the same file. Raises ValueError for another format.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"figures are written as {', '.join(FORMATS)}, not as {', '.join(unknown)}")
    writers = {"png": _save_png, "pdf": _save_pdf, "svg": _save_svg}
    files = []
    with style.drawing():
        for ending in formats:
            path = stem.with_name(f"{stem.name}.{ending}")
            writers[ending](figure, path, datasets, title)
            files.append(path)
    return files


def _origin(datasets: Sequence[xarray.Dataset]) -> str:
    """Where the figure comes from, as the record of the file says it: in English in every language."""
    with style.drawing(Look()):
        return style.stamp(datasets)


def _version(datasets: Sequence[xarray.Dataset]) -> str:
    return f"regionsim {datasets[0].attrs.get('version', '')}".strip()


def _save_png(figure: Figure, path: Path, datasets: Sequence[xarray.Dataset], title: str) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    record = {
        "Title": title,
        "Description": _origin(datasets),
        "Keywords": "; ".join(identity_lines(datasets)),
        "Software": _version(datasets),
        "Scenario": ", ".join(str(dataset.attrs["scenario"]) for dataset in datasets),
        "Scenario hash": ", ".join(str(dataset.attrs.get("scenario_hash", "")) for dataset in datasets),
        "Data hash": ", ".join(dict.fromkeys(str(dataset.attrs.get("data_hash", "")) for dataset in datasets)),
        "Seed": ", ".join(dict.fromkeys(str(dataset.attrs.get("seed", "")) for dataset in datasets)),
    }
    # Harder compression takes longer than all the drawing and saves a fifth of the file.
    FigureCanvasAgg(figure).print_png(path, metadata=record, pil_kwargs={"compress_level": 3})  # type: ignore[no-untyped-call]


def _save_pdf(figure: Figure, path: Path, datasets: Sequence[xarray.Dataset], title: str) -> None:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    record = {
        "Title": title,
        "Subject": _origin(datasets),
        "Keywords": "; ".join(identity_lines(datasets)),
        "Creator": _version(datasets),
        "CreationDate": None,
    }
    dots = figure.dpi
    try:
        FigureCanvasPdf(figure).print_pdf(path, metadata=record)  # type: ignore[no-untyped-call]
    finally:
        figure.set_dpi(dots)  # the writer of PDF leaves its own


def _save_svg(figure: Figure, path: Path, datasets: Sequence[xarray.Dataset], title: str) -> None:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    record = {
        "Title": title,
        "Description": _origin(datasets),
        "Keywords": identity_lines(datasets),
        "Creator": _version(datasets),
        "Date": None,
    }
    dots = figure.dpi
    try:
        FigureCanvasSVG(figure).print_svg(path, metadata=record)  # type: ignore[no-untyped-call]
    finally:
        figure.set_dpi(dots)
