"""Figures of sensitivity hold many factors with long names: nothing overlaps and nothing leaves the page."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

from regionsim.figures.look import Look
from regionsim.figures.panel_axes import numbered
from regionsim.figures.sensitivity.bars import Bar, RankedBars, ranked_bars
from regionsim.figures.sensitivity.county_map import Grid, county_map, grids_of_page
from regionsim.figures.sensitivity.over_years import Course, Courses, over_years, spaced
from regionsim.figures.sensitivity.plane import Effects, plane
from regionsim.figures.sensitivity.sheet import Words, cut_to, panels_of_page
from regionsim.figures.sensitivity.tornado import Swing, Swings, tornado
from regionsim.figures.style import MARGIN, drawing
from regionsim.place.counties import load_counties

LONG = tuple(f"built up land per industrial capital ({k}, services)" for k in range(40))
WORDS = Words("What matters most: plan minus base, 2035", "Sobol' indices, 40 factors", ("regionsim; study x " * 12,))
YEARS = np.array([2025, 2030, 2035])
random = np.random.default_rng(1)


def bars(count, more=28, **about):
    made = tuple(
        Bar(LONG[k], 1 / (k + 1), 0.8 / (k + 1), 1.3 / (k + 1), 0.5 / (k + 1), -0.1, 0.9) for k in range(count)
    )
    return RankedBars(
        "Months with water of class III or better", "share of the variance", made, more, "No index: ...", **about
    )


def swings(count):
    made = tuple(Swing(LONG[k], -1e7 / (k + 1), 2e7 / (k + 1) * (-1) ** (k % 3)) for k in range(count))
    return Swings("CO2 emissions", "change, tCO2/year", made, 28, "No index: ...")


def effects(count):
    mean = np.sort(random.random(count) ** 4)[::-1] * 1e6
    return Effects(
        "Output", "100 million CNY, 2020 prices", LONG[:12], mean, mean * random.random(count), "No index: ..."
    )


def courses(count):
    made = tuple(
        Course(LONG[k], np.full(3, 0.3 + k * 0.004), np.full(3, 0.25), np.array([0.4, np.nan, 0.4]))
        for k in range(count)
    )
    return Courses("Urbanization rate", "total order", made, "No index: ...")


def grids():
    values = random.random((12, 25)) * 1.1 - 0.05
    values[3, 4] = np.nan
    counties = load_counties()
    names = [*(county.name for county in counties), "zone"]
    groups = [*(county.province for county in counties), "zone"]
    return county_map(
        [Grid("Output, total order", LONG[:12], values)] * min(2, grids_of_page()), names, groups, WORDS, is_share=True
    )


def page_of(*panels):
    """As many of the panels, over and over, as a page has room for."""
    return (panels * 2)[: panels_of_page()]


FIGURES = {
    "bars": lambda: ranked_bars(page_of(bars(12), bars(0, 0), bars(5)), WORDS, "total order", "first order"),
    "bars of draws": lambda: ranked_bars([bars(12, chance=0.2)], WORDS, "PAWN", ""),
    "tornado": lambda: tornado(page_of(swings(12), swings(0), swings(3)), WORDS),
    "plane": lambda: plane(page_of(effects(40), effects(0), effects(12)), WORDS),
    "years": lambda: over_years(page_of(courses(6), courses(0), courses(2)), YEARS, WORDS),
    "counties": grids,
}


LOOKS = {"wide": Look(), "narrow": Look(width=89.0), "slide": Look("en", "slides")}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", FIGURES)
def test_no_text_touches_another_or_leaves_the_page(name, look):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with drawing(LOOKS[look]):
        figure = FIGURES[name]()
    assert figure.get_size_inches()[1] * 25.4 < 247  # the type area of a journal
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent(renderer) for text in texts]
    assert len(texts) > 20
    for text, box in zip(texts, boxes, strict=True):
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        assert inside, f"'{text.get_text()}' leaves the page"
    touching = [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(zip(texts, boxes, strict=True), 2)
        if a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.y0 < b.y1 - 1 and b.y0 < a.y1 - 1
    ]
    assert not touching


def test_a_name_that_is_cut_keeps_both_ends():
    cut = cut_to("capital elasticity of a very long kind of thing (services)", 6.0, 40.0)
    assert cut.startswith("capital elasticity") and "\u2026" in cut and cut.endswith("services)")
    assert cut_to("short", 6.0, 40.0) == "short"


def test_names_at_the_ends_of_lines_are_moved_apart_in_their_order():
    assert spaced([5.0, 1.0, 5.1], 2.0, 0.0, 10.0) == [5.0, 1.0, 7.0]
    assert spaced([9.9, 9.8, 9.7], 2.0, 0.0, 10.0) == [10.0, 8.0, 6.0]


def test_bars_tell_how_many_more_there_are():
    figure = ranked_bars([bars(12)], WORDS, "total order", "first order")
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert "and 28 more" in texts and sum(text.startswith("built up") for text in texts) == 12


def test_numbers_of_an_axis_that_would_touch_are_left_out_evenly_and_zero_stays():
    texts = ["\u2212500,000", "0", "500,000", "1,000,000", "1,500,000", "2,000,000"]
    assert numbered([20.0 * k for k in range(6)], texts, 1) == [0, 1, 2, 3, 4, 5]
    assert numbered([9.0 * k for k in range(6)], texts, 1) == [1, 3, 5]
    assert numbered([5.0 * k for k in range(6)], texts, 1) == [1, 4]
    assert numbered([0.1 * k for k in range(6)], texts, 1) == [1]
    assert numbered([], [], 0) == []


@pytest.mark.parametrize(("look", "has_scale"), [(Look(width=89.0), True), (Look(), False)])
def test_shades_without_numbers_have_a_scale_and_all_cells_lie_within_the_margins(look, has_scale):
    with drawing(look):
        figure = grids()
    said = {text.get_text() for text in figure.axes[0].texts}
    assert ({"0", "0.5", "1"} <= said) == has_scale
    edges = [path.vertices[:, 0] for each in figure.findobj(PolyCollection) for path in each.get_paths()]
    assert max(edge.max() for edge in edges) <= look.width - MARGIN + 1e-9


def test_wide_numbers_of_a_vertical_scale_stay_on_the_page(assert_legible):
    large = Courses("CO2 emissions", "tCO2/year", tuple(
        Course(LONG[k], np.full(3, 4e7 / (k + 1)), np.full(3, np.nan), np.full(3, np.nan)) for k in range(3)
    ))  # fmt: skip
    with drawing(Look(width=89.0)):
        assert_legible(over_years([large] * 2, YEARS, WORDS))
