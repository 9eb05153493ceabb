"""The catalogue of the action plan's measures: what each is called, what carries it in the model, and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from regionsim.place.counties import county_codes, find_counties
from regionsim.place.plan_instruments import CLOSING, GOALS, LAYOUT, Instrument
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.scenarios.report import Report, Strict, cut
from regionsim.scenarios.yaml_reader import read_yaml

CATALOGUE = Path(__file__).parent / "measures.yaml"
SUFFIX = "_effort"
# Rows of the plan that are no instruments, by their part of the plan.
OUTSIDE = {
    GOALS: "a goal of the whole, not an instrument: what can be counted of it is a result or a target of a run",
    CLOSING: "who answers for the plan and who evaluates it: nothing that acts by itself",
}


@dataclass(frozen=True)
class Effort:
    """What a measure does in one respect: an input of the model, 0 where the measure is off and 1 at full strength.

    `counties` are the codes where the plan puts it; `instruments` the rows of the plan that it carries.
    """

    name: str
    about: str
    counties: tuple[str, ...]
    instruments: tuple[str, ...]

    @property
    def input(self) -> str:
        """The name of the input: `fireworks-zone` gives `fireworks_zone_effort`."""
        return self.name.replace("-", "_") + SUFFIX


@dataclass(frozen=True)
class PlannedProject:
    """A transport project that a measure opens, in a calendar year of the plan or of an assumption.

    `no_saving` says why it shortens no travel time and what the network lacks to show what it does; empty where it
    shortens one.
    """

    slug: str
    opens: float
    note: str
    no_saving: str
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """One measure (1 to 19) or safeguard (S1 to S3) of the action plan.

    `start` and `full` are the years in which it begins and reaches its full effect if a scenario says nothing else;
    `narrative` gives the reason for each instrument that nothing in the model carries.
    """

    number: str
    slug: str
    title_en: str
    title_zh: str
    start: float
    full: float
    efforts: tuple[Effort, ...]
    projects: tuple[PlannedProject, ...]
    narrative: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name in scenario files: `12-ecosystem-quality`."""
        return f"{self.number}-{self.slug}"

    @property
    def instruments(self) -> tuple[str, ...]:
        """The rows of the plan that its efforts and projects carry, each once."""
        carried = [effort.instruments for effort in self.efforts] + [project.instruments for project in self.projects]
        return tuple(dict.fromkeys(row for rows in carried for row in rows))

    def effort(self, name: str) -> Effort:
        """The effort of that name. Raises KeyError with the nearest name."""
        for effort in self.efforts:
            if effort.name == name:
                return effort
        raise KeyError(nearest_name(name, [effort.name for effort in self.efforts]))


class _EffortEntry(Strict):
    about: str
    counties: str | list[str | int] = "jiangxi"
    instruments: list[str]


class _ProjectEntry(Strict):
    opens: float
    note: str = ""
    no_saving: str = ""
    instruments: list[str]


class _MeasureEntry(Strict):
    number: str
    slug: str
    en: str
    zh: str
    start: float = 2022.0
    full: float = 2025.0
    efforts: dict[str, _EffortEntry] = Field(default={})
    projects: dict[str, _ProjectEntry] = Field(default={})
    narrative: dict[str, str] = Field(default={})


class _CatalogueFile(Strict):
    measures: list[_MeasureEntry]


@cache
def load_measures(path: Path = CATALOGUE) -> tuple[Measure, ...]:
    """All measures in the order of the plan. Raises ProblemsError for a catalogue that is wrong."""
    document = read_yaml(path, shown=path.name)
    report = Report(document)
    try:
        file = _CatalogueFile.model_validate(document.data)
    except ValidationError as error:
        report.add_validation(error, _CatalogueFile)
        raise ProblemsError(report.problems) from None
    measures = []
    for k, entry in enumerate(file.measures):
        efforts = []
        for name, effort in entry.efforts.items():
            where = ("measures", k, "efforts", name)
            efforts.append(
                Effort(name, effort.about, _codes(report, where, effort.counties), tuple(effort.instruments))
            )
        projects = [
            PlannedProject(slug, project.opens, project.note, project.no_saving, tuple(project.instruments))
            for slug, project in entry.projects.items()
        ]
        measures.append(
            Measure(
                entry.number,
                entry.slug,
                entry.en,
                entry.zh,
                entry.start,
                entry.full,
                tuple(efforts),
                tuple(projects),
                dict(entry.narrative),
            )
        )
    names = [effort.name for measure in measures for effort in measure.efforts]
    report.problems += [
        Problem(path.name, 0, f"the effort '{name}' stands twice")
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    if report.problems:
        raise ProblemsError(report.problems)
    return tuple(measures)


@dataclass(frozen=True)
class Coverage:
    """What becomes of the rows of the plan, by row.

    `levers` and `projects` name what carries a row, as (measure's number, effort or project); `without_saving` are the
    rows whose projects are opened but shorten no travel time, with the reason; `narrative` gives the reason where
    nothing carries a row, `outside` that for rows that are no instruments.
    """

    levers: Mapping[str, tuple[tuple[str, str], ...]]
    projects: Mapping[str, tuple[tuple[str, str], ...]]
    without_saving: Mapping[str, str]
    narrative: Mapping[str, str]
    outside: Mapping[str, str]


def plan_coverage(measures: Iterable[Measure], instruments: Iterable[Instrument]) -> Coverage:
    """Where each row of the plan stands in the catalogue.

    Raises ProblemsError for a row of the catalogue that the plan lacks or that is no instrument, for a row of the plan
    that is nowhere, for a row that stands twice (only projects of one measure may share it), and for a row that is
    narrative without a reason or in a measure that it does not belong to.
    """
    rows = {instrument.row_id: instrument for instrument in instruments}
    outside = {row: OUTSIDE[found.measure] for row, found in rows.items() if found.measure in OUTSIDE}
    levers: dict[str, list[tuple[str, str]]] = {}
    projects: dict[str, list[tuple[str, str]]] = {}
    savings: dict[str, list[str]] = {}
    narrative: dict[str, list[tuple[str, str]]] = {}
    for measure in measures:
        for effort in measure.efforts:
            for row in effort.instruments:
                levers.setdefault(row, []).append((measure.number, effort.name))
        for project in measure.projects:
            for row in project.instruments:
                projects.setdefault(row, []).append((measure.number, project.slug))
                savings.setdefault(row, []).append(project.no_saving)
        for row, reason in measure.narrative.items():
            narrative.setdefault(row, []).append((measure.number, reason))
    problems: list[Problem] = []

    def problem(row: str, what: str, nearest: str = "") -> None:
        problems.append(Problem(CATALOGUE.name, 0, f"the row '{row}' {what}", nearest=nearest))

    for row in {*rows, *levers, *projects, *narrative}:
        said = narrative.get(row, [])
        on_lines = projects.get(row, [])
        places = len(levers.get(row, [])) + len({number for number, _ in on_lines}) + len(said)
        if row not in rows:
            problem(row, "is none of the plan", nearest_name(row, rows))
            continue
        if row in outside:
            if places:
                problem(row, f"cannot be carried: {outside[row]}")
        elif not places:
            problem(row, "is nowhere in the catalogue")
        if places > 1 or len(set(on_lines)) < len(on_lines):
            problem(row, "stands twice")
        for number, reason in said:
            if not reason.strip():
                problem(row, "is narrative without a reason")
            if rows[row].measure not in (number, LAYOUT):
                problem(row, f"is narrative in measure {number}, which it does not belong to")
    if problems:
        raise ProblemsError(problems)
    return Coverage(
        {row: tuple(levers[row]) for row in rows if row in levers},
        {row: tuple(projects[row]) for row in rows if row in projects and not all(savings[row])},
        {row: "; ".join(savings[row]) for row in rows if row in projects and all(savings[row])},
        {row: narrative[row][0][1] for row in rows if row in narrative},
        outside,
    )


def find_measure(name: str, measures: Iterable[Measure]) -> Measure:
    """The measure of a name (12-ecosystem-quality), number (12), slug or title.

    Raises KeyError whose text is the nearest name, or empty where none is near.
    """
    spellings: dict[str, Measure] = {}
    for measure in measures:
        for spelling in (measure.name, measure.number, measure.slug, measure.title_en, measure.title_zh):
            spellings[spelling.casefold()] = measure
    found = spellings.get(name.strip().casefold())
    if found is None:
        # A number says nothing of which other was meant.
        named = {spelling: measure.name for spelling, measure in spellings.items() if not spelling.isdigit()}
        raise KeyError(named.get(nearest_name(name.strip(), named), ""))
    return found


def _codes(report: Report, where: tuple[Any, ...], counties: str | list[str | int]) -> tuple[str, ...]:
    found: set[str] = set()
    for name in [counties] if isinstance(counties, str) else counties:
        try:
            found |= {county.code for county in find_counties(name)}
        except KeyError as error:
            report.add((*where, "counties"), f"unknown county '{cut(str(name))}'", nearest=str(error.args[0]))
    return tuple(code for code in county_codes() if code in found)
