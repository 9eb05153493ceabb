"""A run with members: the scenario itself and what is drawn around it."""

import json
from pathlib import Path

import numpy as np
import pandas
import pytest
import xarray
from command_line import call

from regionsim.results.drawn_members import drawn_members
from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.fan import fan_draws, run_members
from regionsim.studies.model import read_scenario
from regionsim.studies.run import run_checked
from regionsim.studies.sweep import room

PLAIN = read_scenario("scenarios/base.yaml")


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    """A scenario that ends in 2022."""
    path = tmp_path_factory.mktemp("fan") / "short.yaml"
    base = Path("scenarios").resolve().as_posix()
    path.write_text(f"extends: {base}/base.yaml\nrun: {{end: 2022}}\n", encoding="utf-8")
    return path


def test_the_first_member_is_the_scenario_and_the_others_are_drawn(short):
    scenario = read_scenario(short)
    fan = run_members(scenario, 4, seed=1)
    alone = run_checked(scenario).dataset
    for name in ("population", "sector_output", "forest_area"):
        np.testing.assert_allclose(fan.dataset[name].values[0], alone[name].values[0], rtol=1e-13)
    last = fan.dataset["output"].values[:, -1].sum(axis=1)
    assert len(set(last.tolist())) == 4


def test_the_spread_is_of_the_members_that_were_drawn():
    def of(members, **about):
        coordinate = {"member": np.asarray(members)}
        return xarray.Dataset({"people": ("member", np.asarray(members) * 10)}, coords=coordinate, attrs=about)

    assert drawn_members(of([0, 2, 3], draws_hash="ab"))["people"].values.tolist() == [20, 30]
    for whole in (of([0]), of([0, 1, 2]), of([0, 2], draws_hash="ab"), xarray.Dataset()):
        assert drawn_members(whole) is whole


def test_draws_are_a_latin_hypercube_of_the_seed():
    draws = fan_draws(PLAIN, 21, 7)
    assert all(np.isnan(values[0]) for values in draws.values())
    share = draws["participation_share"][1:]
    assert share.min() >= 0.68 and share.max() <= 0.84 and len(set(share.tolist())) == 20
    np.testing.assert_array_equal(draws["participation_share"], fan_draws(PLAIN, 21, 7)["participation_share"])
    assert not np.array_equal(draws["participation_share"], fan_draws(PLAIN, 21, 8)["participation_share"])


def test_machine_code_draws_the_same_fan():
    pytest.importorskip("llvmlite")
    reference, compiled = (run_members(PLAIN, 3, seed=1, engine=engine) for engine in ("reference", "compiled"))
    assert compiled.record["engine"] == "compiled"
    for name, values in reference.dataset.items():
        np.testing.assert_allclose(compiled.dataset[name].values, values.values, rtol=1e-9)


def test_a_run_with_members_writes_the_spread_beside_the_indicators(short, tmp_path):
    said = call("run", short, "--members", 5, "--seed", 3, "--out", tmp_path, "--no-figures", "--processes", 1)
    assert said.status == 0 and "Medians of 4 drawn members." in said.out
    directory = tmp_path / "short"
    record = json.loads((directory / "run.json").read_text(encoding="utf-8"))
    assert (record["members"], record["seed"], record["failed_members"]) == (5, 3, {})
    assert record["engine"] == "reference"  # so few are not worth machine code
    stored = read_netcdf(directory / "trajectories.nc")
    assert stored["member"].values.tolist() == [0, 1, 2, 3, 4]
    people = stored["population"].values[1:, -1].sum(axis=1)  # the first is no draw
    keys = "variable == 'population' and region == 'zone' and year == 2022"
    (spread,) = pandas.read_csv(directory / "quantiles.csv").query(keys).itertuples()
    (middle,) = pandas.read_csv(directory / "indicators.csv").query(keys).itertuples()
    assert spread.p50 == pytest.approx(np.median(people)) == pytest.approx(middle.value)
    assert (spread.p95, spread.n) == (pytest.approx(np.quantile(people, 0.95)), 4)
    members = pandas.read_csv(directory / "members.csv")
    assert members["participation_share"].isna().tolist() == [True, False, False, False, False]
    again = call("run", short, "--out", tmp_path, "--no-figures")
    assert again.status == 0 and not (directory / "quantiles.csv").exists()


def test_one_draw_beside_the_scenario_is_a_run_too(short, tmp_path):
    said = call("run", short, "--members", 2, "--no-figures", "--out", tmp_path)
    assert said.status == 0 and (tmp_path / "short" / "quantiles.csv").exists()


def test_more_members_than_the_memory_holds_are_refused_before_any_is_drawn(short, tmp_path, monkeypatch):
    monkeypatch.setattr(room, "available_memory", lambda: 1_000_000_000)
    said = call("run", short, "--members", 50_000_000, "--out", tmp_path)
    assert said.status == 2
    assert said.error.startswith(f"{short}: 50,000,000 members do not fit; found ")
    assert "GB of memory needed, 0.9 GB free; expected at most " in said.error


def test_members_that_fail_are_left_out_counted_and_named(short, monkeypatch):
    from regionsim.studies import fan as module

    draws = fan_draws(PLAIN, 4, 1)
    draws["capital_elasticity"] = np.array([np.nan, 1.0, 30.0, 1.0])
    monkeypatch.setattr(module, "fan_draws", lambda scenario, members, seed: draws)
    fan = run_members(read_scenario(short), 4, seed=1)
    assert sorted(fan.failures) == [2]
    assert fan.dataset["member"].values.tolist() == [0, 1, 3]
    assert np.isfinite(fan.dataset["output"].values).all()
    assert fan.record["members"] == 4 and "perceived_wage" in fan.record["failed_members"]["2"]
    assert module.failed_note(fan).startswith("1 of 4 members failed and are left out, the first of them 2: the stock")
    assert set(fan.tables["quantiles.csv"]["failed"]) == {1}
