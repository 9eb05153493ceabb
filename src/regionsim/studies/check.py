"""Check a scenario and the model with its values, and tell what in it changes nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.units import check_units
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.language.inputs import Path as PathInput
from regionsim.place.agreements import LUSHUI_RENEWAL, MARKET_COMPENSATION, STANDING, Agreement
from regionsim.place.assemble import axis_labels
from regionsim.place.counties import county_codes
from regionsim.place.network_inputs import network_inputs
from regionsim.place.openings import Opening
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.border import border_settings
from regionsim.scenarios.compensation import agreements_under
from regionsim.scenarios.efforts import effort_inputs
from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Said, Scenario, apply_overrides
from regionsim.studies.effects import unseen_effects
from regionsim.studies.model import build_model, known_parameters, project_dates, read_scenario

BROUGHT_BY = {LUSHUI_RENEWAL: "lushui_agreement_effort", MARKET_COMPENSATION: "market_compensation_effort"}


def check_scenario(path: str | Path) -> tuple[list[Problem], str, list[Problem]]:
    """Everything that is wrong with the scenario or the model, one line that says what was checked, and warnings."""
    try:
        scenario = read_scenario(path)
        model = build_model(scenario)
    except ProblemsError as error:
        return list(error.problems), "", []
    words = (
        f"{path}: scenario '{scenario.name}', {scenario.start} to {scenario.end}; "
        f"{len(model.equations)} equations, {len(model.stocks)} stocks, {len(model.inputs)} inputs, "
        f"{len(model.ledgers)} ledgers; names, axes, units and loops agree"
    )
    return check_units(model), words, [*warnings_of(scenario), *unseen_effects(scenario)]


def warnings_of(scenario: Scenario) -> list[Problem]:
    """One warning for each thing that the scenario says without effect, or with another one than it seems to have.

    Without effect is what changes no number that the model is fed.
    """
    warnings = []
    for said in scenario.said:
        if _alike(said.section, scenario, said.without):
            warnings.append((said, f"changes nothing: {_why(said, scenario)}"))
        elif said.what.startswith("shock") and _moves_the_start(said, scenario):
            year = number(scenario.start)
            warnings.append(
                (said, f"is there in {year} already: what is told against {year} is told against the shock")
            )
    return sorted(Problem(said.file, said.line, f"warning: {said.what} {words}") for said, words in warnings)


def _moves_the_start(said: Said, scenario: Scenario) -> bool:
    """Whether a shock has another value at the start than what it is laid over has in that year."""
    names = {name for name in scenario.parameters if scenario.parameters[name] != said.without.parameters.get(name)}
    own = replace(scenario, parameters={name: scenario.parameters[name] for name in names})
    known = {name: known_parameters(scenario)[name] for name in names}
    shocked = apply_overrides(known, own, labels=axis_labels())
    return any(
        not np.array_equal(_at(value, scenario.start), _at(one, scenario.start))
        for value, one in zip(shocked.values(), known.values(), strict=True)
        if not isinstance(value, Table) and not isinstance(one, Table)
    )


def _alike(section: str, one: Scenario, other: Scenario) -> bool:
    """Whether what a section feeds into the model is the same, bit for bit, throughout the run."""
    if section == "calibration":
        return one.calibration == other.calibration
    if section == "measures":
        return _same_efforts(one, other) and _same_network(one, other)
    if section == "border":
        return _all_same(border_settings(one.border), border_settings(other.border), one.start, one.end)
    if section == "compensation":
        return _agreements_in_force(one) == _agreements_in_force(other)
    if section == "transport":
        return _same_network(one, other)
    return _same_parameters(one, other)


def _same_efforts(one: Scenario, other: Scenario) -> bool:
    touched = [
        measure for measure in load_measures() if one.measures.get(measure.name) != other.measures.get(measure.name)
    ]
    before, after = (effort_inputs(each.measures, "", touched) for each in (one, other))
    return _all_same(before, after, one.start, one.end)


def _same_network(one: Scenario, other: Scenario) -> bool:
    opened = [project_dates(each) for each in (one, other)]
    if opened[0] == opened[1]:
        return True
    times = [
        network_inputs(
            known_parameters(one),
            {slug: Opening(dates.opens, dates.closes) for slug, dates in each.items()},
            one.start,
            one.end,
        )
        for each in opened
    ]
    return _all_same(times[0], times[1], one.start, one.end)


def _same_parameters(one: Scenario, other: Scenario) -> bool:
    touched = [
        name for name in {*one.parameters, *other.parameters} if one.parameters.get(name) != other.parameters.get(name)
    ]
    values = []
    for each in (one, other):
        own = {name: change for name, change in each.parameters.items() if name in touched}
        known = {name: known_parameters(each)[name] for name in touched}
        values.append(list(apply_overrides(known, replace(each, parameters=own), labels=axis_labels()).values()))
    # Years outside the run count: the base year may be worked out with them.
    return _all_same(values[0], values[1], -math.inf, math.inf)


def _all_same(one: Iterable[AnyInput], other: Iterable[AnyInput], start: float, end: float) -> bool:
    return all(_same(first, second, start, end) for first, second in zip(one, other, strict=True))


def _same(one: AnyInput, other: AnyInput, start: float, end: float) -> bool:
    if isinstance(one, Table) or isinstance(other, Table):
        return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("arguments", "values"))
    knots = {float(year) for each in (one, other) if isinstance(each, PathInput) for year in each.years}
    years = sorted({year for year in knots if start < year < end} | {start, end} - {-math.inf, math.inf}) or [0.0]
    # Between two of these years both are a line or a step, so that the middle tells one from the other.
    between = [(first + second) / 2 for first, second in zip(years, years[1:], strict=False)]
    return all(bool((_at(one, year) == _at(other, year)).all()) for year in (*years, *between))


def _at(value: Constant | PathInput, year: float) -> NDArray[np.float64]:
    return value.at(year) if isinstance(value, PathInput) else value.values


def _agreements_in_force(scenario: Scenario) -> list[Agreement]:
    """The agreements that come into force during the run, with their terms."""
    efforts = {path.name: path for path in effort_inputs(scenario.measures, scenario.name)}

    def comes(agreement: Agreement) -> bool:
        if agreement.start > scenario.end or agreement.end <= scenario.start:
            return False
        if agreement.brought_by == STANDING:
            return True
        strength = efforts[BROUGHT_BY[agreement.brought_by]].at(min(agreement.end, scenario.end)).ravel()
        return any(strength[county_codes().index(code)] > 0 for code in agreement.upstream)

    return [agreement for agreement in agreements_under(scenario.compensation) if comes(agreement)]


def _why(said: Said, scenario: Scenario) -> str:
    """The reason as a writer of the scenario would see it."""
    if said.section == "calibration":
        return "the scenario has it without these words"
    if said.section == "measures":
        return _why_measure(said, scenario)
    if said.section == "border":
        start = scenario.border.start
        if start is not None and start >= scenario.end:
            return f"it begins in {number(start)}, when the run ends"
        key = said.what.removeprefix("key 'border.").removesuffix("'")
        if key == "start":
            return "no part of the border changes then"
        return "1 is the border as in 2020" if getattr(scenario.border, key) == 1 else "the border is so without it"
    if said.section == "compensation":
        in_force = {agreement.key for agreement in _agreements_in_force(scenario)}
        touched = {key for key, terms in scenario.compensation.items() if terms != said.without.compensation.get(key)}
        if touched and not touched & in_force:
            return "nothing brings this into force during the run"
        return "these terms hold without it"
    if said.section == "transport":
        return "no travel time is other than without it"
    return "it has these values without it"


def _why_measure(said: Said, scenario: Scenario) -> str:
    name = said.what.split("'")[-2]
    setting = scenario.measures[name]
    if said.what.startswith("part"):
        setting = setting.parts[said.what.split("'")[1]]
    if setting.strength == 0:
        return "its strength is 0"
    if setting.counties == []:
        return "its list of counties is empty"
    if setting.start is not None and setting.start >= scenario.end:
        return f"it starts in {number(setting.start)}, when the run ends"
    return "what it says holds without it"
