"""A projection by single years of age, written apart from the model, to hold its five-year cohorts against.

It takes from a run of the model what does not depend on age (shares of movers who leave or go to town, where they go,
total fertility, the response of returns to wages, the pace of reclassification) and applies the age schedules as they
stand in the parameter files, year of age by year of age, by Euler's method with a step of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

OLDEST = 105


def project(
    run: Mapping[str, Array],
    inputs: Mapping[str, Array],
    tables: Mapping[str, tuple[Array, Array]],
    steps: int,
    middle: bool,
) -> Array:
    """Residents by (year, county, single year of age 0..104+) at whole years from 2020.

    `run` has the model's variables (year, *over), `inputs` its constants (*over), `tables` arguments and values.
    `steps` are taken in a year; rates are read in the `middle` of a step or at its start.
    """
    years = len(run["population"])
    residents = _single_ages(inputs["initial_residents"])  # (county, residence, birth year)
    absent = _single_ages(inputs["initial_absent"])
    women = _single_ages(inputs["initial_residents"] * inputs["women_share"][:, None, :]) / np.maximum(
        residents, 1e-300
    )
    births = np.zeros((*residents.shape[:2], years))
    residents, absent = (np.concatenate([part, np.zeros((*part.shape[:2], years))], 2) for part in (residents, absent))
    girls = np.broadcast_to(inputs["women_share"][:, -1][:, None, None], births.shape)
    women = np.concatenate([women, girls], axis=2)
    born = np.arange(residents.shape[2]) - OLDEST + 0.5  # middle of the year of birth, 0 = census day
    result = np.empty((years, residents.shape[0], OLDEST))
    for year in range(years):
        for age in range(OLDEST):
            result[year, :, age] = residents[:, :, OLDEST - 1 + year - age].sum(axis=1)
        if year + 1 == years:
            break
        for k in range(steps):
            t = year + (k + (0.5 if middle else 0.0)) / steps
            at = {name: _between(values, t) for name, values in run.items()}
            living = np.arange(residents.shape[2]) <= OLDEST + year
            age = np.where(living, np.maximum(t - born, 0.0), 0.0)
            age[OLDEST + year] = (t - year) / 2  # the year that is being born
            rate = {name: np.interp(age, *points) * living for name, points in tables.items()}
            level = at["mortality_index"] * inputs["residence_mortality_ratio"]  # (residence,)
            movers = residents * rate["propensity"]
            leaving = movers * at["departing_share"][:, :, None]
            to_town = movers * at["town_moving_share"][:, :, None]
            arriving = np.einsum("ck,cd->dk", leaving.sum(axis=1), at["county_share"])
            to_hubs = (
                leaving.sum(axis=1)[:, None, :]
                * np.einsum("ch,chg->cg", at["hub_share"], inputs["hub_group_membership"])[:, :, None]
            )
            pull = at["home_wage_index"] ** inputs["migration_income_elasticity"]
            home = absent * rate["returning"] * pull[:, None, None]
            rural_share = at["rural_return_share"][:, None]
            change = -leaving - to_town - residents * rate["mortality"] * level[None, :, None]
            change[:, 0] += home.sum(axis=1) * rural_share
            change[:, 1] += home.sum(axis=1) * (1 - rural_share) + to_town.sum(axis=1) + arriving
            rebuilt = residents[:, 0] * at["reclassification_rate"][:, None]
            change[:, 0] -= rebuilt
            change[:, 1] += rebuilt
            # Total fertility is a yearly figure.
            newborn = (residents * women * rate["fertility"]).sum(axis=2) * run["total_fertility"][year]
            newborn = newborn * (1 - inputs["infant_mortality"] * at["mortality_index"])
            change[:, :, OLDEST + year] += newborn
            absent = absent + (to_hubs - home - absent * rate["mortality"] * level[1]) / steps
            residents = residents + change / steps
    return result


def five_year_groups(single: Array) -> Array:
    """Single years of age added up to 0-4, 5-9, … 75-79 (last axis)."""
    return single[..., :80].reshape(*single.shape[:-1], 16, 5).sum(axis=-1)


def _single_ages(by_cohort: Array) -> Array:
    """Cohorts alive in 2020 (oldest first) spread evenly over their five years; 85+ over 85-104, falling with age."""
    alive = by_cohort[..., :18]
    closed = np.repeat(alive[..., 1:] / 5, 5, axis=-1)
    weights = np.exp(-0.23 * np.arange(20.0))[::-1]  # oldest first; mean age about 89
    return np.concatenate([alive[..., :1] * (weights / weights.sum()), closed], axis=-1)


def _between(values: Array, t: float) -> Array:
    k = min(int(t), len(values) - 2)
    return np.asarray(values[k] + (t - k) * (values[k + 1] - values[k]))
