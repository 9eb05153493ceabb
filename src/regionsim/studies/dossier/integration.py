"""The error of integration: the step halved twice, with the order that is seen; the base by both methods."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.integrate import Method
from regionsim.figures.step_errors import step_errors
from regionsim.results.indicator_catalogue import INDICATORS, PROVINCES, find_indicator
from regionsim.results.targets import ZONE
from regionsim.studies.dossier.result import Cell, Column, Finding, Illustration, Table, passed
from regionsim.studies.dossier.setting import BASE, HEADLINES, PLAN, ScenarioRun, Setting, run_of

Array = NDArray[np.float64]

STEPS = (1 / 4, 1 / 8, 1 / 16)
METHODS: tuple[Method, ...] = ("euler", "rk4")
# RK4 evaluates the model four times in a step: one scenario is enough to see what it would change.
RUNS: tuple[tuple[str, Method], ...] = ((BASE, "rk4"), (BASE, "euler"), (PLAN, "euler"))
MOST_CHANGE = 0.005
ROUNDING = 1e-11  # differences of runs that are smaller, relative, have no order


def integration_error(setting: Setting) -> Finding:
    """Run base and plan with smaller steps and compare all indicators in all counties and years."""
    jobs = [replace(setting.scenarios[name], step=step, method=method) for name, method in RUNS for step in STEPS]
    runs = dict(zip([(job.name, job.method, job.step) for job in jobs], setting.hands.map(run_of, jobs), strict=True))
    own = {name: setting.scenarios[name] for name in (BASE, PLAN)}
    halved = {
        (name, indicator.name): largest_change(
            runs[name, "euler", STEPS[0]], runs[name, "euler", STEPS[1]], indicator.name
        )
        for name in own
        for indicator in INDICATORS
    }
    worst = max(halved.values())
    headline = max(halved[name, indicator] for name in own for indicator in HEADLINES)
    beyond = sorted({indicator for (_, indicator), change in halved.items() if change >= MOST_CHANGE})
    words = (
        f"Halving the step of {own[BASE].step:g} years moves headline indicators by at most {headline:.3%}, and any "
        f"indicator by at most {worst:.3%}, of its largest value in a county over the years.",
        "What moves by more: " + ", ".join(beyond) + ". Net migration is the small difference of large flows; accounts "
        "and small works are cleared within a year, and on the way there a quarter of a year can be seen."
        if beyond
        else "Nothing moves by more than was asked.",
    )
    return Finding(
        passed(worst < MOST_CHANGE),
        words,
        (_orders(runs), _all_indicators(runs, halved)),
        (
            Illustration(
                "integration_error",
                f"Error in {own[BASE].end:g}, zone, base, against RK4 with step 1/16",
                partial(step_errors, *_errors(runs), [find_indicator(name).label for name in HEADLINES]),
            ),
        ),
        limits=(
            "Limits that are reached within a step are kinks: what RK4 still changes when its step is halved comes "
            "from them, so that its own order cannot be seen in this model. It is seen in models with a closed "
            "solution, in the tests of the project.",
        ),
    )


def largest_change(one: ScenarioRun, other: ScenarioRun, name: str) -> float:
    """The largest difference of an indicator in any year and region, over its largest value there in any year.

    A region in which the indicator is always 0 counts for nothing.
    """
    first, second = (run.indicators[name].values[0] for run in (one, other))  # (year, region)
    size = np.abs(first).max(axis=0)
    apart = np.abs(second - first).max(axis=0)
    return float(np.max(np.divide(apart, size, out=np.zeros_like(size), where=size > 0)))


def observed_order(coarse: float, middle: float, fine: float) -> float:
    """The order p by Richardson: 2**p is how much smaller the change is when the step is halved again.

    nan where the changes are within rounding.
    """
    first, second = abs(middle - coarse), abs(fine - middle)
    if min(first, second) <= ROUNDING * abs(fine):
        return math.nan
    return math.log2(first / second)


def _at_end(run: ScenarioRun, name: str, region: str = ZONE) -> float:
    return float(run.indicators[name].sel(region=region).values[0, -1])


def _orders(runs: dict[tuple[str, Method, float], ScenarioRun]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for scenario, method in sorted(RUNS):
        for name in HEADLINES:
            indicator = find_indicator(name)
            values = [_at_end(runs[scenario, method, step], name) for step in STEPS]
            scaled = [indicator.shown_factor * value for value in values]
            change = 100 * abs(values[1] / values[0] - 1)
            rows.append((scenario, name, indicator.shown_unit, method, *scaled, change, observed_order(*values)))
    steps = tuple(Column(f"step 1/{round(1 / step)}", "", ".10g") for step in STEPS)
    return Table(
        "Headline indicators of the zone in the last year, and the order that is seen",
        (Column("scenario"), Column("indicator"), Column("unit"), Column("method"), *steps)
        + (Column("change by halving once", "%", ".2g"), Column("observed order", "", ".2f")),
        tuple(rows),
    )


def _all_indicators(runs: dict[tuple[str, Method, float], ScenarioRun], halved: dict[tuple[str, str], float]) -> Table:
    rows = []
    for indicator in INDICATORS:
        name = indicator.name
        rows.append(
            (
                name,
                *(100 * halved[scenario, name] for scenario in (BASE, PLAN)),
                100 * largest_change(runs[BASE, "euler", STEPS[0]], runs[BASE, "rk4", STEPS[-1]], name),
                "yes" if max(halved[scenario, name] for scenario in (BASE, PLAN)) < MOST_CHANGE else "no",
            )
        )
    regions = f"counties, the parts of {' and '.join(PROVINCES)}, and the zone"
    return Table(
        f"Largest difference in any year over {regions}, of the largest value there",
        (Column("indicator"), Column("step halved, base", "%", ".2g"), Column("step halved, plan", "%", ".2g"))
        + (Column("against RK4 with step 1/16, base", "%", ".2g"),)
        + (Column(f"below {MOST_CHANGE:.1%}"),),
        tuple(rows),
    )


def _errors(runs: dict[tuple[str, Method, float], ScenarioRun]) -> tuple[tuple[float, ...], dict[str, list[Array]]]:
    """Steps, and by method the relative errors of each headline indicator against the finest run of RK4."""
    finest = {name: _at_end(runs[BASE, "rk4", STEPS[-1]], name) for name in HEADLINES}
    errors: dict[str, list[Array]] = {
        method: [
            np.array([abs(_at_end(runs[BASE, method, step], name) / finest[name] - 1) for step in STEPS])
            for name in HEADLINES
        ]
        for method in METHODS
    }
    return STEPS, errors
