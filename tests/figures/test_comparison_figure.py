import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from regionsim.figures.comparison import comparison


def colours(figure):
    from matplotlib.colors import to_hex

    return {to_hex(line.get_color()[0]) for line in figure.findobj(LineCollection)}


@pytest.mark.parametrize("last_year", [2020, 2021, 2028, 2035])
def test_every_text_of_one_run_is_legible(make_dataset, assert_legible, last_year):
    assert_legible(comparison([make_dataset(last_year=last_year)]))


def test_every_text_of_several_scenarios_is_legible(four_scenarios, assert_legible):
    assert_legible(comparison(four_scenarios))


def test_eight_scenarios_with_long_titles_are_legible(make_dataset, assert_legible):
    many = [make_dataset(f"s{k}", title=f"A scenario with a rather long title, number {k}") for k in range(8)]
    assert_legible(comparison(many))


def test_the_page_is_183_mm_wide(dataset, four_scenarios):
    for figure in (comparison([dataset]), comparison(four_scenarios)):
        assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)
        assert figure.get_size_inches()[1] * 25.4 < 247


def test_units_stand_at_the_axes(dataset, texts_of):
    texts = [text for text, _ in texts_of(comparison([dataset]))]
    assert "c  Output (100 million CNY, 2020 prices)" in texts
    assert any(text.endswith("%") for text in texts)
    assert "0" in texts  # output starts at zero


def test_the_three_lines_of_one_run_differ_without_colour(dataset):
    dashes = {
        str(line.get_linestyles()) for line in comparison([dataset]).findobj(LineCollection) if line.get_zorder() == 3
    }
    assert len(dashes) == 3


def test_lines_end_where_the_indicator_ends(dataset):
    dataset["output"].values[:] = 1e4
    dataset["output"].values[0, -1] = 2e4
    figure = comparison([dataset], ["output"])
    (zone,) = [
        line.get_segments()[0]
        for line in figure.findobj(LineCollection)
        if line.get_zorder() == 3 and line.get_linewidths()[0] > 1.5
    ]
    rise = zone[-1, 1] - zone[0, 1]
    base = zone[0, 1] - (zone[-1, 1] - 2 * rise)  # twice the height above zero
    assert rise == pytest.approx(base)
    assert np.ptp(zone[:-1, 1]) == pytest.approx(0, abs=1e-9)


def test_one_colour_for_each_scenario(four_scenarios):
    assert {"#000000", "#0072b2"} <= colours(comparison(four_scenarios))


def test_an_ensemble_has_bands_and_a_single_run_has_none(make_dataset):
    assert len(comparison([make_dataset(members=20)], ["output"]).findobj(PolyCollection)) == 3
    assert not comparison([make_dataset()], ["output"]).findobj(PolyCollection)


def test_a_chinese_title_is_replaced_by_the_name_of_the_scenario(make_dataset, texts_of):
    texts = [text for text, _ in texts_of(comparison([make_dataset(title="基准情景")]))]
    assert "base, 2020 to 2035" in texts


def test_signs_of_formulas_in_a_title_are_drawn_as_they_are(make_dataset, assert_legible):
    assert_legible(comparison([make_dataset(title="Costs $5 more, a_b^c & 50% \\alpha")]))


def test_two_runs_of_the_same_name_are_refused(dataset):
    with pytest.raises(ValueError, match="same scenario name"):
        comparison([dataset, dataset])
