"""Cropland of the base year by county: published where it is, else a share of the land without forest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, quality_rank
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.published import Published, load_published
from regionsim.place.tables import DATA
from regionsim.problems import Problem, ProblemsError

FILE = "cropland.csv"
VARIABLE = "cropland_area"
TARGET = "cropland_retention_target"
JIANGXI = "360000"
BASE_YEAR = 2020
# An older figure says nothing of 2020: the row of 1992 for Liling stays in the file as a test of the fit.
EARLIEST_YEAR = 2000


@dataclass(frozen=True)
class CroplandFit:
    """Cropland as a share of the land without forest: pooled over the counties with a figure, and its extremes."""

    share: float
    low: float
    high: float
    counties: tuple[str, ...]


@cache
def load_published_cropland(folder: Path = DATA) -> Mapping[str, Published]:
    """The row of cropland (ha) to use, by county code, for the counties that have one since 2000.

    The nearest year to 2020 wins, then the better quality. Raises ProblemsError for a figure above the county's land.
    """
    area = {county.code: county.area for county in load_counties()}
    rows = load_published(FILE, {VARIABLE: "ha", TARGET: "ha"}, {*area, JIANGXI}, folder=folder)
    problems = [
        Problem(FILE, row.line, f"{VARIABLE} of {row.code}", f"{row.value:g} ha", f"less than {area[row.code]:.0f} ha")
        for row in rows
        if row.code in area and row.value >= area[row.code]
    ]
    if problems:
        raise ProblemsError(problems)
    chosen: dict[str, Published] = {}
    for row in sorted(rows, key=lambda row: (abs(row.year - BASE_YEAR), quality_rank(row.quality), row.line)):
        if row.code in area and row.variable == VARIABLE and row.year >= EARLIEST_YEAR:
            chosen.setdefault(row.code, row)
    return chosen


def fit_cropland_share(folder: Path = DATA) -> CroplandFit:
    """Cropland over land without forest, summed over the counties with a figure; the range is the counties' own.

    Raises ProblemsError where a published cropland exceeds the land without forest, or where no county has a figure.
    """
    published = load_published_cropland(folder)
    bare = land_without_forest(folder)
    problems = [
        Problem(FILE, row.line, f"{VARIABLE} of {code}", f"{row.value:g} ha", f"less than {bare[code].value:.0f} ha")
        for code, row in published.items()
        if row.value >= bare[code].value
    ]
    if not published:
        problems.append(Problem(FILE, 0, f"no row of {VARIABLE} since {EARLIEST_YEAR} for any county"))
    if problems:
        raise ProblemsError(problems)
    shares = {code: row.value / bare[code].value for code, row in published.items()}
    return CroplandFit(
        share=sum(row.value for row in published.values()) / sum(bare[code].value for code in published),
        low=min(shares.values()),
        high=max(shares.values()),
        counties=tuple(code for code in bare if code in published),
    )


def load_cropland(folder: Path = DATA) -> dict[str, Estimate]:
    """Cropland in ha by county code, in the order of the county axis.

    A published figure is taken for 2020 unchanged. The other counties have the fitted share of their land without
    forest; their range joins the extremes of the share with those of the forest cover.
    """
    published = load_published_cropland(folder)
    fit = fit_cropland_share(folder)
    cropland = {}
    for code, bare in land_without_forest(folder).items():
        if code in published:
            row = published[code]
            cropland[code] = Estimate(
                value=row.value,
                low=row.value - row.error,
                high=row.value + row.error,
                quality=row.quality,
                source=row.source,
                year=row.year,
            )
        else:
            cropland[code] = Estimate(
                value=fit.share * bare.value,
                low=fit.low * bare.low,
                high=fit.high * bare.high,
                quality="derived" if bare.quality != "recalled" else "recalled",
                source=f"{fit.share:.3f} ({fit.low:.3f}-{fit.high:.3f}) of the land without forest, "
                f"fitted on {len(fit.counties)} counties",
                year=BASE_YEAR,
            )
    return cropland


def land_without_forest(folder: Path = DATA) -> dict[str, Estimate]:
    """County area less forest, ha, by county code."""
    cover = load_forest_cover(folder)
    return {
        county.code: Estimate(
            value=county.area * (1 - cover[county.code].value),
            low=county.area * (1 - cover[county.code].high),
            high=county.area * (1 - cover[county.code].low),
            quality=cover[county.code].quality,
            source=cover[county.code].source,
            year=cover[county.code].year,
        )
        for county in load_counties()
    }


def retention_target(folder: Path = DATA) -> float:
    """Jiangxi's cropland to be kept in 2035 over its cropland of 2019 (dimensionless): evidence for the red line."""
    rows = load_published(
        FILE, {VARIABLE: "ha", TARGET: "ha"}, {*(c.code for c in load_counties()), JIANGXI}, folder=folder
    )
    figures = {row.variable: row.value for row in rows if row.code == JIANGXI}
    missing = [variable for variable in (VARIABLE, TARGET) if variable not in figures]
    if missing:
        raise ProblemsError([Problem(FILE, 0, f"no row of {variable} for Jiangxi") for variable in missing])
    return figures[TARGET] / figures[VARIABLE]
