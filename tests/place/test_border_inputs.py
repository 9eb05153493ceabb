"""Hubs across the border: in the other province of the zone, and nowhere else."""

from __future__ import annotations

import pytest

from regionsim.language.axes import squeeze_to
from regionsim.place.border_inputs import border_inputs
from regionsim.place.counties import find_county, load_counties
from regionsim.place.hubs import load_hubs

HUBS = [hub.key for hub in load_hubs()]


@pytest.fixture(scope="module")
def across():
    """(county, hub), 0 or 1."""
    (given,) = border_inputs()
    assert (given.name, given.unit, given.over) == ("hub_across_border", "dimensionless", ("county", "hub"))
    sizes = {"county": len(load_counties()), "hub": len(HUBS)}
    return squeeze_to(given.values, given.over, sizes)[0]


def _hubs_across(across, county: str) -> set[str]:
    row = load_counties().index(find_county(county))
    return {hub for hub, there in zip(HUBS, across[row], strict=True) if there}


def test_from_jiangxi_the_hubs_of_hunan_lie_across(across):
    assert _hubs_across(across, "上栗县") == {"changsha", "zhuzhou_xiangtan", "hengyang", "chenzhou", "yueyang"}


def test_from_hunan_the_hubs_of_jiangxi_lie_across(across):
    assert _hubs_across(across, "浏阳市") == {"nanchang", "jiujiang", "jian", "ganzhou"}


def test_a_hub_is_at_home_across_or_behind_another_border(across):
    counties, hubs = load_counties(), load_hubs()
    for i, county in enumerate(counties):
        for j, hub in enumerate(hubs):
            elsewhere = hub.province in ("Guangdong", "other")
            assert across[i, j] == float(not elsewhere and hub.province != county.province)
