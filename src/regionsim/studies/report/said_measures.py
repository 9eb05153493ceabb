"""The measures of the plan that scenarios switch on, beside the base, which has none."""

from __future__ import annotations

from collections.abc import Mapping

from regionsim.scenarios.measures import Measure, load_measures
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import MeasureSetting
from regionsim.studies.report.assumption import Assumption, Kind, bounds, english, notes_of, places, years
from regionsim.studies.report.document import Words
from regionsim.studies.report.words import bracketed, chosen, phrase

Settings = Mapping[str, MeasureSetting]


def measures_said(scenarios: Mapping[str, Scenario]) -> Kind:
    """Each measure that a scenario switches on, and each of its levers that a scenario sets apart."""
    rows = []
    for measure in load_measures():
        settings = {name: one.measures[measure.name] for name, one in scenarios.items() if measure.name in one.measures}
        if not settings:
            continue
        levers = ", ".join(effort.name for effort in measure.efforts)
        title = Words(f"{measure.number} {chosen(measure.title_en, measure.title_zh)}")
        detail = Words(phrase("Levers: {names}.", names=levers)) if levers else Words("")
        rows.append(_row(measure, title, detail, settings))
        for effort in measure.efforts:
            own = {name: one.parts[effort.name] for name, one in settings.items() if effort.name in one.parts}
            if own:
                title = Words(phrase("{number} lever {name}", number=measure.number, name=effort.name))
                rows.append(_row(measure, title, english(effort.about), {**settings, **own}))
    unit = phrase("strength, 1 as planned; years of start and full effect")
    return Kind(phrase("Measures of the action plan"), tuple(rows), unit)


def _row(measure: Measure, title: Words, detail: Words, settings: Settings) -> Assumption:
    return Assumption(
        title=title,
        detail=detail,
        unit="",
        base=phrase("off"),
        values={name: _strength(setting) for name, setting in settings.items()},
        range=bounds(MeasureSetting, "strength"),
        quality="assumption",
        source=plan_source(measure.number),
        reasons=notes_of(setting.note for setting in settings.values()),
    )


def _strength(setting: MeasureSetting) -> str:
    if setting.strength == 0:
        return phrase("off")
    text = bracketed(number(setting.strength), years(setting.start, setting.full))
    if setting.counties is None:
        return text
    return phrase("{value}, only in {places}", value=text, places=places([str(each) for each in setting.counties]))


def plan_source(measure: str) -> Words:
    """A measure of the plan as a source."""
    return Words(phrase("Jiangxi Action Plan [2022] No. 48, measure {number}", number=measure))
