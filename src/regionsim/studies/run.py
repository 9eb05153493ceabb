"""Run a scenario: from its file to a labelled Dataset and a directory of results."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim import __version__
from regionsim.engine.integrate import simulate
from regionsim.language.inputs import Table
from regionsim.problems import Problem, ProblemsError
from regionsim.results.drawn_members import drawn_members
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.model import build_model, read_scenario

if TYPE_CHECKING:
    import pandas
    import xarray

    from regionsim.engine.compile import Model
    from regionsim.scenarios.scenario import Scenario

# Constants that results need beside the variables of the model.
CONSTANTS = ("county_area", "cohort_birth_start", "cohort_birth_end")
# Tables by age, written by single years.
SCHEDULES = ("fertility_by_age", "mortality_by_age", "migration_propensity_by_age", "return_propensity_by_age")
OLDEST_AGE = 105
PACKAGES = ("numpy", "scipy", "xarray", "pandas", "matplotlib", "ruamel.yaml", "pydantic")


@dataclass(frozen=True)
class Run:
    """A finished run: its scenario, its Dataset, and how long the model took to build and to simulate, in seconds."""

    scenario: Scenario
    dataset: xarray.Dataset
    seconds_to_build: float
    seconds_to_simulate: float

    @property
    def shown(self) -> xarray.Dataset:
        """What tables and figures are of: the members that were drawn, or the one run."""
        return drawn_members(self.dataset)

    @property
    def tables(self) -> dict[str, pandas.DataFrame]:
        """Tables beside the indicators, by the name of their file."""
        return {}

    @property
    def record(self) -> dict[str, Any]:
        """What `run.json` says: versions, hashes, seed, seconds and the largest residual of each ledger."""
        attributes = self.dataset.attrs
        ledgers = {
            name.removeprefix("ledger_residual_"): float(value)
            for name, value in attributes.items()
            if name.startswith("ledger_residual_")
        }
        return {
            "scenario": self.scenario.name,
            "scenario_hash": attributes["scenario_hash"],
            "calibration": "none" if self.scenario.calibration is None else self.scenario.calibration.name,
            "data_hash": attributes["data_hash"],
            "seed": self.scenario.seed,
            "start": self.scenario.start,
            "end": self.scenario.end,
            "step": self.scenario.step,
            "method": self.scenario.method,
            "members": int(self.dataset.sizes["member"]),
            "largest_ledger_residuals": ledgers,
            "seconds": {"build": round(self.seconds_to_build, 3), "simulate": round(self.seconds_to_simulate, 3)},
            "source_files": [Path(file).name for file in self.scenario.source_files],
            "versions": {
                "regionsim": __version__,
                "python": platform.python_version(),
                **{name: version(name) for name in PACKAGES},
            },
        }


def run_scenario(path: str | Path, progress: Callable[[float], None] | None = None) -> Run:
    """Run the scenario in a file. Raises ProblemsError for a wrong file, SimulationError for a run that broke down."""
    return run_checked(read_scenario(path), progress)


def run_checked(scenario: Scenario, progress: Callable[[float], None] | None = None) -> Run:
    """Run a scenario that was read before; `progress` is called with the year after each step."""
    from regionsim.results.dataset import to_dataset

    begun = time.perf_counter()
    model = build_model(scenario)
    built = time.perf_counter()
    trajectory = simulate(
        model,
        start=scenario.start,
        end=scenario.end,
        step=scenario.step,
        method=scenario.method,
        outputs={*model.stocks, *model.equations, *CONSTANTS},
        progress=progress,
    )
    simulated = time.perf_counter()
    dataset = with_schedules(to_dataset(trajectory, attributes_of(scenario, members=1)), model)
    return Run(scenario, dataset, built - begun, simulated - built)


def attributes_of(scenario: Scenario, seed: int | None = None, members: int | None = None) -> dict[str, str]:
    """What a dataset says of the run that it holds; `seed` is that of draws (None: the scenario's).

    `members` are those that were drawn, where the dataset is the result of a run.
    """
    return {
        **({} if members is None else {"members": str(members)}),
        "scenario": scenario.name,
        "title": scenario.title_en,
        "title_zh": scenario.title_zh,
        "about": scenario.about,
        "version": __version__,
        "scenario_hash": scenario.content_hash(),
        "data_hash": data_hash(),
        "seed": str(scenario.seed if seed is None else seed),
    }


def with_schedules(dataset: xarray.Dataset, model: Model) -> xarray.Dataset:
    """The dataset with the schedules by age that the run used, by single years of age (values at mid-year)."""
    ages = np.arange(OLDEST_AGE)
    schedules = {
        name: (
            "age",
            np.interp(ages + 0.5, table.arguments, table.values),
            {"units": table.unit, "long_name": table.about, "kind": "input"},
        )
        for name in SCHEDULES
        if isinstance(table := model.inputs[name], Table)
    }
    age = ("age", ages, {"units": "year", "long_name": "Completed years of age."})
    return dataset.assign(schedules).assign_coords(age=age)


def check_out(scenario: Scenario, out: str | Path) -> None:
    """Refuse, before a run, a directory of results that is not ours to replace. Raises ProblemsError."""
    from regionsim.results.whole_directory import check_target
    from regionsim.results.write import CONTENTS

    check_folder(out)
    check_target(Path(out) / scenario.name, CONTENTS)


def check_folder(out: str | Path) -> None:
    """Refuse, before a run, a folder that cannot be made, or be written into. Raises ProblemsError."""
    folder = Path(out).absolute()
    try:
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
    except (OSError, ValueError) as error:  # a name that no folder can have
        reason = str(getattr(error, "strerror", None) or error)
        raise ProblemsError([Problem(str(out), 0, "the folder for the results", reason, "a folder")]) from None
    if not nearest.is_dir():
        raise ProblemsError([Problem(str(out), 0, "the folder for the results", f"the file {nearest}", "a folder")])
    if not os.access(nearest, os.W_OK | os.X_OK):
        what = "the folder for the results cannot be written into"
        raise ProblemsError([Problem(str(out), 0, what, f"no permission for {nearest}")])


def write_run(run: Run, out: str | Path, *, figures: bool = True) -> Path:
    """Write the run into `out/<scenario name>/`, whole or not at all; the directory is returned."""
    from regionsim.figures.figure_set import draw_figures
    from regionsim.results.write import write_results
    from regionsim.studies.causal_loops import loops_of
    from regionsim.studies.network import network_of

    def draw(directory: Path) -> None:
        network, loops = network_of(run.scenario), loops_of(run.scenario, run.dataset)
        draw_figures(run.shown, directory, network=network, loops=loops)

    return write_results(
        Path(out) / run.scenario.name,
        run.dataset,
        resolved_scenario=run.scenario.resolved_yaml(),
        run_record=run.record,
        tables=run.tables,
        figures=draw if figures else None,
    )
