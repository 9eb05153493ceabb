"""What scenarios say of the provincial border, of agreements on compensation and of transport, beside the base."""

from __future__ import annotations

from collections.abc import Mapping

from regionsim.language.inputs import AnyInput, Path
from regionsim.place.agreements import OPEN_END, Agreement, load_agreements
from regionsim.place.projects import Project, find_project
from regionsim.scenarios.border import PARTS, border_settings
from regionsim.scenarios.compensation import agreements_under
from regionsim.scenarios.measures import load_measures
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import ProjectDates
from regionsim.studies.model import project_dates
from regionsim.studies.report.assumption import Assumption, Kind, english, notes_of
from regionsim.studies.report.document import Words
from regionsim.studies.report.said_measures import plan_source
from regionsim.studies.report.said_parameters import range_text
from regionsim.studies.report.words import chosen, phrase, title_of

Scenarios = Mapping[str, Scenario]
ASSUMPTION = "assumption"
# Fields of an agreement that a scenario may change, with their units; a share and a year have none.
TERMS = {"price": "million CNY/month", "award": "million CNY/year", "bonus": "", "start": "", "end": ""}


def border_said(scenarios: Scenarios) -> Kind:
    """Each part of the border of which a scenario leaves another share than 1."""
    settings = {name: border_settings(one.border) for name, one in scenarios.items()}
    rows = []
    for k, part in enumerate(PARTS):
        parts = {name: found[k] for name, found in settings.items()}
        values = {name: text for name, path in parts.items() if (text := _remaining(path))}
        if values:
            first = next(iter(parts.values()))
            rows.append(
                Assumption(
                    title=Words(title_of(part).capitalize()),
                    detail=english(first.about),
                    unit="",
                    base="1",
                    values=values,
                    range=range_text(first),
                    quality=first.quality,
                    source=Words(phrase("the scenario")),
                    reasons=notes_of(one.border.note for one in scenarios.values()),
                )
            )
    return Kind(phrase("Provincial border"), tuple(rows), phrase("share of the friction of 2020 that remains"))


def _remaining(path: AnyInput) -> str:
    """What remains and from which year on; empty where all does."""
    assert isinstance(path, Path)
    share = path.values[-1].item()
    return "" if share == 1 else phrase("{value} from {year}", value=number(share), year=number(float(path.years[-1])))


def compensation_said(scenarios: Scenarios) -> Kind:
    """Each term of an agreement that a scenario changes."""
    rows = []
    under = {
        name: {each.key: each for each in agreements_under(one.compensation)}
        for name, one in scenarios.items()
        if one.compensation
    }
    for agreement in load_agreements():
        for term, unit in TERMS.items():
            before = getattr(agreement, term)
            values = {
                name: _term(term, after)
                for name, found in under.items()
                if (after := getattr(found[agreement.key], term)) != before
            }
            if values:
                rows.append(_agreement_row(agreement, term, unit, values, scenarios))
    return Kind(phrase("Agreements on ecological compensation"), tuple(rows))


def _agreement_row(
    agreement: Agreement, term: str, unit: str, values: Mapping[str, str], scenarios: Scenarios
) -> Assumption:
    name = chosen(agreement.name, agreement.name_zh)
    said = [one.compensation.get(agreement.key) for one in scenarios.values()]
    return Assumption(
        title=Words(phrase("{agreement}: {term}", agreement=name, term=title_of(term))),
        detail=Words(""),
        unit=title_of(unit),
        base=_term(term, getattr(agreement, term)),
        values=values,
        range="",
        quality=agreement.quality,
        source=english(agreement.source),
        reasons=notes_of(terms.note for terms in said if terms is not None),
    )


def _term(term: str, value: float) -> str:
    if term == "end" and value == OPEN_END:
        return phrase("no known end")
    return f"{value:.2f}" if term in ("start", "end") else f"{value:g}"


def transport_said(scenarios: Scenarios) -> Kind:
    """Each transport project that opens or closes in a scenario, by its own words or by a measure."""
    dates = {name: project_dates(one) for name, one in scenarios.items()}
    rows = []
    for slug in dict.fromkeys(slug for found in dates.values() for slug in found):
        values = {name: _dates(found[slug]) for name, found in dates.items() if slug in found}
        project = find_project(slug)
        own = [one.transport[slug].note for one in scenarios.values() if slug in one.transport]
        is_planned = any(slug not in scenarios[name].transport for name in values)
        planned = [(m.number, each) for m in load_measures() for each in m.projects if each.slug == slug]
        by_plan = [english(each.note) for _, each in planned if is_planned]
        rows.append(
            Assumption(
                title=Words(chosen(project.name, project.name_zh)),
                detail=plan_source(planned[0][0]) if planned else Words(""),
                unit="",
                base=phrase("open in 2020") if project.stood_in_2020 else phrase("not opened"),
                values=values,
                range="",
                quality=_quality(project, [found[slug] for found in dates.values() if slug in found]),
                source=english(project.source),
                reasons=(*notes_of(own), *by_plan),
            )
        )
    return Kind(phrase("Transport projects"), tuple(rows))


def _dates(dates: ProjectDates) -> str:
    said = []
    if dates.opens is not None:
        said.append(phrase("opens {year}", year=number(dates.opens)))
    if dates.closes is not None:
        said.append(phrase("closes {year}", year=number(dates.closes)))
    return "; ".join(said)


def _quality(project: Project, said: list[ProjectDates]) -> str:
    """That of the year in the source where scenarios keep to it; a year of their own is an assumption."""
    is_known = project.open_year is not None and all(dates.opens == project.open_year for dates in said)
    return str(project.open_year_quality) if is_known else ASSUMPTION
