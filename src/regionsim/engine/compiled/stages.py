"""How the stocks move over a step, as loops: by the flows, or by their means over the stages of the step."""

from __future__ import annotations

from collections.abc import Mapping

from regionsim.engine.compile import Model
from regionsim.engine.compiled.loops import STEP, Call, Memory, Nest, Node, Number, Place, each, element
from regionsim.engine.compiled.text import ModuleWriter
from regionsim.engine.integrate import STAGES, Method


def flows_of(model: Model) -> list[str]:
    """What stocks and ledgers read, each once."""
    flows = [flow for stock in model.stocks.values() for flow in stock.inflows + stock.outflows]
    flows += [flow for ledger in model.ledgers.values() for flow in ledger.inflows + ledger.outflows]
    return list(dict.fromkeys(flows))


class Stages:
    """`means` has the place of what each flow was over the step."""

    def __init__(self, model: Model, places: Mapping[str, Place], memory: Memory, method: Method) -> None:
        self.model, self.places = model, places
        self.shares = STAGES[method]
        self.means = {flow: places[flow] for flow in flows_of(model)}
        self.origins = {name: places[name] for name in model.stocks}
        if len(self.shares) > 1:
            self.means = {flow: memory.take(places[flow].over) for flow in self.means}
            self.origins = {name: memory.take(places[name].over) for name in model.stocks}

    def write(self, module: ModuleWriter) -> None:
        """Of several stages, add `enter.k`, which moves the stocks to stage k, and `leave.k`, which adds its flows."""
        if len(self.shares) == 1:
            return
        for k, (share, into) in enumerate(self.shares):
            entered = [each(origin, element(self.places[name])) for name, origin in self.origins.items()]
            if k:
                entered = [self._inside(name, into) for name in self.model.stocks]
            module.function(f"enter.{k}", entered)
            module.function(f"leave.{k}", [self._added(flow, k, share) for flow in self.means])

    def _added(self, flow: str, k: int, share: float) -> Nest:
        mean, value = self.means[flow], Call("*", (Number(share), element(self.places[flow])))
        return each(mean, Call("+", (element(mean), value)) if k else value)

    def _inside(self, name: str, into: float) -> Nest:
        stock = self.model.stocks[name]
        net: Node = Number(0.0)
        for sign, flows in (("+", stock.inflows), ("-", stock.outflows)):
            for flow in flows:
                net = Call(sign, (net, element(self.places[flow])))
        span = Call("*", (Number(into), element(self.places[STEP])))
        return each(self.places[name], Call("+", (element(self.origins[name]), Call("*", (span, net)))))

    def moved(self, name: str) -> list[Nest]:
        """What moves a stock over the step."""
        stock, origin = self.model.stocks[name], element(self.origins[name])
        change: Node | None = None
        for flow in stock.inflows:
            value = element(self.means[flow])
            change = value if change is None else Call("+", (change, value))
        for flow in stock.outflows:
            value = element(self.means[flow])
            change = Call("negative", (value,)) if change is None else Call("-", (change, value))
        if change is None:
            return [] if self.origins[name] == self.places[name] else [each(self.places[name], origin)]
        moved = Call("+", (origin, Call("*", (element(self.places[STEP]), change))))
        return [each(self.places[name], moved)]
