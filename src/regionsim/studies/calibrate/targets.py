"""Modelled against observed values for all members at once: residuals, and the likelihood that both stages share.

The log-likelihood of the rows is -1/2 sum(w rho(r^2)) with r = (modelled - observed) / sigma, the loss rho of
scipy.optimize.least_squares and the weights w of the targets: normal for "linear", pseudo-Huber for "soft_l1".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.guard import SimulationError
from regionsim.results.dataset import to_dataset
from regionsim.results.indicator_catalogue import find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.calibrate.schema import TargetEntry
from regionsim.studies.engines import Engine
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import is_balance, is_share

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

# The residual of every row where a run broke down: far beyond any that a run has which did not.
BROKEN = 1000.0


@dataclass(frozen=True)
class Rows:
    """What was observed: values in the unit of indicators.csv, `sigma` in the same unit, all of shape (row,)."""

    observations: tuple[Observation, ...]
    observed: Array
    sigma: Array
    weight: Array

    @classmethod
    def of(cls, observations: Sequence[Observation], targets: Mapping[str, TargetEntry]) -> Rows:
        """The rows of the targets; sigma^2 is that of the data's uncertainty plus that of the model's tolerance."""
        rows = tuple(row for row in observations if row.variable in targets)
        observed = np.array([row.value for row in rows])
        tolerance = np.array([_tolerance(row, targets[row.variable].tolerance) for row in rows])
        uncertainty = np.nan_to_num(np.array([row.uncertainty for row in rows])) * np.abs(observed)
        weight = np.array([targets[row.variable].weight for row in rows])
        return cls(rows, observed, np.hypot(tolerance, uncertainty), weight)

    @property
    def variables(self) -> tuple[str, ...]:
        """The indicators, each once."""
        return tuple(dict.fromkeys(row.variable for row in self.observations))

    def residuals(self, modelled: Array) -> Array:
        """(modelled - observed) / sigma by (member, row); `BROKEN` throughout where a run broke down."""
        residuals = (modelled - self.observed) / self.sigma
        return np.where(np.isfinite(residuals).all(axis=-1, keepdims=True), residuals, BROKEN)


def log_likelihood(residuals: Array, weight: Array, loss: str) -> Array:
    """Of each member, up to a constant: (member,) from residuals by (member, row)."""
    return np.asarray(-0.5 * (weight * rho(residuals**2, loss)[0]).sum(axis=-1), dtype=np.float64)


def rho(squares: Array, loss: str) -> Array:
    """The loss of scipy.optimize.least_squares at squared residuals, with its first and second derivative: (3, ...)."""
    one = np.ones_like(squares)
    if loss == "linear":
        return np.stack([squares, one, 0 * one])
    if loss == "soft_l1":
        root = np.sqrt(1 + squares)
        return np.stack([2 * (root - 1), 1 / root, -0.5 / root**3])
    if loss == "cauchy":
        return np.stack([np.log1p(squares), 1 / (1 + squares), -1 / (1 + squares) ** 2])
    inside = squares <= 1
    size = np.sqrt(np.maximum(squares, 1))
    return np.stack(
        [np.where(inside, squares, 2 * size - 1), np.where(inside, 1, 1 / size), np.where(inside, 0, -0.5 / size**3)]
    )


def modelled(
    scenario: Scenario,
    draws: Mapping[str, Array],
    rows: Rows,
    held_out: Collection[str] = (),
    engine: Engine = "reference",
) -> Array:
    """The model's values by (member, row), nan for a member whose run breaks down."""
    try:
        return modelled_soundly(scenario, draws, rows, held_out, engine)
    except SimulationError:
        members = len(next(iter(draws.values()))) if draws else 1
        if members == 1:
            return np.full((1, len(rows.observed)), np.nan)
    halves = (slice(0, members // 2), slice(members // 2, members))
    parts = [{key: values[half] for key, values in draws.items()} for half in halves]
    return np.concatenate([modelled(scenario, part, rows, held_out, engine) for part in parts])


def modelled_soundly(
    scenario: Scenario,
    draws: Mapping[str, Array],
    rows: Rows,
    held_out: Collection[str] = (),
    engine: Engine = "reference",
) -> Array:
    """The model's values by (member, row). Raises SimulationError for the first member that breaks down."""
    needed = {name for variable in rows.variables for name in find_indicator(variable).needs}
    trajectory = simulate_ensemble(scenario, draws, needed, held_out=held_out, engine=engine)
    return values_of(to_dataset(trajectory, {}), rows, scenario.start)


def values_of(dataset: xarray.Dataset, rows: Rows, start: int) -> Array:
    """What the members of a run that begins in `start` have where the rows were observed, (member, row)."""
    array = indicator_array(dataset, rows.variables)
    places = {region: k for k, region in enumerate(array["region"].values.tolist())}
    values = {variable: array[variable].values for variable in rows.variables}
    return np.stack(
        [values[row.variable][:, row.year - start, places[row.region]] for row in rows.observations], axis=-1
    )


def _tolerance(row: Observation, said: float) -> float:
    """The model's tolerance in the unit of the row."""
    indicator = find_indicator(row.variable)
    return said if is_share(indicator) or is_balance(indicator) else said * abs(row.value)
