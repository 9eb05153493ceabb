"""What measures contribute: subsets are runs of their own, contributions add up, and nothing is lost on the way."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pytest
from command_line import call

from regionsim.engine.guard import SimulationError
from regionsim.engine.integrate import simulate
from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.attribute import run as attribution_run
from regionsim.studies.attribute.game import pairs
from regionsim.studies.attribute.study import read_study
from regionsim.studies.attribute.subsets import Game
from regionsim.studies.model import build_model

SCENARIOS = Path("scenarios").resolve().as_posix()
PLAN = f"""\
name: short-plan
extends: {SCENARIOS}/base.yaml
run: {{end: 2026}}
measures:
  5-modern-services: {{}}
  10-towns: {{start: 2023, strength: 0.5}}
  12-ecosystem-quality: {{}}
  14-transport: {{}}
  S2-policy-support: {{}}
"""
STUDY = """\
name: small
title: {en: Small, zh: 小}
scenario: plan.yaml
measures: [12-ecosystem-quality, 14-transport]
groups: {towns-and-services: [10-towns, 5-modern-services]}
outputs: {variables: [population, output, forest_cover, water_quality], regions: [zone, 莲花县], years: [2024, 2026]}
"""
PLAYERS = ("12-ecosystem-quality", "14-transport", "towns-and-services")


def write(folder, text, name="study.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a study and its scenario, which ends in 2026."""
    folder = tmp_path_factory.mktemp("attribution")
    write(folder, PLAN, "plan.yaml")
    write(folder, STUDY)
    return folder


@pytest.fixture(scope="module")
def exact(folder):
    """The directory of the attribution by all subsets; tests must not change it."""
    done = call("attribute", folder / "study.yaml", "--out", folder / "exact", "--processes", 1)
    assert done.status == 0, done.error
    return folder / "exact" / "small"


@pytest.fixture(scope="module")
def sampled(folder):
    """The directory of the attribution by orders at random."""
    done = call("attribute", folder / "study.yaml", "--out", folder / "sampled", "--orders", 40, "--no-figures")
    assert done.status == 0, done.error
    return folder / "sampled" / "small"


def test_a_subset_is_the_run_of_the_scenario_without_the_others(folder):
    study = read_study(folder / "study.yaml")
    game = Game(study.scenario, study.players, compiled=False)
    assert [player.name for player in study.players] == list(PLAYERS) and study.held == ("S2-policy-support",)
    masks = np.array([0b011, 0b100, 0b111, 0b000, 0b010])
    found, _ = game.values(masks, study.blocks, study.years)
    for k, mask in enumerate(masks):
        kept = {measure for bit, player in enumerate(study.players) if mask >> bit & 1 for measure in player.measures}
        measures = {name: s for name, s in study.scenario.measures.items() if name in kept or name in study.held}
        scenario = replace(study.scenario, measures=measures)
        trajectory = simulate(build_model(scenario), start=2020, end=2026, step=scenario.step)
        population, output = (trajectory.variables[name].values[[4, 6], 0] for name in ("population", "output"))
        np.testing.assert_allclose(found[k, :, 1], population.sum(axis=1), rtol=1e-12)
        np.testing.assert_allclose(found[k, :, 3], output.sum(axis=1) * 0.01, rtol=1e-12)


def test_contributions_add_up_to_the_difference(exact):
    table = pandas.read_csv(exact / "contributions.csv", dtype={"region": str})
    keys = ["region", "year", "variable"]
    added = table.groupby(keys)["contribution"].sum()
    whole = pandas.read_csv(exact / "differences.csv", dtype={"region": str}).set_index(keys)
    size = whole[["without_players", "with_all"]].abs().max(axis=1)
    assert len(added) == len(whole) and (added / size - whole["difference"] / size).abs().max() < 1e-9
    assert (whole["difference"].abs() / size).max() > 1e-4
    missed = whole["with_all"] - whole["without_players"] - whole["difference"]
    assert (missed / size).abs().max() < 1e-9
    # The safeguard is on in all subsets; without it, and without all else, things are different again.
    assert (whole["without_measures"] != whole["without_players"]).any()
    assert (table["low"] == table["contribution"]).all() and (table["high"] == table["contribution"]).all()


def test_exact_values_are_those_of_all_orders_written_out(folder, exact):
    study = read_study(folder / "study.yaml")
    game = Game(study.scenario, study.players, compiled=False)
    values, _ = game.values(np.arange(8), study.blocks, study.years)
    # Of three players: a third alone, a sixth after each of the others, a third after both.
    alone, last = values[1] - values[0], values[7] - values[6]
    first = alone / 3 + (values[3] - values[2] + values[5] - values[4]) / 6 + last / 3
    dataset = read_netcdf(exact / "attribution.nc")
    np.testing.assert_allclose(dataset["contribution_population"].values[0], first[:, :2], rtol=1e-7, atol=1e-7)
    one, other = dataset["first_of_pair"].values, dataset["second_of_pair"].values
    assert list(zip(one, other, strict=True)) == [(PLAYERS[a], PLAYERS[b]) for a, b in pairs(3)]
    both = ((values[3] - values[1] - values[2] + values[0]) + (values[7] - values[5] - values[6] + values[4])) / 2
    np.testing.assert_allclose(dataset["interaction_population"].values[0], both[:, :2], rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(dataset["alone_population"].values[1], (values[2] - values[0])[:, :2], rtol=1e-12)
    np.testing.assert_allclose(dataset["last_population"].values[2], (values[7] - values[3])[:, :2], rtol=1e-12)


def test_orders_at_random_hold_the_exact_values_and_add_up(exact, sampled):
    keys = ["measure", "region", "year", "variable"]
    one, other = (pandas.read_csv(each / "contributions.csv", dtype=str).set_index(keys) for each in (exact, sampled))
    true, low, high = one["contribution"].astype(float), other["low"].astype(float), other["high"].astype(float)
    wide = 1e-9 * true.abs().max()
    assert ((low - wide <= true) & (true <= high + wide)).mean() > 0.8
    assert (high > low).any()
    record = json.loads((sampled / "record.json").read_text(encoding="utf-8"))
    assert record["design"] == {"kind": "orders", "orders": 40, "seed": 0} and record["results"]["largest_rest"] < 1e-6


def test_text_and_figures_tell_the_same(exact):
    text = (exact / "summary.txt").read_text(encoding="utf-8")
    assert "On throughout: S2" in text and "Population (person), zone, 2026" in text
    assert "12 Quality of ecosystems" in text and "towns-and-services" in text
    names = {path.name for path in (exact / "figures").iterdir()}
    assert {"contributions_population.png", "interactions_output.pdf"} <= names


def test_what_is_stopped_ends_as_if_nothing_had_happened(folder, sampled, monkeypatch):
    full = iter([None, OSError(errno.ENOSPC, "No space left on device")])
    write_chunk = attribution_run.Store.write_chunk

    def once(store, place, result):
        error = next(full, None)
        if error is not None:
            raise error
        write_chunk(store, place, result)

    words = ["attribute", folder / "study.yaml", "--out", folder / "again", "--orders", 40, "--no-figures"]
    with monkeypatch.context() as patch:
        patch.setattr(attribution_run.Store, "write_chunk", once)
        stopped = call(*words, "--processes", 1)
    assert stopped.status == 1 and "resume with: regionsim attribute" in stopped.error
    assert "--orders 40 --resume" in stopped.error
    refused = call(*words)
    assert refused.status == 2 and "there is an attribution already" in refused.error
    other = call("attribute", folder / "study.yaml", "--out", folder / "again", "--orders", 42, "--resume")
    assert other.status == 2 and "design.orders was 40, is 42" in other.error
    assert call(*words, "--resume", "--processes", 2).status == 0
    for name in ("contributions.csv", "interactions.csv", "differences.csv", "attribution.nc", "summary.txt"):
        assert (folder / "again" / "small" / name).read_bytes() == (sampled / name).read_bytes(), name


def test_of_a_finished_one_only_what_is_missing_is_written(folder, monkeypatch):
    words = ["attribute", folder / "study.yaml", "--out", folder / "finished", "--exact", "--processes", 1]
    directory, figure = folder / "finished" / "small", Path("figures") / "contributions_population.png"
    begun = call(*words, "--no-figures")
    whole = contents(directory)
    assert call(*words[:4], "--resume").status == 0  # that all subsets are wanted is what the study says anyway

    def never(*arguments):
        raise AssertionError("simulated again")

    drawn = contents(directory)
    assert drawn.keys() > whole.keys() and drawn[figure]
    with monkeypatch.context() as patch:
        patch.setattr(attribution_run.Results, "of", never)
        patch.setattr(attribution_run, "done_by_processes", never)
        times = {path: path.stat().st_mtime_ns for path in directory.rglob("*")}
        again = call(*words, "--resume")
        assert again == begun
        assert {path: path.stat().st_mtime_ns for path in directory.rglob("*")} == times
        for name in (Path("contributions.csv"), Path("interactions.csv"), Path("summary.txt"), figure):
            (directory / name).unlink()
        assert call(*words, "--resume", "--no-figures").status == 0
        assert not (directory / figure).exists()
        assert call(*words, "--resume") == begun
        assert contents(directory) == drawn
        write(folder, STUDY.replace("[2024, 2026]", "[2026]"), "changed.yaml")
        refused = call("attribute", folder / "changed.yaml", *words[2:], "--resume")
        assert refused.status == 2 and "outputs.years" in refused.error
    # What was found is in no other file: without it the runs are made anew, to the same results.
    for broken in (b"", None):
        (directory / "attribution.nc").unlink()
        if broken is not None:
            (directory / "attribution.nc").write_bytes(broken)
        assert call(*words, "--resume") == begun
        assert contents(directory) == drawn


def test_one_measure_without_pairs_is_read_again(folder):
    write(folder, STUDY.partition("measures")[0] + "measures: [10-towns]\noutputs: {variables: [output]}\n", "one.yaml")
    words = ["attribute", folder / "one.yaml", "--out", folder / "one", "--no-figures"]
    begun = call(*words)
    assert begun.status == 0 and call(*words, "--resume") == begun


def contents(directory):
    """All files with their bytes."""
    return {path.relative_to(directory): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_a_breakdown_names_the_measures_that_are_on(folder, monkeypatch):
    study = read_study(folder / "study.yaml")
    game = Game(study.scenario, study.players, compiled=False)

    def breaks(model, **options):
        effort = model.inputs["logistics_hub_effort"].values
        if effort.any() and len(effort[0]) == 1:
            raise SimulationError("the stock 'water' is nan in 2024")
        if effort.any():
            raise SimulationError("some member broke")
        return simulate(model, **options)

    monkeypatch.setattr("regionsim.studies.attribute.subsets.simulate", breaks)
    with pytest.raises(SimulationError, match="with 14-transport, towns-and-services: the stock 'water' is nan"):
        game.values(np.array([0b001, 0b110]), study.blocks, study.years)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        ("measures: [12-ecosystem-quality, 14-transport]", "measures: [12-ecosystem-qualty]", "did you mean '12-eco"),
        ("measures: [12-ecosystem-quality, 14-transport]", "measures: [10-towns]", "stands twice"),
        ("measures: [12-ecosystem-quality, 14-transport]", "measures: [1-red-education]", "no measure '1-red-ed"),
        ("scenario: plan.yaml", "scenario: plam.yaml", "did you mean 'plan.yaml'?"),
        ("name: small", "name: small\ndesign: {kind: orders, orders: 5}", "an even number of orders"),
        ("name: small", "name: small\ndesign: {kind: exact, orders: 6}", "nothing beside the kind 'exact'"),
        ("name: small", "name: small\nmeasure: all", "did you mean 'measures'?"),
        ("[population, output", "[populatoin, output", "did you mean 'population'?"),
        ("years: [2024, 2026]", "years: [2024, 2030]", "a year from 2020 to 2026"),
    ],
)
def test_bad_studies_are_refused_with_their_line(folder, change, line, words):
    assert change in STUDY
    path = write(folder, STUDY.replace(change, line), "bad.yaml")
    done = call("attribute", path, "--out", folder / "bad")
    assert done.status == 2 and words in done.error and "bad.yaml:" in done.error
    assert not (folder / "bad").exists()


def test_a_scenario_alone_takes_all_its_measures(folder):
    study = read_study(folder / "plan.yaml")
    assert [player.name for player in study.players] == list(study.scenario.measures) and study.held == ()
    assert study.kind == "exact" and study.years == (2025,)
    whole = read_study(f"{SCENARIOS}/plan.yaml")
    assert whole.kind == "orders" and len(whole.players) == 22 and whole.years == (2025, 2030, 2035)


def test_a_measure_that_is_off_is_neither_a_player_nor_on_throughout(folder):
    off = "  5-modern-services: {strength: 0}\n"
    part = "  13-green-institutions: {strength: 0, lushui-agreement: {strength: 1}}\n"
    text = PLAN.replace("  5-modern-services: {}\n", off + part)
    study = read_study(write(folder, text, "off.yaml"))
    names = [player.name for player in study.players]
    assert "5-modern-services" not in names and "13-green-institutions" in names
    assert study.held == ()
    one = read_study(
        write(folder, STUDY.replace("plan.yaml", "off.yaml").replace(", 5-modern-services", ""), "one.yaml")
    )
    assert set(one.held) == {"13-green-institutions", "S2-policy-support"}


def test_the_study_of_the_plan_is_sound():
    study = read_study("studies/attribution-plan.yaml")
    assert study.kind == "exact" and len(study.players) == 19 and study.title_zh != study.title_en
    assert study.held == ("S1-organization", "S2-policy-support", "S3-reform")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--orders", 3), "--orders: the number of orders; found 3; expected an even number, to 100,000"),
        (("--orders", 200_000), "--orders: the number of orders; found 200000; expected an even number"),
        (("--orders", 4, "--exact"), "--orders: orders beside --exact; expected one of the two"),
    ],
)
def test_options_that_do_not_fit_are_one_line(folder, words, problem):
    said = call("attribute", folder / "study.yaml", "--out", folder / "bad", *words)
    assert said.status == 2 and problem in said.error and said.error.count("\n") == 1
    assert not (folder / "bad").exists()


def test_what_is_typed_to_resume_has_the_seed(folder, sampled):
    words = ("attribute", folder / "study.yaml", "--out", folder / "sampled", "--orders", 40, "--seed", 0)
    assert "--orders 40 --seed 0 --resume)" in call(*words).error


def test_too_many_players_for_all_subsets_and_none_at_all_are_refused():
    done = call("attribute", f"{SCENARIOS}/plan.yaml", "--exact")
    assert done.status == 2 and "22 players have 4,194,304 subsets" in done.error
    none = call("attribute", f"{SCENARIOS}/base.yaml")
    assert none.status == 2 and "no measure is on in 'base'" in none.error
