"""The scenarios of a report side by side: what each is and how it was run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regionsim.figures import style
from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import project_dates
from regionsim.studies.report.document import Cell, Column, Group, Section, Table, cell, spans
from regionsim.studies.report.finished import Finished
from regionsim.studies.report.words import bracketed, phrase

UNKNOWN = "n/a"


def scenarios_section(found: Sequence[Finished]) -> Section:
    """What each scenario is and how it was run, side by side."""
    return Section("scenarios", phrase("Scenarios"), tuple(map(_table, spans(found))))


def _table(found: Sequence[Finished]) -> Table:
    run = [
        _row(phrase("Name"), found, lambda each: each.name),
        _row(phrase("Years"), found, lambda each: style.period(each.dataset)),
        _row(phrase("Members"), found, _members),
        _row(phrase("Engine"), found, _engine),
        _row(phrase("Method and step"), found, _method),
        _row(phrase("Calibration"), found, _calibration),
    ]
    said = [
        _row(phrase("Measures switched on"), found, _of_scenario(_measures)),
        _row(phrase("Border"), found, _of_scenario(_border)),
        _row(phrase("Agreements changed"), found, _of_scenario(lambda one: str(len(one.compensation)))),
        _row(phrase("Projects that open or close"), found, _of_scenario(lambda one: str(len(project_dates(one))))),
        _row(phrase("Parameters and shocks changed"), found, _of_scenario(lambda one: str(len(one.parameters)))),
    ]
    titles = [style.scenario_title(each.dataset) for each in found]
    return Table(
        phrase("What the scenarios are"),
        (Column("", width=1.3), *(Column(title) for title in titles)),
        (Group(phrase("The run"), tuple(run)), Group(phrase("What the scenario says"), tuple(said))),
    )


def _row(title: str, found: Sequence[Finished], text: Callable[[Finished], str]) -> tuple[Cell, ...]:
    return (cell(title), *(cell(text(each)) for each in found))


def _of_scenario(text: Callable[[Scenario], str]) -> Callable[[Finished], str]:
    return lambda each: UNKNOWN if each.scenario is None else text(each.scenario)


def _members(each: Finished) -> str:
    if each.members == 1:
        return phrase("one run")
    failed = len(each.failures)
    more = phrase("{count} more failed", count=failed) if failed else ""
    return bracketed(str(each.members), more)


def _engine(each: Finished) -> str:
    # Only ensembles have a choice; a single run is simulated by the reference.
    return UNKNOWN if each.record is None else str(each.record.get("engine", "reference"))


def _method(each: Finished) -> str:
    if each.scenario is None:
        return UNKNOWN
    step = phrase("{step} years", step=number(each.scenario.step))
    return f"{each.scenario.method}, {step}"


def _calibration(each: Finished) -> str:
    if each.scenario is None:
        return UNKNOWN
    return phrase("none") if each.scenario.calibration is None else each.scenario.calibration.name


def _measures(scenario: Scenario) -> str:
    settings = scenario.measures.values()
    on = sum(one.strength > 0 or any(part.strength > 0 for part in one.parts.values()) for one in settings)
    return phrase("{count} of {all}", count=on, all=len(load_measures()))


def _border(scenario: Scenario) -> str:
    shares = scenario.border.model_dump(exclude={"start", "note"}).values()
    is_changed = any(share not in (None, 1) for share in shares)
    return phrase("changed") if is_changed else phrase("as in 2020")
