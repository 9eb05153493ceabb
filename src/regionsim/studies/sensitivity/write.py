"""What an analysis leaves beside the members of its sweep."""

from __future__ import annotations

from pathlib import Path

from regionsim.results.whole_directory import whole_directory
from regionsim.studies.sensitivity.analysis import Analysis
from regionsim.studies.sensitivity.dataset import write_indices
from regionsim.studies.sensitivity.findings import findings_of
from regionsim.studies.sensitivity.tables import convergence_table, indices_table
from regionsim.studies.sensitivity.words import report
from regionsim.studies.sweep.store import Store

FOLDER = "sensitivity"
TABLE, CONVERGENCE, TEXT, FIGURES = "sensitivity.csv", "convergence.csv", "sensitivity.txt", "figures"
DATASET = "sensitivity.nc"  # all indices, also where there are too many for a table


def write_analysis(analysis: Analysis, store: Store, *, figures: bool = True) -> Path:
    """Write tables, dataset, text and figures beside the sweep, whole or not at all, in place of older ones."""
    directory = store.directory / FOLDER
    with whole_directory(directory, (TABLE, CONVERGENCE, TEXT, FIGURES, DATASET)) as fresh:
        tables = {TABLE: indices_table(analysis), CONVERGENCE: convergence_table(analysis)}
        for name, table in tables.items():
            table.to_csv(fresh / name, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
        (fresh / TEXT).write_text(report(analysis) + "\n", encoding="utf-8", newline="\n")
        write_indices(analysis, fresh / DATASET)
        if figures:
            from regionsim.figures.drawings import write_drawings
            from regionsim.figures.files import DEFAULT_FORMATS
            from regionsim.figures.style import drawing
            from regionsim.studies.sensitivity.draw import analysis_drawings

            (fresh / FIGURES).mkdir()
            with drawing():
                write_drawings(analysis_drawings(findings_of(analysis)), fresh / FIGURES, (), DEFAULT_FORMATS)
    return directory
