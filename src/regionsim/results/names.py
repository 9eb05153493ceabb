"""What places, agreements and projects are called in both languages, for tables and figures."""

from __future__ import annotations

from functools import cache

from regionsim.place.agreements import MARKET_COMPENSATION, load_agreements
from regionsim.place.counties import load_counties
from regionsim.place.network import load_network
from regionsim.place.projects import load_projects


@cache
def agreement_names() -> dict[str, tuple[str, str]]:
    """English and Chinese name of each agreement by its key, the label of the axis `agreement`."""
    return {agreement.key: (agreement.name, agreement.name_zh) for agreement in load_agreements()}


@cache
def candidate_agreements() -> frozenset[str]:
    """The keys of agreements that nobody is known to have signed: a measure brings them, or none."""
    return frozenset(each.key for each in load_agreements() if each.brought_by == MARKET_COMPENSATION)


def region_name(region: str) -> str:
    """A region of a table as readers know it: counties by their names in place of codes, further labels as they are."""
    return "/".join(county_names().get(label, (label, label))[0] for label in region.split("/"))


@cache
def county_names() -> dict[str, tuple[str, str]]:
    """English and Chinese name of each county by its six-digit code."""
    return {county.code: (county.name, county.name_zh) for county in load_counties()}


def chinese_names() -> list[str]:
    """Every Chinese name that a figure may write but for titles of scenarios."""
    places = [county.name_zh for county in load_counties()]
    nodes = [node.name_zh for node in load_network().nodes.values()]
    return [
        *places,
        *nodes,
        *(project.name_zh for project in load_projects()),
        *(zh for _, zh in agreement_names().values()),
    ]
