from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from regionsim.place.counties import load_counties
from regionsim.place.estimate import Estimate
from regionsim.place.land import CountyLand, built_up_land, cropland_floor, forest_ceiling, load_land
from regionsim.place.tables import DATA
from regionsim.place.urban_rural_residents import Residents
from regionsim.problems import ProblemsError

NEEDED = ("forest_cover.csv", "cropland.csv", "census_other.csv")


def per_person(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high, quality="recalled", source="test", year=2020)


URBAN, RURAL = per_person(120, 100, 150), per_person(300, 150, 450)


def land_of(code: str, urban: Estimate = URBAN, rural: Estimate = RURAL, folder: Path = DATA) -> CountyLand:
    return next(land for land in load_land(urban, rural, folder=folder) if land.code == code)


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    for needed in NEEDED:
        shutil.copy(DATA / needed, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_built_up_land_is_residents_times_land_per_resident() -> None:
    built_up = built_up_land(Residents("430181", 100_000, 50_000), URBAN, RURAL)
    assert built_up.value == pytest.approx(1200 + 1500)
    assert (built_up.low, built_up.high) == pytest.approx((1000 + 750, 1500 + 2250))
    assert built_up.quality == "recalled"


@pytest.mark.parametrize("urban", [100.0, 120.0, 150.0])
@pytest.mark.parametrize("rural", [150.0, 300.0, 450.0])
def test_the_four_uses_sum_to_the_area_exactly_in_any_order(urban: float, rural: float) -> None:
    areas = {county.code: county.area for county in load_counties()}
    for land in load_land(per_person(urban, urban, urban), per_person(rural, rural, rural)):
        uses = [land.forest.value, land.cropland.value, land.built_up.value, land.other.value]
        assert min(uses) > 0
        assert land.other.value >= 0.01 * land.area
        for order in itertools.permutations(uses):
            assert sum(order) == areas[land.code]


def test_a_county_with_room_keeps_what_was_derived_to_the_hectare() -> None:
    you = land_of("430223")
    assert you.forest.value == round(265090 * 0.5642)
    assert you.cropland.value == 50220
    assert you.built_up.value == round(358748 * 120 / 1e4 + 271679 * 300 / 1e4)
    assert you.cropland.note == you.built_up.note == ""


def test_where_room_is_short_derived_cropland_gives_way_first_and_says_so() -> None:
    anyuan = land_of("360302")
    assert anyuan.built_up.value == round(541151 * 120 / 1e4 + 12142 * 300 / 1e4)
    assert anyuan.cropland.value == 21198 - round(21413 * 0.639) - anyuan.built_up.value
    assert anyuan.cropland.note == "cut from 2955 ha, for want of room beside forest and built-up land"
    assert anyuan.cropland.low <= anyuan.cropland.value <= anyuan.cropland.high
    cut = [land.code for land in load_land(URBAN, RURAL) if land.cropland.note or land.built_up.note]
    assert cut == ["360302"]


def test_cropland_gives_way_to_a_tenth_and_then_built_up_land() -> None:
    anyuan = land_of("360302", urban=per_person(150, 150, 150))
    assert anyuan.cropland.value == 296  # a tenth of 2955, rounded up
    assert anyuan.built_up.value == 21198 - round(21413 * 0.639) - 296
    assert anyuan.built_up.note == "cut from 8482 ha, for want of room beside forest and cropland"


def test_published_cropland_never_gives_way(tmp_path: Path) -> None:
    folder = changed(tmp_path, "cropland.csv", "cropland_area,2019,8283,", "cropland_area,2019,24000,")
    guidong = land_of("431027", folder=folder)
    assert guidong.cropland.value == 24000
    assert guidong.built_up.note.startswith("cut from 3731 ha")


def test_no_room_for_built_up_land_names_the_county(tmp_path: Path) -> None:
    folder = changed(tmp_path, "cropland.csv", "cropland_area,2019,8283,", "cropland_area,2019,26000,")
    with pytest.raises(
        ProblemsError, match=r"land of 431027 \(Guidong\); found forest 119155 ha and cropland 26000 ha"
    ):
        load_land(URBAN, RURAL, folder=folder)


def test_ranges_enclose_the_values() -> None:
    for land in load_land(URBAN, RURAL):
        for use in (land.forest, land.cropland, land.built_up, land.other):
            assert 0 <= use.low <= use.value + 0.5
            assert use.value <= use.high + 0.5


def test_the_ceiling_is_never_below_the_forest_and_the_floor_never_above_the_cropland() -> None:
    you = land_of("430223")
    assert forest_ceiling(you, 0.2) == pytest.approx(you.forest.value + 0.2 * you.other.value)
    assert forest_ceiling(you, 0.0) == you.forest.value
    assert cropland_floor(you, 0.98) == pytest.approx(0.98 * 50220)


def test_shares_of_the_zone_are_of_the_order_of_the_provinces() -> None:
    lands = load_land(URBAN, RURAL)
    area = sum(land.area for land in lands)
    assert sum(land.cropland.value for land in lands) / area == pytest.approx(0.117, abs=0.001)
    assert sum(land.built_up.value for land in lands) / area == pytest.approx(0.046, abs=0.001)


def test_a_missing_row_of_residents_names_the_county(tmp_path: Path) -> None:
    folder = changed(
        tmp_path, "census_other.csv", "430181,浏阳市,2020,population_rural,", "430181,浏阳市,2020,population_city2,"
    )
    with pytest.raises(ProblemsError, match=r"census_other\.csv: no row of population_rural in 2020 for 430181"):
        load_land(URBAN, RURAL, folder=folder)


def test_negative_residents_say_which_row(tmp_path: Path) -> None:
    folder = changed(
        tmp_path, "census_other.csv", "2020,population_rural,543127.0,person", "2020,population_rural,-543127.0,person"
    )
    with pytest.raises(ProblemsError, match=r"census_other\.csv:\d+: population_rural of 430181; found -543127"):
        load_land(URBAN, RURAL, folder=folder)
