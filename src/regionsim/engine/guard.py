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
    """A run that had to stop: which variable, where, in which member and year, and what was not finite first."""


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
            residual = self._residual(ledger, self.summed[name], before, flows, step, values)
            self.residuals[name] = max(self.residuals[name], residual)
            if not residual <= LEDGER_TOLERANCE:
                raise LedgerError(
                    f"the ledger '{name}' does not close in the step to {year:g}: relative residual {residual:.3g}, "
                    f"allowed {LEDGER_TOLERANCE:g} ({ledger.place})"
                )

    def _residual(
        self,
        ledger: Ledger,
        summed: tuple[int, ...],
        before: Mapping[str, Array],
        flows: Mapping[str, Array],
        step: float,
        values: Mapping[str, Array],
    ) -> float:
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
        largest = np.max(np.abs(change) / np.maximum(np.maximum(size, turnover), np.finfo(float).tiny))
        return float(largest)

    def _check_stocks(self, values: Mapping[str, Array], year: float) -> None:
        for name, stock in self.model.stocks.items():
            value = values[name]
            low = value.min() if stock.non_negative else 0.0
            if low >= -ROUNDING * self.scales[name] and np.isfinite(value.sum()):
                continue
            bad = ~np.isfinite(value)
            if not bad.any():
                bad = value < -ROUNDING * self.scales[name]
            raise SimulationError(self._describe(name, value, np.argwhere(bad)[0], year, values))

    def _describe(self, name: str, value: Array, at: Array, year: float, values: Mapping[str, Array]) -> str:
        where = [f"{axis} {self.model.labels[axis][int(at[position(axis)])]}" for axis in self.model.stocks[name].over]
        when = "at the start" if np.isnan(year) else f"in {year:g}"
        found = value[tuple(int(k) for k in at)]
        member = self.first_member + int(at[0])
        text = f"the stock '{name}' is {found:g} {when} ({', '.join([*where, f'member {member}'])})"
        for equation in self.model.equations.values():
            if not np.isfinite(values[equation.name]).all():
                return f"{text}; the first value that is not finite is '{equation.name}' ({equation.place})"
        return f"{text} ({self.model.stocks[name].place})"
