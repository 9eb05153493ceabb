from itertools import pairwise

import numpy as np
import pytest

from regionsim.figures.geography import (
    border_between,
    centre,
    outer_rings,
    place_inside,
    place_outside,
    project,
    signed_area,
    thinned,
)

SQUARE = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]])


def filled(ring):
    """The ring with points along its edges, as a real boundary has them."""
    steps = np.linspace(0, 1, 40)[:, None]
    return np.concatenate([a + (b - a) * steps for a, b in pairwise(ring)])


def test_the_projection_keeps_areas():
    west, east, south, north = np.radians([113.0, 115.0, 25.0, 29.0])
    true = 6371.007**2 * (east - west) * (np.sin(north) - np.sin(south))
    steps = np.linspace(0, 1, 200)[:, None]
    corners = np.array([[113.0, 25.0], [115.0, 25.0], [115.0, 29.0], [113.0, 29.0], [113.0, 25.0]])
    ring = np.concatenate([a + (b - a) * steps for a, b in pairwise(corners)])
    assert signed_area(project(ring)) == pytest.approx(true, rel=1e-5)


def test_a_degree_of_latitude_is_its_length_in_km():
    south, north = project(np.array([[114.0, 26.5], [114.0, 27.5]]))
    assert north[0] == pytest.approx(0, abs=1e-9)
    assert north[1] - south[1] == pytest.approx(np.radians(1) * 6371.007, rel=5e-4)


def test_the_centre_of_a_square_is_its_middle():
    assert centre([SQUARE + 100]) == pytest.approx((102.0, 102.0))
    assert centre([SQUARE[::-1]]) == pytest.approx((2.0, 2.0))


def test_the_border_is_where_two_groups_touch():
    right = SQUARE + np.array([4.0, 0.0])
    far = SQUARE + np.array([20.0, 0.0])
    (line,) = border_between([[SQUARE]], [[right], [far]])
    assert line.tolist() == [[4.0, 0.0], [4.0, 4.0]]
    assert border_between([[SQUARE]], [[far]]) == []


def test_thinning_keeps_neighbours_together():
    jagged = np.array([[4.0, 0.0], [4.02, 1.0], [4.01, 1.02], [4.0, 4.0]])
    left = thinned(np.concatenate([SQUARE[:1], jagged, SQUARE[3:]]), 0.1)
    right = thinned(np.concatenate([[[8.0, 0.0], [8.0, 4.0]], jagged[::-1], [[8.0, 0.0]]]), 0.1)
    (line,) = border_between([[left]], [[right]])
    assert len(line) == 3


def test_holes_are_left_out_and_exclaves_kept():
    hole, exclave = SQUARE / 4 + 1.5, SQUARE + 50
    kept = outer_rings([hole, SQUARE, exclave])
    assert len(kept) == 2
    assert all(ring is SQUARE or ring is exclave for ring in kept)


def test_a_label_stands_in_the_widest_part():
    bottle = np.array([[0, 0], [10, 0], [10, 6], [6, 6], [6, 20], [4, 20], [4, 6], [0, 6], [0, 0]], dtype=float)
    dense = filled(bottle)
    x, y, room = place_inside([dense], 8.0, 2.0)
    assert x == pytest.approx(5, abs=1) and 1 < y < 5
    assert room > 1
    assert place_inside([dense], 12.0, 2.0)[2] < 1


def test_what_does_not_fit_inside_finds_the_nearest_place_outside():
    ring = filled(SQUARE) * 2 + np.array([0.0, 6.0])
    place = place_outside([ring], 3.0, 2.0, (8.0, 10.0), (20.0, 20.0))
    assert place is not None
    assert place[0] - 1.5 >= 8.0 and abs(place[1] - 10.0) < 2.5
    assert place_outside([ring], 30.0, 2.0, (8.0, 10.0), (20.0, 20.0)) is None
    blocked = np.column_stack([axis.ravel() for axis in np.meshgrid(np.arange(20.0), np.arange(20.0))])
    assert place_outside([ring], 3.0, 2.0, (8.0, 10.0), (20.0, 20.0), blocked) is None
