"""Colours of the classes of a map, that hold in grey and for the colour-blind, and of the letters on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regionsim.results.indicator_catalogue import Indicator

# Sequential schemes of ColorBrewer, which darken steadily.
SCHEMES = {"urbanization_rate": "PuBu", "forest_cover": "YlGn"}
OTHER_SCHEME = "YlOrBr"
SCHEME_WITH_ZERO = "PuOr_r"  # diverging, safe for the colour-blind: purple below zero, orange above
NO_VALUE = "#f4f4f4"


def class_colours(indicator: Indicator, limits: Sequence[float]) -> list[str]:
    """A colour for each class: one hue from light to dark, or two hues on either side of zero."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    count = len(limits) - 1
    if limits[0] < 0:
        below = sum(limit < 0 for limit in limits)
        reach = max(below, count - below)
        places = [0.5 + 0.45 * (k - below + (0 if k < below else 1)) / reach for k in range(count)]
        scheme = colormaps[SCHEME_WITH_ZERO]
    else:
        places = [0.08 + 0.82 * k / max(count - 1, 1) for k in range(count)]
        scheme = colormaps[SCHEMES.get(indicator.name, OTHER_SCHEME)]
    return [to_hex(scheme(place)) for place in places]


def colour_of(value: float, limits: Sequence[float], colours: Sequence[str]) -> str:
    """The colour of the class that holds the value; a limit belongs to the class above it, the last to the last."""
    if not np.isfinite(value):
        return NO_VALUE
    place = int(np.searchsorted(np.asarray(limits), value, side="right")) - 1
    return colours[min(max(place, 0), len(colours) - 1)]


def is_light(colour: str) -> bool:
    """Whether dark letters read better on the colour than white ones (relative luminance of WCAG 2)."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18
