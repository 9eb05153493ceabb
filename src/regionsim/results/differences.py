"""How the indicators of a scenario differ from another's: in which unit, by which members, and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.indicator_catalogue import Indicator

if TYPE_CHECKING:
    import xarray

PERCENTAGE_POINTS = "percentage points"
PERCENT = "percent"
INDEX_POINTS = "index points"
NEGLIGIBLE_SHARE = 0.001  # of the level


@dataclass(frozen=True)
class Difference:
    """What an indicator of one scenario differs by from the first scenario's, in the unit of `difference_unit`.

    `values` has the shape (member, year, region) over the years that both have. `paired` says that it was taken
    member by member; else it is the difference of the two medians, and there is one member. `share_of_level` is the
    size of the difference against the first scenario's median (same shape; infinite where something differs from 0).
    """

    years: NDArray[np.int64]
    regions: tuple[str, ...]
    values: NDArray[np.float64]
    share_of_level: NDArray[np.float64]
    paired: bool

    def of(self, region: str) -> NDArray[np.float64]:
        """The values of one region, of shape (member, year)."""
        return np.asarray(self.values[..., self.regions.index(region)])

    def in_year(self, year: int) -> Difference:
        """The same in one of the years."""
        place = self.years.tolist().index(year)
        now = slice(place, place + 1)
        return replace(
            self, years=self.years[now], values=self.values[:, now], share_of_level=self.share_of_level[:, now]
        )

    def largest_share(self, regions: tuple[str, ...]) -> float:
        """The largest size against the level in these regions, over all years and members; 0 where nothing counts."""
        shares = self.share_of_level[..., [self.regions.index(region) for region in regions]]
        return float(np.max(shares, where=~np.isnan(shares), initial=0.0))


def difference_unit(indicator: Indicator) -> str:
    """Percentage points for shares, index points for indices, percent for amounts; a balance keeps its own unit."""
    if indicator.unit == "share":
        return PERCENTAGE_POINTS
    if indicator.unit.startswith("index"):
        return INDEX_POINTS
    return indicator.unit if indicator.unit == "person/year" else PERCENT


def difference(first: xarray.Dataset, other: xarray.Dataset, indicator: Indicator) -> Difference:
    """The indicator of `other` less that of `first`, both as from `indicator_array`, in the years that both have.

    Ensembles of the same draws are subtracted member by member (see `same_members`), so that the draws that both share
    cancel; of others the median of each is taken first. Percent are nan where the first scenario has nothing. Raises
    ValueError where no year is common.
    """
    years = np.intersect1d(first["year"].values, other["year"].values)
    if not len(years):
        raise ValueError("the scenarios have no year in common")
    before, after = (array[indicator.name].sel(year=years).values * indicator.shown_factor for array in (first, other))
    level = np.median(before, axis=0, keepdims=True)
    members = same_members(first, other)
    before, after = to_subtract(members, before, after)
    change = after - before
    size = np.abs(change)
    share = np.divide(size, np.abs(level), out=np.where(size > 0, np.inf, size), where=level != 0)
    if difference_unit(indicator) == PERCENT:
        change = np.divide(100 * change, before, out=np.full_like(change, np.nan), where=before != 0)
    return Difference(years, tuple(first["region"].values.tolist()), change, share, members is not None)


def to_subtract(
    members: tuple[NDArray[np.intp], NDArray[np.intp]] | None, before: NDArray[np.float64], after: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two arrays (member, ...) as they may be subtracted: the `same_members` of both, or where None their medians."""
    if members is None:
        return np.median(before, axis=0, keepdims=True), np.median(after, axis=0, keepdims=True)
    return before[members[0]], after[members[1]]


def same_members(first: xarray.Dataset, other: xarray.Dataset) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """The places, in either ensemble, of the members that both have: single runs, or members with the same draws.

    Members that failed are not there, so that the place of a member says nothing of its draw, and its number does.
    None where draws differ; where an older result does not tell them, seed and numbers of all members have to agree.
    """
    one, two = (np.asarray(array["member"].values) for array in (first, other))
    draws = [array.attrs.get("draws_hash", "") for array in (first, other)]
    if all(draws):
        are_same = draws[0] == draws[1]
    elif len(one) == len(two) == 1:
        are_same = not any(draws)
    else:
        are_same = first.attrs.get("seed") == other.attrs.get("seed") and np.array_equal(one, two)
    common, in_one, in_two = np.intersect1d(one, two, return_indices=True)
    return (in_one, in_two) if are_same and len(common) else None
