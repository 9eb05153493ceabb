"""`regionsim discover`: what can be asked of a finished sweep, what is answered to wrong input, and what it writes."""

import json
import os
import shlex
import tracemalloc
from pathlib import Path

import numpy as np
import pandas
import pytest
import xarray
from command_line import call
from made_sweep import made_sweep, stored

from regionsim.problems import ProblemsError
from regionsim.results.netcdf_file import write_netcdf
from regionsim.studies.discover import ask, write
from regionsim.studies.discover.ask import Question
from regionsim.studies.discover.condition import read_condition, target_condition
from regionsim.studies.discover.discover import discover
from regionsim.studies.discover.finished import read_finished
from regionsim.studies.discover.recorded import read_discovery
from regionsim.studies.discover.words import targets_text
from regionsim.studies.discover.write import _slug

SCENARIOS = Path("scenarios").resolve().as_posix()
STUDY = """\
name: forest
title: {en: Forest, zh: 森林}
scenarios: [short.yaml]
design: {kind: latin-hypercube, members: 96, seed: 4}
parameters:
  forest_closing_rate: {}
  participation_share: {}
  capital_elasticity[industry]: {low: 0.95, high: 1.05}
outputs: {variables: [forest_cover], regions: [zone], years: [2020, 2022]}
"""
NAMES = ["boxes.csv", "discovery.json", "discovery.txt", "members.csv", "trajectory.csv"]


@pytest.fixture(scope="module")
def sweep():
    """A made-up sweep of two scenarios, in the second of which forest cover falls from 0.75 to what `cover` says."""
    numbers = np.random.default_rng(5).random((120, 3))
    return made_sweep(numbers, 0.65 + 0.1 * numbers[:, 0], scenarios=("base", "plan"))


@pytest.fixture
def directory(sweep, tmp_path):
    """The same on disk."""
    return stored(sweep, tmp_path / "made")


def test_a_sweep_of_the_model_is_searched_from_its_study_to_the_box(tmp_path):
    (tmp_path / "short.yaml").write_text(f"extends: {SCENARIOS}/base.yaml\nrun: {{end: 2022}}\n", encoding="utf-8")
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    assert call("sweep", tmp_path / "study.yaml", "--out", tmp_path, "--processes", 1).status == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "forest").iterdir() if path.is_file()}
    table = pandas.read_csv(tmp_path / "forest" / "outputs.csv")
    middle = table[table["year"] == 2022]["value"].median()
    words = ["discover", tmp_path / "forest", "--where", f"forest_cover zone 2022 < {middle:.8f}", "--splits", 5]
    said = call(*words, "--method", "tree")
    assert said.status == 0, said.error
    [written] = (tmp_path / "forest").glob("discovery-*")
    assert said.out.endswith(f"Written to {written}\n")
    boxes = pandas.read_csv(written / "boxes.csv")
    first = boxes[boxes["box"] == 1].iloc[0]
    assert (first["factor"], first["side"], first["unit"]) == ("forest_closing_rate", "at most", "1/year")
    assert first["density"] > 0.9 and first["coverage"] > 0.9
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "forest").iterdir() if path.is_file()}


def test_the_files_agree_with_each_other_and_with_the_members(sweep, directory):
    words = ("discover", directory, "--target", "forest_cover", "--scenario", "plan", "--method", "tree")
    assert call(*words).status == 0
    written = directory / "discovery-forest_cover-zone-2025-below-0.7-plan-tree"
    assert sorted(path.name for path in written.iterdir()) == sorted([*NAMES, "figures"])
    assert sorted(path.name for path in (written / "figures").iterdir()) == ["box_1.md", "box_1.pdf", "box_1.png"]
    members, boxes = (pandas.read_csv(written / name) for name in ("members.csv", "boxes.csv"))
    value = sweep.values("forest_cover", "zone", "plan", 2025)
    assert members["value"].tolist() == pytest.approx(value.tolist())
    assert (members["fails"] == (members["value"] < 0.7)).all()
    [limit] = boxes.to_dict("records")
    within = members["box"] == 1
    assert limit["limit"] == pytest.approx(0.5, abs=0.05) and limit["side"] == "at most"
    assert (within == (sweep.numbers[:, 0] <= limit["limit"])).all()
    assert (limit["members"], limit["failing"]) == (within.sum(), members["fails"][within].sum())
    assert limit["density"] == pytest.approx(members["fails"][within].mean())
    assert limit["coverage"] == pytest.approx(limit["failing"] / members["fails"].sum())
    steps = pandas.read_csv(written / "trajectory.csv")
    assert steps["chosen"].sum() == 1 and steps.loc[steps["chosen"] == 1, "members"].item() == limit["members"]
    record = json.loads((written / "discovery.json").read_text(encoding="utf-8"))
    assert (record["condition"], record["failing"]) == ("forest_cover zone 2025 < 0.7", members["fails"].sum())
    first = {path.name: path.read_bytes() for path in written.rglob("*.*")}
    assert call(*words).status == 0
    assert first == {path.name: path.read_bytes() for path in written.rglob("*.*")}


def test_what_is_interrupted_leaves_the_older_discovery_and_nothing_else(directory, monkeypatch):
    words = (
        "discover",
        directory,
        "--target",
        "forest_cover",
        "--scenario",
        "plan",
        "--method",
        "tree",
        "--no-figures",
    )
    assert call(*words).status == 0
    written = directory / "discovery-forest_cover-zone-2025-below-0.7-plan-tree"
    before = {path.name: path.read_bytes() for path in written.iterdir()}

    def interrupted(discovery):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "discovery_record", interrupted)
    assert call(*words).status == 130
    assert {path.name: path.read_bytes() for path in written.iterdir()} == before
    assert not list(directory.glob(".discovery*"))
    monkeypatch.undo()
    (written / "notes.md").write_text("mine", encoding="utf-8")
    refused = call(*words)
    assert refused.status == 2 and "would delete what is not part of a result; found notes.md" in refused.error


def test_without_a_question_it_says_how_many_miss_each_target(directory, sweep):
    said = call("discover", directory)
    assert said.status == 0 and not list(directory.glob("discovery*"))
    count = (0.65 + 0.1 * sweep.numbers[:, 0] < 0.7).sum()
    row = next(line for line in said.out.splitlines() if line.endswith("forest_cover zone"))
    assert row.split("  ")[0] == "Forest cover: 70 % by 2025" and f"{count} of 120" in row
    assert "did not keep 'rural_sewage_coverage'" in said.out
    assert "outputs: {variables: [..., urbanization_rate]}" in targets_text(sweep)


def test_a_sweep_that_cannot_be_written_beside_is_refused_before_the_search(directory, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode, **how: Path(path) != directory or not mode & os.W_OK)
    said = call("discover", directory, "--where", "forest_cover zone 2025 < 70 %", "--scenario", "plan")
    assert said.status == 2 and "the folder for the results cannot be written into" in said.error
    assert call("discover", directory).status == 0  # nothing is written of a list of targets


def test_too_few_failing_members_are_told_with_status_0(directory):
    said = call("discover", directory, "--where", "forest_cover zone 2025 < 10 %", "--scenario", "plan")
    assert said.status == 0 and "0 of 120 members fail" in said.out and "nothing can be said" in said.out
    written = directory / "discovery-forest_cover-zone-2025-below-10-percent-plan"
    assert sorted(path.name for path in written.iterdir()) == NAMES


def test_questions_that_differ_in_a_sign_alone_are_written_apart(sweep):
    names = {
        _slug(Question("plan", read_condition(f"population zone 2025 since 2020 < {number} %", sweep), "prim"))
        for number in ("-2", "2", "+2", "-.5", ".5", "5")
    }
    assert len(names) == 5
    assert "population-zone-2025-since-2020-below-minus-2-percent-plan" in names


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("forest_cover zone 2025 < 70 %", lambda now: now < 0.7, "Forest cover, zone, 2025: below 70 %"),
        ("forest_cover zone 2025 >= 0.7", lambda now: now >= 0.7, "Forest cover, zone, 2025: at least 70 %"),
        ("forest_cover ZONE 2025 above 70%", lambda now: now > 0.7, "Forest cover, zone, 2025: above 70 %"),
        (
            "forest_cover 醴陵市 2025 since 2020 < -5 %",
            lambda now: now - 0.75 < -0.05,
            "Forest cover, Liling, 2025, change since 2020: below -5 points",
        ),
        (
            "forest_cover Jiangxi 2025 since 2020 against base <= 0.5 %",
            lambda now: now < 1,  # both scenarios change alike
            "Forest cover, Jiangxi, 2025, change since 2020, difference from base: at most 0.5 points",
        ),
        (
            "population zone 2025 since 2020 < -6.5 %",
            lambda now: (now - 0.75) / 0.75 < -0.065,
            "P, zone, 2025, change since 2020: below -6.5 %",
        ),
        (
            "population zone 2025 against base > 1.4 %",
            lambda now: 0.01 / (now - 0.01) > 0.014,
            "P, zone, 2025, difference from base: above 1.4 %",
        ),
        ("population zone 2025 < 7e5", lambda now: now < 0.7, "P, zone, 2025: below 700,000 person"),
    ],
)
def test_a_condition_means_what_it_says(sweep, text, wanted, words):
    condition = read_condition(text, sweep)
    now = 0.65 + 0.1 * sweep.numbers[:, 0]
    found = condition.fails(condition.values(sweep, "plan"))
    assert (found == wanted(now)).all()
    assert condition.words == words


def test_a_debt_that_shrinks_is_above_nothing_in_percent():
    numbers = np.random.default_rng(5).random((120, 3))
    sweep = made_sweep(numbers, np.full(120, 0.5))
    with sweep.stored() as outputs:
        outputs["population"][:] = -outputs["population"]  # from -750,000 to -500,000
    condition = read_condition("population zone 2025 since 2020 > 30 %", sweep)
    assert condition.values(sweep, "plan") == pytest.approx(1 / 3) and condition.fails(np.array([1 / 3])).all()


def test_of_all_outputs_only_those_that_are_asked_for_are_read(sweep, tmp_path):
    directory = stored(sweep, tmp_path / "wide")
    with sweep.stored() as outputs:
        cover = outputs["forest_cover"].values
    each = np.random.default_rng(0).random((*cover.shape[:3], 500))
    for k in range(20):
        about = {"units": "1", "long_name": "Wide"}
        wide = {f"wide_{k}": (("scenario", "member", "year", "place"), each, about)}
        write_netcdf(xarray.Dataset(wide), directory / "outputs.nc", beside=True)
    tracemalloc.start()
    try:
        finished = read_finished(directory)
        condition = read_condition("forest_cover zone 2025 since 2020 < -10 %", finished)
        values = condition.values(finished, "plan")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert values == pytest.approx(cover[1, :, 1, 0] - cover[1, :, 0, 0])
    assert peak < each.nbytes


def test_a_target_fails_where_it_is_not_attained(sweep):
    condition = target_condition("forest_cover", "Jiangxi", sweep)
    assert condition.words == "Forest cover, Jiangxi, 2025: below 70 %"
    values = condition.values(sweep, "base")
    assert (condition.fails(values) == ~(values >= 0.7)).all()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            "--where 'forest_cover zone < 0.7'",
            "--where: a condition; found 'forest_cover zone < 0.7'; expected VARIABLE",
        ),
        (
            "--where 'forest_cver zone 2025 < 1'",
            "'forest_cver'; found forest_cover, population; did you mean 'forest_cov",
        ),
        ("--where 'schooling zone 2025 < 1'", "a sweep whose study has it in outputs: {variables: [..., schooling]}"),
        (
            "--where 'forest_cover zone 2030 < 1'",
            "keep the year 2030; found 2020, 2025; expected a sweep whose study has",
        ),
        ("--where 'forest_cover Hunan 2025 < 1'", "outputs: {regions: [..., Hunan]}"),
        ("--where 'forest_cover 浏阳 2025 < 1'", "outputs: {regions: [..., Liuyang]}"),
        ("--where 'forest_cover zoen 2025 < 1'", "unknown region 'zoen'; did you mean 'zone'?"),
        ("--where 'forest_cover Pingxiang 2025 < 1'", "'Pingxiang' is several counties"),
        ("--where 'population zone 2025 < 5 %'", "percent of what: 'population' is in person"),
        (
            "--where 'forest_cover zone 2025 < 70'",
            "'forest_cover' is a share, from 0 to 1; found 70; did you mean '70 %'?",
        ),
        (
            "--where 'population zone 2025 against pla < 5 %'",
            "no scenario 'pla' in the sweep; expected base, plan; did",
        ),
        ("--target forest_cove", "--target: no target 'forest_cove'; expected forest_cover, rural_sewage"),
        ("--target urbanization_gain", "did not keep 'urbanization_rate'"),
        (
            "--target forest_cover --region Hunan",
            "--region: the region of a target; found 'Hunan'; expected zone or Jia",
        ),
        ("--where failed --region zone", "expected zone or Jiangxi, with --target"),
        ("--where failed --target forest_cover", "--where: a condition beside a target; expected one of"),
        ("--where failed", "the sweep has several scenarios; found base, plan; expected --scenario with one"),
        (
            "--where failed --scenario plann",
            "no scenario 'plann' in the sweep; expected base, plan; did you mean 'plan'",
        ),
    ],
)
def test_wrong_input_is_one_line(directory, words, problem):
    said = call("discover", directory, *shlex.split(words))
    assert said.status == 2 and problem in said.error and said.error.count("\n") == 1
    assert not list(directory.glob("discovery*"))


def test_a_directory_that_is_no_finished_sweep_is_refused(sweep, tmp_path):
    assert "the directory is not there" in call("discover", tmp_path / "none").error
    assert "no sweep in this directory" in call("discover", tmp_path).error
    begun = stored(sweep, tmp_path / "begun")
    record = json.loads((begun / "record.json").read_text(encoding="utf-8"))
    (begun / "record.json").write_text(json.dumps({k: v for k, v in record.items() if k != "results"}))
    assert "the sweep is not finished; expected its end" in call("discover", begun).error
    lines = stored(sweep, tmp_path / "lines", design={"kind": "one-at-a-time", "seed": 0, "hash": ""})
    said = call("discover", lines)
    assert said.status == 2 and "lie along lines and fill no space; found one-at-a-time; expected one of" in said.error
    broken = stored(sweep, tmp_path / "broken")
    (broken / "outputs.nc").write_bytes(b"no netCDF")
    assert "not a result file" in call("discover", broken).error


@pytest.mark.parametrize(("method", "package"), [("prim", "ema_workbench"), ("tree", "sklearn")])
def test_a_method_whose_package_is_missing_says_what_to_install(sweep, monkeypatch, method, package):
    monkeypatch.setattr(ask, "find_spec", lambda name: None)
    with pytest.raises(ProblemsError, match=rf"needs the package {package}; expected pip install 'regionsim\[discov"):
        ask.asked(sweep, target=None, region=None, where="failed", scenario="plan", method=method)


def test_a_discovery_is_read_back_as_it_was_found(sweep, directory):
    words = ("discover", directory, "--target", "forest_cover", "--scenario", "plan", "--method", "tree")
    assert call(*words, "--no-figures").status == 0
    record = directory / "discovery-forest_cover-zone-2025-below-0.7-plan-tree" / "discovery.json"
    again = read_discovery(record)
    question = Question("plan", target_condition("forest_cover", "zone", again.sweep), "tree")
    found = discover(again.sweep, question)
    assert again.question == found.question and len(again.boxes) == len(found.boxes) == 1
    for one, other in zip(again.boxes, found.boxes, strict=True):
        assert (one.box, one.fit, one.shares, one.row, one.halves) == (
            other.box, other.fit, other.shares, other.row, other.halves
        )  # fmt: skip
        assert (one.looked_at == other.looked_at).all()
    assert (again.fails == found.fails).all() and (again.numbers == found.numbers).all()


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("design_hash", "0", "the sweep above it is another one"),
        ("failing", 1, "its members are not those of the sweep"),
        ("found", None, "object is not iterable"),
    ],
)
def test_a_record_that_does_not_fit_is_one_line(directory, key, value, reason):
    words = ("discover", directory, "--target", "forest_cover", "--scenario", "plan", "--method", "tree")
    assert call(*words, "--no-figures").status == 0
    record = directory / "discovery-forest_cover-zone-2025-below-0.7-plan-tree" / "discovery.json"
    about = json.loads(record.read_text(encoding="utf-8"))
    record.write_text(json.dumps({**about, key: value}), encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_discovery(record)
    [problem] = caught.value.problems
    assert problem.what == "not a whole discovery" and reason in problem.found


def test_figures_of_a_discovery_are_drawn_again_as_they_were(directory, tmp_path):
    words = ("discover", directory, "--target", "forest_cover", "--scenario", "plan", "--method", "tree")
    assert call(*words).status == 0
    written = directory / "discovery-forest_cover-zone-2025-below-0.7-plan-tree"
    said = call("figures", written, "--out", tmp_path / "again", "--format", "png")
    assert (said.status, said.error) == (0, "")
    for name in ("box_1.png", "box_1.md"):
        assert (tmp_path / "again" / name).read_bytes() == (written / "figures" / name).read_bytes()
