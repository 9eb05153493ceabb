"""Results on disk: what a run and a comparison leave behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.results.drawn_members import drawn_members
from regionsim.results.indicators import indicators
from regionsim.results.netcdf_file import write_netcdf
from regionsim.results.whole_directory import whole_directory

if TYPE_CHECKING:
    import pandas
    import xarray

INDICATORS = "indicators.csv"
TRAJECTORIES = "trajectories.nc"
RUN_RECORD = "run.json"
SCENARIO = "scenario.yaml"
FIGURES = "figures"
# Written beside a result; a new result takes its place, since it says nothing of that.
CERTIFICATE = "verification.json"
# Of a run with members.
QUANTILES = "quantiles.csv"
MEMBERS = "members.csv"
CONTENTS = frozenset({INDICATORS, TRAJECTORIES, RUN_RECORD, SCENARIO, FIGURES, CERTIFICATE, QUANTILES, MEMBERS})
COMPARISON = "comparison.csv"
COMPARISON_TEXT = "comparison.txt"
COMPARISON_CONTENTS = frozenset({COMPARISON, COMPARISON_TEXT, FIGURES})


def write_results(
    directory: Path,
    dataset: xarray.Dataset,
    *,
    resolved_scenario: str,
    run_record: Mapping[str, Any],
    figures: Callable[[Path], object] | None = None,
    tables: Mapping[str, pandas.DataFrame] | None = None,
) -> Path:
    """Write a whole result into `directory`, in place of an older one, and return the directory.

    Files: indicators.csv (UTF-8, 12 significant digits), trajectories.nc, run.json (`run_record`, keys sorted),
    scenario.yaml (`resolved_scenario` as given), `tables` by name, and figures/ (filled by `figures`, which gets the
    directory). It is whole or not there (see `whole_directory`). Raises ProblemsError where the target holds anything
    that is not part of a result.
    """
    with whole_directory(directory, CONTENTS) as fresh:
        _write_table(indicators(drawn_members(dataset)), fresh / INDICATORS)
        for name, table in (tables or {}).items():
            _write_table(table, fresh / name)
        write_netcdf(dataset, fresh / TRAJECTORIES)
        record = json.dumps(run_record, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
        (fresh / RUN_RECORD).write_text(record + "\n", encoding="utf-8", newline="\n")
        (fresh / SCENARIO).write_text(resolved_scenario, encoding="utf-8", newline="\n")
        if figures is not None:
            (fresh / FIGURES).mkdir()
            figures(fresh / FIGURES)
    return directory


def write_comparison(
    directory: Path,
    datasets: Sequence[xarray.Dataset],
    *,
    table: str,
    figures: Callable[[Path], object] | None = None,
) -> Path:
    """Write a comparison of scenarios into `directory`, in place of an older one, and return the directory.

    Files: comparison.csv (the indicators of all scenarios with their `difference` from the first scenario's),
    comparison.txt (`table` as given) and figures/ (filled by `figures`). Whole or not there, as a result.
    """
    import pandas

    with whole_directory(directory, COMPARISON_CONTENTS) as fresh:
        tables = [indicators(dataset) for dataset in datasets]
        keys = ["region_type", "region", "year", "variable"]
        first = tables[0].set_index(keys)["value"]
        for each in tables:
            each["difference"] = each["value"] - first.reindex(pandas.MultiIndex.from_frame(each[keys])).to_numpy()
        _write_table(pandas.concat(tables, ignore_index=True), fresh / COMPARISON)
        (fresh / COMPARISON_TEXT).write_text(table + "\n", encoding="utf-8", newline="\n")
        if figures is not None:
            (fresh / FIGURES).mkdir()
            figures(fresh / FIGURES)
    return directory


def _write_table(table: pandas.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
