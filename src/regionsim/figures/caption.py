"""The text that goes with a figure: what it shows, units, sources with their quality, scenarios, hashes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.words import called, clauses, joined, say, sentences
from regionsim.results.observed import base_figures

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure


def caption_text(figure: Figure, datasets: Sequence[xarray.Dataset], variables: Collection[str]) -> str:
    """The caption as Markdown: title and notes as on the figure, then where it comes from.

    `variables` are the model variables that are drawn: the qualities of their figures of the base year are told.
    """
    first = datasets[0]
    model = say(
        "Model: regionsim {version}, data {data}.",
        version=first.attrs.get("version", ""),
        data=str(first.attrs.get("data_hash", ""))[:12],
    )
    sources = _sources(variables, int(first["year"].values[0])) if variables else ""
    parts = [figure.get_label(), sources]
    scenarios = [_scenario(dataset) for dataset in datasets]
    return "\n\n".join(str(part) for part in (*parts, sentences([*scenarios, model])) if part) + "\n"


def _sources(variables: Collection[str], year: int) -> str:
    found = []
    for figures in base_figures(variables, year):
        qualities = [
            say("{quality} {count}", quality=called(quality), count=count)
            for quality, count in figures.qualities.items()
        ]
        found.append(
            say(
                "{kind} {year} (counties: {qualities})",
                kind=called(figures.kind),
                year=figures.year,
                qualities=joined(qualities),
            )
        )
    return say("Base year: {figures}.", figures=clauses(found)) if found else ""


def _scenario(dataset: xarray.Dataset) -> str:
    return say(
        "Scenario {title}: {name}, hash {hash}, {members}.",
        title=style.scenario_title(dataset),
        name=dataset.attrs["scenario"],
        hash=str(dataset.attrs.get("scenario_hash", ""))[:12],
        members=_members(dataset),
    )


def _members(dataset: xarray.Dataset) -> str:
    """How many runs there are behind a figure; a study tells their number in its `runs`."""
    about = dataset.attrs
    if "study" in about:
        return say("{count} runs of the study {study}", count=f"{int(about['runs']):,}", study=about["study"])
    members = dataset.sizes["member"]
    return (
        say("{count} members (seed {seed})", count=members, seed=about.get("seed", ""))
        if members > 1
        else say("one run")
    )
