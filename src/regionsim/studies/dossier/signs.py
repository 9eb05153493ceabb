"""Sign tests: which way a change moves things in every draw of the parameters, and where theory leaves it free."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import Trajectory
from regionsim.figures.effect_ranges import EffectRange, effect_ranges
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.checks.files import Check, Pair, all_checks, names_of
from regionsim.studies.checks.judgement import last_differences, members_against, members_that_hold
from regionsim.studies.checks.variants import Changes, variant
from regionsim.studies.dossier.members import simulate_members
from regionsim.studies.dossier.result import Cell, Column, Finding, Illustration, Table, passed
from regionsim.studies.dossier.setting import Setting
from regionsim.studies.dossier.uncertainty import Uncertainty

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PairRuns:
    """All checks that compare the same two runs."""

    change: Changes
    against: Changes
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Judged:
    """One check in some members: where it holds, where anything goes the other way, difference and level at the end.

    Arrays are (member,); `broken` says why a run stopped.
    """

    holds: NDArray[np.bool_]
    opposed: NDArray[np.bool_]
    difference: Array
    level: Array
    broken: str = ""


def scenario_signs(setting: Setting) -> Finding:
    """Every pair of the checks over all draws: those that must hold, and those that are only told."""
    groups: dict[str, list[Check]] = {}
    for check in all_checks():
        if check.pair is not None:
            groups.setdefault(repr((check.pair.change, check.pair.against)), []).append(check)
    jobs = [
        PairRuns(each[0].pair.change, each[0].pair.against, tuple(each)) for each in groups.values() if each[0].pair
    ]
    must: list[tuple[Cell, ...]] = []
    free: list[tuple[Cell, ...]] = []
    ranges: list[EffectRange] = []
    for job, parts in setting.over_members(judge_pairs, jobs):
        for check, found in zip(job.checks, zip(*parts, strict=True), strict=True):
            assert check.pair is not None
            holds = np.concatenate([part.holds for part in found])
            notes = [check.fails, *(part.broken for part in found)]
            note = "; ".join(dict.fromkeys(note for note in notes if note))
            if check.pair.sign != "free":
                opposed = int(np.concatenate([part.opposed for part in found]).sum())
                row = (check.name, _subject(check.pair), check.pair.sign, int(holds.sum()), len(holds))
                must.append((*row, 100.0 * float(holds.mean()), opposed, note))
                continue
            percent = 100 * np.concatenate([part.difference for part in found])
            percent = percent / np.abs(np.concatenate([part.level for part in found]))
            low, middle, high = np.percentile(percent, (5, 50, 95))
            name = check.name.removeprefix("Free: ")
            up, down = (100.0 * float((side * percent > 0).mean()) for side in (1, -1))
            free.append((name, _subject(check.pair), up, down, middle, low, high))
            ranges.append(EffectRange(name, float(low), float(middle), float(high)))
    failing = [row for row in must if row[3] != row[4]]
    members, origin = setting.uncertainty.members, setting.uncertainty.origin
    must.sort(key=lambda row: float(row[5] or 0))
    shown = (Column("change"), Column("what is looked at"))
    return Finding(
        passed(not failing),
        (
            f"{len(must) - len(failing)} of {len(must)} signs hold in all {members} draws from the {origin}.",
            "A sign that must hold fails as soon as one draw, county and year goes the other way. What theory leaves "
            "free is told beneath and counts for nothing in the outcome.",
        ),
        (
            Table(
                "Signs that must hold, those that fail first",
                (*shown, Column("sign"), Column("holds in"), Column("draws"), Column("share", "%", ".0f"))
                + (Column("the other way in"), Column("note")),
                tuple(must),
            ),
            Table(
                "What is free: the effect on the sum over the counties named, in the last year",
                (*shown, Column("up in", "%", ".0f"), Column("down in", "%", ".0f"), Column("median", "%", "+.3g"))
                + (Column("5th percentile", "%", "+.3g"), Column("95th percentile", "%", "+.3g")),
                tuple(free),
            ),
        ),
        (
            Illustration(
                "free_signs",
                f"Effects whose sign is free: median, and 90 % of {members} draws from the {origin}",
                partial(effect_ranges, tuple(ranges), f"{members} draws from the {origin}"),
            ),
        ),
        limits=(
            "A parameter that a change sets to a value is not drawn: on the other side it stands at its evidence. "
            "Draws are independent: the prior knows of no parameters that go together.",
            "A sign that holds in fewer draws without going the other way in the rest stands still there, as debt does "
            "at its ceiling.",
        ),
    )


def judge_pairs(uncertainty: Uncertainty, job: PairRuns) -> list[Judged]:
    """All checks of a pair of runs in all members."""
    one, other = variant(job.change), variant(job.against)
    undrawn = kept_from_drawing(one, other)
    pairs = [check.pair for check in job.checks if check.pair is not None]
    asked = frozenset(pair.variable for pair in pairs)
    end = max(one.end if pair.to is None else pair.to for pair in pairs)
    end = max(end, one.start + 1)  # a run has a length
    try:
        changed = simulate_members(uncertainty, one, asked, undrawn, end)
        # Most pairs are held against the base with everything drawn, which is run once for all of them.
        shared = not job.against and not undrawn and end == one.end
        against = _base(uncertainty) if shared else simulate_members(uncertainty, other, asked, undrawn, end)
    except SimulationError as error:
        nowhere, unknown = np.zeros(uncertainty.members, dtype=bool), np.full(uncertainty.members, np.nan)
        return [Judged(nowhere, nowhere, unknown, unknown, f"a run stopped: {error}") for _ in job.checks]
    return [
        Judged(
            members_that_hold(pair, changed, against),
            members_against(pair, changed, against),
            *last_differences(pair, changed, against),
        )
        if pair.sign != "free"
        else Judged(everywhere(uncertainty), ~everywhere(uncertainty), *last_differences(pair, changed, against))
        for pair in pairs
    ]


def kept_from_drawing(one: Scenario, other: Scenario) -> frozenset[str]:
    """The parameters that a side sets to a value, or of which both sides speak: drawn, the change would be another."""
    said = [(name, change) for side in (one, other) for name, change in side.parameters.items()]
    both = one.parameters.keys() & other.parameters.keys()
    return frozenset(name for name, change in said if change.form != "scale" or name in both)


@lru_cache(maxsize=1)
def _base(uncertainty: Uncertainty) -> Trajectory:
    """The base with everything drawn, and all variables that any pair looks at."""
    asked = frozenset(check.pair.variable for check in all_checks() if check.pair is not None)
    return simulate_members(uncertainty, variant({}), asked)


def everywhere(uncertainty: Uncertainty) -> NDArray[np.bool_]:
    """True for each member."""
    return np.ones(uncertainty.members, dtype=bool)


def _subject(pair: Pair) -> str:
    """The variable of a pair, and where and when it is compared."""
    words = ", ".join(names_of(pair, [pair.variable]))
    where = [*pair.counties, *pair.where.values()]
    words += f" in {', '.join(where)}" if where else ""
    words += f" from {pair.start}" if pair.start else ""
    return words + (f" to {pair.to}" if pair.to else "")
