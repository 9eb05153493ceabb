"""Prices of earlier years against those of 2020, by sector: what a published figure at current prices is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from regionsim.language.axes import LABELS
from regionsim.place.cohorts import BASE_YEAR, BASE_YEARS
from regionsim.place.estimate import Estimate
from regionsim.place.tables import DATA, QUALITY, number, one_of, read_table, text, whole
from regionsim.problems import Problem, ProblemsError

FILE = "price_levels.csv"
ALL = "all"  # of output as a whole


@cache
def price_levels(year: int, folder: Path = DATA) -> Mapping[str, Estimate]:
    """Prices of `year` over those of 2020 by sector and for "all", dimensionless; of 2020 itself exactly 1.

    They are those of the nation: no province publishes implicit prices by sector, and the regional differences are
    within the range. Raises ProblemsError for rows that are missing or stand twice.
    """
    wanted = (*LABELS["sector"], ALL)
    if year == BASE_YEAR:
        one = Estimate(value=1, low=1, high=1, quality="official", source="definition", year=year)
        return dict.fromkeys(wanted, one)
    rows = read_table(
        FILE,
        {
            "sector": one_of(*wanted),
            "year": whole(min(BASE_YEARS), BASE_YEAR),
            "level": number(0.1, 2),
            "quality": QUALITY,
            "source": text,
            "rel_uncertainty": number(0, 1),
        },
        folder=folder,
    )
    levels: dict[str, Estimate] = {}
    problems = []
    for row in rows:
        if row["year"] != year:
            continue
        if row["sector"] in levels:
            problems.append(Problem(FILE, row["line"], f"{row['sector']} in {year} stands twice"))
        level, error = row["level"], row["level"] * row["rel_uncertainty"]
        levels[row["sector"]] = Estimate(
            value=level, low=level - error, high=level + error, quality=row["quality"], source=row["source"], year=year
        )
    problems += [Problem(FILE, 0, f"no row of {sector} in {year}") for sector in wanted if sector not in levels]
    if problems:
        raise ProblemsError(problems)
    return levels
