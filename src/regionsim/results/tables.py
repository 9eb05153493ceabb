"""Plain-text tables for the terminal: one run over time, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError
from regionsim.results.differences import same_members, to_subtract
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.plain_text import GAP, MISSING, aligned
from regionsim.results.targets import FoundTarget, found_targets

if TYPE_CHECKING:
    import xarray

HEADLINES = ("population", "urbanization_rate", "forest_cover", "output", "output_per_person", "market_access")
REGIONS = ("zone", "Hunan", "Jiangxi")
SMALLEST_CHANGE = 0.001  # percent or percentage points
TINY_NOTE = f"+<{SMALLEST_CHANGE} and -<{SMALLEST_CHANGE}: higher or lower, by less than {SMALLEST_CHANGE}."


def summary_table(dataset: xarray.Dataset) -> str:
    """The headline indicators of one run for the zone and its two parts: first year, every fifth year, last year.

    The last column is the change from the first to the last year, in percent, of shares in percentage points.
    Of an ensemble each figure is the median over the members, the change being the median of the members' changes.
    Below stand the targets of the plan, attained or missed, as far as the run has their years. Ends without a line
    break.
    """
    array = indicator_array(dataset)
    years = [int(year) for year in array["year"].values]
    shown = [year for year in years if year in (years[0], years[-1]) or year % 5 == 0]
    columns = [years.index(year) for year in shown]
    rows: list[list[str]] = [["", *(str(year) for year in shown), f"change {shown[0]}-{shown[-1]}"]]
    for region in _regions(array):
        rows.append([_heading(dataset, region)])
        for name in HEADLINES:
            indicator = find_indicator(name)
            values = array[name].sel(region=region).values * indicator.shown_factor
            middle = np.median(values, axis=0)
            cells = [number_text(middle[column], indicator) for column in columns]
            change = _change(values[:, 0], values[:, -1], indicator)
            rows.append([GAP + _row_name(indicator), *cells, change])
    notes = [_ensemble_note([dataset])]
    targets = _target_lines(dataset, [str(dataset.attrs["scenario"])], [array])
    return "\n".join([_title(dataset), "", *aligned(rows), *targets, *_notes(notes)])


def comparison_table(datasets: Sequence[xarray.Dataset]) -> str:
    """Scenarios side by side in their last common year, each with its difference from the first.

    Differences are in percent, of shares in percentage points; `none` stands for no difference at all, and
    `+<0.001` or `-<0.001` for one too small to matter, which a note explains. A note names the scenarios whose
    indicators all equal another's. Of ensembles each figure is the median over the members, and the difference that
    of the members' differences, or where the draws differ the difference of the medians. Ends without a line break.
    Raises ProblemsError where two datasets carry the same scenario name or no year is common.
    """
    names = _scenario_names(datasets)
    arrays = [indicator_array(dataset) for dataset in datasets]
    common = set.intersection(*(set(array["year"].values.tolist()) for array in arrays))
    if not common:
        raise ProblemsError([Problem(", ".join(names), 0, "the scenarios have no year in common")])
    year = int(max(common))
    pairs = [same_members(arrays[0], other) for other in arrays[1:]]
    rows: list[list[str]] = [[f"In {year}", *names]]
    for region in _regions(arrays[0]):
        rows.append([_heading(datasets[0], region)])
        for name in HEADLINES:
            indicator = find_indicator(name)
            values = [array[name].sel(region=region, year=year).values * indicator.shown_factor for array in arrays]
            rows.append([GAP + _row_name(indicator), *(number_text(float(np.median(v)), indicator) for v in values)])
            differences = [
                _change(*to_subtract(members, values[0], other), indicator)
                for members, other in zip(pairs, values[1:], strict=True)
            ]
            rows.append([GAP * 2 + f"against {names[0]}", "", *differences])
    tiny = any(f"<{SMALLEST_CHANGE}" in cell for row in rows for cell in row)
    titles = [f"{name}: {dataset.attrs.get('title', name)}" for name, dataset in zip(names, datasets, strict=True)]
    ensembles = _ensemble_note(datasets)
    if ensembles and not all(pairs):
        ensembles += " Where draws differ, differences are those of the medians."
    notes = [TINY_NOTE if tiny else "", ensembles, *_same_outcomes(names, arrays)]
    last_years = {int(array["year"].values[-1]) for array in arrays}
    if len(last_years) > 1:
        notes.append(f"The runs end in different years; {year} is the last that all have.")
    return "\n".join([*titles, "", *aligned(rows), *_target_lines(datasets[0], names, arrays), *_notes(notes)])


def _target_lines(dataset: xarray.Dataset, names: Sequence[str], arrays: Sequence[xarray.Dataset]) -> list[str]:
    """The targets that all runs have the years of, with what each makes of them; of one run what was found, too."""
    by_run = [{(each.region, each.target.name): each for each in found_targets(array)} for array in arrays]
    one_run = len(names) == 1
    rows: list[list[str]] = [["Targets of the plan", "wanted", *(["found"] if one_run else names)]]
    region = ""
    for key, first in by_run[0].items():
        if not all(key in found for found in by_run):
            continue
        if first.region != region:
            region = first.region
            rows.append([_heading(dataset, region)])
        unit = "%" if first.target.since is None else "pp"
        cells = [_outcome(found[key]) for found in by_run]
        if one_run and cells[0] != MISSING:
            cells = [f"{100 * float(np.median(first.values)):.1f} {unit}, {cells[0]}"]
        wanted = f"{100 * first.target.at_least:.1f} {unit} by {first.target.year}"
        rows.append([GAP + first.target.label, wanted, *cells])
    return ["", *aligned(rows)] if len(rows) > 1 else []


def _outcome(found: FoundTarget) -> str:
    """What a run makes of a target, in words."""
    if np.isnan(found.attained):
        return MISSING
    if found.attained == 1:
        return "attained"
    if found.attained == 0:
        return f"missed by {signed_text(100 * found.missing).removeprefix('+')} points"
    return f"by {100 * found.attained:.0f} % of members"


def _scenario_names(datasets: Sequence[xarray.Dataset]) -> list[str]:
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ProblemsError(
            [
                Problem(name, 0, "two of the compared runs have this scenario name", expected="names that differ")
                for name in twice
            ]
        )
    return names


def _same_outcomes(names: Sequence[str], arrays: Sequence[xarray.Dataset]) -> list[str]:
    """A note for every scenario whose indicators all equal those of an earlier one, county by county."""
    notes = []
    for later in range(1, len(arrays)):
        for earlier in range(later):
            if arrays[later].equals(arrays[earlier]):
                notes.append(f"{names[later]} has the same outcome as {names[earlier]} in every county and year.")
                break
    return notes


def _regions(array: xarray.Dataset) -> list[str]:
    return [region for region in REGIONS if region in array["region"].values]


def _heading(dataset: xarray.Dataset, region: str) -> str:
    provinces = dataset["province"].values
    count = len(provinces) if region == "zone" else int((provinces == region).sum())
    name = "Zone" if region == "zone" else f"{region} part of the zone"
    return f"{name} ({count} counties)"


def _title(dataset: xarray.Dataset) -> str:
    scenario = str(dataset.attrs["scenario"])
    title = str(dataset.attrs.get("title", ""))
    return f"{title} (scenario {scenario})" if title else f"Scenario {scenario}"


def _row_name(indicator: Indicator) -> str:
    return f"{indicator.label} ({indicator.shown_unit})"


def _ensemble_note(datasets: Sequence[xarray.Dataset]) -> str:
    members = max(dataset.sizes["member"] for dataset in datasets)
    return f"Medians of {members} drawn members." if members > 1 else ""


def _notes(notes: Sequence[str]) -> list[str]:
    written = [note for note in notes if note]
    return ["", *written] if written else []


def decimals_of(indicator: Indicator) -> int:
    """How many decimals a level is shown with."""
    return 3 if indicator.unit.startswith("index") else 1 if indicator.shown_unit == "%" else 0


def number_text(value: float, indicator: Indicator) -> str:
    """A level, in the unit in which the indicator is shown."""
    return f"{value:,.{decimals_of(indicator)}f}" if np.isfinite(value) else MISSING


def change_of(before: NDArray[np.float64], after: NDArray[np.float64], indicator: Indicator) -> NDArray[np.float64]:
    """The change member by member: percentage points of shares, else percent, nan where nothing was there before."""
    if indicator.shown_unit == "%":
        return np.asarray(after - before)
    return np.divide(100 * (after - before), before, out=np.full_like(after, np.nan), where=before != 0)


def _change(before: NDArray[np.float64], after: NDArray[np.float64], indicator: Indicator) -> str:
    """The median over members of the change, as a signed text with its unit; both arrays have the shape (member,)."""
    unit = "pp" if indicator.shown_unit == "%" else "% "
    if np.array_equal(before, after):
        return "none   "  # under the digits, clear of the units
    return f"{signed_text(float(np.median(change_of(before, after, indicator))))} {unit}"


def signed_text(change: float) -> str:
    """A change with its sign and the digits that it bears; one too small to matter does not look like none."""
    if not np.isfinite(change):
        return MISSING
    size = abs(change)
    if 0 < size < SMALLEST_CHANGE:
        return f"{'+' if change > 0 else '-'}<{SMALLEST_CHANGE}"
    decimals = 1 if size >= 0.995 or size == 0 else 2 if size >= 0.00995 else 3
    return f"{change:+.{decimals}f}"
