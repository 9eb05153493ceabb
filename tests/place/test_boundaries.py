"""County boundaries and points."""

import json
import shutil

import numpy as np
import pytest

from regionsim.place.boundaries import load_boundaries, load_county_points, ring_area
from regionsim.place.counties import county_codes, load_counties
from regionsim.place.network import load_network
from regionsim.place.tables import DATA
from regionsim.problems import ProblemsError


@pytest.fixture
def copy(tmp_path):
    for table in ("counties.geojson", "county_points.csv"):
        shutil.copy(DATA / table, tmp_path / table)

    def change(edit):
        path = tmp_path / "counties.geojson"
        content = json.loads(path.read_text(encoding="utf-8"))
        edit(content["features"])
        path.write_text(json.dumps(content), encoding="utf-8")
        return tmp_path

    return change


def test_all_counties_have_closed_rings_in_the_order_of_the_axis():
    boundaries = load_boundaries()
    assert tuple(boundaries) == county_codes()
    for rings in boundaries.values():
        for ring in rings:
            assert ring.shape[1] == 2 and np.array_equal(ring[0], ring[-1])


def test_areas_of_the_polygons_are_those_of_the_counties():
    for county in load_counties():
        area = ring_area(load_boundaries()[county.code][0])
        assert area == pytest.approx(county.area / 100, rel=0.03)


def test_a_square_of_one_degree_at_the_equator_has_the_known_area():
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    assert ring_area(square) == pytest.approx(12308.8, abs=0.5)  # WGS84: 111.32 km by 110.57 km
    assert ring_area(square[::-1]) == ring_area(square)


def test_seats_lie_at_the_nodes_and_near_the_centroid():
    nodes = load_network().nodes
    for code, point in load_county_points().items():
        assert point.seat == (nodes[code].longitude, nodes[code].latitude)
        rings = load_boundaries()[code]
        low, high = np.min(rings[0], axis=0), np.max(rings[0], axis=0)
        assert np.all(low < point.centroid) and np.all(point.centroid < high)


def test_a_missing_county_is_named(copy):
    folder = copy(lambda features: features.pop(3))
    with pytest.raises(ProblemsError, match="county 360322 is missing"):
        load_boundaries(folder)


def test_an_unknown_county_says_its_line_and_the_nearest(copy):
    folder = copy(lambda features: features[2]["properties"].update(adcode="360331"))
    with pytest.raises(ProblemsError, match=r"counties.geojson:4: county; found 360331.*did you mean '3603"):
        load_boundaries(folder)


def test_a_wrong_area_is_refused(copy):
    def shrink(features):
        ring = features[0]["geometry"]["coordinates"][0]
        middle = np.mean(ring, axis=0)
        features[0]["geometry"]["coordinates"][0] = (middle + 0.95 * (np.array(ring) - middle)).tolist()

    with pytest.raises(ProblemsError, match="area of county 360302; found 19"):
        load_boundaries(copy(shrink))


def test_an_open_ring_is_refused(copy):
    folder = copy(lambda features: features[0]["geometry"]["coordinates"][0].pop())
    with pytest.raises(ProblemsError, match="a ring of county 360302 is not closed"):
        load_boundaries(folder)


def test_a_file_that_is_no_collection_is_refused(tmp_path):
    (tmp_path / "counties.geojson").write_text("[]", encoding="utf-8")
    shutil.copy(DATA / "county_points.csv", tmp_path / "county_points.csv")
    with pytest.raises(ProblemsError, match="no collection of features"):
        load_boundaries(tmp_path)
