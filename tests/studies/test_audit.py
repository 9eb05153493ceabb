"""From a file back to its run: every format says what it shows, and a changed number is found."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pytest
from command_line import call

from regionsim.results.netcdf_file import read_netcdf
from regionsim.studies.audit.audit import _differences, find_runs, judge, verdict_text
from regionsim.studies.audit.identity import _of_text, identities_of
from regionsim.studies.audit.wording import NOTHING, judge_wording, wording_text
from regionsim.studies.fan import run_members
from regionsim.studies.tables.content import difference_table
from regionsim.studies.tables.files import FORMATS, write_table

SCENARIOS = Path("scenarios").resolve().as_posix()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A result of a run to 2022 with its figures, and tables of it; tests must not change it."""
    folder = tmp_path_factory.mktemp("audit")
    text = f"name: short\nextends: {SCENARIOS}/base.yaml\nrun: {{end: 2022}}\n"
    (folder / "short.yaml").write_text(text, encoding="utf-8")
    for words in (
        ("run", folder / "short.yaml", "--out", folder / "results", "--no-figures"),
        ("figures", folder / "results" / "short", "--out", folder / "drawn", "--format", "png,pdf,svg"),
        ("table", folder / "results" / "short", "--out", folder / "tables", "--format", "csv,md,tex,xlsx"),
    ):
        done = call(*words)
        assert done.status == 0, done.error
    return folder


def audited(folder, file):
    """The run that a file shows, and its result as it was kept."""
    (found,) = find_runs(file, folder / "results")
    return found.identity, read_netcdf(found.directory / "trajectories.nc")


def _differences_of(run, folder):
    """A table of the differences of a run from itself under another name."""
    identity, dataset = run
    other = dataset.assign_attrs(scenario="other")
    files = write_table(difference_table([dataset, other]), folder, [dataset, other], ["md", "csv"])
    return [(file, [run, (replace(identity, scenario="other"), other)]) for file in files]


def test_every_file_says_the_run_that_it_shows(folder):
    record = json.loads((folder / "results" / "short" / "run.json").read_text(encoding="utf-8"))
    files = [*(folder / "tables").iterdir(), *(folder / "results" / "short").glob("[it]*")]
    files += [path for path in (folder / "drawn").iterdir() if path.suffix in (".png", ".pdf", ".svg")]
    assert len(files) > 15
    for file in files:
        (found,) = identities_of(file)
        assert (found.scenario, found.scenario_hash) == ("short", record["scenario_hash"]), file
        assert found.data_hash == record["data_hash"] and found.seed == str(record["seed"])


@pytest.mark.parametrize("file", ["drawn/network.png", "results/short/trajectories.nc"])
def test_what_gives_the_same_is_said_to_be_the_same(folder, file):
    done = call("audit", folder / file, "--results", folder / "results")
    assert done.status == 0 and "same: every number of" in done.out and "the table" not in done.out


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_of_a_table_says_what_its_run_gives(folder, ending):
    run = audited(folder, folder / "tables" / f"headlines-short.{ending}")
    wording = judge_wording(folder / "tables" / f"headlines-short.{ending}", [run])
    assert wording is not None and wording.is_same and wording.lines > 20
    assert wording_text(wording) == f"the table: same, all {wording.lines} lines"


def test_a_line_that_somebody_changed_is_shown_beside_what_the_run_gives(folder, tmp_path):
    shutil.copytree(folder / "results", tmp_path / "results")
    lines = (folder / "tables" / "headlines-short.md").read_text(encoding="utf-8").splitlines(keepends=True)
    k = next(k for k, line in enumerate(lines) if line.startswith("| Forest cover"))
    kept = lines[k].strip()
    lines[k] = lines[k].replace("69.", "79.")
    (tmp_path / "table.md").write_text("".join(lines), encoding="utf-8")
    done = call("audit", tmp_path / "table.md", "--results", tmp_path / "results")
    assert done.status == 1 and "same: every number of" in done.out
    assert f"the table: different, 1 of {len(lines)} lines\n  line {k + 1}: {lines[k].strip()}\n" in done.out
    assert f": {kept}\n" in done.out


def test_lines_that_were_cut_off_are_told(folder, tmp_path):
    lines = (folder / "tables" / "headlines-short.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "headlines-short.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    wording = judge_wording(tmp_path / "headlines-short.csv", [audited(folder, folder / "tables/headlines-short.csv")])
    assert wording is not None and [(number, there) for number, there, _ in wording.changed] == [(len(lines), NOTHING)]
    assert wording_text(wording).startswith(f"the table: different, 1 of {len(lines)} lines")


def test_a_chinese_table_and_one_of_differences_are_held_to_their_runs(folder, tmp_path):
    results = folder / "results" / "short"
    assert call("table", results, "--out", tmp_path, "--lang", "zh", "--format", "md").status == 0
    run = audited(folder, folder / "tables" / "headlines-short.csv")
    for file, runs in ((tmp_path / "headlines-short.md", [run]), *_differences_of(run, tmp_path)):
        wording = judge_wording(file, runs)
        assert wording is not None and wording.is_same, wording_text(wording)


def test_a_number_that_is_another_is_named_with_its_size(folder, tmp_path):
    shutil.copytree(folder / "results", tmp_path / "results")
    path = tmp_path / "results" / "short" / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    k = next(k for k, line in enumerate(lines) if ",zone,zone,2022,output," in line)
    *rest, value = lines[k].rstrip("\n").split(",")
    lines[k] = ",".join([*rest, f"{1.001 * float(value):.12g}\n"])
    path.write_text("".join(lines), encoding="utf-8")
    done = call("audit", path, "--results", tmp_path / "results")
    assert done.status == 1
    assert "different: 1 of" in done.out and "output: by up to 0.001 of its largest value" in done.out


def test_other_data_are_told(folder, tmp_path):
    shutil.copytree(folder / "results", tmp_path / "results")
    table = (folder / "tables" / "headlines-short.md").read_text(encoding="utf-8")
    record = json.loads((folder / "results" / "short" / "run.json").read_text(encoding="utf-8"))
    table = table.replace(record["data_hash"], "0" * 64).replace(record["data_hash"][:12], "0" * 12)
    (tmp_path / "older.md").write_text(table, encoding="utf-8")
    done = call("audit", tmp_path / "older.md", "--results", tmp_path / "results")
    assert done.status == 0 and "made with other data or equations: 000000000000" in done.out


def test_a_scenario_that_was_changed_afterwards_is_no_source(folder, tmp_path):
    shutil.copytree(folder / "results", tmp_path / "results")
    said = tmp_path / "results" / "short" / "scenario.yaml"
    said.write_text(said.read_text(encoding="utf-8").replace("end: 2022", "end: 2023"), encoding="utf-8")
    shutil.copy(folder / "tables" / "headlines-short.csv", tmp_path / "table.csv")
    done = call("audit", tmp_path / "table.csv", "--results", tmp_path / "results")
    assert done.status == 2 and "no result of scenario 'short' with the hash" in done.error


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("other.png", b"not a picture", "cannot be read"),
        ("other.md", b"# A page", "does not say where it comes from"),
        ("other.doc", b"", "a file of this kind says nothing"),
        ("other.csv", b"a,b\n1,2\n", "does not say where it comes from"),
        ("other.csv", "表,区\n".encode("gb18030"), "cannot be read"),
        ("empty.pdf", b"", "cannot be read"),
        ("other.pdf", b"%PDF-1.4 nothing more", "cannot be read"),
        ("other.xlsx", b"PK nothing more", "cannot be read"),
        ("other.json", b"[1]", "does not say where it comes from"),
        ("other.json", b'{"versions": 3}', "does not say where it comes from"),
        ("other.json", b"", "cannot be read"),
        ("other.nc", b"", "not a result file"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    done = call("audit", tmp_path / name)
    assert done.status == 2 and words in done.error and done.error.count("\n") == 1


def test_a_run_with_members_is_not_taken_for_the_run_without(folder, tmp_path):
    done = call("run", folder / "short.yaml", "--out", tmp_path / "results", "--no-figures", "--members", 3)
    assert done.status == 0, done.error
    call("table", tmp_path / "results" / "short", "--out", tmp_path / "fan", "--format", "csv,md")
    for file in (tmp_path / "fan" / "headlines-short.md", tmp_path / "fan" / "headlines-short.csv"):
        (found,) = identities_of(file)
        assert found.members == "3"
        (found,) = find_runs(file, tmp_path / "results")
        other = {**found.record, "draws_hash": "0" * 64}
        for record, is_other in ((found.record, False), (other, True)):
            verdict = judge(replace(found, record=record), lambda scenario, record: run_members(scenario, 3, seed=0))
            assert verdict.is_same and verdict.other_draws == is_other
            assert ("members are drawn otherwise now" in verdict_text(verdict)) == is_other
        shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
        shutil.copytree(folder / "results", tmp_path / "elsewhere" / "results")
        moved = shutil.copy(file, tmp_path / "elsewhere" / file.name)
        done = call("audit", moved, "--results", tmp_path / "elsewhere" / "results")
        assert (done.status, "no result of scenario 'short'" in done.error) == (2, True)
    (older,) = identities_of(folder / "tables" / "headlines-short.csv")
    assert older.members == "1"


def test_a_line_of_an_older_file_says_no_members():
    line = f"scenario base, scenario_hash {'a' * 64}, data_hash {'b' * 64}, version 0.1, seed 3"
    (found,) = _of_text(f"{line}\n")
    assert (found.seed, found.members) == ("3", "")
    (found,) = _of_text(f"{line}, members 20")
    assert (found.seed, found.members) == ("3", "20")


def test_what_was_nothing_and_is_something_is_different():
    index = pandas.MultiIndex.from_tuples([("a", "zone", 1), ("b", "zone", 1), ("c", "zone", 1), ("d", "zone", 1)])
    index.names = ["variable", "region", "year"]
    kept = pandas.Series([0.0, np.nan, 2.0, np.inf], index=index)
    now = pandas.Series([1.0, 1.0, 2.0, np.inf], index=index)
    assert _differences(kept, now) == {"a": np.inf, "b": np.inf, "c": 0.0, "d": 0.0}
    assert _differences(now, kept) == {"a": 1.0, "b": np.inf, "c": 0.0, "d": 0.0}


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert call("audit", tmp_path / "nothing.png").status == 2
