"""All indices of an analysis as netCDF: for programs, and for its figures to be drawn again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim import __version__
from regionsim.results.blocks import Block, width
from regionsim.results.netcdf_file import write_netcdf
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sensitivity.analysis import Analysis
from regionsim.studies.sensitivity.findings import PARTS, record_of
from regionsim.studies.sensitivity.indices import REASONS

if TYPE_CHECKING:
    import xarray


def write_indices(analysis: Analysis, path: Path) -> None:
    """Write all indices: for each variable of the study the value, the ends of its interval (`_low`, `_high`), what it
    rests on (`_used`) and the number of the reason why there is none (`_reason`).

    Variable by variable, since all together may be more than the memory holds once more.
    """
    write_netcdf(_frame(analysis), path)
    begin = 0
    for block in analysis.plan.study.blocks:
        write_netcdf(_of_block(analysis, block, begin), path, beside=True)
        begin += len(block.regions)


def _frame(analysis: Analysis) -> xarray.Dataset:
    """The names along all dimensions, and where the indices come from."""
    import xarray

    plan, targets = analysis.plan, [found.target for found in analysis.found]
    coordinates: dict[str, tuple[str, NDArray[np.generic]]] = {
        "target": ("target", np.asarray([target.words for target in targets], dtype=np.str_)),
        "scenario": ("target", np.asarray([target.scenario for target in targets], dtype=np.str_)),
        "against": ("target", np.asarray([target.against for target in targets], dtype=np.str_)),
        "index": ("index", np.asarray(analysis.found[0].indices.names, dtype=np.str_)),
        "factor": ("factor", np.asarray([factor.key for factor in plan.factors], dtype=np.str_)),
        "year": ("year", np.asarray(plan.study.years, dtype=np.int64)),
    }
    for block in plan.study.blocks:
        coordinates[block.kind] = (block.kind, np.asarray(block.regions, dtype=np.str_))
    attributes = {
        "study": plan.study.name,
        "design_hash": plan.design_hash,
        "data_hash": data_hash(),
        "version": __version__,
        "record": json.dumps(record_of(analysis), ensure_ascii=False, allow_nan=False),
        "reasons": "; ".join(f"{number} {reason}" for number, reason in enumerate(REASONS) if reason),
    }
    return xarray.Dataset(coords=coordinates, attrs=attributes)


def _of_block(analysis: Analysis, block: Block, begin: int) -> xarray.Dataset:
    """The indices of a variable, whose columns start at `begin`."""
    import xarray

    study = analysis.plan.study
    shape, chosen = (len(study.years), width(study.blocks)), slice(begin, begin + len(block.regions))
    variables = {}
    for ending, (leading, name) in PARTS.items():
        parts = [getattr(found.indices, name) for found in analysis.found]
        values = np.stack([part.reshape(*part.shape[:-1], *shape)[..., chosen] for part in parts])
        about = {"long_name": f"{block.label}{ending.replace('_', ', ')}", "unit_of_variable": block.unit}
        variables[f"{block.key}{ending}"] = ((*leading, "year", block.kind), values, about)
    return xarray.Dataset(variables)
