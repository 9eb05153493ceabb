"""Figures of an attribution, from the dataset that it leaves: numbers, names, and what is told of the rest."""

from __future__ import annotations

import numpy as np
import pytest
from made_attribution import made_attribution
from matplotlib.collections import PolyCollection

from regionsim.figures import font
from regionsim.figures.attributed import attributed, attributed_keys
from regionsim.figures.attribution_set import attribution_drawings
from regionsim.figures.chinese_cut import cut_chinese
from regionsim.figures.chinese_font import has_chinese_font
from regionsim.figures.contributions import signed, waterfall
from regionsim.figures.drawings import write_drawings
from regionsim.figures.interactions import interaction_map
from regionsim.figures.look import Look


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_numbers_are_those_of_the_zone_in_the_last_year_in_the_unit_for_readers():
    result = attributed(made_attribution(3), "output")
    assert (result.where, result.year, result.quantity.unit) == ("zone", 2035, "100 million CNY, 2020 prices")
    assert result.changes == pytest.approx([32.0, -16.0, 8.0])
    assert (result.before, result.after) == pytest.approx((1000.0, 1024.0))
    assert result.together[0, 1] == result.together[1, 0] == pytest.approx(-0.5)
    assert np.isnan(result.together.diagonal()).all()


def test_shares_change_in_percentage_points():
    result = attributed(made_attribution(3), "urbanization_rate")
    assert (result.quantity.unit, result.quantity.change) == ("%", "percentage points")
    assert result.changes == pytest.approx([0.32, -0.16, 0.08])
    assert "Contributions are in percentage points." in waterfall(made_attribution(3), "urbanization_rate").get_label()


def test_a_waterfall_has_each_measure_its_number_and_the_rest_in_one():
    figure = waterfall(made_attribution(), "output")
    said = texts(figure)
    assert "1 Education bases for red culture" in said and {"+32.0", "\u221216.0", "1,000"} <= set(said)
    # From the ninth on, changes are less than a two-hundredth of the first.
    assert "14 others" in said and "Without the measures" in said and "With all of them" in said
    assert _bars(figure) == 2 + 8 + 1


def test_a_waterfall_has_fourteen_measures_at_most_and_ten_on_a_slide():
    attribution = made_attribution()
    attribution["contribution_output"].values[:] = 2.0
    figure = waterfall(attribution, "output")
    assert "8 others" in texts(figure) and _bars(figure) == 2 + 14 + 1
    assert "12 others" in texts(waterfall(attribution, "output", Look("en", "slides")))
    fifteen = made_attribution(15)
    fifteen["contribution_output"].values[:] = 2.0
    figure = waterfall(fifteen, "output")
    assert _bars(figure) == 2 + 15 and not any("others" in text for text in texts(figure))


def test_pairs_that_were_not_sampled_are_told():
    attribution = made_attribution(4)
    assert "none that was sampled" not in interaction_map(attribution, "output").get_label()
    attribution["interaction_output"].values[2] = np.nan
    assert "none that was sampled" in interaction_map(attribution, "output").get_label()


def _bars(figure):
    return max(len(each.get_paths()) for each in figure.findobj(PolyCollection))


@pytest.mark.parametrize(
    ("change", "digits", "text"),
    [(-30.0, 3, "\u221230.0"), (32.14, 3, "+32.1"), (0.123456, 3, "+0.123"), (829.6, 2, "+830"),
     (-0.3, 2, "\u22120.30"),
     (99.96, 3, "+100"), (17527.3, 3, "+17,527"), (12.3, 2, "+12")],
)  # fmt: skip
def test_changes_of_a_column_have_as_many_digits_and_never_a_power_of_ten(change, digits, text):
    assert signed(change, digits) == text


def test_whiskers_and_their_words_are_there_only_where_orders_were_sampled():
    assert "intervals of 95 %" in waterfall(made_attribution(), "output").get_label()
    assert "intervals" not in waterfall(made_attribution(exact=True), "output").get_label()


def test_a_pair_has_the_same_colour_at_both_of_its_places():
    figure = interaction_map(made_attribution(3), "output")
    cells = max(figure.findobj(PolyCollection), key=lambda each: np.ptp(each.get_paths()[0].vertices[:, 0]))
    colours = cells.get_facecolor().reshape(3, 3, 4)
    assert colours == pytest.approx(colours.transpose(1, 0, 2))
    assert not np.allclose(colours[0, 1], colours[0, 2])
    assert colours[0, 1][0] > colours[0, 1][2] and colours[0, 2][2] > colours[0, 2][0]  # orange hinders, blue helps


def test_one_measure_has_no_pairs_and_what_nothing_moves_no_figure():
    assert [each.name for each in attribution_drawings(made_attribution(3))] == [
        "contributions_urbanization_rate", "interactions_urbanization_rate", "contributions_output",
        "interactions_output",
    ]  # fmt: skip
    alone = made_attribution(1)
    assert [each.name for each in attribution_drawings(alone)] == [
        "contributions_urbanization_rate", "contributions_output",
    ]  # fmt: skip
    alone["contribution_output"] *= 0
    assert [each.name for each in attribution_drawings(alone)] == ["contributions_urbanization_rate"]
    assert attributed_keys(alone) == ["urbanization_rate", "output"]


def test_files_carry_scenario_and_runs_and_the_caption_says_them(tmp_path):
    dataset = made_attribution(3)
    write_drawings(attribution_drawings(dataset)[:1], tmp_path, [dataset], ("png",))
    caption = (tmp_path / "contributions_urbanization_rate.md").read_text(encoding="utf-8")
    assert caption.startswith("**Urbanization rate, zone, 2035: contribution of each measure**\n\nAction plan. Shapley")
    assert "Scenario Action plan: plan, hash b13020dc567d, 5,120 runs of the study plan." in caption
    assert b"b13020dc567d" in (tmp_path / "contributions_urbanization_rate.png").read_bytes()


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this system")
def test_measures_have_their_chinese_titles():
    said = texts(waterfall(made_attribution(3), "output", Look("zh")))
    assert "1 建设红色文化传承教育基地" in said and "不采取这些措施" in said
    assert said[0] == "2035年示范区地区生产总值：各项措施的贡献"


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this system")
def test_titles_of_measures_take_one_cut_of_the_font_not_one_each(monkeypatch):
    cuts = []
    monkeypatch.setattr(font, "_cut", {})
    monkeypatch.setattr(font, "cut_chinese", lambda *given: cuts.append(given) or cut_chinese(*given))
    waterfall(made_attribution(), "output", Look("zh"))
    assert 1 <= len(cuts) <= 2
