"""Rivers as trees, and who drains to them."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from regionsim.place.counties import county_codes, load_counties
from regionsim.place.rivers import (
    DRAINAGE_FILE,
    RIVERS_FILE,
    load_drainage,
    load_reaches,
    reach_keys,
    river_geometry,
    way_down,
)
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


@pytest.fixture
def changed(tmp_path):
    def change(file, old, new):
        for name in (RIVERS_FILE, DRAINAGE_FILE):
            shutil.copy(DATA / name, tmp_path / name)
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return change


def _reach(key):
    return reach_keys().index(key)


def _county(code):
    return county_codes().index(code)


def test_the_agreement_s_section_comes_first_and_every_row_says_that_it_is_recalled():
    reaches = load_reaches()
    assert reaches[0].key == "lushui_jinyushi" and reaches[0].next_reach == "lushui_liling"
    assert {each.quality for each in (*reaches, *load_drainage())} == {"recalled"}


def test_every_county_drains_to_at_least_one_river_and_none_drains_twice_over():
    drained = river_geometry().drained_land_share.sum(axis=1)
    assert (drained > 0.5).all() and (drained <= 1).all()


def test_shangli_anyuan_and_xiangdong_are_upstream_of_jinyushi_and_liling_is_below():
    geometry = river_geometry()
    for code in ("360322", "360302", "360313"):
        assert geometry.route_share[_county(code), _reach("lushui_jinyushi")] >= 0.6
    assert geometry.route_share[_county("430281"), _reach("lushui_jinyushi")] == 0
    assert geometry.route_share[_county("430281"), _reach("lushui_liling")] == pytest.approx(0.97)


def test_all_that_passes_a_section_passes_the_next_one():
    geometry = river_geometry()
    for reach in load_reaches():
        if reach.next_reach:
            above = geometry.route_share[:, _reach(reach.key)]
            assert (geometry.route_share[:, _reach(reach.next_reach)] >= above).all()
            assert geometry.catchment_area[_reach(reach.next_reach)] > geometry.catchment_area[_reach(reach.key)]


def test_days_add_up_down_the_river_from_the_middle_of_the_reach_that_is_entered():
    reaches = {reach.key: reach for reach in load_reaches()}
    assert way_down("mi_yanling", reaches) == [
        ("mi_yanling", 0.5),
        ("mi_chaling", pytest.approx(1.7)),
        ("mi_you", pytest.approx(3.2)),
    ]


def test_water_that_comes_by_two_ways_has_the_mean_of_their_days():
    # Of Shangli 0.60 come by Jinyushi (0.75 + 1.5 days) and 0.38 by the Li river (0.75 days).
    geometry = river_geometry()
    time = geometry.route_time[_county("360322"), _reach("lushui_liling")]
    assert time == pytest.approx((0.60 * 2.25 + 0.38 * 0.75) / 0.98)


def test_a_mean_time_stands_for_two_ways_within_one_per_cent():
    exact = (0.60 * np.exp(-0.15 * 2.25) + 0.38 * np.exp(-0.15 * 0.75)) / 0.98
    mean = np.exp(-0.15 * (0.60 * 2.25 + 0.38 * 0.75) / 0.98)
    assert mean < exact < 1.01 * mean


def test_catchments_are_the_land_of_the_counties_and_of_what_lies_outside():
    geometry = river_geometry()
    area = {county.code: county.area / 100 for county in load_counties()}
    wanted = 0.95 * area["431022"] * 0.75 / 0.95 + 1000
    assert geometry.catchment_area[_reach("wu_yizhang")] == pytest.approx(wanted)
    assert (geometry.catchment_share.sum(axis=0) <= 1 + 1e-12).all()
    # Known from a published page: 689 km2 of the basin of the Gan lie in Hunan.
    gan = geometry.catchment_area[_reach("suichuan_guidong")] + geometry.catchment_area[_reach("shangyou_rucheng")]
    assert gan == pytest.approx(689, rel=0.03)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (RIVERS_FILE, ",xiu_xiushui,1.0", ",xiu_xiushiu,1.0", "next reach of xiu_tonggu; found xiu_xiushiu"),
        (RIVERS_FILE, "leaves Xiushui,,2.0", "leaves Xiushui,xiu_tonggu,2.0", "from xiu_tonggu back to xiu_tonggu"),
        (RIVERS_FILE, "\nyuan_luxi,", "\nxiu_tonggu,", "reach 'xiu_tonggu' stands twice; found also on line 4"),
        (RIVERS_FILE, "Luxi-Yuanzhou border,yuan_yuanzhou,0.7", "Luxi,yuan_yuanzhou,-1", "column 'travel_days'"),
        (DRAINAGE_FILE, "he_lianhua,360321,0.90", "he_lianhwa,360321,0.90", "reach; found he_lianhwa"),
        (DRAINAGE_FILE, "he_lianhua,360321,", "he_lianhua,360333,", "county; found 360333"),
        (DRAINAGE_FILE, "lushui_liling,360322,0.38,", "lushui_liling,360322,0.45,", "land_share of county 360322 toge"),
        (DRAINAGE_FILE, "lushui_liling,360313,", "lushui_liling,430281,", "430281 to lushui_liling stands twice"),
        (DRAINAGE_FILE, "he_lianhua,360321,0.90", "he_lianhua,360321,0", "no land drains to reach he_lianhua"),
    ],
)
def test_a_broken_file_says_which_row(changed, file, old, new, words):
    with pytest.raises(ProblemsError) as error:
        load_drainage(changed(file, old, new))
    assert words in str(error.value)
