"""What must hold after every step, as loops: stocks finite and not negative, ledgers closed (see engine/guard.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import float_info

from regionsim.engine.compile import Model
from regionsim.engine.compiled.loops import (
    BROKEN,
    STEP,
    Call,
    Choice,
    Memory,
    Nest,
    Node,
    Number,
    Place,
    each,
    element,
    joined,
)
from regionsim.engine.compiled.text import ModuleWriter
from regionsim.engine.guard import LEDGER_TOLERANCE, ROUNDING
from regionsim.language.declarations import Ledger


class Accounts:
    """Counts in `broken` what does not hold: it is 0, or something is wrong.

    `residuals` has the place of each ledger's largest residual.
    """

    def __init__(self, model: Model, places: Mapping[str, Place], means: Mapping[str, Place], memory: Memory) -> None:
        self.model, self.places, self.means, self.memory = model, places, means, memory
        self.broken = places[BROKEN]
        self.totals = {name: memory.take(()) for name in model.stocks}
        self.least = {name: memory.take(()) for name in model.stocks}
        self.largest = {name: memory.take(()) for name in model.ledgers}
        self.limits = {name: memory.take(()) for name in model.stocks}
        self.residuals = {name: memory.take(()) for name in model.ledgers}
        # The sums of a ledger's stocks after the step before.
        self.sums = {
            (name, stock): memory.take(ledger.over) for name, ledger in model.ledgers.items() for stock in ledger.stocks
        }

    def write_opening(self, module: ModuleWriter) -> None:
        """Add `open`, to be called after the start."""
        opening: list[Nest] = [each(self.broken, Number(0.0))]
        for name, limit in self.limits.items():
            opening += self._limit(name, limit)
        opening += [each(residual, Number(0.0)) for residual in self.residuals.values()]
        opening += [nest for name in self.limits for nest in self.check(name)]
        opening += [self._sum(stock, place) for (_, stock), place in self.sums.items()]
        module.function("open", [*opening, self._counted(map(self._wrong, self.limits))])

    def closing(self) -> list[Nest]:
        """What is done after each step, when all stocks have been checked."""
        nests: list[Nest] = []
        wrong = [self._wrong(name) for name in self.limits]
        for name, ledger in self.model.ledgers.items():
            nests += self._ledger(name, ledger)
            largest = element(self.largest[name])
            wrong.append(Choice("<=", largest, Number(LEDGER_TOLERANCE), Number(0.0), Number(1.0)))
        return [*nests, self._counted(wrong)]

    def _limit(self, name: str, limit: Place) -> list[Nest]:
        if not self.model.stocks[name].non_negative:
            return [each(limit, Number(-float_info.max))]
        stock = self.places[name]
        largest = joined(limit, stock, Call("magnitude", (element(stock),)), "maximum")
        return [largest, each(limit, Call("*", (Number(-ROUNDING), element(limit))))]

    def check(self, name: str) -> list[Nest]:
        """What `_wrong` of a stock is seen from: its total, which is finite if all is, and its least element."""
        stock = self.places[name]
        return [
            joined(self.totals[name], stock, element(stock)),
            joined(self.least[name], stock, element(stock), "least"),
        ]

    def _wrong(self, name: str) -> Node:
        # What is finite is 0 times itself; what is not makes no number of it, which is not 0 either.
        nothing = Call("*", (element(self.totals[name]), Number(0.0)))
        return Choice(">=", element(self.least[name]), element(self.limits[name]), nothing, Number(1.0))

    def _counted(self, numbers: Iterable[Node]) -> Nest:
        found: Node = element(self.broken)
        for number in numbers:
            found = Call("+", (found, number))
        return each(self.broken, found)

    def _working(self, ledger: Ledger) -> dict[str, Place]:
        """Places of what is formed anew in each step: the sums of stocks and flows, and the residuals."""
        names = (*ledger.stocks, *ledger.inflows, *ledger.outflows)
        return {name: self.memory.take(ledger.over) for name in dict.fromkeys(names)} | {
            "": self.memory.take(ledger.over)
        }

    def _sum(self, stock: str, target: Place) -> Nest:
        if not target.over:  # known from the check
            return each(target, element(self.totals[stock]))
        return joined(target, self.places[stock], element(self.places[stock]))

    def _ledger(self, name: str, ledger: Ledger) -> list[Nest]:
        working, residual = self._working(ledger), self.residuals[name]
        nests = [self._sum(stock, working[stock]) for stock in ledger.stocks]
        change: Node = Number(0.0)
        size: Node = Number(0.0)
        for stock in ledger.stocks:
            now = element(working[stock])
            change = Call("+", (change, Call("-", (now, element(self.sums[name, stock])))))
            size = Call("+", (size, now))
        turnover: Node = Number(0.0)
        for sign, flows in (("-", ledger.inflows), ("+", ledger.outflows)):
            for flow in flows:
                mean = self.means[flow]
                nests.append(joined(working[flow], mean, element(mean)))
                amount = Call("*", (element(self.places[STEP]), element(working[flow])))
                change = Call(sign, (change, amount))
                turnover = Call("+", (turnover, Call("magnitude", (amount,))))
        largest = Call("maximum", (Call("maximum", (size, turnover)), Number(float_info.min)))
        nests.append(each(working[""], Call("/", (Call("magnitude", (change,)), largest))))
        nests.append(joined(self.largest[name], working[""], element(working[""]), "maximum"))
        nests.append(each(residual, Call("maximum", (element(residual), element(self.largest[name])))))
        return nests + [each(self.sums[name, stock], element(working[stock])) for stock in ledger.stocks]
