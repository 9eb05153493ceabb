"""A finished sweep as discovery reads it: who was drawn, what was kept of each member, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.discover.boxes import Array
from regionsim.studies.sweep.factors import Factor, recorded_factor
from regionsim.studies.sweep.store import OUTPUTS, STUDY, Store

if TYPE_CHECKING:
    import xarray

# Members of the other designs lie along lines: shares of them are shares of nothing.
SPREAD_OUT = ("latin-hypercube", "sobol", "monte-carlo", "posterior", "grid")


EXPECTED = "the directory of a finished sweep, like results/sweeps/<study name>"


@dataclass(frozen=True)
class FinishedSweep:
    """`numbers` is (member, factor); `outputs` has what the study kept, by scenario, member and year."""

    directory: Path
    record: Mapping[str, Any]
    factors: tuple[Factor, ...]
    numbers: Array
    outputs: xarray.Dataset

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of its scenarios, the one that others are compared with first."""
        return tuple(map(str, self.outputs["scenario"].values))

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
        return np.asarray(self.outputs["failed"].sel(scenario=scenario).values, dtype=np.float64)

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
    outputs = read_netcdf(directory / OUTPUTS)
    factors = tuple(recorded_factor(each) for each in record["factors"])
    numbers = [np.asarray(outputs[f"factor_{k:03d}"].values, dtype=np.float64) for k in range(len(factors))]
    return FinishedSweep(directory, record, factors, np.stack(numbers, axis=1), outputs)
