"""Output of 2010 by county and sector at 2020 prices: county totals of the time, split as their prefecture was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from regionsim.language.axes import LABELS
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, independent_error, worst_quality
from regionsim.place.output import ANYUAN, MILLIONS, PINGXIANG, PUBLISHED_UNIT, SECTOR_VARIABLES, CountyOutput
from regionsim.place.prices import price_levels
from regionsim.place.published import Published, load_published, pick
from regionsim.place.tables import DATA
from regionsim.problems import Problem, ProblemsError

FILE = "county_output_2010.csv"
YEAR = 2010
SPLIT_YEAR = 2015  # the first year with sectors by county
PRIMARY, SECONDARY, TERTIARY = SECTOR_VARIABLES.values()
PRIMARY_YEARS = (2011, SPLIT_YEAR)  # the first that a county has
TOTAL = "gdp"
# Their totals of 2010 are their prefecture's times their share of 2021: what is known of 2010 is the prefecture.
TOTALS_WITH_LATER_SHARES = ("360302", "360313", "360902")

Figures = Mapping[tuple[str, str], Published]


@cache
def load_output_2010(folder: Path = DATA) -> tuple[CountyOutput, ...]:
    """Output of all counties in calendar 2010, in the order of the county axis, million CNY at 2020 prices per year.

    Totals are the published ones of the time, before the economic censuses of 2013 and 2018 revised them. Agriculture
    is the county's first published primary value added (2011, of three districts 2015) moved to 2010 as its prefecture
    moved. Of the rest industry and services have the prefecture's ratio of 2010, times what the county's ratio was to
    the prefecture's in 2015. Anyuan with the Pingxiang development zone is the prefecture less its other counties.
    Each sector is taken to 2020 prices by its own level of prices.

    Raises ProblemsError for rows that are missing and for a county whose agriculture exceeds its total.
    """
    counties = load_counties()
    prefectures = {county.code: f"{county.code[:4]}00" for county in counties}
    units = dict.fromkeys((TOTAL, PRIMARY, SECONDARY, TERTIARY), PUBLISHED_UNIT)
    rows = load_published(FILE, units, {*prefectures, *prefectures.values()}, folder=folder)
    wanted_2010 = [(code, TOTAL) for code in (*prefectures, *prefectures.values())]
    wanted_2010 += [(code, variable) for code in prefectures.values() for variable in (PRIMARY, SECONDARY, TERTIARY)]
    of_2010 = pick(FILE, rows, dict.fromkeys(wanted_2010), YEAR)
    everybody = dict.fromkeys((*prefectures, *prefectures.values()))
    of_split = pick(FILE, rows, [(code, each) for code in everybody for each in (SECONDARY, TERTIARY)], SPLIT_YEAR)

    problems: list[Problem] = []
    nominal: dict[str, dict[str, Estimate]] = {}
    for code, prefecture in prefectures.items():
        if code != ANYUAN:
            nominal[code] = _sectors(code, prefecture, rows, of_2010, of_split, problems)
    others = [c.code for c in counties if c.prefecture == "Pingxiang" and c.code != ANYUAN]
    if not problems:
        nominal[ANYUAN] = _remainder(of_2010, [nominal[code] for code in others])
    if problems:
        raise ProblemsError(problems)
    return tuple(_at_2020_prices(county.code, nominal[county.code]) for county in counties)


def _sectors(
    code: str, prefecture: str, rows: list[Published], of_2010: Figures, of_split: Figures, problems: list[Problem]
) -> dict[str, Estimate]:
    """Sectors at current prices, in the published unit."""
    total = of_2010[code, TOTAL]
    year = next(
        year for year in PRIMARY_YEARS if any((r.code, r.variable, r.year) == (code, PRIMARY, year) for r in rows)
    )
    then = pick(FILE, rows, [(code, PRIMARY), (prefecture, PRIMARY)], year)
    primary = then[code, PRIMARY].value * of_2010[prefecture, PRIMARY].value / then[prefecture, PRIMARY].value
    rest = total.value - primary
    if rest <= 0:
        problems.append(Problem(FILE, total.line, f"{TOTAL} of {code} in {YEAR}", f"{total.value:g}", f"> {primary:g}"))
    ratio = (
        of_2010[prefecture, SECONDARY].value
        / of_2010[prefecture, TERTIARY].value
        * (of_split[code, SECONDARY].value / of_split[code, TERTIARY].value)
        / (of_split[prefecture, SECONDARY].value / of_split[prefecture, TERTIARY].value)
    )
    values = {
        "agriculture": (primary, then[code, PRIMARY]),
        "industry": (rest * ratio / (1 + ratio), of_split[code, SECONDARY]),
        "services": (rest / (1 + ratio), of_split[code, TERTIARY]),
    }
    return {
        sector: _estimate(
            value, independent_error([row.uncertainty, total.uncertainty]), ["derived", row.quality], row.source
        )
        for sector, (value, row) in values.items()
    }


def _remainder(of_2010: Figures, others: list[dict[str, Estimate]]) -> dict[str, Estimate]:
    """What a prefecture's counties leave of it, sector by sector; their errors are independent."""
    result = {}
    for sector, variable in SECTOR_VARIABLES.items():
        whole = of_2010[PINGXIANG, variable]
        value = whole.value - sum(each[sector].value for each in others)
        error = independent_error([whole.error, *((each[sector].high - each[sector].low) / 2 for each in others)])
        result[sector] = _estimate(value, error / value, ["derived", whole.quality], whole.source)
    return result


def _estimate(value: float, uncertainty: float, qualities: list[str], source: str) -> Estimate:
    return Estimate(
        value=value,
        low=max(value * (1 - uncertainty), 0.0),
        high=value * (1 + uncertainty),
        quality=worst_quality(qualities),
        source=source,
        year=YEAR,
    )


def _at_2020_prices(code: str, nominal: Mapping[str, Estimate]) -> CountyOutput:
    levels = price_levels(YEAR)
    sectors = {}
    for sector in LABELS["sector"]:
        each, level = nominal[sector], levels[sector]
        sectors[sector] = Estimate(
            value=each.value * MILLIONS / level.value,
            low=each.low * MILLIONS / level.high,
            high=each.high * MILLIONS / level.low,
            quality=worst_quality([each.quality, level.quality]),
            source=f"{each.source}; {level.source}",
            year=YEAR,
        )
    total = sum(each.value for each in sectors.values())
    error = independent_error((each.high - each.low) / 2 for each in sectors.values())
    return CountyOutput(
        code,
        _estimate(total, error / total, [each.quality for each in sectors.values()], nominal["services"].source),
        sectors,
    )
