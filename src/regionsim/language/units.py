"""The units that inputs and equations are said in: read from text, compared, converted; money carries its price year.

The registry holds only what is defined here, no prefixes, so that a misspelt unit is refused and never read as
another one (pint's own list would take 'mha' as thousandths of a hectare). A further unit is one line below.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from regionsim.problems import nearest_name

if TYPE_CHECKING:
    from pint import Unit, UnitRegistry

# name = definition = symbol (_ for none) = further names. Plurals in -s are read by pint itself.
DEFINITIONS = """
    year = [time] = yr
    month = year / 12
    day = year / 365.25
    week = 7 * day
    hour = day / 24
    minute = hour / 60 = min
    second = minute / 60 = s
    meter = [length] = m = metre
    kilometer = 1000 * meter = km = kilometre
    centimeter = meter / 100 = cm
    millimeter = meter / 1000 = mm
    hectare = 10000 * meter ** 2 = ha
    km2 = 1e6 * meter ** 2
    m2 = meter ** 2
    m3 = meter ** 3
    mu = hectare / 15 = 亩
    liter = m3 / 1000 = L = litre
    tonne = [mass] = t
    kilogram = tonne / 1000 = kg
    gram = kilogram / 1000 = g
    milligram = gram / 1000 = mg
    tC = [carbon]
    tCO2 = 12 / 44 * tC
    megawatt = [power] = MW
    kilowatt = megawatt / 1000 = kW
    watt = kilowatt / 1000 = W
    gigawatt = 1000 * megawatt = GW
    kilowatt_hour = kilowatt * hour = kWh
    megawatt_hour = megawatt * hour = MWh
    gigawatt_hour = gigawatt * hour = GWh
    joule = watt * second = J
    megajoule = 1e6 * joule = MJ
    gigajoule = 1e9 * joule = GJ
    tonne_of_coal_equivalent = 29.3076 * gigajoule = tce
    person = [person] = _ = people = 人
    household = [household] = _ = 户
    visit = [visit] = _ = 人次
    CNY_2020 = [currency] = _ = 元
    万元 = 1e4 * CNY_2020
    亿元 = 1e8 * CNY_2020
    percent = 0.01
    thousand = 1e3
    ten_thousand = 1e4 = _ = 万
    million = 1e6
    hundred_million = 1e8 = _ = 亿
    billion = 1e9
"""

# A unit is names, products, quotients and small whole powers; pint reads a number as a factor, which a unit is not.
WORD = r"[^\W\d_]\w*"
TOKEN = re.compile(rf"{WORD}|(?<!\w)1(?!\w)|(?:\*\*|\^)\s*-?\d(?!\d)|[\s*/()²³]")
FACTORS = ((re.compile(r"\b100\s+million\b"), "hundred_million"), (re.compile(r"\b10\s+thousand\b"), "ten_thousand"))
LONGEST_UNIT = 120
NOMINAL_MONEY = ("CNY", "RMB", "yuan", "Yuan")


class UnitNotRead(ValueError):  # noqa: N818 (named as what happened)
    """A text that is not a unit. `text` is the unit as written, `nearest` the known name most like the wrong one."""

    def __init__(self, text: str, nearest: str = "") -> None:
        self.text = text
        self.nearest = nearest
        hint = f"; did you mean '{nearest}'?" if nearest else ""
        super().__init__(f"'{text}' is not a known unit{hint}")


class UnitsDiffer(ValueError):  # noqa: N818
    """Two units of different dimensions; the text quotes both with their dimensions."""

    def __init__(self, from_unit: str, to_unit: str, from_dimensions: str, to_dimensions: str) -> None:
        self.from_unit = from_unit
        self.to_unit = to_unit
        super().__init__(
            f"'{from_unit}' ({from_dimensions}) cannot be converted to '{to_unit}' ({to_dimensions})",
        )


@cache
def registry() -> UnitRegistry[float]:
    """The one registry of units, made on first use; pint is imported here and nowhere else."""
    import pint

    units: UnitRegistry[float] = pint.UnitRegistry(None)
    for definition in DEFINITIONS.strip().splitlines():
        units.define(definition.strip())
    return units


@cache
def unit_names() -> tuple[str, ...]:
    """Every name and symbol that a unit may be written with, besides plurals."""
    names = []
    for definition in DEFINITIONS.strip().splitlines():
        name, _, *others = (part.strip() for part in definition.split("="))
        names += [name, *(other for other in others if other != "_")]
    return ("dimensionless", *names)


@cache
def parse_unit(text: str) -> Unit:
    """The unit of a text like "million CNY_2020/person/year", "1/year", "100 million CNY_2020", "亿元" or "%".

    Factors stay part of the unit: a million CNY_2020 is a unit 1e6 times CNY_2020. Raises UnitNotRead.
    """
    wanted = text.strip()
    for factor, name in FACTORS:
        wanted = factor.sub(name, wanted)
    wanted = wanted.replace("%", " percent ").strip()
    if wanted == "1":
        wanted = "dimensionless"
    if not wanted or len(wanted) > LONGEST_UNIT or TOKEN.sub("", wanted):
        raise UnitNotRead(text, _nearest(wanted))
    try:
        return registry().parse_units(wanted)
    except Exception:  # pint answers a malformed text with errors of many kinds, down to those of its tokenizer
        raise UnitNotRead(text, _nearest(wanted)) from None


def _nearest(text: str) -> str:
    """The known name nearest to the first word of `text` that is no unit; empty where none is near."""
    for word in re.findall(WORD, text[:LONGEST_UNIT]):
        if word in NOMINAL_MONEY:
            return "CNY_2020"
        if word not in unit_names() and word.removesuffix("s") not in unit_names():
            return nearest_name(word, unit_names())
    return ""


@cache
def conversion_factor(from_unit: str, to_unit: str) -> float:
    """How many `to_unit` are one `from_unit`: 1e-6 from "CNY_2020" to "million CNY_2020".

    Raises UnitNotRead for a text that is no unit and UnitsDiffer for two dimensions.
    """
    source, target = parse_unit(from_unit), parse_unit(to_unit)
    if source.dimensionality != target.dimensionality:
        dimensions = [re.sub(r"[\[\]]", "", str(unit.dimensionality)) for unit in (source, target)]
        raise UnitsDiffer(from_unit, to_unit, *dimensions)
    factor = float(registry().Quantity(1.0, source).to(target).magnitude)
    # Definitions are chains of divisions: a factor that is whole but for rounding is whole.
    if abs(factor - round(factor)) < 1e-12 * factor:
        return float(round(factor))
    if abs(1 / factor - round(1 / factor)) < 1e-12 / factor:
        return 1 / round(1 / factor)
    return factor


def convert(value: float, from_unit: str, to_unit: str) -> float:
    """`value` in `to_unit`: 5 "%/year" are exactly 0.05 "1/year". Raises as `conversion_factor`."""
    factor = conversion_factor(from_unit, to_unit)
    if factor == 1 or not math.isfinite(value):
        return value
    # Powers of ten are exact in decimals: 0.9 "%/year" must be the same number as 0.009 "1/year".
    if factor.is_integer():
        return float(Decimal(repr(value)) * Decimal(factor))
    if (1 / factor).is_integer():
        return float(Decimal(repr(value)) / Decimal(1 / factor))
    return value * factor
