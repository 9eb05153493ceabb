"""One series among the outputs that a study kept, or the lines that its study lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from regionsim.place.counties import County, find_counties, load_counties, names_of
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS, PROVINCES
from regionsim.results.targets import ZONE
from regionsim.scenarios.report import cut
from regionsim.studies.discover.boxes import Array
from regionsim.studies.discover.finished import FinishedSweep

MOST_NAMED = 12


@dataclass(frozen=True)
class Series:
    """A variable in a region: `key` is its name in the outputs, `kept_region` that of the region there."""

    variable: str
    key: str
    kept_region: str
    label: str
    unit: str
    region: str

    def values(self, sweep: FinishedSweep, scenario: str, year: int) -> Array:
        """The values by member."""
        return sweep.values(self.key, self.kept_region, scenario, year)


def find_series(sweep: FinishedSweep, variable: str, region: str, years: Sequence[int]) -> Series:
    """The series of a variable in a region, kept in all of the years.

    Raises ProblemsError that says what there is, and what to add to the outputs of the study where it was not kept.
    """
    keys = [key for key in sweep.kept if key == variable or key.startswith(f"{variable}_by_")]
    problems = [
        _lacking(sweep, f"the year {year}", "years", year, map(str, sweep.years))
        for year in years
        if year not in sweep.years
    ]
    if not keys:
        names = dict.fromkeys(key.partition("_by_")[0] for key in sweep.kept)
        known = [*names, *(each.name for each in INDICATORS), *(rows.name for rows in FURTHER_ROWS)]
        nearest = "" if variable in known else nearest_name(variable, known)
        raise ProblemsError([*problems, _lacking(sweep, f"'{cut(variable)}'", "variables", variable, names, nearest)])
    there = [each for key in keys for each in sweep.kept[key].regions]
    try:
        label, name = _region(region, there)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    if label not in there:
        problems.append(_lacking(sweep, f"'{variable}' in '{cut(region)}'", "regions", name, there))
    if problems:
        raise ProblemsError(problems)
    key = next(key for key in keys if label in sweep.kept[key].regions)
    return Series(variable, key, label, sweep.kept[key].label, sweep.kept[key].unit, name)


def _region(said: str, there: Sequence[str]) -> tuple[str, str]:
    """The label of a region in the outputs and what to call it: counties have codes and go by any of their names.

    Raises ProblemsError for what is no region.
    """
    areas = {each.casefold(): each for each in (*PROVINCES, ZONE)}
    if said.casefold() in areas:
        return areas[said.casefold()], areas[said.casefold()]
    if said in there and not said.isdigit():
        return said, said
    found = tuple[County, ...]()
    with suppress(KeyError):
        found = find_counties(said)
    if len(found) != 1:
        kept = names_of(county for county in load_counties() if county.code in there)
        nearest = nearest_name(said, [ZONE, *PROVINCES, *there, *kept]) if not found else ""
        expected = ", ".join((ZONE, *PROVINCES, "or a county")) if not nearest else ""
        what = f"'{cut(said)}' is several counties" if found else f"unknown region '{cut(said)}'"
        raise ProblemsError([Problem("--where", 0, what, "", expected, nearest)])
    return found[0].code, found[0].name


def _lacking(
    sweep: FinishedSweep, what: str, key: str, wanted: object, kept: Iterable[str], nearest: str = ""
) -> Problem:
    names = list(kept)
    found = ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
    expected = "" if nearest else f"a sweep whose study has it in outputs: {{{key}: [..., {wanted}]}}"
    return Problem(sweep.study_file, 0, f"the study did not keep {what}", found, expected, nearest)
