"""The command that writes tables: results read, checked, and written in the language and formats asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.look import Language, Look
from regionsim.figures.style import drawing
from regionsim.problems import Problem, ProblemsError
from regionsim.results.drawn_members import drawn_members
from regionsim.results.indicator_catalogue import variables_of_indicators
from regionsim.studies.finished_results import chosen_formats, other_data, read_results
from regionsim.studies.run import check_folder
from regionsim.studies.tables.content import PaperTable, difference_table, headline_table
from regionsim.studies.tables.files import FORMATS, write_table

if TYPE_CHECKING:
    import xarray

COMMAND = "regionsim table"
FOLDER = "tables"
EXTRA = "pip install 'regionsim[excel]'"


@dataclass(frozen=True)
class TableRequest:
    """Tables that can be written: of which results, in which formats, into which folder, and what to warn of."""

    datasets: tuple[xarray.Dataset, ...]
    language: Language
    formats: tuple[str, ...]
    folder: Path
    warnings: tuple[str, ...]

    def write(self) -> list[Path]:
        """Write the table of each run over time, and of several their differences; the files are returned."""
        self.folder.mkdir(parents=True, exist_ok=True)
        files = []
        with drawing(Look(self.language)):
            for table, datasets in self._tables():
                files += write_table(table, self.folder, datasets, self.formats)
        return files

    def _tables(self) -> list[tuple[PaperTable, Sequence[xarray.Dataset]]]:
        tables: list[tuple[PaperTable, Sequence[xarray.Dataset]]] = [
            (headline_table(dataset), [dataset]) for dataset in self.datasets
        ]
        if len(self.datasets) > 1:
            tables.append((difference_table(self.datasets), self.datasets))
        return tables


def request_tables(
    results: Sequence[str], out: str | None, results_folder: str, *, language: Language, formats: str
) -> TableRequest:
    """Read and check all that was asked for. Raises ProblemsError with everything that is wrong."""
    problems: list[Problem] = []
    chosen = chosen_formats(formats, FORMATS, COMMAND, problems)
    if "xlsx" in chosen and find_spec("openpyxl") is None:
        problems.append(Problem(COMMAND, 0, "--format xlsx", "openpyxl is not installed", EXTRA))
    datasets = [drawn_members(each) for each in read_results(results, problems, variables_of_indicators())]
    if problems:
        raise ProblemsError(problems)
    folder = Path(out) if out else Path(results_folder) / FOLDER
    check_folder(folder)
    return TableRequest(tuple(datasets), language, chosen, folder, tuple(other_data(datasets)))
