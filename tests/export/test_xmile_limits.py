"""What a document cannot hold is refused in words, and names and units become what every reader takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from small_models import constant

from regionsim.engine.compile import compile_model
from regionsim.export.xmile.document import Document, document_of, unit_text
from regionsim.export.xmile.variables import element_name
from regionsim.language.declarations import equation, stock
from regionsim.problems import ProblemsError


def small(*declarations: object, labels: Mapping[str, tuple[str, ...]], **more: object) -> Document:
    values = [constant("first", 1.0, "person")]
    model = compile_model(declarations, {value.name: value for value in values}, labels)  # type: ignore[arg-type]
    return document_of(model, title="small", start=2020, end=2021, step=0.5, **more)  # type: ignore[arg-type]


def test_a_scalar_stock_is_added_where_every_stock_has_dimensions() -> None:
    @equation(unit="person", over=())
    def twice(first):
        """Twice."""
        return first * 2

    amount = replace(stock("An amount.", unit="person", initial=0, over=("county",)), name="amount")
    document = small(amount, twice, labels={"county": ("a", "b")}, shown=("twice",))
    assert [v.name for v in document.variables if v.kind == "stock"] == ["scalar_stock", "amount"]


def test_three_dimensions_are_refused_with_the_place_of_what_has_them() -> None:
    wide = replace(
        stock("Wide.", unit="person", initial=0, over=("county", "cluster", "cohort"), inflows=()), name="wide"
    )
    use = _reader_of_first()
    labels = {"county": ("a",), "cluster": ("b",), "cohort": ("c",)}
    with pytest.raises(
        ProblemsError,
        match=r"py:\d+: wide: dimensions in XMILE; found county, cluster, cohort; expected 2",
    ):
        small(wide, use, labels=labels)


def test_two_things_of_one_name_are_refused() -> None:
    rural = replace(stock("One.", unit="person", initial=0, over=("residence",)), name="people")
    other = replace(stock("Other.", unit="person", initial=0, over=()), name="people_rural")
    with pytest.raises(ProblemsError, match="'people_rural' would be the name of two things"):
        small(rural, other, _reader_of_first(), labels={"residence": ("rural", "urban")})


def test_too_many_elements_are_refused() -> None:
    labels = {"county": tuple(f"c{k}" for k in range(300)), "cohort": tuple(f"k{k}" for k in range(300))}
    wide = replace(stock("Wide.", unit="person", initial=0, over=("county", "cohort")), name="wide")
    with pytest.raises(ProblemsError, match="elements in XMILE; found 90,001; expected 65,536 at most"):
        small(wide, _reader_of_first(), labels=labels)


def _reader_of_first() -> object:
    @equation(unit="person", over=())
    def twice(first):
        """Twice."""
        return first * 2

    return twice


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
