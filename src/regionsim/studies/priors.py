"""What is believed of a parameter before any data: the distribution that its range and shape beside it describe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.place.assemble import axis_labels
from regionsim.scenarios.drawn import find_drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.studies.model import evidence

Array = NDArray[np.float64]

# Schedules by age are worked out with these before the run; as tables they are the same in all members.
INTO_SCHEDULES = ("mortality_improvement_rate",)
# A normal or lognormal range has this share of the probability between its ends; the other shapes have all of it.
WITHIN_RANGE = 0.95


@dataclass(frozen=True)
class Prior:
    """The distribution of one drawn number: a value in the parameter's unit, or a factor on it where `is_factor`.

    `central` is the number that stands for the evidence as it is: the value itself, or 1.
    """

    key: str
    central: float
    low: float
    high: float
    shape: str
    is_factor: bool = False
    unit: str = ""

    @property
    def distribution(self) -> stats.rv_continuous:
        """The distribution, frozen."""
        width = self.high - self.low
        if self.shape == "uniform":
            return stats.uniform(self.low, width)
        half = stats.norm.ppf((1 + WITHIN_RANGE) / 2)
        if self.shape == "normal":
            return stats.norm(self.central, width / (2 * half))
        if self.shape == "lognormal":
            return stats.lognorm(np.log(self.high / self.low) / (2 * half), scale=self.central)
        return stats.triang((self.central - self.low) / width, self.low, width)

    def quantile(self, share: ArrayLike) -> Array:
        """The numbers below which the `share` of the probability lies, of any shape."""
        return np.asarray(self.distribution.ppf(share), dtype=np.float64)

    def cumulated(self, number: ArrayLike) -> Array:
        """The share of the probability below `number`, of any shape."""
        return np.asarray(self.distribution.cdf(number), dtype=np.float64)

    @property
    def standard_deviation(self) -> float:
        """Of the drawn number."""
        return float(self.distribution.std())


def prior_of(key: str, parameters: Mapping[str, AnyInput] | None = None) -> Prior:
    """The prior of a parameter ("participation_share") or of an element of it ("capital_elasticity[industry]").

    `parameters` are those that the range is read beside (None: the evidence). Raises ValueError, in words for the
    reader of a study, for an unknown name (with the nearest), an element that is none, a parameter without a range, one
    with a single possible value, and a table, which has no members.
    """
    known = evidence() if parameters is None else parameters
    one = find_drawn(key, known, AxisLabels(axis_labels()))
    parameter = known[one.name]
    if isinstance(parameter, Table):
        raise ValueError(f"'{one.name}' is a table by age or the like, which has no members")
    if parameter.low is None or parameter.high is None:
        raise ValueError(f"'{one.name}' has no range beside it")
    if parameter.low == parameter.high:
        raise ValueError(f"the range of '{one.name}' is a single value")
    is_factor = parameter.range_kind == "factor"
    central = 1.0
    if not is_factor and isinstance(parameter, Constant):
        central = float(parameter.values.reshape(-1)[0])  # elements share one range: the first stands for all
    return Prior(
        key,
        min(max(central, parameter.low), parameter.high),
        parameter.low,
        parameter.high,
        parameter.range_shape or "triangular",
        is_factor,
        "" if is_factor else parameter.unit,
    )


def drawable(parameters: Mapping[str, AnyInput] | None = None) -> list[str]:
    """The names of all parameters that have a prior and can differ by member, in the order of the files."""
    known = evidence() if parameters is None else parameters
    return [name for name in known if name not in INTO_SCHEDULES and _has_prior(name, known)]


def from_uniform(priors: Iterable[Prior], shares: Array) -> dict[str, Array]:
    """Draws by key from numbers in [0, 1] of shape (member, prior): the quantiles of each prior."""
    return {prior.key: prior.quantile(shares[:, k]) for k, prior in enumerate(priors)}


def _has_prior(name: str, parameters: Mapping[str, AnyInput]) -> bool:
    try:
        prior_of(name, parameters)
    except ValueError:
        return False
    return True
