"""The text of one function in LLVM's language: values, blocks and loops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from regionsim.engine.compiled.lanes import LANES, NUMBERS


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
