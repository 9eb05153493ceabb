"""Outputs kept member by member: rows of indicators.csv, or any variable of the model, in chosen regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import ordered
from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS, PROVINCES, FurtherRows, Indicator
from regionsim.results.indicators import indicator_array
from regionsim.results.targets import ZONE

if TYPE_CHECKING:
    import xarray

Array = NDArray[np.float64]

WHOLE = "whole"  # the region of a variable without axes


@dataclass(frozen=True)
class Block:
    """One variable in several regions: `region_types` and `regions` name them as indicators.csv does.

    A variable of the model is named by its own name, and its regions are the labels of its axes, joined by a slash
    where it has several; `places` are those of the regions among all that the source has.
    """

    source: Indicator | FurtherRows | ModelVariable
    unit: str
    region_types: tuple[str, ...]
    regions: tuple[str, ...]
    places: tuple[int, ...]

    @property
    def variable(self) -> str:
        """The name in tables."""
        return self.source.name

    @property
    def label(self) -> str:
        """What to call it in words."""
        return self.source.label if isinstance(self.source, Indicator) else self.variable.replace("_", " ")

    @property
    def shown_factor(self) -> float:
        """Times this, a value is in `shown_unit`."""
        return self.source.shown_factor if isinstance(self.source, Indicator) else 1.0

    @property
    def shown_unit(self) -> str:
        """The unit in tables for readers."""
        return self.source.shown_unit if isinstance(self.source, Indicator) else self.unit

    @property
    def kind(self) -> str:
        """The dimension that the regions are along: blocks of one kind have the same regions."""
        if isinstance(self.source, Indicator):
            return "region"
        return self.source.region_type if isinstance(self.source, FurtherRows) else "_".join(self.source.axes) or WHOLE

    @property
    def key(self) -> str:
        """A name that no other block has."""
        return f"{self.variable}_by_{self.kind}" if isinstance(self.source, FurtherRows) else self.variable

    @property
    def needs(self) -> tuple[str, ...]:
        """The model variables that it is made of."""
        if isinstance(self.source, Indicator):
            return self.source.needs
        return (self.source.variable if isinstance(self.source, FurtherRows) else self.source.name,)


@dataclass(frozen=True)
class ModelVariable:
    """A stock or an equation as it is, over its axes in the global order."""

    name: str
    unit: str
    axes: tuple[str, ...]


def known_variables(model: Mapping[str, tuple[str, tuple[str, ...]]]) -> dict[str, list[Block]]:
    """What may be asked for, by name: the blocks of indicators.csv, then the variables of the model.

    `model` has unit and axes of each stock and equation. Where an indicator and a variable have one name, the
    indicator has it.
    """
    from regionsim.place.assemble import axis_labels

    labels = axis_labels()
    counties = load_counties()
    types = ("county",) * len(counties) + ("province",) * len(PROVINCES) + ("zone",)
    regions = (*(county.code for county in counties), *PROVINCES, ZONE)
    known: dict[str, list[Block]] = {}

    def add(
        source: Indicator | FurtherRows | ModelVariable, unit: str, kinds: tuple[str, ...], names: tuple[str, ...]
    ) -> None:
        known.setdefault(source.name, []).append(Block(source, unit, kinds, names, tuple(range(len(names)))))

    for indicator in INDICATORS:
        add(indicator, indicator.unit, types, regions)
    for rows in FURTHER_ROWS:
        names = labels[rows.axis]
        add(rows, rows.unit, (rows.region_type,) * len(names), names)
    for name, (unit, over) in model.items():
        if name not in known:
            axes = ordered(over)
            elements = tuple("/".join(each) or WHOLE for each in product(*(labels[axis] for axis in axes)))
            add(ModelVariable(name, unit, axes), unit, ("/".join(axes) or WHOLE,) * len(elements), elements)
    return known


def within(block: Block, regions: Sequence[str]) -> Block | None:
    """The block in these regions alone; what is by county, province or zone is chosen, the rest is kept whole.

    Of a variable of the model over counties and further axes the counties are chosen. None where nothing is left.
    """
    if isinstance(block.source, FurtherRows):
        return block
    if isinstance(block.source, ModelVariable):
        if block.source.axes[:1] != ("county",):
            return block
        chosen = [k for k, region in enumerate(block.regions) if region.split("/")[0] in regions]
    else:
        chosen = [k for k, region in enumerate(block.regions) if region in regions]
    if not chosen:
        return None
    return Block(
        block.source,
        block.unit,
        tuple(block.region_types[k] for k in chosen),
        tuple(block.regions[k] for k in chosen),
        tuple(block.places[k] for k in chosen),
    )


def block_values(dataset: xarray.Dataset, blocks: Sequence[Block]) -> Array:
    """The values of all blocks side by side, by (member, year, column)."""
    names = [block.variable for block in blocks if isinstance(block.source, Indicator)]
    array = indicator_array(dataset, names) if names else None
    return np.concatenate([_values(dataset, array, block)[..., list(block.places)] for block in blocks], axis=2)


def columns(blocks: Sequence[Block]) -> list[tuple[Block, int]]:
    """Block and place within it of each column of `block_values`."""
    return [(block, k) for block in blocks for k in range(len(block.regions))]


def width(blocks: Sequence[Block]) -> int:
    """How many columns there are."""
    return sum(len(block.regions) for block in blocks)


def raw_size(blocks: Sequence[Block], model: Mapping[str, tuple[str, tuple[str, ...]]]) -> int:
    """How many numbers of the model a member has to keep in each year to make the blocks."""
    from regionsim.place.assemble import axis_labels

    labels = axis_labels()
    needed = {name for block in blocks for name in block.needs}
    return sum(prod(len(labels[axis]) for axis in model[name][1]) for name in needed if name in model)


def _values(dataset: xarray.Dataset, indicators: xarray.Dataset | None, block: Block) -> Array:
    if isinstance(block.source, Indicator):
        assert indicators is not None
        return np.asarray(indicators[block.variable].values, dtype=np.float64)
    axes = (block.source.axis,) if isinstance(block.source, FurtherRows) else block.source.axes
    variable = dataset[block.needs[0]].transpose("member", "year", *axes)
    return np.asarray(variable.values, dtype=np.float64).reshape(*variable.shape[:2], -1)
