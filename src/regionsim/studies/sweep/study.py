"""A study file, read like a scenario: everything that is wrong is said at once, with its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.blocks import Block
from regionsim.scenarios.drawn import Drawn
from regionsim.scenarios.report import Report, cut, key_name, one_of, shown
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import read_yaml
from regionsim.studies.believed import default_parameters
from regionsim.studies.engines import CHUNKS, Engine
from regionsim.studies.model import build_model, evidence
from regionsim.studies.scenario_file import scenario_beside
from regionsim.studies.sweep.design import DRAWN, Correlation, correlation_matrix, members_of
from regionsim.studies.sweep.factors import (
    Factor,
    check_ends,
    check_twice,
    lever_factor,
    parameter_factor,
    silenced,
)
from regionsim.studies.sweep.outputs import Axes, axes_of, read_outputs
from regionsim.studies.sweep.posterior import Posterior, read_posterior
from regionsim.studies.sweep.schema import ALL, MOST_MEMBERS, DesignEntry, FactorEntry, StudyFile

SECTIONS = ("measures", "border", "compensation", "shocks", "transport", "parameters")


@dataclass(frozen=True)
class Study:
    """A checked study: scenarios with the files they stand in, what is varied, by which design, and what is kept.

    `axes` has unit and axes of every variable of the model. `said_chunk` is how many members the file wants simulated
    together, None where it leaves that to the engine.
    """

    file: str
    name: str
    title_en: str
    title_zh: str
    scenarios: tuple[Scenario, ...]
    paths: tuple[str, ...]
    design: DesignEntry
    factors: tuple[Factor, ...]
    correlations: tuple[Correlation, ...]
    posterior: Posterior | None
    blocks: tuple[Block, ...]
    years: tuple[int, ...]
    axes: Axes
    said_chunk: int | None
    outputs_line: int
    design_line: int
    engine: Engine = "reference"

    @property
    def members(self) -> int:
        """Members of each scenario."""
        return members_of(self.design, self.factors)

    @property
    def chunk(self) -> int:
        """Members that are simulated together."""
        return self.said_chunk or CHUNKS[self.engine]

    @property
    def levers(self) -> tuple[Factor, ...]:
        """The factors that a scenario says."""
        return tuple(factor for factor in self.factors if factor.is_lever)


def read_study(path: str | Path) -> Study:
    """The checked study in a file. Raises ProblemsError with every problem of the study and of its scenarios."""
    document = read_yaml(path)
    report = Report(document)
    data = _keys(report)
    elsewhere: list[Problem] = []
    scenarios, paths = _scenarios(report, elsewhere)
    factors = _parameters(report, data, scenarios)
    factors += _levers(report, data, factors)
    design = DesignEntry.model_validate(data["design"]) if "design" in data and report.sound(("design",)) else None
    posterior = _posterior(report, design, factors, elsewhere)
    correlations = _correlations(report, data, design, factors)
    axes = axes_of(build_model(scenarios[0])) if scenarios else {}
    blocks, years = read_outputs(report, data.get("outputs", ALL), scenarios, axes) if scenarios else ([], [])
    if design is not None and not (report.problems or elsewhere):
        _check_members(report, design, factors, posterior)
    if report.problems or elsewhere or design is None:
        raise ProblemsError([*report.problems, *elsewhere])
    file = StudyFile.model_validate(data)
    return Study(
        file=str(path),
        name=file.name,
        title_en=file.title.en or file.title.zh or file.name,
        title_zh=file.title.zh or file.title.en or file.name,
        scenarios=tuple(scenarios),
        paths=tuple(paths),
        design=design,
        factors=tuple(factors),
        correlations=tuple(correlations),
        posterior=posterior,
        blocks=tuple(blocks),
        years=tuple(years),
        axes=axes,
        said_chunk=file.chunk,
        outputs_line=document.line(("outputs",)),
        design_line=document.line(("design",)),
    )


def _keys(report: Report) -> dict[Any, Any]:
    """What the file says, the word for all parameters written as the entry that it is; problems are reported."""
    report.add_missing_values()
    data = dict(report.document.data)
    if data.get("parameters") == ALL:
        data["parameters"] = {ALL: {}}
    try:
        StudyFile.model_validate(data)
    except ValidationError as error:
        report.add_validation(error, StudyFile)
    return data


def _scenarios(report: Report, elsewhere: list[Problem]) -> tuple[list[Scenario], list[str]]:
    """The scenarios that can be read, with their files; problems of these files go to `elsewhere`."""
    found: list[Scenario] = []
    paths: list[str] = []
    said = report.document.data.get("scenarios")
    for k, name in enumerate(said if isinstance(said, list) else []):
        where = ("scenarios", k)
        scenario = scenario_beside(report, where, name, elsewhere)
        if scenario is None:
            continue
        if scenario.name in [each.name for each in found]:
            report.add(where, f"two scenarios have the name '{scenario.name}'", expected="names that differ")
            continue
        found.append(scenario)
        paths.append((Path(report.document.file).parent / name).as_posix())
    return found, paths


def _entries(report: Report, data: dict[Any, Any], section: str) -> dict[str, FactorEntry]:
    entries = data.get(section)
    if not isinstance(entries, dict):
        return {}
    return {
        key: FactorEntry.model_validate(entry)
        for key, entry in entries.items()
        if isinstance(key, str) and report.sound((section, key))
    }


def _parameters(report: Report, data: dict[Any, Any], scenarios: list[Scenario]) -> list[Factor]:
    factors = []
    entries = _entries(report, data, "parameters")
    for key, entry in entries.items():
        where = ("parameters", key)
        if key == ALL:
            continue
        try:
            factors.append(parameter_factor(key, entry, report.document.line(where)))
        except ValueError as error:
            report.add(where, f"{key_name(where)}: {error}")
            continue
        for name in silenced(key, scenarios):
            words = f"{key_name(where)}: scenario '{name}' sets it, so that no draw moves it there"
            report.add(where, words, "", "a parameter that no scenario of the study sets, or a lever")
    for factor in check_twice(factors):
        where = ("parameters", factor.key)
        report.add(where, f"{key_name(where)}: '{Drawn.of(factor.key).name}' stands here as a whole, too")
    if ALL in entries:
        if entries[ALL] != FactorEntry():
            report.add(("parameters", ALL), key_name(("parameters", ALL)), "keys", "{}: each has the range beside it")
        named = {Drawn.of(factor.key).name for factor in factors}
        line = report.document.line(("parameters", ALL))
        factors += [parameter_factor(key, FactorEntry(), line) for key in default_parameters() if key not in named]
    return factors


def _levers(report: Report, data: dict[Any, Any], parameters: Sequence[Factor]) -> list[Factor]:
    factors: list[Factor] = []
    drawn = {Drawn.of(factor.key).name for factor in parameters}
    for key, entry in _entries(report, data, "levers").items():
        where = ("levers", key)
        section, *rest = key.split(".")
        if section not in SECTIONS:
            nearest = nearest_name(section, SECTIONS)
            report.add(where, f"unknown lever '{cut(key)}'", "", "" if nearest else one_of(SECTIONS), nearest)
            continue
        if not rest or "" in rest:
            report.add(where, f"lever '{cut(key)}'", "", "the keys of a scenario joined by dots, like border.friction")
            continue
        if section == "parameters" and rest[0] in drawn and rest[1:2] != ["scale"]:
            report.add(
                where, f"lever '{cut(key)}' sets '{rest[0]}', so that no draw of it counts", "", "one of the two"
            )
        for other in factors:
            if other.key.startswith(f"{key}.") or key.startswith(f"{other.key}."):
                report.add(where, f"lever '{cut(key)}'", f"'{other.key}' on line {other.line}", "one of the two")
        try:
            factors.append(lever_factor(key, entry, report.document.line(where)))
        except ValueError as error:
            report.add(where, f"lever '{cut(key)}': {error}")
    return factors


def _posterior(
    report: Report, design: DesignEntry | None, factors: list[Factor], elsewhere: list[Problem]
) -> Posterior | None:
    """The draws that the design names; what they have is not varied beside them."""
    if design is None or design.draws is None:
        return None
    try:
        posterior = read_posterior(Path(report.document.file).parent / design.draws)
    except ProblemsError as error:
        elsewhere += error.problems
        return None
    for key, numbers in zip(posterior.keys, posterior.values.T, strict=True):
        try:
            check_ends(evidence()[Drawn.of(key).name], float(numbers.min()), float(numbers.max()), True)
        except ValueError as error:
            elsewhere.append(Problem(posterior.file, 0, f"column '{key}': {error}"))
    for factor in factors:
        if factor.key in posterior.keys and not factor.is_lever:
            where = ("parameters", factor.key)
            report.add(where, f"{key_name(where)}: it is a column of {design.draws}, too", "", "one of the two")
    return posterior


def _correlations(
    report: Report, data: dict[Any, Any], design: DesignEntry | None, factors: list[Factor]
) -> list[Correlation]:
    said = data.get("correlation", [])
    if not isinstance(said, list) or not said:
        return []
    if design is not None and design.kind not in DRAWN:
        expected = f"a design of one of the kinds {', '.join(DRAWN)}"
        what = "correlations in a design that draws nothing from them"
        if design.kind == "saltelli":
            what = "correlations in a design whose factors have to be independent"
        report.add(("correlation",), what, design.kind, expected)
        return []
    places = {factor.key: place for place, factor in enumerate(factors)}
    found: list[Correlation] = []
    for k, item in enumerate(said):
        where = ("correlation", k)
        if not isinstance(item, list) or len(item) != 3:
            report.add(where, "a correlation", shown(item), "a list like [one, other, 0.5]")
            continue
        *pair, coefficient = item
        unknown = [key for key in pair if key not in places]
        for key in unknown:
            report.add(where, f"unknown factor '{cut(str(key))}'", nearest=nearest_name(str(key), places))
        is_number = isinstance(coefficient, (int, float)) and not isinstance(coefficient, bool)
        if not is_number or not -1 < coefficient < 1:
            report.add(where, "a correlation of ranks", shown(coefficient), "a number above -1 and below 1")
        elif not unknown and pair[0] == pair[1]:
            report.add(where, f"'{pair[0]}' with itself", expected="two factors")
        elif not unknown:
            one = Correlation(places[pair[0]], places[pair[1]], float(coefficient))
            if any({one.first, one.second} == {each.first, each.second} for each in found):
                report.add(where, f"'{pair[0]}' and '{pair[1]}' stand twice")
            found.append(one)
    if found and report.sound(("correlation",)):
        try:
            correlation_matrix(len(factors), found)
        except ValueError as error:
            report.add(("correlation",), f"{key_name(('correlation',))}: {error}")
    return found


def _check_members(report: Report, design: DesignEntry, factors: list[Factor], posterior: Posterior | None) -> None:
    if not factors and posterior is None:
        report.add((), "nothing is varied", expected="'parameters' or 'levers' with something in it")
        return
    members = members_of(design, factors)
    if members > MOST_MEMBERS:
        report.add(("design",), "the design has too many members", _many(members), f"at most {MOST_MEMBERS:,}")


def _many(members: int) -> str:
    """A number of members, which a grid can make longer than a line."""
    return f"{members:,}" if members < 10**15 else f"some 10^{len(str(members)) - 1}"
