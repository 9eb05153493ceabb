"""The sewage that villages treated in 2020: the parameter, county by county and member by member."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.language.axes import squeeze_to
from regionsim.place.counties import load_counties
from regionsim.place.rural_inputs import rural_inputs

COUNTIES = len(load_counties())


def _shares(*members: float) -> np.ndarray:
    given = constant("rural_sewage_base_share", members, "dimensionless", members=True)
    (made,) = rural_inputs({given.name: given})
    assert (made.name, made.unit, made.over) == ("base_rural_sewage_coverage", "dimensionless", ("county",))
    assert (made.quality, made.low, made.high) == (given.quality, given.low, given.high)
    return squeeze_to(made.values, made.over, {"county": COUNTIES})


def test_every_county_starts_from_the_figure_of_the_province():
    assert _shares(0.2) == pytest.approx(np.full((1, COUNTIES), 0.2))


def test_each_member_has_its_own_start():
    assert _shares(0.15, 0.25) == pytest.approx(np.array([[0.15] * COUNTIES, [0.25] * COUNTIES]))
