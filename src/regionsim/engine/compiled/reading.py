"""The compiled reading of an equation: its tree as loops, each part formed once and over its own axes only."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from math import prod

from regionsim.engine.compiled.arithmetic import MOST_POWERS
from regionsim.engine.compiled.loops import (
    Call,
    Choice,
    Index,
    Lookup,
    Loop,
    Memory,
    Nest,
    Node,
    Number,
    Place,
    Read,
    each,
    element,
    read,
)
from regionsim.language.axes import LABELS, ordered
from regionsim.language.declarations import Equation
from regionsim.language.functions import Axes
from regionsim.language.readings import axes_of
from regionsim.language.syntax import expression

At = Mapping[str, Index]

# From so many elements on a long function has a loop of its own, where the processor is at several of them at once.
ALONE = 8
# A sum along so few elements is written out where it stands; a longer one is a loop of its own.
WRITTEN_OUT = 4
ORIGIN = "origin"
SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "power"}
COMPARISONS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.Gt: ">", ast.LtE: "<=", ast.GtE: ">="}
# Functions of single numbers: the printer has an operation of the same name.
PLAIN = frozenset({"minimum", "maximum", "exp", "log", "sqrt", "ratio"})
# All that is read here.
READ = PLAIN | {"where", "total", "select", "along", "at_destination", "arrivals", "lookup"}


class Reading:
    """Reads one equation into `nests`; what it forms on the way stands behind the given memory."""

    def __init__(self, places: Mapping[str, Place], tables: Mapping[str, tuple[Place, Place]], memory: Memory) -> None:
        self.places, self.tables, self.memory = places, tables, memory
        self.axes: dict[str, Axes] = {name: frozenset(place.over) for name, place in places.items()}
        self.axes |= dict.fromkeys(tables, frozenset())
        self.nests: list[Nest] = []
        self.formed: dict[tuple[str, tuple[tuple[str, Index], ...]], Place] = {}

    def read(self, equation: Equation) -> list[Nest]:
        """The loops, in their order, that set the equation's place."""
        self.assign(self.places[equation.name], {}, expression(equation))
        return self.nests

    def assign(self, place: Place, fixed: At, node: ast.expr) -> None:
        """Set the part of an array that the `fixed` indices leave to the value of an expression."""
        left = frozenset(place.over) - set(fixed)
        whole = axes_of(node, self.axes) - set(fixed) == left  # else it is spread over the axes that it lacks
        match node:
            case ast.Call(func=ast.Name(id="along"), args=[ast.Constant(value=axis)], keywords=keywords) if (
                axis in left
            ):
                for k, keyword in enumerate(keywords):
                    self.assign(place, {**fixed, str(axis): k}, keyword.value)
            case ast.Call(func=ast.Name(id="arrivals"), args=[movers, share]) if whole:
                self._arrivals(place, fixed, movers, share)
            case ast.Call(func=ast.Name(id="total"), args=[values, ast.Constant(value=axis)]) if (
                whole and self._is_long(axis)
            ):
                axes = ordered(axes_of(values, self.axes))
                at = {axis: fixed.get(axis, axis) for axis in axes}
                self._nest(place, fixed, at, lambda width: self.value(values, at, width), frozenset({str(axis)}))
            case _:
                spread: At = {**fixed, **{axis: axis for axis in place.over if axis in left}}
                self._nest(place, fixed, spread, lambda width: self.value(node, spread, width))

    def _nest(
        self,
        place: Place,
        fixed: At,
        at: At,
        value: Callable[[frozenset[str]], Node],
        joined: frozenset[str] = frozenset(),
    ) -> None:
        variables = [index for index in at.values() if isinstance(index, str)]
        loops = tuple(Loop(name, self._size(name)) for name in variables)
        target = read(place, {axis: fixed.get(axis, axis) for axis in place.over})
        # What the value needs is formed before it.
        node = value(frozenset(variables))
        self.nests.append(Nest(loops, target, node, joined))

    def _arrivals(self, place: Place, fixed: At, movers: ast.expr, share: ast.expr) -> None:
        """Sum over origins; the destination takes the place of the county."""
        axes = ordered(axes_of(movers, self.axes) | axes_of(share, self.axes) - {"destination"})
        rest = {axis: fixed.get(axis, axis) for axis in axes if axis != "county"}
        at: At = {"county": "county", ORIGIN: ORIGIN, **rest}
        at_origin: At = {**rest, "county": ORIGIN}
        between: At = {**at_origin, "destination": "county"}

        def value(width: frozenset[str]) -> Node:
            return Call("*", (self.value(movers, at_origin, width), self.value(share, between, width)))

        self._nest(place, fixed, at, value, frozenset({ORIGIN}))

    def value(self, node: ast.expr, at: At, width: frozenset[str]) -> Node:
        """The value of an expression inside loops of the variables `width`, `at` an index along each of its axes.

        What does not change along all the loops is formed before them, over its own axes.
        """
        if _is_leaf(node):
            return self._leaf(node, at)
        if self._free(node, at) != width or self._stands_alone(node, at):
            return self._form(node, at)
        if self._is_costly(node, at):
            return self._form_in_one_loop(node, at)
        match node:
            case ast.BinOp(op=ast.Mult()) if len(powers := self._powers(node, at, width)) > 1:
                found: Node = self._raised(powers, at)
                for factor in (factor for factor in _factors(node) if factor not in powers):
                    found = Call("*", (self.value(factor, at, width), found))
                return found
            case ast.BinOp(left=left, op=operator, right=right):
                return Call(SIGNS[type(operator)], (self.value(left, at, width), self.value(right, at, width)))
            case ast.UnaryOp(operand=operand):
                return Call("negative", (self.value(operand, at, width),))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                return self._call(name, args, keywords, at, width)
        raise AssertionError(ast.dump(node))

    def _call(
        self, name: str, args: list[ast.expr], keywords: list[ast.keyword], at: At, width: frozenset[str]
    ) -> Node:
        match name, args:
            case "where", [ast.Compare(left=left, ops=[operator], comparators=[right]), then, otherwise]:
                parts = (self.value(part, at, width) for part in (left, right, then, otherwise))
                return Choice(COMPARISONS[type(operator)], *parts)
            case "total", [values, ast.Constant(value=axis)]:
                terms = [self.value(values, {**at, str(axis): k}, width) for k in range(self._size(str(axis)))]
                found = terms[0]
                for term in terms[1:]:
                    found = Call("+", (found, term))
                return found
            case "select", [values, ast.Constant(value=axis), ast.Constant(value=label)]:
                return self.value(values, {**at, str(axis): LABELS[str(axis)].index(str(label))}, width)
            case "along", [ast.Constant(value=axis)]:
                index = at[str(axis)]
                assert isinstance(index, int)
                return self.value(keywords[index].value, at, width)
            case "at_destination", [values]:
                return self.value(values, _at_destination(at), width)
            case "lookup", [ast.Name(id=table), argument]:
                return Lookup(*self.tables[table], self.value(argument, at, width))
        if name not in PLAIN:
            raise AssertionError(f"'{name}' has no compiled reading")
        return Call(name, tuple(self.value(part, at, width) for part in args))

    def _leaf(self, node: ast.expr, at: At) -> Node:
        match node:
            case ast.Constant(value=value):
                return Number(float(value))  # type: ignore[arg-type]
            case ast.Name(id=name):
                return read(self.places[name], at)
            case ast.Call(func=ast.Name(id="select")):
                axis, label = (str(part.value) for part in node.args[1:] if isinstance(part, ast.Constant))
                return self._leaf(node.args[0], {**at, axis: LABELS[axis].index(label)})
            case ast.Call():
                return self._leaf(node.args[0], _at_destination(at))
        raise AssertionError(ast.dump(node))

    def _free(self, node: ast.expr, at: At) -> frozenset[str]:
        """The variables of the loops along which an expression changes."""
        return frozenset(index for axis in axes_of(node, self.axes) if isinstance(index := at[axis], str))

    def _stands_alone(self, node: ast.expr, at: At) -> bool:
        """Whether an expression is formed by loops of its own wherever it stands."""
        match node:
            case ast.Call(func=ast.Name(id="total"), args=[_, ast.Constant(value=axis)]):
                return self._is_long(axis)
            case ast.Call(func=ast.Name(id="along"), args=[ast.Constant(value=axis)]):
                return isinstance(at[str(axis)], str)
            case ast.Call(func=ast.Name(id=name)):
                return name == "arrivals"
        return False

    def _form(self, node: ast.expr, at: At) -> Read:
        """The expression formed before the loops, over those of its axes that have no fixed index."""
        axes = ordered(axes_of(node, self.axes))
        fixed = {axis: index for axis in axes if isinstance(index := at[axis], int)}
        key = ast.dump(node), tuple(fixed.items())
        place = self.formed.get(key)
        if place is None:
            place = self.memory.take(axis for axis in axes if axis not in fixed)
            self.assign(place, fixed, node)
            self.formed[key] = place
        return read(place, at)

    def _is_costly(self, node: ast.expr, at: At) -> bool:
        """Whether an expression is a long function of many elements."""
        match node:
            case ast.Call(func=ast.Name(id="exp" | "log")):
                pass
            case _ if not _is_power(node):
                return False
        free = [axis for axis in ordered(axes_of(node, self.axes)) if isinstance(at[axis], str)]
        return prod(self._size(axis) for axis in free) >= ALONE

    def _powers(self, product: ast.expr, at: At, width: frozenset[str]) -> list[ast.expr]:
        """The factors of a product that are powers of as many elements as it has: one exponential does for some."""
        powers = [factor for factor in _factors(product) if _is_power(factor) and self._is_costly(factor, at)]
        return [power for power in powers if self._free(power, at) == width][:MOST_POWERS]

    def _form_in_one_loop(self, node: ast.expr, at: At) -> Read:
        """A long function formed before the loops, in one over all its elements: its arguments are spread for it."""
        if _is_power(node):
            return self._raised([node], at)
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        name, argument = node.func.id, node.args[0]
        return self._formed(name, [node], at, lambda fixed, free: Call(name, (self._spread(argument, fixed, free),)))

    def _raised(self, powers: Sequence[ast.expr], at: At) -> Read:
        """The product of some powers, by one exponential of what the logarithms of their bases add up to."""

        def value(fixed: At, free: tuple[str, ...]) -> Node:
            arguments: list[Node] = []
            for power in powers:
                assert isinstance(power, ast.BinOp)
                own = tuple(axis for axis in free if axis in axes_of(power.left, self.axes))
                base, logarithm = self._spread(power.left, fixed, own), self.memory.take(own)
                self.nests.append(each(logarithm, Call("log", (Call("magnitude", (base,)),))))
                exponent = self._spread(power.right, fixed, free)
                arguments += self._widened(base, own, free), exponent, self._widened(element(logarithm), own, free)
            return Call("raised", tuple(arguments))

        return self._formed("raised", powers, at, value)

    def _widened(self, value: Node, own: tuple[str, ...], free: tuple[str, ...]) -> Node:
        """What stands over its own axes, over all that are free: as it is where it has them or none of them."""
        if own in ((), free):
            return value
        place = self.memory.take(free)
        self.nests.append(each(place, value))
        return element(place)

    def _formed(
        self, name: str, nodes: Sequence[ast.expr], at: At, value: Callable[[At, tuple[str, ...]], Node]
    ) -> Read:
        """What a function makes of expressions, in loops of its own over their axes that have no fixed index."""
        axes = ordered(frozenset[str]().union(*(axes_of(node, self.axes) for node in nodes)))
        fixed = {axis: index for axis in axes if isinstance(index := at[axis], int)}
        key = " ".join([name, *map(ast.dump, nodes)]), tuple(fixed.items())
        if key not in self.formed:
            free = tuple(axis for axis in axes if axis not in fixed)
            place = self.memory.take(free)
            self.nests.append(each(place, value(fixed, free)))
            self.formed[key] = place
        return read(self.formed[key], at)

    def _spread(self, node: ast.expr, fixed: At, free: tuple[str, ...]) -> Node:
        """An expression over all the `free` axes: as it is where it has them or none of them."""
        found = axes_of(node, self.axes) - set(fixed)
        if not found:
            return self._leaf(node, fixed) if _is_leaf(node) else self._form(node, fixed)
        if isinstance(node, ast.Name) and self.places[node.id].over == free:
            return element(self.places[node.id])
        place = self.memory.take(free)
        self.assign(place, fixed, node)
        return element(place)

    def _size(self, variable: str) -> int:
        return self.memory.sizes["county" if variable == ORIGIN else variable]

    def _is_long(self, axis: object) -> bool:
        return self._size(str(axis)) > WRITTEN_OUT


def _is_power(node: ast.expr) -> bool:
    """Whether it takes an exponential and a logarithm."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and not isinstance(node.right, ast.Constant)


def _factors(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _factors(left) + _factors(right)
    return [node]


def _is_leaf(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Call(func=ast.Name(id="select" | "at_destination"), args=[values, *_]):
            return not isinstance(values, ast.Constant) and _is_leaf(values)
    return False


def _at_destination(at: At) -> At:
    return {**at, "county": at["destination"]}
