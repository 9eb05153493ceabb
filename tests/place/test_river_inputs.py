"""What rivers give to the model."""

from __future__ import annotations

import math

import numpy as np

from regionsim.language.functions import lookup
from regionsim.place.river_inputs import normal_distribution, river_inputs
from regionsim.place.rivers import river_geometry


def test_the_inputs_have_their_axes_and_units():
    assert {each.name: (each.over, each.unit) for each in river_inputs()} == {
        "drained_land_share": (("county", "reach"), "dimensionless"),
        "route_share": (("county", "reach"), "dimensionless"),
        "route_time": (("county", "reach"), "day"),
        "catchment_share": (("county", "reach"), "dimensionless"),
        "catchment_area": (("reach",), "km2"),
        "normal_distribution": ((), "dimensionless"),
    }


def test_they_carry_the_numbers_of_the_tree_and_their_quality():
    inputs = {each.name: each for each in river_inputs()}
    assert np.array_equal(inputs["route_time"].values.squeeze(), river_geometry().route_time)
    assert np.array_equal(inputs["catchment_area"].values.squeeze(), river_geometry().catchment_area)
    assert inputs["route_share"].quality == "recalled"


def test_the_table_of_the_normal_distribution_is_as_close_as_it_says():
    table = normal_distribution()
    scores = np.linspace(-5.9, 5.9, 4_321)
    exact = np.array([(1 + math.erf(score / math.sqrt(2))) / 2 for score in scores])
    assert np.abs(lookup(table, scores) - exact).max() < 4e-6


def test_the_table_is_exact_at_its_middle_and_complete_at_its_ends():
    table = normal_distribution()
    assert lookup(table, np.array([-np.inf, -7.0, 0.0, 7.0, np.inf])).tolist() == [0, 0, 0.5, 1, 1]
