"""What differs from member to member: parameters drawn beside what a scenario says, and levers that it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.inputs import AnyInput
from regionsim.place.assemble import axis_labels
from regionsim.scenarios.drawn import Drawn, drawn
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.parameter_schema import is_share
from regionsim.scenarios.report import number
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import evidence
from regionsim.studies.priors import WITHIN_RANGE, Prior, prior_of
from regionsim.studies.sweep.schema import FactorEntry

Array = NDArray[np.float64]
Value = float | str


@dataclass(frozen=True)
class Factor:
    """One thing that is varied: a range with its distribution (`prior`), or `values` that are equally likely.

    A number of a factor is the value itself, or its place among `values` where these are words; nan leaves what is
    varied as the scenario has it. `levels` are those of a grid, None where the design says.
    """

    key: str
    is_lever: bool
    prior: Prior | None = None
    values: tuple[Value, ...] = ()
    levels: int | None = None
    line: int = 0

    @property
    def in_words(self) -> bool:
        """Whether values are words, and numbers their places."""
        return any(isinstance(value, str) for value in self.values)

    @property
    def choices(self) -> Array:
        """The numbers of `values`."""
        chosen = range(len(self.values)) if self.in_words else self.values
        return np.array([float(value) for value in chosen])

    def numbers(self, shares: ArrayLike) -> Array:
        """The numbers below which the `share` of the probability lies, of any shape."""
        share = np.asarray(shares, dtype=np.float64)
        if self.prior is not None:
            return self.prior.quantile(share)
        choices = self.choices
        return np.asarray(choices[np.minimum((share * len(choices)).astype(np.intp), len(choices) - 1)])

    def spread(self, count: int) -> Array:
        """All values, or `count` numbers from one end of the range to the other, ends included."""
        return self.choices if self.prior is None else np.linspace(self.prior.low, self.prior.high, count)

    def within(self, shares: Array) -> Array:
        """Numbers by shares of which 0 and 1 are the ends of the range, also where the distribution goes beyond."""
        if self.prior is not None and self.prior.shape in ("normal", "lognormal"):
            shares = (1 - WITHIN_RANGE) / 2 + WITHIN_RANGE * shares
        return self.numbers(shares)

    def said(self, chosen: float) -> Value | None:
        """What a number says: a value, a word, or None where all stays as it is."""
        if np.isnan(chosen):
            return None
        return self.values[int(chosen)] if self.in_words else float(chosen)

    @property
    def record(self) -> dict[str, object]:
        """What tells this factor from another of the same key."""
        about: dict[str, object] = {"key": self.key, "kind": "lever" if self.is_lever else "parameter"}
        if self.prior is None:
            return {**about, "values": list(self.values)}
        unit = "factor" if self.prior.is_factor else self.prior.unit
        ends = {"low": self.prior.low, "high": self.prior.high, "shape": self.prior.shape}
        return {**about, **ends, "central": self.prior.central, "unit": unit, "levels": self.levels}


def recorded_factor(record: Mapping[str, Any]) -> Factor:
    """The factor that a record tells of, but for the line where it was said."""
    key, is_lever = record["key"], record["kind"] == "lever"
    if "values" in record:
        return Factor(key, is_lever, values=tuple(record["values"]))
    ends = record["central"], record["low"], record["high"], record["shape"]
    is_factor = record["unit"] == "factor"
    prior = Prior(key, *ends, is_factor, "" if is_factor else record["unit"])
    return Factor(key, is_lever, prior, levels=record["levels"])


def parameter_factor(key: str, entry: FactorEntry, line: int) -> Factor:
    """The factor of a parameter; a range that is not said is the one beside it. Raises ValueError, in words."""
    one = Drawn.of(key)
    if entry.values is not None:
        if any(isinstance(value, str) for value in entry.values):
            raise ValueError("the values of a parameter are numbers, in its own unit or as factors where its range has")
        parameter = _known(key)
        values = tuple(float(value) for value in entry.values)
        check_ends(parameter, min(values), max(values), entry.outside_range)
        factor = Factor(key, False, values=values, line=line)
    elif entry.low is None or entry.high is None:
        prior = prior_of(key)
        factor = Factor(key, False, replace(prior, shape=entry.shape or prior.shape), levels=entry.levels, line=line)
    else:
        parameter = _known(key)
        check_ends(parameter, entry.low, entry.high, entry.outside_range)
        beside = _prior_or_none(key)
        is_factor = parameter.range_kind == "factor"
        own = 1.0 if is_factor else float(parameter.values.reshape(-1)[0])
        prior = Prior(
            key,
            min(max(own, entry.low), entry.high),
            entry.low,
            entry.high,
            entry.shape or (beside.shape if beside is not None else "uniform"),
            is_factor,
            "" if is_factor else parameter.unit,
        )
        factor = _stepped(Factor(key, False, prior, levels=entry.levels, line=line), entry)
    if factor.prior is not None and factor.prior.shape == "lognormal" and factor.prior.low <= 0:
        raise ValueError(f"a lognormal range lies above 0, found one from {number(factor.prior.low)}")
    try:
        drawn(evidence()[one.name], one.labels, factor.spread(2), AxisLabels(axis_labels()))
    except TypeError as error:
        raise ValueError(str(error)) from None
    return factor


def lever_factor(key: str, entry: FactorEntry, line: int) -> Factor:
    """The factor of a lever, uniform where no shape is said. Raises ValueError, in words."""
    if entry.values is not None:
        return Factor(key, True, values=tuple(v if isinstance(v, str) else float(v) for v in entry.values), line=line)
    if entry.low is None or entry.high is None:
        raise ValueError("a lever needs values, or low and high: nothing stands beside it")
    middle = (entry.low * entry.high) ** 0.5 if entry.shape == "lognormal" else (entry.low + entry.high) / 2
    prior = Prior(key, middle, entry.low, entry.high, entry.shape or "uniform")
    return _stepped(Factor(key, True, prior, levels=entry.levels, line=line), entry)


def silenced(key: str, scenarios: Iterable[Scenario]) -> list[str]:
    """The names of the scenarios that set the parameter by a value or a path of their own, so that no draw moves it."""
    one = Drawn.of(key)
    changes = [(scenario.name, scenario.parameters.get(one.name)) for scenario in scenarios]
    return [name for name, change in changes if change is not None and change.form != "scale"]


def check_twice(factors: Sequence[Factor]) -> list[Factor]:
    """Parameters that are varied as a whole and by an element, too: nobody knows which number holds."""
    parameters = {factor.key: factor for factor in factors if not factor.is_lever}
    return [factor for key, factor in parameters.items() if Drawn.of(key).labels and Drawn.of(key).name in parameters]


def _stepped(factor: Factor, entry: FactorEntry) -> Factor:
    """The factor with the values that its step makes of its range."""
    if entry.step is None or entry.low is None or entry.high is None:
        return factor
    count = int((entry.high - entry.low) / entry.step + 1e-9) + 1
    values = tuple(float(f"{entry.low + k * entry.step:.12g}") for k in range(count))
    return replace(factor, prior=None, values=values, levels=None)


def _known(key: str) -> AnyInput:
    """The parameter of a key that need not have a range beside it."""
    try:
        prior_of(key)
    except ValueError:
        parameter = evidence().get(Drawn.of(key).name)
        if parameter is None or parameter.low is not None:  # unknown, or an element that is none
            raise
    return evidence()[Drawn.of(key).name]


def _prior_or_none(key: str) -> Prior | None:
    try:
        return prior_of(key)
    except ValueError:
        return None


def check_ends(parameter: AnyInput, low: float, high: float, outside_range: bool) -> None:
    """Refuse numbers from `low` to `high` that a parameter cannot have, or that are not believed unless
    `outside_range`. Raises ValueError, in words.
    """
    limits = [] if outside_range or parameter.low is None else [(parameter.low, parameter.high, "its range beside it")]
    if is_share(parameter.name) and parameter.range_kind != "factor":
        limits.append((0.0, 1.0, "a share"))
    for least, most, what in limits:
        if low < least or (most is not None and high > most):
            hint = "" if what == "a share" else ", or 'outside_range: true' beside it"
            most = float("inf") if most is None else most
            raise ValueError(
                f"{number(low)} to {number(high)} is not within {number(least)} to {number(most)}, {what}{hint}"
            )
