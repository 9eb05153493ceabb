"""Results that are already there, read back for figures, tables and reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.results.netcdf_file import read_netcdf
from regionsim.results.write import TRAJECTORIES
from regionsim.studies.fingerprint import data_hash

if TYPE_CHECKING:
    import xarray


def chosen_formats(text: str, known: Sequence[str], command: str, problems: list[Problem]) -> tuple[str, ...]:
    """The formats that `--format` names, endings with commas between; what is unknown goes to `problems`."""
    wanted = [part.strip().lower().removeprefix(".") for part in text.split(",") if part.strip()]
    for unknown in (each for each in wanted if each not in known):
        problems.append(Problem(command, 0, "--format", unknown, ", ".join(known), nearest_name(unknown, known)))
    if not wanted:
        problems.append(Problem(command, 0, "--format names no format", f"'{text}'", ", ".join(known)))
    return tuple(dict.fromkeys(wanted))


def read_results(
    results: Sequence[str], problems: list[Problem], only: Collection[str] | None = None
) -> list[xarray.Dataset]:
    """The datasets of directories that a run wrote, or of their trajectories.nc; the rest goes to `problems`.

    Of their variables those of `only` (None: all), among which those of all indicators have to be.
    """
    datasets: list[xarray.Dataset] = []
    seen: dict[str, str] = {}
    for result in results:
        path = Path(result)
        if path.suffix in (".yaml", ".yml"):
            expected = f"a directory of results: regionsim run {result} makes one"
            problems.append(Problem(result, 0, "a result is needed", "a scenario", expected))
            continue
        try:
            dataset = read_netcdf(path if path.suffix == ".nc" else path / TRAJECTORIES, only)
        except ProblemsError as error:
            problems += error.problems
            continue
        name = str(dataset.attrs.get("scenario", ""))
        if not name or "county" not in dataset.coords:
            problems.append(Problem(result, 0, "not the result of a run", expected="what regionsim run writes"))
            continue
        missing = [variable for variable in _required() if variable not in dataset]
        if missing:
            found = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
            what = "the result lacks variables of the model as it is now"
            problems.append(Problem(result, 0, what, found, "a result of this version: run the scenario again"))
            continue
        if name in seen:
            what = "two results are of one scenario"
            problems.append(Problem(result, 0, what, f"{name}, as in {seen[name]}", "names that differ"))
        seen.setdefault(name, result)
        datasets.append(dataset)
    years = [set(dataset["year"].values.tolist()) for dataset in datasets]
    if years and not set.intersection(*years):
        problems.append(Problem(", ".join(results), 0, "the results have no year in common"))
    return datasets


def _required() -> list[str]:
    """The model variables that the indicators of every result are made of."""
    kept = [indicator for indicator in INDICATORS if not indicator.optional]
    return sorted({name for indicator in kept for name in indicator.needs})


def other_data(datasets: Sequence[xarray.Dataset]) -> list[str]:
    """Results that rest on other data than this version has: captions tell the sources of this version."""
    here = data_hash()
    return [
        f"warning: {dataset.attrs['scenario']} was run with other data or equations than those installed "
        f"({str(dataset.attrs.get('data_hash', ''))[:12]}, installed {here[:12]}): captions tell the sources of these"
        for dataset in datasets
        if dataset.attrs.get("data_hash") != here
    ]
