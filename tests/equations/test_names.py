"""Names promise units, and every declaration says in one sentence what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from regionsim.equations import mechanisms
from regionsim.language.declarations import Declaration, Equation, Ledger, Stock, collect

DECLARATIONS = collect(mechanisms())

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
END_OF_SENTENCE = re.compile(r"[.!?](\s+(?=\S)|$)")
LONGEST_ABOUT = 160  # characters of the first line

TIMES = ("year", "month", "week", "day", "hour", "minute")
# The last word of a name, and the units that it allows.
UNITS_OF = {
    "rate": ("1/year",),
    "share": ("dimensionless",),
    "index": ("dimensionless",),
    "time": TIMES,
}


def _of_spelling(declarations: Iterable[Declaration]) -> list[str]:
    return [f"{d.place} {d.name}" for d in declarations if not SNAKE.fullmatch(d.name)]


def _of_units(declarations: Iterable[Declaration]) -> list[str]:
    """Names whose last word promises another unit."""
    found = []
    for d in declarations:
        allowed = UNITS_OF.get(d.name.rpartition("_")[2])
        if allowed is not None and d.unit not in allowed:
            found.append(f"{d.place} {d.name}: found {d.unit}, expected {' or '.join(allowed)}")
    return found


def _of_abouts(declarations: Iterable[Declaration]) -> list[str]:
    """Descriptions that are not one sentence with a full stop, or too long for one line."""
    found = []
    for d in declarations:
        sentences = len(END_OF_SENTENCE.findall(d.about))
        if not d.about.endswith("."):
            found.append(f"{d.place} {d.name}: no full stop at the end of '{d.about}'")
        elif sentences != 1:
            found.append(f"{d.place} {d.name}: {sentences} sentences in '{d.about}'")
        if len(d.about.partition("\n")[0]) > LONGEST_ABOUT:
            found.append(f"{d.place} {d.name}: the first line is longer than {LONGEST_ABOUT} characters")
    return found


def _of_flows(declarations: Iterable[Declaration]) -> list[str]:
    """Flows of stocks that are not per year."""
    declarations = tuple(declarations)
    units = {d.name: d.unit for d in declarations if isinstance(d, Equation)}
    return [
        f"{d.place} {d.name}: its flow {flow} is in {units.get(flow, 'no unit: there is no such equation')}"
        for d in declarations
        if isinstance(d, Stock)
        for flow in d.inflows + d.outflows
        if not units.get(flow, "").endswith("/year")
    ]


def test_every_kind_of_declaration_is_there_to_be_checked():
    assert {type(d) for d in DECLARATIONS} == {Equation, Stock, Ledger}


def test_names_are_in_small_letters_with_underscores():
    assert _of_spelling(DECLARATIONS) == []


def test_the_last_word_of_a_name_keeps_its_promise_of_a_unit():
    assert _of_units(DECLARATIONS) == []


def test_every_declaration_says_in_one_sentence_what_it_is():
    assert _of_abouts(DECLARATIONS) == []


def test_what_flows_into_or_out_of_a_stock_is_per_year():
    assert _of_flows(DECLARATIONS) == []


# --- the rules themselves ---------------------------------------------------------------------------------------------


def _stock(name: str = "forest", about: str = "Forest.", unit: str = "ha", inflows: tuple[str, ...] = ()) -> Stock:
    return Stock(name, about, unit, (), "equations/forest.py", 7, initial=0, inflows=inflows)


def _equation(name: str, unit: str) -> Equation:
    return Equation(name, "Growth.", unit, (), "equations/forest.py", 9, function=lambda: 0)


@pytest.mark.parametrize("name", ["Forest", "forestArea", "forest__area", "_forest", "forest_", "2_forests"])
def test_a_name_that_is_not_in_snake_case_is_named(name):
    assert _of_spelling([_stock(name)]) == [f"equations/forest.py:7 {name}"]


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("growth_rate", "dimensionless", "1/year"),
        ("urban_share", "1/year", "dimensionless"),
        ("wage_index", "person", "dimensionless"),
        ("waiting_time", "1/year", "year or month or week or day or hour or minute"),
    ],
)
def test_a_name_that_promises_another_unit_is_named(name, unit, expected):
    assert _of_units([_stock(name, unit=unit)]) == [f"equations/forest.py:7 {name}: found {unit}, expected {expected}"]


def test_a_name_that_only_contains_the_word_promises_nothing():
    assert _of_units([_stock("timely_shares", unit="ha"), _stock("operate", unit="ha")]) == []


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("Forest", "no full stop at the end of 'Forest'"),
        ("Forest. It grows.", "2 sentences in 'Forest. It grows.'"),
        ("Forest.\n\nIt grows.", "2 sentences in 'Forest.\n\nIt grows.'"),
        (f"{'F' * 160}.", "the first line is longer than 160 characters"),
    ],
)
def test_an_about_that_is_not_one_short_sentence_is_named(about, words):
    assert _of_abouts([_stock(about=about)]) == [f"equations/forest.py:7 forest: {words}"]


def test_a_number_with_a_point_does_not_end_a_sentence():
    assert _of_abouts([_stock(about="Forest at 0.5 of the ceiling.")]) == []


def test_a_flow_that_is_not_per_year_is_named():
    stock = _stock(inflows=("growth", "spread"))
    declarations = [stock, _equation("growth", "ha"), _equation("spread", "ha/year")]
    assert _of_flows(declarations) == ["equations/forest.py:7 forest: its flow growth is in ha"]
