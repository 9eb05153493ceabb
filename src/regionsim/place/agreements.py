"""Agreements on compensation between upstream and downstream: section, class, price, period, and who takes part."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from regionsim.place.counties import county_codes
from regionsim.place.rivers import load_reaches
from regionsim.place.tables import DATA, QUALITY, Check, number, one_of, optional, optional_text, read_table, text
from regionsim.problems import Problem, ProblemsError, nearest_name

AGREEMENTS_FILE = "agreements.csv"
PARTIES_FILE = "agreement_counties.csv"
CLASSES = ("II", "III")
# What brings an agreement about: it stood in 2020, or an effort of measure 13.
STANDING, LUSHUI_RENEWAL, MARKET_COMPENSATION = "standing", "lushui_renewal", "market_compensation"
CENSUS_MONTH = 10  # the model year 2020.0 is 1 November 2020: ten months of the calendar year have passed
OPEN_END = 2100.0
TOLERANCE = 1e-9
UPSTREAM, DOWNSTREAM = "upstream", "downstream"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One agreement, or one round of it. Dates are model years (census day to census day).

    `price` in million CNY a month, `award` (of the own province, beside the agreement) in million CNY a year; the few
    years since signing make no price year worth telling apart from 2020. `bonus` is the part of the price that a
    month a class better adds. `end` is 2100 where no end is known. `upstream` and `downstream` give each county's
    share by code; upstream shares sum to 1, what downstream shares leave to 1 falls on province and city.
    """

    key: str
    name: str
    name_zh: str
    reach: str
    target_class: str
    price: float
    bonus: float
    award: float
    first_signed: float
    start: float
    end: float
    renewal_years: float
    brought_by: str
    quality: str
    source: str
    note: str
    upstream: dict[str, float] = field(default_factory=dict)
    downstream: dict[str, float] = field(default_factory=dict)

    @property
    def counties(self) -> set[str]:
        """The codes of all counties that take part."""
        return {*self.upstream, *self.downstream}

    def renewals(self) -> list[float]:
        """Dates at which the agreement is signed anew within its period, its start first."""
        dates = [self.start]
        while dates[-1] + self.renewal_years < self.end - TOLERANCE:
            dates.append(dates[-1] + self.renewal_years)
        return dates


def model_year(month: str, *, end: bool = False) -> float:
    """The model year of the beginning of a calendar month "2019-07", or of its end. Raises ValueError."""
    if not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", month):
        raise ValueError("a month like 2019-07")
    months = int(month[:4]) * 12 + int(month[5:]) - 1 + end - CENSUS_MONTH
    return months / 12


@cache
def load_agreements(folder: Path = DATA) -> tuple[Agreement, ...]:
    """All agreements in the file's order, which is the order of the agreement axis everywhere.

    Raises ProblemsError for an agreement that stands twice, an unknown reach or county, an end before the start, a
    first signing after it, upstream shares that do not sum to 1 and downstream shares that sum to more.
    """
    reaches = {reach.key for reach in load_reaches(folder)}
    rows = read_table(
        AGREEMENTS_FILE,
        {
            "agreement": text,
            "name": text,
            "name_zh": text,
            "reach": text,
            "target_class": one_of(*CLASSES),
            "price_million_cny_per_month": number(0, 1000),
            "bonus": number(0, 10),
            "award_million_cny_per_year": number(0, 10000),
            "first_signed": model_year,
            "start": model_year,
            "end": optional(_end_of_month),
            "renewal_years": number(0.5, 50),
            "brought_by": one_of(STANDING, LUSHUI_RENEWAL, MARKET_COMPENSATION),
            "quality": QUALITY,
            "source": text,
            "note": optional_text,
        },
        folder=folder,
    )
    problems = []
    line_of: dict[str, int] = {}
    for row in rows:
        key, line = row["agreement"], row["line"]
        if key in line_of:
            problems.append(
                Problem(AGREEMENTS_FILE, line, f"agreement '{key}' stands twice", f"also on line {line_of[key]}")
            )
        line_of.setdefault(key, line)
        if row["reach"] not in reaches:
            nearest = nearest_name(row["reach"], reaches)
            problems.append(
                Problem(AGREEMENTS_FILE, line, f"reach of {key}", row["reach"], "a reach of rivers.csv", nearest)
            )
        if row["end"] is not None and row["end"] <= row["start"]:
            problems.append(Problem(AGREEMENTS_FILE, line, f"end of {key}", expected="an end after the start"))
        if row["first_signed"] > row["start"]:
            problems.append(
                Problem(AGREEMENTS_FILE, line, f"first signing of {key}", expected="a month not after the start")
            )
    shares, more = _parties(folder, line_of)
    problems += more
    if problems:
        raise ProblemsError(problems)
    return tuple(
        Agreement(
            key=row["agreement"],
            name=row["name"],
            name_zh=row["name_zh"],
            reach=row["reach"],
            target_class=row["target_class"],
            price=row["price_million_cny_per_month"],
            bonus=row["bonus"],
            award=row["award_million_cny_per_year"],
            first_signed=row["first_signed"],
            start=row["start"],
            end=OPEN_END if row["end"] is None else row["end"],
            renewal_years=row["renewal_years"],
            brought_by=row["brought_by"],
            quality=row["quality"],
            source=row["source"],
            note=row["note"],
            upstream=shares[row["agreement"], UPSTREAM],
            downstream=shares[row["agreement"], DOWNSTREAM],
        )
        for row in rows
    )


@cache
def agreement_keys() -> tuple[str, ...]:
    """The keys of the agreements in the order of the agreement axis."""
    return tuple(agreement.key for agreement in load_agreements())


def find_agreements(name: str) -> tuple[str, ...]:
    """The keys of the agreements that a name means: one, both rounds of 'lushui', or 'all'.

    Raises KeyError with the nearest name, or "" where none is near.
    """
    named = {"all": agreement_keys(), "lushui": tuple(key for key in agreement_keys() if key.startswith("lushui"))}
    named |= {key.replace("_", "-"): (key,) for key in agreement_keys()}
    if name not in named:
        raise KeyError(nearest_name(name, named))
    return named[name]


def _end_of_month(month: str) -> float:
    return model_year(month, end=True)


def _parties(folder: Path, agreements: dict[str, int]) -> tuple[dict[tuple[str, str], dict[str, float]], list[Problem]]:
    """Shares by (agreement, side) and county, and what is wrong with them; `agreements` has the line of each."""
    codes = county_codes()
    checks: dict[str, Check] = {
        "agreement": text,
        "adcode": text,
        "side": one_of(UPSTREAM, DOWNSTREAM),
        "share": number(0, 1),
        "quality": QUALITY,
        "source": text,
    }
    rows: list[dict[str, Any]] = read_table(PARTIES_FILE, checks, folder=folder)
    shares: dict[tuple[str, str], dict[str, float]] = {
        (key, side): {} for key in agreements for side in (UPSTREAM, DOWNSTREAM)
    }
    problems = []
    line_of: dict[tuple[str, str], int] = {}
    for row in rows:
        key, code, line = row["agreement"], row["adcode"], row["line"]
        if key not in agreements:
            nearest = nearest_name(key, agreements)
            problems.append(Problem(PARTIES_FILE, line, "agreement", key, f"one of {AGREEMENTS_FILE}", nearest))
        if code not in codes:
            problems.append(
                Problem(PARTIES_FILE, line, "county", code, "a code of the zone", nearest_name(code, codes))
            )
        if (key, code) in line_of:
            also = f"also on line {line_of[key, code]}"
            problems.append(Problem(PARTIES_FILE, line, f"county {code} stands twice in {key}", also))
        line_of.setdefault((key, code), line)
        shares.setdefault((key, row["side"]), {})[code] = row["share"]
    for (key, side), parts in shares.items():
        total = sum(parts.values())
        if key not in agreements:
            continue
        if side == UPSTREAM and abs(total - 1) > TOLERANCE:
            problems.append(Problem(PARTIES_FILE, 0, f"upstream shares of {key} together", f"{total:g}", "1"))
        if side == DOWNSTREAM and total > 1 + TOLERANCE:
            problems.append(Problem(PARTIES_FILE, 0, f"downstream shares of {key} together", f"{total:g}", "at most 1"))
    return shares, problems
