"""Units: read from text, refused with the nearest name, converted with the right factor."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionsim.language.units import (
    DEFINITIONS,
    UnitNotRead,
    UnitsDiffer,
    conversion_factor,
    convert,
    parse_unit,
    registry,
    unit_names,
)


@pytest.mark.parametrize(
    "text",
    [
        "person",
        "person/year",
        "1/year",
        "million CNY_2020/year",
        "million CNY_2020/person/year",
        "ha",
        "minute",
        "year",
        "dimensionless",
        "km/hour",
        "CNY_2020/hour",
        "CNY_2020/(person*year)",
        "person/km**2",
        "person/km²",
        "亿元/year",
        "万元/亩",
        "100 million CNY_2020",
        "10 thousand person",
        "%/year",
    ],
)
def test_the_units_of_the_project_are_read(text: str) -> None:
    assert parse_unit(text) is not None


def test_one_is_dimensionless() -> None:
    assert parse_unit("1") == parse_unit("dimensionless") == parse_unit("ha/ha")


@pytest.mark.parametrize(
    ("from_unit", "to_unit", "factor"),
    [
        ("million CNY_2020", "CNY_2020", 1e6),
        ("CNY_2020", "million CNY_2020", 1e-6),
        ("100 million CNY_2020", "million CNY_2020", 100.0),
        ("亿元", "100 million CNY_2020", 1.0),
        ("亿元/year", "million CNY_2020/year", 100.0),
        ("万元", "million CNY_2020", 0.01),
        ("万元/亩", "million CNY_2020/ha", 0.15),
        ("亩", "ha", 1 / 15),
        ("ha", "mu", 15.0),
        ("km**2", "ha", 100.0),
        ("%", "dimensionless", 0.01),
        ("percent/year", "1/year", 0.01),
        ("year", "month", 12.0),
        ("hour", "minute", 60.0),
        ("year", "day", 365.25),
        ("km/hour", "m/second", 1 / 3.6),
        ("tonne", "kg", 1000.0),
        ("kWh", "MJ", 3.6),
        ("tce", "GJ", 29.3076),
        ("tC", "tCO2", 44 / 12),
        ("万 人", "person", 1e4),
    ],
)
def test_a_conversion_has_the_factor_worked_out_by_hand(from_unit: str, to_unit: str, factor: float) -> None:
    assert conversion_factor(from_unit, to_unit) == pytest.approx(factor, rel=1e-14)
    assert conversion_factor(to_unit, from_unit) == pytest.approx(1 / factor, rel=1e-14)


def test_a_million_is_a_factor_and_not_a_word() -> None:
    rate = registry().Quantity(3.0, parse_unit("million CNY_2020/person/year"))
    assert rate.to(parse_unit("CNY_2020/person/year")).magnitude == pytest.approx(3e6)


def test_whole_factors_are_exact() -> None:
    assert conversion_factor("亿元", "million CNY_2020") == 100.0
    assert convert(5, "%/year", "1/year") == 0.05
    assert convert(0.9, "%/year", "1/year") == 0.009
    assert convert(0.1, "万元", "CNY_2020") == 1000.0
    assert convert(2.0, "km/hour", "m/second") == pytest.approx(2 / 3.6)
    assert convert(15, "亩", "ha") == 1.0


def test_two_dimensions_are_told_apart_with_both_sides() -> None:
    with pytest.raises(UnitsDiffer) as raised:
        conversion_factor("million CNY_2020", "million CNY_2020/year")
    expected = "'million CNY_2020' (currency) cannot be converted to 'million CNY_2020/year' (currency / time)"
    assert str(raised.value) == expected


@pytest.mark.parametrize(("one", "other"), [("person", "household"), ("person", "visit"), ("tCO2", "tonne")])
def test_things_that_are_counted_apart_have_dimensions_of_their_own(one: str, other: str) -> None:
    with pytest.raises(UnitsDiffer):
        conversion_factor(one, other)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("persn/year", "person"),
        ("million CNY/year", "CNY_2020"),
        ("yaer", "year"),
        ("kwh", "kWh"),
        ("mha", "ha"),
        ("bananas", ""),
        ("", ""),
        ("5 year", ""),
        ("year/", ""),
        ("9**9**9", ""),
        ("year**12", ""),
        ("a" * 60 + "!", ""),
        ("**1" * 39 + "!", ""),
    ],
)
def test_what_is_no_unit_is_refused_with_the_nearest_name(text: str, nearest: str) -> None:
    with pytest.raises(UnitNotRead) as raised:
        parse_unit(text)
    assert (raised.value.text, raised.value.nearest) == (text, nearest)


def test_every_definition_can_be_read_by_each_of_its_names() -> None:
    assert len(unit_names()) > len(DEFINITIONS.strip().splitlines())
    for name in unit_names():
        parse_unit(name)


@given(st.text(alphabet="year prson/*^()1234²%亩元CNY_20.-", max_size=40))
def test_no_text_brings_another_error(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnitNotRead:
        return
    assert conversion_factor(text, text) == 1.0
    assert registry().Quantity(1.0, unit).magnitude == 1.0


def test_pint_is_not_imported_before_a_unit_is_read() -> None:
    code = "import sys, regionsim.language.units; sys.exit('pint' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
