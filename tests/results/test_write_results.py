import json
import multiprocessing
import os
import signal
import sys
import time

import numpy as np
import pandas
import pytest

from regionsim.problems import ProblemsError
from regionsim.results import whole_directory, write
from regionsim.results.indicators import COLUMNS, indicators
from regionsim.results.netcdf_file import read_netcdf
from regionsim.results.whole_directory import check_target
from regionsim.results.write import write_results

RECORD = {"version": "0.1.0", "scenario": "base", "note": "基准"}
SCENARIO = "name: base\ntitle: {zh: 基准情景}\n"


@pytest.fixture
def write_base(dataset):
    def write_it(directory, **options):
        return write_results(directory, dataset, resolved_scenario=SCENARIO, run_record=RECORD, **options)

    return write_it


@pytest.fixture
def small(make_dataset, monkeypatch):
    """Writing made cheap, for tests of the order of things and not of the files."""
    monkeypatch.setattr(write, "write_netcdf", lambda dataset, path: path.write_text("trajectories"))
    return make_dataset(last_year=2020)


def contents(directory):
    return sorted(str(path.relative_to(directory)) for path in directory.rglob("*"))


def test_a_result_holds_the_promised_files(write_base, tmp_path):
    directory = write_base(tmp_path / "results" / "base", figures=lambda place: (place / "map.png").touch())
    assert contents(directory) == [
        "figures",
        "figures/map.png",
        "indicators.csv",
        "run.json",
        "scenario.yaml",
        "trajectories.nc",
    ]
    assert contents(tmp_path / "results")[0] == "base"
    assert (directory / "scenario.yaml").read_bytes().decode() == SCENARIO


def test_the_indicator_file_reads_back_as_the_table(write_base, dataset, tmp_path):
    directory = write_base(tmp_path / "base")
    again = pandas.read_csv(directory / "indicators.csv", dtype={"region": str})
    table = indicators(dataset)
    assert tuple(again.columns) == COLUMNS
    assert again["region"].tolist() == table["region"].tolist()
    np.testing.assert_allclose(again["value"], table["value"], rtol=1e-11)


def test_the_trajectories_read_back_as_the_dataset(write_base, dataset, tmp_path):
    assert read_netcdf(write_base(tmp_path / "base") / "trajectories.nc").identical(dataset)


def test_the_run_record_is_sorted_readable_json_that_ends_with_a_line_break(small, tmp_path):
    write_results(tmp_path / "base", small, resolved_scenario=SCENARIO, run_record=RECORD)
    text = (tmp_path / "base" / "run.json").read_text(encoding="utf-8")
    assert json.loads(text) == RECORD
    assert text.endswith("}\n") and text.index('"note"') < text.index('"version"') and "基准" in text


def test_the_same_run_gives_the_same_files(write_base, tmp_path):
    write_base(tmp_path / "one")
    write_base(tmp_path / "two")
    for name in ("indicators.csv", "run.json", "scenario.yaml", "trajectories.nc"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_an_older_result_is_replaced_whole(small, tmp_path):
    options = {"resolved_scenario": SCENARIO, "run_record": RECORD}
    write_results(tmp_path / "base", small, figures=lambda place: (place / "old.png").touch(), **options)
    write_results(tmp_path / "base", small, **options)
    assert contents(tmp_path) == [
        "base",
        "base/indicators.csv",
        "base/run.json",
        "base/scenario.yaml",
        "base/trajectories.nc",
    ]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError, ValueError])
def test_an_interrupted_run_leaves_nothing_behind(small, tmp_path, stop):
    def fail(place):
        (place / "half.png").write_text("half")
        raise stop

    with pytest.raises(stop):
        write_results(tmp_path / "base", small, resolved_scenario="", run_record={}, figures=fail)
    assert contents(tmp_path) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_run_keeps_the_older_result(small, tmp_path, stop):
    def fail(place):
        raise stop

    write_results(tmp_path / "base", small, resolved_scenario="old", run_record={})
    before = contents(tmp_path)
    with pytest.raises(stop):
        write_results(tmp_path / "base", small, resolved_scenario="new", run_record={}, figures=fail)
    assert contents(tmp_path) == before
    assert (tmp_path / "base" / "scenario.yaml").read_text() == "old"


@pytest.mark.parametrize("which", [1, 2])
def test_a_failure_between_the_two_moves_brings_the_older_result_back(small, tmp_path, monkeypatch, which):
    write_results(tmp_path / "base", small, resolved_scenario="old", run_record={})
    before = contents(tmp_path)
    moves = []
    rename = type(tmp_path).rename

    def failing(path, target):
        moves.append(path)
        if len(moves) == which:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(type(tmp_path), "rename", failing)
    with pytest.raises(KeyboardInterrupt):
        write_results(tmp_path / "base", small, resolved_scenario="new", run_record={})
    assert contents(tmp_path) == before
    assert (tmp_path / "base" / "scenario.yaml").read_text() == "old"


def test_what_a_killed_run_left_is_cleaned_up_by_the_next(small, tmp_path):
    (tmp_path / ".base.new-0a1b2c3d" / "figures").mkdir(parents=True)
    (tmp_path / ".base.old-0a1b2c3d").mkdir()
    (tmp_path / ".other.new-0a1b2c3d").mkdir()
    (tmp_path / "base").mkdir()
    write_results(tmp_path / "base", small, resolved_scenario="", run_record={})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other.new-0a1b2c3d", "base"]


def test_a_result_that_a_killed_run_had_moved_aside_comes_back(small, tmp_path):
    (tmp_path / ".base.old-0a1b2c3d").mkdir()
    (tmp_path / ".base.old-0a1b2c3d" / "scenario.yaml").write_text("old")

    def fail(place):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_results(tmp_path / "base", small, resolved_scenario="", run_record={}, figures=fail)
    assert contents(tmp_path) == ["base", "base/scenario.yaml"]


def _write_slowly(directory, dataset):
    write.write_netcdf = lambda dataset, path: path.write_text("trajectories")
    write_results(directory, dataset, resolved_scenario="slow", run_record={}, figures=lambda place: time.sleep(60))


@pytest.mark.skipif(sys.platform == "win32", reason="directories cannot be locked there")
def test_a_run_in_progress_is_left_alone_and_a_killed_one_is_not(small, tmp_path):
    process = multiprocessing.get_context("spawn").Process(target=_write_slowly, args=(tmp_path / "base", small))
    process.start()
    try:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".base.new-*/figures")) and time.monotonic() < deadline:
            time.sleep(0.02)
        (running,) = tmp_path.glob(".base.new-*")
        write_results(tmp_path / "base", small, resolved_scenario="quick", run_record={})
        assert running.exists()
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert running.exists()
    write_results(tmp_path / "base", small, resolved_scenario="again", run_record={})
    assert [path.name for path in tmp_path.iterdir()] == ["base"]


def test_where_directories_cannot_be_locked_only_old_rubbish_is_removed(small, tmp_path, monkeypatch):
    monkeypatch.setattr(whole_directory, "lock_directory", lambda directory, wait=False: None)
    for name, age in ((".base.new-young", 60), (".base.new-aged", 2 * 24 * 3600)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_results(tmp_path / "base", small, resolved_scenario="", run_record={})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".base.new-young", "base"]


def test_a_directory_with_other_files_is_not_replaced(small, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.docx").write_text("years of work")
    with pytest.raises(ProblemsError, match=r"would delete what is not part of a result; found thesis\.docx"):
        write_results(tmp_path / "work", small, resolved_scenario="", run_record={})
    assert (tmp_path / "work" / "thesis.docx").read_text() == "years of work"


def test_a_file_in_the_place_of_the_directory_is_told_in_words(tmp_path):
    (tmp_path / "base").write_text("")
    with pytest.raises(ProblemsError, match="need a directory; found a file"):
        check_target(tmp_path / "base", write.CONTENTS)


def test_a_new_an_empty_and_an_older_result_directory_are_fine(small, tmp_path):
    check_target(tmp_path / "new", write.CONTENTS)
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / "empty", write.CONTENTS)
    write_results(tmp_path / "base", small, resolved_scenario="", run_record={})
    check_target(tmp_path / "base", write.CONTENTS)


def test_a_link_to_a_result_directory_stays_a_link(small, tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "base").symlink_to(tmp_path / "disk")
    write_results(tmp_path / "base", small, resolved_scenario="linked", run_record={})
    assert (tmp_path / "base").is_symlink()
    assert (tmp_path / "disk" / "scenario.yaml").read_text() == "linked"


def test_a_result_can_be_read_by_others(small, tmp_path):
    write_results(tmp_path / "base", small, resolved_scenario="", run_record={})
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "base").stat().st_mode & 0o777 == 0o777 & ~mask
