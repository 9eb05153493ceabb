"""Every figure in every language, width and style: legible, of the exact size, and never with a box for a letter."""

from __future__ import annotations

import numpy as np
import pytest
from fake_trajectory import fake_dataset
from made_attribution import made_attribution
from made_loops import made_loops

from regionsim.figures.causal_loops import causal_loops
from regionsim.figures.chinese_font import has_chinese_font
from regionsim.figures.comparison import comparison
from regionsim.figures.compensation_ledger import compensation_ledger
from regionsim.figures.contributions import waterfall
from regionsim.figures.county_changes import county_changes
from regionsim.figures.county_multiples import county_multiples
from regionsim.figures.difference_maps import difference_maps
from regionsim.figures.differences import differences
from regionsim.figures.files import save
from regionsim.figures.interactions import interaction_map
from regionsim.figures.look import Look
from regionsim.figures.maps import choropleth
from regionsim.figures.network_map import network_map
from regionsim.figures.sector_output import sector_output
from regionsim.figures.slopes import slopes
from regionsim.figures.style import drawing
from regionsim.figures.target_dashboard import target_dashboard

TITLES = {"base": "基准情景", "cooperation": "全面合作情景", "no-railway": "无铁路情景"}


def made(name, title, **options):
    dataset = fake_dataset(name, title=title, **options)
    dataset.attrs["title_zh"] = TITLES[name]
    return dataset


BASE = made("base", "Base")
SCENARIOS = [
    BASE,
    made("cooperation", "Full cooperation", lift=0.006, members=12),
    made("no-railway", "Without the railway", lift=-0.003),
]
FIGURES = {
    "comparison of one run": lambda network: comparison([BASE]),
    "comparison": lambda network: comparison(SCENARIOS),
    "differences": lambda network: differences(SCENARIOS),
    "counties": lambda network: county_multiples([BASE], "output"),
    "counties of scenarios": lambda network: county_multiples(SCENARIOS, "urbanization_rate"),
    "map": lambda network: choropleth(BASE, "population"),
    "difference maps": lambda network: difference_maps(SCENARIOS, "output"),
    "county changes": lambda network: county_changes(SCENARIOS),
    "slopes": lambda network: slopes(SCENARIOS),
    "sectors": lambda network: sector_output(BASE),
    "ledger": lambda network: compensation_ledger(BASE),
    "targets": lambda network: target_dashboard(SCENARIOS),
    "network": lambda network: network_map(BASE, network),
    "loops": lambda network: causal_loops(BASE, made_loops()),
    "contributions": lambda network: waterfall(made_attribution(), "output"),
    "interactions": lambda network: interaction_map(made_attribution(), "urbanization_rate"),
}
NEW = ("county changes", "slopes", "sectors", "ledger", "targets", "network", "loops", "contributions", "interactions")
with_font = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this system")
LOOKS = {
    "zh": Look("zh"),
    "en-narrow": Look("en", width=89.0),
    "zh-slides": Look("zh", "slides"),
}
CASES = [
    pytest.param(figure, look, marks=with_font if look.language == "zh" else (), id=f"{figure}-{name}")
    for name, look in LOOKS.items()
    for figure in FIGURES
]
CASES += [pytest.param(figure, Look(), id=f"{figure}-en") for figure in NEW]


@pytest.fixture(scope="session")
def network():
    from pathlib import Path

    from regionsim.studies.model import read_scenario
    from regionsim.studies.network import network_of

    return network_of(read_scenario(Path(__file__).parents[2] / "scenarios" / "plan.yaml"))


@pytest.mark.parametrize(("figure", "look"), CASES)
def test_a_figure_is_legible_and_of_the_size_of_its_look(figure, look, network, texts_of, assert_legible):
    with drawing(look):
        drawn = FIGURES[figure](network)
    width, height = drawn.get_size_inches() * 25.4
    if look.slides:
        assert (width, height) == pytest.approx((1920 / 144 * 25.4, 1080 / 144 * 25.4))
    else:
        assert width == pytest.approx(look.width)
        assert height < 247  # the type area of a journal
    if figure != "network":
        assert_legible(drawn)
    else:  # names of places lie on lines and numbers there; their own places are tested with the network
        assert all(left > 0 and right < width and low > 0 for _, (left, low, right, _) in texts_of(drawn))
    if look.language == "zh":
        texts = [text for text, _ in texts_of(drawn)]
        assert any("\u4e00" <= character <= "\u9fff" for text in texts for character in text)


@with_font
def test_chinese_figures_have_no_english_but_what_is_a_name(network, texts_of):
    import re

    kept = re.compile(r"regionsim|base|plan|cooperation|no-railway|cnmaps|[a-z] ?|km|lushui|xiu|G60|S223")
    for figure in FIGURES:
        with drawing(Look("zh")):
            texts = [text for text, _ in texts_of(FIGURES[figure](network))]
        for text in texts:
            text = re.sub(r"\b[0-9a-f]{12}\b", "", text)  # hashes
            words = [word for word in re.findall(r"[A-Za-z]+", text) if len(word) > 1 and not kept.match(word)]
            assert not words, (figure, text)


@pytest.mark.parametrize(
    ("look", "dots"),
    [(Look(), 2161), (Look(width=89.0), 1051), (Look("en", "slides"), 1920)],
    ids=["two columns", "one column", "slide"],
)
def test_a_png_has_the_dots_of_its_look(look, dots, tmp_path):
    from PIL import Image

    with drawing(look):
        (file,) = save(comparison([BASE]), tmp_path / "one", [BASE], "One", ("png",))
    with Image.open(file) as picture:
        assert picture.width == dots
        assert picture.info["dpi"] == pytest.approx((144, 144) if look.slides else (300, 300), abs=0.1)


def test_a_figure_is_drawn_in_a_look_by_its_own_argument():
    figure = comparison([BASE], look=Look(width=89.0))
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(89)
    assert comparison([BASE]).get_size_inches()[0] * 25.4 == pytest.approx(183)  # nothing stays behind


def test_a_look_within_another_holds_for_its_block_alone():
    with drawing(Look(width=89.0)):
        assert comparison([BASE], look=Look()).get_size_inches()[0] * 25.4 == pytest.approx(183)
        assert comparison([BASE]).get_size_inches()[0] * 25.4 == pytest.approx(89)


def test_scenarios_have_one_colour_in_every_figure(network):
    from matplotlib.colors import to_hex

    def colours(figure):
        found = set()
        for collection in figure.axes[0].collections:
            for colour in (*np.atleast_2d(collection.get_edgecolor()), *np.atleast_2d(collection.get_facecolor())):
                if len(colour) == 4:
                    found.add(to_hex(colour))
        return found

    for figure in ("comparison", "differences", "counties of scenarios", "county changes", "slopes", "targets"):
        assert {"#000000", "#0072b2"} <= colours(FIGURES[figure](network)), figure
