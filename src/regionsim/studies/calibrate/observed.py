"""What a calibration is fitted to: the rows of a file, or a set of observations that the project itself has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from regionsim.studies.validate.observations import Observation, read_observations
from regionsim.studies.validate.observed_2020 import observed_2020

ENDING = ".csv"


def known_observations() -> Mapping[str, Callable[[], tuple[Observation, ...]]]:
    """The sets of observations that a study may name by a word, each with the function that gives its rows."""
    return {"census-2020": observed_2020}


def observations_of(said: str, folder: Path, first_year: int, last_year: int) -> tuple[Observation, ...]:
    """The rows of the set that is called so, or of the CSV file at this path from `folder`.

    Raises ProblemsError for a file that is wrong, and KeyError for a word that is neither.
    """
    if said in known_observations():
        return known_observations()[said]()
    if not said.endswith(ENDING):
        raise KeyError(said)
    return tuple(read_observations(folder / said, first_year, last_year))
