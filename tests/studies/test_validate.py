"""`regionsim validate --observed`: made-up observations with known errors, and files that are wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import xarray
from command_line import call
from whole_model import SCENARIOS

from regionsim.place.counties import county_codes, load_counties
from regionsim.results.indicator_catalogue import INDICATORS
from regionsim.results.indicators import indicator_array
from regionsim.results.netcdf_file import read_netcdf, write_netcdf
from regionsim.studies.run import run_scenario
from regionsim.studies.validate.assess import COUNTIES, Assessment, assess, levels_of
from regionsim.studies.validate.benchmarks import Benchmark
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.pairs import Levels

HEADER = "adcode,variable,year,value\n"
LIANHUA, LILING = "360321", "430281"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the trajectories of the run as built, as far as indicators need them."""
    folder = tmp_path_factory.mktemp("as-built")
    needed = sorted({name for indicator in INDICATORS for name in indicator.needs})
    write_netcdf(run_scenario(SCENARIOS / "as-built.yaml").dataset[needed], folder / "trajectories.nc")
    return folder


@pytest.fixture(scope="module")
def levels(results: Path) -> Levels:
    """What the run says by year and region."""
    return levels_of(read_netcdf(results / "trajectories.nc"))


@pytest.fixture(scope="module")
def modelled(results: Path) -> xarray.Dataset:
    """Its indicators by year and region."""
    return indicator_array(read_netcdf(results / "trajectories.nc")).isel(member=0)


def value(modelled: xarray.Dataset, name: str, region: str, year: int) -> float:
    return float(modelled[name].sel(region=region, year=year))


def scored(levels: Levels, rows: list[tuple[str, str, int, float]], uncertainty: float = float("nan")) -> Assessment:
    """The one indicator of these rows (region, variable, year, value), scored."""
    [assessment] = assess([Observation(2 + k, *row, uncertainty) for k, row in enumerate(rows)], levels)
    return assessment


def test_known_errors_come_out_as_scores(levels: Levels, modelled: xarray.Dataset) -> None:
    # The model is 25 % too high everywhere: what was observed is its value over 1.25.
    rows = [(code, "population", 2023, value(modelled, "population", code, 2023) / 1.25) for code in county_codes()]
    found = scored(levels, rows, 0.1).scores
    assert found[COUNTIES, "mape"].value == pytest.approx(0.25) and found[COUNTIES, "mape"].n == 24
    assert found[LIANHUA, "bias"].value == pytest.approx(0.2 * value(modelled, "population", LIANHUA, 2023))
    assert found[COUNTIES, "root_mean_square_z"].value == pytest.approx(2.5)
    assert found[COUNTIES, "share_within_two_uncertainties"].value == 0
    shares = [found[COUNTIES, f"{part}_share"].value for part in ("bias", "variance", "covariance")]
    assert sum(shares) == pytest.approx(1) and shares[2] == pytest.approx(0, abs=1e-9)


def test_a_world_that_stood_still_is_the_last_value_and_beats_the_model(
    levels: Levels, modelled: xarray.Dataset
) -> None:
    rows = [(code, "output", 2024, 1.001 * value(modelled, "output", code, 2020)) for code in county_codes()]
    assessment = scored(levels, rows)
    outcomes = {each.name: each.outcome for each in assessment.verdicts}
    assert outcomes["beats_last_value"] == outcomes["better_than_no_change"] == "fail"
    assert outcomes["beats_county_trend"] == outcomes["within_uncertainty"] == "not testable"


def test_the_trend_is_that_between_the_censuses(levels: Levels, modelled: xarray.Dataset) -> None:
    counted = {2010: 0.0, 2020: 0.0}
    file = Path(__file__).parents[2] / "src" / "regionsim" / "place" / "data" / "census_age_sex.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["adcode"] == LIANHUA:
                counted[int(row["year"])] += float(row["persons"])
    forecast = scored(levels, [(LIANHUA, "population", 2025, 2e5)]).forecasts[Benchmark.COUNTY_TREND]
    assert forecast.values[0] == pytest.approx(counted[2020] * (counted[2020] / counted[2010]) ** 0.5)


def test_the_growth_of_a_province_is_the_published_one_where_there_is_one(
    levels: Levels, modelled: xarray.Dataset
) -> None:
    people = scored(levels, [(LILING, "population", 2023, 9e5)]).forecasts[Benchmark.PROVINCE_GROWTH]
    assert people.values[0] == pytest.approx(value(modelled, "population", LILING, 2020) * 65_680_000 / 66_444_864)
    share = scored(levels, [(LILING, "urbanization_rate", 2022, 0.6)]).forecasts[Benchmark.PROVINCE_GROWTH]
    assert share.values[0] == pytest.approx(value(modelled, "urbanization_rate", LILING, 2020) + 0.0155)


def test_the_growth_of_a_province_is_else_that_of_all_its_observed_counties(
    levels: Levels, modelled: xarray.Dataset
) -> None:
    hunan = [county.code for county in load_counties() if county.province == "Hunan"]
    rows = [(code, "output", 2022, 1.1 * value(modelled, "output", code, 2020)) for code in hunan]
    forecast = scored(levels, rows).forecasts[Benchmark.PROVINCE_GROWTH]
    assert forecast.values == pytest.approx([row[3] for row in rows]) and "sum over all counties" in forecast.basis
    some = scored(levels, rows[:-1]).forecasts[Benchmark.PROVINCE_GROWTH]
    assert not some.known.any() and "9 of its 10 counties" in some.missing


def test_the_observed_total_of_a_province_is_no_benchmark_for_itself(levels: Levels, modelled: xarray.Dataset) -> None:
    rows = [("Hunan", "output", 2022, 4000.0), (LILING, "output", 2022, 800.0)]
    forecast = scored(levels, rows).forecasts[Benchmark.PROVINCE_GROWTH]
    assert forecast.known.tolist() == [False, True]


def test_few_counties_give_scores_but_no_verdict(levels: Levels) -> None:
    assessment = scored(levels, [(LIANHUA, "population", 2023, 230_000.0)])
    found = {each.name: each for each in assessment.verdicts}
    assert found["beats_last_value"].outcome == "not testable"
    assert found["beats_last_value"].words == "1 of at least 3 counties"
    assert assessment.scores[COUNTIES, "bias_share"].why == "1 row; a split of the error takes 3"
    assert assessment.scores[COUNTIES, "rmse"].value > 0


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_scores_for_readers_and_for_programs(
    results: Path, modelled: xarray.Dataset, tmp_path: Path
) -> None:
    lines = [
        f"{code},{name},2023,{value(modelled, name, code, 2023) / 1.25!r},official"
        for name in ("population", "urbanization_rate")
        for code in county_codes()
    ]
    file = tmp_path / "observed.csv"  # with the mark and the line ends of a spreadsheet program
    file.write_bytes("\r\n".join(["\ufeffadcode,variable,year,value,quality", *lines, ",,,,", ""]).encode())
    said = call("validate", results, "--observed", file, "--out", tmp_path / "out")
    assert said.status == 0 and said.error == ""
    assert "25.00 %" in said.out and "scored as a forecast alone" in said.out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "figures",
        "scores.csv",
        "scores.md",
        "validation.json",
    ]
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        table = {(row["variable"], row["region"], row["score"]): row for row in csv.DictReader(stream)}
    assert float(table["population", "counties", "mape"]["value"]) == pytest.approx(0.25)
    assert table["urbanization_rate", LIANHUA, "rmse"]["n"] == "1"
    record = json.loads((tmp_path / "out" / "validation.json").read_text(encoding="utf-8"))
    assert record["scenario"] == "as-built" and record["observations_scored"] == 48
    assert {each["outcome"] for each in record["tests"]} <= {"pass", "fail", "not testable"}
    figures = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
    assert figures == {f"{name}.{form}" for name in ("population", "urbanization_rate") for form in ("png", "pdf")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty; expected the columns adcode, variable, year, value"),
        (HEADER.encode(), "the file has no rows of observations"),
        (b"adcode,variable,yaer,value\n", ":1: column 'year' is missing; found adcode, variable, yaer, value; did"),
        (b"\xff\xfea\x00", ":1: the text cannot be read; found the byte 0xff; expected a file in UTF-8"),
        (b"360999,population,2022,5\n", ":2: unknown county; found '360999'; expected a six-digit county code"),
        ("莲花县,population,2022,5\n".encode(), "Hunan, Jiangxi or zone; did you mean '360321'?"),
        (b"360321,populaton,2022,5\n", "a variable of indicators.csv; did you mean 'population'?"),
        (b"360321,population,2019,5\n", ":2: year outside the run; found 2019; expected a year from 2020 to 2035"),
        (b"360321,population,2022.5,5\n", ":2: column 'year'; found '2022.5'; expected a whole number"),
        (b"360321,population,2022,n/a\n", ":2: column 'value'; found 'n/a'; expected a number"),
        (b"360321,population,2022\n", ":2: column 'value'; found ''; expected a number"),
        (b"360321,population,2022,2e5\n" * 2, ":3: population of 360321 in 2022 stands twice; found also on line 2"),
        (b"360321,urbanization_rate,2022,57.3\n", ":2: urbanization_rate of 360321 in 2022 cannot be in the unit of"),
        (b"360321,output,2022,7301.7\n", "found 7301.7; expected a value nearer to the 63"),
        (b"360321,population,2020,5e5\n", "nothing can be scored; expected a row of a year after the base year 2020"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_one_line_and_nothing_is_written(
    results: Path, tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "observed.csv"
    whole = content if content[:2] in (b"", b"\xff\xfe", b"ad") else HEADER.encode() + content
    file.write_bytes(whole)
    said = call("validate", results, "--observed", file, "--out", tmp_path / "out")
    assert said.status == 2 and said.out == "" and len(said.error.splitlines()) == 1
    assert said.error.startswith(str(file)) and message in said.error
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_is_said_at_once(results: Path, tmp_path: Path) -> None:
    file = tmp_path / "observed.csv"
    file.write_text(HEADER + "1,population,2022,5\n360321,people,1999,x\n", encoding="utf-8")
    said = call("validate", results, "--observed", file, "--out", tmp_path / "out")
    assert said.status == 2 and len(said.error.splitlines()) == 4


def test_a_scenario_without_a_file_of_observations_is_told_what_it_needs() -> None:
    said = call("validate", "scenarios/plan.yaml")
    assert said.status == 2
    assert said.error == (
        "regionsim validate: one scenario is scored against observations; found scenarios/plan.yaml; expected "
        "--observed FILE.csv with the columns adcode, variable, year, value; or no scenario, for the dossier\n"
    )


def test_where_the_default_scenario_is_not_there_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("validate", "--observed", "observed.csv")
    assert said.status == 2 and said.error.startswith("scenarios/as-built.yaml: the scenario that is scored by default")
