"""What must hold after every step: stocks finite and not negative, ledgers closed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regionsim.engine.compile import Model
from regionsim.language.axes import AXES, MEMBER, position
from regionsim.language.declarations import Ledger

Array = NDArray[np.float64]

LEDGER_TOLERANCE = 1e-9
# A flow that empties a stock leaves a rest of rounding, never more than this share of the stock's largest element.
ROUNDING = 1e-12


class SimulationError(Exception):
    """A run that had to stop: which variable, where, in which member and year, and what was not finite first.

    `members` are those that broke, counted from 0, each with what broke in it; empty where that is not known.
    """

    def __init__(self, text: str, members: Mapping[int, str] | None = None) -> None:
        super().__init__(text)
        self.members = dict(members or {})


class LedgerError(SimulationError):
    """A ledger that does not close."""


class Guard:
    """Checks one run; `residuals` holds the largest relative residual of each ledger so far.

    `first_member` is the number of the first member in messages.
    """

    def __init__(self, model: Model, values: Mapping[str, Array], first_member: int = 0) -> None:
        self.model = model
        self.first_member = first_member
        self.residuals: dict[str, float] = dict.fromkeys(model.ledgers, 0.0)
        self.scales = {name: float(np.max(np.abs(values[name]))) for name in model.stocks}
        self.summed = {
            name: tuple(k for k, axis in enumerate(AXES) if axis != MEMBER and axis not in ledger.over)
            for name, ledger in model.ledgers.items()
        }
        self._check_stocks(values, float("nan"))

    def check(
        self,
        year: float,
        before: Mapping[str, Array],
        flows: Mapping[str, Array],
        step: float,
        values: Mapping[str, Array],
    ) -> None:
        """Check stocks and ledgers after the step that ended in `year`.

        `before` has the stocks at its start, `flows` the mean flows over it, `values` all names after it.
        """
        self._check_stocks(values, year)
        for name, ledger in self.model.ledgers.items():
            residuals = self._residuals(ledger, self.summed[name], before, flows, step, values)
            residual = float(np.max(residuals))
            self.residuals[name] = max(self.residuals[name], residual)
            if not residual <= LEDGER_TOLERANCE:
                broken = {
                    member: _unclosed(ledger, year, float(np.max(residuals[member])))
                    for member in _members(~(residuals <= LEDGER_TOLERANCE))
                }
                raise LedgerError(_unclosed(ledger, year, residual), broken)

    def _residuals(
        self,
        ledger: Ledger,
        summed: tuple[int, ...],
        before: Mapping[str, Array],
        flows: Mapping[str, Array],
        step: float,
        values: Mapping[str, Array],
    ) -> Array:
        change: Array | float = 0.0
        size: Array | float = 0.0
        for name in ledger.stocks:
            now = values[name].sum(axis=summed)
            change = change + (now - before[name].sum(axis=summed))
            size = size + now
        turnover: Array | float = 0.0
        for sign, names in ((1.0, ledger.inflows), (-1.0, ledger.outflows)):
            for name in names:
                amount = step * flows[name].sum(axis=summed)
                change = change - sign * amount
                turnover = turnover + abs(amount)
        return np.asarray(np.abs(change) / np.maximum(np.maximum(size, turnover), np.finfo(float).tiny))

    def _check_stocks(self, values: Mapping[str, Array], year: float) -> None:
        for name, stock in self.model.stocks.items():
            value = values[name]
            low = value.min() if stock.non_negative else 0.0
            if low >= -ROUNDING * self.scales[name] and np.isfinite(value.sum()):
                continue
            bad = ~np.isfinite(value)
            if not bad.any():
                bad = value < -ROUNDING * self.scales[name]
            places = np.argwhere(bad)
            broken = {k: self._describe(name, value, places[places[:, 0] == k][0], year, values) for k in _members(bad)}
            raise SimulationError(
                self._describe(name, value, places[0], year, values, f"member {self.first_member + int(places[0][0])}"),
                broken,
            )

    def _describe(
        self, name: str, value: Array, at: Array, year: float, values: Mapping[str, Array], member: str = ""
    ) -> str:
        where = [f"{axis} {self.model.labels[axis][int(at[position(axis)])]}" for axis in self.model.stocks[name].over]
        when = "at the start" if np.isnan(year) else f"in {year:g}"
        found = value[tuple(int(k) for k in at)]
        places = ", ".join([*where, member] if member else where)
        text = f"the stock '{name}' is {found:g} {when}" + (f" ({places})" if places else "")
        for equation in self.model.equations.values():
            here = values[equation.name]
            if not np.isfinite(here[int(at[0]) if len(here) > 1 else 0]).all():
                return f"{text}; the first value that is not finite is '{equation.name}' ({equation.place})"
        return f"{text} ({self.model.stocks[name].place})"


def _unclosed(ledger: Ledger, year: float, residual: float) -> str:
    return (
        f"the ledger '{ledger.name}' does not close in the step to {year:g}: relative residual {residual:.3g}, "
        f"allowed {LEDGER_TOLERANCE:g} ({ledger.place})"
    )


def _members(bad: NDArray[np.bool_]) -> tuple[int, ...]:
    """The members, which are the leading axis, with anything bad in them."""
    return tuple(int(member) for member in np.unique(np.argwhere(bad)[:, 0]))
