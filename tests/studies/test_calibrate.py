"""`regionsim calibrate`: it finds what made the data, says what the data do not tell, and loses nothing on the way."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from command_line import Said, call
from numpy.typing import NDArray
from scipy.optimize import least_squares
from whole_model import SCENARIOS

from regionsim.engine.guard import SimulationError
from regionsim.place.counties import county_codes
from regionsim.problems import ProblemsError
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.calibrate import targets
from regionsim.studies.calibrate.calibrate import calibrate
from regionsim.studies.calibrate.fit import Aim, Evaluations, starts
from regionsim.studies.calibrate.posterior import log_posterior
from regionsim.studies.calibrate.read import read_study
from regionsim.studies.calibrate.schema import TargetEntry
from regionsim.studies.calibrate.scores import Scores
from regionsim.studies.calibrate.targets import BROKEN, Rows, log_likelihood, modelled, modelled_soundly, rho
from regionsim.studies.calibrate.write import write_calibration
from regionsim.studies.ensemble import ensemble_inputs
from regionsim.studies.layer_draws import layer_draws
from regionsim.studies.model import evidence, given, known_parameters, read_scenario
from regionsim.studies.priors import prior_of
from regionsim.studies.validate.observations import Observation

Array = NDArray[np.float64]
YEAR = 2022
TRUTH = {"fertility_index": 0.92, "productivity_growth_rate": 1.4}
IDLE = "treatment_capacity_cost"  # no figure of people or output within two years
UNCERTAINTY = {"population_below_15": 0.0005, "output": 0.002}
SCENARIO = f"name: short\nextends: base.yaml\nrun: {{end: {YEAR}}}\n"
STUDY = f"""\
name: made-up
title: {{en: Made up, zh: 虚构}}
scenario: short.yaml
observed: observed.csv
seed: 5
starts: 2
targets:
  population_below_15: {{}}
  output: {{}}
stages:
  - {{name: demography, parameters: [fertility_index], targets: [population_below_15]}}
  - {{name: joint, parameters: [fertility_index, productivity_growth_rate, {IDLE}]}}
draws: 128
"""


@dataclass(frozen=True)
class Made:
    """A study of data that the model itself made, and what came of it."""

    folder: Path
    said: Said

    @property
    def study(self) -> Path:
        return self.folder / "study.yaml"

    @property
    def out(self) -> Path:
        return self.folder / "out"


@pytest.fixture(scope="module")
def base() -> Scenario:
    return replace(read_scenario(SCENARIOS / "base.yaml"), end=YEAR)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, base: Scenario) -> Made:
    folder = tmp_path_factory.mktemp("made")
    (folder / "base.yaml").write_bytes((SCENARIOS / "base.yaml").read_bytes())
    (folder / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    rows = [Observation(0, code, name, YEAR, 1.0, 0.01) for name in UNCERTAINTY for code in county_codes()]
    whole = Rows.of(rows, {name: TargetEntry() for name in UNCERTAINTY})
    values = modelled_soundly(base, {key: np.array([value]) for key, value in TRUTH.items()}, whole)[0]
    noise = np.random.default_rng(11).normal(size=len(values))
    with (folder / "observed.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["adcode", "variable", "year", "value", "rel_uncertainty"])
        for row, value, error in zip(rows, values, noise, strict=True):
            sure = UNCERTAINTY[row.variable]
            writer.writerow([row.region, row.variable, row.year, value * (1 + sure * error), sure])
    return Made(folder, call("calibrate", folder / "study.yaml", "--out", folder / "out"))


# --- what is found ----------------------------------------------------------------------------------------------------


def test_it_recovers_what_made_the_data(made: Made) -> None:
    assert (made.said.status, made.said.error) == (0, "")
    parameters = entries(made)
    for key, truth in TRUTH.items():
        assert parameters[key]["value"] == pytest.approx(truth, rel=0.05)
        low, high = parameters[key]["interval_90"]
        # One truth in ten lies outside its interval of 90 %: within twice its width lie all but a few in a thousand.
        assert low - (high - low) / 2 < truth < high + (high - low) / 2
        assert parameters[key]["shrinkage"] > 0.7 and "flag" not in parameters[key]
    # In sigma the errors are those of the noise that was added.
    assert layer(made)["fit"]["output"]["sigmas_before"] > 2 > 1.3 > layer(made)["fit"]["output"]["sigmas_after"]


def test_a_parameter_that_the_data_do_not_tell_of_keeps_its_prior_and_says_so(made: Made) -> None:
    idle, prior = entries(made)[IDLE], prior_of(IDLE)
    assert abs(idle["shrinkage"]) < 0.1 and idle["flag"] == "not moved by the data"
    assert idle["interval_90"] == pytest.approx(prior.quantile([0.05, 0.95]), rel=0.1)
    assert f"Not moved by the data: {IDLE}." in made.said.out


def test_all_starts_come_to_one_place(made: Made) -> None:
    assert "Stage demography: 2 of 2 starts" in made.said.out and "Stage joint: 2 of 2 starts" in made.said.out


def test_every_row_is_told_before_and_after_the_fit(made: Made) -> None:
    with (made.out / "fit.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 2 * len(county_codes())
    for row in rows:
        apart = (float(row["modelled_after"]) - float(row["observed"])) / float(row["sigma"])
        assert float(row["z_after"]) == pytest.approx(apart, rel=1e-4, abs=1e-4)


# --- the layer in a scenario ------------------------------------------------------------------------------------------


def test_a_scenario_with_the_layer_has_its_values_and_its_runs_those_of_the_fit(made: Made) -> None:
    file = made.folder / "with-layer.yaml"
    file.write_text("extends: short.yaml\ncalibration: out/made-up.yaml\n", encoding="utf-8")
    scenario = read_scenario(file)
    known = known_parameters(scenario)
    assert known["fertility_index"].quality == "calibrated"
    factor = entries(made)["productivity_growth_rate"]["value"]
    fed = given(scenario).inputs["productivity_growth_rate"]
    np.testing.assert_array_equal(fed.values, evidence()["productivity_growth_rate"].values * factor)
    with (made.out / "fit.csv").open(encoding="utf-8", newline="") as stream:
        after = [float(row["modelled_after"]) for row in csv.DictReader(stream)]
    study = read_study(made.study)
    found = modelled_soundly(scenario, {}, Rows.of(study.observations, study.targets))[0]
    np.testing.assert_allclose(found, after, rtol=1e-11)


def test_draws_of_the_layer_take_the_place_of_its_values(made: Made) -> None:
    draws = layer_draws("made-up.yaml", made.out)
    assert list(draws) == [*TRUTH, IDLE]
    for key, values in draws.items():
        low, high = entries(made)[key]["interval_90"]
        prior = prior_of(key)
        assert len(values) == 400 and prior.low <= values.min() and values.max() <= prior.high
        assert 0.8 < np.mean((low <= values) & (values <= high)) < 0.97
    file = made.folder / "with-layer.yaml"
    file.write_text("extends: short.yaml\ncalibration: out/made-up.yaml\n", encoding="utf-8")
    of_two = {"productivity_growth_rate": draws["productivity_growth_rate"][:2]}
    fed = ensemble_inputs(read_scenario(file), of_two).inputs
    for k, factor in enumerate(of_two["productivity_growth_rate"]):
        rates = evidence()["productivity_growth_rate"].values[0] * factor
        np.testing.assert_array_equal(fed["productivity_growth_rate"].values[k], rates)
    # What is not drawn is as the layer has it.
    index = evidence()["fertility_index"].values * entries(made)["fertility_index"]["value"]
    np.testing.assert_array_equal(fed["fertility_index"].values, index)


def test_draws_that_are_not_those_of_the_layer_are_refused(made: Made, tmp_path: Path) -> None:
    for name in ("made-up.yaml", "made-up.draws.csv"):
        (tmp_path / name).write_bytes((made.out / name).read_bytes())
    draws = tmp_path / "made-up.draws.csv"
    draws.write_text(draws.read_text(encoding="utf-8").replace(IDLE, "another"), encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"made-up.draws.csv:1: not the draws of the layer"):
        layer_draws("made-up.yaml", tmp_path)
    draws.write_text("a,b\n1,2\n1\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=r"made-up.draws.csv:3: a row of draws; expected 2 numbers"):
        layer_draws("made-up.yaml", tmp_path)
    with pytest.raises(ProblemsError, match=r"unknown calibration"):
        layer_draws("made-up", tmp_path)


# --- interrupted ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "processes"), [(2, 2), (5, 1)])
def test_after_an_interruption_it_goes_on_to_the_very_same_result(
    made: Made, tmp_path: Path, last: int, processes: int
) -> None:
    study = read_study(made.study)
    told: list[str] = []

    def interrupting(what: str) -> None:
        told.append(what)
        if len(told) == last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(study, tmp_path, tell=interrupting)
    refused = call("calibrate", made.study, "--out", tmp_path)
    expected = "an unfinished calibration is here; expected --resume to finish it, or another folder by --out"
    assert (refused.status, refused.error) == (2, f"{tmp_path}: {expected}\n")
    found = calibrate(study, tmp_path, resume=True, processes=processes, tell=told.append)
    write_calibration(found, tmp_path)
    for name in ("made-up.yaml", "made-up.draws.csv", "fit.csv", "log.jsonl", "state.json"):
        assert (tmp_path / name).read_bytes() == (made.out / name).read_bytes(), name


def test_a_changed_study_is_not_gone_on_with(made: Made) -> None:
    changed = made.folder / "changed.yaml"
    changed.write_text(STUDY.replace("seed: 5", "seed: 6"), encoding="utf-8")
    said = call("calibrate", changed, "--out", made.out, "--resume")
    assert said.status == 2 and said.error.count("\n") == 1
    assert "the study, its data or the model have changed since this calibration was begun" in said.error


def test_a_calibration_goes_on_by_the_engine_that_it_was_begun_with(made: Made) -> None:
    said = call("calibrate", made.study, "--out", made.out, "--resume", "--engine", "compiled")
    assert said.status == 2 and said.error.count("\n") == 1
    expected = "found compiled; expected --engine reference, which it was begun with, or another folder by --out"
    assert said.error.endswith(f"cannot go on by another engine; {expected}\n")


def test_machine_code_comes_to_the_same_fit(made: Made, tmp_path: Path) -> None:
    pytest.importorskip("llvmlite")
    said = call("calibrate", made.study, "--out", tmp_path / "out", "--engine", "compiled")
    assert said.status == 0
    ours, theirs = (entries(replace(made, folder=folder)) for folder in (tmp_path, made.folder))
    for key in theirs:
        assert ours[key]["value"] == pytest.approx(theirs[key]["value"], rel=1e-6)
    state = json.loads((tmp_path / "out" / "state.json").read_text(encoding="utf-8"))
    assert state["engine"] == "compiled"


def test_nothing_is_gone_on_with_where_nothing_was_begun(made: Made, tmp_path: Path) -> None:
    said = call("calibrate", made.study, "--out", tmp_path / "new", "--resume")
    assert said.status == 2 and "nothing to resume; found no state.json" in said.error


def test_a_folder_with_anything_else_in_it_is_left_alone(made: Made, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    said = call("calibrate", made.study, "--out", tmp_path)
    assert said.status == 2 and "mine.txt" in said.error
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# --- the parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", ["linear", "soft_l1", "huber", "cauchy"])
def test_the_likelihood_is_the_loss_that_least_squares_makes_small(loss: str) -> None:
    residuals = np.array([0.0, 0.3, -0.99, 1.01, -4.0, 30.0])
    found = least_squares(lambda x: residuals + 0 * x, [0.0], loss=loss, max_nfev=1)
    assert -log_likelihood(residuals[None], np.ones(6), loss)[0] == pytest.approx(found.cost)
    squares, step = np.array([0.2, 0.7, 1.7, 9.0]), 1e-6
    upper, here, lower = (rho(squares + way * step, loss) for way in (1, 0, -1))
    np.testing.assert_allclose(here[1], (upper[0] - lower[0]) / (2 * step), rtol=1e-6)
    np.testing.assert_allclose(here[2], (upper[1] - lower[1]) / (2 * step), rtol=1e-5, atol=1e-9)


def test_sigma_is_made_of_the_data_and_of_the_model() -> None:
    rows = [
        Observation(0, "430281", "population", YEAR, 1000.0, 0.03),
        Observation(0, "430281", "urbanization_rate", YEAR, 0.5, float("nan")),
    ]
    targets_of = {
        "population": TargetEntry(tolerance=0.04),
        "urbanization_rate": TargetEntry(tolerance=0.02, weight=2.0),
    }
    found = Rows.of(rows, targets_of)
    np.testing.assert_allclose(found.sigma, [50.0, 0.02])
    assert found.weight.tolist() == [1.0, 2.0]


def test_scores_stay_within_ranges_and_begin_with_the_evidence() -> None:
    scores = Scores((prior_of("participation_share"), prior_of("productivity_growth_rate")))
    ends = scores.numbers(np.array([[-40.0, 40.0], [40.0, -40.0]]))
    assert ends["participation_share"] == pytest.approx([0.68, 0.84], abs=1e-4)
    assert ends["productivity_growth_rate"].min() >= 0.25 and ends["productivity_growth_rate"].max() <= 2.0
    centre = {key: float(values[0]) for key, values in scores.numbers(scores.centre()).items()}
    assert centre == pytest.approx({"participation_share": 0.76, "productivity_growth_rate": 1.0})
    assert starts(scores, 3, seed=1).shape == (3, 2)


def test_a_run_that_breaks_down_is_never_a_good_one(base: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = targets.simulate_ensemble

    def breaking(scenario, draws, outputs, **more):
        if any(values.max() > 1.5 for values in draws.values()):
            raise SimulationError("the stock 'population' is nan")
        return sound(scenario, draws, outputs, **more)

    monkeypatch.setattr(targets, "simulate_ensemble", breaking)
    rows = Rows.of([Observation(0, "zone", "output", YEAR, 5000.0, 0.01)], {"output": TargetEntry()})
    key = "productivity_growth_rate"
    draws = {key: np.array([1.0, 1.2, 1.6, 1.4, 1.7])}
    values = modelled(base, draws, rows)
    assert np.isfinite(values[:, 0]).tolist() == [True, True, False, True, False]
    np.testing.assert_allclose(values[3], sound_value(base, rows, 1.4), rtol=1e-12)
    assert (rows.residuals(values)[[2, 4]] == BROKEN).all() and (abs(rows.residuals(values)[:2]) < BROKEN).all()
    scores = Scores((prior_of(key),))
    aim = Aim(base, rows, scores, {}, "soft_l1")
    z = np.array([[0.0], [2.5]])  # a factor of 1.06, and one of 1.85
    assert np.isfinite(log_posterior(aim, z)).tolist() == [True, False]
    # Beside the edge the derivative is that of the side on which runs do not break.
    edge = scores_of(prior_of(key), 1.4999)
    _, slope = Evaluations(aim).at(edge)
    _, inner = Evaluations(aim).at(edge - 0.02)
    np.testing.assert_allclose(slope, inner, rtol=0.1)


def sound_value(scenario: Scenario, rows: Rows, factor: float) -> Array:
    return modelled_soundly(scenario, {"productivity_growth_rate": np.array([factor])}, rows)[0]


def scores_of(prior, number: float) -> Array:
    from scipy.stats import norm

    return np.array([norm.ppf(float(prior.cumulated(number)))])


# --- wrong files ------------------------------------------------------------------------------------------------------

WRONG = """\
name: Made up
scenario: shorter.yaml
observed: observations.csv
seeds: 5
targets:
  populations: {}
  output: {tolerance: -1}
stages:
  - {name: people, parameters: [fertility_indexs, mortality_by_age, fertility_index], targets: [forest]}
  - {name: people, parameters: [fertility_index], targets: all}
draws: 10
"""
NEAREST = "did you mean 'fertility_index'?"
TABLE = "'mortality_by_age' is a table by age or the like, which has no members"
WRONG_WORDS = f"""\
wrong.yaml:1: key 'name'; found 'Made up'; expected small letters, digits and hyphens, like 'full-cooperation'
wrong.yaml:2: the scenario does not exist; found 'shorter.yaml'; expected a scenario file, \
from the folder of the study; did you mean 'short.yaml'?
wrong.yaml:4: unknown key 'seeds'; did you mean 'seed'?
wrong.yaml:6: unknown target 'populations'; did you mean 'population'?
wrong.yaml:7: key 'targets.output.tolerance'; found -1; expected at least 0
wrong.yaml:9: 'fertility_indexs' cannot be fitted: unknown parameter 'fertility_indexs', {NEAREST}
wrong.yaml:9: 'mortality_by_age' cannot be fitted: {TABLE}
wrong.yaml:9: unknown target 'forest'; expected a target of this study
wrong.yaml:10: stage 'people' stands twice
wrong.yaml:11: key 'draws'; found 10; expected at least 64
"""


def test_everything_that_is_wrong_with_a_study_is_said_at_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.folder)
    Path("wrong.yaml").write_text(WRONG, encoding="utf-8")
    said = call("calibrate", "wrong.yaml")
    assert (said.status, said.error) == (2, WRONG_WORDS)
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("observed.csv", "census-2002", "study.yaml:4: key 'observed'; found 'census-2002'; expected 'census-2020' or"),
        ("output: {}", "forest_area: {}", "study.yaml:9: nothing is observed of 'forest_area'"),
        ("draws: 128", "nuisance: [fertility_rate]", "study.yaml:13: 'fertility_rate' is fitted by no stage"),
        (
            "draws: 128",
            "leave_out: [Pingxiangg]",
            "study.yaml:13: unknown county 'Pingxiangg'; did you mean 'Pingxiang'?",
        ),
        (f", {IDLE}]", f", {IDLE}], targets: [output]", "from which intervals are taken"),
        (f", {IDLE}]", ", 'productivity_growth_rate[industry]']", "are one; expected a parameter whole, or by element"),
    ],
)
def test_what_cannot_be_fitted_is_told(
    made: Made, monkeypatch: pytest.MonkeyPatch, old: str, new: str, words: str
) -> None:
    monkeypatch.chdir(made.folder)
    Path("other.yaml").write_text(STUDY.replace(old, new), encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        read_study("other.yaml")
    assert words.replace("study.yaml", "other.yaml") in str(raised.value)


def test_a_parameter_that_the_scenario_sets_cannot_be_fitted_and_one_that_it_scales_can(made: Made) -> None:
    study, scenario = made.folder / "scaled-study.yaml", made.folder / "scaled.yaml"
    study.write_text(STUDY.replace("short.yaml", "scaled.yaml"), encoding="utf-8")
    scenario.write_text("extends: short.yaml\nparameters: {fertility_index: {scale: 0.9}}\n", encoding="utf-8")
    assert read_study(study).scenario.parameters["fertility_index"].form == "scale"
    scenario.write_text("extends: short.yaml\nparameters: {fertility_index: 0.8}\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="the scenario says itself what 'fertility_index' is; found its value"):
        read_study(study)


def test_a_parameter_behind_a_table_by_age_cannot_be_fitted(made: Made) -> None:
    study = made.folder / "by-age.yaml"
    text = STUDY.replace("short.yaml", str(SCENARIOS / "hindcast.yaml")).replace("observed.csv", "census-2020")
    study.write_text(text.replace("fertility_index", "mortality_improvement_rate"), encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        read_study(study)
    words = "'mortality_improvement_rate' cannot be fitted: the table 'fertility_by_mean_age' cannot differ"
    assert [str(each.line) for each in raised.value.problems] == ["11", "12"] and words in str(raised.value)


def test_the_study_of_the_project_is_sound_and_holds_growth_of_the_decade_out_of_its_layer() -> None:
    study = read_study(SCENARIOS.parent / "studies" / "hindcast.yaml")
    assert (study.scenario.start, study.scenario.end) == (2010, 2020)
    assert {row.year for row in study.observations} == {2020} and len(study.observations) == 6 * 24 + 3 * 21
    lasting = [prior.key for prior in study.priors if prior.key not in study.nuisance]
    assert lasting and not any(key.startswith("productivity_growth_rate") for key in lasting)


def test_counties_left_out_are_not_fitted_to(made: Made) -> None:
    study = made.folder / "left-out.yaml"
    study.write_text(STUDY + "leave_out: [萍乡]\n", encoding="utf-8")
    found = read_study(study)
    assert len(found.left_out) == 5 and found.content_hash() != read_study(made.study).content_hash()
    fitted = {row.region for row in found.observations if found.is_fitted(row)}
    assert fitted == set(county_codes()) - set(found.left_out)
    assert not found.is_fitted(Observation(0, "Jiangxi", "output", YEAR, 1.0, 0.1))


def layer(made: Made) -> dict[str, dict[str, dict[str, float]]]:
    from regionsim.scenarios.yaml_reader import read_yaml

    return read_yaml(made.out / "made-up.yaml").data


def entries(made: Made):
    return layer(made)["parameters"]
