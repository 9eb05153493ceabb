"""What variables and regions of a study are called on a figure, in both languages."""

from __future__ import annotations

import pytest

from regionsim.figures.look import Look
from regionsim.figures.quantities import region_words, shown_quantity
from regionsim.figures.style import drawing


@pytest.mark.parametrize(
    ("region", "english", "chinese"),
    [
        ("zone", "zone", "示范区"),
        ("Jiangxi", "Jiangxi part of the zone", "示范区江西部分"),
        ("430281", "Liling", "醴陵市"),
        ("Liling", "Liling", "醴陵市"),
        ("430281/industry", "Liling/industry", "醴陵市/工业"),
        ("whole", "whole", "whole"),
    ],
)
def test_a_region_has_the_name_that_readers_know(region, english, chinese):
    assert region_words(region) == english
    with drawing(Look("zh")):
        assert region_words(region) == chinese


def test_an_indicator_has_its_label_and_unit_and_a_variable_its_words():
    rate = shown_quantity("urbanization_rate", "share")
    assert (rate.label, rate.factor, rate.unit, rate.change) == ("Urbanization rate", 100.0, "%", "percentage points")
    stock = shown_quantity("education_capital", "million CNY_2020")
    assert (stock.label, stock.factor, stock.unit) == ("education capital", 1.0, "million CNY_2020")
    with drawing(Look("zh")):
        assert (shown_quantity("urbanization_rate", "share").change, shown_quantity("education_capital", "").label) == (
            "百分点", "教育资本"
        )  # fmt: skip
