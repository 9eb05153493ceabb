"""The 24 counties of the zone: six-digit codes, names and land areas, in one fixed order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.tables import DATA, QUALITY, number, one_of, read_table, text, whole
from regionsim.problems import Problem, ProblemsError, nearest_name

PROVINCES = ("Jiangxi", "Hunan")
HECTARES_PER_SQUARE_KILOMETRE = 100.0
WHOLE_ZONE = "all"
AREAS_ZH = {
    "Jiangxi": "江西省",
    "Hunan": "湖南省",
    "Pingxiang": "萍乡市",
    "Yichun": "宜春市",
    "Jiujiang": "九江市",
    "Ji'an": "吉安市",
    "Ganzhou": "赣州市",
    "Changsha": "长沙市",
    "Zhuzhou": "株洲市",
    "Yueyang": "岳阳市",
    "Chenzhou": "郴州市",
}


@dataclass(frozen=True)
class County:
    """One county-level unit. `area` is in ha; `name` is without its rank (Liuyang, not Liuyang City)."""

    code: str
    name: str
    full_name: str
    name_zh: str
    prefecture: str
    province: str
    area: float
    quality: str
    source: str


@cache
def load_counties(folder: Path = DATA) -> tuple[County, ...]:
    """All counties in the file's order, which is the order of the county axis everywhere.

    Raises ProblemsError for a code that stands twice, that does not fit its province, or a count other than 24.
    """
    rows = read_table(
        "counties.csv",
        {
            "adcode": whole(100000, 999999),
            "county": text,
            "name_zh": text,
            "prefecture": text,
            "province": one_of(*PROVINCES),
            "area_km2": number(10, 20000),
            "quality": QUALITY,
            "source": text,
        },
        folder=folder,
    )
    problems = []
    first_line: dict[str, int] = {}
    counties = []
    for row in rows:
        code = str(row["adcode"])
        if code in first_line:
            problems.append(
                Problem("counties.csv", row["line"], f"county {code} stands twice", f"also on line {first_line[code]}")
            )
        first_line[code] = row["line"]
        prefix = {"Jiangxi": "36", "Hunan": "43"}[row["province"]]
        if not code.startswith(prefix):
            problems.append(
                Problem(
                    "counties.csv",
                    row["line"],
                    f"province of county {code}",
                    row["province"],
                    f"a code that begins with {prefix}",
                )
            )
        full_name = row["county"]
        counties.append(
            County(
                code=code,
                name=full_name.rsplit(" ", 1)[0],
                full_name=full_name,
                name_zh=row["name_zh"],
                prefecture=row["prefecture"],
                province=row["province"],
                area=round(row["area_km2"] * HECTARES_PER_SQUARE_KILOMETRE, 4),
                quality=row["quality"],
                source=row["source"],
            )
        )
    if len(counties) != 24:
        problems.append(Problem("counties.csv", 0, "number of counties", str(len(counties)), "24"))
    if problems:
        raise ProblemsError(problems)
    return tuple(counties)


def county_codes() -> tuple[str, ...]:
    """The six-digit codes in the order of the county axis."""
    return tuple(county.code for county in load_counties())


def counties_in_words(codes: Collection[str]) -> str:
    """The counties of `codes` in words: their names, or that they are all of the zone or of a province."""
    here = [county for county in load_counties() if county.code in codes]
    if len(here) == len(load_counties()):
        return f"all {len(here)} of the zone"
    for province in PROVINCES:
        if here == [county for county in load_counties() if county.province == province]:
            return f"the {len(here)} of {province}"
    return ", ".join(county.name for county in here)


def find_county(name: str | int) -> County:
    """The county of a code, a Chinese name (with or without 县, 市, 区) or a pinyin name in any case.

    Raises KeyError whose text is the nearest known name, or empty where none is near.
    """
    wanted = str(name).strip()
    found = county_spellings().get(wanted.casefold())
    if found is None:
        raise KeyError(nearest_name(wanted, names_of(load_counties())))
    return found


def names_of(counties: Iterable[County]) -> list[str]:
    """All that the counties may be called, as it is written: code, Chinese names and pinyin names."""
    names: list[str] = []
    for county in counties:
        spellings = (county.name, county.name_zh, county.name_zh[:-1], county.full_name, county.code)
        names += [spelling for spelling in spellings if len(spelling) > 1]
    return names


def county_spellings() -> dict[str, County]:
    """All that a county may be called, in lower case."""
    spellings: dict[str, County] = {}
    for county in load_counties():
        spellings |= {spelling.casefold(): county for spelling in names_of([county])}
        spellings[county.name.replace(" ", "").casefold()] = county
    # Two names are in use for this county: 攸县 is written You or Youxian.
    spellings["youxian"] = spellings["攸县"]
    return spellings


def find_counties(name: str | int) -> tuple[County, ...]:
    """The counties that a name means: one county, those of a prefecture or province, or `all`.

    Raises KeyError whose text is the nearest known name, or empty where none is near.
    """
    areas: dict[str, list[County]] = {}
    written = names_of(load_counties())
    for county in load_counties():
        for area in (county.prefecture, county.province):
            chinese = AREAS_ZH[area]
            written += (area, chinese, chinese[:-1])
            for spelling in (area, chinese, chinese[:-1], area.replace("'", "")):
                areas.setdefault(spelling.casefold(), []).append(county)
        areas.setdefault(WHOLE_ZONE, []).append(county)
    wanted = str(name).strip().casefold()
    if wanted in areas:
        return tuple(dict.fromkeys(areas[wanted]))
    try:
        return (find_county(name),)
    except KeyError:
        raise KeyError(nearest_name(str(name).strip(), [*written, WHOLE_ZONE])) from None
