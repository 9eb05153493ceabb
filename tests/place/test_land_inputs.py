from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regionsim.language.axes import full_rank, position
from regionsim.language.inputs import AnyInput
from regionsim.place.counties import load_counties
from regionsim.place.cropland import retention_target
from regionsim.place.land_inputs import PER_RURAL, PER_URBAN, county_land, land_inputs
from regionsim.studies.model import evidence

USES = ("initial_forest_area", "initial_cropland", "initial_built_up_land", "initial_other_land")


@pytest.fixture(scope="module")
def parameters() -> dict[str, AnyInput]:
    return dict(evidence())


def by_name(parameters: dict[str, AnyInput]) -> dict[str, AnyInput]:
    return {one.name: one for one in land_inputs(parameters)}


def test_the_six_inputs_are_over_counties_in_hectares(parameters: dict[str, AnyInput]) -> None:
    inputs = by_name(parameters)
    assert tuple(inputs) == (*USES, "forest_ceiling", "cropland_floor")
    for one in inputs.values():
        assert (one.unit, one.over, one.values.size) == ("ha", ("county",), 24)
        assert one.values.shape[position("county")] == 24


def test_the_four_uses_sum_to_the_area_of_each_county_exactly(parameters: dict[str, AnyInput]) -> None:
    inputs = by_name(parameters)
    total = sum(inputs[name].values for name in USES)
    assert np.asarray(total).ravel().tolist() == [county.area for county in load_counties()]


def test_the_ceiling_and_the_floor_follow_their_parameters(parameters: dict[str, AnyInput]) -> None:
    inputs = by_name(parameters)
    forest, other = inputs["initial_forest_area"].values, inputs["initial_other_land"].values
    np.testing.assert_allclose(inputs["forest_ceiling"].values, forest + 0.2 * other)
    np.testing.assert_allclose(inputs["cropland_floor"].values, 0.98 * inputs["initial_cropland"].values)
    changed = by_name(
        {**parameters, "restorable_share": replace(parameters["restorable_share"], values=full_rank(0.5, ()))}
    )
    np.testing.assert_allclose(changed["forest_ceiling"].values, forest + 0.5 * other)


def test_an_input_is_no_better_than_its_worst_part(parameters: dict[str, AnyInput]) -> None:
    assert {one.name: one.quality for one in land_inputs(parameters)} == {
        "initial_forest_area": "recalled",
        "initial_cropland": "recalled",
        "initial_built_up_land": "recalled",
        "initial_other_land": "recalled",
        "forest_ceiling": "assumption",
        "cropland_floor": "recalled",
    }


def test_the_detail_of_a_county_keeps_its_own_quality_and_range(parameters: dict[str, AnyInput]) -> None:
    you = next(land for land in county_land(parameters) if land.code == "430223")
    assert (you.cropland.quality, you.cropland.year) == ("official", 2019)
    assert (you.built_up.low, you.built_up.high) == pytest.approx(
        ((358748 * 100 + 271679 * 150) / 1e4, (358748 * 150 + 271679 * 450) / 1e4)
    )


def test_a_missing_parameter_is_named(parameters: dict[str, AnyInput]) -> None:
    with pytest.raises(KeyError, match="cropland_floor_share"):
        land_inputs({name: one for name, one in parameters.items() if name != "cropland_floor_share"})


def test_central_values_lie_in_their_ranges_and_the_floor_follows_the_target(parameters: dict[str, AnyInput]) -> None:
    names = (PER_URBAN, PER_RURAL, "restorable_share", "cropland_floor_share")
    for one in (parameters[name] for name in names):
        assert one.low is not None and one.high is not None
        assert one.low <= one.values.item() <= one.high
    assert parameters["cropland_floor_share"].values.item() == pytest.approx(retention_target(), abs=0.005)
