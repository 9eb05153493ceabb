"""A dataset as an attribution leaves it, by hand: two results, measures with titles, intervals where asked for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import xarray

from regionsim.scenarios.measures import load_measures


def made_attribution(measures: int = 22, *, exact: bool = False) -> xarray.Dataset:
    """Of output (county 430281 and zone) and urbanization rate, in two years; contributions fall off by half."""
    known = load_measures()[:measures]
    pairs = list(combinations(range(measures), 2))
    changes = 32.0 * 0.5 ** np.arange(measures) * np.where(np.arange(measures) % 3 == 1, -1.0, 1.0)
    variables = {}
    for key, unit, size in (("output", "100 million CNY_2020/year", 1.0), ("urbanization_rate", "share", 1e-4)):
        dimensions = ("year", "region")

        def laid(values, size=size):
            """The same in both years and regions, half as large in the first year."""
            return np.asarray(values)[..., None, None] * size * np.array([[0.5], [1.0]]) * np.ones(2)

        together = [(-1.0) ** (one + other) / (1 + one + other) for one, other in pairs]
        half = 0.0 if exact else 2.0
        about = {"units": unit}
        for name, values in (
            ("contribution", changes), ("contribution_low", changes - half), ("contribution_high", changes + half)
        ):  # fmt: skip
            variables[f"{name}_{key}"] = (("measure", *dimensions), laid(values), about)
        if pairs:
            variables[f"interaction_{key}"] = (("pair", *dimensions), laid(together), about)
        before = 1000.0 * size * np.ones((2, 2))
        variables[f"without_players_{key}"] = (dimensions, before, about)
        variables[f"with_all_{key}"] = (dimensions, before + laid(changes).sum(axis=0), about)
    coordinates = {
        "measure": [each.name for each in known],
        "measure_title": ("measure", [f"{each.number} {each.title_en}" for each in known]),
        "measure_title_zh": ("measure", [f"{each.number} {each.title_zh}" for each in known]),
        "first_of_pair": ("pair", [known[one].name for one, _ in pairs]),
        "second_of_pair": ("pair", [known[other].name for _, other in pairs]),
        "year": [2030, 2035],
        "region": ["430281", "zone"],
    }
    attributes = {
        "study": "plan", "title": "Action plan", "title_zh": "行动方案情景", "scenario": "plan",
        "scenario_hash": "b13020dc567d", "data_hash": "77aa00bb11cc", "version": "0.1.0", "runs": "5120",
    }  # fmt: skip
    return xarray.Dataset(variables, coords=coordinates, attrs=attributes)
