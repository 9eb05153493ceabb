"""What is drawn of an analysis: taken from one at hand, or read from the dataset that it left."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim import __version__
from regionsim.problems import Problem, ProblemsError
from regionsim.results.blocks import Block, ModelVariable, columns, width
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS, FurtherRows, Indicator, find_indicator
from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sensitivity.analysis import Analysis, Found
from regionsim.studies.sensitivity.indices import Indices
from regionsim.studies.sensitivity.methods import METHODS, Method
from regionsim.studies.sensitivity.sample import Shown, Target
from regionsim.studies.sweep.factors import Factor, recorded_factor

if TYPE_CHECKING:
    import xarray

REMEDY = "what regionsim sensitivity writes; regionsim sensitivity STUDY --resume writes it again"
INDICATOR_REGIONS = ("county", "province", "zone")
# By the end of a name: along which axes before year and region, and what of the indices.
PARTS = {
    "": (("target", "index", "factor"), "values"),
    "_low": (("target", "index", "factor"), "low"),
    "_high": (("target", "index", "factor"), "high"),
    "_used": (("target",), "used"),
    "_reason": (("target", "factor"), "reasons"),
}


@dataclass(frozen=True)
class Findings:
    """Indices of every target, with the outputs that stand for their variables, and who stands behind them.

    `record` is what `record_of` says of the analysis.
    """

    record: Mapping[str, Any]
    factors: tuple[Factor, ...]
    blocks: tuple[Block, ...]
    shown: tuple[Shown, ...]
    found: tuple[Found, ...] = field(repr=False)

    @property
    def method(self) -> Method:
        """The analysis that the design was made for."""
        return METHODS[self.record["design"]["kind"]]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the outputs."""
        return tuple(self.record["years"])

    def output(self, column: int, year: int) -> int:
        """The place of an output, by the places of its column and of its year."""
        return year % len(self.years) * width(self.blocks) + column


def record_of(analysis: Analysis) -> dict[str, Any]:
    """What an analysis rests on, and what of it is shown, as plain values that JSON gives back as they were."""
    study, plan = analysis.plan.study, analysis.plan
    return {
        "study": study.name,
        "title": {"en": study.title_en, "zh": study.title_zh},
        "scenarios": {
            each.name: {"hash": each.content_hash(), "title": {"en": each.title_en, "zh": each.title_zh}}
            for each in study.scenarios
        },
        "design": {
            "kind": study.design.kind,
            "seed": study.design.seed,
            "members": plan.members,
            "hash": plan.design_hash,
        },
        "factors": [factor.record for factor in plan.factors],
        "outputs": [
            {"variable": block.variable, "unit": block.unit, "region_types": list(block.region_types),
             "regions": list(block.regions)}
            for block in study.blocks
        ],
        "years": list(study.years),
        "shown": [each.column for each in analysis.shown],
        "data_hash": data_hash(),
        "version": __version__,
    }  # fmt: skip


def findings_of(analysis: Analysis) -> Findings:
    """What is drawn of an analysis at hand."""
    blocks = tuple(analysis.plan.study.blocks)
    return Findings(record_of(analysis), tuple(analysis.plan.factors), blocks, analysis.shown, analysis.found)


def read_findings(file: Path) -> Findings:
    """The same from the dataset of all indices.

    Raises ProblemsError for a file that is missing, broken or without the record of an analysis.
    """
    stored = read_netcdf(file)
    try:
        about = json.loads(stored.attrs["record"])
        blocks = tuple(_block(**each) for each in about["outputs"])
        factors = tuple(recorded_factor(each) for each in about["factors"])
        shown = tuple(_shown(blocks, column) for column in about["shown"])
        found = tuple(_found(stored, place, blocks) for place in range(stored.sizes["target"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ProblemsError([Problem(str(file), 0, "not a whole analysis", reason, REMEDY)]) from None
    return Findings(about, factors, blocks, shown, found)


def _block(variable: str, unit: str, region_types: list[str], regions: list[str]) -> Block:
    """A block as the study had it, as far as figures ask."""
    kind, places = region_types[0], tuple(range(len(regions)))
    source: Indicator | FurtherRows | ModelVariable = ModelVariable(variable, unit, ())
    further = [rows for rows in FURTHER_ROWS if (rows.name, rows.region_type) == (variable, kind)]
    if further:
        source = further[0]
    elif kind in INDICATOR_REGIONS and variable in {indicator.name for indicator in INDICATORS}:
        source = find_indicator(variable)
    return Block(source, unit, tuple(region_types), tuple(regions), places)


def _shown(blocks: Sequence[Block], column: int) -> Shown:
    block, place = columns(blocks)[column]
    return Shown(block, block.regions[place], column)


def _found(stored: xarray.Dataset, place: int, blocks: Sequence[Block]) -> Found:
    """The indices of one target, with all outputs side by side: columns within years."""

    def joined(ending: str) -> Any:
        parts = [stored[f"{block.key}{ending}"].values[place] for block in blocks]
        values = np.concatenate(parts, axis=-1)
        return values.reshape(*values.shape[:-2], -1)

    names = tuple(map(str, stored["index"].values))
    arrays = {name: joined(ending) for ending, (_, name) in PARTS.items()}
    target = Target(str(stored["scenario"].values[place]), str(stored["against"].values[place]))
    return Found(target, Indices(names, **arrays), ())
