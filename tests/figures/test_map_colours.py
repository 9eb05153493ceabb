from itertools import pairwise

import numpy as np

from regionsim.figures.map_colours import class_colours, colour_of, is_light
from regionsim.results.indicator_catalogue import find_indicator


def test_classes_darken_steadily_so_that_they_hold_in_grey():
    for name in ("urbanization_rate", "forest_cover", "output"):
        colours = class_colours(find_indicator(name), tuple(range(9)))
        grey = [sum(w * int(c[k : k + 2], 16) for k, w in ((1, 0.299), (3, 0.587), (5, 0.114))) for c in colours]
        assert all(later < earlier - 8 for earlier, later in pairwise(grey)), name


def test_a_limit_belongs_to_the_class_above_it_and_the_last_to_the_last():
    limits, colours = (0.0, 10.0, 20.0), ["#aaaaaa", "#bbbbbb"]
    assert [colour_of(value, limits, colours) for value in (0.0, 9.99, 10.0, 20.0)] == [
        "#aaaaaa",
        "#aaaaaa",
        "#bbbbbb",
        "#bbbbbb",
    ]
    assert colour_of(np.nan, limits, colours) not in colours


def test_gains_and_losses_have_different_hues_about_zero():
    colours = class_colours(find_indicator("net_migration"), (-20.0, -10.0, 0.0, 10.0))
    assert len(set(colours)) == 3
    assert is_light(colours[1]) and not is_light(class_colours(find_indicator("net_migration"), (-20.0, -10.0, 0.0))[0])


def test_letters_are_dark_on_light_and_light_on_dark():
    assert is_light("#ffffff") and is_light("#ffff00")
    assert not is_light("#000000") and not is_light("#08306b")
