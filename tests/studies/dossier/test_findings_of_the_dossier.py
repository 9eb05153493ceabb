"""What the tests of the dossier find: known errors come out, and failing is said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import xarray
from whole_model import SCENARIOS, county, run

from regionsim.export.loops import NAMED_LOOPS
from regionsim.problems import Problem
from regionsim.studies.checks.files import Check, all_checks
from regionsim.studies.checks.judgement import last_differences, members_against, members_that_hold
from regionsim.studies.dossier import dimensions
from regionsim.studies.dossier.dimensions import dimensional_consistency
from regionsim.studies.dossier.integration import largest_change, observed_order
from regionsim.studies.dossier.knock_outs import knock_out
from regionsim.studies.dossier.ledgers import closing_ledgers
from regionsim.studies.dossier.parameters import parameter_evidence
from regionsim.studies.dossier.rankings import policy_rankings, ranks
from regionsim.studies.dossier.reproduction import reproduction
from regionsim.studies.dossier.setting import ScenarioRun, Setting, Workers, run_of
from regionsim.studies.dossier.signs import PairRuns, judge_pairs
from regionsim.studies.dossier.uncertainty import draws_for
from regionsim.studies.model import evidence, read_scenario
from regionsim.studies.run import run_scenario
from regionsim.studies.validate.observations import Observation
from regionsim.studies.validate.study import validate


@pytest.fixture(scope="module")
def setting() -> Setting:
    """Base and plan, two draws, no further process."""
    scenarios = {name: read_scenario(SCENARIOS / f"{name}.yaml") for name in ("base", "plan")}
    return Setting(scenarios, draws_for(None, 2, 3), Workers(None))


def with_ledger(setting: Setting, residual: float) -> Setting:
    """The same where one ledger of the plan leaks."""
    leaking = replace(setting)
    plan = setting.runs["plan"]
    leaking.__dict__["runs"] = {
        **setting.runs,
        "plan": ScenarioRun(plan.indicators, {**plan.ledgers, "land": residual}),
    }
    return leaking


def test_every_equation_has_one_unit_and_one_that_has_not_would_fail(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = dimensional_consistency(setting)
    assert found.outcome == "pass" and found.words[0].startswith(f"{len(setting.base_model.equations)} equations")
    assert sum(int(row[1] or 0) for row in found.tables[0].rows) == len(setting.base_model.equations)
    wrong = Problem("equations/land.py", 3, "unit of the expression", "[ha]", "[mu]")
    monkeypatch.setattr(dimensions, "check_units", lambda model: [wrong])
    spoilt = dimensional_consistency(setting)
    assert spoilt.outcome == "fail" and str(wrong) in spoilt.words
    assert ("land", 1) in [(row[0], row[-1]) for row in spoilt.tables[0].rows]


def test_a_ledger_that_leaks_fails_and_is_named_with_its_scenario(setting: Setting) -> None:
    assert closing_ledgers(setting).outcome == "pass"
    found = closing_ledgers(with_ledger(setting, 3e-7))
    assert found.outcome == "fail"
    assert ("plan", "land", 3e-7) in found.tables[0].rows
    assert found.tables[1].rows[[row[0] for row in found.tables[1].rows].index("land")][2:] == (3e-7, "plan")


@pytest.mark.parametrize(("order", "power"), [(1, 1), (4, 4)])
def test_the_order_of_a_method_is_seen_in_what_halving_changes(order: int, power: int) -> None:
    values = [10 + 0.3 * step**power for step in (1 / 4, 1 / 8, 1 / 16)]
    assert observed_order(*values) == pytest.approx(order, rel=1e-6)


def test_changes_within_rounding_have_no_order() -> None:
    assert math.isnan(observed_order(5.0, 5.0, 5.0)) and math.isnan(observed_order(5.0, 5.0 + 1e-12, 5.0))


def test_the_largest_change_is_that_of_the_worst_region_over_its_largest_value() -> None:
    def made_up(values: list[list[float]]) -> ScenarioRun:
        array = np.array([values])  # (member, year, region)
        return ScenarioRun(xarray.Dataset({"visits": (("member", "year", "region"), array)}), {})

    one, other = made_up([[10.0, 0.0, 4.0], [20.0, 0.0, -8.0]]), made_up([[10.0, 0.0, 4.0], [21.0, 0.0, -7.0]])
    assert largest_change(one, other, "visits") == pytest.approx(1 / 8)


def test_a_loop_without_its_link_changes_what_it_drives_or_stops_the_run(setting: Setting) -> None:
    loops = {loop.code: loop for loop in NAMED_LOOPS}
    short = replace(setting.scenarios["plan"], end=2027)
    whole = run_of(short)
    accumulation, countryside = (knock_out(short, whole, loops[code]) for code in ("R1", "B3"))
    assert accumulation.changes[2] < -0.01 and accumulation.largest > 0.01 and not accumulation.stopped
    assert "residents" in countryside.stopped and not countryside.changes


def test_equal_values_share_their_rank_and_the_highest_is_first() -> None:
    assert ranks(np.array([3.0, 9.0, 3.0, 1.0])).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_policies_are_ranked_in_every_draw(setting: Setting) -> None:
    found = policy_rankings(setting)
    agreement, values = found.tables
    assert {row[0]: row[1] for row in agreement.rows}["output_per_person"] == "plan"
    assert len(values.rows) == 8 and all(1 <= float(row[7] or 0) <= 2 for row in values.rows)
    alone = policy_rankings(replace(setting, scenarios={"base": setting.scenarios["base"]}))
    assert alone.outcome == "not testable"


def pair_called(name: str) -> Check:
    [check] = [check for check in all_checks() if check.name == name]
    return check


def test_a_sign_is_judged_draw_by_draw(setting: Setting) -> None:
    check = pair_called("More births at once")
    assert check.pair is not None
    [found] = judge_pairs(setting.uncertainty, PairRuns(check.pair.change, check.pair.against, (check,)))
    assert found.holds.tolist() == [True, True] and not found.opposed.any() and not found.broken
    assert (found.difference > 0).all() and found.difference / found.level == pytest.approx([0.2, 0.2], rel=0.05)
    turned = check.model_copy(update={"pair": check.pair.model_copy(update={"sign": "<0"})})
    [wrong] = judge_pairs(setting.uncertainty, PairRuns(check.pair.change, check.pair.against, (turned,)))
    assert not wrong.holds.any() and wrong.opposed.all()


def test_a_change_that_stands_still_does_not_hold_and_does_not_go_the_other_way() -> None:
    pair = pair_called("More births at once").pair
    assert pair is not None
    base = run().trajectory
    assert not members_that_hold(pair, base, base).any() and not members_against(pair, base, base).any()
    births = base.variables["births"]
    values = births.values.copy()
    values[4, 0, county("Lianhua")] *= 0.9
    fewer = replace(base, variables={**base.variables, "births": replace(births, values=values)})
    assert members_against(pair, fewer, base).all()
    difference, level = last_differences(pair, fewer, base)
    assert difference.tolist() == [0.0] and level[0] > 50_000


def test_every_parameter_that_was_not_read_in_a_source_is_marked(setting: Setting) -> None:
    found = parameter_evidence(setting)
    counted, marked, of_the_place = found.tables
    assert counted.rows[-1][-1] == len(evidence()) == sum(int(row[-1] or 0) for row in counted.rows[:-1])
    names = {row[0] for row in marked.rows}
    assert {name for name, value in evidence().items() if value.quality in ("recalled", "derived")} <= names
    assert not {name for name, value in evidence().items() if value.quality == "official"} & names
    qualities = {row[0]: row[1] for row in of_the_place.rows}
    assert qualities["initial_forest_area"] == "recalled" and "border_labour" not in qualities


def test_scores_against_observations_are_told_county_by_county() -> None:
    dataset = run_scenario(SCENARIOS / "as-built.yaml").dataset
    counted = dataset["population"].isel(member=0)
    # A world that stood still but for a thousandth: whoever forecasts the last value beats the model.
    rows = [
        Observation(2 + k, str(code), "population", 2023, 1.001 * float(counted.sel(county=code, year=2020)), math.nan)
        for k, code in enumerate(dataset["county"].values)
    ]
    found = reproduction(validate(dataset, "made-up.csv", rows))
    verdicts, together, by_county = found.tables
    assert found.outcome == "fail" and verdicts.rows[0][3] == "fail"
    assert len(by_county.rows) == 24 and together.rows[0][2] == 24
    head = [column.name for column in by_county.columns].index("MAPE")
    expected = [
        abs(float(counted.sel(county=code, year=2023)) / row.value - 1)
        for code, row in zip(dataset["county"].values, rows, strict=True)
    ]
    assert [float(row[head] or 0) for row in by_county.rows] == pytest.approx([100 * each for each in expected])
