"""Residents by five-year age groups in any year, read from the birth cohorts of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

LOWER_AGES = np.arange(0.0, 90.0, 5.0)
LABELS = (*(f"{age:.0f}-{age + 4:.0f}" for age in LOWER_AGES[:-1]), "85+")
PIECES = 60  # of a cohort's span of birth: five years in months


def age_groups(dataset: xarray.Dataset) -> xarray.DataArray:
    """Residents over (member, year, county, residence, age_group): 0-4, 5-9, … 80-84, 85+.

    Where cohorts and groups coincide (every fifth year from 2020) a group is a cohort. Between, a cohort is divided by
    when its members were born (evenly for those alive at the start, by the births of each year for those born since)
    and by how many of each age have left the county since.

    Raises KeyError for a dataset that lacks a variable of the model that this is read from.
    """
    import xarray

    dims = ("member", "year", "county", "residence")
    years = dataset["year"].values.astype(np.float64)
    starts = dataset["cohort_birth_start"].isel(member=0, year=0).values
    ends = dataset["cohort_birth_end"].isel(member=0, year=0).values
    births = dataset["births"].transpose(*dims).values
    residents = dataset["residents"].transpose(*dims, "cohort").values
    movers = dataset["potential_movers"].sum(("residence", "cohort")).transpose(*dims[:3]).values
    departures = dataset["departures"].sum(("residence", "cohort")).transpose(*dims[:3]).values
    leaving = departures / np.maximum(movers, np.finfo(float).tiny)
    propensity = dataset["migration_propensity_by_age"].values
    groups = np.zeros((*residents.shape[:4], len(LOWER_AGES)))
    for y, year in enumerate(years):
        born = [c for c, start in enumerate(starts) if start < year]
        dates = [np.linspace(starts[c], min(ends[c], year), 2 * PIECES + 1)[1::2] for c in born]
        for c, date in zip(born, dates, strict=True):
            age, elapsed = year - date, np.minimum(year - date, year - years[0])
            first = _first_density(date, starts[c] >= years[0], births, years)
            counted = residents[:, 0, ..., c].sum(axis=-1)
            born_here = first.sum(axis=-2).mean(axis=-1) * (min(ends[c], year) - starts[c])
            before = np.maximum(np.where(counted > 0, counted, born_here), np.finfo(float).tiny)
            left = _left(leaving[:, : y + 1].mean(axis=1), propensity, age, elapsed)
            weight = first * _still_there(left, residents[:, y, ..., c].sum(axis=-1) / before)
            weight = weight / np.maximum(weight.sum(axis=-1, keepdims=True), np.finfo(float).tiny)
            group = np.minimum(age // 5, len(LOWER_AGES) - 1).astype(int)
            for g in np.unique(group):
                groups[:, y, ..., g] += residents[:, y, ..., c] * weight[..., group == g].sum(axis=-1)
    return xarray.DataArray(
        groups,
        dims=(*dims, "age_group"),
        coords={**{name: dataset[name] for name in dims}, "age_group": list(LABELS)},
        name="residents",
        attrs={"units": "person", "long_name": "Residents by residence and age group."},
    )


def _first_density(dates: Array, born_since: bool, births: Array, years: Array) -> Array:
    """How a cohort's members were spread over dates of birth when they were born or counted: (..., date)."""
    if not born_since:
        return np.ones((*births[:, 0].shape, len(dates)))
    # Total fertility is held over a year, so that the births at its beginning stand for all of it.
    at = np.clip((dates - years[0]).astype(int), 0, len(years) - 1)
    return np.moveaxis(births[:, at], 1, -1)


def _still_there(left: Array, kept: Array) -> Array:
    """The part of each date of birth that is there: (member, county, 1, date).

    `left` is the part (member, county, date) that would be gone if nobody came home, `kept` what is there of the whole
    cohort (member, county). Those who come home are as old as those who left: the part that is gone shrinks in
    proportion, until it explains the cohort's loss.
    """
    loss = np.clip((1.0 - kept) / np.maximum(left.mean(axis=-1), np.finfo(float).tiny), 0.0, 1.0)
    return np.asarray(1.0 - loss[..., np.newaxis] * left)[..., np.newaxis, :]


def _left(leaving: Array, propensity: Array, age: Array, elapsed: Array) -> Array:
    """The part of each date of birth that has left at least once since the start or since birth.

    `leaving` is the share of those who weigh a move that left (member, county), `propensity` what share of each single
    year of age weighs one in a year; `age` and the years `elapsed` are by date.
    """
    weighed = np.concatenate([[0.0], np.cumsum(propensity)])
    whole_ages = np.arange(len(weighed), dtype=np.float64)
    since = np.interp(age, whole_ages, weighed) - np.interp(age - elapsed, whole_ages, weighed)
    return np.asarray(1.0 - np.exp(-leaving[..., np.newaxis] * since))
