"""What a transport project does to travel times, taken by itself, and what is known of its year and cost, in words.

By itself: the network of 2020 with it and without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.network import load_network
from regionsim.place.projects import BASE_YEAR, Project
from regionsim.place.travel_times import TravelTimes, travel_times
from regionsim.studies.model import evidence

LEAST_SAVING = 1e-6  # minutes: what is below is rounding of the sums along paths


@dataclass(frozen=True)
class Saving:
    """The most that a project saves for one flow: generalised minutes, 0 where none, and on which way."""

    minutes: float
    start: str
    end: str


@cache
def savings(project: Project) -> tuple[Saving, Saving]:
    """The most that travellers and that goods save on a way between two counties or to a hub.

    Times with the parameters of the evidence, over what stood in 2020 with the project and without it.
    """
    network = load_network()
    standing = network.standing_in(BASE_YEAR)
    ahead, behind = _times(standing | set(project.links)), _times(standing - set(project.links))
    counties, hubs = [county.name for county in load_counties()], [hub.name for hub in load_hubs()]
    columns = counties + hubs
    return (
        _largest(_ways(behind.passenger, behind.hub_passenger) - _ways(ahead.passenger, ahead.hub_passenger), columns),
        _largest(_ways(behind.freight, behind.hub_freight) - _ways(ahead.freight, ahead.hub_freight), columns),
    )


def shortens_a_time(project: Project) -> bool:
    """Whether the project, opened by itself, makes any way shorter."""
    return any(saving.minutes > 0 for saving in savings(project))


def saving_in_words(project: Project) -> str:
    """What the project saves, flow by flow, in a few words."""
    said = [
        f"{flow} up to {saving.minutes:.0f} minutes ({saving.start} to {saving.end})"
        for flow, saving in zip(("travellers", "goods"), savings(project), strict=True)
        if saving.minutes > 0
    ]
    return ", ".join(said) or "no time"


def opening_in_words(project: Project) -> str:
    """The calendar year in which the sources have it open, with its quality."""
    return "no date found" if project.open_year is None else f"{project.open_year} ({project.open_year_quality})"


def cost_in_words(project: Project) -> str:
    """What the sources say that it costs, with its quality."""
    return "no figure found" if project.cost is None else f"{project.cost:,.0f} million CNY ({project.cost_quality})"


@cache
def _times(links: frozenset[str]) -> TravelTimes:
    return travel_times(load_network(), links, evidence())


def _ways(between: NDArray[np.float64], to_hubs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([between, to_hubs])


def _largest(saved: NDArray[np.float64], columns: Sequence[str]) -> Saving:
    row, column = np.unravel_index(int(saved.argmax()), saved.shape)
    minutes = float(saved[row, column])
    return Saving(minutes if minutes > LEAST_SAVING else 0.0, columns[int(row)], columns[int(column)])
