"""The figures of a report: those of `regionsim figures`, drawn once for each form in which the report is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from regionsim.figures.caption import Caption, caption_of
from regionsim.figures.drawings import Drawing
from regionsim.figures.files import save
from regionsim.figures.words import joined
from regionsim.studies.report.document import Block, Figure, Section, paragraph
from regionsim.studies.report.words import phrase

if TYPE_CHECKING:
    import xarray

Pictures = dict[str, dict[str, bytes]]
# What a form of the report takes its figures as: outlines that need no font, or text as text.
PICTURES = {"html": "svg", "pdf": "pdf"}


def drawn_figures(
    drawings: Sequence[Drawing],
    datasets: Sequence[xarray.Dataset],
    formats: Sequence[str],
    tell: Callable[[str], None],
) -> tuple[list[Figure], Pictures]:
    """The figures with their captions, and the content of their files by name and ending.

    `formats` are those of the report; `tell` gets each name when it is drawn.
    """
    endings = [PICTURES[each] for each in formats]
    figures: list[Figure] = []
    pictures: Pictures = {}
    with TemporaryDirectory(prefix="regionsim-report-") as folder:
        for drawing in drawings:
            made = drawing.draw()
            files = save(made, Path(folder) / drawing.name, datasets, drawing.title, endings)
            pictures[drawing.name] = {file.suffix[1:]: file.read_bytes() for file in files}
            figures.append(_figure(drawing, caption_of(made, datasets, drawing.variables)))
            tell(drawing.name)
    return figures, pictures


def _figure(drawing: Drawing, caption: Caption) -> Figure:
    notes = tuple(part for part in (caption.shows, caption.sources) if part)
    return Figure(drawing.name, caption.title, drawing.title, notes)


def figures_section(figures: Sequence[Figure], left_out: Sequence[str]) -> Section:
    """The figures one after the other, and which are missing."""
    blocks: list[Block] = list(figures)
    if left_out:
        names = joined(left_out)
        blocks.append(paragraph(phrase("Left out, as the results lack what they show: {names}.", names=names)))
    return Section("figures", phrase("Figures"), tuple(blocks))
