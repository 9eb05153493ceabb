"""What a measure of the plan, a lever, an instrument or a transport project is, does, and how it is switched on."""

from __future__ import annotations

from regionsim.engine.compile import Model
from regionsim.place.counties import counties_in_words
from regionsim.place.plan_instruments import Instrument, load_instruments
from regionsim.place.projects import Project, find_project
from regionsim.scenarios.measures import Effort, Measure, PlannedProject, load_measures, plan_coverage
from regionsim.scenarios.scenario import Scenario
from regionsim.scenarios.schema import MeasureSetting
from regionsim.studies.levers import Lever, nearest_parameters, reading_equations
from regionsim.studies.lines import cost_in_words, opening_in_words, saving_in_words
from regionsim.studies.model import evidence, project_dates


def explain_measure(measure: Measure, model: Model, scenario: Scenario | None) -> list[str]:
    """A measure: titles, years, levers, projects, what of the plan is narrative only, and its key in a scenario."""
    rows = _rows()
    lines = [
        f"{measure.name}: measure of the action plan",
        f"  title   {measure.title_en}",
        f"  chinese {measure.title_zh}",
        f"  starts  {measure.start:g}, in full effect {measure.full:g}, as the plan has it",
        *_set_in(scenario, measure, None),
    ]
    for effort in measure.efforts:
        lines += [f"  lever   {effort.name}: {effort.about}", *_indented(_moves(effort, model))]
    lines += [f"  line    {_line(planned)}" for planned in measure.projects]
    lines += [f"  not in  {_row(rows[row])}: {reason}" for row, reason in measure.narrative.items()]
    for row, carriers in plan_coverage(load_measures(), rows.values()).levers.items():
        if rows[row].measure == measure.number and row not in measure.instruments:
            lines += [f"  there   {_row(rows[row])}: lever {name} of measure {number}" for number, name in carriers]
    lines += ["  to switch it on", "    measures:", f"      {measure.name}: {{}}"]
    return lines


def explain_lever(lever: Lever, model: Model, scenario: Scenario | None) -> list[str]:
    """A lever: what it moves, where, which instruments it carries, and how a scenario switches it on alone."""
    return [
        f"{lever.name}: lever of a measure of the action plan",
        f"  about   {lever.effort.about}",
        f"  measure {_measure(lever.measure)}",
        f"  starts  {lever.measure.start:g}, in full effect {lever.measure.full:g}, as the plan has it",
        *_set_in(scenario, lever.measure, lever.effort),
        f"  input   {lever.effort.input}",
        *_moves(lever.effort, model),
        *_switch_alone(lever),
    ]


def explain_instrument(row: Instrument, model: Model, scenario: Scenario | None) -> list[str]:
    """A row of the plan: its wording, counties and target, and what carries it or why nothing does."""
    covered = plan_coverage(load_measures(), load_instruments())
    lines = [
        f"{row.row_id}: instrument of the action plan",
        f"  title   {row.item}",
        f"  chinese {row.item_zh}",
        f"  part    {_part(row)}",
        f"  where   {counties_in_words(row.counties)}",
        f"  target  {row.target or 'none stated'}",
    ]
    if row.row_id in covered.narrative:
        return [*lines, f"  not in the model: {covered.narrative[row.row_id]}"]
    if row.row_id in covered.outside:
        return [*lines, f"  no instrument: {covered.outside[row.row_id]}"]
    for measure in load_measures():
        for effort in measure.efforts:
            if row.row_id in effort.instruments:
                lever = Lever(measure, effort)
                lines += [f"  carried by the lever {lever.name}", *explain_lever(lever, model, scenario)[1:]]
        lines += [f"  line    {_line(planned)}" for planned in measure.projects if row.row_id in planned.instruments]
    return lines


def carried_by(row: Instrument) -> str:
    """The lever or the projects that carry a row of the plan, in a few words."""
    covered = plan_coverage(load_measures(), load_instruments())
    if row.row_id in covered.levers:
        return f"lever {covered.levers[row.row_id][0][1]}"
    if row.row_id in covered.projects:
        return f"project {', '.join(slug for _, slug in covered.projects[row.row_id])}"
    return "a line that shortens no time" if row.row_id in covered.without_saving else "not in the model"


def explain_project(project: Project, scenario: Scenario | None) -> list[str]:
    """A transport project: state, years, cost, counties, what it saves, and how a scenario opens or closes it."""
    rows = _rows()
    planned = [(m, each) for m in load_measures() for each in m.projects if each.slug == project.slug]
    return [
        f"{project.slug}: transport project {project.project_id}",
        f"  title   {project.name}",
        f"  chinese {project.name_zh}",
        f"  state   {project.state}; in May 2022: {project.state_2022}",
        f"  opens   {opening_in_words(project)}{', stood in 2020' if project.stood_in_2020 else ''}",
        *(f"  plan    {_measure(measure)}: opens {each.opens:g} ({each.note})" for measure, each in planned),
        *(f"  row     {_row(rows[row])}" for _, each in planned for row in each.instruments),
        *_dates_in(scenario, project),
        f"  cost    {cost_in_words(project)}",
        f"  source  {project.source}",
        f"  where   {counties_in_words(project.counties) or 'no county of the zone'}",
        f"  saves   {saving_in_words(project)}, over what else stood in 2020",
        *(f"  why     {each.no_saving}" for _, each in planned if each.no_saving),
        "  to close it in 2025" if project.stood_in_2020 else "  to open it in 2025",
        "    transport:",
        f"      {project.slug}: {{{'closes' if project.stood_in_2020 else 'opens'}: 2025}}",
    ]


def _moves(effort: Effort, model: Model) -> list[str]:
    rows = _rows()
    return [
        f"  where   {counties_in_words(effort.counties)}",
        *(f"  moves   {each.name}: {each.about.splitlines()[0]}" for each in reading_equations(model, effort)),
        f"  by      {', '.join(nearest_parameters(model, evidence(), effort))}",
        *(f"  carries {_row(rows[row])}" for row in effort.instruments),
    ]


def _switch_alone(lever: Lever) -> list[str]:
    lines = ["  to switch it on alone", "    measures:", f"      {lever.measure.name}:"]
    if len(lever.measure.efforts) > 1 or lever.measure.projects:
        lines.append("        strength: 0")
    return [*lines, f"        {lever.effort.name}: {{strength: 1}}"]


def _set_in(scenario: Scenario | None, measure: Measure, effort: Effort | None) -> list[str]:
    if scenario is None:
        return []
    setting = scenario.measures.get(measure.name)
    if setting is not None and effort is not None:
        setting = setting.parts.get(effort.name, setting)
    return [f"  set to  {_setting(setting)} in scenario {scenario.name}"]


def _setting(setting: MeasureSetting | None) -> str:
    if setting is None or setting.strength == 0:
        return "off"
    counties = "" if setting.counties is None else f", in {counties_in_words([str(each) for each in setting.counties])}"
    return f"strength {setting.strength:g}, {setting.start:g} to {setting.full:g}{counties}"


def _dates_in(scenario: Scenario | None, project: Project) -> list[str]:
    if scenario is None:
        return []
    dates = project_dates(scenario).get(project.slug)
    years = [] if dates is None else [("opens", dates.opens), ("closes", dates.closes)]
    said = ", ".join(f"{word} {year:g}" for word, year in years if year is not None)
    return [f"  set to  {said or 'as it stood'} in scenario {scenario.name}"]


def _line(planned: PlannedProject) -> str:
    project = find_project(planned.slug)
    return (
        f"{planned.slug}: {project.name} ({project.name_zh}), opens {planned.opens:g}, "
        f"saves {saving_in_words(project)}{f': {planned.no_saving}' if planned.no_saving else ''}"
    )


def _part(row: Instrument) -> str:
    for measure in load_measures():
        if measure.number == row.measure:
            return f"measure {_measure(measure)}"
    return "the plan's goals, layout or close"


def _measure(measure: Measure) -> str:
    return f"{measure.name}: {measure.title_en} ({measure.title_zh})"


def _row(row: Instrument) -> str:
    return f"{row.row_id} {row.item} ({row.item_zh})"


def _rows() -> dict[str, Instrument]:
    return {row.row_id: row for row in load_instruments()}


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
