"""Which links are open when: what stood at the start, history up to 2020, and what a scenario opens or closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regionsim.place.network import Network
from regionsim.place.projects import Project, find_project, load_projects


@dataclass(frozen=True)
class Opening:
    """What a scenario says of one project: model years in which it opens and closes, with fractions; None: never.

    The later of the two that has come holds; before both, the project is as it stood without the scenario, and
    after them history says nothing more. So `closes` removes what exists, `closes` followed by `opens` delays what
    history opened, and an Opening without any year leaves things as they are.
    """

    opens: float | None = None
    closes: float | None = None

    def __post_init__(self) -> None:
        if self.opens is not None and self.opens == self.closes:
            raise ValueError(f"a project cannot open and close in the same moment, {self.opens:g}")


def openings(
    network: Network, transport: Mapping[str, Opening], start: float, end: float
) -> tuple[tuple[float, frozenset[str]], ...]:
    """States of the network from `start` to `end`: (model year from which it holds, keys of the open links).

    The first state holds from `start`; a further one begins where a project opens or closes within the horizon, and
    only if that changes which links are open. `transport` names projects in any way that find_project knows.
    Without the scenario's word a project opens only up to 2020, in the year of the table; the calendar year of an
    opening is taken as the model year of the same number. A parallel upgrade opens beside the old line.

    Raises KeyError (the nearest name) for an unknown project and ValueError for one that is named twice.
    """
    wanted: dict[str, Opening] = {}
    for name, opening in transport.items():
        slug = find_project(name).slug
        if slug in wanted:
            raise ValueError(f"the transport project '{slug}' is named twice")
        wanted[slug] = opening
    stories = {project.slug: _story(project, wanted.get(project.slug, Opening())) for project in load_projects()}
    years = {start} | {year for story in stories.values() for year, _ in story if start < year <= end}
    states: list[tuple[float, frozenset[str]]] = []
    for year in sorted(years):
        links = frozenset(
            key for project in load_projects() if _open_in(stories[project.slug], year) for key in project.links
        ) | {road.key for road in network.old_roads}
        if not states or links != states[-1][1]:
            states.append((year, links))
    return tuple(states)


def _story(project: Project, opening: Opening) -> list[tuple[float, bool]]:
    """Years in which the project opens (True) or closes (False), in their order."""
    said = [(opening.opens, True), (opening.closes, False)]
    story = sorted((year, is_open) for year, is_open in said if year is not None)
    opened = float("-inf") if project.open_year is None else float(project.open_year)
    if project.stood_in_2020 and (not story or opened < story[0][0]):
        story.insert(0, (opened, True))
    return story


def _open_in(story: list[tuple[float, bool]], year: float) -> bool:
    """What the last event by `year` says; closed where there is none."""
    past = [is_open for when, is_open in story if when <= year]
    return past[-1] if past else False
