"""Output of the base year: value added by county and sector in 2020."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, independent_error, worst_quality
from regionsim.place.published import Published, load_published, pick
from regionsim.place.tables import DATA
from regionsim.problems import Problem, ProblemsError

FILE = "county_output.csv"
BASE_YEAR = 2020
SECTOR_VARIABLES = {"agriculture": "gdp_primary", "industry": "gdp_secondary", "services": "gdp_tertiary"}
PUBLISHED_UNIT = "100 million CNY (nominal)"
MILLIONS = 100.0  # in the published unit of 100 million (亿元)
SUM_TOLERANCE = 0.005

PINGXIANG = "360300"
ANYUAN = "360302"
WITH_DEVELOPMENT_ZONE = "gdp_incl_development_zone"


@dataclass(frozen=True)
class CountyOutput:
    """Value added of one county in calendar 2020, million CNY at 2020 prices per year; sectors sum to the total."""

    code: str
    total: Estimate
    sectors: Mapping[str, Estimate]


@cache
def load_output(folder: Path = DATA) -> tuple[CountyOutput, ...]:
    """Output of all counties, in the order of the county axis.

    Prices of 2020 are those of the year itself, so published nominal figures of 2020 need no deflator. Agriculture
    is the primary, industry the secondary (with construction), services the tertiary sector. Sectors are scaled to
    the county's total after a check that they miss it by no more than 0.5 %.

    Anyuan's census residents include the Pingxiang development zone: its total is the one with the zone, its sectors
    are those of Pingxiang prefecture less the four other counties, whose errors are taken as independent.

    Raises ProblemsError for missing rows and sums that do not close.
    """
    counties = load_counties()
    units = dict.fromkeys(("gdp", WITH_DEVELOPMENT_ZONE, *SECTOR_VARIABLES.values()), PUBLISHED_UNIT)
    rows = load_published(FILE, units, {county.code for county in counties} | {PINGXIANG}, folder=folder)
    wanted = [
        (code, variable)
        for code in (*(county.code for county in counties), PINGXIANG)
        for variable in ("gdp", *SECTOR_VARIABLES.values())
    ]
    published = pick(FILE, rows, [*wanted, (ANYUAN, WITH_DEVELOPMENT_ZONE)], BASE_YEAR)

    problems: list[Problem] = []
    outputs = []
    for county in counties:
        if county.code == ANYUAN:
            total = published[ANYUAN, WITH_DEVELOPMENT_ZONE]
            sectors = _with_development_zone(published, total, problems)
        else:
            total = published[county.code, "gdp"]
            sectors = {
                sector: _estimate(published[county.code, variable]) for sector, variable in SECTOR_VARIABLES.items()
            }
        outputs.append(_closed(county.code, total, sectors, problems))
    _closed(
        PINGXIANG,
        published[PINGXIANG, "gdp"],
        {sector: _estimate(published[PINGXIANG, variable]) for sector, variable in SECTOR_VARIABLES.items()},
        problems,
    )
    if problems:
        raise ProblemsError(problems)
    return tuple(outputs)


def _estimate(row: Published, note: str = "") -> Estimate:
    return Estimate(
        value=row.value * MILLIONS,
        low=(row.value - row.error) * MILLIONS,
        high=(row.value + row.error) * MILLIONS,
        quality=row.quality,
        source=row.source,
        year=row.year,
        note=note,
    )


def _with_development_zone(
    published: Mapping[tuple[str, str], Published], total: Published, problems: list[Problem]
) -> dict[str, Estimate]:
    """Sectors of Anyuan with the zone: the prefecture less its other four counties, which must also give the total."""
    others = [c.code for c in load_counties() if c.prefecture == "Pingxiang" and c.code != ANYUAN]
    remainder = published[PINGXIANG, "gdp"].value - sum(published[code, "gdp"].value for code in others)
    if abs(remainder - total.value) > SUM_TOLERANCE * total.value:
        problems.append(
            Problem(
                FILE,
                total.line,
                f"{total.variable} of Anyuan",
                f"{total.value:g}",
                f"{remainder:.2f}, Pingxiang less its other four counties, within {SUM_TOLERANCE:.1%}",
            )
        )
    sectors = {}
    for sector, variable in SECTOR_VARIABLES.items():
        whole = published[PINGXIANG, variable]
        parts = [published[code, variable] for code in others]
        value = whole.value - sum(part.value for part in parts)
        if value <= 0:
            problems.append(
                Problem(
                    FILE, whole.line, f"{variable} of Pingxiang", f"{whole.value:g}", "more than its counties sum to"
                )
            )
        error = independent_error(row.error for row in (whole, *parts))
        sectors[sector] = Estimate(
            value=value * MILLIONS,
            low=max(value - error, 0.0) * MILLIONS,
            high=(value + error) * MILLIONS,
            quality=worst_quality(["derived", *(row.quality for row in (whole, *parts))]),
            source=whole.source,
            year=whole.year,
            note="Pingxiang prefecture less Xiangdong, Lianhua, Shangli and Luxi: with the development zone",
        )
    return sectors


def _closed(code: str, total: Published, sectors: Mapping[str, Estimate], problems: list[Problem]) -> CountyOutput:
    """The county with its sectors scaled to the total; a gap above the tolerance is a problem."""
    note = "with the Pingxiang development zone" if total.variable == WITH_DEVELOPMENT_ZONE else ""
    summed = sum(estimate.value for estimate in sectors.values())
    gap = summed / (total.value * MILLIONS) if total.value > 0 else float("inf")
    if abs(gap - 1.0) > SUM_TOLERANCE:
        problems.append(
            Problem(
                FILE,
                total.line,
                f"sectors of {code} summed",
                f"{summed / MILLIONS:.2f}",
                f"{total.value:g}, the {total.variable}, within {SUM_TOLERANCE:.1%}",
            )
        )
        return CountyOutput(code, _estimate(total, note), sectors)
    scaled = {
        sector: Estimate(
            value=estimate.value / gap,
            low=estimate.low / gap,
            high=estimate.high / gap,
            quality=estimate.quality,
            source=estimate.source,
            year=estimate.year,
            note=estimate.note,
        )
        for sector, estimate in sectors.items()
    }
    return CountyOutput(code, _estimate(total, note), scaled)
