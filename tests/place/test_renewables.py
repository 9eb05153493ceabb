from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regionsim.place.counties import county_codes
from regionsim.place.renewables import FILE, CountyRenewables, hydropower_built, load_renewables
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

# ha of forest of the four counties with a figure of hydropower, from their areas and covers
FOREST = {
    "360725": 219666 * 0.856,
    "360827": 310200 * 0.758,
    "360922": 171131 * 0.6574,
    "360926": 154898 * 0.8804,
}
POWER = 199 + 290 + 64 + 92  # MW, theoretical


def renewables(code: str, folder: Path = DATA) -> CountyRenewables:
    return next(county for county in load_renewables(folder) if county.code == code)


def broken(folder: Path, old: str, new: str) -> Path:
    shutil.copy(DATA / "forest_cover.csv", folder)
    text = (DATA / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_counties_stand_in_the_order_of_the_county_axis() -> None:
    assert tuple(county.code for county in load_renewables()) == county_codes()


def test_a_usable_potential_is_taken_as_it_is() -> None:
    tonggu = renewables("360926").hydropower_potential
    assert (tonggu.value, tonggu.quality, tonggu.year) == (62, "secondary", 2018)


def test_a_theoretical_potential_counts_for_the_part_that_can_be_used() -> None:
    suichuan = renewables("360827").hydropower_potential
    assert suichuan.value == pytest.approx(290 * 6.2 / 9.2)
    assert (suichuan.high, suichuan.quality) == (290, "derived")


def test_a_county_without_a_figure_has_the_power_of_the_others_for_its_forest() -> None:
    liuyang = renewables("430181").hydropower_potential
    forest = 499_874 * 0.662
    assert liuyang.value == pytest.approx(POWER / sum(FOREST.values()) * forest * 6.2 / 9.2)
    assert liuyang.low == pytest.approx(64 / FOREST["360922"] * forest * 6.2 / 9.2 / 2)
    assert liuyang.high == pytest.approx(290 / FOREST["360827"] * forest)
    assert liuyang.quality == "derived"


def test_what_was_built_in_chongyi_lies_near_the_usual_share_of_what_could_be() -> None:
    built, theoretical = hydropower_built()["360725"]
    assert (built, theoretical) == (81, 199)
    assert built / renewables("360725").hydropower_potential.value == pytest.approx(0.6, abs=0.1)


def test_a_province_is_spread_over_land_without_forest_and_over_forest() -> None:
    # Liuyang: 499,874 ha, 66.2 % of them forest; Hunan: 21,180,000 ha, 59.98 % forest, 3,910 and 6,690 MW.
    liuyang = renewables("430181")
    assert liuyang.photovoltaics.value == pytest.approx(3910 * 499_874 * 0.338 / (21_180_000 * 0.4002))
    assert liuyang.wind.value == pytest.approx(6690 * 499_874 * 0.662 / (21_180_000 * 0.5998))
    assert (liuyang.photovoltaics.quality, liuyang.wind.quality) == ("recalled", "recalled")
    assert liuyang.wind.low == pytest.approx(liuyang.wind.value / 2.5)
    assert liuyang.wind.high == pytest.approx(liuyang.wind.value * 2.5)


def test_no_county_has_more_than_the_zone_can_hold_of_its_province() -> None:
    jiangxi = [county for county in load_renewables() if county.code.startswith("36")]
    hunan = [county for county in load_renewables() if county.code.startswith("43")]
    assert 0.05 < sum(county.wind.value for county in jiangxi) / 5100 < 0.25
    assert 0.05 < sum(county.photovoltaics.value for county in hunan) / 3910 < 0.25


def test_a_wrong_unit_says_which_row(tmp_path: Path) -> None:
    folder = broken(tmp_path, "2004,29.0,10000 kW", "2004,290,MW")
    message = r"renewables\.csv:4: unit of hydropower_potential_theoretical; found MW; expected 10000 kW"
    with pytest.raises(ProblemsError, match=message):
        load_renewables(folder)


def test_a_row_that_stands_twice_says_where(tmp_path: Path) -> None:
    shutil.copy(DATA / "forest_cover.csv", tmp_path)
    text = (DATA / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    message = r"renewables\.csv:16: hydropower_potential_theoretical of 360725 stands twice; found also on line 2"
    with pytest.raises(ProblemsError, match=message):
        load_renewables(tmp_path)


def test_a_missing_figure_of_a_province_is_named(tmp_path: Path) -> None:
    folder = broken(tmp_path, "430000,Hunan,湖南省,wind_capacity", "430181,Liuyang,浏阳市,wind_capacity")
    with pytest.raises(ProblemsError, match=r"renewables\.csv: no row of wind_capacity for Hunan"):
        load_renewables(folder)


def test_a_province_without_open_land_is_refused(tmp_path: Path) -> None:
    folder = broken(tmp_path, "2022,59.98,percent", "2022,100,percent")
    with pytest.raises(ProblemsError, match=r"renewables\.csv:15: forest_coverage of 430000; found 100; expected"):
        load_renewables(folder)


def test_without_any_usable_hydropower_the_rule_has_no_share(tmp_path: Path) -> None:
    folder = broken(
        tmp_path,
        "360926,Tonggu County,铜鼓县,hydropower_potential_developable",
        "360926,Tonggu County,铜鼓县,hydropower_capacity",
    )
    with pytest.raises(ProblemsError, match="no county with hydropower_potential_developable"):
        load_renewables(folder)
