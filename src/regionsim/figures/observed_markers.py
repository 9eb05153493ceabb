"""What was observed beside what a run says, as markers: their shape tells the quality, also in print without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures import style
from regionsim.figures.page import Entry, Page, Panel
from regionsim.figures.words import called, say
from regionsim.results.indicator_catalogue import Indicator
from regionsim.results.observed import Observations, ObservedFigure, observed_figures
from regionsim.results.targets import ZONE

if TYPE_CHECKING:
    import xarray

# Read figures are filled, the others open. Shape and whether it is filled.
SHAPES: dict[str, tuple[str, bool]] = {
    "official": ("o", True),
    "secondary": ("s", True),
    "derived": ("o", False),
    "recalled": ("^", False),
    "assumption": ("v", False),
    "calibrated": ("X", False),
    "": ("D", True),
}
SIZE = 3.4  # points
WHOLE_ZONE = 24


def observed_of(
    dataset: xarray.Dataset, indicator: Indicator, regions: Sequence[str], own: Observations | None = None
) -> list[ObservedFigure]:
    """What was observed of an indicator in these regions in the years of a run, in the indicator's shown unit.

    What comes with the project, but for a dataset of other counties than the zone's, then the reader's `own`.
    """
    years, is_zone = dataset["year"].values, dataset.sizes.get("county", WHOLE_ZONE) == WHOLE_ZONE
    figures = observed_figures() if is_zone and ZONE in regions else ()
    return [
        replace(figure, value=figure.value * indicator.shown_factor)
        for figure in (*figures, *(own.figures if own is not None else ()))
        if figure.variable == indicator.name and figure.region in regions and years[0] <= figure.year <= years[-1]
    ]


def draw_observed(page: Page, panel: Panel, observed: Sequence[ObservedFigure], colour: str) -> None:
    """A marker for each figure."""
    for figure in observed:
        shape, filled = SHAPES[figure.quality]
        place = np.array([[float(panel.across(figure.year)), float(panel.up(figure.value))]])
        page.points(
            place, colours=colour if filled else style.PAPER, shape=shape, size=SIZE, edge=colour, edge_width=0.7
        )


def observed_entries(qualities: Sequence[str]) -> list[Entry]:
    """The entries of a key for the qualities that are shown, the best first."""
    return [
        Entry(
            say("Observed ({quality})", quality=called(quality)) if quality else say("Observed"),
            style.INK,
            width=SIZE,
            shape=shape,
            fill=style.INK if filled else style.PAPER,
        )
        for quality, (shape, filled) in SHAPES.items()
        if quality in qualities
    ]


def own_note(own: Observations | None, shown: Sequence[ObservedFigure], indicators: Sequence[Indicator]) -> str:
    """Which file the reader's own observations are from, and how many of the `shown` figures they are."""
    if own is None:
        return ""
    factors = {indicator.name: indicator.shown_factor for indicator in indicators}
    of_file = {
        replace(figure, value=figure.value * factors[figure.variable])
        for figure in own.figures
        if figure.variable in factors
    }
    count = sum(figure in of_file for figure in shown)
    return say("Observations of {file}: {count}.", file=own.name, count=count) if count else ""
