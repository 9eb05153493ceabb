"""The tables of docs/model.md that are results of runs, so that the page cannot tell of another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regionsim.engine.integrate import simulate
from regionsim.export.markdown import code, table
from regionsim.language.inputs import AnyInput, Constant
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import find_indicator, variables_of_indicators
from regionsim.results.indicators import indicator_array
from regionsim.scenarios.changes import Change
from regionsim.studies.ensemble import ensemble_model
from regionsim.studies.model import evidence
from regionsim.studies.run import attributes_of

if TYPE_CHECKING:
    import xarray

    from regionsim.scenarios.scenario import Scenario
    from regionsim.studies.run import Run

# Parameters whose two ends are run one at a time, and the indicators of the zone that are shown for each.
ENDS = (
    "fertility_index",
    "migration_propensity_by_age",
    "return_propensity_by_age",
    "reclassified_share",
    "capital_output_ratio",
    "productivity_growth_rate",
    "footloose_investment_share",
    "freight_access_elasticity",
    "restorable_share",
    "participation_share",
)
SHOWN = ("population", "urbanization_rate", "forest_cover", "output")


def base_run_tables(run: Run) -> dict[str, str]:
    """Markdown tables by name; expected sets the run against what was expected before it."""
    return {
        "expected": _expected(run.dataset),
        "people": _people(run.dataset),
        "ledgers": _ledgers(run),
        "ends": _ends(run),
        "integration": _integration(run),
    }


def _zone(dataset: xarray.Dataset, name: str, member: int = 0) -> np.ndarray:
    """An indicator of the zone by year, of one member."""
    return np.asarray(indicator_array(dataset, [name])[name].sel(region="zone").values[member])


def _run_together(scenarios: Sequence[Scenario]) -> xarray.Dataset:
    """What indicators are made of, with each scenario a member; they share start, end, step and method."""
    first = scenarios[0]
    trajectory = simulate(
        ensemble_model(scenarios, {}),
        start=first.start,
        end=first.end,
        step=first.step,
        method=first.method,
        outputs=variables_of_indicators(),
    )
    return to_dataset(trajectory, attributes_of(first, members=len(scenarios)))


def _expected(dataset: xarray.Dataset) -> str:
    population, urban = _zone(dataset, "population"), _zone(dataset, "urbanization_rate")
    output, forest = _zone(dataset, "output"), _zone(dataset, "forest_cover")
    years = dataset["year"].values
    span = int(years[-1] - years[0])
    end = int(years[-1])

    def growth(values: np.ndarray, first: int, last: int) -> str:
        return f"{100 * ((values[last] / values[first]) ** (1 / (last - first)) - 1):.2f} % a year"

    return table(
        ("quantity", "expected", "base run"),
        (
            (
                "population",
                "falls faster than the 0.25 % a year of 2010-2020",
                f"{growth(population, 0, span)}: {population[0] / 1e6:.2f} to {population[-1] / 1e6:.2f} million",
            ),
            ("urban share in 2035", "66 to 71 %", f"{100 * urban[-1]:.1f} % in {end}, {100 * urban[0]:.1f} % in 2020"),
            (
                "growth of output",
                "slows to 3 to 5 % a year",
                f"{growth(output, 0, 5)} to 2025, {growth(output, span - 5, span)} in the last five years",
            ),
            ("forest cover", "changes by less than 2 points", f"{100 * (forest[-1] - forest[0]):+.1f} points"),
        ),
    )


def _people(dataset: xarray.Dataset) -> str:
    """What moves the population: yearly flows at the first and at the last moment of the run, in thousands."""

    def total(name: str, year: int) -> float:
        return float(dataset[name].isel(member=0, year=year).sum())

    rows = []
    for name, what in (
        ("births", "births"),
        ("deaths", "deaths after infancy"),
        ("departures", "departures to other counties and hubs"),
        ("returns", "returns from hubs"),
        ("arrivals_from_counties", "arrivals from other counties of the zone"),
        ("town_arrivals", "moves to the own county's towns"),
        ("reclassified_to_urban", "reclassified as urban where they live"),
    ):
        rows.append((what, f"{total(name, 0) / 1e3:,.1f}", f"{total(name, -1) / 1e3:,.1f}"))
    first, last = (int(dataset["year"].values[k]) for k in (0, -1))
    return table(("thousand persons a year", str(first), str(last)), rows)


def _ledgers(run: Run) -> str:
    residuals = run.record["largest_ledger_residuals"]
    # Rounding differs between processors: what is told is a bound that all of them keep.
    return table(
        ("ledger", "largest relative residual of a step"),
        (
            (f"`{name}`", "below 1e-12" if value < 1e-12 else f"below {10.0 ** np.ceil(np.log10(value)):.0e}")
            for name, value in sorted(residuals.items())
        ),
    )


def _ends(run: Run) -> str:
    """The zone in the last year with one parameter at the low and at the high end of its range, one at a time."""
    at_ends = _at_ends(run.scenario)
    rows = []
    for name in ENDS:
        rows.append((code(name), *map(" / ".join, zip(at_ends[name, "low"], at_ends[name, "high"], strict=True))))
    rows.append(("base run", *_in_last_year(run.dataset)))
    heads = (f"{find_indicator(name).label.lower()} ({find_indicator(name).shown_unit})" for name in SHOWN)
    return table(("parameter at its low / high end", *heads), rows)


def _at_ends(scenario: Scenario) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is shown of each parameter at each end. Constants run together; of other inputs not all can be members."""
    changed = {
        (name, end): replace(scenario, parameters={name: _change_to(evidence()[name], end)})
        for name in ENDS
        for end in ("low", "high")
    }
    together = [key for key in changed if isinstance(evidence()[key[0]], Constant)]
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for keys in (together, *([key] for key in changed if key not in together)):
        dataset = _run_together([changed[key] for key in keys])
        found |= {key: _in_last_year(dataset, member) for member, key in enumerate(keys)}
    return found


def _change_to(parameter: AnyInput, end: str) -> Change:
    value = getattr(parameter, end)
    if value is None:
        raise ValueError(f"the parameter '{parameter.name}' has no range")
    return Change(form="scale" if parameter.range_kind == "factor" else "value", values={(): value})


def _in_last_year(dataset: xarray.Dataset, member: int = 0) -> tuple[str, ...]:
    cells = []
    for name in SHOWN:
        value = _zone(dataset, name, member)[-1] * find_indicator(name).shown_factor
        cells.append(f"{value:.1f}" if find_indicator(name).shown_unit == "%" else f"{value:,.0f}")
    return tuple(cells)


def _integration(run: Run) -> str:
    """How far the zone of the last year is from the base run's with a finer step and with the other method."""
    rows = []
    for what, scenario in (
        ("Euler, a step of one month", replace(run.scenario, step=1 / 12)),
        ("RK4, a step of a quarter", replace(run.scenario, method="rk4")),
    ):
        dataset = _run_together([scenario])
        cells = []
        for name in SHOWN:
            before, after = _zone(run.dataset, name)[-1], _zone(dataset, name)[-1]
            share = find_indicator(name).unit == "share"
            cells.append(f"{100 * (after - before):+.3f} points" if share else f"{100 * (after / before - 1):+.3f} %")
        rows.append((what, *cells))
    return table(("against the base run", *(find_indicator(name).label.lower() for name in SHOWN)), rows)
