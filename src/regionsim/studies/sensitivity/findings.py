"""What is drawn of an analysis: taken from one at hand, or read from the table and the record that it left."""

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
from regionsim.results.indicators import find_indicator
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sensitivity.analysis import Analysis, Found
from regionsim.studies.sensitivity.indices import REASONS, no_indices
from regionsim.studies.sensitivity.methods import METHODS, Method
from regionsim.studies.sensitivity.sample import Shown, Target
from regionsim.studies.sweep.factors import Factor, recorded_factor

if TYPE_CHECKING:
    import pandas

REMEDY = "what regionsim sensitivity writes; regionsim sensitivity STUDY --resume writes it again"
INDICATOR_REGIONS = ("county", "province", "zone")
KEYS = ("scenario", "against", "variable", "region_type", "region", "factor", "index", "reason")


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


def read_findings(table: Path, record: Path) -> Findings:
    """The same from the table of all indices and the record beside it.

    Raises ProblemsError for a file that is missing or is not what an analysis wrote.
    """
    import pandas

    try:
        about = json.loads(record.read_text(encoding="utf-8"))
        types = dict.fromkeys(KEYS, "category")
        rows = pandas.read_csv(
            table, dtype=types, keep_default_na=False, na_values={"value": "", "low": "", "high": ""}
        )
        blocks = tuple(_block(**each) for each in about["outputs"])
        factors = tuple(recorded_factor(each) for each in about["factors"])
        shown = tuple(_shown(blocks, column) for column in about["shown"])
        found = tuple(_found(rows, target, about, blocks) for target in _targets(list(about["scenarios"])))
    except OSError as error:
        raise ProblemsError([Problem(str(record), 0, "the file cannot be read", str(error.strerror), REMEDY)]) from None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ProblemsError([Problem(str(table.parent), 0, "not a whole analysis", reason, REMEDY)]) from None
    return Findings(about, factors, blocks, shown, found)


def _targets(scenarios: Sequence[str]) -> list[Target]:
    first, *others = scenarios
    return [*map(Target, scenarios), *(Target(name, first) for name in others)]


def _block(variable: str, unit: str, region_types: list[str], regions: list[str]) -> Block:
    places = tuple(range(len(regions)))
    source = ModelVariable(variable, unit, ())
    is_indicator = region_types[0] in INDICATOR_REGIONS
    return Block(_indicator_or(source) if is_indicator else source, unit, tuple(region_types), tuple(regions), places)


def _indicator_or(variable: ModelVariable) -> Any:
    try:
        return find_indicator(variable.name)
    except KeyError:
        return variable


def _shown(blocks: Sequence[Block], column: int) -> Shown:
    block, place = columns(blocks)[column]
    return Shown(block, block.regions[place], column)


def _found(rows: pandas.DataFrame, target: Target, about: Mapping[str, Any], blocks: Sequence[Block]) -> Found:
    """The indices of one target at their places; what has no row is not known."""
    own = rows[(rows["scenario"] == target.scenario) & (rows["against"] == target.against)]
    names = tuple(dict.fromkeys(own["index"].tolist()))
    factors = {each["key"]: k for k, each in enumerate(about["factors"])}
    place_of = {
        (block.variable, block.region_types[place], block.regions[place]): k
        for k, (block, place) in enumerate(columns(blocks))
    }
    year_of = {year: k * width(blocks) for k, year in enumerate(about["years"])}
    indices = no_indices(names, len(factors), len(place_of) * len(year_of))
    regions = zip(own["variable"], own["region_type"], own["region"], strict=True)
    outputs = np.array([place_of[key] for key in regions], dtype=np.intp) + own["year"].map(year_of).to_numpy(np.intp)
    at = own["index"].map({name: k for k, name in enumerate(names)}).to_numpy(np.intp)
    factor = own["factor"].map(factors).to_numpy(np.intp)
    for name, into in (("value", indices.values), ("low", indices.low), ("high", indices.high)):
        into[at, factor, outputs] = own[name].to_numpy(np.float64)
    indices.used[outputs] = own["used"].to_numpy(np.int64)
    reasons = own["reason"].map({words: k for k, words in enumerate(REASONS)}).to_numpy(np.int8)
    indices.reasons[factor, outputs] = reasons
    return Found(target, indices, ())
