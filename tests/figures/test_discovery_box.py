"""The page of a box is legible, and its bars, points and frame are where the numbers are."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex

from regionsim.figures.discovery_box import discovery_box
from regionsim.figures.discovery_parts import INSIDE, Members, Range, Tradeoff, draw_members, draw_tradeoff
from regionsim.figures.look import Look
from regionsim.figures.page import Page
from regionsim.figures.style import drawing

NAN = float("nan")
RANGES = [
    Range("forest_closing_rate", "p 1e-10", (0.01, 0.1), 0.01, 0.0436, ("0.01", "0.1", "", "0.0436 1/year")),
    Range("restorable_share", "p 0.02", (0.05, 0.5), 0.2, 0.23, ("0.05", "0.5", "0.2", "0.23")),
    Range("compensation.lushui.price", "p 0.01", (0, 2), 0, 2, ("", "", "", ""), (("low", True), ("none", False))),
]


MEMBERS_OF_BOX = ((NAN, 0.4), (0.1, NAN))


def made():
    generator = np.random.default_rng(1)
    points = generator.random((60, 2))
    members = Members(("one, 1/year", "other"), points, points[:, 0] < 0.4, MEMBERS_OF_BOX)
    boxes = np.column_stack([np.linspace(1, 0.5, 9), np.linspace(0.4, 0.95, 9), np.arange(9) // 3])
    return members, Tradeoff(boxes, (0.6, 0.9), (0.6, 0.7), 0.4)


def page(ranges=RANGES, title="Box 1. Forest cover", look=None):
    members, tradeoff = made()
    foot = ("Association among the draws, not cause.", "regionsim 0.1.0; scenario plan")
    with drawing(look or Look()):
        return discovery_box(ranges, members, tradeoff, title=title, subtitle="Of two.", foot=foot)


def panel_of(draw, part):
    """A panel of 50 by 40 mm alone on a page, and the page."""
    with drawing():
        alone = Page(60.0, title="", subtitle="", notes=(), source="")
        return draw(alone, (10.0, 10.0), (50.0, 40.0), part), alone.figure


def places(panel, figure):
    """The middles of all markers, in the data of the panel."""
    points = np.concatenate([each.get_offsets() for each in figure.findobj(PathCollection)])
    (left, right), (low, high) = panel.horizontal, panel.vertical
    return np.column_stack(
        [left + (points[:, 0] - panel.x) / panel.width * (right - left),
         low + (points[:, 1] - panel.y) / panel.height * (high - low)]
    )  # fmt: skip


LOOKS = {"wide": Look(), "narrow": Look(width=89.0), "slide": Look("en", "slides")}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("title", ["Box 1. Forest cover", "Box 1. Months with water of class III or better, " * 4])
def test_the_page_is_legible_and_of_the_size_of_its_look(assert_legible, title, look):
    figure = page(title=title, look=LOOKS[look])
    assert_legible(figure)
    width = 1920 / 144 * 25.4 if look == "slide" else LOOKS[look].width
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(width)
    assert figure.get_size_inches()[1] * 25.4 < 247


def test_members_are_points_and_the_box_a_frame_that_is_open_where_nothing_limits():
    panel, figure = panel_of(draw_members, made()[0])
    members = made()[0]
    in_order = np.concatenate([members.points[~members.fails], members.points[members.fails]])
    np.testing.assert_allclose(places(panel, figure), in_order)
    [frame] = [each for each in figure.findobj(LineCollection) if to_hex(each.get_color()[0]) == INSIDE]
    [ring] = [path.vertices for path in frame.get_paths()]
    assert ring[:, 0].max() == pytest.approx(float(panel.across(0.4)))
    assert ring[:, 1].min() == pytest.approx(float(panel.up(0.1)))
    assert ring[:, 0].min() == pytest.approx(panel.x, abs=0.4) and ring[:, 1].max() == pytest.approx(50.0, abs=0.4)


def test_boxes_are_shown_by_coverage_and_density_in_percent():
    panel, figure = panel_of(draw_tradeoff, made()[1])
    found = [tuple(place) for place in places(panel, figure)]
    assert len(found) == 9 + 2
    for wanted in ((100.0, 40.0), (60.0, 70.0), (60.0, 90.0)):
        assert any(place == pytest.approx(wanted) for place in found), wanted
