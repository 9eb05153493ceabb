"""Lists of what there is, as plain rows: for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionsim.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from regionsim.scenarios.measures import PlannedProject

Row = dict[str, Any]
WIDEST = 60
# What a list of measures shows of the projects in a terminal; JSON has more.
PROJECT_COLUMNS = ("slug", "name_zh", "state", "opens", "cost", "shortens_a_time")


def listed(kind: str, folder: Path) -> list[Row]:
    """The rows of a list: counties, hubs, measures, parameters, projects, variables, or the scenarios of `folder`."""
    rows: Mapping[str, Any] = {
        "counties": _counties,
        "hubs": _hubs,
        "measures": _measures,
        "parameters": _parameters,
        "projects": _projects,
        "variables": _variables,
    }
    return _scenarios(folder) if kind == "scenarios" else list(rows[kind]())


def listing_text(rows: Sequence[Row]) -> str:
    """The rows as aligned columns with a heading; long texts are cut. The projects of a measure stand below."""
    if not rows:
        return "nothing there"
    below = [
        f"\nprojects of {row['number']}-{row['slug']}\n{_columns(_chosen(row['projects'], PROJECT_COLUMNS))}"
        for row in rows
        if row.get("projects") and isinstance(row["projects"], list)
    ]
    return "\n".join([_columns(rows), *below])


def _chosen(rows: Sequence[Row], heads: Sequence[str]) -> list[Row]:
    return [{head: row[head] for head in heads} for row in rows]


def _columns(rows: Sequence[Row]) -> str:
    heads = list(rows[0])
    cells = [heads, *([_cut(row[head]) for head in heads] for row in rows)]
    widths = [max(_width(line[k]) for line in cells) for k in range(len(heads))]
    return "\n".join(
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _counties() -> list[Row]:
    from regionsim.place.counties import load_counties

    return [
        {
            "code": county.code,
            "name": county.name,
            "name_zh": county.name_zh,
            "prefecture": county.prefecture,
            "province": county.province,
            "area_ha": county.area,
        }
        for county in load_counties()
    ]


def _hubs() -> list[Row]:
    from regionsim.place.hubs import load_hubs

    return [{"hub": hub.key, "name": hub.name, "name_zh": hub.name_zh, "province": hub.province} for hub in load_hubs()]


def _measures() -> list[Row]:
    """The plan's measures: what carries each in the model, and what of it is narrative only, with the reason."""
    from regionsim.equations import mechanisms
    from regionsim.language.declarations import Equation, collect
    from regionsim.scenarios.measures import load_measures
    from regionsim.studies.model import evidence

    equations = [declaration for declaration in collect(mechanisms()) if isinstance(declaration, Equation)]
    rows = []
    for measure in load_measures():
        inputs = {effort.input for effort in measure.efforts}
        reading = [equation for equation in equations if inputs & set(equation.arguments)]
        parameters = sorted({name for equation in reading for name in equation.arguments if name in evidence()})
        rows.append(
            {
                "number": int(measure.number) if measure.number.isdigit() else measure.number,
                "slug": measure.slug,
                "title": measure.title_en,
                "title_zh": measure.title_zh,
                "start": measure.start,
                "full": measure.full,
                "levers": [effort.name for effort in measure.efforts],
                "projects": [_planned(project) for project in measure.projects],
                "equations": [equation.name for equation in reading],
                "parameters": parameters,
                "instruments": sorted(measure.instruments),
                "narrative": dict(measure.narrative),
            }
        )
    return rows


def _planned(planned: PlannedProject) -> Row:
    from regionsim.place.projects import find_project
    from regionsim.studies.lines import shortens_a_time

    project = find_project(planned.slug)
    return {
        "slug": planned.slug,
        "name": project.name,
        "name_zh": project.name_zh,
        "state": project.state,
        "state_2022": project.state_2022,
        "source_opens": project.open_year,
        "source_opens_quality": project.open_year_quality,
        "opens": planned.opens,
        "why": planned.note,
        "cost": project.cost,
        "cost_quality": project.cost_quality,
        "source": project.source,
        "counties": list(project.counties),
        "shortens_a_time": shortens_a_time(project),
        "no_saving": planned.no_saving,
        "instruments": list(planned.instruments),
    }


def _parameters() -> list[Row]:
    from regionsim.studies.explain import value_text
    from regionsim.studies.model import evidence

    return [
        {
            "name": value.name,
            "value": value_text(value),
            "unit": value.unit,
            "low": value.low,
            "high": value.high,
            "range": value.range_kind,
            "quality": value.quality,
            "file": f"{value.file}:{value.line}",
        }
        for value in evidence().values()
    ]


def _projects() -> list[Row]:
    from regionsim.place.projects import load_projects

    return [
        {
            "slug": project.slug,
            "id": project.project_id,
            "name_zh": project.name_zh,
            "mode": project.mode,
            "status": project.status,
            "in_2020": project.stood_in_2020,
            "opens": project.open_year,
            "quality": project.open_year_quality,
            "cost": project.cost,
            "plan_measure": project.plan_item,
        }
        for project in load_projects()
    ]


def _variables() -> list[Row]:
    from regionsim.equations import mechanisms
    from regionsim.language.declarations import Ledger, Stock, collect

    return [
        {
            "name": declaration.name,
            "kind": type(declaration).__name__.lower(),
            "unit": declaration.unit,
            "over": ", ".join(declaration.over),
            "place": declaration.place,
            "about": declaration.about.splitlines()[0],
        }
        for declaration in sorted(
            collect(mechanisms()), key=lambda d: (isinstance(d, Ledger), not isinstance(d, Stock), d.name)
        )
    ]


def _scenarios(folder: Path) -> list[Row]:
    from regionsim.studies.model import project_dates, read_scenario

    if not folder.is_dir():
        raise ProblemsError([Problem(str(folder), 0, "the folder of scenarios is missing", expected="--folder FOLDER")])
    rows = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            scenario = read_scenario(path)
        except ProblemsError as error:
            problems += error.problems
            continue
        rows.append(
            {
                "name": scenario.name,
                "file": path.as_posix(),
                "title": scenario.title_en,
                "title_zh": scenario.title_zh,
                "measures": len(scenario.measures),
                "projects": len(project_dates(scenario)),
                "parameters": len(scenario.parameters),
            }
        )
    if problems:
        raise ProblemsError(problems)
    return rows


def _cut(value: object) -> str:
    if isinstance(value, list | dict):
        short = len(value) < 3 and all(isinstance(each, str) for each in value)
        text = ", ".join(value) if short else f"{len(value)} of them"
    else:
        text = "" if value is None else ("yes" if value is True else "no" if value is False else f"{value}")
    return text if len(text) <= WIDEST else text[: WIDEST - 3] + "..."


def _width(text: str) -> int:
    """Columns that a text takes in a terminal: East Asian wide characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
