"""What a study keeps of each member: variables by name, regions and years, each checked against what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from regionsim.engine.compile import Model
from regionsim.place.counties import find_counties
from regionsim.problems import nearest_name
from regionsim.results.blocks import Block, known_variables, within
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS, PROVINCES
from regionsim.results.targets import ZONE
from regionsim.scenarios.report import Report, cut, shown
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.sweep.schema import ALL, OutputsEntry

# Unit and axes of each variable of the model.
Axes = Mapping[str, tuple[str, tuple[str, ...]]]
# What stands for several regions.
SEVERAL = {"provinces": PROVINCES, ZONE: (ZONE,)}
COUNTIES = "counties"


def axes_of(model: Model) -> Axes:
    """Unit and axes of each stock and equation."""
    return {each.name: (each.unit, each.over) for each in (*model.stocks.values(), *model.equations.values())}


def read_outputs(report: Report, said: Any, scenarios: Sequence[Scenario], axes: Axes) -> tuple[list[Block], list[int]]:
    """The blocks and years that are asked for, what `all` means written out; problems go to `report`."""
    if not report.sound(("outputs",)):
        return [], []
    try:
        entry = OutputsEntry.model_validate(said)
    except ValidationError:  # reported with the file
        return [], []
    blocks = _variables(report, entry.variables, axes)
    if entry.regions != ALL:
        regions = _regions(report, entry.regions)
        chosen = [(block, within(block, regions)) for block in blocks]
        gone = dict.fromkeys(block.variable for block, left in chosen if left is None)
        if gone and report.sound(("outputs", "regions")):
            what = f"nothing is kept of {', '.join(gone)} in these regions"
            report.add(("outputs", "regions"), what, "", "counties too, by which variables of the model are")
        blocks = [left for _, left in chosen if left is not None]
    return blocks, _years(report, entry.years, scenarios)


def _variables(report: Report, said: Any, axes: Axes) -> list[Block]:
    known = known_variables(axes)
    if said == ALL:  # the rows of indicators.csv; each variable of the model has to be named
        names = dict.fromkeys([each.name for each in INDICATORS] + [rows.name for rows in FURTHER_ROWS])
        return [block for name in names for block in known[name]]
    found: dict[str, list[Block]] = {}
    for k, name in enumerate(said):
        where = ("outputs", "variables", k)
        if not isinstance(name, str) or name not in known:
            nearest = nearest_name(str(name), known)
            expected = "" if nearest else "a variable of indicators.csv or of the model (regionsim list variables)"
            report.add(where, f"unknown variable {shown(name)}", "", expected, nearest)
        elif name in found:
            report.add(where, f"'{cut(name)}' stands twice")
        else:
            found[name] = known[name]
    if not said:
        report.add(("outputs", "variables"), "no variable is kept", expected=f"at least one, or the word {ALL}")
    return [block for blocks in found.values() for block in blocks]


def _regions(report: Report, said: Any) -> list[str]:
    found: list[str] = []
    for k, name in enumerate(said):
        if name == COUNTIES:
            found += [county.code for province in PROVINCES for county in find_counties(province)]
        elif name in SEVERAL:
            found += SEVERAL[name]
        elif name in PROVINCES:
            found.append(name)
        else:
            try:
                found += [county.code for county in find_counties(name)]
            except (KeyError, TypeError, AttributeError) as error:
                near = [error.args[0]] if isinstance(error, KeyError) else []
                nearest = nearest_name(str(name), [*SEVERAL, COUNTIES, *PROVINCES, *near])
                expected = "zone, provinces, counties, Hunan, Jiangxi, or a county"
                report.add(("outputs", "regions", k), f"unknown region {shown(name)}", "", expected, nearest)
    return found


def _years(report: Report, said: Any, scenarios: Sequence[Scenario]) -> list[int]:
    first, last = max(each.start for each in scenarios), min(each.end for each in scenarios)
    if said == ALL:
        return list(range(first, last + 1))
    found: set[int] = set()
    for k, year in enumerate(said):
        where = ("outputs", "years", k)
        if not isinstance(year, int) or isinstance(year, bool):
            report.add(where, "a year", shown(year), "a whole number")
        elif not first <= year <= last:
            report.add(where, "year outside the run", shown(year), f"a year from {first} to {last}")
        else:
            found.add(year)
    if not said:
        report.add(("outputs", "years"), "no year is kept", expected=f"at least one, or the word {ALL}")
    return sorted(found)
