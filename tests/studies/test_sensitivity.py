"""`regionsim sensitivity`: from a study to tables of indices, honest about what failed, and never half-written."""

import json
import shutil
import signal
import tracemalloc
from importlib.util import find_spec

import numpy as np
import pandas
import pytest
from command_line import call
from scipy import stats
from test_sweep import SCENARIOS, contents, stopped_after_a_chunk, write

from regionsim.results.netcdf_file import read_netcdf, write_netcdf
from regionsim.studies.sensitivity.analysis import analyse
from regionsim.studies.sensitivity.findings import read_findings
from regionsim.studies.sensitivity.sample import read_sample
from regionsim.studies.sensitivity.sobol import sobol
from regionsim.studies.sweep import report
from regionsim.studies.sweep.plan import plan_of
from regionsim.studies.sweep.report import frame, outputs_dataset
from regionsim.studies.sweep.store import Store
from regionsim.studies.sweep.study import read_study

STUDY = """\
name: small
title: {en: Small, zh: 小}
scenarios: [one.yaml, other.yaml]
design: {kind: saltelli, members: 16, seed: 3}
parameters:
  migration_income_elasticity: {}
  capital_elasticity[industry]: {low: 0.95, high: 1.05}
outputs: {variables: [population, output], regions: [zone, 醴陵市, 莲花县], years: [2020, 2021, 2022]}
chunk: 32
"""
DESIGN = "{kind: saltelli, members: 16, seed: 3}"
ALONE = ("[one.yaml, other.yaml]", "[one.yaml]")
FILES = ["convergence.csv", "sensitivity.csv", "sensitivity.nc", "sensitivity.txt"]
KEYS = ["scenario", "against", "variable", "region", "year", "factor", "index"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a study of two scenarios that end in 2022."""
    folder = tmp_path_factory.mktemp("sensitivity")
    one = f"extends: {SCENARIOS}/base.yaml\nrun: {{end: 2022}}\n"
    write(folder, one, "one.yaml")
    write(folder, f"{one}border: {{goods: 0.5, start: 2021}}\n", "other.yaml")
    write(folder, STUDY)
    return folder


@pytest.fixture(scope="module")
def whole(folder):
    """What the command said, and the directory of the sweep; tests must not change it."""
    out = folder / "whole"
    said = call("sensitivity", folder / "study.yaml", "--out", out, "--processes", 1, "--engine", "reference")
    assert said.status == 0
    return said, out / "small"


def analysed(folder, out, design, **changes):
    """What the command said of another design, and its table."""
    text = STUDY.replace(DESIGN, design)
    for old, new in changes.values():
        text = text.replace(old, new)
    said = call(
        "sensitivity",
        write(folder, text, f"{out.name}-study.yaml"),
        "--out",
        out,
        "--no-figures",
        "--engine",
        "reference",
    )
    table = out / "small" / "sensitivity" / "sensitivity.csv"
    return said, pandas.read_csv(table, keep_default_na=False) if table.exists() else None


def numbers(table, **keys):
    """The values of the rows with these keys, in the order of the table."""
    chosen = np.logical_and.reduce([table[key] == value for key, value in keys.items()])
    return table[chosen]["value"].astype(float).tolist()


def test_the_indices_are_those_of_the_stored_members(whole):
    _, directory = whole
    stored = read_netcdf(directory / "outputs.nc")["output"].sel(region="zone", year=2022)
    table = pandas.read_csv(directory / "sensitivity" / "sensitivity.csv", keep_default_na=False)
    plain, other = (stored.sel(scenario=name).values.reshape(16, 4) for name in ("one", "other"))
    for against, rows in (("", other), ("one", other - plain)):
        both = {"f_A": rows[:, 0], "f_B": rows[:, 1], "f_AB": rows[:, 2:].T[:, None]}
        theirs = stats.sobol_indices(func=both, n=16)
        keys = {"scenario": "other", "against": against, "variable": "output", "region": "zone", "year": 2022}
        np.testing.assert_allclose(numbers(table, **keys, index="total_order"), theirs.total_order.reshape(-1))
        np.testing.assert_allclose(numbers(table, **keys, index="first_order"), theirs.first_order.reshape(-1))
    assert not table.duplicated(KEYS).any()
    assert len(table) == 3 * 2 * 3 * 3 * 2 * 2


def test_what_the_first_year_has_of_one_number_has_no_index_and_a_reason(whole):
    _, directory = whole
    table = pandas.read_csv(directory / "sensitivity" / "sensitivity.csv", keep_default_na=False)
    first = table[(table.variable == "population") & (table.year == 2020)]
    assert set(first.value) == {""} and set(first.reason) == {"the output is the same in all members"}
    assert set(first.quotable) == {""} and set(first.used) == {16}
    assert set(table[table.value != ""].reason) == {""}


def test_files_and_figures_stand_beside_the_members_and_the_summary_is_said(whole):
    said, directory = whole
    written = directory / "sensitivity"
    assert sorted(path.name for path in written.iterdir()) == [*FILES[:1], "figures", *FILES[1:]]
    kinds = [f"{kind}_{name}" for kind in ("bars", "counties", "years") for name in ("one", "other", "other-minus-one")]
    assert {path.stem for path in (written / "figures").iterdir()} == set(kinds)
    assert "Sobol' indices: 2 factors, 16 rows (64 members of each scenario)" in said.out
    assert "other minus one, zone, 2022\n" in said.out
    assert (
        "No member failed.\n" in said.out and " have an interval wider than 0.1, and are not to be quoted" in said.out
    )
    text = (written / "sensitivity.txt").read_text(encoding="utf-8")
    assert said.out.partition("\n\nWritten to ")[0] in text
    assert "capital elasticity (industry) (capital_elasticity[industry]): " in text
    assert "Drawn from 0.95 to 1.05 times its value, " in text


def test_figures_that_are_drawn_again_from_the_table_are_the_same(whole, tmp_path):
    _, directory = whole
    said = call("figures", directory / "sensitivity", "--out", tmp_path / "again", "--format", "png")
    assert (said.status, said.error) == (0, "")
    drawn = sorted(path.name for path in (tmp_path / "again").iterdir())
    assert drawn == sorted(
        path.name for path in (directory / "sensitivity" / "figures").iterdir() if path.suffix != ".pdf"
    )
    for name in drawn:
        assert (tmp_path / "again" / name).read_bytes() == (directory / "sensitivity" / "figures" / name).read_bytes()
    assert "64 runs of the study small" in (tmp_path / "again" / "bars_one.md").read_text(encoding="utf-8")


def test_the_indices_are_read_back_as_they_were_written(whole):
    _, directory = whole
    findings = read_findings(directory / "sensitivity" / "sensitivity.nc")
    table = pandas.read_csv(directory / "sensitivity" / "sensitivity.csv", keep_default_na=False)
    [found] = [each for each in findings.found if each.target.words == "other minus one"]
    keys = {"scenario": "other", "against": "one", "variable": "output", "region": "zone", "year": 2021}
    [shown] = [each for each in findings.shown if each.block.variable == "output"]
    place = findings.output(shown.column, 1)
    for name in ("total_order", "first_order"):
        at = found.indices.names.index(name)
        np.testing.assert_allclose(found.indices.values[at, :, place], numbers(table, **keys, index=name), rtol=1e-9)
    assert found.indices.used[place] == 16 and np.isfinite(found.indices.low[:, :, place]).all()
    first = findings.output(shown.column, 0)
    assert np.isnan(found.indices.values[:, :, first]).all() and found.indices.reasons[:, first].tolist() == [1, 1]


@pytest.mark.parametrize("record", ["", "{}", None])
def test_an_analysis_that_is_not_whole_is_one_line(whole, tmp_path, record):
    _, directory = whole
    stored = read_netcdf(directory / "sensitivity" / "sensitivity.nc")
    if record is None:
        del stored.attrs["record"]
    else:
        stored.attrs["record"] = record
    write_netcdf(stored, tmp_path / "sensitivity.nc")
    said = call("figures", tmp_path)
    assert said.status == 2 and len(said.error.splitlines()) == 1
    assert said.error.startswith(f"{tmp_path / 'sensitivity.nc'}: not a whole analysis; found ")


def test_an_analysis_of_an_older_version_is_one_line(whole, tmp_path):
    (tmp_path / "sensitivity.csv").write_text("scenario,against\n", encoding="utf-8")
    said = call("figures", tmp_path)
    assert said.status == 2
    assert said.error == f"{tmp_path / 'sensitivity.nc'}: the result file is missing\n"


def test_a_sweep_has_no_figures_and_its_analysis_is_named(whole, tmp_path):
    _, directory = whole
    said = call("figures", directory)
    assert said.status == 2
    assert said.error.endswith(f"has no figures of its own; expected {directory / 'sensitivity'}\n")


def test_the_record_of_convergence_ends_in_the_indices(folder, tmp_path):
    said, table = analysed(folder, tmp_path / "more", DESIGN.replace("16", "32"), one=ALONE)
    steps = pandas.read_csv(tmp_path / "more" / "small" / "sensitivity" / "convergence.csv", keep_default_na=False)
    assert sorted(set(steps.sampled)) == [16, 32] and set(steps.region) == {"zone"}
    last = steps[steps.sampled == 32].merge(table, on=KEYS, suffixes=("", "_all"))
    assert (last.value == last.value_all).all() and len(last) == 2 * 3 * 2 * 2
    assert "Doubling the sample from 16 rows moved no index by more than " in said.out


def test_a_sweep_that_is_finished_is_taken_and_not_simulated_again(folder, whole, monkeypatch):
    from regionsim.studies.sweep import run

    _, directory = whole
    before = contents(directory)
    monkeypatch.setattr(run, "chunk_result", None)
    again = call("sensitivity", folder / "study.yaml", "--out", directory.parent)
    assert again.status == 0 and again.out == whole[0].out
    after = contents(directory)
    assert {name: after[name] for name in after if not name.endswith(".pdf")} == {
        name: before[name] for name in before if not name.endswith(".pdf")
    }


def test_one_that_was_killed_is_resumed_to_the_same_tables(folder, whole, tmp_path):
    words = ("sensitivity", folder / "study.yaml", "--out", tmp_path / "out", "--processes", 1, "--engine", "reference")
    stopped_after_a_chunk(signal.SIGKILL, *words, out=tmp_path / "out")
    assert not (tmp_path / "out" / "small" / "sensitivity").exists()
    refused = call(*words)
    assert refused.status == 2 and "there is a sweep already; expected --resume" in refused.error
    assert "(regionsim sensitivity " in refused.error
    assert call(*words, "--resume", "--no-figures").status == 0
    for name in FILES:
        made = (tmp_path / "out" / "small" / "sensitivity" / name).read_bytes()
        assert made == (whole[1] / "sensitivity" / name).read_bytes()


def test_failed_members_take_their_rows_and_are_described(folder, tmp_path):
    wild = ("{low: 0.95, high: 1.05}", "{low: 0.9, high: 15, shape: lognormal, outside_range: true}")
    said, table = analysed(folder, tmp_path / "wild", DESIGN.replace("16", "32"), wild=wild, one=ALONE)
    record = json.loads((tmp_path / "wild" / "small" / "record.json").read_text(encoding="utf-8"))
    stored = read_netcdf(tmp_path / "wild" / "small" / "outputs.nc")
    is_whole = (stored["failed"].sel(scenario="one").values.reshape(32, 4) == 0).all(axis=1)
    assert 16 <= is_whole.sum() < 32
    assert set(table[(table.scenario == "one")].used) == {is_whole.sum()}
    assert f"one: {32 - is_whole.sum()} of 32 rows are left out, a member of each having failed." in said.out
    assert f"one: {record['results']['failed']['one']} of 128 members failed, and enter no figure." in said.out
    assert "The indices are those of the part of the ranges in which the model runs." in said.out
    values = stored["output"].sel(scenario="one", region="zone", year=2022).values.reshape(32, 4)[is_whole]
    found = sobol(values[:, :, None], np.ones(1)).values[0, :, 0]
    keys = {"variable": "output", "region": "zone", "year": 2022, "index": "total_order"}
    np.testing.assert_allclose(numbers(table, **keys), found)


def test_where_too_much_failed_the_command_says_so_and_gives_no_index(folder, tmp_path):
    wild = ("{low: 0.95, high: 1.05}", "{low: 0.5, high: 30, outside_range: true}")
    said, table = analysed(folder, tmp_path / "wilder", DESIGN, wild=wild, one=ALONE)
    assert said.status == 1
    assert set(table.value) == {""}
    assert "no index: too few members ran through (" in said.out


def test_morris_gives_effects_in_units_of_the_output(folder, tmp_path):
    said, table = analysed(folder, tmp_path / "morris", "{kind: morris, trajectories: 8}", one=ALONE)
    assert set(table["index"]) == {"mu_star", "mu", "sigma"}
    rows = table[(table.value != "") & (table.variable == "output")]
    assert set(rows.unit) == {"100 million CNY, 2020 prices"}
    design = pandas.read_csv(tmp_path / "morris" / "small" / "design.csv")
    stored = read_netcdf(tmp_path / "morris" / "small" / "outputs.nc")["output"]
    values = stored.sel(scenario="one", region="zone", year=2022).values.reshape(8, 3)
    moved = np.diff(design["migration_income_elasticity"].values.reshape(8, 3), axis=1)
    changes = np.diff(values, axis=1)[moved != 0] * np.sign(moved[moved != 0])
    keys = {"scenario": "one", "against": "", "variable": "output", "region": "zone", "year": 2022}
    found = numbers(table, **keys, factor="migration_income_elasticity", index="mu")
    assert found == [pytest.approx(changes.mean() * 3 / 2)]  # a step is two thirds of the range
    assert "Morris screening: 2 factors, 8 trajectories (24 members of each scenario)" in said.out
    assert "  Output (100 million CNY, 2020 prices)" in said.out


def test_outputs_are_read_group_by_group(folder, tmp_path, monkeypatch):
    """Of more outputs than the memory holds the indices are those of each by itself."""
    text = STUDY.replace("members: 16", "members: 256").replace("zone, 醴陵市, 莲花县", "zone, counties")
    many = "population, output, urbanization_rate, forest_cover, schooling, market_access, visits, debt_ratio"
    path = write(folder, text.replace("population, output", many), "wide.yaml")
    plan = plan_of(read_study(path))
    store, generator = Store(tmp_path / "wide"), np.random.default_rng(0)
    store.begin({}, {})
    nobody = [{}, {}]
    write_netcdf(frame(plan, nobody), store.directory / "outputs.nc")
    size = 0
    for block in plan.study.blocks:
        weights = generator.random((2, plan.numbers.shape[1], 3, len(block.regions)))
        values = np.einsum("mf,sfyr->smyr", plan.numbers, weights)
        write_netcdf(outputs_dataset([block], values), store.directory / "outputs.nc", beside=True)
        size += values.nbytes
    (store.directory / "failures.csv").write_text("scenario,member,words\n", encoding="utf-8")

    def analysed_and_peak(group):
        monkeypatch.setattr(report, "GROUP_BYTES", group)
        tracemalloc.start()
        try:
            found = analyse(read_sample(plan, store))
            return found, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    together, _ = analysed_and_peak(2 * size)
    apart, peak = analysed_and_peak(size // 50)
    assert peak < size
    for one, other in zip(together.found, apart.found, strict=True):
        np.testing.assert_allclose(one.indices.values, other.indices.values, rtol=1e-9, atol=1e-12)
        assert (one.indices.used == other.indices.used).all() and (one.indices.reasons == other.indices.reasons).all()


def test_one_at_a_time_gives_a_tornado(folder, tmp_path):
    said, table = analysed(folder, tmp_path / "one", "{kind: one-at-a-time, levels: 3}", one=ALONE)
    assert set(table["index"]) == {"swing", "at_low", "at_high"}
    stored = read_netcdf(tmp_path / "one" / "small" / "outputs.nc")["output"]
    values = stored.sel(scenario="one", region="zone", year=2022).values
    keys = {"scenario": "one", "against": "", "variable": "output", "region": "zone", "year": 2022}
    found = [numbers(table, **keys, index=name) for name in ("at_low", "at_high")]
    np.testing.assert_allclose(found, [values[[1, 4]] - values[0], values[[3, 6]] - values[0]], rtol=1e-9)
    assert "one factor at a time: 2 factors, 7 members" in said.out


def test_draws_give_pawn_and_delta_with_the_noise_of_a_factor_that_does_nothing(folder, tmp_path):
    said, table = analysed(folder, tmp_path / "draws", "{kind: latin-hypercube, members: 120}", one=ALONE)
    assert set(table["index"]) == {"pawn", "pawn_maximum", "delta"}
    delta = table[(table["index"] == "delta") & (table.value != "")]
    assert set(delta.region) == {"zone"} and set(delta.year) == {2022} and (delta.low != "").all()
    assert "PAWN of a factor that does nothing, with 120 members: up to 0.2" in said.out
    assert " PAWN indices are above what chance makes of a factor that does nothing." in said.out


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (
            "{kind: grid}",
            "no analysis of sensitivity for a design of the kind 'grid'; expected one of saltelli, morris",
        ),
        ("{kind: saltelli, members: 8}", "too few rows for Sobol' indices; found 8; expected 16 or more"),
        ("{kind: morris, trajectories: 3}", "too few trajectories for Morris screening; found 3; expected 4 or more"),
        ("{kind: monte-carlo, members: 99}", "too few members for PAWN and delta; found 99; expected 100 or more"),
    ],
)
def test_a_design_that_gives_no_indices_is_refused_before_anything_runs(folder, tmp_path, design, words):
    said, _ = analysed(folder, tmp_path / "refused", design)
    assert said.status == 2 and said.error.startswith(f"{folder / 'refused-study.yaml'}:4: {words}")
    assert said.error.count("\n") == 1 and not (tmp_path / "refused").exists()


def test_a_missing_library_is_said_before_anything_runs(folder, tmp_path, monkeypatch):
    from regionsim.studies.sensitivity import methods

    monkeypatch.setattr(methods, "find_spec", lambda name: None if name == "SALib" else find_spec(name))
    said, _ = analysed(folder, tmp_path / "refused", "{kind: latin-hypercube, members: 120}")
    assert said.status == 2
    assert said.error.endswith("not installed; expected SALib: pip install 'regionsim[sensitivity]'\n")
    assert not (tmp_path / "refused").exists()
    assert analysed(folder, tmp_path / "morris", "{kind: morris, trajectories: 4}", one=ALONE)[0].status == 0


def test_indices_that_are_too_many_for_a_table_are_in_a_dataset_and_those_of_the_zone_in_the_table(
    whole, folder, tmp_path, monkeypatch
):
    from regionsim.studies.sensitivity import tables

    _, directory = whole
    shutil.copytree(directory, tmp_path / "small")
    table, steps = (pandas.read_csv(directory / "sensitivity" / name, keep_default_na=False) for name in FILES[1::-1])
    regions, years = len(set(table.region)), len(set(table.year))
    assert regions > 1 and years > 1
    for most, kept in ((len(table) // regions, years), (len(table) // regions - 1, 1)):
        monkeypatch.setattr(tables, "MOST_ROWS", most)
        said = call("sensitivity", folder / "study.yaml", "--out", tmp_path, "--no-figures")
        assert said.status == 0 and "sensitivity.nc has them all" in said.out
        cut = pandas.read_csv(tmp_path / "small" / "sensitivity" / "sensitivity.csv", keep_default_na=False)
        assert set(cut.region) == {"zone"} and len(set(cut.year)) == kept and set(cut.variable) == set(table.variable)
        same = cut.merge(table, on=KEYS, suffixes=("", "_all"))
        assert len(same) == len(cut)
        for name in ("value", "low", "high"):
            np.testing.assert_array_equal(*(pandas.to_numeric(same[each]) for each in (name, f"{name}_all")))
        fewer = pandas.read_csv(tmp_path / "small" / "sensitivity" / "convergence.csv", keep_default_na=False)
        same = fewer.merge(steps, on=[*KEYS, "sampled"], suffixes=("", "_all"))
        assert len(same) == len(fewer) > 0
        np.testing.assert_array_equal(*(pandas.to_numeric(same[name]) for name in ("value", "value_all")))
    dataset = read_netcdf(tmp_path / "small" / "sensitivity" / "sensitivity.nc")
    for _, row in table.iterrows():
        targets = (dataset["scenario"].values == row.scenario) & (dataset["against"].values == row.against)
        where = {"target": int(np.flatnonzero(targets)[0])}
        key = {"index": row["index"], "factor": row.factor, "year": row.year, "region": row.region}
        value = dataset[row.variable].isel(where).sel(key).item()
        assert np.isnan(value) if row.value == "" else value == pytest.approx(float(row.value), rel=1e-11)
        key.pop("index")
        assert (dataset[f"{row.variable}_reason"].isel(where).sel(key).item() != 0) == (row.reason != "")


def test_the_memory_of_an_analysis_is_asked_before_anything_runs(folder, tmp_path, monkeypatch):
    from regionsim.studies.sensitivity import room

    monkeypatch.setattr(room, "available_memory", lambda: 190_000_000)
    said = call("sensitivity", folder / "study.yaml", "--out", tmp_path / "out")
    assert said.status == 2 and not (tmp_path / "out").exists()
    assert "the analysis does not fit: 64 members x " in said.error and "2 factors; found 0.2 GB" in said.error
    assert said.error.count("\n") == 1
