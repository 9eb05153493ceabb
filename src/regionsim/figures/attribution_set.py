"""All figures of an attribution: what each measure contributes, and which help or hinder each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from regionsim.figures.attributed import attributed, attributed_keys
from regionsim.figures.contributions import waterfall
from regionsim.figures.drawings import Drawing
from regionsim.figures.interactions import interaction_map

if TYPE_CHECKING:
    import xarray

CONTRIBUTIONS, INTERACTIONS = "contributions", "interactions"


def attribution_drawings(dataset: xarray.Dataset) -> list[Drawing]:
    """For each headline result of the dataset that an attribution leaves a waterfall and a map of pairs.

    A result that no measure moves has no figure, and one of a single measure no pairs.
    """
    drawings = []
    for key in attributed_keys(dataset):
        result = attributed(dataset, key)
        if not np.isfinite(result.changes).all() or not result.changes.any():
            continue
        heading = f"{result.quantity.label}, {result.where}, {result.year}"
        drawings.append(Drawing(f"{CONTRIBUTIONS}_{key}", heading, partial(waterfall, dataset, key)))
        if np.nan_to_num(result.together).any():
            drawings.append(Drawing(f"{INTERACTIONS}_{key}", heading, partial(interaction_map, dataset, key)))
    return drawings
