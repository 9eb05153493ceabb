"""One series among the outputs that a study kept, or the lines that its study lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

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
    """A variable in a region: `key` is its name in the outputs, `place` that of the region along its last axis."""

    variable: str
    key: str
    place: int
    label: str
    unit: str
    region: str

    def values(self, sweep: FinishedSweep, scenario: str, year: int) -> Array:
        """The values by member."""
        found = sweep.outputs[self.key].sel(scenario=scenario, year=year)
        return np.asarray(found.values[:, self.place], dtype=np.float64)


def find_series(sweep: FinishedSweep, variable: str, region: str, years: Sequence[int]) -> Series:
    """The series of a variable in a region, kept in all of the years.

    Raises ProblemsError that says what there is, and what to add to the outputs of the study where it was not kept.
    """
    outputs = sweep.outputs
    kept = [name for name in map(str, outputs.data_vars) if outputs[name].dims[2:3] == ("year",)]
    keys = [key for key in kept if key == variable or key.startswith(f"{variable}_by_")]
    problems = [
        _lacking(sweep, f"the year {year}", "years", year, _years(sweep)) for year in years if not _has(sweep, year)
    ]
    if not keys:
        names = dict.fromkeys(key.partition("_by_")[0] for key in kept)
        known = [*names, *(each.name for each in INDICATORS), *(rows.name for rows in FURTHER_ROWS)]
        nearest = "" if variable in known else nearest_name(variable, known)
        raise ProblemsError([*problems, _lacking(sweep, f"'{cut(variable)}'", "variables", variable, names, nearest)])
    regions = {key: [str(each) for each in outputs[outputs[key].dims[-1]].values] for key in keys}
    there = [each for key in keys for each in regions[key]]
    try:
        label, name = _region(region, there)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    if label not in there:
        problems.append(_lacking(sweep, f"'{variable}' in '{cut(region)}'", "regions", name, there))
    if problems:
        raise ProblemsError(problems)
    key = next(key for key in keys if label in regions[key])
    about = outputs[key].attrs
    return Series(variable, key, regions[key].index(label), str(about["long_name"]), str(about["units"]), name)


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


def _has(sweep: FinishedSweep, year: int) -> bool:
    return bool((sweep.outputs["year"].values == year).any())


def _years(sweep: FinishedSweep) -> list[str]:
    return [str(year) for year in sweep.outputs["year"].values]


def _lacking(
    sweep: FinishedSweep, what: str, key: str, wanted: object, kept: Iterable[str], nearest: str = ""
) -> Problem:
    names = list(kept)
    found = ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
    expected = "" if nearest else f"a sweep whose study has it in outputs: {{{key}: [..., {wanted}]}}"
    return Problem(sweep.study_file, 0, f"the study did not keep {what}", found, expected, nearest)
