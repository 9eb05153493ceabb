"""The people of the base year as inputs of the model, from the censuses and the parameters named here."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regionsim.language.axes import full_rank
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.place.base_flows import (
    DECADE,
    births_of_census_year,
    net_migration,
    pooled_levels,
    returns_per_year,
    total_fertility,
    town_moves_per_year,
    weighted_residents,
)
from regionsim.place.base_population import (
    absent_by_cohort,
    absent_total,
    registered_in_2020,
    split_by_residence,
    women_share,
)
from regionsim.place.census import CENSUS_YEARS, load_census, load_registered_population
from regionsim.place.cohorts import (
    BASE_YEAR,
    LOWER_AGES,
    birth_end,
    birth_start,
    births_until,
    by_cohort,
    five_year_groups,
)
from regionsim.place.counties import load_counties
from regionsim.place.schedules import COHORT_WIDTH, by_mean_age, leaving_ahead_by_mean_age, mean_between, staying

Array = NDArray[np.float64]

# The parameters that are read, by kind and unit; every table is by age in years.
TABLES = {
    "mortality_by_age": "1/year",
    "fertility_by_age": "1/year",
    "rural_log_ratio_by_age": "dimensionless",
    "migration_propensity_by_age": "1/year",
    "return_propensity_by_age": "1/year",
    "absent_profile_by_age": "1/year",
}
SCALARS = (
    "infants_missed_in_2010_share",
    "infant_mortality",
    "mortality_improvement_rate",
    "absent_share_elsewhere",
    "reclassified_share",
    "county_deviation_weight",
)
MISSED_INFANTS_IN = 2010
AGAINST_DECADE = ("departures_against_decade", "town_moves_against_decade")

# What the model goes on to do after 2020, and the base year is worked out with.
BEHAVIOUR = (
    "mortality_by_age",
    "fertility_by_age",
    "migration_propensity_by_age",
    "return_propensity_by_age",
    "infant_mortality",
    "mortality_improvement_rate",
)

# Guidong, whose census of 2010 counted 226,562 residents on 187,887 registered: its change since is no migration.
ARTEFACT_IN_2010 = ("431027",)

CENSUS = "censuses 2010 and 2020 (census_age_sex.csv, census_other.csv)"


def demography_inputs(
    parameters: Mapping[str, AnyInput],
    evidence: Mapping[str, AnyInput] | None = None,
    base_year: int = BASE_YEAR,
    held_out: Collection[str] = (),
) -> list[AnyInput]:
    """Stocks, shares, levels and schedules of the base year, which is one of the two censuses.

    Persons: initial_residents (county, residence, cohort), initial_absent (county, hub_group, cohort). Shares and
    multipliers, dimensionless: women_share (county, cohort), relative_fertility, departure_level, town_move_level
    (county). Births per woman: base_total_fertility. Years: cohort_birth_start, cohort_birth_end,
    cohort_births_until (cohort). Schedules by a cohort's mean age, 1/year: fertility_, mortality_,
    migration_propensity_ and return_propensity_by_mean_age, and for the cohort that crosses the age of 15
    leaving_ahead_ and leaving_ahead_under_15_by_mean_age (dimensionless).

    What people did up to 2020 is worked out from the `evidence` (the parameters themselves where None): a scenario
    that changes births, deaths or moves does so from its start on, and leaves the base year as it was counted.
    Departures and moves to town are levels of the whole decade between the censuses, whichever of the two is the base
    year; everything else is of the base year alone. Counties in `held_out` (codes) are treated as if nothing were known
    of what they did between the censuses: they have the levels of the zone, which is worked out without them.

    Raises KeyError for parameters that are missing, TypeError for one that is no table or no single number, and
    ValueError for a table of another unit or argument.
    """
    evidence = parameters if evidence is None else evidence
    schedules, _ = _read(parameters)
    # A mapping in front of another: to spread the parameters would count all of them as read.
    tables, scalars = _read(ChainMap({name: evidence[name] for name in BEHAVIOUR}, parameters))  # type: ignore[arg-type]
    mortality = tables["mortality_by_age"]
    # Of the decade between the censuses: the schedule is of its end, and death rates fell until then.
    of_decade = replace(mortality, values=mortality.values * np.exp(scalars["mortality_improvement_rate"] * DECADE / 2))
    counties = load_counties()
    census = load_census()
    by_sex = five_year_groups(census.persons)  # (year, county, sex, age group)
    residents = by_sex.sum(axis=2)
    log_ratio = _by_age_group(tables["rural_log_ratio_by_age"])
    split = [split_by_residence(residents[y], census.by_residence[y, :, 0], log_ratio) for y in range(2)]
    unknown = np.array([county.code in {*ARTEFACT_IN_2010, *held_out} for county in counties])

    register = load_registered_population()
    registered = registered_in_2020(
        register.counted_2010, register.recorded_2020, [county.province for county in counties]
    )
    people = residents.sum(axis=-1)
    absent = absent_total(np.stack([register.counted_2010, registered]), people, census.in_movers)
    profile = _by_age_group(tables["absent_profile_by_age"])
    returns = returns_per_year(absent[0], absent[1], profile, _by_age_group(tables["return_propensity_by_age"]))

    propensity, weight = tables["migration_propensity_by_age"], scalars["county_deviation_weight"]
    net_departures = -net_migration(residents[0], residents[1], of_decade).sum(axis=-1) / DECADE
    exposure = weighted_residents(propensity, split[0], split[1])  # (county, residence)
    departures = pooled_levels(net_departures + returns, exposure.sum(axis=-1), weight, unknown)
    town_moves = town_moves_per_year(
        split[0][:, 0],
        split[1][:, 0],
        net_departures,
        exposure[:, 0] / exposure.sum(axis=-1),
        of_decade,
        scalars["reclassified_share"],
    )
    k = CENSUS_YEARS.index(base_year)
    counted = 1.0 - (scalars["infants_missed_in_2010_share"] if base_year == MISSED_INFANTS_IN else 0.0)
    births = births_of_census_year(census.persons[k, :, :, 0].sum(axis=-1) / counted, scalars["infant_mortality"])
    women = by_sex[k, :, 0]
    fertility = total_fertility(births, women, tables["fertility_by_age"])
    zone_fertility = total_fertility(births.sum(), women.sum(axis=0), tables["fertility_by_age"])

    return [
        _constant(
            "initial_residents",
            f"Residents on census day {base_year} by birth cohort; age by residence is derived, both margins counted.",
            "person",
            ("county", "residence", "cohort"),
            by_cohort(split[k]),
            f"{CENSUS}; rural_log_ratio_by_age",
        ),
        _constant(
            "women_share",
            "Women as a share of residents; in the cohorts to come the zone's share of girls aged 0-4.",
            "dimensionless",
            ("county", "cohort"),
            women_share(women, by_sex[k, :, 1]),
            CENSUS,
        ),
        _constant(
            "initial_absent",
            f"People registered in a county who lived outside it on census day {base_year}.",
            "person",
            ("county", "hub_group", "cohort"),
            absent_by_cohort(absent[k], profile, scalars["absent_share_elsewhere"]),
            f"registered_population.csv, {CENSUS}; absent_profile_by_age, absent_share_elsewhere. 13 counties without "
            "a registered population of 2020 (all of Hunan among them) grow from 2010 like those of Jiangxi with one",
        ),
        _constant(
            "cohort_birth_start",
            "Begin of the span of birth of a cohort; effective for the open one.",
            "year",
            ("cohort",),
            birth_start(mortality, base_year),
            "census age groups; mortality_by_age for the open cohort",
        ),
        _constant(
            "cohort_birth_end",
            "End of the span of birth of a cohort.",
            "year",
            ("cohort",),
            birth_end(base_year),
            "census age groups",
        ),
        _constant(
            "cohort_births_until",
            "Until when births enter a cohort; the last one stays open for the report of the last year.",
            "year",
            ("cohort",),
            births_until(base_year),
            "census age groups",
        ),
        _constant(
            "base_total_fertility",
            f"Births per woman of the zone at the rates of the year before the census of {base_year}.",
            "dimensionless",
            (),
            zone_fertility,
            f"{CENSUS}; fertility_by_age, infant_mortality",
        ),
        _constant(
            "relative_fertility",
            f"A county's births per woman over the zone's in the year before the census of {base_year}.",
            "dimensionless",
            ("county",),
            fertility / zone_fertility,
            f"{CENSUS}; fertility_by_age",
        ),
        _constant(
            "departure_level",
            "Share of those who weigh a move that leave for hubs and other counties in the base year.",
            "dimensionless",
            ("county",),
            departures * scalars["departures_against_decade"],
            f"{CENSUS}, registered_population.csv; mortality, migration and return schedules, county_deviation_weight",
        ),
        _constant(
            "town_move_level",
            "Share of the countryside's people who weigh a move that move to the county's own towns in the base year.",
            "dimensionless",
            ("county",),
            pooled_levels(town_moves, exposure[:, 0], weight, unknown) * scalars["town_moves_against_decade"],
            f"{CENSUS}; mortality and migration schedules, reclassified_share, county_deviation_weight",
        ),
        *_schedules(schedules, float(net_departures.sum() / exposure.sum())),
        *leaving_ahead_by_mean_age(schedules["migration_propensity_by_age"]),
    ]


def _schedules(tables: Mapping[str, Table], leaving_share: float) -> list[Table]:
    """The four schedules by mean age.

    Within a cohort the ages that have left more are fewer: births and moves of residents are means over those who are
    there, with the zone's net leavers of the decade (`leaving_share` of those who weigh a move).
    """
    there = staying(tables["migration_propensity_by_age"], leaving_share)
    return [
        by_mean_age(
            tables["fertility_by_age"],
            name="fertility_by_mean_age",
            about="Births per woman and year per unit of total fertility, by the mean age of a cohort.",
            weights=there,
        ),
        by_mean_age(
            tables["mortality_by_age"],
            name="mortality_by_mean_age",
            about="Deaths per person and year after infancy, by the mean age of a cohort.",
        ),
        by_mean_age(
            tables["migration_propensity_by_age"],
            name="migration_propensity_by_mean_age",
            about="Share of residents who weigh a move in a year, by the mean age of a cohort.",
            weights=there,
        ),
        by_mean_age(
            tables["return_propensity_by_age"],
            name="return_propensity_by_mean_age",
            about="Yearly returns per absent person, by the mean age of a cohort.",
        ),
    ]


def _by_age_group(table: Table) -> Array:
    """The mean of a table by age over each census age group (18,); of the open group over its first five years."""
    return mean_between(table, LOWER_AGES, LOWER_AGES + COHORT_WIDTH)


def _constant(name: str, about: str, unit: str, over: tuple[str, ...], values: ArrayLike, source: str) -> Constant:
    """A derived constant laid out over all axes."""
    return Constant(
        name=name, about=about, unit=unit, over=over, quality="derived", source=source, values=full_rank(values, over)
    )


def _read(parameters: Mapping[str, AnyInput]) -> tuple[dict[str, Table], dict[str, float]]:
    """The named parameters, checked."""
    missing = [name for name in (*TABLES, *SCALARS, *AGAINST_DECADE) if name not in parameters]
    if missing:
        raise KeyError(f"missing parameters: {', '.join(missing)}")
    tables = {}
    for name, unit in TABLES.items():
        table = parameters[name]
        if not isinstance(table, Table):
            raise TypeError(f"parameter '{name}' must be a table by age")
        if (table.unit, table.argument_unit) != (unit, "year"):
            raise ValueError(
                f"parameter '{name}' must be in {unit} by year, found {table.unit} by {table.argument_unit}"
            )
        tables[name] = table
    scalars = {}
    for name in (*SCALARS, *AGAINST_DECADE):
        number = parameters[name]
        if not isinstance(number, Constant) or number.values.size != 1:
            raise TypeError(f"parameter '{name}' must be a single number")
        scalars[name] = float(number.values.reshape(()))
    return tables, scalars
