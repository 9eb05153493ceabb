from __future__ import annotations

import numpy as np
import pytest

from regionsim.language.axes import LABELS, position
from regionsim.language.inputs import Constant
from regionsim.place.counties import county_codes
from regionsim.place.economy_inputs import economy_inputs
from regionsim.place.hub_economy import HUBS, load_hub_economy
from regionsim.place.output import load_output


@pytest.fixture(scope="module")
def inputs() -> dict[str, Constant]:
    given = economy_inputs()
    assert all(isinstance(one, Constant) for one in given)
    return {one.name: one for one in given if isinstance(one, Constant)}


def test_the_inputs_have_their_units_and_axes(inputs: dict[str, Constant]) -> None:
    assert {name: (one.unit, one.over) for name, one in inputs.items()} == {
        "initial_sector_output": ("million CNY_2020/year", ("county", "sector")),
        "initial_employment_share": ("dimensionless", ("county", "sector")),
        "initial_hub_output": ("million CNY_2020/year", ("hub",)),
        "hub_residents": ("person", ("hub",)),
    }


def test_every_value_stands_in_the_place_of_its_county_and_sector(inputs: dict[str, Constant]) -> None:
    values = inputs["initial_sector_output"].values
    assert values.shape[position("county")] == 24
    assert values.shape[position("sector")] == 3
    for i, county in enumerate(load_output()):
        assert county.code == county_codes()[i]
        for k, sector in enumerate(LABELS["sector"]):
            assert np.take(np.take(values, i, position("county")), k, position("sector") - 1).item() == (
                county.sectors[sector].value
            )


def test_every_hub_stands_in_its_place(inputs: dict[str, Constant]) -> None:
    assert inputs["initial_hub_output"].values.ravel().tolist() == [h.output.value for h in load_hub_economy()]
    assert inputs["hub_residents"].values.ravel().tolist() == [h.residents.value for h in load_hub_economy()]
    assert inputs["hub_residents"].values.shape[position("hub")] == len(HUBS)


def test_employment_shares_sum_to_one(inputs: dict[str, Constant]) -> None:
    assert (inputs["initial_employment_share"].values.sum(axis=position("sector")) == 1.0).all()


def test_the_zone_makes_what_its_counties_make_with_the_development_zone(inputs: dict[str, Constant]) -> None:
    # 5,986.5 of the published sum, with Anyuan's 226.87 replaced by 488.35
    assert inputs["initial_sector_output"].values.sum() == pytest.approx((5986.5 - 226.87 + 488.35) * 100, rel=1e-4)


def test_an_input_is_no_better_than_its_worst_part(inputs: dict[str, Constant]) -> None:
    assert {name: one.quality for name, one in inputs.items()} == {
        "initial_sector_output": "derived",
        "initial_employment_share": "secondary",
        "initial_hub_output": "recalled",
        "hub_residents": "derived",
    }
    assert all(one.source and one.about and one.file for one in inputs.values())
