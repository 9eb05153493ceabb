"""The network of a scenario for figures: what stood at its start and what it opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionsim.figures.network import MODES, Line, NetworkOfRun, OpenedProject, Place
from regionsim.place.network import load_network
from regionsim.place.openings import Opening, openings
from regionsim.place.projects import load_projects
from regionsim.studies.model import project_dates

if TYPE_CHECKING:
    from regionsim.scenarios.scenario import Scenario

OUTSIDE = "external_hub"  # kind of a node


def network_of(scenario: Scenario) -> NetworkOfRun:
    """Places, lines at the end of the run, and the projects that opened in it, in the order of their years."""
    network = load_network()
    dates = {slug: Opening(each.opens, each.closes) for slug, each in project_dates(scenario).items()}
    states = openings(network, dates, scenario.start, scenario.end)
    stood, last = states[0][1], states[-1][1]
    opened_in: dict[str, float] = {}
    for year, links in states[1:]:
        for key in links - stood:
            opened_in.setdefault(key, year)
    projects: list[OpenedProject] = []
    number_of: dict[str, int] = {}
    named = [
        (min(opened_in[key] for key in project.links if key in opened_in), project)
        for project in load_projects()
        if any(key in opened_in and key in last for key in project.links)
    ]
    for number, (year, project) in enumerate(sorted(named, key=lambda pair: pair[0]), start=1):
        projects.append(OpenedProject(number, project.name, project.name_zh, year))
        number_of |= dict.fromkeys(project.links, number)
    lines = tuple(
        Line(link.start, link.end, link.mode, number_of.get(key) if key in opened_in else None)
        for key, link in network.links.items()
        if key in last and link.mode in MODES and (key in opened_in or not link.within_one_node)
    )
    ends = {end for line in lines for end in (line.start, line.end)}
    places = {
        node.key: Place(node.name, node.name_zh, node.longitude, node.latitude, node.kind == OUTSIDE)
        for node in network.nodes.values()
        if node.key in ends
    }
    return NetworkOfRun(places, lines, tuple(projects))
