"""What a variable of a study is called on a figure, in which unit it is shown, and where it is of."""

from __future__ import annotations

from dataclasses import dataclass

from regionsim.figures.words import called, in_chinese, label, region_title, variable_words
from regionsim.results.indicator_catalogue import PROVINCES, find_indicator
from regionsim.results.names import county_names
from regionsim.results.targets import ZONE


@dataclass(frozen=True)
class ShownQuantity:
    """A variable in the language of the drawing: times `factor` its values are in `unit`, its changes in `change`."""

    label: str
    factor: float
    unit: str
    change: str


def shown_quantity(name: str, unit: str) -> ShownQuantity:
    """The indicator of this name, or the variable of the model in its own unit."""
    try:
        indicator = find_indicator(name)
    except KeyError:
        return ShownQuantity(variable_words(name), 1.0, called(unit), called(unit))
    shown = indicator.shown_unit
    change = "percentage points" if shown == "%" else shown
    return ShownQuantity(label(indicator), indicator.shown_factor, called(shown), called(change))


def region_words(region: str) -> str:
    """A region by what readers call it within a text: the zone, a part of it, a county by code or name, or as it is."""
    if region == ZONE:
        return region_title(region).lower()
    if region in PROVINCES:
        return region_title(region)
    return "/".join(_label_words(part) for part in region.split("/"))


def _label_words(part: str) -> str:
    """A county by code or English name, or another label of an axis."""
    for code, names in county_names().items():
        if part in (code, names[0]):
            return names[in_chinese()]
    return called(part)
