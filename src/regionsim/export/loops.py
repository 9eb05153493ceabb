"""Feedback loops of the running model that have a name: R1, R2, … are reinforcing, B1, B2, … balancing.

A loop is named by the variables that it must pass; its sign is measured, link by link, and a test holds it to the one
that is stated. Where the sign hangs on a parameter whose range reaches over zero it is given for both ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from regionsim.engine.graph import users
from regionsim.engine.polarity import Polarity

Sign = Literal["reinforcing", "balancing", "open"]
# How a measured sign is said; a loop at rest has a link that moves nothing in the run.
WORDS = {
    Polarity.UP: "reinforcing",
    Polarity.DOWN: "balancing",
    Polarity.EITHER: "either way, by county or year",
    Polarity.NONE: "at rest",
}


@dataclass(frozen=True)
class NamedLoop:
    """A loop with a meaning: `through` names variables that it passes in their order, from the first back to it.

    `cut` is the link whose reader makes the loop what it is: held at its first value, the loop is open. `sign` is the
    one at the central values of the parameters. Of an open loop `hangs_on` names the parameter that
    decides its sign; without one it is open because a link moves some counties up and others down, as `about` says.
    """

    code: str
    about: str
    sign: Sign
    through: tuple[str, ...]
    cut: tuple[str, str]
    hangs_on: str = ""


@dataclass(frozen=True)
class MissingLoop:
    """A loop that a model of such a zone might be asked for and that this one does not have, and why."""

    code: str
    about: str
    why: str


_SCHOOLS_TO_STAYING = ("education_spending", "education_capital", "service_index", "service_pull", "staying_weight")
_LEAVING = ("departing_share", "departures", "residents")
_WORK = ("working_age_population", "labour_force", "desired_employment", "employment", "sector_output", "output")
_POLLUTION_TO_CLASS = ("pollution_load", "oxygen_demand_concentration", "good_water_share", "agreement_met_share")

NAMED_LOOPS: tuple[NamedLoop, ...] = (
    NamedLoop(
        "R1",
        "Accumulation: output is invested and makes output",
        "reinforcing",
        ("capital", "sector_output", "local_investment"),
        cut=("sector_output", "local_investment"),
    ),
    NamedLoop(
        "R1b",
        "Public accumulation: output is taxed, and revenue builds the works that output needs",
        "reinforcing",
        ("output", "own_revenue", "public_revenue", "infrastructure_spending", "infrastructure_effect"),
        cut=("infrastructure_capital", "infrastructure_effect"),
    ),
    NamedLoop(
        "R2",
        "Agglomeration: dense towns are productive and pay, which holds people",
        "reinforcing",
        ("urban_population", "congestion_index", "productivity_index", "sector_output", "perceived_wage")
        + ("staying_weight", *_LEAVING),
        cut=("congestion_index", "productivity_index"),
    ),
    NamedLoop(
        "R3",
        "Market access: output within reach raises output, and that is in reach of others",
        "open",
        ("freight_access", "productivity_index", "output", "freight_market"),
        hangs_on="freight_access_elasticity",
        cut=("output", "freight_market"),
    ),
    NamedLoop(
        "R4",
        "Complementary clusters: what one county can do helps the other's output, which teaches",
        "reinforcing",
        ("capability", "partner_capability", "cluster_effect", "sector_output", "capability_target"),
        cut=("capability", "partner_capability"),
    ),
    NamedLoop(
        "R5",
        "Public services hold people: revenue builds schools, fewer leave, and who stays makes output",
        "reinforcing",
        ("own_revenue", "public_revenue", *_SCHOOLS_TO_STAYING, *_LEAVING, *_WORK),
        cut=("education_capital", "service_index"),
    ),
    NamedLoop(
        "R5b",
        "Schooling: output pays for schools, and the schooled make output",
        "reinforcing",
        ("output", "own_revenue", "education_spending", "education_index", "schooling_gained", "schooling")
        + ("schooling_effect", "sector_output"),
        cut=("education_index", "further_attendance_level"),
    ),
    NamedLoop(
        "R6",
        "Hollowing: fewer residents bring fewer transfers, services fall behind, and more leave",
        "reinforcing",
        ("residents", "population", "equalization_transfers", "transfers", *_SCHOOLS_TO_STAYING, *_LEAVING[:-1]),
        cut=("standard_need", "equalization_transfers"),
    ),
    NamedLoop(
        "R7",
        "Renown: what visitors leave pays for promotion, and promotion draws visitors",
        "reinforcing",
        ("visit_index", "green_brand_building", "green_brand", "visit_demand"),
        cut=("visit_index", "green_brand_building"),
    ),
    NamedLoop(
        "R8",
        "Payment for clean water: months at the agreed class earn money that builds treatment; the other way round "
        "where the account stands against upstream",
        "open",
        ("good_water_share", "agreement_met_share", "agreement_accrual", "compensation_received")
        + ("treatment_capacity", "treated_share", *_POLLUTION_TO_CLASS[:2]),
        cut=("agreement_met_share", "agreement_accrual"),
    ),
    NamedLoop(
        "B1",
        "Diminishing returns: more capital yields less and draws less of the pool",
        "balancing",
        ("capital", "capital_return", "investment_pull", "footloose_investment"),
        cut=("capital_return", "investment_pull"),
    ),
    NamedLoop(
        "B2",
        "Wages: fewer workers earn more, and fewer leave",
        "balancing",
        ("residents", *_WORK[:4], "sector_wage", "perceived_wage", "staying_weight", *_LEAVING[:-1]),
        cut=("employment", "sector_wage"),
    ),
    NamedLoop(
        "B2b",
        "Crowding: towns without new land draw fewer",
        "balancing",
        ("urban_population", "congestion_index", "town_moving_weight", "town_arrivals"),
        cut=("congestion_index", "town_moving_weight"),
    ),
    NamedLoop(
        "B3",
        "The countryside empties: fewer are left to move",
        "balancing",
        ("residents", "potential_movers", "town_departures"),
        cut=("residents", "potential_movers"),
    ),
    NamedLoop(
        "B4",
        "Red line: the less cropland above it, the less can be taken",
        "balancing",
        ("cropland", "cropland_supply", "cropland_built_over"),
        cut=("cropland_supply", "cropland_built_over"),
    ),
    NamedLoop(
        "B5",
        "Pollution costs: missed classes raise enforcement, which lowers the output that pollutes",
        "balancing",
        ("sector_output", "industrial_load", *_POLLUTION_TO_CLASS)
        + ("stake", "enforcement_target", "enforcement", "compliance_effect"),
        cut=("enforcement", "compliance_effect"),
    ),
    NamedLoop(
        "B5b",
        "What is at stake: missed classes raise enforcement, which cleans the water",
        "balancing",
        ("enforcement", "industrial_discharge_index", "industrial_load", *_POLLUTION_TO_CLASS)
        + ("stake", "enforcement_target"),
        cut=("enforcement", "industrial_discharge_index"),
    ),
    NamedLoop(
        "B7",
        "Equalization: a county that makes more gets less from above",
        "balancing",
        ("output", "standard_capacity", "equalization_transfers", "transfers", "infrastructure_spending")
        + ("infrastructure_effect", "sector_output"),
        cut=("standard_capacity", "equalization_transfers"),
    ),
    NamedLoop(
        "B8",
        "Debt ceiling: the more debt, the less room for new debt",
        "balancing",
        ("public_debt", "borrowing"),
        cut=("public_debt", "borrowing"),
    ),
    NamedLoop(
        "B9",
        "Forest closes the gap to its ceiling",
        "balancing",
        ("forest_area", "forest_gap", "forest_to_close", "afforestation"),
        cut=("forest_gap", "forest_to_close"),
    ),
    NamedLoop(
        "B9b",
        "Biomass: a full forest stops growing",
        "balancing",
        ("forest_carbon", "forest_carbon_growth"),
        cut=("forest_carbon", "forest_carbon_growth"),
    ),
    NamedLoop(
        "B10",
        "Hubs and counties share one pool: what hubs draw counties lack, and a smaller zone feeds the pool less",
        "balancing",
        ("hub_capital", "hub_investment_pull", "total_investment_pull", "footloose_investment", "capital", "output")
        + ("footloose_pool", "hub_footloose_investment"),
        cut=("hub_capital", "hub_investment_pull"),
    ),
    NamedLoop(
        "B11",
        "Safety: the more a cluster can do, the more is lost with works that close",
        "balancing",
        ("capability", "capability_closures"),
        cut=("capability", "capability_closures"),
    ),
    NamedLoop(
        "B12",
        "Schooling and leaving: the schooled leave and take their schooling along, or stay for it",
        "open",
        ("schooling", "schooling_of_movers", "schooling_leaving_effect", "departing_weight", "departing_share")
        + ("departures", "schooling_departing"),
        hangs_on="leaving_response_to_schooling",
        cut=("schooling_of_movers", "schooling_leaving_effect"),
    ),
    NamedLoop(
        "R10",
        "Births follow who is there",
        "reinforcing",
        ("residents", "births", "births_by_cohort"),
        cut=("residents", "births_per_total_fertility"),
    ),
    NamedLoop(
        "R11",
        "Beds and ways: visits pay for the capacity that takes visitors",
        "reinforcing",
        ("visit_index", "tourism_capacity_renewal", "tourism_capacity"),
        cut=("visit_index", "tourism_capacity_renewal"),
    ),
    NamedLoop(
        "B13",
        "Returns: who has left may come home, until nobody is left to",
        "balancing",
        ("absent", "returns"),
        cut=("absent", "returns"),
    ),
    NamedLoop(
        "B14",
        "Shared services: where people leave, the rest have more of schools and hospitals",
        "balancing",
        ("residents", "population", "service_index", "service_pull", "staying_weight", *_LEAVING[:-1]),
        cut=("population", "service_index"),
    ),
)

MISSING_LOOPS: tuple[MissingLoop, ...] = (
    MissingLoop(
        "R9",
        "Digital growth: digital use raises output and revenue, which pay for more of it",
        "public spending on the digital economy has no effect of its own: the projects of the plan are the efforts, "
        "and adoption follows them alone",
    ),
    MissingLoop(
        "B6",
        "Tourism capacity: full sites turn visitors away",
        "it is a limit in one equation, visits that saturate in the demand for each place, and no way back to demand",
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
