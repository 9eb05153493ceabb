"""What a document cannot hold is refused in words, and names and units become what every reader takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from small_models import constant

from regionsim.engine.compile import compile_model
from regionsim.export.xmile.document import Document, document_of, unit_text
from regionsim.export.xmile.variables import element_name
from regionsim.language.declarations import Stock, equation, stock
from regionsim.language.inputs import Constant
from regionsim.problems import ProblemsError


@equation(unit="person", over=())
def twice(first):
    """Twice."""
    return first * 2


def small(*stocks: Stock, labels: Mapping[str, tuple[str, ...]], more: Sequence[Constant] = ()) -> Document:
    """A document of some stocks, some inputs, and one equation that is shown."""
    inputs = {value.name: value for value in (constant("first", 1.0, "person"), *more)}
    model = compile_model((*stocks, twice), inputs, labels)
    return document_of(model, title="small", start=2020, end=2021, step=0.5, shown=("twice",))


def amount(name: str, over: tuple[str, ...], initial: str | int = 0) -> Stock:
    return replace(stock("An amount.", unit="person", initial=initial, over=over), name=name)


def test_a_scalar_stock_is_added_where_every_stock_has_dimensions() -> None:
    document = small(amount("people", ("county",)), labels={"county": ("a", "b")})
    assert [v.name for v in document.variables if v.kind == "stock"] == ["scalar_stock", "people"]
    document = small(amount("people", ()), labels={})
    assert [v.name for v in document.variables if v.kind == "stock"] == ["people"]


def test_three_dimensions_are_refused_with_the_place_of_what_has_them() -> None:
    labels = {"county": ("a",), "cluster": ("b",), "cohort": ("c",)}
    with pytest.raises(
        ProblemsError, match=r"py:\d+: wide: dimensions in XMILE; found county, cluster, cohort; expected 2 at most$"
    ):
        small(amount("wide", ("county", "cluster", "cohort")), labels=labels)


def test_two_stocks_of_one_name_are_refused() -> None:
    with pytest.raises(ProblemsError, match=r"^XMILE: 'people_rural' would be the name of two things$"):
        small(amount("people", ("residence",)), amount("people_rural", ()), labels={"residence": ("rural", "urban")})


def test_two_inputs_of_one_name_are_refused() -> None:
    start = constant("start", [1, 2], "person", ("residence",))
    other = constant("start_urban", 3, "person")
    with pytest.raises(ProblemsError, match=r"^XMILE: 'start_urban' would be the name of two things$"):
        small(
            amount("people", ("residence",), "start"),
            amount("others", (), "start_urban"),
            labels={"residence": ("rural", "urban")},
            more=(start, other),
        )


def test_names_that_differ_in_capital_letters_alone_are_refused() -> None:
    with pytest.raises(ProblemsError, match=r"^XMILE: 'people' would be the name of two things$"):
        small(amount("people", ()), amount("People", ()), labels={})


def test_too_many_elements_are_refused() -> None:
    labels = {"county": tuple(f"c{k}" for k in range(300)), "cohort": tuple(f"k{k}" for k in range(300))}
    with pytest.raises(ProblemsError, match=r"^small: elements in XMILE; found 90,003; expected 65,536 at most$"):
        small(amount("wide", ("county", "cohort")), labels=labels)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("before 1935", "Before1935"),
        ("1935-1940", "Cohort1935to1940"),
        ("oil_tea", "OilTea"),
        ("360302", "Cohort360302"),
        ("Liling", "Liling"),
    ],
)
def test_a_label_becomes_a_name_of_letters_and_digits(label: str, name: str) -> None:
    assert element_name("cohort", label) == name


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("dimensionless", "1"),
        ("million CNY_2020/person/year", "million_CNY_2020/person/year"),
        ("ha/m**2", "ha/m^2"),
        ("MWh/(million CNY_2020)", "MWh/(million_CNY_2020)"),
    ],
)
def test_a_unit_is_written_without_spaces(unit: str, expected: str) -> None:
    assert unit_text(unit) == expected
