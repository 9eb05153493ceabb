"""Finished sweeps that no model made, with failing members where a test wants them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import numpy as np
import xarray

from regionsim.results.netcdf_file import write_netcdf
from regionsim.studies.discover.finished import finished_sweep
from regionsim.studies.priors import Prior
from regionsim.studies.sweep.factors import Factor

YEARS = (2020, 2025)
REGIONS = ("zone", "Jiangxi", "430281")
# The first names are those of parameters, so that they can be explained.
NAMES = ("forest_closing_rate", "restorable_share", "participation_share")


def uniform(key, low=0.0, high=1.0, unit="dimensionless", is_factor=False):
    """A factor drawn evenly from its range."""
    return Factor(key, False, Prior(key, (low + high) / 2, low, high, "uniform", is_factor, unit))


def factors(count):
    """So many factors from 0 to 1."""
    return tuple(uniform(NAMES[k] if k < len(NAMES) else f"factor_{k}") for k in range(count))


def made_sweep(numbers, cover, drawn=None, *, broken=(), scenarios=("plan",), directory=Path("made"), kind="sobol"):
    """A sweep of `numbers` (member, factor) that kept forest cover: 0.75 in 2020, and `cover` (member,) in 2025.

    The first of two scenarios has 0.01 less in all years. `broken` members have no value in any.
    """
    numbers = np.asarray(numbers, dtype=float)
    drawn = factors(numbers.shape[1]) if drawn is None else drawn
    values = np.empty((len(scenarios), len(numbers), len(YEARS), len(REGIONS)))
    values[:, :, 0], values[:, :, 1] = 0.75, np.asarray(cover, dtype=float)[None, :, None]
    values[: len(scenarios) - 1] -= 0.01
    values[:, list(broken)] = np.nan
    failed = np.zeros(values.shape[:2])
    failed[:, list(broken)] = 1.0
    about = {"units": "share", "long_name": "Forest cover"}
    outputs = xarray.Dataset(
        {
            "forest_cover": (("scenario", "member", "year", "region"), values, about),
            "population": (
                ("scenario", "member", "year", "region"),
                1e6 * values,
                {"units": "person", "long_name": "P"},
            ),
            "failed": (("scenario", "member"), failed),
            **{f"factor_{k:03d}": (("member",), numbers[:, k]) for k in range(numbers.shape[1])},
        },
        coords={
            "scenario": np.asarray(scenarios, dtype=np.str_),
            "member": np.arange(len(numbers)),
            "year": np.asarray(YEARS),
            "region": np.asarray(REGIONS, dtype=np.str_),
        },
    )
    record = {
        "study": "made",
        "title": {"en": "Made up", "zh": ""},
        "scenarios": dict.fromkeys(scenarios, "0123456789abcdef"),
        "design": {"kind": kind, "seed": 1, "hash": "fedcba"},
        "factors": [factor.record for factor in drawn],
        "data_hash": "77aa00bb11cc",
        "results": {"members": len(numbers)},
    }
    return finished_sweep(directory, json.loads(json.dumps(record)), partial(nullcontext, outputs))


def stored(sweep, directory, **changes):
    """The sweep as the directory of a finished one; `changes` are those of its record."""
    directory.mkdir()
    (directory / "record.json").write_text(json.dumps({**sweep.record, **changes}), encoding="utf-8")
    with sweep.stored() as outputs:
        write_netcdf(outputs, directory / "outputs.nc")
    return directory
