from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regionsim.place.hub_economy import FILE, HUBS, HubEconomy, load_hub_economy
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError

NEEDED = (FILE, "county_output.csv", "census_other.csv")


def hub(key: str, folder: Path = DATA) -> HubEconomy:
    return next(hub for hub in load_hub_economy(folder=folder) if hub.key == key)


def broken(folder: Path, old: str, new: str) -> Path:
    for name in NEEDED:
        shutil.copy(DATA / name, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / FILE).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_hubs_stand_in_the_order_of_the_hub_axis() -> None:
    assert tuple(hub.key for hub in load_hub_economy()) == HUBS
    assert HUBS == (
        "changsha",
        "zhuzhou_xiangtan",
        "hengyang",
        "chenzhou",
        "yueyang",
        "nanchang",
        "jiujiang",
        "jian",
        "ganzhou",
        "pearl_river_delta",
        "rest_of_country",
    )


def test_changsha_is_the_prefecture_less_liuyang() -> None:
    changsha = hub("changsha")
    assert changsha.output.value == pytest.approx((12142.52 - 1493.0) * 100)
    assert changsha.residents.value == 10047914 - (886257 + 543127)
    assert changsha.output.note == "less Liuyang"
    assert changsha.output.quality == "derived"


def test_two_prefectures_lose_their_four_counties() -> None:
    assert hub("zhuzhou_xiangtan").output.note == "Zhuzhou, Xiangtan less Liling, You, Chaling, Yanling"
    expected = 3105.80 + 2343.15 - (732.72 + 420.56 + 224.3 + 87.2)
    assert hub("zhuzhou_xiangtan").output.value == pytest.approx(expected * 100)


@pytest.mark.parametrize(
    ("key", "counties"),
    [
        ("yueyang", "less Pingjiang"),
        ("chenzhou", "less Yizhang, Rucheng, Guidong, Anren"),
        ("jiujiang", "less Xiushui"),
        ("jian", "less Jinggangshan, Yongxin, Suichuan"),
        ("ganzhou", "less Shangyou, Chongyi"),
        ("nanchang", ""),
        ("hengyang", ""),
    ],
)
def test_a_prefecture_loses_the_counties_of_the_zone_in_it(key: str, counties: str) -> None:
    assert hub(key).output.note == counties
    assert hub(key).residents.note == counties


def test_the_delta_is_a_share_of_guangdong_and_says_so() -> None:
    delta = hub("pearl_river_delta")
    assert delta.output.value == pytest.approx(110760.94 * 0.808 * 100)
    assert delta.residents.value == 78235400
    assert delta.output.quality == "recalled"
    assert "nine delta cities" in delta.output.note
    # more than Guangzhou and Shenzhen, less than the province
    assert (25019.1096 + 27670.2398) * 100 < delta.output.low < delta.output.high < 110760.94 * 100
    assert 18676605 + 17494398 < delta.residents.low < delta.residents.high < 126012510


def test_the_rest_of_the_country_is_four_coastal_provinces() -> None:
    rest = hub("rest_of_country")
    assert rest.output.value == pytest.approx((38701 + 102719 + 64613 + 43904) * 100)
    assert rest.residents.value == 24870895 + 84748016 + 64567588 + 41540086
    assert (rest.output.quality, rest.residents.quality) == ("recalled", "derived")


def test_ranges_enclose_the_values() -> None:
    for one in load_hub_economy():
        assert one.output.low < one.output.value < one.output.high
        assert one.residents.low < one.residents.value < one.residents.high


def test_an_unknown_hub_says_which_row(tmp_path: Path) -> None:
    folder = broken(tmp_path, "jian,360800,Ji'an,吉安市,gdp,2020,", "jinan,360800,Ji'an,吉安市,gdp,")
    with pytest.raises(ProblemsError, match=r"hub_economy\.csv:\d+: column 'hub'; found 'jinan'; expected one of"):
        load_hub_economy(folder=folder)


def test_an_area_under_a_wrong_hub_says_where_it_belongs(tmp_path: Path) -> None:
    folder = broken(tmp_path, "jian,360800,Ji'an,吉安市,gdp,2020,", "ganzhou,360800,Ji'an,吉安市,gdp,2020,")
    with pytest.raises(ProblemsError, match=r":\d+: hub of 360800; found ganzhou; expected jian"):
        load_hub_economy(folder=folder)


def test_a_missing_row_names_area_and_variable(tmp_path: Path) -> None:
    folder = broken(tmp_path, "350000,Fujian province,福建省,gdp,2020", "350000,Fujian province,福建省,gdp,2019")
    with pytest.raises(ProblemsError, match="no row of gdp in 2020 for 350000"):
        load_hub_economy(folder=folder)


def test_a_prefecture_smaller_than_its_counties_is_a_problem(tmp_path: Path) -> None:
    folder = broken(tmp_path, "gdp,2020,12142.52,", "gdp,2020,1214.252,")
    with pytest.raises(ProblemsError, match=r"hub_economy\.csv:2: gdp of Changsha; found 1214\.25; expected more than"):
        load_hub_economy(folder=folder)


def test_a_delta_share_above_one_is_a_problem(tmp_path: Path) -> None:
    folder = broken(tmp_path, "delta_share_of_gdp,2020,0.808,", "delta_share_of_gdp,2020,80.8,")
    with pytest.raises(ProblemsError, match=r":\d+: delta_share_of_gdp; found 80\.8; expected a share from 0 to 1"):
        load_hub_economy(folder=folder)
