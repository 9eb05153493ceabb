"""Counties that the calibration has not seen: are they where it says, as often as it says?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from regionsim.figures.interval_fan import Interval, interval_fan
from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.studies.calibrate.held_out import Fold, fold
from regionsim.studies.dossier.calibration import NO_CALIBRATION
from regionsim.studies.dossier.result import Cell, Column, Finding, Illustration, Table, passed
from regionsim.studies.dossier.setting import Setting
from regionsim.studies.dossier.shipped import Shipped

Array = NDArray[np.float64]

# How many draws predict a county, and of what the share must lie within the intervals of 90 %.
DRAWS = 40
LEAST_COVERED, MOST_COVERED = 0.80, 0.97
SHARES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
SHOWN = ("population", "urbanization_rate")
# Counties that lie together, by the plan's own parts: what one has seen the others may have seen too.
GROUPS = {
    "Pingxiang": ("360302", "360313", "360321", "360322", "360323"),
    "Liuyang and Liling": ("430181", "430281"),
    "southern counties": ("360724", "360725", "360827", "431026", "431027"),
}


@dataclass(frozen=True)
class _Job:
    """A fold to be made: the shipped calibration, who is left out, and the seed of its draws."""

    shipped: Shipped
    name: str
    counties: tuple[str, ...]
    seed: int


def held_out_counties(setting: Setting) -> Finding:
    """Leave out each county, and each group, refit, and see whether the intervals hold what was counted."""
    if setting.shipped is None:
        return NO_CALIBRATION
    singles = [(county.name, (county.code,)) for county in load_counties()]
    jobs = [
        _Job(setting.shipped, name, counties, setting.shipped.study.seed + k)
        for k, (name, counties) in enumerate([*singles, *GROUPS.items()])
    ]
    folds = setting.hands.map(_made, jobs)
    one, together = folds[: len(singles)], folds[len(singles) :]
    rows = [_Row.of(each, k) for each in one for k in range(len(each.rows.observations))]
    within = float(np.mean([row.within(0, 4) for row in rows]))
    half = float(np.mean([row.within(1, 3) for row in rows]))
    of_groups = [_Row.of(each, k) for each in together for k in range(len(each.rows.observations))]
    furthest = max(float(np.abs(each.moved).max()) for each in folds)
    return Finding(
        passed(LEAST_COVERED <= within <= MOST_COVERED),
        (
            f"Of {len(rows)} values of counties that were left out one by one, {100 * within:.1f} % lie within the "
            f"intervals of 90 %, and {100 * half:.1f} % within those of 50 %; of {len(of_groups)} values of groups "
            f"left out together, {100 * np.mean([r.within(0, 4) for r in of_groups]):.1f} and "
            f"{100 * np.mean([r.within(1, 3) for r in of_groups]):.1f} %.",
            "Without its own levels of departure and of moves to town a county is given those of another: intervals "
            "are as wide as counties differ, since nothing here tells the levels of a county from its figures of 2010.",
            f"Leaving them out moves no parameter by more than {furthest:.2f} of its standard deviation.",
        ),
        (
            _coverage("One county left out at a time", rows),
            _coverage("A group of counties left out together", of_groups),
            _by_county(rows),
        ),
        (
            Illustration(
                "held-out-counties",
                "Counties left out one by one: medians, intervals of 50 and 90 %, and what was counted in 2020 (dots)",
                partial(_draw, rows),
            ),
        ),
        (
            f"{DRAWS} draws for each fold: an end of an interval of 90 % rests on two or three of them.",
            "Growth of productivity and births of the nation are fitted to the counties that remain: a forecast of "
            "another decade has not seen them and is wider.",
        ),
    )


@dataclass(frozen=True)
class _Row:
    """One value of a county that was left out: quantiles by SHARES, and what was observed."""

    variable: str
    region: str
    observed: float
    quantiles: tuple[float, ...]

    @classmethod
    def of(cls, fold: Fold, k: int) -> _Row:
        row = fold.rows.observations[k]
        found = np.quantile(fold.predicted[:, k], SHARES)
        return cls(row.variable, row.region, row.value, tuple(float(each) for each in found))

    def within(self, low: int, high: int) -> bool:
        """Whether what was observed lies between two of the quantiles."""
        return self.quantiles[low] <= self.observed <= self.quantiles[high]

    @property
    def error(self) -> float:
        """The median less what was observed, as a share of it."""
        return self.quantiles[2] / self.observed - 1


def _made(job: _Job) -> Fold:
    return fold(job.shipped.study, job.shipped.z, job.name, job.counties, DRAWS, job.seed)


def _coverage(title: str, rows: Sequence[_Row]) -> Table:
    cells: list[tuple[Cell, ...]] = []
    for variable in (*dict.fromkeys(row.variable for row in rows), ""):
        own = [row for row in rows if variable in ("", row.variable)]
        widths = [(row.quantiles[4] - row.quantiles[0]) / row.observed for row in own]
        cells.append(
            (variable or "all", len(own), 100 * float(np.mean([row.within(0, 4) for row in own])))
            + (100 * float(np.mean([row.within(1, 3) for row in own])),)
            + (100 * float(np.median([abs(row.error) for row in own])), 100 * float(np.median(widths)))
        )
    return Table(
        title,
        (
            *(Column("indicator"), Column("n"), Column("within 90 %", "%", ".0f"), Column("within 50 %", "%", ".0f")),
            *(Column("median error", "%", ".1f"), Column("width of 90 %", "% of the value", ".0f")),
        ),
        tuple(cells),
    )


def _by_county(rows: Sequence[_Row]) -> Table:
    names = {county.code: county.name for county in load_counties()}
    return Table(
        "County by county, left out one at a time",
        (
            *(Column("indicator"), Column("county"), Column("observed"), Column("5 %"), Column("median")),
            *(Column("95 %"), Column("error of the median", "%", "+.1f"), Column("within 90 %")),
        ),
        tuple(
            (row.variable, names[row.region], row.observed, row.quantiles[0], row.quantiles[2], row.quantiles[4])
            + (100 * row.error, "yes" if row.within(0, 4) else "no")
            for row in rows
        ),
    )


def _draw(rows: Sequence[_Row]):  # type: ignore[no-untyped-def]  # matplotlib is imported where it is drawn
    names = {county.code: county.name for county in load_counties()}
    panels = []
    for variable in SHOWN:
        indicator = find_indicator(variable)
        own = [row for row in rows if row.variable == variable]
        # Against what was counted: counties of any size on one scale.
        panels.append(
            (
                f"{indicator.label}, % of what was counted",
                [
                    Interval(names[row.region], tuple(100 * q / row.observed for q in row.quantiles), 100.0)
                    for row in own
                ],
            )
        )
    return interval_fan(panels)
