"""A sweep loses nothing: killed, interrupted or out of disk, it ends as if nothing had happened."""

import errno
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pytest
from command_line import call

import regionsim
from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.ensemble import simulate_ensemble
from regionsim.studies.model import read_scenario
from regionsim.studies.sweep import report, room, run

SCENARIOS = Path("scenarios").resolve().as_posix()
STUDY = """\
name: small
title: {en: Small, zh: 小}
scenarios: [one.yaml, other.yaml]
design: {kind: latin-hypercube, members: 6, seed: 3}
parameters:
  participation_share: {}
  capital_elasticity[industry]: {low: 0.95, high: 1.05}
levers:
  border.travel: {low: 0, high: 1}
outputs: {variables: [population, output, water_quality], regions: [zone, 醴陵市], years: [2021, 2022]}
chunk: 2
"""
# The command line as a process that gets a signal as soon as its first chunk is written. It sends it to itself: from
# outside nobody knows how many further chunks are done before it comes, or whether any is left to do. A process in the
# background ignores interruptions unless it is told otherwise.
STOPPED = """
import os, signal
from regionsim.cli import main
from regionsim.studies.sweep.store import Store

write_chunk = Store.write_chunk

def write_one(store, place, result):
    write_chunk(store, place, result)
    os.kill(os.getpid(), {how})

Store.write_chunk = write_one
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a study of two scenarios that end in 2022."""
    folder = tmp_path_factory.mktemp("sweep")
    one = f"extends: {SCENARIOS}/base.yaml\nrun: {{end: 2022}}\n"
    write(folder, one, "one.yaml")
    write(folder, f"{one}border: {{goods: 0.5, start: 2021}}\n", "other.yaml")
    write(folder, STUDY)
    return folder


@pytest.fixture(scope="module")
def study(folder):
    """The file of the study."""
    return folder / "study.yaml"


@pytest.fixture(scope="module")
def whole(study):
    """The directory of the sweep as it is when nothing stops it; tests must not change it."""
    assert call("sweep", study, "--out", study.parent / "whole", "--processes", 1).status == 0
    return study.parent / "whole" / "small"


def write(folder, text, name="study.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def contents(directory):
    """Every file below the directory with its bytes."""
    files = (path for path in sorted(directory.rglob("*")) if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in files}


def stopped_after_a_chunk(how, *words, out):
    """Stop the sweep with a signal once a chunk is there; what it said, and its status."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED.format(how=int(how)), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(Path(regionsim.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
        check=False,
    )
    there = len(list((out / "small" / "chunks").glob("0*.npz")))
    assert there == 1, f"the sweep was to be stopped after a chunk, and there are {there}"
    return done.returncode, done.stderr.decode()


def test_a_sweep_that_is_killed_and_resumed_is_bit_for_bit_the_one_that_is_not(study, whole, tmp_path):
    out = tmp_path / "killed"
    status, _ = stopped_after_a_chunk(signal.SIGKILL, "sweep", study, "--out", out, "--processes", 2, out=out)
    assert status == -signal.SIGKILL
    chunks = out / "small" / "chunks"
    first = min(chunks.glob("0*.npz"))
    first.write_bytes(first.read_bytes()[:-30])  # as a disk may leave it that breaks
    (chunks / ".000003.npz.new-00").write_bytes(b"half a chunk")
    resumed = call("sweep", study, "--out", out, "--resume", "--processes", 2)
    assert resumed.status == 0
    assert contents(out / "small") == contents(whole)


def test_an_interrupted_sweep_says_how_to_go_on(study, tmp_path):
    out = tmp_path / "out"
    status, said = stopped_after_a_chunk(signal.SIGINT, "sweep", study, "--out", out, "--processes", 1, out=out)
    assert status == 130
    assert said == f"interrupted; resume with: regionsim sweep {study} --out {out} --resume\n"


def test_a_full_disk_leaves_whole_chunks_alone_and_one_line_of_it(study, whole, tmp_path, monkeypatch):
    synchronised, count = os.fsync, iter(range(1000))

    def fsync(descriptor):
        if next(count) >= 3:  # the record and two chunks find room
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        synchronised(descriptor)

    out = tmp_path / "out"
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fsync)
        said = call("sweep", study, "--out", out, "--processes", 1)
    assert said.status == 1
    chunks = out / "small" / "chunks"
    assert said.error == (
        f"finished chunks are kept; resume with: regionsim sweep {study} --out {out} --resume\n"
        f"{chunks / '000002.npz'}: No space left on device\n"
    )
    assert sorted(path.name for path in chunks.iterdir()) == ["000000.npz", "000001.npz"]
    assert call("sweep", study, "--out", out, "--resume").status == 0
    assert contents(out / "small") == contents(whole)


def test_what_was_begun_is_neither_overwritten_nor_resumed_as_something_else(study, tmp_path):
    out = tmp_path / "out"
    stopped_after_a_chunk(signal.SIGKILL, "sweep", study, "--out", out, "--processes", 1, out=out)
    before = contents(out / "small")
    again = call("sweep", study, "--out", out)
    assert again.status == 2 and "there is a sweep already; expected --resume" in again.error
    changes = {
        "seed: 3": ("seed: 4", "design.seed was 3, is 4"),
        "0.95": ("0.9", "factors.capital_elasticity[industry].low was 0.95, is 0.9"),
        "[2021, 2022]": ("[2021]", "outputs.years"),
        "chunk: 2": ("chunk: 4", "chunk was 2, is 4"),
    }
    for said, (instead, words) in changes.items():
        other = write(study.parent, STUDY.replace(said, instead), "other-study.yaml")
        refused = call("sweep", other, "--out", out, "--resume")
        assert refused.status == 2
        assert refused.error.startswith(f"{other}: cannot resume {out / 'small'}, which was begun otherwise: ")
        assert words in refused.error
    one = study.parent / "one.yaml"
    text = one.read_text(encoding="utf-8")
    one.write_text(text + "border: {goods: 0.5}\n", encoding="utf-8")
    assert "scenarios.one was" in call("sweep", study, "--out", out, "--resume").error
    one.write_text(text, encoding="utf-8")
    assert contents(out / "small") == before


def test_a_finished_sweep_is_said_again_and_not_simulated_again(study, whole):
    before = contents(whole)
    again = call("sweep", study, "--out", whole.parent, "--resume")
    assert again.status == 0
    assert again.out == (whole / "summary.txt").read_text(encoding="utf-8") + f"\nWritten to {whole}\n"
    assert contents(whole) == before


@pytest.fixture(scope="module")
def plain(folder):
    """The file of a study of one scenario, whose machine code is that of the base scenario."""
    text = STUDY.replace("[one.yaml, other.yaml]", "[one.yaml]").replace("members: 6", "members: 12")
    return write(folder, text, "plain.yaml")


@pytest.fixture(scope="module")
def compiled(plain):
    """The directory of that sweep by machine code."""
    pytest.importorskip("llvmlite")
    out = plain.parent / "compiled"
    assert call("sweep", plain, "--out", out, "--processes", 1, "--engine", "compiled").status == 0
    return out / "small"


def test_machine_code_yields_the_same_sweep(plain, compiled, tmp_path):
    assert call("sweep", plain, "--out", tmp_path, "--processes", 1, "--engine", "reference").status == 0
    folders = (tmp_path / "small", compiled)
    theirs, ours = (read_netcdf(folder / "outputs.nc") for folder in folders)
    for name in theirs:
        np.testing.assert_allclose(ours[name].values, theirs[name].values, rtol=1e-10)
    records = [json.loads((folder / "record.json").read_text(encoding="utf-8")) for folder in folders]
    assert [record["engine"] for record in records] == ["reference", "compiled"]
    assert "llvmlite" in records[1]["versions"] and "llvmlite" not in records[0]["versions"]


def test_a_sweep_goes_on_by_the_engine_that_it_was_begun_with_and_by_no_other(plain, compiled, tmp_path):
    out = tmp_path / "out"
    words = ("sweep", plain, "--out", out, "--processes", 2, "--engine", "compiled")
    stopped_after_a_chunk(signal.SIGKILL, *words, out=out)
    refused = call("sweep", plain, "--out", out, "--resume", "--engine", "reference")
    assert refused.status == 2
    assert refused.error == (
        f"--engine: cannot resume {out / 'small'} by another engine; found reference; "
        "expected --engine compiled, which it was begun with, or another --out\n"
    )
    assert call("sweep", plain, "--out", out, "--resume", "--processes", 2).status == 0
    assert contents(out / "small") == contents(compiled)


@pytest.mark.parametrize("command", [("sweep",), ("run", "--members", 3, "--no-figures")])
def test_machine_code_without_its_extra_is_refused_in_one_line(study, tmp_path, monkeypatch, command):
    monkeypatch.setattr("regionsim.engine.compiled.machine.find_spec", lambda name: None)
    file = study if command[0] == "sweep" else study.parent / "one.yaml"
    said = call(*command, file, "--out", tmp_path / "out", "--engine", "compiled")
    assert (said.status, said.out) == (2, "")
    assert said.error.splitlines()[-1] == (
        "--engine compiled: the compiled engine is not installed; expected pip install 'regionsim[fast]'"
    )
    assert not (tmp_path / "out").exists()


def test_the_engine_decides_how_many_members_are_together_where_the_study_does_not(study):
    from regionsim.studies.sweep.study import read_study

    free = read_study(write(study.parent, STUDY.replace("chunk: 2\n", ""), "other-study.yaml"))
    assert (free.chunk, replace(free, engine="compiled").chunk) == (32, 128)
    assert replace(read_study(study), engine="compiled").chunk == 2


def test_each_member_is_the_scenario_with_its_levers_and_its_draws(folder, whole):
    design = pandas.read_csv(whole / "design.csv")
    stored = read_netcdf(whole / "outputs.nc")
    member = 5
    row = design.iloc[member]
    said = f"extends: other.yaml\nborder: {{travel: {float(row['border.travel'])}}}\n"
    scenario = read_scenario(write(folder, said, "by-hand.yaml"))
    draws = {key: np.array([row[key]]) for key in ("participation_share", "capital_elasticity[industry]")}
    alone = simulate_ensemble(scenario, draws, {"population"}).variables["population"].values[1:, 0].sum(axis=1)
    found = stored["population"].sel(scenario="other", member=member, region="zone").values
    np.testing.assert_allclose(found, alone, rtol=1e-12)
    table = pandas.read_csv(whole / "outputs.csv")
    rows = table[(table.scenario == "other") & (table.member == member) & (table.variable == "population")]
    np.testing.assert_allclose(rows[rows.region == "zone"].value, alone, rtol=1e-11)
    assert set(table.region_type) == {"zone", "county", "section"}


def test_spread_and_differences_are_those_of_the_members(whole):
    stored = read_netcdf(whole / "outputs.nc")["output"].sel(region="zone", year=2022)
    keys = {"variable": "output", "region": "zone", "year": 2022, "scenario": "other"}

    def row(name):
        table = pandas.read_csv(whole / name)
        (found,) = (line for _, line in table.iterrows() if all(line[key] == value for key, value in keys.items()))
        return found

    values = stored.sel(scenario="other").values
    spread = row("quantiles.csv")
    assert spread["mean"] == pytest.approx(values.mean()) and spread["sd"] == pytest.approx(values.std(ddof=1))
    assert spread["p05"] == pytest.approx(np.quantile(values, 0.05)) and spread["n"] == 6 and spread["failed"] == 0
    apart = values - stored.sel(scenario="one").values
    assert row("differences.csv")["p50"] == pytest.approx(np.median(apart))
    assert row("differences.csv")["higher"] == (apart > 0).mean()


def test_results_are_the_same_where_they_are_written_variable_by_variable(study, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "GROUP_BYTES", 1)
    asked = []
    columns = run._columns
    monkeypatch.setattr(run, "_columns", lambda *words: asked.append(words[-1]) or columns(*words))
    assert call("sweep", study, "--out", tmp_path, "--processes", 1).status == 0
    assert len(asked) == 4
    ours, theirs = contents(tmp_path / "small"), contents(whole)
    assert {name: text for name, text in ours.items() if name != "outputs.nc"} == {
        name: text for name, text in theirs.items() if name != "outputs.nc"
    }
    assert read_netcdf(tmp_path / "small" / "outputs.nc").identical(read_netcdf(whole / "outputs.nc"))


def test_the_summary_names_counties_and_not_their_codes(folder, tmp_path):
    text = STUDY.replace("[population, output, water_quality], regions: [zone, 醴陵市]", "[output], regions: [醴陵市]")
    text = text.replace("members: 6", "members: 2").replace("[one.yaml, other.yaml]", "[one.yaml]")
    said = call("sweep", write(folder, text, "other-study.yaml"), "--out", tmp_path, "--processes", 1)
    assert said.status == 0, said.error
    assert "  Liling  " in said.out and "430281" not in said.out
    assert set(pandas.read_csv(tmp_path / "small" / "quantiles.csv", dtype=str).region) == {"430281"}


def test_failed_members_are_counted_kept_and_described(folder, tmp_path):
    low = "capital_elasticity[industry]: {low: 0.95, high: 1.05}"
    wild = "capital_elasticity[industry]: {low: 0.5, high: 30, outside_range: true}"
    text = STUDY.replace(low, wild).replace("levers:\n  border.travel: {low: 0, high: 1}\n", "")
    assert call("sweep", write(folder, text, "other-study.yaml"), "--out", tmp_path).status == 0
    directory = tmp_path / "small"
    record = json.loads((directory / "record.json").read_text(encoding="utf-8"))
    failed = record["results"]["failed"]["one"]
    assert 0 < failed < 6
    stored = read_netcdf(directory / "outputs.nc")
    is_failed = stored["failed"].sel(scenario="one").values == 1
    assert is_failed.sum() == failed
    values = stored["population"].sel(scenario="one").values
    assert np.isnan(values[is_failed]).all() and np.isfinite(values[~is_failed]).all()
    words = pandas.read_csv(directory / "failures.csv")
    assert (words.scenario == "one").sum() == failed and words.words.str.contains("perceived_wage").all()
    assert set(pandas.read_csv(directory / "quantiles.csv").query("scenario == 'one'").n) == {6 - failed}
    summary = (directory / "summary.txt").read_text(encoding="utf-8")
    assert f"one: {failed} of 6 members failed, and enter no figure." in summary
    assert "    capital_elasticity[industry]: 1.00; failed " in summary


def test_where_no_member_runs_through_the_command_fails(folder, tmp_path):
    low = "capital_elasticity[industry]: {low: 0.95, high: 1.05}"
    text = STUDY.replace(low, "capital_elasticity[industry]: {low: 20, high: 30, outside_range: true}")
    text = text.replace("[one.yaml, other.yaml]", "[one.yaml]").replace("members: 6", "members: 2")
    said = call("sweep", write(folder, text, "other-study.yaml"), "--out", tmp_path)
    assert said.status == 1 and said.error.startswith("the run stopped: no member ran through\n")
    again = call("sweep", folder / "other-study.yaml", "--out", tmp_path, "--resume")
    assert (again.status, again.error) == (1, said.error)


def test_memory_is_asked_before_anything_runs(study, tmp_path, monkeypatch):
    text = STUDY.replace("members: 6", "members: 500000").replace("years: [2021, 2022]", "years: all")
    monkeypatch.setattr(room, "available_memory", lambda: 1_000_000_000)
    other = write(study.parent, text, "other-study.yaml")
    said = call("sweep", other, "--out", tmp_path / "out")
    assert said.status == 2
    line = next(k for k, each in enumerate(text.splitlines(), 1) if each.startswith("outputs:"))
    start = f"{other}:{line}: the outputs do not fit: 2 x 500,000 members x 3 years x 29 numbers; found "
    assert said.error.startswith(start)
    assert "GB of memory needed, 0.9 GB free; expected fewer of the 3 years" in said.error
    assert "of the 500,000 members (15,625 would fit)" in said.error
    assert not (tmp_path / "out").exists()


def test_fewer_processes_work_where_memory_is_short(study, monkeypatch):
    from regionsim.studies.sweep.study import read_study

    monkeypatch.setattr(room, "available_memory", lambda: 500_000_000)
    assert room.processes_that_fit(read_study(study), study.parent, 8) == 2
