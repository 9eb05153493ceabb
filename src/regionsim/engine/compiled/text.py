"""Loops as LLVM text: one function of the member's memory for each named list of nests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from regionsim.engine.compiled.lanes import LANES, NUMBERS, TRUTHS, number
from regionsim.engine.compiled.loops import Call, Choice, Lookup, Loop, Nest, Node, Number, Read, merged

INSTRUCTIONS = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
COMPARISONS = {"<": "olt", ">": "ogt", "<=": "ole", ">=": "oge"}
# A long sum is taken in so many parts, each in the order of its elements, which can then be added at once.
PARTS = 4
LONG = 8
# So many sums beside each other are taken at once: each has a register, and some are left for what is added.
BESIDE = 8


class Writer:
    """The text of one function; values are named by their number."""

    def __init__(self, first_scope: int = 0) -> None:
        self.lines: list[str] = []
        self.allocated: list[str] = []
        self.scopes = first_scope
        self.count = 0
        self.label = "entry"

    def new(self, text: str) -> str:
        """A line that makes a value; its name is returned."""
        self.count += 1
        name = f"%v{self.count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def in_all_lanes(self, single: str) -> str:
        """A single number, put into each lane."""
        first = self.new(f"insertelement {NUMBERS} poison, double {single}, i64 0")
        return self.new(f"shufflevector {NUMBERS} {first}, {NUMBERS} poison, <{LANES} x i32> zeroinitializer")

    def do(self, text: str) -> None:
        """A line that makes no value."""
        self.lines.append(f"  {text}")

    def start(self, label: str) -> None:
        """Begin the block of that label."""
        self.lines.append(f"{label}:")
        self.label = label

    def named(self, stem: str) -> str:
        """A label that is not taken."""
        self.count += 1
        return f"{stem}{self.count}"

    @contextmanager
    def loop(self, size: int | str, step: int = 1) -> Iterator[str]:
        """What is written within is done for a variable from 0 to below `size` (at least once) in steps of `step`."""
        begin, done = self.named("loop"), self.named("done")
        before = self.label
        self.do(f"br label %{begin}")
        self.start(begin)
        variable, following = f"%{begin}i", f"%{begin}n"
        at = len(self.lines)
        yield variable
        self.lines.insert(at, f"  {variable} = phi i64 [ 0, %{before} ], [ {following}, %{self.label} ]")
        self.do(f"{following} = add nuw nsw i64 {variable}, {step}")
        more = self.new(f"icmp ult i64 {following}, {size}")
        self.do(f"br i1 {more}, label %{begin}, label %{done}")
        self.start(done)

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """What is written within is done only where the condition, an i1, holds."""
        then, done = self.named("then"), self.named("done")
        self.do(f"br i1 {condition}, label %{then}, label %{done}")
        self.start(then)
        yield
        self.do(f"br label %{done}")
        self.start(done)

    def address(self, offset: int, moved: Iterable[tuple[str, int]] = ()) -> str:
        """Of an element of the memory."""
        index = ""
        for variable, stride in moved:
            part = variable if stride == 1 else self.new(f"mul nuw nsw i64 {variable}, {stride}")
            index = self.new(f"add nuw nsw i64 {index}, {part}") if index else part
        base = self.new(f"getelementptr inbounds {NUMBERS}, ptr %memory, i64 {offset}")
        return self.new(f"getelementptr inbounds {NUMBERS}, ptr {base}, i64 {index}") if index else base


class NestWriter:
    """Writes one nest into a function; `around` has the values of the variables of loops that it stands in.

    Where one of those is joined too, what is found within is joined to what the target holds.
    """

    def __init__(self, writer: Writer, nest: Nest, around: Mapping[str, str] | None = None) -> None:
        self.variables = dict(around or {})
        self.writer, self.nest = writer, merged(nest, self.variables)
        self.adds = not nest.joined.isdisjoint(self.variables)
        self.scope = writer.scopes
        writer.scopes += 1

    def write(self) -> None:
        """The loops, from the outermost to what they do."""
        nest = self.nest
        last = nest.loops[-1].variable if nest.loops else ""
        if not nest.joined:
            with self._loops(nest.loops):
                self._put(self._value(nest.value))
        elif nest.joined == {last}:
            with self._loops(nest.loops[:-1]):
                self._put(self._along(nest.loops[-1]))
        else:
            self._side_by_side()

    def write_nothing(self) -> None:
        """What is joined begins with 0."""
        with self._loops([loop for loop in self.nest.loops if loop.variable not in self.nest.joined]):
            self._store(number(0.0))

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
        slots = self._slots(parts)
        with writer.loop(whole, parts) as variable:
            for k, slot in enumerate(slots):
                self.variables[loop.variable] = self._beyond(variable, k)
                self._join(slot)
        for k in range(whole, size):
            self.variables[loop.variable] = str(k)
            self._join(slots[k - whole])
        sums = [writer.new(f"load {NUMBERS}, ptr {slot}") for slot in slots]
        while len(sums) > 1:
            sums = [self._combined(*sums[k : k + 2]) for k in range(0, len(sums), 2)]
        return sums[0]

    def _side_by_side(self) -> None:
        """Values joined along loops around those that stay: some neighbours at a time, in a register each."""
        kept = [loop for loop in self.nest.loops if loop.variable not in self.nest.joined]
        last = kept.pop() if kept else Loop("", 1)
        width = -(-last.size // -(-last.size // BESIDE))
        whole = last.size - last.size % width
        with self._loops(kept):
            with self.writer.loop(whole, width) as variable:
                self._joined_at(last.variable, [self._beyond(variable, k) for k in range(width)])
            if whole < last.size:
                self._joined_at(last.variable, [str(k) for k in range(whole, last.size)])

    def _joined_at(self, variable: str, places: Sequence[str]) -> None:
        slots = self._slots(len(places))
        with self._loops([loop for loop in self.nest.loops if loop.variable in self.nest.joined]):
            for place, slot in zip(places, slots, strict=True):
                self.variables[variable] = place
                self._join(slot)
        for place, slot in zip(places, slots, strict=True):
            self.variables[variable] = place
            self._put(self.writer.new(f"load {NUMBERS}, ptr {slot}"))

    def _slots(self, count: int) -> list[str]:
        """So many registers, as LLVM makes of what only a function itself sees, with nothing joined in them yet."""
        slots = [self.writer.named("%slot") for _ in range(count)]
        self.writer.allocated += [f"  {slot} = alloca {NUMBERS}" for slot in slots]
        for slot in slots:
            self.writer.do(f"store {NUMBERS} {number(0.0)}, ptr {slot}")
        return slots

    def _join(self, slot: str) -> None:
        before = self.writer.new(f"load {NUMBERS}, ptr {slot}")
        self.writer.do(f"store {NUMBERS} {self._combined(before, self._value(self.nest.value))}, ptr {slot}")

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


class ModuleWriter:
    """The text of a module: functions of the memory, named, and what they need to be told apart.

    `nests` are those of each function, `calls` the functions that each sequence calls.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.scopes = 0
        self.nests: dict[str, tuple[Nest, ...]] = {}
        self.calls: dict[str, tuple[str, ...]] = {}

    def function(self, name: str, nests: Iterable[Nest]) -> str:
        """Add the function that does the nests in their order; its name is returned."""
        writer = Writer(self.scopes)
        self.nests[name] = tuple(nests)
        for nest in self.nests[name]:
            NestWriter(writer, nest).write()
        return self._add(name, writer)

    def strip(self, name: str, nests: Iterable[Nest]) -> str:
        """Add the function that does all nests for one element of their first loop before the next; its name."""
        writer = Writer(self.scopes)
        self.nests[name] = tuple(nests)
        first = self.nests[name][0].loops[0]
        for nest in self.nests[name]:
            if first.variable in nest.joined:
                NestWriter(writer, nest).write_nothing()
        with writer.loop(first.size) as variable:
            for nest in self.nests[name]:
                NestWriter(writer, replace(nest, loops=nest.loops[1:]), {first.variable: variable}).write()
        return self._add(name, writer)

    def sequence(self, name: str, functions: Iterable[str]) -> str:
        """Add the function that calls others one after the other; its name is returned."""
        self.calls[name] = tuple(functions)
        lines = [f"  call void @{function}(ptr %memory)" for function in self.calls[name]]
        self.add(f"internal void @{name}(ptr %memory) #2", [*lines, "  ret void"])
        return name

    def _add(self, name: str, writer: Writer) -> str:
        self.scopes = writer.scopes
        self.add(f"internal void @{name}(ptr noalias %memory) #2", [*writer.allocated, *writer.lines, "  ret void"])
        return name

    def add(self, head: str, lines: Iterable[str]) -> None:
        """Add a function that is written elsewhere."""
        self.parts.append("\n".join([f"define {head} {{", "entry:", *lines, "}"]))

    def text(self) -> str:
        """All of it; the scopes say which accesses of one nest are apart."""
        scopes = ["!0 = distinct !{!0}"]
        for k in range(self.scopes):
            scopes += [f"!{1 + 2 * k} = distinct !{{!{1 + 2 * k}, !0}}", f"!{2 + 2 * k} = !{{!{1 + 2 * k}}}"]
        return "\n\n".join([*self.parts, "\n".join(scopes)]) + "\n"
