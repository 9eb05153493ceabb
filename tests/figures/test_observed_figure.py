"""Observed against modelled: which points are named, and what stands on the axes."""

from __future__ import annotations

import numpy as np
import pytest
import xarray

from regionsim.figures.observed import ObservedPoints, observed_against_modelled
from regionsim.results.indicator_catalogue import find_indicator

RUN = xarray.Dataset(coords={"year": [2020, 2021]}, attrs={"scenario": "base", "title": "Base"})


def points(count: int) -> ObservedPoints:
    """Places named A, B, ... that the model has wrong by 0, 1, ... percent."""
    observed = np.full(count, 1000.0)
    return ObservedPoints(
        names=tuple(f"Place {chr(65 + k)}" for k in range(count)),
        provinces=("Hunan",) * count,
        years=(2021,) * count,
        observed=observed,
        modelled=observed * (1 + np.arange(count) / 100),
        base=observed,
    )


def test_only_the_points_with_the_largest_errors_are_named():
    figure = observed_against_modelled(RUN, find_indicator("population"), points(9))
    texts = [text.get_text() for text in figure.axes[0].texts]
    named = {text for text in texts if text.startswith("Place ")}
    assert named == {"Place F", "Place G", "Place H", "Place I"}
    assert "Change since 2020 (%)" in texts and "Level (person)" in texts


def test_a_figure_without_points_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        observed_against_modelled(RUN, find_indicator("population"), points(0))
