"""An equation as mathematics, from its syntax tree: indices for axes, sums, fractions; a pen puts it into a format."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from regionsim.language.axes import AXES, LABELS
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Stock
from regionsim.language.syntax import expression

# The letter that stands for an element of each axis.
LETTERS = {
    "county": "i",
    "destination": "j",
    "hub": "h",
    "hub_group": "g",
    "cluster": "k",
    "reach": "n",
    "agreement": "m",
    "residence": "r",
    "sector": "s",
    "technology": "e",
    "cohort": "a",
}
# A fraction cannot be broken over lines: what is longer than this is divided in the line.
LONGEST_IN_FRACTION = 55
SUM, PRODUCT, ATOM = 1, 2, 3
COMPARISONS = {ast.Lt: "<", ast.Gt: ">", ast.LtE: "≤", ast.GtE: "≥"}
WORDS = {"minimum": "min", "maximum": "max", "exp": "exp", "log": "ln"}

Indices = Mapping[str, str]  # what each axis in sight is indexed by: a letter, or the label of an element


@dataclass(frozen=True)
class Piece:
    """A part of an equation in a format, and how tightly it holds together."""

    text: str
    holds: int = ATOM


class Pen(ABC):
    """How each form of mathematics is written in a format. Texts that come in are already in it."""

    @abstractmethod
    def name(self, name: str, indices: tuple[str, ...], *, at_start: bool) -> str: ...
    @abstractmethod
    def plain(self, text: str) -> str: ...
    @abstractmethod
    def binary(self, left: str, sign: str, right: str) -> str: ...
    @abstractmethod
    def negative(self, operand: str) -> str: ...
    @abstractmethod
    def fraction(self, above: str, below: str) -> str: ...
    @abstractmethod
    def power(self, base: str, exponent: str) -> str: ...
    @abstractmethod
    def root(self, radicand: str) -> str: ...
    @abstractmethod
    def sum(self, index: str, summand: str) -> str: ...
    @abstractmethod
    def call(self, function: str, arguments: list[str]) -> str: ...
    @abstractmethod
    def brackets(self, inner: str) -> str: ...
    @abstractmethod
    def guarded(self, quotient: str, otherwise: str) -> str: ...
    @abstractmethod
    def cases(self, cases: list[tuple[str, str]]) -> str: ...
    @abstractmethod
    def condition(self, left: str, sign: str, right: str) -> str: ...
    @abstractmethod
    def otherwise(self) -> str: ...
    @abstractmethod
    def rate_of_change(self, stock: str) -> str: ...


@dataclass(frozen=True)
class Typesetter:
    """Puts equations into type with a pen. `over` says which axes each name of the model has."""

    pen: Pen
    over: Mapping[str, tuple[str, ...]]

    def equation(self, equation: Equation) -> list[tuple[str, str]]:
        """Both sides, once; or once for each element of an axis whose elements have texts of their own."""
        node = expression(equation)
        plain = {axis: LETTERS[axis] for axis in equation.over}
        settings: list[dict[str, str]] = [plain]
        for axis in _told_apart(node, equation.over):
            settings = [{**setting, axis: label} for setting in settings for label in LABELS[axis]]
        return [(self._name(equation.name, setting), self._set(node, setting).text) for setting in settings]

    def stock(self, stock: Stock) -> list[tuple[str, str]]:
        """The rate of change and the starting value."""
        indices = {axis: LETTERS[axis] for axis in stock.over}
        flows = [("+", flow) for flow in stock.inflows] + [("−", flow) for flow in stock.outflows]
        # Inflows stand first: only a stock without them begins with a minus.
        change = self._name(stock.inflows[0], indices) if stock.inflows else ""
        for sign, flow in flows[len(stock.inflows[:1]) :]:
            said = self._name(flow, indices)
            change = self.pen.binary(change, sign, said) if change else self.pen.negative(said)
        start = stock.initial
        began = self.pen.plain(str(start)) if isinstance(start, int) else self._name(start, indices)
        return [
            (self.pen.rate_of_change(self._name(stock.name, indices)), change or self.pen.plain("0")),
            (self.pen.name(stock.name, _of(stock.over, indices), at_start=True), began),
        ]

    def _name(self, name: str, indices: Indices) -> str:
        at_start = name not in self.over and name not in CLOCK
        base = name.removeprefix(INITIAL) if at_start else name
        return self.pen.name(base, _of(self.over.get(base, ()), indices), at_start=at_start)

    def _set(self, node: ast.expr, indices: Indices) -> Piece:
        match node:
            case ast.Name(id=name):
                return Piece(self._name(name, indices))
            case ast.Constant(value=value):
                return Piece(self.pen.plain(f"{value:g}" if isinstance(value, int | float) else str(value)))
            case ast.UnaryOp(operand=operand):
                return Piece(self.pen.negative(self._held(operand, indices, PRODUCT)), SUM)
            case ast.BinOp():
                return self._operation(node, indices)
            case ast.Call(func=ast.Name(id=function), args=args, keywords=keywords):
                return self._call(function, args, keywords, indices)
        raise AssertionError(ast.dump(node))

    def _held(self, node: ast.expr, indices: Indices, tightly: int) -> str:
        """A part that is to hold at least so tightly, in brackets where it does not."""
        piece = self._set(node, indices)
        return piece.text if piece.holds >= tightly else self.pen.brackets(piece.text)

    def _operation(self, node: ast.BinOp, indices: Indices) -> Piece:
        left, right = node.left, node.right
        match node.op:
            case ast.Add():
                said = self.pen.binary(self._set(left, indices).text, "+", self._added(right, indices))
                return Piece(said, SUM)
            case ast.Sub():
                said = self.pen.binary(self._set(left, indices).text, "−", self._held(right, indices, PRODUCT))
                return Piece(said, SUM)
            case ast.Mult():
                # A minus that begins a product needs no brackets of its own, but the product then does.
                begins_negative = _begins_negative(left)
                first = self._held(left, indices, SUM if begins_negative else PRODUCT)
                said = self.pen.binary(first, "·", self._held(right, indices, PRODUCT))
                return Piece(said, SUM if begins_negative else PRODUCT)
            case ast.Div():
                return self._quotient(left, right, indices)
        base = self._held(left, indices, ATOM)
        return Piece(self.pen.power(base, self._set(right, indices).text))

    def _added(self, node: ast.expr, indices: Indices) -> str:
        """What follows a plus: a sum needs no brackets there, a part that begins with a minus does."""
        piece = self._set(node, indices)
        return self.pen.brackets(piece.text) if _begins_negative(node) else piece.text

    def _quotient(self, above: ast.expr, below: ast.expr, indices: Indices) -> Piece:
        if max(len(ast.unparse(above)), len(ast.unparse(below))) <= LONGEST_IN_FRACTION:
            said = self.pen.fraction(self._set(above, indices).text, self._set(below, indices).text)
        else:
            said = self.pen.binary(self._held(above, indices, PRODUCT), "/", self._held(below, indices, ATOM))
        return Piece(said, PRODUCT)

    def _call(self, function: str, args: list[ast.expr], keywords: list[ast.keyword], indices: Indices) -> Piece:
        match function:
            case "total":
                axis = _word(args[1])
                letter = LETTERS[axis] + "′" * (axis in indices)
                said = self.pen.sum(letter, self._held(args[0], {**indices, axis: letter}, PRODUCT))
                return Piece(said, SUM)
            case "arrivals":
                origin = LETTERS["county"] + "′"
                movers = self._held(args[0], {**indices, "county": origin}, PRODUCT)
                share = {**indices, "county": origin, "destination": indices["county"]}
                return Piece(
                    self.pen.sum(origin, self.pen.binary(movers, "·", self._held(args[1], share, PRODUCT))), SUM
                )
            case "select":
                return self._set(args[0], {**indices, _word(args[1]): _word(args[2])})
            case "at_destination":
                return self._set(args[0], {**indices, "county": indices["destination"]})
            case "along":
                return self._along(_word(args[0]), keywords, indices)
            case "where":
                return Piece(self._where(args, indices))
            case "ratio":
                quotient = self._quotient(args[0], args[1], indices).text
                return Piece(self.pen.guarded(quotient, self._set(args[2], indices).text))
            case "sqrt":
                return Piece(self.pen.root(self._set(args[0], indices).text))
            case "lookup":
                table = args[0]
                assert isinstance(table, ast.Name)
                return Piece(self.pen.call(self._name(table.id, indices), [self._set(args[1], indices).text]))
        return Piece(self.pen.call(self.pen.plain(WORDS[function]), [self._set(part, indices).text for part in args]))

    def _along(self, axis: str, keywords: list[ast.keyword], indices: Indices) -> Piece:
        for keyword in keywords:
            if indices[axis] == keyword.arg:
                return self._set(keyword.value, indices)
        cases = []
        for keyword in keywords:
            label = self.pen.plain(str(keyword.arg))
            condition = self.pen.condition(self.pen.plain(indices[axis]), "=", label)
            cases.append((self._set(keyword.value, indices).text, condition))
        return Piece(self.pen.cases(cases))

    def _where(self, args: list[ast.expr], indices: Indices) -> str:
        comparison = args[0]
        assert isinstance(comparison, ast.Compare)
        sides = [self._set(side, indices).text for side in (comparison.left, comparison.comparators[0])]
        condition = self.pen.condition(sides[0], COMPARISONS[type(comparison.ops[0])], sides[1])
        value, other = (self._set(part, indices).text for part in args[1:])
        return self.pen.cases([(value, condition), (other, self.pen.otherwise())])


def _begins_negative(node: ast.expr) -> bool:
    """Whether the text of an expression begins with a minus; a quotient hides it in its fraction."""
    while isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Div | ast.Pow):
        node = node.left
    return isinstance(node, ast.UnaryOp)


def _told_apart(node: ast.expr, over: tuple[str, ...]) -> tuple[str, ...]:
    """The axes of an equation whose elements its text tells apart."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    named = {_word(call.args[0]) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "along"}
    return tuple(axis for axis in over if axis in named)


def _word(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value


def _of(over: tuple[str, ...], indices: Indices) -> tuple[str, ...]:
    return tuple(indices[axis] for axis in AXES if axis in over)


def equation_lines(typesetter: Typesetter, declaration: Stock | Equation | None) -> list[tuple[str, str]]:
    """Both sides of each line that says what a name is; none for a name without an equation."""
    if isinstance(declaration, Stock):
        return typesetter.stock(declaration)
    return [] if declaration is None else typesetter.equation(declaration)
