"""What a finished attribution leaves in its directory."""

from __future__ import annotations

import numpy as np

from regionsim.problems import ProblemsError
from regionsim.results.netcdf_file import read_netcdf, write_netcdf
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.attribute.run import Attribution, Prepared
from regionsim.studies.attribute.tables import (
    attribution_dataset,
    attribution_of,
    contributions_table,
    differences_table,
    interactions_table,
)
from regionsim.studies.attribute.words import attribution_text
from regionsim.studies.sweep.store import SUMMARY

DATASET = "attribution.nc"
FIGURES = "figures"


def finished_attribution(prepared: Prepared) -> Attribution | None:
    """What a finished attribution found; None where it is not finished, or what it found is no longer there whole."""
    store = prepared.store
    if not store.is_finished:
        return None
    ledgers = store.record["results"]["largest_ledger_residuals"]
    try:
        return attribution_of(read_netcdf(store.directory / DATASET), prepared.study, ledgers)
    except (ProblemsError, KeyError):
        return None


def write_attribution(
    prepared: Prepared, attribution: Attribution, *, figures: bool = True, only_missing: bool = False
) -> str:
    """Write tables, dataset, figures and text, each whole or not at all, and the end of the record; return the text.

    With `only_missing` what stands there is left as it is: it is that of a finished attribution.
    """
    from regionsim.figures.attribution_set import attribution_drawings
    from regionsim.figures.drawings import not_drawn, write_drawings
    from regionsim.figures.files import DEFAULT_FORMATS
    from regionsim.figures.style import drawing

    directory = prepared.store.directory

    def is_wanted(name: str) -> bool:
        return not (only_missing and (directory / name).is_file())

    tables = {
        "differences.csv": differences_table(attribution),
        "contributions.csv": contributions_table(attribution),
        "interactions.csv": interactions_table(attribution),
    }
    text = attribution_text(attribution)
    for name, table in tables.items():
        if table is None:
            text += f"\n\n{attribution.interactions.values.size:,} interactions are too many for a table: "
            text += f"{DATASET} has them all."
        elif is_wanted(name):
            with whole_file(directory / name) as fresh:
                table.to_csv(fresh, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
    dataset = attribution_dataset(attribution)
    if is_wanted(DATASET):
        with whole_file(directory / DATASET) as fresh:
            write_netcdf(dataset, fresh)
    if figures:
        (directory / FIGURES).mkdir(exist_ok=True)
        with drawing():
            drawings = attribution_drawings(dataset)
            if only_missing:
                drawings = not_drawn(drawings, directory / FIGURES, DEFAULT_FORMATS)
            write_drawings(drawings, directory / FIGURES, [dataset], DEFAULT_FORMATS)
    if is_wanted(SUMMARY):
        write_whole(directory / SUMMARY, text + "\n")
    if only_missing:
        prepared.store.tidy()
        return text
    largest = float(np.nanmax(np.abs(attribution.rest), initial=0.0))
    prepared.store.finish(
        {
            "runs": attribution.runs,
            "largest_rest": float(f"{largest:.3g}"),
            "largest_ledger_residuals": {
                name: float(f"{size:.3g}") for name, size in sorted(attribution.ledgers.items())
            },
        }
    )
    return text
