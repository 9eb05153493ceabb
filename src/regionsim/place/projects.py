"""Transport projects: the links of one line under one name, which a scenario can open or close as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from regionsim.place.counties import county_codes
from regionsim.place.network import load_network
from regionsim.place.old_roads import OLD_ROAD_LINE
from regionsim.place.tables import DATA, read_table, text
from regionsim.place.transport_links import Link
from regionsim.problems import Problem, ProblemsError, nearest_name

PROJECTS_FILE = "transport_projects.csv"
BASE_YEAR = 2020.0
STATES = {
    "existing": "built",
    "under_construction": "under construction",
    "planned": "planned",
    "study": "an idea under study",
}
_COMMON = ("mode", "status", "status_2022", "open_year", "open_year_quality", "plan_item", "cost_quality", "source")


@dataclass(frozen=True)
class Project:
    """One line of the network, built or not.

    `open_year` is a calendar year, None for an old road or where no source has a date (then a scenario must give
    it); `open_year_quality` is None with it. `stood_in_2020`: open by 2020, or an old road. `status` is the last
    evidence found, `status_2022` that of May 2022. `plan_item` is the numbered measure of the action plan that names
    it. `length` (km) and `cost` (million CNY, nominal) are sums over the links, None where one of them is unknown;
    `cost_quality` is None with the cost. `source` is that of status and figures. `counties` are the codes of the
    counties at whose seats its links begin or end, in the order of the county axis.
    """

    project_id: str
    slug: str
    name: str
    name_zh: str
    mode: str
    status: str
    status_2022: str
    plan_item: int | None
    stood_in_2020: bool
    open_year: int | None
    open_year_quality: str | None
    length: float | None
    cost: float | None
    cost_quality: str | None
    source: str
    counties: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def state(self) -> str:
        """The last evidence of its status in words."""
        return STATES[self.status]

    @property
    def state_2022(self) -> str:
        """Its status when the plan was made, in words."""
        return STATES[self.status_2022]


@cache
def load_projects(folder: Path = DATA) -> tuple[Project, ...]:
    """All projects in the order of the table of names.

    Raises ProblemsError for a slug that is not kebab-case, a name that stands twice, a line without a name or a name
    without a line, and a line whose links differ in mode, status, year, plan item, quality of cost or source.
    """
    rows = read_table(PROJECTS_FILE, {"project_id": text, "slug": text, "name": text, "name_zh": text}, folder=folder)
    lines: dict[str, list[Link]] = {}
    for link in load_network(folder).links.values():
        if link.line != OLD_ROAD_LINE:
            lines.setdefault(link.line, []).append(link)
    problems = []
    first_line: dict[str, int] = {}
    projects = []
    for row in rows:
        project_id, line = row["project_id"], row["line"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["slug"]):
            problems.append(
                Problem(PROJECTS_FILE, line, "column 'slug'", f"'{row['slug']}'", "lower-case words joined by hyphens")
            )
        for column in ("project_id", "slug", "name", "name_zh"):
            name = row[column]
            if name in first_line:
                problems.append(
                    Problem(PROJECTS_FILE, line, f"'{name}' stands twice", f"also on line {first_line[name]}")
                )
            first_line.setdefault(name, line)
        links = lines.get(project_id, [])
        if not links:
            problems.append(
                Problem(
                    PROJECTS_FILE,
                    line,
                    "column 'project_id'",
                    f"'{project_id}'",
                    "a line of transport_links.csv",
                    nearest_name(project_id, lines),
                )
            )
            continue
        for attribute in _COMMON:
            values = {getattr(link, attribute) for link in links}
            if len(values) > 1:
                found = ", ".join(sorted(str(value) for value in values))
                problems.append(
                    Problem(PROJECTS_FILE, line, f"{attribute} of the links of {project_id}", found, "one value")
                )
        projects.append(_project_of(row, links))
    named = {row["project_id"] for row in rows}
    problems += [Problem(PROJECTS_FILE, 0, f"line {line} has no row") for line in lines if line not in named]
    if problems:
        raise ProblemsError(problems)
    return tuple(projects)


def _project_of(row: Mapping[str, Any], links: list[Link]) -> Project:
    first = links[0]
    return Project(
        project_id=row["project_id"],
        slug=row["slug"],
        name=row["name"],
        name_zh=row["name_zh"],
        mode=first.mode,
        status=first.status,
        status_2022=first.status_2022,
        plan_item=first.plan_item,
        stood_in_2020=first.stood_in(BASE_YEAR),
        open_year=first.open_year,
        open_year_quality=first.open_year_quality or None,
        length=_total(link.length for link in links),
        cost=_total(link.cost for link in links),
        cost_quality=first.cost_quality or None,
        source=first.source,
        counties=tuple(code for code in county_codes() if any(code in (link.start, link.end) for link in links)),
        links=tuple(link.key for link in links),
    )


def _total(values: Iterable[float | None]) -> float | None:
    known = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return sum(known)


def find_project(name: str) -> Project:
    """The project of a slug, a project id (PL01), an English or a Chinese name, in any case.

    Raises KeyError whose text is the nearest known name, or empty where none is near.
    """
    wanted = name.strip().casefold()
    found = _by_spelling().get(wanted)
    if found is None:
        raise KeyError(nearest_name(wanted, [name for project in load_projects() for name in _names(project)]))
    return found


@cache
def _by_spelling() -> Mapping[str, Project]:
    """The projects by all that they are called, in lower case."""
    return {name.casefold(): project for project in load_projects() for name in _names(project)}


def _names(project: Project) -> tuple[str, ...]:
    return project.slug, project.project_id, project.name, project.name_zh
