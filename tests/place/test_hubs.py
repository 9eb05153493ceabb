"""The hubs that carry mass and people."""

import shutil

import pytest

from regionsim.place.hubs import load_hubs, through_nodes
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


def test_the_hubs_stand_in_their_order():
    assert [hub.key for hub in load_hubs()] == [
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
    ]


def test_only_the_rest_of_the_country_has_stated_times_and_they_are_recalled():
    stated = [hub for hub in load_hubs() if hub.stated_passenger_minutes is not None]
    assert [hub.key for hub in stated] == ["rest_of_country"]
    assert (stated[0].stated_passenger_minutes, stated[0].stated_freight_minutes) == (420, 720)
    assert stated[0].quality == "recalled" and stated[0].nodes == ()


def test_two_cities_are_through_nodes_without_mass():
    assert {node.key for node in through_nodes()} == {"HUB_WUHAN", "HUB_XIANNING"}


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("HUB_HENGYANG", "HUB_HENGYAN", "node of hub hengyang"),
        ("HUB_HENGYANG", "430281", "node of hub hengyang"),
        ("HUB_HENGYANG", "HUB_CHANGSHA", "stands twice"),
        ("HUB_HENGYANG", "", "hub hengyang"),
        ("HUB_HENGYANG,,,,", "HUB_HENGYANG,60,90,,", "hub hengyang"),
        ("衡阳,Hunan", "衡阳,Hubei", "'province'"),
    ],
)
def test_a_broken_hub_says_which_row(tmp_path, old, new, word):
    for table in ("transport_nodes.csv", "transport_links.csv", "adjacency.csv", "hubs.csv"):
        shutil.copy(DATA / table, tmp_path / table)
    path = tmp_path / "hubs.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_hubs(tmp_path)
    assert all(word in problem.what and problem.line == 4 for problem in caught.value.problems)
