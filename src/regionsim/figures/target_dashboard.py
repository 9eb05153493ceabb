"""The targets of the plan on one page: what each scenario comes to against what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.panel_axes import draw_values_across, upright
from regionsim.figures.scales import MINUS, Scale, round_scale, tick_digits, tick_text
from regionsim.figures.words import called, label, region_title, say, sentences
from regionsim.results.indicators import indicator_array
from regionsim.results.targets import FoundTarget, found_targets

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

LEFT, RIGHT = 68.0, 36.0  # mm beside the scale: the target in words, and the outcome
LEFT_OF_NARROW = 4.0
HEAD, FOOT, ROW, LINE = 19.0, 3.0, 10.0, 3.0
SIZE = 4.0  # points
AROUND, EACH, HIGHEST = 5.4, 1.5, 240.0  # mm: of a row beside its plot, of a scenario in it, of the page


def target_dashboard(datasets: Sequence[xarray.Dataset], look: Look | None = None) -> Figure:
    """A row for each target and region: a scale with the target as a heavy line and a marker for each scenario.

    A filled marker attains the target, an open one misses it. Of an ensemble the median, with the 5th to the 95th
    percentile as a line and the share of members that attain it. Raises ValueError where no run has the years of a
    target.
    """
    with style.drawing(look):
        return _figure(datasets)


def has_targets(datasets: Sequence[xarray.Dataset]) -> bool:
    """Whether all runs have the years of a target."""
    return bool(_common(datasets))


def _common(datasets: Sequence[xarray.Dataset]) -> list[list[FoundTarget]]:
    """What all runs make of each target that all have the years of."""
    found = [
        {(each.region, each.target.name): each for each in found_targets(indicator_array(dataset))}
        for dataset in datasets
    ]
    shared = [key for key in found[0] if all(key in each for each in found)]
    return [[each[key] for each in found] for key in shared]


def _figure(datasets: Sequence[xarray.Dataset]) -> Figure:
    targets = _common(datasets)
    if not targets:
        raise ValueError("no target of the plan lies in years that all runs have")
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    colours = [style.scenario_styles(names)[name].colour for name in names]
    entries = [
        Entry(style.scenario_title(dataset), colour, width=SIZE, shape=shape, fill=colour)
        for dataset, colour, shape in zip(datasets, colours, style.marker_shapes(colours), strict=True)
    ]
    entries.append(Entry(say("Target"), style.INK, width=2.0))
    title = say("Targets of the action plan")
    subtitle = say("{count} scenarios", count=len(datasets)) if len(datasets) > 1 else style.scenario_title(datasets[0])
    note = [say("Filled: attained; open: missed.")]
    if max(dataset.sizes["member"] for dataset in datasets) > 1:
        note.append(say("Lines: 5th to 95th percentile; markers: median of the ensemble."))
    qualities = dict.fromkeys(each[0].target.quality for each in targets)
    note.append(say("Targets: Jiangxi action plan [2022] No. 48 ({qualities}).", qualities=_list(qualities)))
    notes, source = [sentences(note)], style.stamp(datasets)
    extra = heading_extra(title, subtitle)
    head = HEAD + extra + key_height(entries) - KEY_ROW
    foot = FOOT + foot_height([*notes, source])
    natural = max(ROW, AROUND + EACH * len(datasets)) + (2 * LINE if current().narrow else 0.0)
    natural = min(natural, (HIGHEST - head - foot) / len(targets))
    height = current().row_height(natural, len(targets), head + foot)
    page = Page(head + len(targets) * height + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 14.5 - extra, entries)
    for row, found in enumerate(targets):
        _draw_row(page, page.height - head - (row + 1) * height, height, found, colours)
    return page.figure


def _list(qualities: Sequence[str] | dict[str, None]) -> str:
    from regionsim.figures.words import joined

    return joined([called(quality) for quality in qualities])


def _draw_row(page: Page, y: float, height: float, found: Sequence[FoundTarget], colours: Sequence[str]) -> None:
    target = found[0].target
    narrow = current().narrow
    number = f"{100 * target.at_least:.1f}"
    unit = "%" if target.since is None else ""
    wanted = say(
        "{region}: {at_least} by {year}",
        region=region_title(found[0].region),
        at_least="≥ " + (f"{number}%" if unit else say("{number} percentage points", number=number)),
        year=target.year,
    )
    left, right = (LEFT_OF_NARROW, RIGHT - 4.0) if narrow else (LEFT, RIGHT)
    values = np.concatenate([100 * each.values for each in found])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    span = max(high - low, abs(100 * target.at_least - low), abs(100 * target.at_least - high), 0.5)
    scale = round_scale(min(low, 100 * target.at_least) - 0.15 * span, max(high, 100 * target.at_least) + 0.15 * span)
    scale = Scale(scale.low, scale.high, scale.ticks[:: 2 if len(scale.ticks) > 4 else 1])
    panel = Panel(left, y + 3.6, page.width - left - right, height - AROUND - (2 * LINE if narrow else 0.0),
                  (scale.low, scale.high), (len(found) - 0.4, -0.6))  # fmt: skip
    x, top = (style.MARGIN, y + height - LINE) if narrow else (style.MARGIN, y + height / 2 + 1.4)
    page.text(x, top, label(target))
    page.text(x, top - LINE, wanted, size=style.SMALL_SIZE, colour=style.GREY)
    digits = tick_digits(scale.ticks)
    draw_values_across(page, panel, scale, [tick_text(tick, unit, digits=digits) for tick in scale.ticks])
    page.lines([upright(panel, 100 * target.at_least)], width=2.0, order=3)
    for k, (each, colour, shape) in enumerate(zip(found, colours, style.marker_shapes(colours), strict=True)):
        middle = np.array([[float(np.median(100 * each.values)), k]])
        if len(each.values) > 1:
            ends = np.percentile(100 * each.values, (5, 95))
            page.lines([panel.path(ends, [k, k])], colour=colour, width=1.0, order=3.5)
        place = panel.path(middle[:, 0], middle[:, 1])
        fill = colour if each.attained >= 0.5 else style.PAPER
        page.points(place, colours=fill, shape=shape, size=SIZE, edge=colour, edge_width=0.9)
    page.text(
        page.width - right + 3.0,
        panel.y + panel.height / 2,
        _outcome(found),
        size=style.SMALL_SIZE,
        va="center_baseline",
    )


def _outcome(found: Sequence[FoundTarget]) -> str:
    """One run in words; of several how many attain the target."""
    if len(found) > 1:
        count = sum(each.attained >= 0.5 for each in found)
        return say("attained by {count} of {all}", count=count, all=len(found))
    (one,) = found
    if np.isnan(one.attained):
        return say("n/a")
    middle = f"{100 * float(np.median(one.values)):.1f}".replace("-", MINUS)
    if len(one.values) > 1:
        return say("{value}: {share} % of members", value=middle, share=f"{100 * one.attained:.0f}")
    return say("{value}: attained", value=middle) if one.attained else say("{value}: missed", value=middle)
