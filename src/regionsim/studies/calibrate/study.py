"""A calibration as its file describes it, checked: scenario, observations, targets, and stages of free parameters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from regionsim.place.assemble import axis_labels
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.indicators import INDICATORS
from regionsim.scenarios.drawn import Drawn, drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.report import Report, cut, key_name
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import KeyPath, read_yaml
from regionsim.studies.calibrate.observed import known_observations, observations_of
from regionsim.studies.calibrate.schema import ALL, StageEntry, StudyFile, TargetEntry
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.model import evidence, read_scenario
from regionsim.studies.priors import Prior, prior_of
from regionsim.studies.validate.observations import Observation


@dataclass(frozen=True)
class Stage:
    """Keys of parameters that are fitted together, and the indicators that they are fitted to."""

    name: str
    parameters: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """A checked calibration. `priors` has every free parameter once, in the order of the stages.

    The scenario has no calibration of its own: what is fitted is fitted from the evidence on. `observations` are those
    of the targets, in the order of their file.
    """

    name: str
    title_en: str
    title_zh: str
    about: str
    file: str
    scenario: Scenario
    observed: str
    observations: tuple[Observation, ...]
    seed: int
    starts: int
    loss: str
    targets: dict[str, TargetEntry]
    stages: tuple[Stage, ...]
    priors: tuple[Prior, ...]
    draws: int

    def prior(self, key: str) -> Prior:
        """The prior of a free parameter."""
        return next(prior for prior in self.priors if prior.key == key)

    def content_hash(self) -> str:
        """SHA-256 (hexadecimal) of all that decides the result, data and equations among it."""
        content = {
            "scenario": self.scenario.content_hash(),
            "data": data_hash(),
            "observations": [_spelled(row) for row in self.observations],
            "seed": self.seed,
            "starts": self.starts,
            "loss": self.loss,
            "targets": {name: target.model_dump() for name, target in self.targets.items()},
            "stages": [asdict(stage) for stage in self.stages],
            "priors": [asdict(prior) for prior in self.priors],
            "draws": self.draws,
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode("utf-8")).hexdigest()


def _spelled(row: Observation) -> list[str | int | float]:
    """A row for the hash; an uncertainty that is not given is NaN, which no JSON has."""
    return [row.region, row.variable, row.year, row.value, repr(row.uncertainty)]


def read_study(path: str | Path) -> Study:
    """The checked calibration in a file. Raises ProblemsError with all that is wrong in it or in what it names."""
    report = Report(read_yaml(path))
    report.add_missing_values()
    data = report.document.data
    try:
        StudyFile.model_validate(data)
    except ValidationError as error:
        report.add_validation(error, StudyFile)
    folder = Path(path).parent
    others: list[Problem] = []
    scenario = _scenario(report, folder, others)
    targets = _targets(report)
    stages = _stages(report, targets)
    priors = _priors(report, scenario)
    observations = _observations(report, folder, scenario, targets, others)
    if report.problems or others or scenario is None:
        raise ProblemsError([*report.problems, *others])
    file = StudyFile.model_validate(data)
    title = file.title.en or file.title.zh or file.name
    free = _free(stages)
    return Study(
        name=file.name,
        title_en=title,
        title_zh=file.title.zh or title,
        about=file.about,
        file=str(path),
        scenario=scenario,
        observed=file.observed,
        observations=observations,
        seed=file.seed,
        starts=file.starts,
        loss=file.loss,
        targets=targets,
        stages=tuple(_spelled_out(stage, free, list(targets)) for stage in stages),
        priors=tuple(priors[key] for key in free),
        draws=file.draws,
    )


def _free(stages: Sequence[StageEntry]) -> list[str]:
    """The parameters that any stage names, each once."""
    return list(dict.fromkeys(key for stage in stages if stage.parameters != ALL for key in stage.parameters))


def _spelled_out(stage: StageEntry, free: Sequence[str], targets: Sequence[str]) -> Stage:
    """The stage with its names in place of the word all."""
    parameters = free if stage.parameters == ALL else stage.parameters
    return Stage(stage.name, tuple(parameters), tuple(targets if stage.targets == ALL else stage.targets))


def _scenario(report: Report, folder: Path, others: list[Problem]) -> Scenario | None:
    said = report.document.data.get("scenario")
    if not isinstance(said, str) or not report.sound(("scenario",)):
        return None
    file = folder / said
    if not file.is_file():
        beside = sorted(each.name for each in file.parent.glob("*.yaml")) if file.parent.is_dir() else []
        near = nearest_name(file.name, beside)
        expected = "" if near else "the file of a scenario, from the folder of this one"
        what = "the scenario does not exist"
        report.add(
            ("scenario",), what, f"'{cut(said)}'", expected, (Path(said).parent / near).as_posix() if near else ""
        )
        return None
    try:
        return replace(read_scenario(file), calibration=None)
    except ProblemsError as error:
        others += error.problems
        return None


def _targets(report: Report) -> dict[str, TargetEntry]:
    """The sound targets by indicator."""
    said = report.document.data.get("targets")
    found: dict[str, TargetEntry] = {}
    known = [indicator.name for indicator in INDICATORS]
    for name, entry in said.items() if isinstance(said, dict) else ():
        path: KeyPath = ("targets", name)
        if name not in known:
            near = nearest_name(str(name), known)
            expected = "" if near else "a variable of indicators.csv"
            report.add(path, f"unknown target '{cut(str(name))}'", "", expected, near)
        elif report.sound(path):
            found[str(name)] = TargetEntry.model_validate(entry)
    return found


def _stages(report: Report, targets: dict[str, TargetEntry]) -> list[StageEntry]:
    """The sound stages; the last one must be of everything."""
    said = report.document.data.get("stages")
    found: list[StageEntry] = []
    for k, entry in enumerate(said if isinstance(said, list) else ()):
        path: KeyPath = ("stages", k)
        if not report.sound(path):
            continue
        stage = StageEntry.model_validate(entry)
        if stage.name in [earlier.name for earlier in found]:
            report.add((*path, "name"), f"stage '{stage.name}' stands twice")
        for at, name in enumerate(() if stage.targets == ALL else stage.targets):
            if name not in targets:
                near = nearest_name(name, targets)
                expected = "" if near else "a target of this study"
                report.add((*path, "targets", at), f"unknown target '{cut(name)}'", "", expected, near)
        found.append(stage)
    if not found or not report.sound(("stages",)):
        return found
    names = _free(found)
    last = found[-1]
    where: KeyPath = ("stages", len(found) - 1)
    if not names:
        report.add(
            (*where, "parameters"), "no stage names its parameters", f"'{ALL}'", "a list of parameters in one stage"
        )
    elif not (last.parameters == ALL or set(last.parameters) == set(names)) or not (
        last.targets == ALL or set(last.targets) == set(targets)
    ):
        what = f"the last stage, '{last.name}', from which intervals are taken"
        report.add(where, what, "a part of the parameters or targets", f"parameters: {ALL}, targets: {ALL}")
    return found


def _priors(report: Report, scenario: Scenario | None) -> dict[str, Prior]:
    """The prior of each parameter that the stages name."""
    said = report.document.data.get("stages")
    found: dict[str, Prior] = {}
    axes = AxisLabels(axis_labels())
    for k, entry in enumerate(said if isinstance(said, list) else ()):
        names = entry.get("parameters") if isinstance(entry, dict) else None
        for at, key in enumerate(names if isinstance(names, list) else ()):
            path: KeyPath = ("stages", k, "parameters", at)
            if not isinstance(key, str) or key in found or not report.sound(path):
                continue
            try:
                prior = prior_of(key)
                one = Drawn.of(key)
                drawn(evidence()[one.name], one.labels, prior.central, axes)
            except (TypeError, ValueError) as error:
                report.add(path, f"'{cut(key)}' cannot be fitted", "", str(error))
                continue
            if scenario is not None and one.name in scenario.parameters:
                what = f"'{key}' cannot be fitted: the scenario says itself what '{one.name}' is"
                report.add(path, what, "", "a scenario without it")
            for other in found:
                if _overlap(one, Drawn.of(other)):
                    report.add(path, f"'{key}' and '{other}' are one", "", "a parameter whole, or by element")
            found[key] = prior
    return found


def _overlap(one: Drawn, other: Drawn) -> bool:
    """Whether two keys change an element that is the same."""
    shared = min(len(one.labels), len(other.labels))
    return one.name == other.name and one.labels[:shared] == other.labels[:shared]


def _observations(
    report: Report, folder: Path, scenario: Scenario | None, targets: dict[str, TargetEntry], others: list[Problem]
) -> tuple[Observation, ...]:
    """The rows of the targets after the base year, at least one for each."""
    said, path = report.document.data.get("observed"), ("observed",)
    if not isinstance(said, str) or not report.sound(path) or scenario is None:
        return ()
    try:
        rows = observations_of(said, folder, scenario.start, scenario.end)
    except ProblemsError as error:
        others += error.problems
        return ()
    except KeyError:
        known = list(known_observations())
        expected = " or ".join([*(f"'{name}'" for name in known), "a file 'observations.csv' beside this one"])
        report.add(path, key_name(path), f"'{cut(said)}'", expected, nearest_name(said, known))
        return ()
    used = tuple(row for row in rows if row.variable in targets and scenario.start < row.year <= scenario.end)
    for name, target in targets.items():
        own = [row for row in used if row.variable == name]
        if not own:
            expected = f"a row of a year after {scenario.start}, to {scenario.end}"
            report.add(("targets", name), f"nothing is observed of '{name}'", f"no row in {cut(said)}", expected)
        elif target.tolerance == 0 and not all(row.uncertainty > 0 for row in own):
            what = f"rows of '{name}' have no uncertainty"
            report.add(("targets", name), what, "", "a tolerance above 0, or rel_uncertainty in every row")
    return used
