"""One result of an attribution as its figures need it, read from the dataset that an attribution leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures.font import drawable
from regionsim.figures.quantities import ShownQuantity, region_words, shown_quantity
from regionsim.figures.words import in_chinese
from regionsim.results.tables import HEADLINES
from regionsim.results.targets import ZONE

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

CONTRIBUTION = "contribution_"
ENDS = ("low_", "high_")
MOST_RESULTS = 6


@dataclass(frozen=True)
class Attributed:
    """A result in one region and the last year: arrays (measure,) and (measure, measure), nan where there is none.

    `before` is the result without the measures, `after` with all of them; all are in the unit of `quantity`.
    """

    quantity: ShownQuantity
    where: str
    year: int
    measures: tuple[str, ...]
    before: float
    after: float
    changes: Array
    low: Array
    high: Array
    together: Array


def attributed_keys(dataset: xarray.Dataset) -> list[str]:
    """The results that are shown: headline ones, then others in their order, six at most."""
    names = [str(name).removeprefix(CONTRIBUTION) for name in dataset.data_vars if str(name).startswith(CONTRIBUTION)]
    names = [name for name in names if not name.startswith(ENDS)]
    wanted = [name for name in HEADLINES if name in names]
    return [*wanted, *(name for name in names if name not in wanted)][:MOST_RESULTS]


def attributed(dataset: xarray.Dataset, key: str) -> Attributed:
    """The result of this key in the zone, or in its first region. Raises KeyError where the dataset lacks it."""
    whole = dataset[CONTRIBUTION + key]
    kind = str(whole.dims[-1])
    regions = [str(region) for region in dataset[kind].values]
    region = regions.index(ZONE) if ZONE in regions else 0
    quantity = shown_quantity(key, str(whole.attrs.get("units", "")))

    def last(name: str) -> Array:
        return np.asarray(dataset[f"{name}_{key}"].values[..., -1, region] * quantity.factor)

    return Attributed(
        quantity,
        region_words(regions[region]),
        int(dataset["year"].values[-1]),
        _measures(dataset),
        float(last("without_players")),
        float(last("with_all")),
        *(last(name) for name in ("contribution", "contribution_low", "contribution_high")),
        _square(dataset, last("interaction") if f"interaction_{key}" in dataset else np.empty(0)),
    )


def _measures(dataset: xarray.Dataset) -> tuple[str, ...]:
    """Number and title of each measure; its name alone in a dataset that has no titles."""
    titles = "measure_title_zh" if in_chinese() else "measure_title"
    names = [str(name) for name in dataset[titles if titles in dataset.coords else "measure"].values]
    drawable("".join(names), "")  # the font gets what it lacks for all of them at once
    return tuple(names)


def _square(dataset: xarray.Dataset, values: Array) -> Array:
    """What pairs change together at both of their places."""
    names = dataset["measure"].values.tolist()
    square = np.full((len(names), len(names)), np.nan)
    ends = (dataset[f"{which}_of_pair"].values.tolist() for which in ("first", "second"))
    for value, first, second in zip(values, *ends, strict=False):
        one, other = names.index(first), names.index(second)
        square[one, other] = square[other, one] = value
    return square
