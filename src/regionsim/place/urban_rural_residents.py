"""Urban and rural residents of the counties on census day, for what is derived per resident."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.cohorts import BASE_YEAR
from regionsim.place.counties import county_codes
from regionsim.place.tables import DATA, number, optional, read_table, text, whole
from regionsim.problems import Problem, ProblemsError

FILE = "census_other.csv"
SOURCE = "leiii/census: transcription of the census county tables"


@dataclass(frozen=True)
class Residents:
    """Residents of one county on census day, persons."""

    code: str
    urban: float
    rural: float

    @property
    def total(self) -> float:
        return self.urban + self.rural


@cache
def load_urban_rural_residents(year: int = BASE_YEAR, folder: Path = DATA) -> tuple[Residents, ...]:
    """Residents of all counties in a census year, in the order of the county axis.

    Raises ProblemsError for missing or doubled rows.
    """
    rows = read_table(
        FILE,
        {
            "adcode": whole(100000, 999999),
            "year": whole(2010, 2020),
            "variable": text,
            "value": optional(number()),
            "unit": text,
        },
        folder=folder,
    )
    problems = []
    persons: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (str(row["adcode"]), row["variable"])
        if row["year"] != year or row["variable"] not in ("population_urban", "population_rural"):
            continue
        if key in persons:
            problems.append(Problem(FILE, row["line"], f"{key[1]} of {key[0]} stands twice"))
        if row["unit"] != "person":
            problems.append(Problem(FILE, row["line"], f"unit of {key[1]}", row["unit"], "person"))
        if row["value"] is None or row["value"] < 0:
            problems.append(
                Problem(FILE, row["line"], f"{key[1]} of {key[0]}", str(row["value"]), "persons, 0 or more")
            )
        else:
            persons[key] = row["value"]
    for code in county_codes():
        problems += [
            Problem(FILE, 0, f"no row of {variable} in {year} for {code}")
            for variable in ("population_urban", "population_rural")
            if (code, variable) not in persons
        ]
    if problems:
        raise ProblemsError(problems)
    return tuple(
        Residents(code, persons[code, "population_urban"], persons[code, "population_rural"]) for code in county_codes()
    )
