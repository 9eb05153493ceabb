"""The targets that the action plan sets in numbers, and whether a run attains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray

ZONE = "zone"
# The plan is Jiangxi's and speaks of the whole zone: what it says is asked of the zone and of the part it governs.
REGIONS = (ZONE, "Jiangxi")


@dataclass(frozen=True, kw_only=True)
class Target:
    """An indicator that must be `at_least` so much in a year, or, with `since`, have risen by so much."""

    name: str
    label: str
    label_zh: str
    indicator: str  # a share
    at_least: float
    source: str
    quality: str
    year: int = 2025
    since: int | None = None


PLAN = "Jiangxi Action Plan [2022] No. 48"

TARGETS: tuple[Target, ...] = (
    Target(
        name="forest_cover",
        label="Forest cover",
        label_zh="森林覆盖率",
        indicator="forest_cover",
        at_least=0.70,
        quality="official",
        source=f"{PLAN}, measure 12: stable at 70 % or more in the zone by 2025",
    ),
    Target(
        name="rural_sewage",
        label="Treated rural sewage",
        label_zh="农村生活污水治理率",
        indicator="rural_sewage_coverage",
        at_least=0.30,
        quality="official",
        source=f"{PLAN}, measure 8: 30 % or more by 2025, in villages where conditions allow",
    ),
    Target(
        name="rural_sewage_aim",
        label="Treated rural sewage, aim",
        label_zh="农村生活污水治理率（力争）",
        indicator="rural_sewage_coverage",
        at_least=0.40,
        quality="official",
        source=f"{PLAN}, measure 8: aiming at some 40 % by 2025",
    ),
    # The plan names no number: more than the average of the province. 60.44 % at the census of 2020 and 63.13 % at the
    # end of 2023 make 0.9 points a year, here carried on to 2025.
    Target(
        name="urbanization_gain",
        label="Gain in urbanization since 2020",
        label_zh="2020年以来城镇化率增幅",
        indicator="urbanization_rate",
        since=2020,
        at_least=5 * 0.009,
        quality="derived",
        source=f"{PLAN}, section 1(2); gain of the province from its official rates of 2020 and 2023",
    ),
)


@dataclass(frozen=True)
class FoundTarget:
    """What a run makes of a target in a region: by member, what was found, in the unit of the indicator."""

    target: Target
    region: str
    values: NDArray[np.float64]

    @property
    def attained(self) -> float:
        """The share of members that attain the target: 1 or 0 for a single run, nan where there is no number."""
        if np.isnan(self.values).any():
            return float("nan")
        return float((self.values >= self.target.at_least).mean())

    @property
    def missing(self) -> float:
        """By how much the median of the members falls short; negative where it is above."""
        return float(self.target.at_least - np.median(self.values))


def found_targets(array: xarray.Dataset) -> list[FoundTarget]:
    """The targets of a run from its `indicator_array`; region by region; those whose years it lacks are left out."""
    years = set(array["year"].values.tolist())
    found = []
    for region in REGIONS:
        if region not in array["region"].values:
            continue
        for target in TARGETS:
            if not {target.year, target.since or target.year} <= years:
                continue
            here = array[target.indicator].sel(region=region)
            values = here.sel(year=target.year).values
            if target.since is not None:
                values = values - here.sel(year=target.since).values
            found.append(FoundTarget(target, region, np.asarray(values, dtype=np.float64)))
    return found
