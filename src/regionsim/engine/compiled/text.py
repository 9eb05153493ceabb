"""Loops as LLVM text: one function of the member's memory for each named list of nests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from regionsim.engine.compiled.loops import Nest
from regionsim.engine.compiled.nests import NestWriter, write_together
from regionsim.engine.compiled.strips import in_the_same_loops
from regionsim.engine.compiled.writer import Writer


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
        """Add the function that does the nests, or what forms the same; its name is returned."""
        writer = Writer(self.scopes)
        self.nests[name] = tuple(nests)
        _write(writer, self.nests[name], {})
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
            inner = [replace(nest, loops=nest.loops[1:]) for nest in self.nests[name]]
            _write(writer, inner, {first.variable: variable})
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


def _write(writer: Writer, nests: Sequence[Nest], around: Mapping[str, str]) -> None:
    for group in in_the_same_loops(nests):
        if len(group) > 1:
            write_together(writer, group, around)
        else:
            NestWriter(writer, group[0], around).write()
