"""Forest cover of the base year by county, in the official definition (canopy and bamboo), with its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from regionsim.place.counties import County, load_counties
from regionsim.place.estimate import Estimate, quality_rank
from regionsim.place.published import Published, load_published
from regionsim.place.tables import DATA
from regionsim.problems import Problem, ProblemsError

FILE = "forest_cover.csv"
VARIABLE = "forest_coverage"
BASE_YEAR = 2020
HUNAN = "430000"
# Hunan's provincial cover of 2022 is on the older basis, that of 2020 seems restated on the basis of the land survey.
OLDER_BASIS_YEAR = 2022
SURVEY_BASIS_YEAR = 2020
# A later figure this close (percentage points) to an earlier one of the same county repeats the older basis.
REPEATED_WITHIN = 1.0


@cache
def load_forest_cover(folder: Path = DATA) -> Mapping[str, Estimate]:
    """Forest cover as a share of the county's area (0-1) by county code, in the order of the county axis.

    Which row: one that was read or derived before a recalled one; of those the one nearest to 2020; at equal distance
    the better quality, then the smaller uncertainty. The row is taken for 2020 unchanged.

    Which range: the row's own uncertainty, widened to every other figure given for the county, of any year (most years
    are approximate) and quality. Hunan appears to have restated its cover on the basis of the land survey, six points
    lower for the province: `low` of a Hunan county is no higher than its figure times that ratio. A Hunan figure after
    2022 that repeats no earlier one may already be on the new basis: then `high` is no lower than the figure over the
    ratio.

    Raises ProblemsError for counties without a row and for a cover above 100 %.
    """
    counties = load_counties()
    rows = load_published(FILE, {VARIABLE: "percent"}, {*(c.code for c in counties), HUNAN}, folder=folder)
    problems = [
        Problem(FILE, row.line, f"{VARIABLE} of {row.code}", f"{row.value:g}", "a percentage from 0 to 100")
        for row in rows
        if row.value > 100
    ]
    by_county: dict[str, list[Published]] = {}
    for row in rows:
        by_county.setdefault(row.code, []).append(row)
    problems += [
        Problem(FILE, 0, f"no row of {VARIABLE} for {county.code} ({county.name})")
        for county in counties
        if county.code not in by_county
    ]
    province = {row.year: row.value for row in by_county.get(HUNAN, [])}
    problems += [
        Problem(FILE, 0, f"no row of {VARIABLE} in {year} for Hunan")
        for year in (SURVEY_BASIS_YEAR, OLDER_BASIS_YEAR)
        if year not in province
    ]
    if problems:
        raise ProblemsError(problems)
    ratio = province[SURVEY_BASIS_YEAR] / province[OLDER_BASIS_YEAR]
    return {county.code: _cover(county, by_county[county.code], ratio) for county in counties}


def _cover(county: County, rows: list[Published], survey_over_older_basis: float) -> Estimate:
    best = min(
        rows,
        key=lambda row: (
            row.quality == "recalled",
            abs(row.year - BASE_YEAR),
            quality_rank(row.quality),
            row.uncertainty,
            row.line,
        ),
    )
    low = min(best.value - best.error, *(row.value for row in rows))
    high = max(best.value + best.error, *(row.value for row in rows))
    notes = []
    if county.province == "Hunan":
        low = min(low, best.value * survey_over_older_basis)
        notes.append("low end on the basis of the land survey")
        if _basis_is_unclear(best, rows):
            high = max(high, best.value / survey_over_older_basis)
            notes.append("may already be on that basis: high end on the older one")
    if best.quality == "recalled":
        notes.append("no other figure")
    return Estimate(
        value=best.value / 100,
        low=low / 100,
        high=min(high, 100.0) / 100,
        quality=best.quality,
        source=best.source,
        year=best.year,
        note="; ".join(notes),
    )


def _basis_is_unclear(best: Published, rows: list[Published]) -> bool:
    return best.year > OLDER_BASIS_YEAR and not any(
        row.year <= OLDER_BASIS_YEAR and row.quality != "recalled" and abs(row.value - best.value) <= REPEATED_WITHIN
        for row in rows
    )
