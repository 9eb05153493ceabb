"""The whole model in tests: variants of the scenarios of the project, run once each, and models with changed inputs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, Variable, simulate
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.language.inputs import Path as PathInput
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes, find_county
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.ensemble import ensemble_model
from regionsim.studies.model import evidence, evidence_scenario, given, read_scenario

Array = NDArray[np.float64]
Changes = Mapping[str, Any]  # keys and values as they stand in a scenario file

SCENARIOS = Path(__file__).parents[1] / "scenarios"
OUTSIDE = {"outside_range": True}
LAND_CLASSES = ("forest_area", "cropland", "built_up_land", "other_land")


@dataclass(frozen=True)
class Run:
    """A model that was run; `run["population"]` are values over (year, *axes) of the first member."""

    scenario: Scenario
    model: Model
    trajectory: Trajectory

    def __getitem__(self, name: str) -> Array:
        return self.trajectory.variables[name].values[:, 0]

    @property
    def variables(self) -> Mapping[str, Variable]:
        """Stocks, equations and constants, with all members."""
        return self.trajectory.variables

    @property
    def years(self) -> list[int]:
        """The whole years of the run."""
        return [round(year) for year in self.trajectory.years]

    def total(self, name: str) -> Array:
        """The sum over all axes, year by year."""
        values = self[name]
        return np.asarray(values.reshape(len(values), -1).sum(axis=1))

    def rate(self, name: str) -> Array:
        """The total's growth from each year to the next, relative."""
        total = self.total(name)
        return np.asarray(total[1:] / total[:-1] - 1)


def scenario(changes: Changes | None = None, *, extends: str = "base.yaml") -> Scenario:
    """A scenario of the project with changes, read as a researcher's file would be. Raises ProblemsError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "variant.yaml"
        keys = {"name": "variant", "extends": str(SCENARIOS / extends), **(changes or {})}
        file.write_text(json.dumps(keys, ensure_ascii=False), encoding="utf-8")
        return read_scenario(file)


def run(changes: Changes | None = None, *, extends: str = "base.yaml") -> Run:
    """The run of a scenario with changes; asked for again, the same one. It must not be changed."""
    return _run(json.dumps(changes or {}, sort_keys=True, ensure_ascii=False), extends)


@lru_cache(maxsize=64)
def _run(changes: str, extends: str) -> Run:
    return run_scenario(scenario(json.loads(changes), extends=extends))


def run_scenario(setting: Scenario, inputs: Mapping[str, AnyInput] | None = None, **labels: tuple[str, ...]) -> Run:
    """Run a scenario, with `inputs` in place of its own and `labels` in place of those of some axes."""
    model = compile_model(
        declarations(),
        inputs_of(setting) if inputs is None else inputs,
        {**axis_labels(), **labels},
        used_elsewhere=read_before_the_run(),
    )
    return Run(setting, model, _whole_trajectory(model, setting))


def run_members(settings: Sequence[Scenario]) -> Trajectory:
    """The runs of scenarios that share start, end, step and method, each a member of one ensemble."""
    return _whole_trajectory(ensemble_model(settings, {}), settings[0])


def run_variants(variants: Sequence[Changes]) -> list[Run]:
    """The runs of scenarios with changes that share start, end, step and method: quicker as members of one ensemble."""
    settings = [scenario(changes) for changes in variants]
    model = ensemble_model(settings, {})
    together = _whole_trajectory(model, settings[0])
    return [
        Run(
            setting,
            replace(model, inputs={name: _of_member(value, k) for name, value in model.inputs.items()}),
            replace(
                together,
                variables={
                    name: replace(variable, values=variable.values[:, k : k + 1])
                    for name, variable in together.variables.items()
                },
            ),
        )
        for k, setting in enumerate(settings)
    ]


def _of_member(value: AnyInput, k: int) -> AnyInput:
    """An input of an ensemble as the run of one member has it."""
    if isinstance(value, Table) or value.values.shape[leading_axes(value)] == 1:
        return value
    return replace(value, values=value.values.take([k], axis=leading_axes(value)))


def _whole_trajectory(model: Model, setting: Scenario) -> Trajectory:
    """All stocks, equations and constants of a run."""
    constants = {name for name, value in model.inputs.items() if isinstance(value, Constant)}
    return simulate(
        model,
        start=setting.start,
        end=setting.end,
        step=setting.step,
        method=setting.method,
        outputs={*model.stocks, *model.equations, *constants},
    )


@cache
def declarations() -> tuple[Any, ...]:
    """All declarations of the model."""
    return collect(mechanisms())


@cache
def read_before_the_run() -> frozenset[str]:
    """The parameters that other inputs are made from."""
    return given(evidence_scenario()).read


def inputs_of(setting: Scenario) -> dict[str, AnyInput]:
    """All inputs of a scenario, by name, free to be replaced."""
    return dict(given(setting).inputs)


def with_values(
    inputs: Mapping[str, AnyInput], change: Callable[[Array], Array | None], *names: str
) -> dict[str, AnyInput]:
    """The inputs with those of `names` changed: `change` gets a copy of the full-rank array, and may write into it."""
    result = dict(inputs)
    for name in names:
        values = np.array(result[name].values)
        changed = change(values)
        result[name] = replace(result[name], values=values if changed is None else changed)
    return result


def leading_axes(value: AnyInput) -> int:
    """How many axes stand before the global ones in the values of an input: the year of a path."""
    if isinstance(value, Table):
        raise TypeError(f"the table '{value.name}' has no axes")
    return 1 if isinstance(value, PathInput) else 0


def parameters() -> Mapping[str, AnyInput]:
    """All parameters, as the evidence has them."""
    return evidence()


def county(name: str) -> int:
    """Where a county stands on its axis, by any of its names."""
    return county_codes().index(find_county(name).code)


def counties(*names: str) -> list[int]:
    """Where counties stand on their axis."""
    return [county(name) for name in names]


def differing(first: Run, second: Run, years: slice = slice(None)) -> list[str]:
    """Variables that differ by a single bit in the given years, whatever the member, county or cohort."""
    return [
        name for name in first.variables if not np.array_equal(first[name][years], second[name][years], equal_nan=True)
    ]
