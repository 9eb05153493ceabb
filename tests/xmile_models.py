"""The model of everything with its inputs, as a document, and engines to run it in."""

from __future__ import annotations

from pathlib import Path as File

import numpy as np
from small_models import constant, load_module

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.export.xmile.document import Document, document_of
from regionsim.language.axes import full_rank
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Path, Table

COUNTIES = ("360302", "360313", "430181")
COHORTS = ("before 1935", "1935-1960", "1960-2000", "2000-2020")
REACHES = tuple(f"reach_{k}" for k in range(12))
LABELS = {
    "county": COUNTIES,
    "destination": COUNTIES,
    "residence": ("rural", "urban"),
    "cohort": COHORTS,
    "hub": ("changsha", "ganzhou"),
    "reach": REACHES,
}
NAMES = {"county": ("Anyuan", "Xiangdong", "Liu Yang")}
START, END, STEP = 2020, 2024, 0.25
SHOWN = ("hardship", "change", "careful", "rooted", "load", "old_people", "share", "leaving", "decay")


def path(name: str, over: tuple[str, ...], years: list[float], values: object, kind: str) -> Path:
    """A path from plain numbers over (year, *over)."""
    rows = [full_rank([row], over, members=True) for row in np.asarray(values, dtype=float)]
    return Path(
        name=name,
        about=f"The {name} of a test.",
        unit="dimensionless",
        over=over,
        quality="assumption",
        source="test",
        years=np.asarray(years),
        values=np.stack(rows),
        kind=kind,  # type: ignore[arg-type]
    )


def inputs() -> dict[str, AnyInput]:
    """All inputs of the model of everything."""
    flows_to, flow_time = np.zeros((3, 12)), np.zeros((3, 12))
    for county, reach, time in ((0, 1, 0.5), (1, 1, 0.25), (2, 7, 2.0)):
        flows_to[county, reach], flow_time[county, reach] = 1, time
    times = np.array([[0, 30, 90], [30, 0, 45], [90, 45, 0]], dtype=float)
    shorter, shortest = times.copy(), times.copy()
    shorter[0, 2] = shorter[2, 0] = shortest[0, 2] = shortest[2, 0] = 60
    shortest[0, 1] = shortest[1, 0] = 20
    people = np.random.default_rng(1).uniform(10, 99, (3, 2, 4))
    mortality = Table(
        name="mortality",
        about="Mortality by age.",
        unit="1/year",
        quality="assumption",
        source="test",
        argument_unit="year",
        arguments=np.array([0.0, 10.0, 60.0, 95.0]),
        values=np.array([0.01, 0.002, 0.0123456789012345, 0.3]),
    )
    made = [
        constant("people_at_start", people, "person", ("county", "residence", "cohort")),
        constant("wealth_per_person", [1.0, 2.0, 1 / 3], "CNY_2020/person", ("county",)),
        constant("leaving_rate", [0.03, 0.01], "1/year", ("residence",)),
        constant("time_scale", 60.0, "minute"),
        constant("other_county", 1 - np.eye(3), "dimensionless", ("county", "destination")),
        constant("town_rate", 0.02, "1/year"),
        constant("birth_year", [1925.0, 1950.0, 1980.0, 2022.0], "year", ("cohort",)),
        constant("ceiling", [0.98, 0.98, 0.98], "dimensionless", ("county",)),
        constant("growth_rate", 0.05, "1/year"),
        constant("elasticity", 0.7, "dimensionless"),
        constant("gift_rate", [1.5, 1.5, 1.5], "CNY_2020/year", ("county",)),
        constant("threshold", 250.0, "CNY_2020"),
        constant("decay_rate", 0.01, "1/year"),
        constant("levy_rate", 0.5, "1/year"),
        constant("hub_size", [100.0, 50.0], "CNY_2020", ("hub",)),
        constant("hub_nearness", [[0.1, 0.0], [0.2, 0.0], [0.3, 0.4]], "dimensionless", ("county", "hub")),
        constant("flows_to", flows_to, "dimensionless", ("county", "reach")),
        constant("flow_time", flow_time, "day", ("county", "reach")),
        constant("water_decay", 0.3, "1/day"),
        constant("empty", [0.0, 1.0, 4.0], "CNY_2020", ("county",)),
        path("travel_time", ("county", "destination"), [2020, 2021.6, 2023], [times, shorter, shortest], "step"),
        path("effort", ("county",), [2021, 2023], [[0, 0, 0], [0.5, 0, 0.5]], "linear"),
        path("idle_effort", ("county",), [2021, 2023], [[0, 0, 0], [0, 0, 0]], "linear"),
        path("courses", ("county",), [2019, 2021, 2026], [[0, 1, 0.3], [0.5, 1, 0.3], [1, 2, 0.3]], "linear"),
        path("pace", (), [2020, 2022], [1.0, 1.25], "linear"),
        path("price", (), [2018, 2021.3, 2022, 2024, 2024.1], [1.0, 1.1, 0.9, 2.0, 3.0], "step"),
        mortality,
    ]
    return {value.name: value for value in made}


def everything() -> Model:
    """The compiled model of everything."""
    module = load_module(File(__file__).parent / "models" / "everything.py")
    return compile_model(collect([module]), inputs(), LABELS)


def document(model: Model, shown: tuple[str, ...] = SHOWN) -> Document:
    """It as a document."""
    return document_of(model, title="everything", start=START, end=END, step=STEP, elements=NAMES, shown=shown)


def trajectory(model: Model) -> Trajectory:
    """Our own run of it."""
    return simulate(model, start=START, end=END, step=STEP)
