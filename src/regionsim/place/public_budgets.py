"""Budgets of county governments about 2020: own revenue and spending where published, transfers of the base year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from regionsim.place.base_output import base_output
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, worst_quality
from regionsim.place.output import MILLIONS, PINGXIANG, PUBLISHED_UNIT, load_output
from regionsim.place.published import Published, load_published
from regionsim.place.tables import DATA
from regionsim.place.urban_rural_residents import load_urban_rural_residents
from regionsim.problems import Problem, ProblemsError

FILE = "public_budgets.csv"
BASE_YEAR = 2020
BUDGET_UNIT = "100 million CNY"
SPENDING = "budget_expenditure_general"
# A district's own level goes with its spending; the wider figure has what the prefecture collects in it.
REVENUE = ("budget_revenue_general_own_level", "budget_revenue_general")
OUTPUT = "gdp"


@dataclass(frozen=True)
class PublishedBudget:
    """General budget of one county. `revenue_share` is own revenue over output of the same year, dimensionless.

    `spending` is in million CNY at 2020 prices for 2020, None where none is published.
    """

    code: str
    revenue_share: Estimate
    spending: Estimate | None


@dataclass(frozen=True)
class BaseTransfers:
    """Transfers of 2020 by county code, million CNY_2020/year, and the need per resident that they are read from.

    `need_per_resident` (million CNY_2020/person/year) is pooled over the counties with published spending; its range is
    that of these counties.
    """

    transfers: Mapping[str, Estimate]
    need_per_resident: Estimate


@cache
def load_published_budgets(folder: Path = DATA) -> Mapping[str, PublishedBudget]:
    """The counties with a published budget from 2018 to 2021, by code, in the order of the county axis.

    A figure of another year than 2020 is read against the output of its own year and carried to 2020 with the output
    of 2020: a ratio of levels, no growth rate. The five counties of Pingxiang, which together are the prefecture, share
    its budget with the municipal level in it: own revenue by output, spending by residents.

    Raises ProblemsError for spending without revenue and for figures without the output of their year.
    """
    counties = load_counties()
    codes = {county.code for county in counties} | {PINGXIANG}
    units = {SPENDING: BUDGET_UNIT, **dict.fromkeys(REVENUE, BUDGET_UNIT), OUTPUT: PUBLISHED_UNIT}
    rows = load_published(FILE, units, codes, folder=folder)
    output = {county.code: county.total for county in load_output()}
    members = [county.code for county in counties if county.prefecture == "Pingxiang"]
    problems: list[Problem] = []
    found: dict[str, PublishedBudget] = {}
    for code in sorted(codes):
        revenue = _nearest([row for row in rows if row.code == code and row.variable in REVENUE])
        spending = _nearest([row for row in rows if row.code == code and row.variable == SPENDING])
        if revenue is None:
            if spending is not None:
                problems.append(Problem(FILE, spending.line, f"{SPENDING} of {code}", expected="its revenue beside it"))
            continue
        of_2020 = sum(output[member].value for member in members) if code == PINGXIANG else output[code].value
        figures = []
        for row in (revenue, spending):
            ratio = None if row is None else _over_output(row, rows, of_2020 / MILLIONS, problems)
            figures.append(ratio)
        if figures[0] is None:
            continue
        in_2020 = None if figures[1] is None else _times(figures[1], of_2020, BASE_YEAR)
        found[code] = PublishedBudget(code, figures[0], in_2020)
    if problems:
        raise ProblemsError(problems)
    if PINGXIANG in found:
        found |= _shared(found.pop(PINGXIANG), members)
    return {county.code: found[county.code] for county in counties if county.code in found}


def own_revenue_shares(standard: Estimate, folder: Path = DATA) -> Mapping[str, Estimate]:
    """Own revenue over output in 2020 by county code: published, else the `standard` share (dimensionless)."""
    published = load_published_budgets(folder)
    return {
        county.code: published[county.code].revenue_share if county.code in published else standard
        for county in load_counties()
    }


def base_transfers(
    standard: Estimate, equalization_share: float, net_borrowing_share: float, folder: Path = DATA
) -> BaseTransfers:
    """Transfers of 2020 of all counties.

    Where spending is published they are what own revenue and net borrowing (a share of own revenue and transfers)
    leave of it. These counties give one need per resident: the transfers over `equalization_share` and the standard
    capacity, summed, per resident. The other counties get `equalization_share` of what their standard capacity lacks
    to that need. The need of the single published counties is 0.74 to 1.39 times the pooled one, and so may theirs be.
    """
    published = load_published_budgets(folder)
    output = {county.code: county.total.value for county in load_output()}
    people = {residents.code: residents.total for residents in load_urban_rural_residents()}
    transfers: dict[str, Estimate] = {}
    need: dict[str, float] = {}
    for code, budget in published.items():
        if budget.spending is None:
            continue
        own = _times(budget.revenue_share, output[code], BASE_YEAR)
        spending = budget.spending
        transfers[code] = Estimate(
            value=max(spending.value / (1 + net_borrowing_share) - own.value, 0.0),
            low=max(spending.low / (1 + net_borrowing_share) - own.high, 0.0),
            high=max(spending.high / (1 + net_borrowing_share) - own.low, 0.0),
            quality=worst_quality(["derived", spending.quality, own.quality]),
            source=f"published spending less own revenue and net borrowing; {spending.source}",
            year=BASE_YEAR,
        )
        need[code] = transfers[code].value / equalization_share + standard.value * output[code]
    if not need:
        raise ProblemsError([Problem(FILE, 0, f"no county with {SPENDING}: no need to read from it")])
    each = [need[code] / people[code] for code in need]
    pooled = Estimate(
        value=sum(need.values()) / sum(people[code] for code in need),
        low=min(each),
        high=max(each),
        quality="derived",
        source=f"budgets of {len(need)} counties",
        year=BASE_YEAR,
    )

    def of(code: str, per_resident: float, revenue_share: float) -> float:
        return equalization_share * max(per_resident * people[code] - revenue_share * output[code], 0.0)

    for county in load_counties():
        if county.code not in transfers:
            transfers[county.code] = Estimate(
                value=of(county.code, pooled.value, standard.value),
                low=of(county.code, pooled.low, standard.high),
                high=of(county.code, pooled.high, standard.low),
                quality="derived",
                source=f"need per resident as in {len(need)} counties with published spending, less standard capacity",
                year=BASE_YEAR,
            )
    return BaseTransfers({county.code: transfers[county.code] for county in load_counties()}, pooled)


def transfers_of(base: BaseTransfers, base_year: int) -> BaseTransfers:
    """Transfers of another base year: those of 2020 per resident, as large against the zone's output per resident.

    No county published its transfers of 2010. `base` is that of 2020.
    """
    if base_year == BASE_YEAR:
        return base
    people, incomes = {}, {}
    for year in (BASE_YEAR, base_year):
        people[year] = {residents.code: residents.total for residents in load_urban_rural_residents(year)}
        output = sum(county.total.value for county in base_output(year))
        incomes[year] = output / sum(people[year].values())
    level = incomes[base_year] / incomes[BASE_YEAR]
    return BaseTransfers(
        {
            code: replace(
                _times(each, level * people[base_year][code] / people[BASE_YEAR][code], base_year),
                quality=worst_quality(["derived", each.quality]),
                source=f"those of {BASE_YEAR} per resident, moved with the zone's output per resident; {each.source}",
            )
            for code, each in base.transfers.items()
        },
        _times(base.need_per_resident, level, base_year),
    )


def _nearest(rows: list[Published]) -> Published | None:
    """The row nearest to 2020; a district's own level before the wider figure."""
    order = sorted(rows, key=lambda row: (abs(row.year - BASE_YEAR), [*REVENUE, SPENDING].index(row.variable)))
    return order[0] if order else None


def _over_output(row: Published, rows: list[Published], of_2020: float, problems: list[Problem]) -> Estimate | None:
    """A figure over the output of its own year; None, and a problem, where that is not in the file."""
    output, uncertainty, quality = of_2020, 0.0, row.quality
    if row.year != BASE_YEAR:
        same = [each for each in rows if (each.code, each.variable, each.year) == (row.code, OUTPUT, row.year)]
        if not same:
            what = f"{row.variable} of {row.code} in {row.year}"
            problems.append(Problem(FILE, row.line, what, expected=f"its {OUTPUT} of {row.year} in the file"))
            return None
        output, uncertainty = same[0].value, same[0].uncertainty
        quality = worst_quality(["derived", row.quality, same[0].quality])
    value, error = row.value / output, row.uncertainty + uncertainty
    return Estimate(
        value=value,
        low=value * (1 - error),
        high=value * (1 + error),
        quality=quality,
        source=row.source,
        year=row.year,
    )


def _times(ratio: Estimate, factor: float, year: int) -> Estimate:
    return Estimate(
        value=ratio.value * factor,
        low=ratio.low * factor,
        high=ratio.high * factor,
        quality=ratio.quality,
        source=ratio.source,
        year=year,
    )


def _shared(whole: PublishedBudget, members: list[str]) -> dict[str, PublishedBudget]:
    """A prefecture's budget given to its counties: the same revenue share of output, spending by residents."""
    people = {r.code: r.total for r in load_urban_rural_residents() if r.code in members}
    budgets = {}
    for code in members:
        spending = None
        if whole.spending is not None:
            spending = _times(whole.spending, people[code] / sum(people.values()), whole.spending.year)
        budgets[code] = PublishedBudget(code, whole.revenue_share, spending)
    return budgets
