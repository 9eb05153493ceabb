"""A finished sweep as discovery reads it: who was drawn, what was kept of each member, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.netcdf_file import stored_netcdf
from regionsim.studies.discover.boxes import Array
from regionsim.studies.sweep.factors import Factor, recorded_factor
from regionsim.studies.sweep.store import OUTPUTS, STUDY, Store

if TYPE_CHECKING:
    import xarray

# Members of the other designs lie along lines: shares of them are shares of nothing.
SPREAD_OUT = ("latin-hypercube", "sobol", "monte-carlo", "posterior", "grid")


EXPECTED = "the directory of a finished sweep, like results/sweeps/<study name>"


@dataclass(frozen=True)
class Kept:
    """A variable that the study kept, in its regions."""

    label: str
    unit: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class FinishedSweep:
    """`scenarios` has the one that others are compared with first; `numbers` is (member, factor).

    `broken` (scenario, member) is 1 for the members that broke down, else 0; `kept` are the outputs by their names.
    Their values are read when they are asked for: all together may be more than the memory holds. `stored` opens them.
    """

    directory: Path
    record: Mapping[str, Any]
    factors: tuple[Factor, ...]
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    numbers: Array
    broken: Array
    kept: Mapping[str, Kept]
    stored: Callable[[], AbstractContextManager[xarray.Dataset]] = field(repr=False)

    def values(self, key: str, region: str, scenario: str, year: int) -> Array:
        """The values of an output by member."""
        with self.stored() as outputs:
            part = outputs[key].sel(scenario=scenario, year=year)[:, self.kept[key].regions.index(region)]
            return np.asarray(part.values, dtype=np.float64)

    @property
    def study_file(self) -> str:
        """Where its study stands."""
        return str(self.directory / STUDY)

    @property
    def title(self) -> str:
        """The title of the study in English."""
        return str(self.record["title"]["en"])

    def failed(self, scenario: str) -> Array:
        """1 for the members that broke down in a scenario, else 0."""
        return np.asarray(self.broken[self.scenarios.index(scenario)])

    def scenario(self, name: str | None) -> str:
        """The scenario of this name, or the only one. Raises ProblemsError."""
        known = ", ".join(self.scenarios)
        if name is None and len(self.scenarios) > 1:
            problem = Problem(str(self.directory), 0, "the sweep has several scenarios", known, "--scenario with one")
            raise ProblemsError([problem])
        if name is not None and name not in self.scenarios:
            nearest = nearest_name(name, self.scenarios)
            raise ProblemsError([Problem("--scenario", 0, f"no scenario '{name}' in the sweep", "", known, nearest)])
        return name or self.scenarios[0]


def read_finished(directory: Path) -> FinishedSweep:
    """The sweep in a directory. Raises ProblemsError where none is finished there, or its members lie along lines."""
    store = Store(directory)
    if not store.is_there:
        what = "no sweep in this directory" if directory.is_dir() else "the directory is not there"
        raise ProblemsError([Problem(str(directory), 0, what, "", EXPECTED)])
    record = store.record
    if "study" not in record:
        found = "an attribution" if "attribution" in record else ""
        raise ProblemsError([Problem(str(directory), 0, "no sweep in this directory", found, EXPECTED)])
    if "results" not in record:
        expected = "its end: regionsim sweep STUDY --resume"
        raise ProblemsError([Problem(str(directory), 0, "the sweep is not finished", "", expected)])
    kind = record["design"]["kind"]
    if kind not in SPREAD_OUT:
        what = "the members of this design lie along lines and fill no space"
        raise ProblemsError([Problem(str(directory / STUDY), 0, what, kind, f"one of {', '.join(SPREAD_OUT)}")])
    return finished_sweep(directory, record, partial(stored_netcdf, directory / OUTPUTS))


def finished_sweep(
    directory: Path, record: Mapping[str, Any], stored: Callable[[], AbstractContextManager[xarray.Dataset]]
) -> FinishedSweep:
    """The sweep of this record, whose outputs `stored` opens: all that it is asked for but the values of these."""
    factors = tuple(recorded_factor(each) for each in record["factors"])
    with stored() as outputs:
        numbers = [np.asarray(outputs[f"factor_{k:03d}"].values, dtype=np.float64) for k in range(len(factors))]
        kept = {
            str(key): Kept(
                str(each.attrs["long_name"]), str(each.attrs["units"]), tuple(map(str, outputs[each.dims[-1]].values))
            )
            for key, each in outputs.data_vars.items()
            if each.dims[2:3] == ("year",)
        }
        return FinishedSweep(
            directory=directory,
            record=record,
            factors=factors,
            scenarios=tuple(map(str, outputs["scenario"].values)),
            years=tuple(map(int, outputs["year"].values)),
            numbers=np.stack(numbers, axis=1),
            broken=np.asarray(outputs["failed"].values, dtype=np.float64),
            kept=kept,
            stored=stored,
        )
