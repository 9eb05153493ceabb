"""From a scenario to a model that is ready to run: the one place where parameters, place and equations meet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from regionsim.engine.compile import Model, compile_model
from regionsim.equations import mechanisms
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput
from regionsim.place.assemble import ModelInputs, axis_labels, model_inputs
from regionsim.place.cohorts import BASE_YEARS, last_year
from regionsim.place.openings import Opening
from regionsim.place.projects import find_project
from regionsim.scenarios.border import border_settings
from regionsim.scenarios.calibration import Calibration, default_calibration, with_calibration
from regionsim.scenarios.compensation import agreements_under
from regionsim.scenarios.efforts import effort_inputs, openings
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.parameters import load_parameters
from regionsim.scenarios.scenario import Scenario, apply_overrides
from regionsim.scenarios.schema import ProjectDates, RunSettings
from regionsim.scenarios.yaml_reader import Document


@cache
def evidence() -> Mapping[str, AnyInput]:
    """The parameters as the evidence has them, by name."""
    return load_parameters(labels=axis_labels())


@cache
def shipped_calibration() -> Calibration | None:
    """The layer of scenarios that say nothing of one."""
    return default_calibration(evidence(), AxisLabels(axis_labels()))


def known_parameters(scenario: Scenario) -> Mapping[str, AnyInput]:
    """What a scenario is laid over, by name: the evidence, with the values of its calibration where it has one."""
    return evidence() if scenario.calibration is None else _calibrated(scenario.calibration)


@cache
def _calibrated(calibration: Calibration) -> Mapping[str, AnyInput]:
    return with_calibration(evidence(), calibration, AxisLabels(axis_labels()))


def read_scenario(path: str | Path | Document, over: Document | None = None) -> Scenario:
    """The checked scenario in a file or a document, with all that it extends, and with what `over` says beyond it.

    Raises ProblemsError.
    """
    return load_scenario(
        path,
        parameters=evidence(),
        find_project=_slug,
        labels=axis_labels(),
        horizons={year: last_year(year) for year in BASE_YEARS},
        over=over,
        calibration=shipped_calibration(),
    )


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


def project_dates(scenario: Scenario) -> dict[str, ProjectDates]:
    """When transport projects open and close: what the scenario says of one goes before what a measure opens."""
    return {**openings(scenario.measures, lambda slug: find_project(slug).counties), **scenario.transport}


def given(
    scenario: Scenario, known: Mapping[str, AnyInput] | None = None, held_out: Collection[str] = ()
) -> ModelInputs:
    """All that the model is fed under a scenario, which is laid over the parameters `known` (None: its own).

    `held_out` are codes of counties of which nothing between the censuses is taken as known.
    """
    known = known_parameters(scenario) if known is None else known
    transport = {slug: Opening(dates.opens, dates.closes) for slug, dates in project_dates(scenario).items()}
    parameters = apply_overrides(known, scenario, labels=axis_labels())
    agreements = agreements_under(scenario.compensation)
    fed = model_inputs(parameters, known, transport, agreements, scenario.start, scenario.end, held_out)
    said = [*effort_inputs(scenario.measures, scenario.name), *border_settings(scenario.border)]
    return replace(fed, inputs={**fed.inputs, **{value.name: value for value in said}})


def build_model(scenario: Scenario) -> Model:
    """The compiled model with the scenario's values. Raises ProblemsError where the model itself is wrong."""
    fed = given(scenario)
    return compile_model(collect(mechanisms()), fed.inputs, axis_labels(scenario.start), used_elsewhere=fed.read)


def _slug(name: str) -> str:
    return find_project(name).slug
