import math
from collections import Counter

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex

from regionsim.figures.difference_maps import ZERO, difference_layout, difference_maps
from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import INDICATORS

NAMES = [county.name for county in load_counties()]


def words(texts_of, figure):
    return [text for text, _ in texts_of(figure)]


def reading(texts_of, figure):
    """All texts in one line, from top to bottom, so that broken notes are whole."""
    return " ".join(text for text, _ in sorted(texts_of(figure), key=lambda pair: -pair[1][1]))


def fills(figure):
    """The colours of each map and, last, of the legend."""
    return [[to_hex(colour) for colour in areas.get_facecolor()] for areas in figure.findobj(PolyCollection)]


@pytest.fixture
def scenarios(make_dataset):
    def make(count):
        return [
            make_dataset(f"s{k}", lift=k * (-1) ** k / 1e3, title=f"A scenario with a rather long title, {k}")
            for k in range(count)
        ]

    return make


@pytest.fixture
def pair(make_dataset):
    return make_dataset(), make_dataset("plan", title="Plan")


@pytest.fixture
def layout(pair, boundaries):
    return difference_layout(pair, boundaries)


@pytest.mark.parametrize("indicator", [indicator.name for indicator in INDICATORS])
def test_every_indicator_is_legible(scenarios, boundaries, assert_legible, indicator):
    assert_legible(difference_maps(scenarios(3), indicator, boundaries))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_any_number_of_scenarios_is_legible_on_a_page(scenarios, boundaries, assert_legible, texts_of, count):
    figure = difference_maps(scenarios(count), "output", boundaries)
    assert_legible(figure)
    width, height = figure.get_size_inches() * 25.4
    assert width == pytest.approx(183)
    assert height < 247
    found = Counter(word for text in words(texts_of, figure) for word in text.split())
    for name in NAMES:
        assert found[name] == min(count - 1, 4), name


@pytest.mark.parametrize("factor", [1 + 3e-9, 1.00007, 1.4, 300.0])
def test_any_size_of_difference_is_legible(pair, layout, assert_legible, factor):
    pair[1]["output"].values[:, -1] *= factor
    assert_legible(difference_maps(pair, "output", layout=layout))


def test_every_map_has_its_title_and_a_fifth_scenario_is_named_as_left_out(scenarios, boundaries, texts_of):
    figure = difference_maps(scenarios(6), "output", boundaries)
    assert all(f"A scenario with a rather long title, {k}" in words(texts_of, figure) for k in range(1, 5))
    assert "only 4 maps fit the page: A scenario with a rather long title, 5." in reading(texts_of, figure)


def test_a_county_bears_its_own_difference(pair, layout, texts_of):
    liuyang = pair[1]["county_name"].values.tolist().index("Liuyang")
    pair[1]["output"].values[0, -1, liuyang] *= 1.0131
    found = texts_of(difference_maps(pair, "output", layout=layout))
    (figure_box,) = [box for text, box in found if text == "+1.3"]
    (name_box,) = [box for text, box in found if text == "Liuyang"]
    assert abs(figure_box[[0, 2]].mean() - name_box[[0, 2]].mean()) < 0.5
    assert 0 < name_box[1] - figure_box[1] < 4
    assert sum(text == "0" for text, _ in found) > 15


def test_only_the_last_common_year_counts(pair, boundaries, make_dataset, texts_of):
    pair[1]["output"].values[:, -1] *= 1.5
    pair[1]["output"].values[:, 7] *= 1.2
    short = make_dataset("short", last_year=2027)
    found = words(texts_of, difference_maps([*pair, short], "output", boundaries))
    assert "Output by county in 2027: difference in percent" in found
    assert "+20" in found and "+50" not in found


def test_the_classes_lie_evenly_about_zero_and_the_maps_share_them(scenarios, boundaries, texts_of):
    figure = difference_maps(scenarios(3), "output", boundaries)
    first, second, legend = fills(figure)
    assert set(first) | set(second) <= set(legend)
    assert len(legend) % 2 == 1 and legend[len(legend) // 2] == ZERO
    assert len(set(legend)) == len(legend)
    found = words(texts_of, figure)
    limits = [text for text in found if text.startswith("−") and text.replace("−", "+") in found]
    assert len(limits) >= len(legend) // 2


def test_a_rise_and_a_fall_of_one_size_have_opposite_colours(pair, layout):
    one, two = (pair[1]["county_name"].values.tolist().index(name) for name in ("Liuyang", "Xiushui"))
    pair[1]["output"].values[0, -1, one] *= 1.03
    pair[1]["output"].values[0, -1, two] *= 0.97
    on_map, legend = fills(difference_maps(pair, "output", layout=layout))
    places = sorted(legend.index(colour) for colour in set(on_map) - {ZERO})
    assert len(places) == 2
    assert places[0] + places[1] == len(legend) - 1


def test_a_difference_that_rounds_to_zero_is_neutral(pair, layout, texts_of):
    pair[1]["output"].values[0, -1, 14] *= 1.1
    pair[1]["output"].values[0, -1, 20] *= 1.000001
    on_map, _ = fills(difference_maps(pair, "output", layout=layout))
    assert sum(colour != ZERO for colour in on_map) == 1


def test_negligible_differences_are_called_so(pair, layout, texts_of):
    assert any(
        "no difference at all" in text for text in words(texts_of, difference_maps(pair, "output", layout=layout))
    )
    pair[1]["output"].values[0, -1] *= 1.0009
    assert any("negligible" in text for text in words(texts_of, difference_maps(pair, "output", layout=layout)))
    pair[1]["output"].values[0, -1, 3] *= 1.0002
    assert not any("negligible" in text for text in words(texts_of, difference_maps(pair, "output", layout=layout)))


def test_a_county_without_people_is_shown_as_not_available(pair, layout, texts_of):
    for name in ("population", "urban_population"):
        pair[1][name].values[0, -1, 14] = 0.0
    found = words(texts_of, difference_maps(pair, "urbanization_rate", layout=layout))
    assert found.count("n/a") == 1


def test_the_median_of_paired_members_is_shown(make_dataset, layout, texts_of):
    first, other = make_dataset(members=3), make_dataset("plan", members=3)
    other["output"].values[:] *= np.array([1.01, 1.04, 1.2])[:, None, None]
    figure = difference_maps([first, other], "output", layout=layout)
    assert "+4.0" in words(texts_of, figure)
    assert "Median of the differences member by member." in reading(texts_of, figure)


@pytest.mark.parametrize("count", [2, 4])
def test_the_name_of_a_province_stands_beside_its_own_counties(scenarios, boundaries, count):
    layout = difference_layout(scenarios(count), boundaries)
    provinces = {county.code: county.province for county in load_counties()}
    assert set(layout.provinces) == {"Hunan", "Jiangxi"}
    for province, place in layout.provinces.items():
        nearest = min(layout.labels, key=lambda code: math.dist(layout.labels[code], place))
        assert provinces[nearest] == province


def test_the_list_of_names_lies_off_the_map(scenarios, boundaries):
    from matplotlib.path import Path

    layout = difference_layout(scenarios(4), boundaries)
    left, top = layout.list_place
    across, up = np.meshgrid(np.linspace(left, left + 25, 20), np.linspace(top - 2.9 * len(layout.letters), top, 40))
    spots = np.column_stack([across.ravel(), up.ravel()])
    assert not any(Path(ring).contains_points(spots).any() for county in layout.rings.values() for ring in county)


def test_one_scenario_has_no_difference(dataset):
    with pytest.raises(ValueError, match="takes two scenarios"):
        difference_maps([dataset], "output")
