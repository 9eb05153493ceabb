"""What scenarios change over time: each one's difference from the first, which is the line of zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.look import Look
from regionsim.figures.scales import difference_scale, signed_text, tick_digits
from regionsim.figures.scenario_grid import Row, scenario_grid, shown_regions
from regionsim.figures.words import called, enumeration, joined, label, say
from regionsim.results.differences import NEGLIGIBLE_SHARE, Difference, difference, difference_unit
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

SHOWN = ("urbanization_rate", "forest_cover", "output")


def differences(
    datasets: Sequence[xarray.Dataset], indicators: Sequence[str] = SHOWN, look: Look | None = None
) -> Figure:
    """The difference of every scenario from the first one: rows of indicators, columns of regions.

    Shares differ in percentage points, indices in index points, amounts in percent. A row has one scale, which
    contains zero, is never finer than a few hundredths of a percent and says where all of it is negligible. Only
    years that the first scenario has are drawn. Of ensembles of equal size and seed the median and the band from the
    5th to the 95th percentile of the differences member by member; of others the difference of the medians.
    Raises ValueError for fewer than two datasets, two of one name, or a scenario without a common year.
    """
    if len(datasets) < 2:
        raise ValueError("a difference takes two scenarios")
    chosen = [find_indicator(name) for name in indicators]
    with style.drawing(look):
        return _figure(datasets, chosen)


def _figure(datasets: Sequence[xarray.Dataset], indicators: Sequence[Indicator]) -> Figure:
    first, *others = [indicator_array(dataset) for dataset in datasets]
    base, *names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    titles = [style.scenario_title(dataset) for dataset in datasets]
    regions = tuple(
        region for region in shown_regions() if all(region in array["region"].values for array in (first, *others))
    )
    rows = []
    found: dict[str, Difference] = {}
    for indicator in indicators:
        found = {name: difference(first, other, indicator) for name, other in zip(names, others, strict=True)}
        rows.append(_row(indicator, base, found, regions))
    years = np.unique(np.concatenate([each.years for each in found.values()]))
    return scenario_grid(
        datasets,
        rows,
        [say("{scenario} (zero line)", scenario=titles[0]), *titles[1:]],
        title=say("{what}: differences", what=enumeration([label(indicator) for indicator in indicators])),
        subtitle=say("Against {scenario}", scenario=titles[0]),
        years=years,
        notes=_notes(datasets, found),
    )


def _row(indicator: Indicator, base: str, found: Mapping[str, Difference], regions: Sequence[str]) -> Row:
    unit = difference_unit(indicator)
    series = {
        (name, region): (each.years, style.spread(each.of(region)))
        for name, each in found.items()
        for region in regions
    }
    scale = difference_scale(np.concatenate([values.ravel() for _, values in series.values()]), unit)
    years = np.unique(np.concatenate([each.years for each in found.values()]))
    series |= {(base, region): (years, np.zeros((3, len(years)))) for region in regions}
    digits = tick_digits(scale.ticks)
    return Row(
        say("{what}, difference in {unit}", what=label(indicator), unit=called(unit)),
        scale,
        [signed_text(tick, digits) for tick in scale.ticks],
        series,
        remark(max(each.largest_share(tuple(regions)) for each in found.values())),
    )


def remark(largest_share: float) -> str:
    """What to say of differences whose largest size against the level is this; nothing where they count."""
    if largest_share == 0:
        return say("no difference at all")
    if largest_share < NEGLIGIBLE_SHARE:
        return say("negligible: all differences are below a thousandth of the level")
    return ""


def _notes(datasets: Sequence[xarray.Dataset], found: Mapping[str, Difference]) -> list[str]:
    notes = [say("Vertical scales differ from row to row and show differences only, not levels.")]
    if any(each.paired and each.values.shape[0] > 1 for each in found.values()):
        notes.append(
            say("Differences are taken member by member: lines are their median, bands 5th to 95th percentile.")
        )
    apart = [
        style.scenario_title(dataset)
        for dataset, each in zip(datasets[1:], found.values(), strict=True)
        if not each.paired
    ]
    if apart:
        notes.append(say("Without pairs of members, difference of the medians: {scenarios}.", scenarios=joined(apart)))
    return notes
