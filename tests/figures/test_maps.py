import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex

from regionsim.figures.look import Look
from regionsim.figures.map_layout import map_layout
from regionsim.figures.maps import choropleth
from regionsim.figures.style import drawing
from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import INDICATORS


@pytest.fixture
def layout(dataset, boundaries):
    with drawing():
        return map_layout(dataset, boundaries)


@pytest.mark.parametrize("indicator", [indicator.name for indicator in INDICATORS])
def test_every_text_of_a_map_is_legible(dataset, layout, assert_legible, indicator):
    assert_legible(choropleth(dataset, indicator, layout=layout))


def test_every_county_is_named_on_both_maps(dataset, layout, texts_of):
    texts = [text for text, _ in texts_of(choropleth(dataset, "forest_cover", layout=layout))]
    for county in load_counties():
        assert sum(county.name in text.split() for text in texts) == 2, county.name
    assert {"2020", "2035", "Hunan", "Jiangxi", "50 km", "Provincial border"} <= set(texts)
    assert any("Boundaries:" in text for text in texts)


def test_names_stand_inside_their_county(dataset, layout, boundaries):
    from matplotlib.path import Path

    for code, place in layout.labels.items():
        assert Path(layout.rings[code][0]).contains_point(place), code


def test_both_maps_share_one_scale_of_colours(dataset, layout):
    dataset["forest_area"].values[:] = 0.52 * dataset["county_area"].values
    dataset["forest_area"].values[0, -1] = 0.78 * dataset["county_area"].values[0, -1]
    figure = choropleth(dataset, "forest_cover", layout=layout)
    first, second, legend = figure.findobj(PolyCollection)
    (low,) = {to_hex(colour) for colour in first.get_facecolor()}
    (high,) = {to_hex(colour) for colour in second.get_facecolor()}
    scale = [to_hex(colour) for colour in legend.get_facecolor()]
    assert scale.index(low) == 0
    assert scale.index(high) == len(scale) - 1


def test_the_map_has_every_county_and_its_exclave(layout, dataset):
    figure = choropleth(dataset, "output", layout=layout)
    counties, *_ = figure.findobj(PolyCollection)
    assert len(counties.get_paths()) == 25  # Yuanzhou has an exclave inside Wanzai


def test_the_map_is_true_to_area(layout):
    from regionsim.figures.geography import signed_area

    for county in load_counties():
        drawn = sum(abs(signed_area(ring)) for ring in layout.rings[county.code]) / layout.millimetres_per_km**2
        assert drawn * 100 == pytest.approx(county.area, rel=0.13 if county.name == "Jinggangshan" else 0.03)


def test_the_provincial_border_is_drawn_whole(layout):
    length = sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in layout.border) / layout.millimetres_per_km
    assert 600 < length < 760


def test_the_years_of_the_maps_can_be_chosen(dataset, layout, texts_of):
    texts = [text for text, _ in texts_of(choropleth(dataset, "output", years=(2025, 2030), layout=layout))]
    assert {"2025", "2030"} <= set(texts)
    assert "2035" not in texts


def test_a_county_without_people_is_shown_as_not_available(dataset, layout, texts_of):
    for name in ("population", "urban_population"):
        dataset[name].values[0, 0, 14] = 0.0
    texts = [text for text, _ in texts_of(choropleth(dataset, "urbanization_rate", layout=layout))]
    assert texts.count("n/a") == 1


def test_a_map_fits_a_page_of_a_journal(dataset, layout):
    width, height = choropleth(dataset, "output", layout=layout).get_size_inches() * 25.4
    assert width == pytest.approx(183)
    assert height < 230


def test_a_map_without_names_says_where_they_are(dataset, boundaries):
    words = "Names of counties are on the map of two columns (183 mm)."
    assert words in choropleth(dataset, "output", boundaries=boundaries, look=Look(width=89.0)).get_label()
    assert words not in choropleth(dataset, "output", boundaries=boundaries).get_label()
