"""What a finished attribution leaves in its directory."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from regionsim.results.dataset import write_netcdf
from regionsim.results.names import region_name
from regionsim.results.whole_file import whole_file, write_whole
from regionsim.studies.attribute.game import pairs
from regionsim.studies.attribute.run import Attribution, Prepared
from regionsim.studies.attribute.tables import (
    attribution_dataset,
    contributions_table,
    differences_table,
    interactions_table,
)
from regionsim.studies.attribute.words import attribution_text, changes_unit, player_title, shown_results
from regionsim.studies.sweep.store import SUMMARY

DATASET = "attribution.nc"
FIGURES = "figures"


def write_attribution(prepared: Prepared, attribution: Attribution, *, figures: bool = True) -> str:
    """Write tables, dataset, figures and text, each whole or not at all, and the end of the record; return the text."""
    directory = prepared.store.directory
    tables = {
        "differences.csv": differences_table(attribution),
        "contributions.csv": contributions_table(attribution),
        "interactions.csv": interactions_table(attribution),
    }
    text = attribution_text(attribution)
    for name, table in tables.items():
        if table is None:
            text += f"\n\n{attribution.interactions.values.size:,} interactions are too many for a table: "
            text += f"{DATASET} has them all."
            continue
        with whole_file(directory / name) as fresh:
            table.to_csv(fresh, index=False, float_format="%.12g", lineterminator="\n", encoding="utf-8")
    with whole_file(directory / DATASET) as fresh:
        write_netcdf(attribution_dataset(attribution), fresh)
    if figures:
        draw_attribution(attribution, directory / FIGURES)
    write_whole(directory / SUMMARY, text + "\n")
    largest = float(np.nanmax(np.abs(attribution.rest), initial=0.0))
    prepared.store.finish(
        {
            "runs": attribution.runs,
            "largest_rest": float(f"{largest:.3g}"),
            "largest_ledger_residuals": {
                name: float(f"{size:.3g}") for name, size in sorted(attribution.ledgers.items())
            },
        }
    )
    return text


def draw_attribution(attribution: Attribution, directory: Path) -> list[Path]:
    """For each headline result a waterfall of contributions, and a map of which measures help or hinder each other."""
    from regionsim.figures.contributions import Step, interaction_map, waterfall
    from regionsim.figures.files import save

    study, files = attribution.study, []
    directory.mkdir(exist_ok=True)
    about = [attribution_dataset(attribution)]
    titles = [player_title(player) for player in study.players]
    for place, block, region in shown_results(attribution):
        factor, unit = block.shown_factor, changes_unit(block)
        found = attribution.contributions
        values, low, high = (part[:, -1, place] * factor for part in (found.values, found.low, found.high))
        if not np.isfinite(values).all() or not values.any():
            continue
        steps = [Step(*each) for each in zip(titles, values, low, high, strict=True)]
        heading = f"{block.label}, {region_name(block.regions[region])}, {study.years[-1]}"
        before, after = (float(part[-1, place]) * factor for part in (attribution.before, attribution.after))
        figure = waterfall(steps, before, after, title=heading, unit=block.shown_unit, change_unit=unit)
        caption = f"{heading}: contribution of each measure (Shapley value), {block.shown_unit}."
        files += save(figure, directory / f"contributions_{block.variable}", about, caption)
        together = attribution.interactions.values[:, -1, place] * factor
        if len(titles) > 1 and np.nan_to_num(together).any():
            square = np.full((len(titles), len(titles)), np.nan)
            for value, (first, second) in zip(together, pairs(len(titles)), strict=True):
                square[first, second] = square[second, first] = value
            figure = interaction_map([player.name for player in study.players], square, title=heading, unit=unit)
            caption = f"{heading}: what two measures change together beyond what each does alone, {unit}."
            files += save(figure, directory / f"interactions_{block.variable}", about, caption)
    return files
