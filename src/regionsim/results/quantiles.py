"""The spread of an ensemble as a table: mean, standard deviation and quantiles over the members that ran through."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.results.blocks import Block, columns

if TYPE_CHECKING:
    import pandas

Array = NDArray[np.float64]

SHARES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}


def quantile_table(
    scenario: str, blocks: Sequence[Block], years: Sequence[int], values: Array, failed: int, *, signs: bool = False
) -> pandas.DataFrame:
    """One row for each column of the blocks and each year: mean, sd, p05 to p95, `n` and `failed`.

    `values` is (member, year, column). `n` members have a number there: nan, which is that of a member that failed or
    of a value without a meaning, enters nothing. `sd` is that of a sample. With `signs` the column `higher` has the
    share of the members above 0, as is asked of differences.
    """
    import pandas

    placed = columns(blocks)
    size = len(years) * len(placed)
    # Column by column: what is sorted is a copy.
    spreads = [_spread(values[:, :, column]) for column in range(values.shape[2])]
    table: dict[str, object] = {
        "scenario": np.full(size, scenario),
        "region_type": np.repeat([block.region_types[k] for block, k in placed], len(years)),
        "region": np.repeat([block.regions[k] for block, k in placed], len(years)),
        "year": np.tile(np.asarray(years, dtype=np.int64), len(placed)),
        "variable": np.repeat([block.variable for block, _ in placed], len(years)),
        "unit": np.repeat([block.unit for block, _ in placed], len(years)),
    }
    names = ["mean", "sd", *SHARES, *(["higher"] if signs else []), "n"]
    table |= {name: np.concatenate([spread[name] for spread in spreads]) for name in names}
    table["failed"] = np.full(size, failed)
    return pandas.DataFrame(table)


def _spread(values: Array) -> dict[str, NDArray[np.generic]]:
    """The numbers of one column, (year,) each, from its values by (member, year)."""
    known = np.where(np.isfinite(values), values, np.nan)
    found = np.isfinite(known).sum(axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a column of nan alone has the mean nan
        parts = np.nanquantile(known, list(SHARES.values()), axis=0)
        return {
            "mean": np.nanmean(known, axis=0),
            "sd": np.nanstd(known, axis=0, ddof=1),
            **dict(zip(SHARES, parts, strict=True)),
            "higher": (known > 0).sum(axis=0) / np.where(found > 0, found, np.nan),
            "n": found,
        }
