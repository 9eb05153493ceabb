"""What was counted and published of the zone, in the units of the indicators, each figure with its quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from regionsim.place.census import CENSUS_YEARS, RESIDENCES, load_census
from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate, quality_rank, worst_quality
from regionsim.place.forest_cover import load_forest_cover
from regionsim.place.output import MILLIONS, load_output
from regionsim.place.output_2010 import load_output_2010
from regionsim.results.indicator_catalogue import PROVINCES
from regionsim.results.targets import ZONE

Array = NDArray[np.float64]

CENSUS, OUTPUT, FOREST = "census", "output", "forest cover"
# Tables of the census were read in a transcription, whole.
CENSUS_QUALITY = "secondary"
# The model variables that each kind of figure is the base year of.
KINDS = {
    "population": CENSUS,
    "urban_population": CENSUS,
    "residents": CENSUS,
    "output": OUTPUT,
    "sector_output": OUTPUT,
    "forest_area": FOREST,
}


@dataclass(frozen=True)
class ObservedFigure:
    """One figure of a region ("zone", the part of a province, or a county) in the unit of the indicator.

    `quality` is the worst of the counties'.
    """

    region: str
    variable: str
    year: int
    value: float
    quality: str


@dataclass(frozen=True)
class Observations:
    """What somebody observed, from a file of that name: figures of counties (by code), parts of provinces or the zone.

    The quality of a figure is empty where the file says none.
    """

    name: str
    figures: tuple[ObservedFigure, ...]


@dataclass(frozen=True)
class BaseFigures:
    """What the counties start from: `kind` of figure, its year, and how many counties have which quality."""

    kind: str
    year: int
    qualities: Mapping[str, int]


@cache
def observed_figures() -> tuple[ObservedFigure, ...]:
    """Urbanization by both censuses, output of 2010 and 2020, and forest cover of 2020, of the zone and its parts."""
    return tuple(_figures())


def base_figures(variables: Collection[str], year: int) -> list[BaseFigures]:
    """What runs that start in `year` (2010 or 2020) have as the start of these model variables, kind by kind."""
    wanted = dict.fromkeys(KINDS[name] for name in variables if name in KINDS)
    if year not in CENSUS_YEARS:
        return []
    found = []
    for kind in wanted:
        if kind == CENSUS:
            qualities: Counter[str] = Counter({CENSUS_QUALITY: len(load_counties())})
        else:
            qualities = Counter(each.quality for each in _estimates(kind, year))
        ordered = {quality: qualities[quality] for quality in sorted(qualities, key=quality_rank)}
        found.append(BaseFigures(kind, CENSUS_YEARS[-1] if kind == FOREST else year, ordered))
    return found


def _estimates(kind: str, year: int) -> list[Estimate]:
    if kind == FOREST:
        return list(load_forest_cover().values())
    return [county.total for county in (load_output() if year == CENSUS_YEARS[-1] else load_output_2010())]


def _figures() -> Iterator[ObservedFigure]:
    census, counties = load_census(), load_counties()
    area = np.array([county.area for county in counties])
    regions = {ZONE: np.ones(len(counties), dtype=bool)} | {
        province: np.array([county.province == province for county in counties]) for province in PROVINCES
    }
    for region, inside in regions.items():
        for year, by_residence in zip(CENSUS_YEARS, census.by_residence, strict=True):
            people = by_residence[inside]
            urban = people[:, RESIDENCES.index("urban")].sum() / people.sum()
            yield ObservedFigure(region, "urbanization_rate", year, float(urban), CENSUS_QUALITY)
            yield ObservedFigure(region, "population", year, float(people.sum()), CENSUS_QUALITY)
            output = _estimates(OUTPUT, year)
            value = np.array([each.value for each in output])[inside].sum() / MILLIONS
            yield ObservedFigure(region, "output", year, float(value), _worst(output, inside))
        cover = _estimates(FOREST, CENSUS_YEARS[-1])
        share = np.average(np.array([each.value for each in cover])[inside], weights=area[inside])
        yield ObservedFigure(region, "forest_cover", CENSUS_YEARS[-1], float(share), _worst(cover, inside))


def _worst(estimates: list[Estimate], inside: NDArray[np.bool_]) -> str:
    return worst_quality(each.quality for each, counts in zip(estimates, inside, strict=True) if counts)
