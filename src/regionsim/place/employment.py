"""Employed people by sector, as shares, from the long form of the censuses (about a tenth of the households)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import LABELS
from regionsim.language.inputs import Quality
from regionsim.place.counties import county_codes
from regionsim.place.tables import DATA, number, one_of, optional, read_table, whole
from regionsim.problems import Problem, ProblemsError, nearest_name

FILE = "census_employment.csv"
AGRICULTURE = ("agriculture",)
INDUSTRY = ("mining", "manufacturing", "utilities", "construction")
SERVICES = (
    "wholesale_retail",
    "transport_storage_post",
    "hotels_catering",
    "information_software",
    "finance",
    "real_estate",
    "leasing_business",
    "research_technical",
    "water_environment_facilities",
    "resident_services",
    "education",
    "health",
    "culture",
    "public_administration",
)
TOTAL = "total"
# Not in the transcription of 2010, or blank for some counties: services of 2010 are the total less the rest.
GAPS: dict[int, frozenset[str]] = {
    2010: frozenset({"wholesale_retail", "transport_storage_post", "information_software", "research_technical"}),
    2020: frozenset(),
}
SUM_TOLERANCE = 0.001
QUALITY: Quality = "secondary"
SOURCE = "leiii/census: transcription of the census county tables, long form; shares of sampled employed persons"


@dataclass(frozen=True)
class CountyEmployment:
    """Employed residents of one county in the long form: persons in the sample and their shares by sector."""

    code: str
    sampled_persons: float
    shares: Mapping[str, float]


@cache
def load_employment(year: int = 2020, folder: Path = DATA) -> tuple[CountyEmployment, ...]:
    """Employment of all counties in `year` (2010 or 2020), in the order of the county axis.

    Agriculture has forestry and fishing in it; industry is mining, manufacturing, utilities and construction;
    services are all else, that is the total less the other two, so that shares sum to 1 exactly. In 2020 every
    industry must be there and sum to the total within 0.1 %. The file of 2010 lacks trade, transport and information
    services and some cells of research: their people are in its total, hence in services.

    Raises ProblemsError for unknown, missing, doubled and blank rows and for sums that do not close.
    """
    codes = county_codes()
    rows = read_table(
        FILE,
        {
            "adcode": whole(100000, 999999),
            "year": whole(2010, 2020),
            "industry": one_of(*AGRICULTURE, *INDUSTRY, *SERVICES, TOTAL),
            "sampled_persons": optional(number(low=0.0)),
        },
        folder=folder,
    )
    problems = []
    sampled: dict[tuple[str, str], float | None] = {}
    line: dict[tuple[str, str], int] = {}
    for row in rows:
        code, industry = str(row["adcode"]), row["industry"]
        if code not in codes:
            problems.append(
                Problem(FILE, row["line"], "county code", code, "a county of the zone", nearest_name(code, codes))
            )
        if row["year"] != year:
            continue
        if (code, industry) in sampled:
            problems.append(
                Problem(
                    FILE,
                    row["line"],
                    f"{industry} of {code} in {year} stands twice",
                    f"also on line {line[code, industry]}",
                )
            )
        if row["sampled_persons"] is None and industry not in GAPS[year]:
            problems.append(Problem(FILE, row["line"], f"{industry} of {code} in {year}", "a blank cell", "persons"))
        sampled[code, industry] = row["sampled_persons"]
        line[code, industry] = row["line"]
    needed = [name for name in (*AGRICULTURE, *INDUSTRY, *SERVICES, TOTAL) if name not in GAPS[year]]
    problems += [
        Problem(FILE, 0, f"no row of {industry} in {year} for {code}")
        for code in codes
        for industry in needed
        if (code, industry) not in sampled
    ]
    if problems:
        raise ProblemsError(problems)

    counties = []
    for code in codes:
        persons = {name: sampled.get((code, name)) or 0.0 for name in (*AGRICULTURE, *INDUSTRY, *SERVICES, TOTAL)}
        total = persons.pop(TOTAL)
        listed = sum(persons.values())
        short = listed < (1 - SUM_TOLERANCE) * total and not GAPS[year]
        if short or listed > (1 + SUM_TOLERANCE) * total or total <= 0:
            problems.append(
                Problem(FILE, line[code, TOTAL], f"total of {code} in {year}", f"{total:g}", f"{listed:g}, the sum")
            )
            continue
        agriculture = sum(persons[name] for name in AGRICULTURE) / total
        industry_share = sum(persons[name] for name in INDUSTRY) / total
        services = 1.0 - (agriculture + industry_share)
        counties.append(
            CountyEmployment(
                code, total, {"agriculture": agriculture, "industry": industry_share, "services": services}
            )
        )
    if problems:
        raise ProblemsError(problems)
    return tuple(counties)


def employment_shares(year: int = 2020, folder: Path = DATA) -> NDArray[np.float64]:
    """Shares of employed residents as an array (county, sector), dimensionless, each county summing to 1."""
    return np.array([[county.shares[s] for s in LABELS["sector"]] for county in load_employment(year, folder)])
