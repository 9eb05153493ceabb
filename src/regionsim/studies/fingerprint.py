"""What a result rests on besides its scenario: one hash over data, parameters, equations and what runs them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import regionsim

PACKAGE = Path(regionsim.__file__).parent
# Everything that decides the numbers: what was counted, what is assumed, how one follows from the other, what a
# scenario and a draw do to it, and how indicators are made of a run. Calibrations are in the scenarios that have them.
PARTS = (
    "place/data/*.csv",
    "place/data/*.geojson",
    "place/*.py",
    "parameters/*.yaml",
    "language/*.py",
    "equations/*.py",
    "engine/*.py",
    "engine/compiled/*.py",
    "scenarios/*.yaml",
    "scenarios/*.py",
    "studies/model.py",
    "studies/ensemble.py",
    "results/age_groups.py",
    "results/blocks.py",
    "results/dataset.py",
    "results/indicator_catalogue.py",
    "results/indicators.py",
)


def parts() -> list[Path]:
    """The files that the hash is over."""
    return [path for pattern in PARTS for path in sorted(PACKAGE.glob(pattern))]


@cache
def data_hash() -> str:
    """SHA-256 over names and contents of the files, line ends apart, so that it is the same on every platform."""
    digest = hashlib.sha256()
    for path in parts():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
