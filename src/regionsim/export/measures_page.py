"""The page of the measures: what each lever of the plan does in the model, and which instruments nothing carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regionsim.export.action_plan import PLAN
from regionsim.export.atlas import Atlas
from regionsim.export.markdown import anchors, code, table
from regionsim.place.counties import counties_in_words
from regionsim.place.plan_instruments import LAYOUT, Instrument, load_instruments
from regionsim.place.projects import Project, find_project
from regionsim.scenarios.measures import (
    OUTSIDE,
    Coverage,
    Effort,
    Measure,
    PlannedProject,
    load_measures,
    plan_coverage,
)
from regionsim.studies.levers import nearest_parameters, reading_equations
from regionsim.studies.lines import cost_in_words, opening_in_words, saving_in_words, shortens_a_time

MADE = "<!-- Made from the catalogue of measures and from the code. Nothing by hand. -->"
MECHANISMS = "mechanisms"
CATALOGUE = "../src/regionsim/scenarios/measures.yaml"
ROWS = "../src/regionsim/place/data/plan_measures.csv"


def measures_page(atlas: Atlas) -> str:
    """The page in Markdown. Raises ProblemsError where the catalogue does not fit the rows of the plan."""
    measures, rows = load_measures(), {row.row_id: row for row in load_instruments()}
    covered = plan_coverage(measures, rows.values())
    parts = [
        MADE,
        "# Measures of the action plan",
        _opening(),
        "## How much of the plan is in the model",
        _counts(measures, rows, covered),
        "## Overview",
        _overview(measures),
    ]
    for measure in measures:
        parts += _measure(atlas, measure, rows, covered)
    parts += ["## Rows that are no instruments", _outside(rows, covered)]
    return "\n\n".join(parts) + "\n"


def _opening() -> str:
    return (
        f"What the model makes of the plan ({PLAN}): its 19 measures and three safeguards (S1 to S3), each with its "
        "levers. A lever is one input over county and year, 0 where and while it is off and 1 at full strength; a "
        f"scenario switches a measure on by its name under {code('measures')}, for example "
        f"{code('measures: {12-ecosystem-quality: {}}')}, and may say when it starts, how strong it is and where "
        "([how to](how-to.md)). The parameters under a lever are the first on its way, each with a range and a source; "
        "many are judgements, and some ranges leave even the sign open. What follows from there is on the pages of the "
        "[mechanisms](mechanisms/index.md).\n\n"
        f"Everything here is read from the [catalogue]({CATALOGUE}) and the equations; the rows of the plan are in "
        f"[plan_measures.csv]({ROWS}), from which the English names of instruments come. "
        f"{code('regionsim list measures --json')} prints the same catalogue."
    )


def _counts(measures: Iterable[Measure], rows: Mapping[str, Instrument], covered: Coverage) -> str:
    levers = sum(len(measure.efforts) for measure in measures)
    lines = sum(len(measure.projects) for measure in measures)
    carried = len(covered.levers) + len(covered.projects)
    instruments = len(rows) - len(covered.outside)
    counted = table(
        ("rows of the plan", "number"),
        (
            (f"carried by one of {levers} levers", str(len(covered.levers))),
            (f"carried by one of {lines} lines of transport", str(len(covered.projects))),
            ("a line of transport that shortens no time, with its reason", str(len(covered.without_saving))),
            ("narrative only, each with its reason", str(len(covered.narrative))),
            ("no instruments (goals and the plan's close)", str(len(covered.outside))),
            ("all", str(len(rows))),
        ),
    )
    return (
        f"Of {len(rows)} rows of the plan {instruments} are instruments; the model carries {carried} of them, opens "
        f"{len(covered.without_saving)} as lines that change nothing, and {len(covered.narrative)} are narrative only. "
        "To be carried does not mean to be known well: most instruments "
        f"share a lever, and few have a size in the plan.\n\n{counted}"
    )


def _overview(measures: Iterable[Measure]) -> str:
    return table(
        ("no.", "measure", "levers", "instruments carried", "narrative only"),
        (
            (
                measure.number,
                f"[{measure.title_en}](#{anchors(_heading(measure))[0]}) ({measure.title_zh})",
                ", ".join([*(code(effort.name) for effort in measure.efforts), *_lines(measure)]),
                str(len(measure.instruments)),
                str(len(measure.narrative)),
            )
            for measure in measures
        ),
    )


def _lines(measure: Measure) -> list[str]:
    return [f"{len(measure.projects)} lines"] if measure.projects else []


def _heading(measure: Measure) -> str:
    return f"## {measure.number}. {measure.title_en}"


def _measure(atlas: Atlas, measure: Measure, rows: Mapping[str, Instrument], covered: Coverage) -> list[str]:
    parts = [
        _heading(measure),
        f"{measure.title_zh}. In a scenario: {code(measure.name)}. If nothing else is said it begins in "
        f"{measure.start:g} and is in full effect in {measure.full:g}.",
    ]
    parts += [_lever(atlas, effort, rows) for effort in measure.efforts]
    if measure.projects:
        parts += [_projects(measure), *(_project(project, rows) for project in measure.projects)]
    if measure.narrative:
        listed = "\n".join(f"- {_named(row, rows)}: {reason}" for row, reason in measure.narrative.items())
        parts.append(f"### {measure.number}: narrative only\n\n{listed}")
    elsewhere = [
        f"- {_named(row, rows)}: measure {number}, lever {code(lever)}"
        for row, carriers in covered.levers.items()
        for number, lever in carriers
        if rows[row].measure == measure.number != number
    ]
    if elsewhere:
        parts.append(f"### {measure.number}: carried by another measure\n\n" + "\n".join(elsewhere))
    return parts


def _lever(atlas: Atlas, effort: Effort, rows: Mapping[str, Instrument]) -> str:
    reading = reading_equations(atlas.model, effort)
    says = "\n".join(f"  - {_link(atlas, each.name)}: {each.about.splitlines()[0]}" for each in reading)
    near = nearest_parameters(atlas.model, atlas.parameters, effort)
    instruments = "\n".join(f"  - {_named(row, rows)}" for row in effort.instruments)
    lines = [
        f"- counties: {counties_in_words(effort.counties)}",
        f"- input: {code(effort.input)}",
        f"- equations:\n{says}",
        f"- parameters: {', '.join(_link(atlas, name) for name in near)}",
        f"- instruments:\n{instruments}",
    ]
    return f"### {effort.name}\n\n{effort.about}\n\n" + "\n".join(lines)


def _projects(measure: Measure) -> str:
    listed = table(
        ("line", "state", "opens", "cost (million CNY)", "shortens a time"),
        (
            (
                f"[{project.name}](#{anchors(_project_heading(project))[0]})",
                project.state,
                f"{planned.opens:g}",
                "" if project.cost is None else f"{project.cost:,.0f}",
                "yes" if shortens_a_time(project) else "no",
            )
            for planned in measure.projects
            for project in [find_project(planned.slug)]
        ),
    )
    return (
        f"### {measure.number}: lines of transport\n\nEach line opens in the year given, later if the measure starts "
        "later, and changes travel times from then on. Years without a source are assumptions; a scenario may give "
        f"others under {code('transport')}. Costs are nominal and charged to no budget. The state is that of the last "
        "evidence found. What a line saves is the most on any way between two counties or to a hub, in "
        f"generalised minutes, by itself over what stood in 2020.\n\n{listed}"
    )


def _project(planned: PlannedProject, rows: Mapping[str, Instrument]) -> str:
    project = find_project(planned.slug)
    lines = [
        f"- in a scenario: {code(planned.slug)}; in Chinese: {project.name_zh}",
        f"- state: {project.state}; in May 2022: {project.state_2022}",
        f"- the plan asks for: {'; '.join(_asked(rows[row]) for row in planned.instruments)}",
        f"- opens: by the sources {opening_in_words(project)}; in the model {planned.opens:g} ({planned.note})",
        f"- cost: {cost_in_words(project)}",
        f"- source: {project.source}",
        f"- counties: {counties_in_words(project.counties)}",
        f"- saves: {saving_in_words(project)}{f': {planned.no_saving}' if planned.no_saving else ''}",
    ]
    return f"{_project_heading(project)}\n\n" + "\n".join(lines)


def _project_heading(project: Project) -> str:
    return f"#### {project.name}"


def _asked(row: Instrument) -> str:
    return f"{row.row_id} {row.item}{f' ({row.target})' if row.target else ''}"


def _outside(rows: Mapping[str, Instrument], covered: Coverage) -> str:
    groups = []
    for part, reason in OUTSIDE.items():
        listed = [f"- {_named(row, rows)}" for row in covered.outside if rows[row].measure == part]
        groups.append(f"{reason[0].upper()}{reason[1:]}:\n\n" + "\n".join(listed))
    return "\n\n".join(groups)


def _named(row: str, rows: Mapping[str, Instrument]) -> str:
    layout = " (layout of the zone)" if rows[row].measure == LAYOUT else ""
    return f"{row} {rows[row].item}{layout}"


def _link(atlas: Atlas, name: str) -> str:
    return f"[{code(name)}]({MECHANISMS}/{atlas.page_of[name]}.md#{name})"
