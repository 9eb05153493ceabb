import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from regionsim.figures.county_multiples import county_multiples, map_order
from regionsim.place.counties import load_counties
from regionsim.results.indicator_catalogue import INDICATORS


@pytest.mark.parametrize("indicator", [indicator.name for indicator in INDICATORS])
def test_all_24_counties_are_named_and_legible(dataset, boundaries, assert_legible, texts_of, indicator):
    figure = county_multiples([dataset], indicator, boundaries)
    assert_legible(figure)
    texts = [text for text, _ in texts_of(figure)]
    assert {county.name for county in load_counties()} <= set(texts)


def test_several_scenarios_are_legible(four_scenarios, boundaries, assert_legible):
    assert_legible(county_multiples(four_scenarios, "output", boundaries))


def test_eight_scenarios_with_long_titles_leave_room_for_the_panels(make_dataset, boundaries, assert_legible):
    many = [make_dataset(f"s{k}", title=f"A scenario with a rather long title, number {k}") for k in range(8)]
    assert_legible(county_multiples(many, "forest_cover", boundaries))


def test_counties_of_large_output_are_legible(dataset, boundaries, assert_legible):
    dataset["output"].values[:] *= 40
    assert_legible(county_multiples([dataset], "output", boundaries))


def test_the_order_runs_from_north_to_south_and_within_a_row_from_west_to_east(boundaries):
    codes = [county.code for county in load_counties()]
    names = {county.code: county.name for county in load_counties()}
    order = [names[code] for code in map_order(codes, boundaries)]
    assert order[:4] == ["Pingjiang", "Liuyang", "Tonggu", "Xiushui"]
    assert order[-4:] == ["Yizhang", "Rucheng", "Chongyi", "Shangyou"]
    assert sorted(order) == sorted(names.values())


def test_the_line_of_a_county_follows_its_own_values(dataset, boundaries):
    dataset["urban_population"].values[:] = 0.5 * dataset["population"].values
    county = 14  # Liuyang
    dataset["urban_population"].values[0, :, county] *= np.linspace(1, 1.4, 16)
    figure = county_multiples([dataset], "urbanization_rate", boundaries)
    lines = [
        segment
        for collection in figure.findobj(LineCollection)
        if collection.get_linewidths()[0] == 1.3
        for segment in collection.get_segments()
        if len(segment) == 16
    ]
    rises = [np.ptp(line[:, 1]) for line in lines]
    assert len(lines) == 24
    assert sum(rise > 1 for rise in rises) == 1
    (risen,) = [line for line, rise in zip(lines, rises, strict=True) if rise > 1]
    assert risen[0, 0] < 110 and risen[0, 1] > 140  # the first row, second column


def test_first_and_last_value_stand_beside_the_name(dataset, boundaries, texts_of):
    dataset["population"].values[:] = 1000.0
    dataset["urban_population"].values[:] = 400.0
    dataset["urban_population"].values[0, -1, 3] = 612.0
    texts = [text for text, _ in texts_of(county_multiples([dataset], "urbanization_rate", boundaries))]
    assert texts.count("40.0 to 40.0%") == 23
    assert texts.count("40.0 to 61.2%") == 1


def test_amounts_are_drawn_as_growth_and_told_in_their_unit(dataset, boundaries, texts_of):
    texts = [text for text, _ in texts_of(county_multiples([dataset], "output", boundaries))]
    assert "Output of the 24 counties, 2020 = 100" in texts
    assert any("100 million CNY, 2020 prices" in text for text in texts)


def test_a_county_that_starts_from_nothing_has_no_line_of_growth(dataset, boundaries):
    dataset["output"].values[0, 0, 5] = 0.0
    county_multiples([dataset], "output", boundaries)


def test_an_ensemble_has_a_band_in_every_panel(make_dataset, boundaries):
    figure = county_multiples([make_dataset(members=9)], "output", boundaries)
    assert sum(len(areas.get_paths()) for areas in figure.findobj(PolyCollection)) == 24


def test_the_figure_fits_a_page_of_a_journal(dataset, boundaries):
    width, height = county_multiples([dataset], "forest_cover", boundaries).get_size_inches() * 25.4
    assert width == pytest.approx(183)
    assert height < 225
