"""A finished attribution as tables and as a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim import __version__
from regionsim.results.blocks import columns
from regionsim.studies.attribute.game import Estimate, pairs
from regionsim.studies.attribute.run import Attribution
from regionsim.studies.attribute.study import Study
from regionsim.studies.attribute.subsets import player_titles
from regionsim.studies.attribute.work import runs_of
from regionsim.studies.fingerprint import data_hash
from regionsim.studies.sweep.report import MOST_ROWS

if TYPE_CHECKING:
    import pandas
    import xarray

Array = NDArray[np.float64]


def differences_table(attribution: Attribution) -> pandas.DataFrame:
    """A row for each result: without any measure, without the players, with all, and the difference of the last two."""
    parts = {name: getattr(attribution, name) for name in ("nothing", "before", "after", "difference")}
    names = {
        "nothing": "without_measures",
        "before": "without_players",
        "after": "with_all",
        "difference": "difference",
    }
    return _table(attribution, {}, {names[name]: values[None] for name, values in parts.items()})


def contributions_table(attribution: Attribution) -> pandas.DataFrame:
    """A row for each player and result; low and high are the 95 % interval, and the value itself where it is exact."""
    found, players = attribution.contributions, [player.name for player in attribution.study.players]
    values = {"contribution": found.values, "low": found.low, "high": found.high}
    values |= {"alone": attribution.alone, "last": attribution.last}
    return _table(attribution, {"measure": players}, values)


def interactions_table(attribution: Attribution) -> pandas.DataFrame | None:
    """A row for each pair of players and result; None where these are too many for a table."""
    found = attribution.interactions
    if found.values.size > MOST_ROWS:
        return None
    players = [player.name for player in attribution.study.players]
    both = pairs(len(players))
    names = {"measure": [players[k] for k, _ in both], "other_measure": [players[k] for _, k in both]}
    return _table(attribution, names, {"interaction": found.values, "low": found.low, "high": found.high})


def attribution_dataset(attribution: Attribution) -> xarray.Dataset:
    """All of it, with dimensions measure or pair, year, and that of each variable's regions."""
    import xarray

    study = attribution.study
    players = [player.name for player in study.players]
    both = pairs(len(players))
    arrays: dict[str, tuple[str, Array]] = {
        "contribution": ("measure", attribution.contributions.values),
        "contribution_low": ("measure", attribution.contributions.low),
        "contribution_high": ("measure", attribution.contributions.high),
        "alone": ("measure", attribution.alone),
        "last": ("measure", attribution.last),
        "interaction": ("pair", attribution.interactions.values),
        "interaction_low": ("pair", attribution.interactions.low),
        "interaction_high": ("pair", attribution.interactions.high),
    }
    single = {"without_measures": attribution.nothing, "without_players": attribution.before}
    single["with_all"] = attribution.after
    variables: dict[str, tuple[tuple[str, ...], Array, dict[str, str]]] = {}
    coordinates: dict[str, tuple[str, NDArray[np.generic]]] = {
        "measure": ("measure", np.asarray(players, dtype=np.str_)),
        "measure_title": ("measure", np.asarray([player_titles(each)[0] for each in study.players], dtype=np.str_)),
        "measure_title_zh": ("measure", np.asarray([player_titles(each)[1] for each in study.players], dtype=np.str_)),
        "pair": ("pair", np.arange(len(both))),
        "first_of_pair": ("pair", np.asarray([players[k] for k, _ in both], dtype=np.str_)),
        "second_of_pair": ("pair", np.asarray([players[k] for _, k in both], dtype=np.str_)),
        "year": ("year", np.asarray(study.years, dtype=np.int64)),
    }
    begin = 0
    for block in study.blocks:
        end = begin + len(block.regions)
        about = {"units": block.unit, "long_name": block.label}
        coordinates[block.kind] = (block.kind, np.asarray(block.regions, dtype=np.str_))
        for name, (dimension, values) in arrays.items():
            if dimension != "pair" or both:
                variables[f"{name}_{block.key}"] = ((dimension, "year", block.kind), values[..., begin:end], about)
        for name, values in single.items():
            variables[f"{name}_{block.key}"] = (("year", block.kind), values[..., begin:end], about)
        begin = end
    attributes = {
        "study": study.name,
        "title": study.title_en,
        "title_zh": study.title_zh,
        "scenario": study.scenario.name,
        "scenario_hash": study.scenario.content_hash(),
        "data_hash": data_hash(),
        "version": __version__,
        "design": study.kind,
        "runs": str(attribution.runs),
        **({"seed": str(study.seed)} if study.kind == "orders" else {}),
    }
    return xarray.Dataset(variables, coords=coordinates, attrs=attributes)


def attribution_of(dataset: xarray.Dataset, study: Study, ledgers: dict[str, float]) -> Attribution:
    """The attribution of the study that `attribution_dataset` made this dataset of; `ledgers` are not in it."""

    def values(name: str) -> Array:
        return np.concatenate([dataset[f"{name}_{block.key}"].values for block in study.blocks], axis=-1)

    def estimate(name: str) -> Estimate:
        return Estimate(values(name), values(f"{name}_low"), values(f"{name}_high"))

    contributions = estimate("contribution")
    no_pairs = np.empty((0, *contributions.values.shape[1:]))
    return Attribution(
        study=study,
        runs=runs_of(study),
        nothing=values("without_measures"),
        before=values("without_players"),
        after=values("with_all"),
        contributions=contributions,
        interactions=estimate("interaction") if dataset.sizes["pair"] else Estimate(no_pairs, no_pairs, no_pairs),
        alone=values("alone"),
        last=values("last"),
        ledgers=ledgers,
    )


def _table(attribution: Attribution, names: dict[str, list[str]], values: dict[str, Array]) -> pandas.DataFrame:
    """By row of `names`, then by column of the blocks, then by year."""
    import pandas

    study = attribution.study
    placed, years = columns(study.blocks), len(study.years)
    count = len(next(iter(values.values())))
    inner = len(placed) * years
    table: dict[str, object] = {"scenario": np.full(count * inner, study.scenario.name)}
    table |= {name: np.repeat(np.asarray(said, dtype=object), inner) for name, said in names.items()}
    about = {
        "region_type": [block.region_types[k] for block, k in placed],
        "region": [block.regions[k] for block, k in placed],
    }
    table |= {name: np.tile(np.repeat(said, years), count) for name, said in about.items()}
    table["year"] = np.tile(np.asarray(study.years), count * len(placed))
    about = {"variable": [block.variable for block, _ in placed], "unit": [block.unit for block, _ in placed]}
    table |= {name: np.tile(np.repeat(said, years), count) for name, said in about.items()}
    table |= {name: array.transpose(0, 2, 1).reshape(-1) for name, array in values.items()}
    return pandas.DataFrame(table)
