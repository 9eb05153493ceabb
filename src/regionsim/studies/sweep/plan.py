"""A study made ready: the numbers of every member, the scenario of each, and the chunks they are simulated in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.yaml_reader import Document, KeyPath
from regionsim.studies.members import Members
from regionsim.studies.model import read_scenario
from regionsim.studies.sweep.design import drawn_rows, numbers_of
from regionsim.studies.sweep.factors import Factor, parameter_factor
from regionsim.studies.sweep.schema import FactorEntry
from regionsim.studies.sweep.study import Study

Array = NDArray[np.float64]
MOST_PROBLEMS = 20  # of the same lever: who reads one understands the others


@dataclass(frozen=True)
class Chunk:
    """Members from `first` on of the scenario at place `scenario` of the study."""

    place: int
    scenario: int
    first: int
    members: Members


@dataclass(frozen=True)
class Plan:
    """`numbers` is (member, factor); the same members are simulated in every scenario.

    `factors` are those of the study, then the columns of its draws. `scenarios` has for each scenario of the study one
    for all members or, where levers are swept, one for each.
    """

    study: Study
    factors: tuple[Factor, ...]
    numbers: Array
    scenarios: tuple[tuple[Scenario, ...], ...] = field(repr=False)

    @property
    def members(self) -> int:
        """Members of each scenario."""
        return len(self.numbers)

    @property
    def design_hash(self) -> str:
        """SHA-256 of names and numbers, to the last bit."""
        digest = hashlib.sha256("\n".join(factor.key for factor in self.factors).encode())
        digest.update(np.ascontiguousarray(self.numbers, dtype="<f8").tobytes())
        return digest.hexdigest()

    @property
    def draws(self) -> dict[str, Array]:
        """The numbers of the parameters by key, (member,) each."""
        return {factor.key: self.numbers[:, k] for k, factor in enumerate(self.factors) if not factor.is_lever}

    def chunks(self) -> list[Chunk]:
        """All chunks, scenario by scenario; where they begin and end is the study's, whoever simulates them."""
        return list(self._chunks())

    def _chunks(self) -> Iterator[Chunk]:
        size, place = self.study.chunk, 0
        for scenario, own in enumerate(self.scenarios):
            for first in range(0, self.members, size):
                span = slice(first, min(first + size, self.members))
                draws = {key: values[span] for key, values in self.draws.items()}
                yield Chunk(place, scenario, first, Members(own if len(own) == 1 else own[span], draws))
                place += 1


def plan_of(study: Study) -> Plan:
    """The study made ready; every combination of levers is read as a scenario, and checked as one.

    Raises ProblemsError, with the line of the lever, for what a scenario could not say.
    """
    factors, numbers = study.factors, numbers_of(study.design, study.factors, study.correlations)
    if study.posterior is not None:
        rows = drawn_rows(len(study.posterior.values), study.members, study.design.seed)
        factors += tuple(parameter_factor(key, FactorEntry(), study.design_line) for key in study.posterior.keys)
        numbers = np.concatenate([numbers, study.posterior.values[rows]], axis=1)
    scenarios = _scenarios(study, numbers)
    return Plan(study, factors, numbers, scenarios)


def _scenarios(study: Study, numbers: Array) -> tuple[tuple[Scenario, ...], ...]:
    places = [k for k, factor in enumerate(study.factors) if factor.is_lever]
    if not places:
        return tuple((replace(scenario, said=()),) for scenario in study.scenarios)
    made: list[tuple[Scenario, ...]] = []
    problems: dict[tuple[str, int, str], Problem] = {}
    for scenario, path in zip(study.scenarios, study.paths, strict=True):
        known: dict[bytes, Scenario] = {}
        own: list[Scenario] = []
        for row in numbers[:, places]:
            key = row.tobytes()
            if key not in known:
                try:
                    known[key] = replace(read_scenario(path, _document(study, scenario, places, row)), said=())
                except ProblemsError as error:
                    for problem in error.problems:
                        problems.setdefault((problem.file, problem.line, problem.what), problem)
                    known[key] = scenario
            own.append(known[key])
            if len(problems) >= MOST_PROBLEMS:
                raise ProblemsError(problems.values())
        made.append(tuple(own))
    if problems:
        raise ProblemsError(problems.values())
    return tuple(made)


def _document(study: Study, scenario: Scenario, places: list[int], row: Array) -> Document:
    """What the levers of one member say, as a file would that extends the scenario; lines are those of the study."""
    data: dict[Any, Any] = {"name": scenario.name, "title": {"en": scenario.title_en, "zh": scenario.title_zh}}
    lines: dict[KeyPath, int] = {}
    for place, number in zip(places, row, strict=True):
        factor = study.factors[place]
        said = factor.said(float(number))
        if said is None:
            continue
        path = factor.key.split(".")
        below = data
        for depth, word in enumerate(path[:-1], start=1):
            below = below.setdefault(word, {})
            lines.setdefault(tuple(path[:depth]), factor.line)
        below[path[-1]] = said
        lines[tuple(path)] = factor.line
    return Document(study.file, data, lines)
