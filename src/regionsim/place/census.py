"""The censuses of 2010 and 2020: residents by county, sex and age, by residence, and people registered elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regionsim.place.counties import load_counties
from regionsim.place.tables import DATA, QUALITY, Check, number, one_of, optional, read_table, text, whole
from regionsim.problems import Problem, ProblemsError, nearest_name

CENSUS_YEARS = (2010, 2020)
SEXES = ("female", "male")
AGE_GROUPS = ("0", "1-4", *(f"{age}-{age + 4}" for age in range(5, 85, 5)), "85+")
RESIDENCES = ("rural", "urban")

AGE_SEX_FILE = "census_age_sex.csv"
OTHER_FILE = "census_other.csv"
REGISTERED_FILE = "registered_population.csv"

COUNTED_2010 = ("population_registered_census", 2010)
RECORDED_2020 = ("population_registered", 2020)


@dataclass(frozen=True)
class Census:
    """What both censuses counted, in persons; read-only arrays, years as in CENSUS_YEARS, counties in their order.

    `persons` is (year, county, sex, age group), `by_residence` (year, county, residence). `in_movers` (year, county)
    are residents whose household register is in another county, of the same or of another province.
    """

    persons: NDArray[np.float64]
    by_residence: NDArray[np.float64]
    in_movers: NDArray[np.float64]


@dataclass(frozen=True)
class RegisteredPopulation:
    """People in the household register of each county, present or not, in persons; arrays of shape (county,).

    `counted_2010` comes from the census, `recorded_2020` from the yearbooks and is NaN where none was found.
    """

    counted_2010: NDArray[np.float64]
    recorded_2020: NDArray[np.float64]


@cache
def load_census(folder: Path = DATA) -> Census:
    """Both censuses of all 24 counties.

    Raises ProblemsError for an unknown county, a row that stands twice, a gap, a negative or broken number, and for
    a county whose ages and sexes do not sum exactly to its rural and urban residents.
    """
    persons, first_line = _read_age_sex(folder)
    other = _read_other(folder)
    by_residence = np.stack([other["population_rural"], other["population_urban"]], axis=-1)
    problems = []
    for (y, c), found in np.ndenumerate(persons.sum(axis=(2, 3))):
        published = float(by_residence[y, c].sum())
        if found != published:
            county = load_counties()[c]
            problems.append(
                Problem(
                    AGE_SEX_FILE,
                    first_line[y, c],
                    f"sum over age and sex of county {county.code} in {CENSUS_YEARS[y]}",
                    f"{found:.0f}",
                    f"{published:.0f}, its rural and urban residents in {OTHER_FILE}",
                )
            )
    if problems:
        raise ProblemsError(problems)
    in_movers = other["floating_same_province"] + other["floating_other_province"]
    return Census(_read_only(persons), _read_only(by_residence), _read_only(in_movers))


@cache
def load_registered_population(folder: Path = DATA) -> RegisteredPopulation:
    """The household registers: all 24 counties in 2010, those that published a figure in 2020.

    Raises ProblemsError for an unknown county or series, a row that stands twice, or a county without 2010.
    """
    columns = {
        "variable": one_of(COUNTED_2010[0], RECORDED_2020[0]),
        "year": whole(2010, 2020),
        "value": number(1),
        "unit": one_of("person"),
        "quality": QUALITY,
        "source": text,
    }
    rows = _rows(REGISTERED_FILE, columns, folder)
    problems = _twice(rows, ("code", "variable", "year"), REGISTERED_FILE)
    found = {(row["variable"], row["year"], row["code"]): row["value"] for row in rows}
    problems += [
        Problem(
            REGISTERED_FILE, row["line"], f"{row['variable']} in {row['year']}", expected="2010 counted, 2020 recorded"
        )
        for row in rows
        if (row["variable"], row["year"]) not in (COUNTED_2010, RECORDED_2020)
    ]
    codes = [county.code for county in load_counties()]
    problems += [
        Problem(REGISTERED_FILE, 0, f"county {code} lacks {COUNTED_2010[0]} of 2010")
        for code in codes
        if (*COUNTED_2010, code) not in found
    ]
    if problems:
        raise ProblemsError(problems)
    counted, recorded = (
        _read_only(np.array([found.get((*series, code), np.nan) for code in codes]))
        for series in (COUNTED_2010, RECORDED_2020)
    )
    return RegisteredPopulation(counted, recorded)


def _read_age_sex(folder: Path) -> tuple[NDArray[np.float64], dict[tuple[int, int], int]]:
    """Persons by (year, county, sex, age group), and the first line of each (year, county)."""
    columns = {
        "year": _census_year,
        "sex": one_of(*SEXES),
        "age_group": one_of(*AGE_GROUPS),
        "persons": whole(0, 10_000_000),
    }
    rows = _rows(AGE_SEX_FILE, columns, folder)
    problems = _twice(rows, ("code", "year", "sex", "age_group"), AGE_SEX_FILE)
    codes = [county.code for county in load_counties()]
    persons = np.full((len(CENSUS_YEARS), len(codes), len(SEXES), len(AGE_GROUPS)), np.nan)
    first_line: dict[tuple[int, int], int] = {}
    for row in rows:
        y, c = CENSUS_YEARS.index(row["year"]), codes.index(row["code"])
        persons[y, c, SEXES.index(row["sex"]), AGE_GROUPS.index(row["age_group"])] = row["persons"]
        first_line.setdefault((y, c), row["line"])
    for (y, c, s), gaps in np.ndenumerate(np.isnan(persons).sum(axis=-1)):
        if gaps:
            missing = [AGE_GROUPS[k] for k in np.flatnonzero(np.isnan(persons[y, c, s]))]
            what = f"county {codes[c]} lacks {SEXES[s]} persons of {CENSUS_YEARS[y]} aged {', '.join(missing)}"
            problems.append(Problem(AGE_SEX_FILE, 0, what))
    if problems:
        raise ProblemsError(problems)
    return persons, first_line


def _read_other(folder: Path) -> dict[str, NDArray[np.float64]]:
    """The needed variables of the file by (year, county), in persons."""
    needed = ("population_rural", "population_urban", "floating_same_province", "floating_other_province")
    columns = {"year": _census_year, "variable": text, "value": optional(number(0)), "unit": text}
    rows = _rows(OTHER_FILE, columns, folder)
    problems = _twice(rows, ("code", "year", "variable"), OTHER_FILE)
    codes = [county.code for county in load_counties()]
    values = {name: np.full((len(CENSUS_YEARS), len(codes)), np.nan) for name in needed}
    for row in rows:
        name = row["variable"]
        if name not in values or row["value"] is None:
            continue
        if row["unit"] != "person":
            problems.append(Problem(OTHER_FILE, row["line"], f"unit of {name}", row["unit"], "person"))
        if row["value"] != int(row["value"]):
            problems.append(Problem(OTHER_FILE, row["line"], name, f"{row['value']}", "a whole number of persons"))
        values[name][CENSUS_YEARS.index(row["year"]), codes.index(row["code"])] = row["value"]
    spellings = {row["variable"] for row in rows}
    for name, array in values.items():
        for y, c in np.argwhere(np.isnan(array)):
            nearest = "" if name in spellings else nearest_name(name, spellings)
            problems.append(
                Problem(OTHER_FILE, 0, f"county {codes[c]} lacks {name} of {CENSUS_YEARS[y]}", nearest=nearest)
            )
    if problems:
        raise ProblemsError(problems)
    return values


def _rows(file: str, columns: dict[str, Check], folder: Path) -> list[dict[str, Any]]:
    """The rows with their county `code`, which must be known and go with the Chinese name beside it."""
    rows = read_table(file, {"adcode": text, "name_zh": text, **columns}, folder=folder)
    names = {county.code: county.name_zh for county in load_counties()}
    codes = {name: code for code, name in names.items()}
    problems = []
    for row in rows:
        row["code"] = code = row["adcode"]
        if code not in names:
            # Codes are all alike: the name beside is a better hint, where it is known.
            nearest = codes.get(row["name_zh"]) or nearest_name(code, names)
            problems.append(Problem(file, row["line"], "county code", code, "one of counties.csv", nearest))
        elif row["name_zh"] != names[code]:
            problems.append(Problem(file, row["line"], f"name of county {code}", row["name_zh"], names[code]))
    if problems:
        raise ProblemsError(problems)
    return rows


def _twice(rows: Iterable[dict[str, Any]], keys: Sequence[str], file: str) -> list[Problem]:
    """One problem for each row whose keys stood before."""
    problems = []
    first: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key in first:
            what = f"row '{' '.join(map(str, key))}' stands twice"
            problems.append(Problem(file, row["line"], what, f"also on line {first[key]}"))
        first.setdefault(key, row["line"])
    return problems


def _census_year(value: str) -> int:
    """2010 or 2020. Raises ValueError for anything else."""
    return int(one_of(*map(str, CENSUS_YEARS))(value))


def _read_only(array: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same array, shielded from changes: it is shared by all who load it."""
    array.flags.writeable = False
    return array
