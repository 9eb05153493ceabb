from __future__ import annotations

import pytest

from regionsim.language.axes import position
from regionsim.language.inputs import Constant
from regionsim.place.counties import load_counties
from regionsim.place.energy_inputs import energy_inputs
from regionsim.place.renewables import load_renewables


@pytest.fixture(scope="module")
def inputs() -> dict[str, Constant]:
    return {one.name: one for one in energy_inputs({}) if isinstance(one, Constant)}


def test_the_inputs_have_their_units_axes_and_qualities(inputs: dict[str, Constant]) -> None:
    assert {name: (one.unit, one.over, one.quality) for name, one in inputs.items()} == {
        "hydropower_potential": ("MW", ("county",), "derived"),
        "initial_photovoltaics_capacity": ("MW", ("county",), "recalled"),
        "initial_wind_capacity": ("MW", ("county",), "recalled"),
        "in_jiangxi": ("dimensionless", ("county",), "official"),
    }
    assert all(one.values.shape[position("county")] == 24 for one in inputs.values())
    assert all(one.source and one.about and one.file for one in inputs.values())


def test_every_county_stands_in_its_place(inputs: dict[str, Constant]) -> None:
    counties = load_renewables()
    for name, part in (
        ("hydropower_potential", "hydropower_potential"),
        ("initial_photovoltaics_capacity", "photovoltaics"),
        ("initial_wind_capacity", "wind"),
    ):
        assert inputs[name].values.ravel().tolist() == [getattr(county, part).value for county in counties]


def test_fourteen_counties_are_on_the_grid_of_jiangxi(inputs: dict[str, Constant]) -> None:
    flags = inputs["in_jiangxi"].values.ravel()
    assert flags.sum() == 14
    assert [county.code[:2] == "36" for county in load_counties()] == [flag == 1 for flag in flags]


def test_what_is_installed_lies_below_what_could_be_in_every_county(inputs: dict[str, Constant]) -> None:
    # The densities of the parameters at the low ends of their ranges: 4 kW of panels and 0.7 kW of turbines per ha.
    from regionsim.place.forest_cover import load_forest_cover

    cover = load_forest_cover()
    for county, panels, turbines in zip(
        load_counties(),
        inputs["initial_photovoltaics_capacity"].values.ravel(),
        inputs["initial_wind_capacity"].values.ravel(),
        strict=True,
    ):
        assert panels < 0.004 * county.area * (1 - cover[county.code].value)
        assert turbines < 0.0007 * county.area * cover[county.code].value
