"""Mass of the hubs in the base year: output and residents of the cities and provinces that people move to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.base_output import base_output
from regionsim.place.cohorts import BASE_YEAR
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, independent_error, worst_quality
from regionsim.place.output import MILLIONS, PUBLISHED_UNIT
from regionsim.place.prices import ALL, price_levels
from regionsim.place.published import Published, load_published, pick
from regionsim.place.tables import DATA, one_of, text
from regionsim.place.urban_rural_residents import SOURCE as CENSUS_SOURCE
from regionsim.place.urban_rural_residents import load_urban_rural_residents
from regionsim.problems import Problem, ProblemsError

FILE = "hub_economy.csv"

# The areas that make up each hub; this order is the order of the hub axis.
AREAS: dict[str, tuple[str, ...]] = {
    "changsha": ("430100",),
    "zhuzhou_xiangtan": ("430200", "430300"),
    "hengyang": ("430400",),
    "chenzhou": ("431000",),
    "yueyang": ("430600",),
    "nanchang": ("360100",),
    "jiujiang": ("360400",),
    "jian": ("360800",),
    "ganzhou": ("360700",),
    "pearl_river_delta": ("440000",),
    "rest_of_country": ("310000", "320000", "330000", "350000"),
}
HUBS = tuple(AREAS)
DELTA = "pearl_river_delta"
GUANGDONG = "440000"
DELTA_SHARE = "delta_share_of_gdp"
DELTA_RESIDENTS = "delta_population_resident"


@dataclass(frozen=True)
class HubEconomy:
    """One hub in the base year: output in million CNY at 2020 prices per year, residents in persons."""

    key: str
    output: Estimate
    residents: Estimate


@cache
def load_hub_economy(base_year: int = BASE_YEAR, folder: Path = DATA) -> tuple[HubEconomy, ...]:
    """Output and residents of all hubs, in the order of the hub axis.

    The file keeps the published figures of whole prefectures and provinces. What follows is done here:
    a prefecture hub is its prefecture less the zone's counties in it, so that nobody is counted twice;
    the Pearl River delta is the nine delta cities, which is where migrants to Guangdong go: the province's output
    times their recalled share, and their own residents (the rest of Guangdong loses people as the zone does);
    the rest of the country is Shanghai, Jiangsu, Zhejiang and Fujian, the other coastal destinations, whose output
    is recalled. Errors of parts are taken as independent.

    Raises ProblemsError for missing rows, rows under a wrong hub, and prefectures smaller than their counties.
    """
    codes = [code for areas in AREAS.values() for code in areas]
    units = {
        "gdp": PUBLISHED_UNIT,
        "population_resident": "person",
        DELTA_SHARE: "share",
        DELTA_RESIDENTS: "person",
    }
    rows = load_published(FILE, units, codes, folder=folder, more={"hub": one_of(*HUBS), "name": text})
    problems = [
        Problem(FILE, row.line, f"hub of {row.code}", row.cells["hub"], _hub_of(row.code))
        for row in rows
        if row.cells["hub"] != _hub_of(row.code)
    ]
    if problems:
        raise ProblemsError(problems)
    wanted = [
        (code, variable)
        for code in codes
        for variable in (("gdp", DELTA_SHARE, DELTA_RESIDENTS) if code == GUANGDONG else ("gdp", "population_resident"))
    ]
    published = pick(FILE, rows, wanted, base_year)
    share = published[GUANGDONG, DELTA_SHARE]
    if not 0 < share.value <= 1:
        problems.append(Problem(FILE, share.line, DELTA_SHARE, f"{share.value:g}", "a share from 0 to 1"))

    prices = price_levels(base_year)[ALL]
    output_of = {county.code: county.total for county in base_output(base_year)}
    residents_of = {
        county.code: Estimate(
            value=county.total,
            low=county.total,
            high=county.total,
            quality="secondary",
            source=CENSUS_SOURCE,
            year=base_year,
        )
        for county in load_urban_rural_residents(base_year, folder)
    }
    hubs = []
    for key, areas in AREAS.items():
        if key == DELTA:
            province = published[GUANGDONG, "gdp"]
            output = _delta_output(province, share, prices)
            residents = _less([published[GUANGDONG, DELTA_RESIDENTS]], [], 1.0, "the nine delta cities", problems)
        else:
            gdp = [published[code, "gdp"] for code in areas]
            persons = [published[code, "population_resident"] for code in areas]
            names = {row.cells["name"] for row in gdp}
            inside = [county for county in load_counties() if county.prefecture in names]
            together = ", ".join(row.cells["name"] for row in gdp) if len(gdp) > 1 else ""
            less = f"less {', '.join(county.name for county in inside)}" if inside else ""
            note = f"{together} {less}".strip()
            scale = MILLIONS / prices.value
            output = _less(gdp, [output_of[county.code] for county in inside], scale, note, problems, prices)
            residents = _less(persons, [residents_of[county.code] for county in inside], 1.0, note, problems)
        hubs.append(HubEconomy(key, output, residents))
    if problems:
        raise ProblemsError(problems)
    return tuple(hubs)


def _hub_of(code: str) -> str:
    return next(key for key, areas in AREAS.items() if code in areas)


def _less(
    rows: Sequence[Published],
    inside: Sequence[Estimate],
    scale: float,
    note: str,
    problems: list[Problem],
    *more: Estimate,
) -> Estimate:
    """The areas summed, less the counties inside them (already in the unit of the result).

    `more` are what the scale was made of, whose quality counts.
    """
    value = scale * sum(row.value for row in rows) - sum(part.value for part in inside)
    if value <= 0:
        problems.append(
            Problem(
                FILE,
                rows[0].line,
                f"{rows[0].variable} of {rows[0].cells['name']}",
                f"{rows[0].value:g}",
                "more than that of the zone's counties in it",
            )
        )
    error = independent_error([*(scale * row.error for row in rows), *((part.high - part.low) / 2 for part in inside)])
    qualities = [*(row.quality for row in rows), *(part.quality for part in inside), *(each.quality for each in more)]
    computed = ["derived"] if inside or len(rows) > 1 else []
    return Estimate(
        value=value,
        low=value - error,
        high=value + error,
        quality=worst_quality([*qualities, *computed]),
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        year=rows[0].year,
        note=note,
    )


def _delta_output(province: Published, share: Published, prices: Estimate) -> Estimate:
    value = province.value * share.value * MILLIONS / prices.value
    error = value * independent_error([province.uncertainty, share.uncertainty])
    return Estimate(
        value=value,
        low=value - error,
        high=value + error,
        quality=worst_quality(["derived", province.quality, share.quality, prices.quality]),
        source=f"{province.source}; {share.source}",
        year=province.year,
        note=f"Guangdong times {share.value:g}, the share of the nine delta cities",
    )
