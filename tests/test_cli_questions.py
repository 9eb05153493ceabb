"""The other commands: compare, check, explain, list, and help."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import BASE, PLAN, Said, call, write
from whole_model import SCENARIOS, run

import regionsim
from regionsim.place.counties import load_counties
from regionsim.place.hubs import load_hubs
from regionsim.place.projects import load_projects
from regionsim.results.indicators import COLUMNS
from regionsim.studies.model import evidence

HEAVY = ("numpy", "pandas", "matplotlib", "xarray", "scipy", "pydantic", "pint", "ruamel", "netCDF4", "tqdm")


# --- compare ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    out = tmp_path_factory.mktemp("compared")
    return call("compare", BASE, PLAN, "--no-figures", "--out", out), out


def test_a_comparison_writes_every_run_and_the_differences(compared: tuple[Said, Path]) -> None:
    said, out = compared
    assert said.status == 0 and said.error == ""
    assert sorted(path.name for path in out.iterdir()) == ["base", "compare-base-plan", "plan"]
    comparison = out / "compare-base-plan"
    assert sorted(path.name for path in comparison.iterdir()) == ["comparison.csv", "comparison.txt"]
    assert said.out.startswith((comparison / "comparison.txt").read_text(encoding="utf-8"))
    with (comparison / "comparison.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == (*COLUMNS, "difference")
    access = {
        row["scenario"]: float(row["difference"])
        for row in rows
        if (row["region"], row["year"], row["variable"]) == ("zone", "2035", "market_access")
    }
    assert access["base"] == 0 and 0.005 < access["plan"] < 0.2


def test_a_comparison_of_equal_scenarios_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, "name: same\nextends: base.yaml\nparameters: {access_decay: {scale: 1}}\n", "same.yaml")
    said = call("compare", BASE, file, "--no-figures", "--out", tmp_path / "out")
    assert said.status == 0
    assert "same has the same outcome as base in every county and year." in said.out


def test_a_comparison_needs_two_scenarios_with_two_names(tmp_path: Path) -> None:
    one = call("compare", BASE, "--out", tmp_path)
    assert one == Said(2, "", f"{BASE}: nothing to compare with; found one scenario; expected two or more\n")
    twice = call("compare", BASE, BASE, "--out", tmp_path)
    assert twice.status == 2 and "two scenarios have the same name; found base" in twice.error
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_that_would_delete_something_is_refused_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "compare-base-plan").mkdir()
    (tmp_path / "compare-base-plan" / "notes.txt").write_text("mine", encoding="utf-8")
    said = call("compare", BASE, PLAN, "--no-figures", "--out", tmp_path)
    assert (said.status, said.out) == (2, "") and "notes.txt" in said.error
    assert [path.name for path in tmp_path.iterdir()] == ["compare-base-plan"]


# --- check, explain, list ---------------------------------------------------------------------------------------------


def test_every_scenario_of_the_project_and_the_units_of_the_model_are_in_order() -> None:
    files = sorted(SCENARIOS.glob("*.yaml"))
    said = call("check", *files)
    # Without a border the plan's work on the border does nothing, and that is told.
    told = [line.split("'")[1] for line in said.error.splitlines()]
    assert (said.status, told) == (0, ["19-social-security", "S1-organization"])
    assert [line.split(": ")[0] for line in said.out.splitlines()] == [str(file) for file in files]
    assert all(line.endswith("names, axes, units and loops agree") for line in said.out.splitlines())


def test_check_tells_the_problems_of_all_files_and_the_good_ones_too(tmp_path: Path) -> None:
    file = write(tmp_path, "name: mine\nextends: base.yaml\nparameters: {acess_decay: 1}\n")
    said = call("check", BASE, file, tmp_path / "nowhere.yaml")
    assert said.status == 2
    assert said.out.startswith(f"{BASE}: scenario 'base'") and said.out.count("\n") == 1
    assert said.error.splitlines() == [
        f"{file}:3: unknown parameter 'acess_decay'; did you mean 'access_decay'?",
        f"{tmp_path / 'nowhere.yaml'}: the file does not exist",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("forest_area", ("forest_area: stock", "unit    ha", "in      afforestation", "file    equations/forest.py:")),
        ("afforestation", ("afforestation: equation", "plan    measure 12-ecosystem-quality", "inputs", "ha/year")),
        ("forest_closing_rate", ("constant", "value   0.04", "range   0.01 to 0.1", "parameter_evidence:a_F")),
        ("fertility_index", ("path", "2020: 0.92")),
        ("mortality_by_age", ("table", "inputs that are made from it before the run")),
        ("people", ("people: ledger", "stocks")),
        ("initial_forest_area", ("constant", "quality", "source")),
    ],
)
def test_explain_says_what_a_name_is(name: str, words: tuple[str, ...]) -> None:
    said = call("explain", name)
    assert (said.status, said.error) == (0, "")
    assert said.out.startswith(f"{name}: ")
    for word in words:
        assert word in said.out, word


def test_explain_shows_the_values_of_a_scenario(tmp_path: Path) -> None:
    file = write(tmp_path, "name: mine\nextends: base.yaml\nparameters: {forest_closing_rate: 0.07}\n")
    assert "value   0.07" in call("explain", "forest_closing_rate", "--scenario", file).out


def test_explain_takes_several_words_as_they_come() -> None:
    assert call("explain", "rural", "sewage").out == call("explain", "8-rural-revitalization.rural-sewage").out


def test_explain_of_what_nothing_is_called_and_no_text_holds_is_refused_in_one_line() -> None:
    said = call("explain", "绿萝萝")
    assert (said.status, said.out) == (2, "")
    assert said.error == (
        "regionsim explain: unknown name; found '绿萝萝'; expected a name of the model, the plan or the place, "
        "or words that one of their texts holds\n"
    )


def test_the_list_of_measures_shows_the_projects_of_measure_14_below() -> None:
    below = call("list", "measures").out.partition("\nprojects of 14-transport\n")[2].splitlines()
    assert below[0].split() == ["slug", "name_zh", "state", "opens", "cost", "shortens_a_time"]
    assert len(below) == 14 and below[1].startswith("changsha-ganzhou-railway  ")


def test_explain_knows_the_nearest_name() -> None:
    said = call("explain", "forest_aera")
    assert said.status == 2 and said.error.count("\n") == 1 and "did you mean 'forest_area'?" in said.error


LISTED = {
    "counties": ("code", lambda: [county.code for county in load_counties()]),
    "hubs": ("hub", lambda: [hub.key for hub in load_hubs()]),
    "parameters": ("name", lambda: list(evidence())),
    "projects": ("slug", lambda: [project.slug for project in load_projects()]),
    "scenarios": ("name", lambda: sorted(path.stem for path in SCENARIOS.glob("*.yaml"))),
}


@pytest.mark.parametrize("kind", LISTED)
def test_a_list_has_everything_as_text_and_as_json(kind: str) -> None:
    key, expected = LISTED[kind]
    rows = json.loads(call("list", kind, "--json", "--folder", SCENARIOS).out)
    assert [row[key] for row in rows] == expected()
    lines = call("list", kind, "--folder", SCENARIOS).out.splitlines()
    assert len(lines) == len(rows) + 1 and lines[0].split()[0] == next(iter(rows[0]))


def test_the_list_of_variables_has_every_stock_equation_and_ledger() -> None:
    rows = json.loads(call("list", "variables", "--json").out)
    kinds = {row["name"]: row["kind"] for row in rows}
    model = run().model
    assert {name for name, kind in kinds.items() if kind == "stock"} == set(model.stocks)
    assert {name for name, kind in kinds.items() if kind == "equation"} == set(model.equations)
    assert {name for name, kind in kinds.items() if kind == "ledger"} == set(model.ledgers)


def test_a_folder_of_scenarios_that_is_missing_or_holds_a_wrong_one_is_a_problem(tmp_path: Path) -> None:
    assert call("list", "scenarios", "--folder", tmp_path / "nowhere").status == 2
    write(tmp_path, "name: mine\nextends: bse.yaml\n")
    said = call("list", "scenarios", "--folder", tmp_path)
    assert said.status == 2 and "did you mean 'base.yaml'?" in said.error


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", ["--help", "run --help", "--version"])
def test_help_imports_nothing_heavy(arguments: str, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom regionsim.cli import main\n"
        f"try:\n    main({arguments.split()!r}, prog_name='regionsim')\n"
        "except SystemExit as end:\n    status = end.code\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\nsys.exit(status)"
    )
    source = str(Path(regionsim.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 and done.stdout
    assert not {name for name in HEAVY if f"'{name}'" in done.stderr}
    assert "'click'" in done.stderr


def test_help_names_every_command() -> None:
    said = call("--help")
    assert said.status == 0
    for command in ("run", "compare", "check", "explain", "list"):
        assert f"\n  {command} " in said.out
