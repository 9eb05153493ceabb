"""From a scenario to a model that is ready to run: the one place where parameters, place and equations meet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from regionsim.engine.compile import Model, compile_model
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput
from regionsim.place.assemble import ModelInputs, axis_labels, model_inputs
from regionsim.place.cohorts import BASE_YEAR, birth_end
from regionsim.place.openings import Opening
from regionsim.place.projects import find_project
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.parameters import load_parameters
from regionsim.scenarios.scenario import Scenario, apply_overrides
from regionsim.scenarios.schema import RunSettings
from regionsim.scenarios.yaml_reader import read_yaml


@cache
def evidence() -> Mapping[str, AnyInput]:
    """The parameters as the evidence has them, by name."""
    return load_parameters(labels=axis_labels())


def read_scenario(path: str | Path) -> Scenario:
    """The checked scenario in a file, with all that it extends. Raises ProblemsError."""
    scenario = load_scenario(path, parameters=evidence(), find_project=_slug, labels=axis_labels())
    problems = _outside_horizon(scenario)
    if problems:
        raise ProblemsError(problems)
    return scenario


def _outside_horizon(scenario: Scenario) -> list[Problem]:
    """The model starts from the census of 2020, and births have a cohort to enter until the last one is complete."""
    first, last = round(BASE_YEAR), round(float(birth_end()[-1]))
    problems = []
    if scenario.start != first:
        expected = f"{first}, the year of the census that the model starts from"
        problems.append(_problem_of_run(scenario, "start", expected))
    if scenario.end > last:
        expected = f"{last} or earlier, since who is born later has no cohort in the model"
        problems.append(_problem_of_run(scenario, "end", expected))
    return problems


def _problem_of_run(scenario: Scenario, key: str, expected: str) -> Problem:
    """A problem with a year of the run, in the file of the chain that says it."""
    what, found = f"key 'run.{key}'", str(getattr(scenario, key))
    for file in reversed(scenario.source_files):
        lines = read_yaml(file).lines
        if ("run", key) in lines:
            return Problem(file, lines["run", key], what, found, expected)
    return Problem(scenario.name, 0, what, found, expected)


def evidence_scenario() -> Scenario:
    """Nothing opens and no parameter is changed: the model as the evidence has it, with the default run."""
    settings = RunSettings()
    return Scenario(
        name="evidence",
        title_en="Evidence",
        title_zh="证据",
        about="Parameters as the evidence has them.",
        start=settings.start,
        end=settings.end,
        step=settings.step,
        method=settings.method,
        seed=settings.seed,
    )


def given(scenario: Scenario) -> ModelInputs:
    """All that the model is fed under a scenario."""
    transport = {slug: Opening(dates.opens, dates.closes) for slug, dates in scenario.transport.items()}
    parameters = apply_overrides(evidence(), scenario, labels=axis_labels())
    return model_inputs(parameters, evidence(), transport, scenario.start, scenario.end)


def build_model(scenario: Scenario) -> Model:
    """The compiled model with the scenario's values. Raises ProblemsError where the model itself is wrong."""
    fed = given(scenario)
    return compile_model(collect(mechanisms()), fed.inputs, axis_labels(), used_elsewhere=fed.read)


def _slug(name: str) -> str:
    return find_project(name).slug
