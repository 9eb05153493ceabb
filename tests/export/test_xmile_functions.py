"""Each function of the language in XMILE, with its text done by hand."""

from __future__ import annotations

import ast
from collections.abc import Sequence

import numpy as np
import pytest
from xmile_models import inputs

from regionsim.engine.compile import Model
from regionsim.export.xmile import tree
from regionsim.export.xmile.functions import OPERATIONS, READINGS, Place, read_expression
from regionsim.export.xmile.tree import Graph, Index, Node, Reference, text
from regionsim.language import syntax
from regionsim.language.functions import FUNCTIONS
from regionsim.language.inputs import Table

COUNTY, ORIGIN = Index("County", runs=True), Index("Origin", runs=True)
AXES = {
    "x": ("county",),
    "y": ("county",),
    "z": ("county", "residence"),
    "flow": ("county", "destination"),
    "one": (),
}


class Names:
    """A reader that gives every name as it stands, at its place along its axes."""

    def read(self, node: ast.expr, at: Place) -> Node:
        return read_expression(node, at, self, self.name)

    def name(self, name: str, at: Place) -> Node:
        order = sorted(AXES[name], key=lambda axis: axis != "destination")
        return Reference(name, tuple(at[axis] for axis in order))

    def elements(self, axis: str) -> Sequence[Index]:
        return [Index(name) for name in {"residence": ("rural", "urban")}.get(axis, ("North", "South"))]

    def table(self, name: str) -> Table:
        table = inputs()[name]
        assert isinstance(table, Table)
        return table


def read(source: str, **more: Index) -> Node:
    node = ast.parse(source, mode="eval").body
    return Names().read(node, {"county": COUNTY, **more})


def test_every_function_of_the_language_has_its_reading_here() -> None:
    assert set(READINGS) == set(FUNCTIONS)


def test_every_operator_and_comparison_of_the_language_has_its_reading_here() -> None:
    assert set(OPERATIONS) == set(syntax.OPERATORS)
    for operator in ("<", ">", "<=", ">="):
        assert text(read(f"where(one {operator} 1, x, y)")) == f"(IF one {operator} 1 THEN x[County] ELSE y[County])"


def test_an_equation_without_a_reading_does_not_get_into_the_document(base_model: Model) -> None:
    called = {
        node.func.id
        for equation in base_model.equations.values()
        for node in ast.walk(syntax.expression(equation))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called <= set(READINGS)
    with pytest.raises(KeyError, match="floor"):
        read("floor(x)")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x + y * 2 - one / x", "x[County] + y[County]*2 - one/x[County]"),
        ("-x ** 0.5", "(0 - x[County]^0.5)"),
        ("x ** -y", "x[County]^(0 - y[County])"),
        ("minimum(x, maximum(y, 0))", "MIN(x[County], MAX(y[County], 0))"),
        ("exp(x) + log(y) + sqrt(one)", "EXP(x[County]) + LN(y[County]) + SQRT(one)"),
        ("ratio(x, y, 1)", "(IF y[County] = 0 THEN 1 ELSE x[County]/y[County])"),
        ("total(z, 'residence')", "z[County,rural] + z[County,urban]"),
        ("total(x, 'county')", "x[North] + x[South]"),
        ("select(z, 'residence', 'urban') * 2", "z[County,urban]*2"),
        ("total(at_destination(x) * flow, 'destination')", "x[North]*flow[North,County] + x[South]*flow[South,County]"),
        ("arrivals(x, flow)", "x[North]*flow[County,North] + x[South]*flow[County,South]"),
        ("total(0 * x, 'county')", "0"),
    ],
)
def test_an_expression_has_this_text(source: str, expected: str) -> None:
    assert text(read(source)) == expected


def test_along_gives_the_part_of_the_element() -> None:
    source = "along('residence', rural=x, urban=0)"
    assert text(read(source, residence=Index("rural"))) == "x[County]"
    assert read(source, residence=Index("urban")) == tree.ZERO


def test_at_destination_reads_along_the_county_that_is_the_destination() -> None:
    assert text(read("at_destination(x) * y", county=ORIGIN, destination=COUNTY)) == "x[County]*y[Origin]"


def test_lookup_is_the_value_of_a_table() -> None:
    found = read("lookup(mortality, x)")
    assert isinstance(found, Graph) and found.argument == Reference("x", (COUNTY,))
    known = read("lookup(mortality, 2)")
    assert known == tree.Number(float(np.interp(2, found.table.arguments, found.table.values)))
