"""The instruments of the action plan, row by row as the plan names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regionsim.place.counties import WHOLE_ZONE, county_codes, find_counties
from regionsim.place.tables import DATA, one_of, optional_text, read_table, text
from regionsim.problems import Problem, ProblemsError

FILE = "plan_measures.csv"
GOALS, LAYOUT, CLOSING = "G", "L", "END"
NUMBERS = (*map(str, range(1, 20)), "S1", "S2", "S3")
_JIANGXI_PART = "jiangxi"
_HUNAN_PARTNERS = "hunan-partner:"


@dataclass(frozen=True)
class Instrument:
    """One row: `measure` is its number (1 to 19, S1 to S3), or G for goals, L for the layout and END for the close.

    `item_zh` is the wording of the plan, cut to the instrument; `counties` are the codes that the row names.
    """

    row_id: str
    measure: str
    item: str
    item_zh: str
    counties: tuple[str, ...]
    target: str
    note: str


@cache
def load_instruments(folder: Path = DATA) -> tuple[Instrument, ...]:
    """All rows in the order of the plan.

    Raises ProblemsError for an identifier that stands twice or that does not fit the row's measure, and for a county
    that is not one of the zone.
    """
    rows = read_table(
        FILE,
        {
            "row_id": text,
            "measure": one_of(GOALS, LAYOUT, *NUMBERS, CLOSING),
            "item": text,
            "item_zh_hans": text,
            "counties": text,
            "quantified_target": optional_text,
            "notes": optional_text,
        },
        folder=folder,
    )
    problems = []
    found: dict[str, Instrument] = {}
    for row in rows:
        row_id, measure = row["row_id"], row["measure"]
        if row_id in found:
            problems.append(Problem(FILE, row["line"], f"the row '{row_id}' stands twice"))
        if row_id.rpartition("-")[0] != f"M{measure}":
            problems.append(Problem(FILE, row["line"], "column 'row_id'", f"'{row_id}'", f"M{measure}-..."))
        try:
            counties = _codes(row["counties"])
        except KeyError as unknown:
            problems.append(Problem(FILE, row["line"], "column 'counties'", f"'{unknown.args[0]}'", "a county's code"))
            counties = ()
        found[row_id] = Instrument(
            row_id, measure, row["item"], row["item_zh_hans"], counties, row["quantified_target"], row["notes"]
        )
    if problems:
        raise ProblemsError(problems)
    return tuple(found.values())


def _codes(cell: str) -> tuple[str, ...]:
    if cell in (_JIANGXI_PART, WHOLE_ZONE):
        named = {county.code for county in find_counties(cell)}
    else:
        named = set(cell.replace(_HUNAN_PARTNERS, "").replace("+", ";").split(";"))
    unknown = sorted(named - set(county_codes()))
    if unknown:
        raise KeyError(unknown[0])
    return tuple(code for code in county_codes() if code in named)
