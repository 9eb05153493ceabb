"""Feedback loops of the running model: the shortest through each stock, and those that the model is built around."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regionsim.engine.graph import users


@dataclass(frozen=True)
class NamedLoop:
    """A loop with a meaning: `through` names variables in its order, `sign` is reinforcing, balancing or open."""

    name: str
    sign: str
    through: tuple[str, ...]


NAMED_LOOPS: tuple[NamedLoop, ...] = (
    NamedLoop("Accumulation: output is invested and makes output", "reinforcing", ("capital", "local_investment")),
    NamedLoop(
        "Market access: output within reach raises output, and that is in reach of others",
        "reinforcing if the elasticity is positive, which is open",
        ("freight_access", "sector_output", "output", "freight_market"),
    ),
    NamedLoop(
        "Density: people in towns raise productivity and wages, which hold people",
        "reinforcing",
        ("urban_population", "congestion_index", "productivity_index", "sector_output", "wage", "staying_weight"),
    ),
    NamedLoop(
        "Hubs and counties share one pool: what hubs draw counties lack, and a smaller zone feeds the pool less",
        "balancing, weak",
        (
            "hub_capital",
            "hub_investment_pull",
            "total_investment_pull",
            "footloose_investment",
            "capital",
            "output",
            "footloose_pool",
            "hub_footloose_investment",
        ),
    ),
    NamedLoop(
        "Diminishing returns: more capital yields less and draws less of the pool",
        "balancing",
        ("capital", "capital_return", "investment_pull", "footloose_investment"),
    ),
    NamedLoop(
        "Wages: fewer workers earn more, and fewer leave",
        "balancing",
        ("working_age_population", "employment", "sector_wage", "wage", "departing_share", "departures"),
    ),
    NamedLoop("The countryside empties: fewer are left to move", "balancing", ("residents", "town_departures")),
    NamedLoop(
        "Crowding: towns without new land draw fewer",
        "balancing",
        ("urban_population", "congestion_index", "town_moving_weight", "town_arrivals"),
    ),
    NamedLoop(
        "Births follow who is there",
        "reinforcing",
        ("residents", "births"),
    ),
    NamedLoop("Returns: who left comes back by the same wages", "balancing", ("absent", "returns")),
    NamedLoop(
        "Red line: the less cropland above it, the less can be taken", "balancing", ("cropland", "cropland_supply")
    ),
    NamedLoop("Forest closes the gap to its ceiling", "balancing", ("forest_area", "forest_to_close", "afforestation")),
    NamedLoop(
        "Clusters: what they can do raises output, and output of the cluster teaches",
        "reinforcing",
        ("capability", "cluster_effect", "sector_output"),
    ),
    NamedLoop(
        "Renown: what visitors leave pays for promotion, and promotion draws visitors",
        "reinforcing, up to what roads and beds hold",
        ("visit_index", "green_brand_building", "green_brand"),
    ),
    NamedLoop(
        "Public services: revenue builds schools and hospitals, which hold the people who make output",
        "reinforcing, weak",
        (
            "own_revenue",
            "free_spending",
            "education_spending",
            "service_index",
            "service_pull",
            "departures",
            "residents",
            "output",
        ),
    ),
    NamedLoop(
        "Schooling: output pays for schools, and the schooled make output",
        "reinforcing",
        ("schooling_effect", "sector_output", "education_spending"),
    ),
    NamedLoop(
        "Clean rivers cost: enforcement lowers the output whose growth loads the rivers",
        "balancing",
        ("enforcement", "compliance_effect", "sector_output"),
    ),
)


def path_through(inputs_of: Mapping[str, Iterable[str]], through: tuple[str, ...]) -> tuple[str, ...]:
    """The loop that runs from each name of `through` to the next and back to the first, each part the shortest.

    Raises ValueError where the model has no way from one to the next.
    """
    readers = users(inputs_of)
    path = [through[0]]
    for start, end in zip(through, (*through[1:], through[0]), strict=True):
        path += _way(readers, start, end)[1:]
    return tuple(path)


def _way(readers: Mapping[str, tuple[str, ...]], start: str, end: str) -> list[str]:
    """The shortest way of influence from one name to another."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for reader in readers.get(node, ()):
            if reader == end:
                way = [end, node]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if reader not in came_from and reader != start:
                came_from[reader] = node
                queue.append(reader)
    raise ValueError(f"the model has no way of influence from '{start}' to '{end}'")
