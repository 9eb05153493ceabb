"""`regionsim run` as a researcher meets it: files that are written, words that are said, exit statuses."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from command_line import BASE, PLAN, Said, call, program, write
from whole_model import run

import regionsim
from regionsim.place.agreements import agreement_keys
from regionsim.place.counties import county_codes, load_counties
from regionsim.place.rivers import reach_keys
from regionsim.results.indicator_catalogue import FURTHER_ROWS, INDICATORS
from regionsim.results.indicators import COLUMNS
from regionsim.results.netcdf_file import read_netcdf
from regionsim.results.targets import TARGETS
from regionsim.studies.model import read_scenario

YEARS = range(2020, 2036)


# --- run --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said_and_written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    """What `run` of the base scenario says, and the folder that it writes, figures included."""
    out = tmp_path_factory.mktemp("out")
    return call("run", BASE, "--out", out), out / "base"


@pytest.fixture(scope="module")
def written(said_and_written: tuple[Said, Path]) -> Path:
    return said_and_written[1]


def table_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_run_ends_well_and_says_where_its_results_are(said_and_written: tuple[Said, Path]) -> None:
    said, folder = said_and_written
    assert said.status == 0 and said.error == ""
    assert said.out.endswith(f"Written to {folder}\n")
    assert "Zone (24 counties)" in said.out and "Urbanization rate (%)" in said.out


def test_a_run_writes_its_files_and_nothing_else(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == [
        "figures",
        "indicators.csv",
        "run.json",
        "scenario.yaml",
        "trajectories.nc",
    ]
    assert [path.name for path in written.parent.iterdir()] == ["base"]


def test_a_run_draws_its_figures_in_two_formats_with_captions(written: Path) -> None:
    shown = ("urbanization_rate", "forest_cover", "output")
    names = {"urbanization_forest_output", *(f"{kind}_{name}" for kind in ("counties", "map") for name in shown)}
    names |= {"county_changes", "targets", "sector_output", "population_pyramid", "compensation_ledger", "network"}
    names.add("loops")
    figures = list((written / "figures").iterdir())
    assert {path.name for path in figures} == {f"{name}.{form}" for name in names for form in ("png", "pdf", "md")}
    starts = {".png": b"\x89PNG", ".pdf": b"%PDF"}
    for path in figures:
        if path.suffix in starts:
            assert path.read_bytes().startswith(starts[path.suffix]) and path.stat().st_size > 5_000, path.name


def test_the_table_has_every_indicator_of_every_region_and_year_once(written: Path) -> None:
    rows = table_of(written)
    assert tuple(rows[0]) == COLUMNS == ("scenario", "region_type", "region", "year", "variable", "unit", "value")
    assert {row["scenario"] for row in rows} == {"base"}
    regions = {(row["region_type"], row["region"]) for row in rows}
    places = {
        *(("county", code) for code in county_codes()),
        ("province", "Hunan"),
        ("province", "Jiangxi"),
        ("zone", "zone"),
    }
    keys_of = {"section": reach_keys(), "agreement": agreement_keys()}
    further = {each.name: {(each.region_type, key) for key in keys_of[each.region_type]} for each in FURTHER_ROWS}
    assert regions == places.union(*further.values())
    units = {(each.name, each.unit) for each in INDICATORS} | {(each.name, each.unit) for each in FURTHER_ROWS}
    targets = {(f"target_{target.name}", "1 = attained") for target in TARGETS}
    assert {(row["variable"], row["unit"]) for row in rows} == units | targets
    keys = {(row["region_type"], row["region"], int(row["year"]), row["variable"]) for row in rows}
    wanted = {(*place, year, each.name) for place in places for year in YEARS for each in INDICATORS}
    wanted |= {(*place, year, name) for name, found in further.items() for place in found for year in YEARS}
    # The plan's targets are asked of the zone and of the part that the plan governs.
    governed = (("zone", "zone"), ("province", "Jiangxi"))
    wanted |= {(*place, target.year, f"target_{target.name}") for target in TARGETS for place in governed}
    assert keys == wanted and len(rows) == len(wanted)


def test_the_table_holds_the_numbers_of_the_model(written: Path) -> None:
    values = {(row["region"], int(row["year"]), row["variable"]): float(row["value"]) for row in table_of(written)}
    assert all(np.isfinite(list(values.values())))
    base = run()
    for k, code in enumerate(county_codes()):
        assert values[code, 2035, "population"] == pytest.approx(base["population"][15, k], rel=1e-11)
        assert values[code, 2030, "forest_cover"] == pytest.approx(base["forest_cover"][10, k], rel=1e-11)
    assert values["zone", 2035, "output"] == pytest.approx(base.total("output")[15] / 100, rel=1e-11)
    in_hunan = [county.province == "Hunan" for county in load_counties()]
    urban, all_residents = (base[name][15, in_hunan].sum() for name in ("urban_population", "population"))
    assert values["Hunan", 2035, "urbanization_rate"] == pytest.approx(urban / all_residents, rel=1e-11)


def test_the_trajectories_open_with_labels_units_and_where_they_come_from(written: Path) -> None:
    dataset = read_netcdf(written / "trajectories.nc")
    assert dict(dataset["population"].sizes) == {"member": 1, "year": 16, "county": 24}
    assert dataset["population"].attrs["units"] == "person" and dataset["population"].attrs["long_name"]
    assert dataset["county"].values.tolist() == list(county_codes())
    assert np.array_equal(dataset["population"].values[0], run()["population"])
    assert {*run().model.stocks, *run().model.equations} <= set(map(str, dataset.data_vars))
    assert dataset.attrs["scenario_hash"] == read_scenario(BASE).content_hash()


def test_the_record_says_what_the_run_rests_on(written: Path) -> None:
    record = json.loads((written / "run.json").read_text(encoding="utf-8"))
    settings = {key: record[key] for key in ("scenario", "start", "end", "step", "method", "seed", "members")}
    assert settings == {
        "scenario": "base",
        "start": 2020,
        "end": 2035,
        "step": 0.25,
        "method": "euler",
        "seed": 0,
        "members": 1,
    }
    assert record["scenario_hash"] == read_scenario(BASE).content_hash() and len(record["data_hash"]) == 64
    assert record["source_files"] == ["base.yaml"] and record["versions"]["regionsim"] == regionsim.__version__
    residuals = record["largest_ledger_residuals"]
    assert set(residuals) == set(run().model.ledgers) and max(residuals.values()) < 1e-9


def test_the_scenario_beside_the_results_is_the_one_that_was_run(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "name: mine\nextends: base.yaml\ntransport:\n  长赣高铁: {opens: 2029.5}\n"
        "parameters:\n  access_decay: 1.2\n  fertility_index: {scale: 1.1}\n",
    )
    assert call("run", file, "--no-figures", "--out", tmp_path / "out").status == 0
    before, after = read_scenario(file), read_scenario(tmp_path / "out" / "mine" / "scenario.yaml")
    assert after.content_hash() == before.content_hash() != read_scenario(BASE).content_hash()
    assert after == before
    again = call("run", tmp_path / "out" / "mine" / "scenario.yaml", "--no-figures", "--out", tmp_path / "again")
    assert again.status == 0
    first, second = (tmp_path / name / "mine" / "indicators.csv" for name in ("out", "again"))
    assert first.read_bytes() == second.read_bytes()


def test_a_run_twice_gives_the_same_bits(written: Path, tmp_path: Path) -> None:
    assert call("run", BASE, "--no-figures", "--out", tmp_path).status == 0
    again = tmp_path / "base"
    assert not (again / "figures").exists()
    assert (again / "indicators.csv").read_bytes() == (written / "indicators.csv").read_bytes()
    one, two = (read_netcdf(folder / "trajectories.nc") for folder in (written, again))
    assert one.identical(two)


def test_a_run_as_a_program_writes_into_results_of_its_folder_and_says_nothing_aside(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    write(tmp_path / "far", "name: mine\nextends: base.yaml\nparameters: {access_decay: 1.2}\n")
    said = program("run", "far/mine.yaml", "--no-figures", folder=tmp_path)
    assert (said.status, said.error) == (0, "")
    assert said.out.startswith("mine (scenario mine)\n")
    assert (tmp_path / "results" / "mine" / "indicators.csv").is_file()


def test_a_run_replaces_an_older_result_and_nothing_else(tmp_path: Path) -> None:
    for _ in range(2):
        assert call("run", BASE, "--no-figures", "--out", tmp_path).status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["base"]
    (tmp_path / "base" / "thesis.docx").write_text("three years", encoding="utf-8")
    said = call("run", BASE, "--no-figures", "--out", tmp_path)
    assert said.status == 2 and said.out == ""
    assert (
        said.error.startswith(f"{tmp_path / 'base'}: writing results here would delete") and "thesis.docx" in said.error
    )
    assert (tmp_path / "base" / "thesis.docx").is_file()


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_everything_wrong_in_a_file_is_said_at_once_each_on_a_line_and_nothing_is_written(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "name: mine\nextends: base.yaml\ntransprt: {}\ntransport:\n  changsha-ganzou-railway: {opens: 2030}\n"
        "parameters:\n  acess_decay: 1.2\n  residence_fertility_ratio: {value: {urbn: 1}}\n",
    )
    said = call("run", file, "--out", tmp_path / "out")
    assert (said.status, said.out) == (2, "")
    assert said.error.splitlines() == [
        f"{file}:3: unknown key 'transprt'; did you mean 'transport'?",
        f"{file}:5: unknown transport project 'changsha-ganzou-railway'; did you mean 'changsha-ganzhou-railway'?",
        f"{file}:7: unknown parameter 'acess_decay'; did you mean 'access_decay'?",
        f"{file}:8: unknown residence 'urbn' in key 'parameters.residence_fertility_ratio.value'; "
        "did you mean 'urban'?",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "check"])
def test_wrong_words_on_border_compensation_and_shocks_are_said_each_on_a_line(command: str, tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "name: mine\nextends: base.yaml\nborder: {travel: 3, start: 2036}\ncompensation:\n"
        "  lushui-secnd-round: {scale: 2}\n  miluo: {price: 0.8 million CNY_2020}\n"
        "shocks:\n  lithium-prise: 2\n  flood: {value: {Lilin: 1}}\n",
    )
    said = call(command, file)
    assert (said.status, said.out) == (2, "")
    assert said.error.splitlines() == [
        f"{file}:3: key 'border.travel'; found 3; expected at most 2",
        f"{file}:3: year outside the run: 'start' of the border; found 2036; "
        f"expected a year after 2020, to 2035 ({tmp_path / 'base.yaml'}:6)",
        f"{file}:5: unknown agreement 'lushui-secnd-round'; did you mean 'lushui-second-round'?",
        f"{file}:6: key 'compensation.miluo.price'; found '0.8 million CNY_2020'; "
        "expected a unit that can be converted to 'million CNY_2020/month'",
        f"{file}:8: unknown shock 'lithium-prise'; did you mean 'lithium-price'?",
        f"{file}:9: unknown county 'Lilin' in key 'shocks.flood.value'; did you mean 'Liling'?",
    ]


@pytest.mark.parametrize("command", ["run", "check", "compare"])
def test_a_missing_file_is_one_line(command: str, tmp_path: Path) -> None:
    said = call(command, tmp_path / "nowhere.yaml")
    assert (said.status, said.out) == (2, "")
    assert said.error == f"{tmp_path / 'nowhere.yaml'}: the file does not exist\n"


def test_a_run_outside_the_years_of_the_model_is_refused_where_it_is_written(tmp_path: Path) -> None:
    file = write(tmp_path, "name: mine\nextends: base.yaml\nrun:\n  start: 2025\n  end: 2040\n")
    said = call("run", file, "--out", tmp_path / "out")
    assert (said.status, said.out) == (2, "")
    assert said.error.splitlines() == [
        f"{file}:4: key 'run.start'; found 2025; expected 2010 or 2020, the years of the censuses that a run can start "
        "from",
        f"{file}:5: key 'run.end'; found 2040; expected 2035 or earlier, since who is born later has no cohort in the "
        "model",
    ]
    parent = write(tmp_path, "name: later\nextends: mine.yaml\nrun: {start: 2020}\n", "later.yaml")
    assert call("check", parent).error.splitlines() == said.error.splitlines()[1:]


@pytest.mark.parametrize("below", [".", "deeper/still"])
def test_results_cannot_be_written_into_a_file(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    out = tmp_path / "file" / below
    for arguments in (("run", BASE), ("compare", BASE, PLAN)):
        said = call(*arguments, "--no-figures", "--out", out)
        assert (said.status, said.out) == (2, "")
        assert (
            said.error == f"{out}: the folder for the results; found the file {tmp_path / 'file'}; expected a folder\n"
        )


def test_a_folder_without_permission_is_refused_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    said = call("run", BASE, "--no-figures", "--out", tmp_path / "out")
    assert (said.status, said.out) == (2, "")
    assert "cannot be written into" in said.error and str(tmp_path) in said.error


def test_a_disk_that_fails_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", str(tmp_path / "indicators.csv"))

    monkeypatch.setattr("regionsim.studies.run.write_run", full)
    said = call("run", BASE, "--no-figures", "--out", tmp_path)
    assert said.status == 1
    assert said.error == f"{tmp_path / 'indicators.csv'}: No space left on device\n"


def test_a_run_that_breaks_down_says_what_where_and_when(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "name: mine\nextends: base.yaml\nparameters:\n"
        "  depreciation_rate: {value: {industry: 9}, outside_range: true}\n",
    )
    said = call("run", file, "--no-figures", "--out", tmp_path / "out")
    assert said.status == 1 and said.out == ""
    assert said.error.startswith("the run stopped: the stock 'capital' is -") and said.error.count("\n") == 1
    assert "sector industry" in said.error and not (tmp_path / "out" / "mine").exists()


def test_a_wrong_call_shows_how_to_call() -> None:
    said = call("run")
    assert said.status == 2 and "Missing argument 'SCENARIO'" in said.error
    assert call("list", "countries").status == 2


def test_as_a_program_too_problems_have_status_2_and_no_traceback(tmp_path: Path) -> None:
    said = program("run", "nowhere.yaml", folder=tmp_path)
    assert said == Said(2, "", "nowhere.yaml: the file does not exist\n")
