"""From a file back to its run: every format says what it shows, and a changed number is found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import call

from regionsim.studies.audit.identity import identities_of

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


def test_every_file_says_the_run_that_it_shows(folder):
    record = json.loads((folder / "results" / "short" / "run.json").read_text(encoding="utf-8"))
    files = [*(folder / "tables").iterdir(), *(folder / "results" / "short").glob("[it]*")]
    files += [path for path in (folder / "drawn").iterdir() if path.suffix in (".png", ".pdf", ".svg")]
    assert len(files) > 15
    for file in files:
        (found,) = identities_of(file)
        assert (found.scenario, found.scenario_hash) == ("short", record["scenario_hash"]), file
        assert found.data_hash == record["data_hash"] and found.seed == str(record["seed"])


@pytest.mark.parametrize("file", ["tables/headlines-short.tex", "results/short/trajectories.nc"])
def test_what_gives_the_same_is_said_to_be_the_same(folder, file):
    done = call("audit", folder / file, "--results", folder / "results")
    assert done.status == 0 and "same: every number of" in done.out


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
    table = table.replace(record["data_hash"], "0" * 64)
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
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    done = call("audit", tmp_path / name)
    assert done.status == 2 and words in done.error


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert call("audit", tmp_path / "nothing.png").status == 2
