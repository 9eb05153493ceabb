"""What a file says of the runs that it shows, so that they can be found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray

IDENTITY = ("scenario", "scenario_hash", "data_hash", "version", "seed", "members")


def identity_lines(datasets: Sequence[xarray.Dataset]) -> list[str]:
    """A line for each run with its scenario, hashes, version, seed and number of members, as `audit` reads them."""
    return [", ".join(f"{key} {dataset.attrs.get(key, '')}" for key in IDENTITY) for dataset in datasets]
