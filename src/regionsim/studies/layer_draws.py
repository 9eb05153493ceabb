"""Draws of what is believed after a calibration, as draws of an ensemble."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from regionsim.place.assemble import axis_labels
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.calibration import DRAWS_ENDING, ENDING, NUISANCE_ENDING, layer_file, read_layer_file
from regionsim.scenarios.labels import AxisLabels
from regionsim.studies.model import evidence

Array = NDArray[np.float64]


def layer_draws(layer: str | Path, folder: Path | None = None, *, with_nuisance: bool = False) -> dict[str, Array]:
    """The equally weighted draws of a layer that is shipped, or of a file from `folder`: by key, (draw,) each.

    They are numbers as `simulate_ensemble` takes them, and take the place of the layer's own values there. Draws
    `with_nuisance` are for the scenario that the layer was fitted in alone. Raises ProblemsError for a layer that is
    not there or is wrong, and for draws that are not those of the layer.
    """
    try:
        file = layer_file(str(layer), folder or Path())
    except KeyError as error:
        nearest = str(error.args[0])
        raise ProblemsError([Problem(str(layer), 0, "unknown calibration", "", "", nearest)]) from None
    calibration = read_layer_file(file, evidence(), AxisLabels(axis_labels()))
    stem = file.name.removesuffix(ENDING)
    draws = _read(file.with_name(f"{stem}{DRAWS_ENDING}"))
    if set(draws) != {key for key, _ in calibration.values}:
        what = "not the draws of the layer"
        expected = f"a column for each parameter of {file.name}"
        raise ProblemsError([Problem(file.with_name(f"{stem}{DRAWS_ENDING}").as_posix(), 1, what, "", expected)])
    beside = file.with_name(f"{stem}{NUISANCE_ENDING}")
    return draws | (_read(beside) if with_nuisance and beside.is_file() else {})


def _read(file: Path) -> dict[str, Array]:
    """The columns of a table of numbers by their heads."""
    name = file.as_posix()
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
    except OSError as error:
        raise ProblemsError([Problem(name, 0, "the draws of the layer cannot be read", str(error.strerror))]) from None
    if len(rows) < 2:
        raise ProblemsError([Problem(name, 0, "the file has no draws")])
    problems = [
        Problem(name, line, "a row of draws", "", f"{len(rows[0])} numbers")
        for line, row in enumerate(rows[1:], start=2)
        if len(row) != len(rows[0]) or not all(_is_number(cell) for cell in row)
    ]
    if problems:
        raise ProblemsError(problems)
    return dict(zip(rows[0], np.array(rows[1:], dtype=np.float64).T, strict=True))


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
