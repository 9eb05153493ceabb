"""From the file of a calibration to a checked study: everything that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes, find_counties
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.scenarios.drawn import Drawn, drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.report import Report, cut, key_name
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import KeyPath, read_yaml
from regionsim.studies.calibrate.observed import known_observations, observations_of
from regionsim.studies.calibrate.schema import ALL, StageEntry, StudyFile, TargetEntry
from regionsim.studies.calibrate.study import Stage, Study
from regionsim.studies.ensemble import ensemble_inputs
from regionsim.studies.model import evidence
from regionsim.studies.priors import Prior, prior_of
from regionsim.studies.scenario_file import scenario_beside
from regionsim.studies.validate.observations import Observation


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
    scenario = _scenario(report, others)
    targets = _targets(report)
    stages = _stages(report, targets)
    priors = _priors(report, scenario)
    _check_draws(report, scenario, priors)
    _check_nuisance(report, stages)
    left_out = _left_out(report)
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
        nuisance=tuple(file.nuisance),
        left_out=left_out,
        draws=file.draws,
    )


def _free(stages: Sequence[StageEntry]) -> list[str]:
    """The parameters that any stage names, each once."""
    return list(dict.fromkeys(key for stage in stages if stage.parameters != ALL for key in stage.parameters))


def _spelled_out(stage: StageEntry, free: Sequence[str], targets: Sequence[str]) -> Stage:
    """The stage with its names in place of the word all."""
    parameters = free if stage.parameters == ALL else stage.parameters
    return Stage(stage.name, tuple(parameters), tuple(targets if stage.targets == ALL else stage.targets))


def _scenario(report: Report, others: list[Problem]) -> Scenario | None:
    scenario = scenario_beside(report, ("scenario",), report.document.data.get("scenario"), others)
    return None if scenario is None else replace(scenario, calibration=None)


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


def _named(report: Report) -> Iterator[tuple[KeyPath, str]]:
    """Where each parameter is named in the stages."""
    said = report.document.data.get("stages")
    for k, entry in enumerate(said if isinstance(said, list) else ()):
        names = entry.get("parameters") if isinstance(entry, dict) else None
        for at, key in enumerate(names if isinstance(names, list) else ()):
            if isinstance(key, str):
                yield ("stages", k, "parameters", at), key


def _priors(report: Report, scenario: Scenario | None) -> dict[str, Prior]:
    """The prior of each parameter that the stages name."""
    found: dict[str, Prior] = {}
    axes = AxisLabels(axis_labels())
    for path, key in _named(report):
        if key in found or not report.sound(path):
            continue
        try:
            prior = prior_of(key)
            one = Drawn.of(key)
            drawn(evidence()[one.name], one.labels, prior.central, axes)
        except (TypeError, ValueError) as error:
            report.add(path, f"'{cut(key)}' cannot be fitted: {error}")
            continue
        change = None if scenario is None else scenario.parameters.get(one.name)
        if change is not None and change.form != "scale":  # a multiple is one of what is fitted
            what = f"'{key}' cannot be fitted: the scenario says itself what '{one.name}' is"
            report.add(path, what, f"its {change.form}", "its scale, or nothing of it")
        for other in found:
            if _overlap(one, Drawn.of(other)):
                report.add(path, f"'{key}' and '{other}' are one", "", "a parameter whole, or by element")
        found[key] = prior
    return found


def _check_draws(report: Report, scenario: Scenario | None, priors: Mapping[str, Prior]) -> None:
    """A parameter from which a table is made by age cannot differ from member to member of an ensemble."""
    if scenario is None or not priors:
        return

    def refusal(keys: Iterable[str]) -> str:
        try:
            ensemble_inputs(scenario, {key: priors[key].quantile([0.4, 0.6]) for key in keys})
        except TypeError as error:
            return str(error)
        return ""

    if refusal(priors):
        for path, key in _named(report):
            if key in priors and (why := refusal([key])):
                report.add(path, f"'{key}' cannot be fitted: {why}")


def _check_nuisance(report: Report, stages: Sequence[StageEntry]) -> None:
    said, free = report.document.data.get("nuisance"), _free(stages)
    for at, key in enumerate(said if isinstance(said, list) and report.sound(("nuisance",)) else ()):
        if key not in free:
            near = nearest_name(key, free)
            expected = "" if near else "a parameter that a stage names"
            report.add(("nuisance", at), f"'{cut(key)}' is fitted by no stage", "", expected, near)
    if free and isinstance(said, list) and set(free) <= {str(key) for key in said}:
        report.add(("nuisance",), key_name(("nuisance",)), "every parameter", "some that the layer can hold")


def _left_out(report: Report) -> tuple[str, ...]:
    """The codes of the counties that the names mean."""
    said = report.document.data.get("leave_out")
    codes: set[str] = set()
    for at, name in enumerate(said if isinstance(said, list) and report.sound(("leave_out",)) else ()):
        try:
            codes.update(county.code for county in find_counties(name))
        except KeyError as error:
            near = str(error.args[0])
            expected = "" if near else "a county or prefecture of the zone by code, Chinese or pinyin name"
            report.add(("leave_out", at), f"unknown county '{cut(str(name))}'", "", expected, near)
    if codes >= set(county_codes()):
        report.add(("leave_out",), key_name(("leave_out",)), "every county", "some to fit to")
    return tuple(sorted(codes))


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
