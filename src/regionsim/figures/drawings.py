"""Figures before they are drawn, and their files: each with its caption and with where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.caption import caption_of
from regionsim.figures.files import save

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

CAPTION = "md"


@dataclass(frozen=True)
class Drawing:
    """One figure of a set: the name of its files, its title in their record, what it is drawn by, what it reads.

    `variables` are those of the model: a result that lacks one has no such figure. `sources` say where the figure comes
    from; None for those of the whole set.
    """

    name: str
    title: str
    draw: Callable[[], Figure]
    variables: tuple[str, ...] = ()
    sources: tuple[xarray.Dataset, ...] | None = None


def not_drawn(drawings: Sequence[Drawing], directory: Path, formats: Sequence[str]) -> list[Drawing]:
    """Those of which a file is not there."""
    endings = (*formats, CAPTION)
    return [each for each in drawings if not all((directory / f"{each.name}.{ending}").is_file() for ending in endings)]


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
        figure, sources = drawing.draw(), datasets if drawing.sources is None else drawing.sources
        files += save(figure, directory / drawing.name, sources, drawing.title, formats)
        caption = directory / f"{drawing.name}.{CAPTION}"
        caption.write_text(caption_of(figure, sources, drawing.variables).text, encoding="utf-8", newline="\n")
        files.append(caption)
        tell(drawing.name)
    return files
