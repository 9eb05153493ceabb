"""Which members of an ensemble a spread is taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import xarray

AS_IT_IS = 0  # the member of a run with members that is the scenario itself


def drawn_members(dataset: xarray.Dataset) -> xarray.Dataset:
    """The members of a run that were drawn: all but the first, which is the scenario as it is.

    That one is no draw from what is believed, so that medians and bands must not count it. A single run, an ensemble
    without such a member, and a run of which fewer than two draws ran through are given back as they are.
    """
    if "draws_hash" not in dataset.attrs:
        return dataset
    drawn = np.flatnonzero(dataset["member"].values != AS_IT_IS)
    return dataset.isel(member=drawn) if len(drawn) > 1 else dataset
