"""Parts of an expression that become variables of their own, beside the one that reads them.

A table is the whole of a variable in XMILE, so one that stands within an expression must. A long denominator should:
the comparison that guards a division by it would write it twice, and slow readers would work it out twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regionsim.export.xmile import tree
from regionsim.export.xmile.tree import Choice, Graph, Index, Node, Operation, Reference, references
from regionsim.export.xmile.variables import Variable
from regionsim.language.inputs import Table

# So many references make a denominator long.
LONG = 8


class Asides:
    """The parts set aside so far: each expression once, whoever reads it."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Node, tuple[Index, ...]], Variable] = {}

    def split(self, variable: Variable) -> list[Variable]:
        """The variable without what has to stand aside, after those that now stand there and are new."""
        fresh: list[Variable] = []

        def change(node: Node) -> Node:
            return self._changed(variable, node, fresh)

        body = variable.body
        if isinstance(body, Mapping):
            # What has a table for one element cannot be the table of all.
            variable = replace(variable, body={at: change(tree.rebuilt(node, change)) for at, node in body.items()})
        else:
            inner = tree.rebuilt(body, change)
            if isinstance(inner, Graph):
                variable = replace(variable, table=inner.table, body=inner.argument)
            else:
                variable = replace(variable, body=change(inner))
        return [*fresh, variable]

    def _changed(self, reader: Variable, node: Node, fresh: list[Variable]) -> Node:
        match node:
            case Graph(table, argument):
                about = f"{table.about} (read by {reader.name})"
                return self._aside(reader, table.name, about, table.unit, argument, table, fresh)
            case Choice("=", denominator, tree.ZERO, otherwise, Operation("/", numerator, divisor)) if (
                denominator == divisor and sum(1 for _ in references(denominator)) > LONG
            ):
                about = f"What {reader.name} is divided by."
                aside = self._aside(reader, "divisor", about, "", denominator, None, fresh)
                return tree.choice("=", aside, tree.ZERO, otherwise, tree.over(numerator, aside))
        return node

    def _aside(
        self, reader: Variable, what: str, about: str, unit: str, body: Node, table: Table | None, fresh: list[Variable]
    ) -> Reference:
        running = tree.running(body)
        pairs = zip(reader.axes, reader.dimensions, strict=True)
        along = [(axis, dimension) for axis, dimension in pairs if Index(dimension, runs=True) in running]
        at = tuple(Index(dimension, runs=True) for _, dimension in along)
        key = what, body, at
        if key not in self._known:
            name = f"{reader.name}_{what}"
            count = sum(1 for other in self._known.values() if other.name.startswith(name))
            self._known[key] = Variable(
                name=f"{name}_{count + 1}" if count else name,
                about=about,
                unit=unit,
                source="",
                axes=tuple(axis for axis, _ in along),
                dimensions=tuple(dimension for _, dimension in along),
                body=body,
                table=table,
            )
            fresh.append(self._known[key])
        return Reference(self._known[key].name, at)
