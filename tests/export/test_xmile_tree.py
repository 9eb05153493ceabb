"""Expressions of XMILE: what is known is worked out, and the text means what the tree says."""

from __future__ import annotations

import math
from operator import add, mul, sub, truediv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regionsim.export.xmile import tree
from regionsim.export.xmile.tree import Index, Negative, Node, Number, Operation, Reference, text

A, B, C = Reference("a"), Reference("b"), Reference("c")
COUNTY = Index("County", runs=True)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (tree.plus(A, tree.ZERO), A),
        (tree.plus(tree.ZERO, A), A),
        (tree.minus(A, tree.ZERO), A),
        (tree.minus(tree.ZERO, A), Negative(A)),
        (tree.minus(A, Negative(B)), Operation("+", A, B)),
        (tree.plus(A, Negative(B)), Operation("-", A, B)),
        (tree.times(A, tree.ZERO), tree.ZERO),
        (tree.times(tree.ONE, A), A),
        (tree.over(tree.ZERO, A), tree.ZERO),
        (tree.over(A, tree.ONE), A),
        (tree.power(A, tree.ONE), A),
        (tree.power(A, tree.ZERO), tree.ONE),
        (tree.power(Number(4.0), Number(0.5)), Number(2.0)),
        (tree.call("MIN", Number(2.0), Number(3.0)), Number(2.0)),
        (tree.call("EXP", Number(0.0)), tree.ONE),
        (tree.choice("<", Number(1.0), Number(2.0), A, B), A),
        (tree.choice(">=", Number(1.0), Number(2.0), A, B), B),
        (tree.choice("=", A, tree.ZERO, B, B), B),
        (tree.negative(Negative(A)), A),
        (tree.negative(tree.ZERO), tree.ZERO),
        (tree.added([A, tree.ZERO, B]), Operation("+", A, B)),
        (tree.added([]), tree.ZERO),
    ],
)
def test_what_is_known_is_worked_out(made: Node, expected: Node) -> None:
    assert made == expected


def test_a_division_of_known_numbers_by_zero_is_left_to_the_reader() -> None:
    assert tree.over(Number(1.0), Number(0.0)) == Operation("/", Number(1.0), Number(0.0))
    assert tree.over(Number(0.0), Number(0.0)) == Operation("/", Number(0.0), Number(0.0))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Operation("-", A, Operation("-", B, C)), "a - (b - c)"),
        (Operation("-", Operation("-", A, B), C), "a - b - c"),
        (Operation("+", A, Operation("+", B, C)), "a + (b + c)"),
        (Operation("/", A, Operation("*", B, C)), "a/(b*c)"),
        (Operation("*", Operation("+", A, B), C), "(a + b)*c"),
        (Operation("^", A, Operation("^", B, C)), "a^(b^c)"),
        (Operation("^", Operation("^", A, B), C), "(a^b)^c"),
        (Operation("^", A, Negative(B)), "a^(0 - b)"),
        (Negative(Operation("^", A, B)), "(0 - a^b)"),
        (Operation("^", Number(-2.5), A), "(0 - 2.5)^a"),
        (Operation("*", A, Number(-2.0)), "a*(-2)"),
        (Operation("-", A, Number(0.1)), "a - 0.1"),
        (tree.choice("<=", A, Operation("+", B, C), A, B), "(IF a <= b + c THEN a ELSE b)"),
        (tree.call("MAX", A, Operation("+", B, C)), "MAX(a, b + c)"),
        (Reference("a", (COUNTY, Index("Liling"))), "a[County,Liling]"),
        (Number(1e300), "1e+300"),
        (Number(3.0), "3"),
    ],
)
def test_the_text_keeps_the_order_of_the_tree(node: Node, expected: str) -> None:
    assert text(node) == expected


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_no_equation_holds_a_number_that_is_none(value: float) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        text(Number(value))


leaves = st.one_of(st.sampled_from([A, B, C]), st.builds(Number, st.floats(-9, 9).map(lambda number: round(number, 3))))
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(st.builds(Operation, st.sampled_from("+-*/"), inner, inner), st.builds(Negative, inner)),
    max_leaves=12,
)
VALUES = {"a": 1.75, "b": -0.3, "c": 12.0}


def worked_out(node: Node) -> float:
    """The value of a tree, worked out from the tree; nothing is divided by 0."""
    match node:
        case Number(value):
            return value
        case Reference(name):
            return VALUES[name]
        case Negative(inner):
            return 0 - worked_out(inner)
        case Operation(sign, left, right):
            a, b = worked_out(left), worked_out(right)
            assume(sign != "/" or b != 0)
            return {"+": add, "-": sub, "*": mul, "/": truediv}[sign](a, b)
    raise AssertionError(node)


def rebuilt_simply(node: Node) -> Node:
    """The tree made anew by the functions that simplify."""
    match node:
        case Operation(sign, left, right):
            make = {"+": tree.plus, "-": tree.minus, "*": tree.times, "/": tree.over}[sign]
            return make(rebuilt_simply(left), rebuilt_simply(right))
        case Negative(inner):
            return tree.negative(rebuilt_simply(inner))
    return node


@given(nodes)
def test_any_text_has_the_value_of_its_tree(node: Node) -> None:
    expected = worked_out(node)
    assert eval(text(node), {}, VALUES) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(nodes)
def test_simplifying_changes_no_value(node: Node) -> None:
    expected = worked_out(node)
    assert worked_out(rebuilt_simply(node)) == pytest.approx(expected, rel=1e-12, abs=1e-12)
