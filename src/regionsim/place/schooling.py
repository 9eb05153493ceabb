"""Years of schooling of the base year: the census's attainment by county, spread over cohorts and residence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.language.inputs import Table
from regionsim.place.cohorts import ALIVE, BASE_YEAR, LOWER_AGES, by_cohort
from regionsim.place.counties import county_codes
from regionsim.place.schedules import COHORT_WIDTH, integral, mean_between
from regionsim.place.tables import DATA, number, optional, read_table, text, whole
from regionsim.problems import Problem, ProblemsError, nearest_name

Array = NDArray[np.float64]

FILE = "census_other.csv"
PRESCHOOL = "education_preschool"
# Years at school of each level that the census counts, as the statistical office converts them.
YEARS_OF_LEVEL = {
    "education_none": 0.0,
    PRESCHOOL: 0.0,
    "education_primary": 6.0,
    "education_junior_secondary": 9.0,
    "education_senior_secondary": 12.0,
    "education_junior_college": 15.0,
    "education_bachelor_or_above": 16.0,
}
ADULT_GROUP = 4  # the census age group 20-24: from it on nearly all have left school
AGES_PER_GROUP = 250  # points at which schooling by age is averaged over a group


@dataclass(frozen=True)
class BaseSchooling:
    """Mean years of schooling in the base year, by cohort, oldest first.

    `residents` is (county, residence, cohort), `together` (county, cohort). `deviation` (county,) is how many years
    those of 20 and over of a county have beyond the zone's of the same age.
    """

    residents: Array
    together: Array
    deviation: Array


@cache
def load_attainment(year: int = BASE_YEAR, folder: Path = DATA) -> Array:
    """Residents of 6 and over by county and level of schooling (in the order of YEARS_OF_LEVEL), census of `year`.

    The census of 2010 knows no pre-school: nobody is in it then.

    Raises ProblemsError for gaps, doubled rows, fractions of persons and another unit.
    """
    columns = {
        "adcode": text,
        "year": whole(2010, 2020),
        "variable": text,
        "value": optional(number(0)),
        "unit": text,
    }
    codes, levels = county_codes(), list(YEARS_OF_LEVEL)
    persons = np.full((len(codes), len(levels)), np.nan)
    problems = []
    spellings = set()
    for row in read_table(FILE, columns, folder=folder):
        spellings.add(row["variable"])
        if row["year"] != year or row["variable"] not in YEARS_OF_LEVEL or row["adcode"] not in codes:
            continue
        c, k = codes.index(row["adcode"]), levels.index(row["variable"])
        what = f"{row['variable']} of {row['adcode']}"
        if not np.isnan(persons[c, k]):
            problems.append(Problem(FILE, row["line"], f"{what} stands twice"))
        if row["unit"] != "person":
            problems.append(Problem(FILE, row["line"], f"unit of {what}", row["unit"], "person"))
        if row["value"] is None:
            continue
        if row["value"] != int(row["value"]):
            problems.append(Problem(FILE, row["line"], what, f"{row['value']:g}", "a whole number of persons"))
        persons[c, k] = row["value"]
    if year != BASE_YEAR:
        persons[:, levels.index(PRESCHOOL)] = 0.0
    for c, k in np.argwhere(np.isnan(persons)):
        nearest = "" if levels[k] in spellings else nearest_name(levels[k], spellings)
        problems.append(Problem(FILE, 0, f"county {codes[c]} lacks {levels[k]} of {year}", nearest=nearest))
    if problems:
        raise ProblemsError(problems)
    persons.flags.writeable = False
    return persons


def person_years_as_counted(year: int = BASE_YEAR, folder: Path = DATA) -> Array:
    """Person-years of schooling by county as the census counts them, pupils at the full years of their level.

    Both columns of published means differ in their bases between the censuses; this is worked out from the counts.
    In 2020 the zone has 8.92 years per resident of 6 and over, and 8.98 where those still in pre-school are left out of
    the divisor; the person-years are the same.
    """
    return np.asarray(load_attainment(year, folder) @ np.array(list(YEARS_OF_LEVEL.values())))


def spread(
    person_years: Array,
    residents: Array,
    attainment: Table,
    attendance: tuple[Table, Table],
    urban_advantage: float,
    base_year: int = BASE_YEAR,
) -> BaseSchooling:
    """Mean schooling by county, residence and cohort from the county's person-years.

    `residents` is (county, residence, cohort) on census day. The young under 20 have the years that they attended so
    far by the two schedules of `attendance`. Those of 20 and over have the shape of `attainment` by age, so shifted
    that, with pupils as the census counts them by the same table, the county's person-years come out exactly. Townsmen
    of an age have `urban_advantage` years more than villagers, the county's mean unchanged. `attainment` is of 2020:
    in an earlier base year those of 20 and over have what the same people, older, have in it.
    """
    groups = residents[..., :ALIVE][..., ::-1]  # by age group, youngest first
    people = groups.sum(axis=1)
    ages = LOWER_AGES + np.where(np.arange(ALIVE) >= ADULT_GROUP, BASE_YEAR - base_year, 0)
    counted = mean_between(attainment, ages, ages + COHORT_WIDTH)
    adults = people[:, ADULT_GROUP:].sum(axis=1)
    shift = (person_years - people @ counted) / adults
    together = np.tile(counted, (len(people), 1))
    together[:, ADULT_GROUP:] += shift[:, np.newaxis]
    together[:, :ADULT_GROUP] = attended(attendance)[:ADULT_GROUP]

    urban_share = groups[:, 1] / people
    advantage = np.where(np.arange(ALIVE) >= ADULT_GROUP, urban_advantage, 0.0)
    rural, urban = together - advantage * urban_share, together + advantage * (1 - urban_share)
    zone_shift = (shift * adults).sum() / adults.sum()
    return BaseSchooling(
        residents=by_cohort(np.stack([rural, urban], axis=1)),
        together=by_cohort(together),
        deviation=shift - zone_shift,
    )


def attended(attendance: tuple[Table, Table]) -> Array:
    """Mean years at school so far of each census age group (18,) by schedules of attendance by exact age."""
    share = (np.arange(AGES_PER_GROUP) + 0.5) / AGES_PER_GROUP
    ages = LOWER_AGES[:, np.newaxis] + COHORT_WIDTH * share
    compulsory, further = attendance
    return np.asarray((integral(compulsory, 0.0, ages) + integral(further, 0.0, ages)).mean(axis=1))
