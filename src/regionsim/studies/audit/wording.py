"""What stands in the file of a table itself, line by line against what its runs give now."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from regionsim.figures.look import Look
from regionsim.figures.style import drawing
from regionsim.studies.audit.identity import Identity
from regionsim.studies.tables.content import difference_table, headline_table
from regionsim.studies.tables.files import COLUMNS, write_table

if TYPE_CHECKING:
    import xarray

Line = tuple[str, ...]
MOST_SHOWN = 8
NOTHING = "nothing"


@dataclass(frozen=True)
class Wording:
    """The lines of a table's file that are others now: number, what is there, what the runs give."""

    lines: int
    changed: tuple[tuple[int, str, str], ...]

    @property
    def is_same(self) -> bool:
        """Whether the file says what its runs give, to the last character."""
        return not self.changed


def judge_wording(file: Path, runs: Sequence[tuple[Identity, xarray.Dataset]]) -> Wording | None:
    """Compare the file of a table with the same table of these runs; None for a file that is no table of ours.

    Version and hash of data stay those that the file names: what became of them is said elsewhere.
    """
    read = READERS.get(file.suffix.lower())
    there = read(file) if read else None
    if read is None or there is None:
        return None
    datasets = [
        dataset.assign_attrs(version=identity.version, data_hash=identity.data_hash) for identity, dataset in runs
    ]
    now = _as_now(file.suffix.lower(), _is_chinese(there), datasets, read)
    pairs = zip_longest(there, now)
    changed = [(number, _shown(own), _shown(other)) for number, (own, other) in enumerate(pairs, 1) if own != other]
    return Wording(max(len(there), len(now)), tuple(changed))


def _as_now(
    ending: str, is_chinese: bool, datasets: Sequence[xarray.Dataset], read: Callable[[Path], list[Line] | None]
) -> list[Line]:
    with TemporaryDirectory() as folder, drawing(Look("zh" if is_chinese else "en")):
        table = difference_table(datasets) if len(datasets) > 1 else headline_table(datasets[0])
        [written] = write_table(table, Path(folder), datasets, [ending.removeprefix(".")])
        return read(written) or []


def _is_chinese(lines: Sequence[Line]) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for line in lines for cell in line for character in cell)


def _shown(line: Line | None) -> str:
    """The cells of a line, without what says the run on each of them."""
    if line is None:
        return NOTHING
    return " | ".join(line[: COLUMNS.index("scenario")]).strip()


def wording_text(wording: Wording) -> str:
    """What became of the table's own text, in words. Ends without a line break."""
    if wording.is_same:
        return f"the table: same, all {wording.lines} lines"
    lines = [f"the table: different, {len(wording.changed)} of {wording.lines} lines"]
    lines += [
        f"  line {number}: {there}\n  now {' ' * len(str(number))} : {now}"
        for number, there, now in wording.changed[:MOST_SHOWN]
    ]
    if len(wording.changed) > MOST_SHOWN:
        lines.append(f"  and {len(wording.changed) - MOST_SHOWN} more")
    return "\n".join(lines)


def _of_csv(path: Path) -> list[Line] | None:
    with path.open(encoding="utf-8", newline="") as file:
        lines = [tuple(row) for row in csv.reader(file)]
    return lines if lines and lines[0] == COLUMNS else None


def _of_markdown(path: Path) -> list[Line] | None:
    text = path.read_text(encoding="utf-8")
    return [(line,) for line in text.splitlines()] if "\n| --- |" in text else None  # a caption has no table


def _of_latex(path: Path) -> list[Line] | None:
    return [(line,) for line in path.read_text(encoding="utf-8").splitlines()]


def _of_excel(path: Path) -> list[Line] | None:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return [
            tuple("" if value is None else str(value) for value in row)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
        ]
    finally:
        book.close()


READERS: dict[str, Callable[[Path], list[Line] | None]] = {
    ".csv": _of_csv,
    ".md": _of_markdown,
    ".tex": _of_latex,
    ".xlsx": _of_excel,
}
