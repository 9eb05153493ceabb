"""The transport network: its tables, what they refuse, and the derived old roads."""

import shutil

import pytest

from regionsim.place.counties import county_codes
from regionsim.place.neighbours import load_neighbours
from regionsim.place.network import load_network
from regionsim.place.old_roads import SHORTEST_BORDER
from regionsim.place.tables import DATA
from regionsim.place.transport_links import HIGHWAY, straight_line
from regionsim.problems import ProblemsError

TABLES = ("transport_nodes.csv", "transport_links.csv", "adjacency.csv")


@pytest.fixture
def copy(tmp_path):
    for table in TABLES:
        shutil.copy(DATA / table, tmp_path / table)

    def change(table, old, new):
        path = tmp_path / table
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return 1 + text[: text.index(old)].count("\n")

    return tmp_path, change


def problems_of(folder):
    with pytest.raises(ProblemsError) as caught:
        load_network(folder)
    return caught.value.problems


def test_the_network_has_all_nodes_and_links_of_its_tables():
    network = load_network()
    assert len(network.nodes) == 43
    assert len(network.links) - len(network.old_roads) == 178
    assert set(county_codes()) <= set(network.nodes)


def test_five_nodes_have_no_link():
    assert [node.key for node in load_network().unlinked_nodes] == [
        "AIR_MINGYUESHAN",
        "AIR_JINGGANGSHAN",
        "GA_XIUSHUI",
        "GA_JINGGANGSHAN",
        "PORT_GANXI",
    ]


def test_only_the_road_within_wanzai_lacks_a_length():
    assert [link.key for link in load_network().links.values() if link.length is None] == ["PL13-01"]


def test_costs_are_in_million_yuan():
    assert load_network().links["HSR03-01"].cost == pytest.approx(29390)


def test_high_speed_rail_moves_no_freight_and_two_freight_lines_no_passengers():
    links = load_network().links
    assert not links["HSR01-01"].carries_freight and links["HSR01-01"].carries_passengers
    assert not links["CR07-01"].carries_passengers and links["CR07-01"].carries_freight
    assert not links["CR06-01"].carries_passengers and links["CR06-01"].carries_freight
    assert links["CR01-01"].carries_passengers and links["CR01-01"].carries_freight


def test_what_stood_in_a_year_was_built_by_then_or_is_an_old_road():
    network = load_network()
    assert {"EX20-01", "PL01-01", "EX26-01"}.isdisjoint(network.standing_in(2020))
    assert {"HSR03-01", "RD01-01", "CR01-01"} <= network.standing_in(2020)
    assert "HSR03-01" not in network.standing_in(2010) and "RD01-01" in network.standing_in(2010)
    assert "EX20-01" in network.standing_in(2021)
    assert "EX26-01" not in network.standing_in(2030)  # announced, but not seen open


def test_an_unknown_node_says_which_row_and_the_nearest_name(copy):
    folder, change = copy
    line = change("transport_links.csv", "HSR03-01,HUB_NANCHANG", "HSR03-01,HUB_NANCHAN")
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line, problem.nearest) == ("transport_links.csv", line, "HUB_NANCHANG")
    assert "'from'" in problem.what


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("high_speed_rail,沪昆高铁", "maglev,沪昆高铁", "'mode'"),
        (",78.6,350,2014,", ",786,350,2014,", "length of link HSR01-01"),
        (",78.6,350,2014,", ",78.6,3500,2014,", "'speed_kmh'"),
        (",78.6,350,2014,", ",78.6,350,1014,", "'open_year'"),
        (",78.6,350,2014,existing", ",78.6,350,2014,built", "'status'"),
        (",78.6,350,2014,", ",,350,2014,", "length"),
        (",78.6,350,2014,", ",78.6,350,,", "open_year_quality"),
        ("HSR01-02,", "HSR01-01,", "stands twice"),
        ("HSR01-02,", "HSR01_02,", "'link_id'"),
    ],
)
def test_a_broken_link_says_which_row(copy, old, new, word):
    folder, change = copy
    line = change("transport_links.csv", old, new)
    found = problems_of(folder)
    assert all(problem.line == line for problem in found)
    assert any(word in problem.what for problem in found)


def test_links_and_neighbours_are_reported_together(copy):
    folder, change = copy
    change("transport_links.csv", ",78.6,350,2014,", ",786,350,2014,")
    change("adjacency.csv", ",湘东区,攸县,38.1,38.1,1,", ",湘东区,攸县,38.1,38.1,0,")
    assert [problem.file for problem in problems_of(folder)] == ["adjacency.csv", "transport_links.csv"]


def test_a_pair_of_neighbours_stands_once(copy):
    folder, change = copy
    line = change("adjacency.csv", "360302,360322,安源区,上栗县", "360313,360302,安源区,上栗县")
    (problem,) = problems_of(folder)
    assert problem.line == line and "stands twice" in problem.what


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("360302,安源区,Anyuan,county_seat,113.86543", "360302,安源区,Anyuan,county_seat,13.86543", "'lon'"),
        ("360302,安源区,Anyuan", "360303,安源区,Anyuan", "has no seat"),
        ("360313,湘东区", "360302,湘东区", "stands twice"),
        (",27.803,360902,1,", ",27.803,360909,1,", "county of node AIR_MINGYUESHAN"),
        (",27.803,360902,1,", ",27.803,360902,0,", "inside_zone of node AIR_MINGYUESHAN"),
        ("logistics_port", "port", "'type'"),
    ],
)
def test_a_broken_node_says_which_row(copy, old, new, word):
    folder, change = copy
    line = change("transport_nodes.csv", old, new)
    assert any(word in problem.what and problem.line in (line, 0) for problem in problems_of(folder))


def test_every_neighbour_pair_with_a_real_border_has_an_old_road():
    network = load_network()
    roads = {
        frozenset((link.start, link.end))
        for link in network.links.values()
        if link.mode == HIGHWAY and link.open_year is None and link.status == "existing"
    }
    pairs = load_neighbours()
    assert len(pairs) == 48
    missing = [p for p in pairs if frozenset((p.first, p.second)) not in roads]
    assert [(p.first, p.second) for p in missing] == [("360313", "360321")]
    assert missing[0].shared_border < SHORTEST_BORDER


def test_an_old_road_is_longer_than_its_expressway_and_says_that_it_is_derived():
    network = load_network()
    assert len(network.old_roads) == 60
    road = network.links["OLD-430181-430281"]  # Liuyang-Liling, seats 59.1 km apart
    assert road.length == pytest.approx(59.1 * 1.5, abs=0.1)
    assert network.links["OLD-360302-360313"].length == pytest.approx(13.9 * 1.4, abs=0.1)
    for road in network.old_roads:
        assert road.quality == road.length_quality == "derived" and "derived" in road.source
        twins = [x for x in network.links.values() if {x.start, x.end} == {road.start, road.end} and x.mode != HIGHWAY]
        assert all(twin.length <= road.length for twin in twins)


def test_an_old_road_stands_beside_an_expressway_to_a_city_outside():
    network = load_network()
    road = network.links["OLD-HUB_CHANGSHA-430181"]
    direct = straight_line(network.nodes["HUB_CHANGSHA"], network.nodes["430181"])
    assert direct == pytest.approx(65.5, abs=0.5)
    assert road.length == pytest.approx(1.5 * direct, abs=0.1)


def test_seat_distances_of_neighbours_agree_with_the_nodes():
    nodes = load_network().nodes
    for pair in load_neighbours():
        assert straight_line(nodes[pair.first], nodes[pair.second]) == pytest.approx(pair.seat_distance, rel=0.01)
