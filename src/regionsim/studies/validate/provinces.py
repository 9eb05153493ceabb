"""How provinces grew after the base year: as published of the whole province, else as observed of its counties.

The published series stand here and not among the data of the place, so that no model can read them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.language.axes import LABELS
from regionsim.place.counties import load_counties
from regionsim.place.tables import QUALITY, number, one_of, read_table, text, whole
from regionsim.results.indicator_catalogue import PROVINCES, Indicator
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import Levels, is_share, is_sum

FOLDER = Path(__file__).parent
FILE = "provinces.csv"
POPULATION, URBAN_POPULATION, URBAN_SHARE = "population", "urban_population", "urbanization_rate"
BIRTHS, DEATHS = "births", "deaths"
OUTPUTS = ("output", *(f"output_{sector}" for sector in LABELS["sector"]))


@dataclass(frozen=True)
class Growth:
    """How a province changed since the base year: a factor, of shares a change; nan where unknown, `basis` saying why.

    `of_the_file` is whether it comes from the observations that are scored.
    """

    value: float
    added: bool
    basis: str
    of_the_file: bool

    def applied(self, start: float) -> float:
        """The value that starts from `start`."""
        return start + self.value if self.added else start * self.value


@cache
def provincial_series() -> Mapping[tuple[str, str, int], float]:
    """Values by (province, variable, year) in the units of indicators.csv, of the whole province.

    Residents and urban share as published, urban residents as their product; births and deaths are those of calendar
    years. Raises ProblemsError for a broken file.
    """
    rows = read_table(
        FILE,
        {
            "province": one_of(*PROVINCES),
            "variable": one_of(POPULATION, URBAN_SHARE, *OUTPUTS, BIRTHS, DEATHS),
            "year": whole(2010, 2100),
            "value": number(0.0),
            "unit": text,
            "quality": QUALITY,
            "source": text,
        },
        folder=FOLDER,
    )
    series = {(row["province"], row["variable"], row["year"]): row["value"] for row in rows}
    urban = {
        (province, URBAN_POPULATION, year): value * series[province, URBAN_SHARE, year]
        for (province, variable, year), value in series.items()
        if variable == POPULATION and (province, URBAN_SHARE, year) in series
    }
    return {**series, **urban}


def series_hash() -> str:
    """SHA-256 of the file of published series, line ends apart."""
    return hashlib.sha256((FOLDER / FILE).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def province_growth(
    indicator: Indicator, province: str, year: int, rows: Sequence[Observation], levels: Levels
) -> Growth:
    """The growth of a province from the base year to `year`; `rows` are all observations of the indicator."""
    series, added = provincial_series(), is_share(indicator)
    before, after = (series.get((province, indicator.name, when)) for when in (levels.base_year, year))
    if before is not None and after is not None:
        return Growth(_change(before, after, added), added, "published series of the whole province", False)
    observed = {row.region: row.value for row in rows if row.year == year}
    counties = [county.code for county in load_counties() if county.province == province]
    seen = [code for code in counties if code in observed]
    base = levels.base(indicator, province)
    if province in observed:
        total, basis = observed[province], f"the file's own row of the part in {province}"
    elif is_sum(indicator) and len(seen) == len(counties):
        total, basis = sum(observed[code] for code in counties), f"the file's own sum over all counties of {province}"
    else:
        has = f"{len(seen)} of its {len(counties)} counties" if is_sum(indicator) else "no row of its part of the zone"
        return Growth(math.nan, added, f"no published series of {province} in all years, and the file has {has}", True)
    if base <= 0 and not added:
        return Growth(math.nan, added, f"{province} has nothing in the base year to grow from", True)
    return Growth(_change(base, total, added), added, basis, True)


def _change(before: float, after: float, added: bool) -> float:
    return after - before if added else after / before
