"""What stands in a table for a paper: rows of one indicator in one region, with numbers, their texts and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.words import called, label, region_title, say
from regionsim.results.differences import same_members, to_subtract
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.plain_text import MISSING
from regionsim.results.tables import HEADLINES, REGIONS, change_of, decimals_of, number_text, signed_text

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """A number as it is and as it is shown; `low` and `high` are the 5th and the 95th percentile of an ensemble.

    `middle` is the number as text, `spread` what stands behind it in brackets, empty for a single run.
    """

    value: float
    middle: str
    spread: str
    decimals: int
    low: float
    high: float

    @property
    def text(self) -> str:
        """All that is shown."""
        return f"{self.middle}{self.spread}"


@dataclass(frozen=True)
class Row:
    """One indicator in one region; `title` is its label with the unit of levels, `change_unit` that of changes."""

    region: str
    region_title: str
    variable: str
    label: str
    title: str
    unit: str
    change_unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PaperTable:
    """A table with one heading for each column of cells; `is_change` says which of them are changes."""

    name: str
    title: str
    headings: tuple[str, ...]
    is_change: tuple[bool, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def headline_table(dataset: xarray.Dataset, indicators: Sequence[str] = HEADLINES) -> PaperTable:
    """One run over time: its first year, every fifth one and its last, and the change from first to last.

    Of an ensemble each number is the median over the members, with the 5th and the 95th percentile in brackets.
    """
    array = indicator_array(dataset)
    years = [int(year) for year in array["year"].values]
    shown = [year for year in years if year in (years[0], years[-1]) or year % 5 == 0]
    rows = []
    for region, indicator in _rows(array, indicators):
        values = _values(array, indicator, region)
        cells = [_level(values[:, years.index(year)], indicator) for year in shown]
        rows.append(_row(region, indicator, [*cells, _change(values[:, 0], values[:, -1], indicator)]))
    return PaperTable(
        name=f"headlines-{dataset.attrs['scenario']}",
        title=say("{scenario}: headline results", scenario=style.scenario_title(dataset)),
        headings=(*map(str, shown), say("Change {first} to {last}", first=shown[0], last=shown[-1])),
        is_change=(*(False for _ in shown), True),
        rows=tuple(rows),
        notes=_notes([dataset]),
    )


def difference_table(datasets: Sequence[xarray.Dataset], indicators: Sequence[str] = HEADLINES) -> PaperTable:
    """Scenarios side by side in their last common year, each with what it differs by from the first.

    Ensembles of the same draws differ member by member, others in their medians.
    Raises ValueError for fewer than two datasets and where no year is common.
    """
    if len(datasets) < 2:
        raise ValueError("a difference takes two scenarios")
    arrays = [indicator_array(dataset) for dataset in datasets]
    common = set.intersection(*(set(array["year"].values.tolist()) for array in arrays))
    if not common:
        raise ValueError("the scenarios have no year in common")
    year = int(max(common))
    titles = [style.scenario_title(dataset) for dataset in datasets]
    rows = []
    for region, indicator in _rows(arrays[0], indicators):
        values = [_values(array.sel(year=[year]), indicator, region)[:, 0] for array in arrays]
        cells = [_level(values[0], indicator)]
        for k, other in enumerate(values[1:], start=1):
            before, after = to_subtract(same_members(arrays[0], arrays[k]), values[0], other)
            cells += [_level(other, indicator), _change(before, after, indicator)]
        rows.append(_row(region, indicator, cells))
    against = [
        heading
        for title in titles[1:]
        for heading in (title, say("{scenario}: difference from {base}", scenario=title, base=titles[0]))
    ]
    return PaperTable(
        name="differences-" + "-".join(str(dataset.attrs["scenario"]) for dataset in datasets),
        title=say("Differences in {year}, against {scenario}", year=year, scenario=titles[0]),
        headings=(titles[0], *against),
        is_change=(False, *(k % 2 == 1 for k in range(len(against)))),
        rows=tuple(rows),
        notes=_notes(datasets),
    )


def _rows(array: xarray.Dataset, indicators: Sequence[str]) -> list[tuple[str, Indicator]]:
    regions = [region for region in REGIONS if region in array["region"].values]
    return [(region, find_indicator(name)) for region in regions for name in indicators]


def _values(array: xarray.Dataset, indicator: Indicator, region: str) -> Array:
    """(member, year), in the unit that is shown."""
    return np.asarray(array[indicator.name].sel(region=region).values * indicator.shown_factor)


def _row(region: str, indicator: Indicator, cells: Sequence[Cell]) -> Row:
    change = say("percentage points") if indicator.shown_unit == "%" else "%"
    name, unit = label(indicator), called(indicator.shown_unit)
    title = say("{what} ({unit})", what=name, unit=unit)
    return Row(region, region_title(region), indicator.name, name, title, unit, change, tuple(cells))


def _level(values: Array, indicator: Indicator) -> Cell:
    return _cell(values, lambda value: number_text(value, indicator), decimals_of(indicator))


def _change(before: Array, after: Array, indicator: Indicator) -> Cell:
    return _cell(change_of(before, after, indicator), signed_text, 2)


def _cell(values: Array, text: object, decimals: int) -> Cell:
    assert callable(text)
    middle = float(np.median(values))
    if len(values) == 1 or not np.isfinite(values).all():
        shown = str(text(middle)) if np.isfinite(middle) else MISSING
        return Cell(middle, shown, "", decimals, float("nan"), float("nan"))
    low, high = (float(part) for part in np.percentile(values, (5, 95)))
    spread = "" if low == high else say(" ({low} to {high})", low=text(low), high=text(high))
    return Cell(middle, str(text(middle)), spread, decimals, low, high)


def _notes(datasets: Sequence[xarray.Dataset]) -> tuple[str, ...]:
    notes = [say("Changes of shares in percentage points, of all else in percent.")]
    if any(dataset.sizes["member"] > 1 for dataset in datasets):
        notes.append(say("Medians of the ensemble, in brackets the 5th and the 95th percentile."))
    return (*notes, style.stamp(datasets))
