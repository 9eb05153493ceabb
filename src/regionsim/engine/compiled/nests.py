"""Nests as LLVM text: their loops, their values, and what is joined along them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import prod

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS, intrinsic, number
from regionsim.engine.compiled.loops import Call, Choice, Lookup, Loop, Nest, Node, Number, Read, merged
from regionsim.engine.compiled.writer import Writer

INSTRUCTIONS = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
COMPARISONS = {"<": "olt", ">": "ogt", "<=": "ole", ">=": "oge"}
# A long sum is taken in so many parts, each in the order of its elements, which can then be added at once.
PARTS = 4
LONG = 8
# So many sums beside each other are taken at once: each has a register, and some are left for what is added.
BESIDE = 9
# So many must be beside each other for the processor not to wait for one of them.
ENOUGH = 8


class NestWriter:
    """Writes one nest into a function; `around` has the values of the variables of loops that it stands in.

    Where one of those is joined too, what is found within is joined to what the target holds.
    """

    def __init__(self, writer: Writer, nest: Nest, around: Mapping[str, str] | None = None, whole: bool = True) -> None:
        self.variables = dict(around or {})
        self.writer, self.nest = writer, merged(nest, self.variables) if whole else nest
        self.adds = not nest.joined.isdisjoint(self.variables)
        self.joined = self.nest.joined.difference(self.variables)
        self.scope = writer.scopes
        writer.scopes += 1

    def write(self) -> None:
        """The loops, from the outermost to what they do."""
        nest = self.nest
        last = nest.loops[-1].variable if nest.loops else ""
        if not self.joined:
            with self._loops(nest.loops):
                self.put_value()
        elif self.joined == {last}:
            with self._loops(nest.loops[:-1]):
                self._put(self._along(nest.loops[-1]))
        else:
            self._side_by_side()

    def write_nothing(self) -> None:
        """What is joined begins with 0."""
        with self._loops([loop for loop in self.nest.loops if loop.variable not in self.joined]):
            self._store(number(0.0))

    def put_value(self) -> None:
        """Set the target where the loops stand."""
        self._put(self._value(self.nest.value))

    def put_joined(self, slot: str) -> None:
        """Set the target to what has been joined in a register."""
        self._put(self.writer.new(f"load {NUMBERS}, ptr {slot}"))

    def _put(self, value: str) -> None:
        self._store(self._combined(self._load(self.nest.target), value) if self.adds else value)

    @contextmanager
    def _loops(self, loops: Sequence[Loop]) -> Iterator[None]:
        if not loops:
            yield
            return
        first, *rest = loops
        with self.writer.loop(first.size) as variable:
            self.variables[first.variable] = variable
            with self._loops(rest):
                yield

    def _along(self, loop: Loop) -> str:
        """The values joined along the innermost loop, in a register for each part of a long one."""
        writer, size = self.writer, loop.size
        parts = PARTS if size >= LONG else 1
        whole = size - size % parts
        slots = self.slots(parts)
        with writer.loop(whole, parts) as variable:
            for k, slot in enumerate(slots):
                self.variables[loop.variable] = self._beyond(variable, k)
                self.join(slot)
        for k in range(whole, size):
            self.variables[loop.variable] = str(k)
            self.join(slots[k - whole])
        sums = [writer.new(f"load {NUMBERS}, ptr {slot}") for slot in slots]
        while len(sums) > 1:
            sums = [self._combined(*sums[k : k + 2]) for k in range(0, len(sums), 2)]
        return sums[0]

    def _side_by_side(self) -> None:
        """Values joined along loops around those that stay: a block of neighbours at a time, in a register each."""
        kept = [loop for loop in self.nest.loops if loop.variable not in self.joined]
        around, block = kept[:-2], kept[-2:]
        widths = _widths([loop.size for loop in block])
        with self._loops(around):
            self._blocks(list(zip(block, widths, strict=True)), [{}])

    def _blocks(self, left: list[tuple[Loop, int]], places: list[dict[str, str]]) -> None:
        """Blocks along the loops that are left, beside each other the given values of the variables of those before."""
        if not left:
            self._joined_at(places)
            return
        (loop, width), *further = left
        whole = loop.size - loop.size % width

        def beside(values: Sequence[str]) -> list[dict[str, str]]:
            return [{**place, loop.variable: value} for place in places for value in values]

        with self.writer.loop(whole, width) as variable:
            self._blocks(further, beside([self._beyond(variable, k) for k in range(width)]))
        if whole < loop.size:
            self._blocks(further, beside([str(k) for k in range(whole, loop.size)]))

    def _joined_at(self, places: Sequence[dict[str, str]]) -> None:
        slots = self.slots(len(places))
        with self._loops([loop for loop in self.nest.loops if loop.variable in self.joined]):
            for place, slot in zip(places, slots, strict=True):
                self.variables |= place
                self.join(slot)
        for place, slot in zip(places, slots, strict=True):
            self.variables |= place
            self.put_joined(slot)

    def slots(self, count: int) -> list[str]:
        """So many registers, as LLVM makes of what only a function itself sees, with nothing joined in them yet."""
        slots = [self.writer.named("%slot") for _ in range(count)]
        self.writer.allocated += [f"  {slot} = alloca {NUMBERS}" for slot in slots]
        for slot in slots:
            self.writer.do(f"store {NUMBERS} {number(0.0)}, ptr {slot}")
        return slots

    def join(self, slot: str) -> None:
        """Join the value where the loops stand to what is in a register."""
        before = self.writer.new(f"load {NUMBERS}, ptr {slot}")
        match self.nest.value:
            case Call("*", (one, other)) if self.nest.by == "+":
                after = self._operation(intrinsic("fma"), [self._value(one), self._value(other), before])
            case value:
                after = self._combined(before, self._value(value))
        self.writer.do(f"store {NUMBERS} {after}, ptr {slot}")

    def _beyond(self, variable: str, k: int) -> str:
        return self.writer.new(f"add nuw nsw i64 {variable}, {k}") if k else variable

    def _combined(self, one: str, other: str) -> str:
        return self._operation(self.nest.by, [one, other])

    def _value(self, node: Node) -> str:
        writer = self.writer
        match node:
            case Number(value):
                return number(value)
            case Read():
                return self._load(node)
            case Call("power", (base, Number(2.0))):
                found = self._value(base)
                return writer.new(f"fmul {NUMBERS} {found}, {found}")
            case Call("power", (base, Number(0.5))):
                return self._operation("sqrt", [self._value(base)])
            case Call("power", (base, Number(1.0))):
                return self._value(base)
            case Call(function, arguments):
                return self._operation(function, [self._value(argument) for argument in arguments])
            case Choice(comparison, left, right, then, otherwise):
                one, other = self._value(left), self._value(right)
                holds = writer.new(f"fcmp {COMPARISONS[comparison]} {NUMBERS} {one}, {other}")
                found, instead = self._value(then), self._value(otherwise)
                return writer.new(f"select {TRUTHS} {holds}, {NUMBERS} {found}, {NUMBERS} {instead}")
            case Lookup(arguments, values, argument):
                at = self._value(argument)
                xs, ys = writer.address(arguments.offset), writer.address(values.offset)
                return writer.new(f"call {NUMBERS} @lookup(ptr {xs}, ptr {ys}, i64 {arguments.size}, {NUMBERS} {at})")

    def _operation(self, name: str, arguments: list[str]) -> str:
        if name == "raised":  # each power has a base, an exponent and a logarithm
            name = f"raised{len(arguments) // 3}"
        if name in INSTRUCTIONS:
            return self.writer.new(f"{INSTRUCTIONS[name]} {NUMBERS} {', '.join(arguments)}")
        return self.writer.new(f"call {NUMBERS} @{name}({', '.join(f'{NUMBERS} {value}' for value in arguments)})")

    def _load(self, node: Read) -> str:
        at = self._address(node)
        # What is read is not what is written: this lets the compiler keep it, and do several elements at once.
        apart = "" if node.place == self.nest.target.place else f", !noalias !{2 + 2 * self.scope}"
        return self.writer.new(f"load {NUMBERS}, ptr {at}, align {8 * LANES}{apart}")

    def _store(self, value: str) -> None:
        at = self._address(self.nest.target)
        self.writer.do(f"store {NUMBERS} {value}, ptr {at}, align {8 * LANES}, !alias.scope !{2 + 2 * self.scope}")

    def _address(self, node: Read) -> str:
        return self.writer.address(node.offset, [(self.variables[name], stride) for name, stride in node.moved])


def _widths(sizes: Sequence[int]) -> list[int]:
    """How many elements along the last two loops are done beside each other.

    A block reads as many as its sides are long, for as many sums as it is large.
    """
    inner = sizes[-1] if sizes else 1
    if len(sizes) < 2:
        return [-(-size // -(-size // BESIDE)) for size in sizes]
    shapes = [(a, b) for a in range(1, sizes[0] + 1) for b in range(1, inner + 1) if a * b <= BESIDE]

    def cost(shape: tuple[int, int]) -> int:
        blocks = prod(-(-size // side) for size, side in zip(sizes, shape, strict=True))
        return blocks * max(prod(shape), ENOUGH)

    best = min(shapes, key=cost)
    return list(best)


def write_together(writer: Writer, nests: Sequence[Nest], around: Mapping[str, str]) -> None:
    """Several nests in the same loops: what one has made is at hand for the next.

    What a nest joins must be along the innermost loops, and none of the others may read it.
    """
    whole = len({merged(nest, around).loops for nest in nests}) == 1
    parts = [NestWriter(writer, nest, around, whole) for nest in nests]
    loops = parts[0].nest.loops

    def within(depth: int) -> None:
        begun = [part for part in parts if part.joined and len(loops) - len(part.joined) == depth]
        for part in begun:
            (slots[part],) = part.slots(1)
        if depth == len(loops):
            for part in parts:
                part.join(slots[part]) if part.joined else part.put_value()
        else:
            with writer.loop(loops[depth].size) as variable:
                for part in parts:
                    part.variables[loops[depth].variable] = variable
                within(depth + 1)
        for part in begun:
            part.put_joined(slots[part])

    slots: dict[NestWriter, str] = {}
    within(0)
