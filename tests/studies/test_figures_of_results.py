"""`regionsim figures`: results that are already there, drawn again; what is refused, and in which words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command_line import call

sys.path.insert(0, str(Path(__file__).parents[1] / "results"))

from fake_trajectory import fake_dataset

sys.path.insert(0, str(Path(__file__).parents[1] / "figures"))

from made_attribution import made_attribution

from regionsim.figures import chinese_font
from regionsim.results.indicators import indicator_array
from regionsim.results.netcdf_file import read_netcdf, write_netcdf
from regionsim.results.write import TRAJECTORIES
from regionsim.studies import figures
from regionsim.studies.fingerprint import data_hash


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Two results on disk, made here and now as far as their data hash goes."""
    folder = tmp_path_factory.mktemp("results")
    for name, options in {"base": {}, "cooperation": {"lift": 0.006}}.items():
        dataset = fake_dataset(name, title=name.capitalize(), **options)
        dataset.attrs["data_hash"] = data_hash()
        (folder / name).mkdir()
        write_netcdf(dataset, folder / name / TRAJECTORIES)
    return folder


@pytest.fixture
def no_font(monkeypatch):
    def without():
        chinese_font.chinese_font.cache_clear()

    without()
    monkeypatch.setattr(chinese_font, "candidates", lambda: iter(()))
    yield
    without()


def drawn(folder):
    return {path.name for path in folder.iterdir()}


def test_one_result_gives_the_figures_of_a_run(results, tmp_path):
    said = call("figures", results / "base", "--out", tmp_path / "out", "--format", "svg")
    assert said.status == 0
    assert said.out == f"11 figures written to {tmp_path / 'out'}\n"
    assert said.error == "left out, as the results lack what they show: population_pyramid\n"
    assert {"urbanization_forest_output.svg", "map_output.svg", "map_output.md", "sector_output.svg"} <= drawn(
        tmp_path / "out"
    )
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".svg", ".md"}


def test_several_results_give_a_comparison_in_a_folder_of_their_names(results, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = call("figures", results / "base", results / "cooperation", "--format", "pdf", "--width", "89mm")
    assert (said.status, said.error) == (0, "")
    folder = tmp_path / "results" / "figures" / "base-cooperation"
    assert {"differences.pdf", "slopes.pdf", "map_difference_output.pdf"} <= drawn(folder)
    assert "Cooperation" in (folder / "differences.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not chinese_font.has_chinese_font(), reason="no Chinese font on this system")
def test_figures_in_chinese_have_captions_in_chinese(results, tmp_path):
    said = call("figures", results / "base", "--out", tmp_path / "out", "--lang", "zh", "--format", "png")
    assert said.status == 0
    caption = (tmp_path / "out" / "urbanization_forest_output.md").read_text(encoding="utf-8")
    assert caption.startswith("**城镇化率、森林覆盖率和地区生产总值**\n\n基准情景，2020—2035。")


def test_without_a_chinese_font_figures_are_in_english_and_one_line_says_so(results, tmp_path, no_font):
    said = call("figures", results / "base", "--out", tmp_path / "out", "--lang", "zh", "--format", "svg")
    assert said.status == 0
    assert said.error.splitlines()[0] == chinese_font.NOT_FOUND or chinese_font.NOT_FOUND in said.error.splitlines()
    caption = (tmp_path / "out" / "map_output.md").read_text(encoding="utf-8")
    assert caption.startswith("**Output (100 million CNY, 2020 prices) by county**")


def test_all_that_is_wrong_is_said_at_once(results, tmp_path):
    said = call("figures", tmp_path / "none", "scenarios/base.yaml", "--format", "pgn,gif", "--width", "90mm")
    assert said.status == 2 and said.out == ""
    assert said.error.splitlines() == [
        f"{tmp_path / 'none' / TRAJECTORIES}: the result file is missing",
        "regionsim figures: --format; found gif; expected png, pdf, svg",
        "regionsim figures: --format; found pgn; expected png, pdf, svg; did you mean 'png'?",
        "regionsim figures: --width; found 90mm; expected 89mm or 183mm",
        "scenarios/base.yaml: a result is needed; found a scenario; "
        "expected a directory of results: regionsim run scenarios/base.yaml makes one",
    ]


def test_a_slide_has_no_width_of_a_journal(results):
    said = call("figures", results / "base", "--style", "slides", "--width", "89mm")
    assert said.status == 2
    assert said.error == (
        "regionsim figures: --width beside --style slides; found 89mm; expected one of them: a slide is 16:9\n"
    )


def test_two_results_of_one_scenario_are_refused(results):
    said = call("figures", results / "base", results / "base" / TRAJECTORIES)
    assert said.status == 2
    assert "two results are of one scenario; found base, as in" in said.error


def test_a_folder_with_anything_else_in_it_is_left_alone(results, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("all my work")
    said = call("figures", results / "base", "--out", tmp_path / "mine")
    assert said.status == 2 and "thesis.tex" in said.error
    assert (tmp_path / "mine" / "thesis.tex").read_text() == "all my work"


def test_older_figures_stay_where_drawing_breaks_off(results, tmp_path, monkeypatch):
    out = tmp_path / "out"
    call("figures", results / "base", "--out", out, "--format", "svg")
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(figures, "write_drawings", interrupted)
    assert call("figures", results / "base", "--out", out).status == 130
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_results_of_other_data_draw_a_warning(results, tmp_path):
    dataset = fake_dataset("old")
    (tmp_path / "old").mkdir()
    write_netcdf(dataset, tmp_path / "old" / TRAJECTORIES)
    said = call("figures", tmp_path / "old", "--out", tmp_path / "out", "--format", "svg")
    assert said.status == 0
    assert said.error.startswith("warning: old was run with other data or equations than those installed (77aa00bb11cc")


def test_a_result_of_another_model_is_one_line(tmp_path):
    dataset = fake_dataset("old").drop_vars(["visits", "forest_carbon"])
    write_netcdf(dataset, tmp_path / TRAJECTORIES)
    said = call("figures", tmp_path)
    assert said.status == 2
    assert said.error == (
        f"{tmp_path}: the result lacks variables of the model as it is now; found forest_carbon, visits; "
        "expected a result of this version: run the scenario again\n"
    )


def test_a_broken_result_is_one_line(tmp_path):
    (tmp_path / TRAJECTORIES).write_bytes(b"not a netCDF file")
    said = call("figures", tmp_path)
    assert said.status == 2 and len(said.error.splitlines()) == 1 and "not a result file" in said.error


@pytest.fixture
def attribution(tmp_path):
    (tmp_path / "attribution").mkdir()
    write_netcdf(made_attribution(4), tmp_path / "attribution" / "attribution.nc")
    return tmp_path / "attribution"


@pytest.mark.skipif(not chinese_font.has_chinese_font(), reason="no Chinese font on this system")
def test_an_attribution_is_drawn_again_in_chinese(attribution, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = call("figures", attribution, "--lang", "zh", "--format", "svg", "--width", "89mm")
    folder = Path("results") / "figures" / "attribution-plan"
    assert (said.status, said.error, said.out) == (0, "", f"4 figures written to {folder}\n")
    assert {"contributions_output.svg", "interactions_output.md"} <= drawn(tmp_path / folder)
    caption = (tmp_path / folder / "contributions_output.md").read_text(encoding="utf-8")
    assert caption.startswith("**2035年示范区地区生产总值：各项措施的贡献**") and "研究plan的5,120次运行" in caption


def test_a_study_stands_alone_and_all_that_is_wrong_is_said(attribution, results):
    said = call("figures", results / "base", attribution, "--width", "90mm")
    assert said.status == 2
    assert said.error.splitlines() == [
        f"{attribution}: the directory of a study beside others; expected one at a time",
        "regionsim figures: --width; found 90mm; expected 89mm or 183mm",
    ]


def test_an_attribution_of_an_older_version_is_one_line(attribution):
    dataset = made_attribution(2)
    del dataset.attrs["runs"]
    write_netcdf(dataset, attribution / "attribution.nc")
    said = call("figures", attribution)
    assert said.status == 2
    assert said.error.endswith("lacks what its figures tell; found runs; expected one of this version: run it again\n")


def test_figures_of_a_study_replace_those_of_another_look_and_nothing_else(attribution, tmp_path):
    out = tmp_path / "out"
    assert call("figures", attribution, "--out", out, "--format", "svg").status == 0
    assert call("figures", attribution, "--out", out, "--format", "svg", "--style", "slides").status == 0
    (out / "notes.txt").write_text("mine")
    said = call("figures", attribution, "--out", out)
    assert said.status == 2 and "notes.txt" in said.error and (out / "notes.txt").read_text() == "mine"


OBSERVED = """adcode,variable,year,value,quality
zone,urbanization_rate,2030,0.6,official
430281,output,2025,{output:.6g},
zone,population,2025,{people:.0f},derived
"""


@pytest.fixture
def observed(results, tmp_path):
    array = indicator_array(read_netcdf(results / "base" / TRAJECTORIES)).isel(member=0).sel(year=2025)
    values = {
        "output": float(array["output"].sel(region="430281")),
        "people": float(array["population"].sel(region="zone")),
    }
    (tmp_path / "mine.csv").write_text(OBSERVED.format(**values), encoding="utf-8")
    return tmp_path / "mine.csv"


def test_own_observations_stand_in_the_figures_over_time_and_the_rest_is_told(results, observed, tmp_path):
    out = tmp_path / "out"
    said = call(
        "figures", results / "base", results / "cooperation", "--observed", observed, "--out", out, "--format", "svg"
    )
    assert said.status == 0
    assert said.error == (
        "1 of 3 observations are in no figure: population; figures show urbanization_rate, forest_cover, output\n"
    )
    for name in ("urbanization_forest_output", "counties_output"):
        assert "Observations of mine.csv: 1." in (out / f"{name}.md").read_text(encoding="utf-8"), name
    assert "mine.csv" not in (out / "counties_forest_cover.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "0.6,official",
            "60,official",
            2,
            "cannot be in the unit of indicators.csv; found 60; expected a share from 0 to 1",
        ),
        ("official", "oficial", 2, "column 'quality'; found 'oficial'; expected one of official, secondary, derived"),
        ("430281", "430280", 3, "unknown county; found '430280'"),
        ("2030", "2050", 2, "year outside the run; found 2050; expected a year from 2020 to 2035"),
    ],
)
def test_observations_that_are_wrong_are_one_line_and_nothing_is_drawn(
    results, observed, tmp_path, old, new, line, words
):
    observed.write_text(observed.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    said = call("figures", results / "base", "--observed", observed, "--out", tmp_path / "out")
    assert said.status == 2 and len(said.error.splitlines()) == 1
    assert said.error.startswith(f"{observed}:{line}: ") and words in said.error
    assert not (tmp_path / "out").exists()


def test_a_study_has_no_place_for_observations(attribution, observed):
    said = call("figures", attribution, "--observed", observed)
    assert said.status == 2
    assert said.error.startswith("regionsim figures: --observed beside the directory of a study")
