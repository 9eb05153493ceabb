"""Loops knocked out: one link of each named loop is held at its first value, and the run is compared with the whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from regionsim.engine.guard import SimulationError
from regionsim.engine.holding import with_link_held
from regionsim.export.loops import NAMED_LOOPS, NamedLoop, path_through
from regionsim.figures.loop_bars import LoopEffect, loop_bars
from regionsim.results.indicator_catalogue import INDICATORS, find_indicator
from regionsim.results.targets import ZONE
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.dossier.integration import MOST_CHANGE, largest_change
from regionsim.studies.dossier.result import Cell, Column, Finding, Illustration, Table, passed
from regionsim.studies.dossier.setting import HEADLINES, PLAN, ScenarioRun, Setting, run_of_model
from regionsim.studies.model import build_model

# Differences of flows that go through 0, and accounts that are cleared within a year: their percents say little.
NOT_COUNTED = ("net_migration", "compensation_paid", "compensation_received", "compensation_awards")


@dataclass(frozen=True)
class KnockOut:
    """A loop without its link: changes of headline indicators of the zone in the last year, relative to the whole.

    `largest` is the largest change of any indicator in any county and year, over its largest value there; `where`
    names the indicator. `stopped` says why the run without the loop broke down.
    """

    changes: tuple[float, ...] = ()
    largest: float = 0.0
    where: str = ""
    stopped: str = ""


def loop_knock_outs(setting: Setting) -> Finding:
    """Cut every named loop in the plan, in which most loops are at work."""
    scenario, whole = setting.scenarios[PLAN], setting.runs[PLAN]
    found = setting.hands.map(partial(knock_out, scenario, whole), NAMED_LOOPS)
    paths = {loop.code: set(pairwise(path_through(setting.base_model.inputs_of, loop.through))) for loop in NAMED_LOOPS}
    rows: list[tuple[Cell, ...]] = []
    for loop, result in zip(NAMED_LOOPS, found, strict=True):
        others = [code for code, links in paths.items() if loop.cut in links and code != loop.code]
        changes: tuple[Cell, ...] = tuple(100 * each for each in result.changes) or (None,) * len(HEADLINES)
        largest = None if result.stopped else 100 * result.largest
        rows.append(
            (loop.code, loop.about, loop.sign, " to ".join(loop.cut), ", ".join(others), *changes, largest)
            + (result.where, _said(result))
        )
    idle = [loop.code for loop, result in zip(NAMED_LOOPS, found, strict=True) if not _matters(result)]
    stopped = [loop.code for loop, result in zip(NAMED_LOOPS, found, strict=True) if result.stopped]
    rows.sort(key=lambda row: -_rank(row))
    year = f"{scenario.end:g}"
    words = [
        f"{len(NAMED_LOOPS) - len(idle)} of {len(NAMED_LOOPS)} loops matter"
        + (f"; without {', '.join(idle)} no indicator moves by {MOST_CHANGE:.1%} anywhere." if idle else "."),
    ]
    if stopped:
        words.append(f"Without {', '.join(stopped)} the model cannot run to its end: these loops keep stocks above 0.")
    names = tuple(find_indicator(name).label for name in HEADLINES)
    return Finding(
        passed(not idle),
        tuple(words),
        (
            Table(
                f"The plan without each loop: change of the zone in {year}, the strongest first",
                (Column("loop"), Column("what it is"), Column("sign"), Column("link held"), Column("cuts too"))
                + tuple(Column(name, "%", "+.3f") for name in names)
                + (Column("largest change of any indicator anywhere", "%", ".2f"), Column("of"), Column("it")),
                tuple(rows),
            ),
        ),
        (
            Illustration(
                "loops",
                f"The plan without each loop: change of output and population of the zone in {year}",
                partial(loop_bars, _bars(NAMED_LOOPS, found), year),
            ),
        ),
        limits=(
            "A link is held at its value of the first year, which is a world without that feedback and not one without "
            "the thing itself: what a held flow goes on doing is part of the change. Loops that share the link are cut "
            "with it.",
            "A loop that hardly matters on the central values may matter elsewhere in their ranges.",
        ),
    )


def knock_out(scenario: Scenario, whole: ScenarioRun, loop: NamedLoop) -> KnockOut:
    """The run of a scenario with one loop cut, beside the whole run."""
    try:
        run = run_of_model(with_link_held(build_model(scenario), *loop.cut), scenario)
    except SimulationError as error:
        return KnockOut(stopped=str(error))
    last = [
        float(run.indicators[name].sel(region=ZONE)[0, -1] / whole.indicators[name].sel(region=ZONE)[0, -1]) - 1
        for name in HEADLINES
    ]
    sizes = {each.name: largest_change(whole, run, each.name) for each in INDICATORS if each.name not in NOT_COUNTED}
    where = max(sizes, key=lambda name: sizes[name])
    return KnockOut(tuple(last), sizes[where], where)


def _matters(result: KnockOut) -> bool:
    return bool(result.stopped) or result.largest >= MOST_CHANGE


def _said(result: KnockOut) -> str:
    if result.stopped:
        return f"stops the run: {result.stopped}"
    if max(map(abs, result.changes)) >= MOST_CHANGE:
        return "matters for the zone"
    return "matters in counties or for other indicators" if _matters(result) else "is idle"


def _rank(row: tuple[Cell, ...]) -> float:
    numbers = [abs(cell) for cell in row[5 : 5 + len(HEADLINES)] if isinstance(cell, float)]
    return max(numbers) if numbers else np.inf


def _bars(loops: tuple[NamedLoop, ...], found: list[KnockOut]) -> tuple[LoopEffect, ...]:
    output, population = HEADLINES.index("output"), HEADLINES.index("population")
    effects = [
        LoopEffect(
            f"{loop.code}  {loop.about.split(':')[0]}", 100 * each.changes[output], 100 * each.changes[population]
        )
        for loop, each in zip(loops, found, strict=True)
        if each.changes
    ]
    return tuple(sorted(effects, key=lambda each: -max(abs(each.output), abs(each.population))))
