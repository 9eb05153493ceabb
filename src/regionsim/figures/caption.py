"""The text that goes with a figure: what it shows, units, sources with their quality, scenarios, hashes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.words import called, clauses, joined, say, sentences
from regionsim.results.observed import base_figures

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Caption:
    """What goes with a figure: its title, what it shows and how, figures of the base year with quality, its runs."""

    title: str
    shows: str
    sources: str
    origin: str

    @property
    def text(self) -> str:
        """All of it as Markdown."""
        parts = (f"**{self.title}**", self.shows, self.sources, self.origin)
        return "\n\n".join(part for part in parts if part) + "\n"


def caption_of(figure: Figure, datasets: Sequence[xarray.Dataset], variables: Collection[str]) -> Caption:
    """The caption: title and notes as on the figure, then where it comes from.

    `variables` are the model variables that are drawn: the qualities of their figures of the base year are told.
    """
    first = datasets[0]
    model = say(
        "Model: regionsim {version}, data {data}.",
        version=first.attrs.get("version", ""),
        data=str(first.attrs.get("data_hash", ""))[:12],
    )
    title, _, shows = str(figure.get_label()).partition("\n\n")
    scenarios = [_scenario(dataset) for dataset in datasets]
    return Caption(
        title=title.removeprefix("**").removesuffix("**"),
        shows=shows,
        sources=_sources(variables, int(first["year"].values[0])) if variables else "",
        origin=sentences([*scenarios, model]),
    )


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
