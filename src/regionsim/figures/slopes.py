"""Slopes: where each scenario leads from the first year to the last, with the values written at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.scales import ends, number_text, widen, written_unit
from regionsim.figures.words import label, region_title, say, sentences
from regionsim.results.indicator_catalogue import Indicator, find_indicator
from regionsim.results.indicators import indicator_array

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

SHOWN = ("population", "urbanization_rate", "forest_cover", "output", "output_per_person", "market_access")
COLUMNS = 3
COLUMNS_OF_NARROW = 2
ENDS = 13.0  # mm beside the lines, for the values
PANEL_HEIGHT, HEADING, HEAD, FOOT = 36.0, 11.5, 17.0, 4.5
TEXT_HEIGHT = 2.7
SMALLEST_RISE = 0.05  # of the level: smaller ones look flat


def slopes(
    datasets: Sequence[xarray.Dataset],
    indicators: Sequence[str] = SHOWN,
    region: str = "zone",
    look: Look | None = None,
) -> Figure:
    """A panel for each indicator in one region ("zone", "Hunan", "Jiangxi"), a line for each scenario.

    The scale of a panel is its own and has no axis: the values stand at the ends of the lines, the last ones from the
    highest down. Of ensembles medians.
    """
    chosen = [find_indicator(name) for name in indicators]
    with style.drawing(look):
        return _figure(datasets, chosen, region)


def _figure(datasets: Sequence[xarray.Dataset], indicators: Sequence[Indicator], region: str) -> Figure:
    arrays = [indicator_array(dataset) for dataset in datasets]
    start = int(arrays[0]["year"].values[0])
    year = min(int(array["year"].values[-1]) for array in arrays)
    names = [str(dataset.attrs["scenario"]) for dataset in datasets]
    looks = style.scenario_styles(names)
    entries = [
        Entry(style.scenario_title(dataset), looks[name].colour, looks[name].dashes, 1.1 if k else 1.7)
        for k, (dataset, name) in enumerate(zip(datasets, names, strict=True))
    ]
    title = say("{region} in {first} and {last}", region=region_title(region), first=start, last=year)
    subtitle = say("{count} scenarios", count=len(datasets)) if len(datasets) > 1 else style.scenario_title(datasets[0])
    note = [say("Each panel has a scale of its own: compare lines within a panel.")]
    if max(dataset.sizes["member"] for dataset in datasets) > 1:
        note.append(say("Median of the ensemble."))
    notes, source = [sentences(note)], style.stamp(datasets)
    extra = heading_extra(title, subtitle)
    columns = COLUMNS_OF_NARROW if current().narrow else COLUMNS
    down = -(-len(indicators) // columns)
    head = HEAD + extra + key_height(entries) - KEY_ROW
    foot = FOOT + foot_height([*notes, source])
    natural = max(PANEL_HEIGHT, TEXT_HEIGHT * (len(datasets) + 2)) + HEADING
    height = current().row_height(natural, down, head + foot)
    page = Page(head + down * height + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 14.5 - extra, entries)
    width = (page.width - 2 * style.MARGIN) / columns
    for place, indicator in enumerate(indicators):
        row, column = divmod(place, columns)
        here = [array[indicator.name].sel(region=region) for array in arrays]
        values = np.array(
            [[np.median(each.sel(year=at).values) * indicator.shown_factor for at in (start, year)] for each in here]
        )
        divisor, unit = written_unit(indicator, values)
        x, y = style.MARGIN + column * width, page.height - head - (row + 1) * height
        low, high = ends(values)
        panel = Panel(
            x + ENDS, y + 3.0, width - 2 * ENDS, height - HEADING - 3.0, (start, year),
            widen(low, high, SMALLEST_RISE * max(abs(low), abs(high), 1e-9)),
        )  # fmt: skip
        page.text(x, y + height - 4.5, f"{'abcdefgh'[place]}  {label(indicator)}")
        if unit != "%":
            page.text(x, y + height - 7.7, unit, size=style.SMALL_SIZE, colour=style.GREY)
        _draw(page, panel, indicator, values, divisor, entries)
    return page.figure


def _draw(
    page: Page,
    panel: Panel,
    indicator: Indicator,
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    divisor: float,
    entries: Sequence[Entry],
) -> None:
    left, right = panel.horizontal
    page.lines([panel.path([at, at], panel.vertical) for at in (left, right)], colour=style.GRID, width=0.6, order=0.5)
    for at in (left, right):
        page.text(float(panel.across(at)), panel.y - 3.4, str(int(at)), size=style.SMALL_SIZE, ha="center")
    for k, (entry, ends_of_line) in enumerate(zip(entries, values, strict=True)):
        path = panel.path([left, right], ends_of_line)
        page.lines([path], colour=entry.colour, dashes=entry.dashes, width=entry.width, order=3 + k / 100)
        page.points(path, colours=entry.colour, size=2.6, order=4)
    for at, column, side in ((left, 0, -1.5), (right, 1, 1.5)):
        texts = {}  # scenarios that are written alike stand once
        for entry, value in sorted(zip(entries, values[:, column], strict=True), key=lambda pair: float(pair[1])):
            text = number_text(value / divisor, indicator, 1) + ("%" if indicator.shown_unit == "%" else "")
            texts.setdefault(text, (float(panel.up(value)), entry.colour))
        for text, y, colour in spread_out([(text, *found) for text, found in texts.items()], panel):
            colour = colour if len(texts) > 1 else style.INK
            page.text(
                float(panel.across(at)) + side, y, text, size=style.SMALL_SIZE, colour=colour,
                ha="right" if side < 0 else "left", va="center_baseline",
            )  # fmt: skip


def spread_out(texts: Sequence[tuple[str, float, str]], panel: Panel) -> list[tuple[str, float, str]]:
    """Texts with their heights (mm, rising), moved up or down as little as keeps them apart and within the panel."""
    moved: list[tuple[str, float, str]] = []
    top = panel.y + panel.height + TEXT_HEIGHT / 2
    height = panel.y - TEXT_HEIGHT
    for place, (text, y, colour) in enumerate(texts):
        still_above = len(texts) - 1 - place
        height = min(max(y, height + TEXT_HEIGHT), top - still_above * TEXT_HEIGHT)
        moved.append((text, height, colour))
    return moved
