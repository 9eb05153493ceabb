"""A reader's own observations for figures, read and checked as those that a run is scored with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regionsim.figures.comparison import COMPARED
from regionsim.results.observed import Observations, ObservedFigure
from regionsim.studies.validate.assess import levels_of
from regionsim.studies.validate.observations import read_observations
from regionsim.studies.validate.units import check_units

if TYPE_CHECKING:
    import xarray


def read_own(file: str, datasets: Sequence[xarray.Dataset]) -> Observations:
    """The observations in a CSV file, of years that a run has. Raises ProblemsError with everything that is wrong.

    Values that cannot be in the unit of indicators.csv are refused, beside what the first run has.
    """
    years = [int(year) for dataset in datasets for year in dataset["year"].values]
    rows = read_observations(file, min(years), max(years))
    levels = levels_of(datasets[0])
    check_units(file, rows, levels)
    figures = tuple(ObservedFigure(each.region, each.variable, each.year, each.value, each.quality) for each in rows)
    return Observations(Path(file).name, figures)


def unseen_in_figures(own: Observations) -> str:
    """How many observations no figure shows, and of what; nothing where all are shown."""
    unseen = [figure.variable for figure in own.figures if figure.variable not in COMPARED]
    if not unseen:
        return ""
    what = ", ".join(dict.fromkeys(unseen))
    return (
        f"{len(unseen)} of {len(own.figures)} observations are in no figure: {what}; figures show {', '.join(COMPARED)}"
    )
