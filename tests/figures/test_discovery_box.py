"""The page of a box is legible, and its bars, points and frame are where the numbers are."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

from regionsim.figures.discovery_box import discovery_box
from regionsim.figures.discovery_parts import Members, Range, Tradeoff

NAN = float("nan")
RANGES = [
    Range("forest_closing_rate", "p 1e-10", (0.01, 0.1), 0.01, 0.0436, ("0.01", "0.1", "", "0.0436 1/year")),
    Range("restorable_share", "p 0.02", (0.05, 0.5), 0.2, 0.23, ("0.05", "0.5", "0.2", "0.23")),
    Range("compensation.lushui.price", "p 0.01", (0, 2), 0, 2, ("", "", "", ""), (("low", True), ("none", False))),
]


def page(ranges=RANGES):
    generator = np.random.default_rng(1)
    points = generator.random((60, 2))
    members = Members(("one, 1/year", "other"), points, points[:, 0] < 0.4, ((NAN, 0.4), (0.1, NAN)))
    boxes = np.column_stack([np.linspace(1, 0.5, 9), np.linspace(0.4, 0.95, 9), np.arange(9) // 3])
    tradeoff = Tradeoff(boxes, (0.6, 0.9), (0.6, 0.7), 0.4)
    foot = ("Association among the draws, not cause.", "regionsim 0.1.0; scenario plan")
    return discovery_box(ranges, members, tradeoff, title="Box 1. Forest cover", subtitle="Of two.", foot=foot)


def test_the_page_is_legible_and_as_wide_as_a_page(assert_legible):
    figure = page()
    assert_legible(figure)
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183.0)


def test_members_are_points_and_the_box_a_frame_that_is_open_where_nothing_limits():
    [_, members, _] = page().axes
    counts = [len(each.get_offsets()) for each in members.collections if isinstance(each, PathCollection)]
    assert sum(counts) == 60
    [frame] = [each for each in members.patches if isinstance(each, Rectangle)]
    assert frame.get_x() + frame.get_width() == pytest.approx(0.4) and frame.get_y() == pytest.approx(0.1)
    assert frame.get_x() == pytest.approx(members.get_xlim()[0], abs=0.02)
    assert frame.get_y() + frame.get_height() == pytest.approx(members.get_ylim()[1], abs=0.02)


def test_boxes_are_shown_by_coverage_and_density_in_percent():
    [_, _, tradeoff] = page().axes
    found = np.concatenate([each.get_offsets() for each in tradeoff.collections])
    assert [100.0, pytest.approx(40.0)] in found.tolist()
    assert [pytest.approx(60.0), pytest.approx(70.0)] in found.tolist()
    assert len(found) == 9 + 2
