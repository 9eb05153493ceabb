"""The loops that a reader should see first: which variables tell each in a drawing, and the signs between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from regionsim.engine.compile import Model
from regionsim.engine.polarity import Polarity, States, product_of
from regionsim.export.loop_signs import MeasuredLoop, measured
from regionsim.export.loops import NAMED_LOOPS, NamedLoop


@dataclass(frozen=True)
class MainLoop:
    """A named loop in a drawing: its Chinese name, and the variables on its path that are `shown`, in their order."""

    code: str
    title_zh: str
    shown: tuple[str, ...]

    @property
    def loop(self) -> NamedLoop:
        """The loop with this code."""
        return next(loop for loop in NAMED_LOOPS if loop.code == self.code)

    @property
    def title(self) -> str:
        """The English name: what stands before the colon of what the loop is."""
        return self.loop.about.partition(":")[0]


@dataclass(frozen=True)
class ShownLink:
    """A link between two shown variables; `passes_stock` if a stock lies on the way or at its end."""

    source: str
    target: str
    polarity: Polarity
    passes_stock: bool


# The first ones stand where room is scarce: growth and access, people and services, and what holds them back.
MAIN_LOOPS: tuple[MainLoop, ...] = (
    MainLoop("R1", "资本积累", ("capital", "sector_output", "local_investment")),
    MainLoop("R3", "市场可达性", ("freight_access", "productivity_index", "output", "freight_market")),
    MainLoop(
        "R5",
        "公共服务留人",
        ("public_revenue", "education_spending", "education_capital", "service_index", "departures", "residents")
        + ("employment", "output"),
    ),
    MainLoop("B1", "报酬递减", ("capital", "capital_return", "investment_pull", "footloose_investment")),
    MainLoop(
        "B2", "工资调节", ("residents", "labour_force", "employment", "sector_wage", "perceived_wage", "departures")
    ),
    MainLoop(
        "B5",
        "污染代价",
        ("sector_output", "pollution_load", "good_water_share", "stake", "enforcement", "productivity_index"),
    ),
    MainLoop(
        "R2",
        "城镇集聚",
        ("urban_population", "productivity_index", "sector_output", "perceived_wage", "departures", "residents"),
    ),
    MainLoop(
        "R6",
        "空心化",
        ("residents", "equalization_transfers", "education_spending", "education_capital", "service_index")
        + ("departures",),
    ),
    MainLoop(
        "R8",
        "清洁水补偿",
        ("good_water_share", "agreement_met_share", "agreement_settlement", "compensation_received")
        + ("treatment_capacity", "pollution_load"),
    ),
    MainLoop(
        "B2b", "城镇拥挤", ("urban_population", "congestion_index", "town_moving_share", "town_arrivals", "residents")
    ),
    MainLoop(
        "B7",
        "均衡性转移支付",
        ("output", "standard_capacity", "equalization_transfers", "infrastructure_spending")
        + ("infrastructure_capital", "productivity_index"),
    ),
    MainLoop("B9", "森林趋于上限", ("forest_area", "forest_gap", "afforestation")),
)


def measured_links(model: Model, states: States, loop: MainLoop) -> tuple[MeasuredLoop, tuple[ShownLink, ...]]:
    """The loop as the model has it, and its links between shown variables, the last of which leads to the first.

    Raises ValueError where the loop does not close, or where its path lacks a shown variable or has them otherwise.
    """
    found = measured(model, states, loop.loop)
    return found, tuple(_links(model, found, loop.shown))


def _links(model: Model, found: MeasuredLoop, shown: tuple[str, ...]) -> Iterator[ShownLink]:
    circle = found.path[:-1]
    missing = [name for name in shown if name not in circle]
    if missing:
        raise ValueError(f"loop {found.loop.code} does not pass {', '.join(missing)}")
    places = [circle.index(name) for name in shown]
    turns = [(place - places[0]) % len(circle) for place in places]
    if turns != sorted(turns):
        raise ValueError(f"loop {found.loop.code} passes its variables in another order: {', '.join(circle)}")
    for begin, end in pairwise([*turns, len(circle)]):
        steps = [(places[0] + k) % len(circle) for k in range(begin, end)]
        reached = [circle[(step + 1) % len(circle)] for step in steps]
        sign = product_of(found.links[step] for step in steps)
        yield ShownLink(circle[steps[0]], reached[-1], sign, any(name in model.stocks for name in reached))
