import math

import numpy as np
import pytest

from regionsim.figures.scales import (
    as_printed,
    choose_scale,
    class_limits,
    difference_limits,
    difference_scale,
    fine_digits,
    growth_scale,
    number_text,
    round_linear,
    round_logarithmic,
    signed_text,
    tick_digits,
    tick_text,
    written_unit,
    year_ticks,
)
from regionsim.results.indicator_catalogue import find_indicator

SHARE, OUTPUT, INDEX, BALANCE = map(find_indicator, ("forest_cover", "output", "market_access", "net_migration"))


def test_a_small_change_of_a_share_is_not_blown_up():
    scale = choose_scale(SHARE, np.array([70.0, 70.3]))
    assert scale.high - scale.low >= 10
    assert scale.low < 70 < scale.high


def test_shares_stay_within_0_and_100_percent():
    assert choose_scale(SHARE, np.array([97.0, 99.9])).high == 100
    assert choose_scale(SHARE, np.array([0.1, 1.0])).low == 0
    assert choose_scale(SHARE, np.array([97.0, 99.9])).low <= 90


def test_amounts_start_at_zero():
    scale = choose_scale(OUTPUT, np.array([5980.0, 11420.0]))
    assert scale.low == 0 and scale.high >= 11420


def test_balances_contain_zero_and_indices_contain_one():
    assert choose_scale(BALANCE, np.array([-900.0, -200.0])).high == 0
    scale = choose_scale(INDEX, np.array([1.3, 1.5]))
    assert scale.low <= 1.0 and scale.high >= 1.5


@pytest.mark.parametrize("values", [[np.nan, np.nan], [0.0, 0.0], [5.0], [1e-9, 2e-9], [3e12, 4e12]])
@pytest.mark.parametrize("indicator", [SHARE, OUTPUT, INDEX, BALANCE])
def test_any_values_give_a_range_with_ticks(indicator, values):
    scale = choose_scale(indicator, np.array(values))
    assert scale.low < scale.high
    assert 2 <= len(scale.ticks) <= 9


def test_growth_contains_100_and_spans_20():
    scale = growth_scale(np.array([99.0, 101.0]))
    assert scale.low <= 90 and scale.high >= 110


def test_every_value_lies_inside_its_scale():
    random = np.random.default_rng(1)
    for _ in range(200):
        values = random.uniform(0, 100, 2)
        scale = choose_scale(SHARE, values)
        assert scale.low <= values.min() and values.max() <= scale.high
        assert all(scale.low - 1e-9 <= tick <= scale.high + 1e-9 for tick in scale.ticks)


def test_round_numbers_enclose_the_range():
    assert round_linear(0, 11420, 5) == (0, 2500, 5000, 7500, 10000, 12500)
    assert round_logarithmic(45, 1493) == (20, 50, 100, 200, 500, 1000, 2000)
    assert round_logarithmic(50, 50) == (50, 100)


def test_classes_are_even_for_like_values_and_by_1_2_5_for_unlike_ones():
    assert np.ptp(np.diff(class_limits(np.array([50.0, 90.0])))) == pytest.approx(0)
    assert class_limits(np.array([45.0, 2793.0])) == (20, 50, 100, 200, 500, 1000, 2000, 5000)
    same = class_limits(np.array([7.0, 7.0]))
    assert same[0] <= 7 <= same[-1] and len(same) > 2


def test_year_ticks_do_not_crowd():
    assert year_ticks(np.arange(2020, 2036)) == (2020, 2025, 2030, 2035)
    assert year_ticks(np.arange(2020, 2027)) == (2020, 2026)
    assert year_ticks(np.array([2020])) == (2020,)


def test_numbers_are_written_as_a_reader_expects():
    assert number_text(1493.4, OUTPUT) == "1,493"
    assert number_text(2.46, OUTPUT) == "2.5"
    assert number_text(68.44, SHARE, 1) == "68.4"
    assert number_text(1.2345, INDEX) == "1.23"
    assert number_text(float("nan"), OUTPUT) == "n/a"
    assert tick_text(70.0, "%") == "70%"
    assert tick_text(12500.0, "ha") == "12,500"
    assert tick_digits((72.5, 75.0)) == 1


def test_large_amounts_are_told_in_thousands_and_shares_never():
    assert written_unit(find_indicator("population"), np.array([5e4, 1.4e6])) == (1000.0, "thousand persons")
    assert written_unit(OUTPUT, np.array([45.0, 2793.0])) == (1.0, "100 million CNY, 2020 prices")
    assert written_unit(SHARE, np.array([45.0, 90.0])) == (1.0, "%")


def test_scales_of_differences_contain_zero_and_follow_small_values():
    scale = difference_scale(np.array([0.0, 0.05]), "percent")
    assert scale.low == 0 and 0.05 <= scale.high <= 0.06
    scale = difference_scale(np.array([-3.0, -1.0]), "percentage points")
    assert scale.high == 0 and scale.low <= -3


@pytest.mark.parametrize("values", [[0.0, 0.0], [1e-14, -1e-13], [np.nan, np.nan]])
def test_scales_of_differences_do_not_go_down_to_the_noise(values):
    scale = difference_scale(np.array(values), "percent")
    assert scale.high - scale.low >= 0.02
    assert scale.low < 0 < scale.high


def test_classes_of_differences_lie_evenly_about_zero():
    limits = difference_limits(np.array([-0.02, 0.35, np.nan]), "percent")
    assert limits == (-0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4)
    assert max(difference_limits(np.array([1e-13]), "percent")) == pytest.approx(0.02)


def test_differences_are_written_with_their_sign_and_a_plain_zero():
    assert signed_text(0.114, 2) == "+0.11"
    assert signed_text(-1234.4, 0) == "−1,234"
    assert signed_text(0.004, 2) == signed_text(-0.004, 2) == signed_text(0.0, 2) == "0"
    assert signed_text(float("nan"), 2) == "n/a"
    assert fine_digits((0.0, 0.1)) == fine_digits((0.0, 0.05)) == fine_digits((0.0, 0.25)) == 2
    assert fine_digits((0.0, 0.02)) == 3
    assert fine_digits((0.0, 50.0)) == 0


def test_a_number_is_read_back_as_it_is_printed():
    urban = find_indicator("urbanization_rate")
    assert [as_printed(value, urban) for value in (69.92, 70.31)] == [70.0, 70.0]
    assert as_printed(12345.6, OUTPUT) == 12346.0
    assert as_printed(-4.21, BALANCE) == -4.2
    assert math.isnan(as_printed(float("nan"), urban))
