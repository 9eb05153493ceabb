import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex

from regionsim.figures.differences import differences
from regionsim.results.indicator_catalogue import INDICATORS

NONE = "no difference at all"
NEGLIGIBLE = "negligible: all differences are below a thousandth of the level"

VERMILION, BLUE, BLACK = "#d55e00", "#0072b2", "#000000"


def lines(figure, colour, points=16):
    """The series of this colour, panel by panel, in mm."""
    return [
        segment
        for line in figure.findobj(LineCollection)
        if line.get_zorder() == 3 and to_hex(line.get_color()[0]) == colour
        for segment in line.get_segments()
        if len(segment) == points
    ]


def words(texts_of, figure):
    return [text for text, _ in texts_of(figure)]


@pytest.fixture
def pair(make_dataset):
    """A base and its copy, to be changed by hand."""
    return make_dataset(), make_dataset("plan", title="Plan")


def test_every_text_is_legible(four_scenarios, assert_legible):
    assert_legible(differences(four_scenarios))


@pytest.mark.parametrize("indicator", [indicator.name for indicator in INDICATORS])
def test_every_indicator_can_be_shown(four_scenarios, assert_legible, indicator):
    assert_legible(differences(four_scenarios, [indicator, "output"]))


def test_eight_scenarios_with_long_titles_are_legible(make_dataset, assert_legible):
    many = [
        make_dataset(f"s{k}", lift=k / 1e3, title=f"A scenario with a rather long title, number {k}") for k in range(8)
    ]
    assert_legible(differences(many))


@pytest.mark.parametrize("factor", [1.0, 1 + 3e-9, 1.0005, 1.4, 300.0])
def test_any_size_of_difference_is_legible(pair, assert_legible, factor):
    pair[1]["output"].values[:] *= factor
    assert_legible(differences(pair))


def test_a_small_difference_is_readable_and_true_to_scale(pair, texts_of):
    pair[1]["output"].values[:, -1] *= 1.0005
    figure = differences(pair, ["output"])
    places = {text: box for text, box in texts_of(figure) if text in ("0", "+0.05")}
    zero, tick = ((places[text][1] + places[text][3]) / 2 for text in ("0", "+0.05"))
    for line in lines(figure, "#56b4e9"):
        assert line[-1, 1] - line[0, 1] == pytest.approx(tick - zero, abs=0.1)
        assert np.ptp(line[:-1, 1]) == pytest.approx(0, abs=1e-9)


def test_all_panels_of_a_row_share_one_scale(pair):
    province = pair[1]["province"].values
    pair[1]["output"].values[:, -1, province == "Hunan"] *= 1.02
    pair[1]["output"].values[:, -1, province == "Jiangxi"] *= 1.01
    _, hunan, jiangxi = sorted(lines(differences(pair, ["output"]), "#56b4e9"), key=lambda line: line[0, 0])
    assert np.ptp(hunan[:, 1]) == pytest.approx(2 * np.ptp(jiangxi[:, 1]))


def test_the_first_scenario_is_the_line_of_zero(pair, texts_of):
    pair[1]["output"].values[:] *= 0.9
    figure = differences(pair, ["output"])
    for base, plan in zip(lines(figure, BLACK), lines(figure, "#56b4e9"), strict=True):
        assert np.ptp(base[:, 1]) == 0
        assert (plan[:, 1] < base[:, 1] - 5).all()
    assert any(text.endswith("(zero line)") for text in words(texts_of, figure))


def test_a_scenario_has_the_colour_that_it_has_everywhere(make_dataset):
    figure = differences([make_dataset(), make_dataset("as-built"), make_dataset("cooperation", lift=0.01)])
    assert len(lines(figure, VERMILION)) == len(lines(figure, BLUE)) == 9


def test_differences_below_a_thousandth_of_the_level_are_called_negligible(pair, texts_of):
    pair[1]["output"].values[:] *= 1.0009
    assert words(texts_of, differences(pair, ["output"])).count(NEGLIGIBLE) == 1
    pair[1]["output"].values[0, -1, :] *= 1.0002
    found = words(texts_of, differences(pair, ["output"]))
    assert NEGLIGIBLE not in found and NONE not in found


def test_no_difference_is_told_from_a_negligible_one(pair, texts_of):
    assert words(texts_of, differences(pair)).count(NONE) == 3


def test_the_noise_of_arithmetic_lies_flat(pair):
    pair[1]["output"].values[:] *= 1 + 1e-12
    for line in lines(differences(pair, ["output"]), "#56b4e9"):
        assert np.ptp(line[:, 1]) < 0.01


def test_an_ensemble_has_bands_of_paired_differences(make_dataset, texts_of):
    first, other = make_dataset(members=9), make_dataset("plan", members=9)
    assert not differences([first, other], ["output"]).findobj(PolyCollection)  # equal members cancel
    other["output"].values[:] *= np.linspace(1.01, 1.05, 9)[:, None, None]
    figure = differences([first, other], ["output"])
    assert len(figure.findobj(PolyCollection)) == 3
    assert any("member by member" in text for text in words(texts_of, figure))


def test_ensembles_of_unequal_size_show_the_difference_of_medians_and_say_so(make_dataset, texts_of, assert_legible):
    figure = differences([make_dataset(members=9), make_dataset("plan", members=4, title="Plan")])
    assert_legible(figure)
    assert not figure.findobj(PolyCollection)
    assert any("difference of the medians: Plan." in text for text in words(texts_of, figure))


def test_a_shorter_run_ends_where_it_ends(make_dataset):
    figure = differences([make_dataset(), make_dataset("plan", last_year=2027), make_dataset("as-built")])
    assert len(lines(figure, "#56b4e9", points=8)) == 9
    assert len(lines(figure, BLACK)) == 9


def test_the_page_fits_a_journal(four_scenarios):
    width, height = differences(four_scenarios).get_size_inches() * 25.4
    assert width == pytest.approx(183)
    assert height < 247


def test_one_scenario_has_no_difference(dataset):
    with pytest.raises(ValueError, match="takes two scenarios"):
        differences([dataset])


def test_two_runs_of_the_same_name_have_no_difference(dataset):
    with pytest.raises(ValueError, match="same scenario name"):
        differences([dataset, dataset])
