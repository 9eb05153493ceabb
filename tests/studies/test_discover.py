"""Scenario discovery finds the box that was put there, and nothing where there is none."""

import numpy as np
import pytest
from made_sweep import made_sweep, uniform

from regionsim.studies.discover.ask import asked
from regionsim.studies.discover.boxes import Fit, Limit, fit, inside, quasi_p
from regionsim.studies.discover.discover import discover
from regionsim.studies.discover.search import METHODS, peel, search, searched
from regionsim.studies.discover.words import discovery_text, limit_words
from regionsim.studies.sweep.factors import Factor
from regionsim.studies.sweep.failures import distances

BELOW = "forest_cover zone 2025 < 70 %"
BOTH = pytest.mark.parametrize("method", sorted(METHODS))


def drawn(members, count, seed=1):
    return np.random.default_rng(seed).random((members, count))


def found_in(sweep, method="tree", where=BELOW, splits=5, tell=lambda what: None):
    question = asked(sweep, target=None, region=None, where=where, scenario=None, method=method)
    return discover(sweep, question, splits=splits, tell=tell)


def cover(fails):
    return np.where(fails, 0.6, 0.8)


@BOTH
def test_the_box_that_was_put_there_is_found_with_its_limits_coverage_and_density(method):
    numbers = drawn(220, 4)
    really = (numbers[:, 1] > 0.6) & (numbers[:, 3] < 0.5)
    fails = really ^ (np.random.default_rng(2).random(220) < 0.03)
    found = found_in(made_sweep(numbers, cover(fails)), method)
    box = found.boxes[0].box
    assert {(limit.factor, limit.side) for limit in box} == {(1, "at least"), (3, "at most")}
    assert {limit.factor: limit.bound for limit in box} == pytest.approx({1: 0.6, 3: 0.5}, abs=0.06)
    true = fit((Limit(1, "at least", 0.6), Limit(3, "at most", 0.5)), numbers, fails)
    assert found.boxes[0].fit.coverage == pytest.approx(true.coverage, abs=0.1)
    assert found.boxes[0].fit.density == pytest.approx(true.density, abs=0.1)
    assert found.boxes[0].halves.density > 0.8
    assert found.boxes[0].halves.limited[1, "at least"] == found.boxes[0].halves.limited[3, "at most"] == 1.0
    assert max(found.boxes[0].shares) < 1e-6


@BOTH
def test_of_a_factor_in_words_the_box_names_the_words(method):
    numbers = drawn(240, 3)
    numbers[:, 1] = np.floor(4 * numbers[:, 1])
    fails = np.isin(numbers[:, 1], (0, 2)) & (numbers[:, 0] > 0.4)
    lever = Factor("compensation.lushui.price", True, values=("low", "middle", "high", "none"))
    found = found_in(made_sweep(numbers, cover(fails), (uniform("one"), lever, uniform("other"))), method)
    # A tree splits off one word at a time: it needs a box for each.
    boxes = found.boxes if method == "tree" else found.boxes[:1]
    limits = [{limit.factor: limit for limit in each.box} for each in boxes]
    assert sorted(choice for each in limits for choice in each[1].choices) == [0.0, 2.0]
    assert all(each[0].side == "at least" for each in limits)
    said = "is 'low' or 'high'" if method == "prim" else "is 'high'"
    assert limit_words(lever, limits[0][1]) == said
    assert f"compensation.lushui.price  {said}" in discovery_text(found)


@BOTH
def test_where_failing_is_chance_no_box_is_shown(method):
    fails = np.random.default_rng(3).random(120) < 0.3
    found = found_in(made_sweep(drawn(120, 4), cover(fails)), method)
    assert found.boxes == () and found.unsupported is not None
    assert "\nNo box" in discovery_text(found)


def test_chance_finds_a_box_in_few_of_many_sweeps():
    shown = 0
    for seed in range(20):
        fails = np.random.default_rng(seed).random(120) < 0.3
        shown += bool(found_in(made_sweep(drawn(120, 40, seed + 100), cover(fails)), splits=10).boxes)
    assert shown <= 1


def test_two_regions_that_fail_are_two_boxes_and_the_second_is_told_of_what_is_left():
    numbers = drawn(400, 4)
    fails = (numbers[:, 0] < 0.25) | ((numbers[:, 1] > 0.7) & (numbers[:, 0] > 0.5))
    found = found_in(made_sweep(numbers, cover(fails)))
    first, second = found.boxes[:2]
    assert second.fit.all_members == 400 - first.fit.members
    assert second.fit.all_failing == int(fails.sum()) - first.fit.failing
    covered = inside(first.box, numbers) | inside(second.box, numbers)
    assert (covered & fails).sum() / fails.sum() > 0.9
    assert "Box 2 among the" in discovery_text(found)


def test_a_box_is_found_where_nearly_all_fail():
    numbers = drawn(400, 4)
    fails = (numbers[:, 2] < 0.7) | (np.random.default_rng(0).random(400) < 0.6)
    [first, *_] = found_in(made_sweep(numbers, cover(fails))).boxes
    assert [(limit.factor, limit.side) for limit in first.box] == [(2, "at most")]
    assert Fit(400, 360, 400, 360).distance == 1.0  # all members are no finding, however many fail


@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_coverage_density_and_quasi_p_are_those_of_the_library():
    import pandas
    from ema_workbench.analysis.prim import Prim

    numbers = drawn(150, 3)
    fails = (numbers[:, 0] > 0.5) & (numbers[:, 1] < 0.6)
    row = peel(numbers, fails, ())
    theirs = Prim(
        pandas.DataFrame(numbers), fails.astype(int), threshold=fails.mean(), peel_alpha=0.1, mass_min=10 / 150
    ).find_box()
    assert len(row) == len(theirs.box_lims)
    for step, box in enumerate(row):
        ours, said = fit(box, numbers, fails), theirs.peeling_trajectory.iloc[step]
        assert (ours.coverage, ours.density, ours.mass) == pytest.approx((said.coverage, said.density, said.mass))
    shares = [share for pair in theirs.qp[-1].values() for share in pair if share >= 0]
    assert sorted(quasi_p(row[-1], numbers, fails)) == pytest.approx(sorted(shares))


def test_of_many_factors_a_search_sees_those_that_differ_and_three_in_any_case():
    numbers = drawn(300, 60)
    fails = (numbers[:, 7] > 0.5) & (numbers[:, 50] > 0.4)
    places = searched(numbers, fails)
    assert {7, 50} <= set(places.tolist()) and len(places) <= 12
    assert len(searched(numbers, np.arange(300) % 3 == 0)) == 3
    box = search(METHODS["tree"], numbers, fails, ()).box
    assert {limit.factor for limit in box} == {7, 50}


def test_how_far_factors_differ_is_the_distance_of_kolmogorov_and_smirnov():
    from scipy import stats

    numbers, chosen = np.round(drawn(80, 6), 1), np.arange(80) % 3 == 0
    numbers[7:20, 2] = np.nan
    numbers[chosen, 5] = np.nan
    found = distances(numbers, chosen)
    for k in range(5):
        one, other = (numbers[group & ~np.isnan(numbers[:, k]), k] for group in (chosen, ~chosen))
        assert found[k] == pytest.approx(stats.ks_2samp(one, other).statistic)
    assert np.isnan(found[5])


def test_distances_of_many_factors_are_worked_out_in_blocks_of_little_memory(monkeypatch):
    import tracemalloc

    numbers, chosen = drawn(5000, 400), np.arange(5000) % 3 == 0
    numbers[7:20, 2] = np.nan
    numbers[chosen, 5] = np.nan
    whole = distances(numbers, chosen)  # 16 MB of numbers, in two blocks
    monkeypatch.setattr("regionsim.studies.sweep.failures.BLOCK", 50_000)
    tracemalloc.start()
    found = distances(numbers, chosen)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    np.testing.assert_array_equal(found, whole)
    assert peak < numbers.nbytes / 2
    assert len(distances(numbers[:, :0], chosen)) == 0


def test_of_too_few_failing_members_nothing_is_said():
    numbers = drawn(100, 3)
    calls = []
    found = found_in(made_sweep(numbers, cover(np.argsort(numbers[:, 0]) < 19)), tell=calls.append)
    assert not found.is_enough and found.boxes == () and found.unsupported is None and calls == []
    text = discovery_text(found)
    assert "19 of 100 members fail (19 %)." in text and "nothing can be said" in text


def test_broken_members_are_left_out_and_counted_or_what_is_asked():
    numbers = drawn(200, 3)
    broken = np.flatnonzero(numbers[:, 2] > 0.8)
    sweep = made_sweep(numbers, cover(numbers[:, 0] < 0.4), broken=broken)
    found = found_in(sweep)
    assert found.broken == len(broken) and len(found.fails) == 200 - len(broken)
    assert f" {len(broken)} broke down: left out." in discovery_text(found)
    assert [limit.factor for limit in found.boxes[0].box] == [0]
    [where] = found_in(sweep, where="failed").boxes
    assert [(limit.factor, limit.side) for limit in where.box] == [(2, "at least")]
    assert (where.fit.failing, where.fit.all_members) == (len(broken), 200)


def test_a_factor_that_moves_with_one_of_the_box_is_named():
    numbers = drawn(200, 3)
    numbers[:, 2] = 0.7 * numbers[:, 0] + 0.3 * numbers[:, 2]
    found = found_in(made_sweep(numbers, cover(numbers[:, 0] < 0.4)))
    text = discovery_text(found)
    assert [each[:2] for each in found.boxes[0].alike] == [(0, 2)]
    assert "moves with participation_share (rank correlation 0.9" in text


def test_a_limit_that_few_halves_have_may_be_chance():
    numbers = drawn(100, 20, seed=8)
    found = found_in(made_sweep(numbers, cover((numbers[:, 0] < 0.45) & (numbers[:, 1] < 0.93))), splits=10)
    text = discovery_text(found)
    for limit, line in zip(
        found.boxes[0].box,
        (line for line in text.splitlines() if " of the halves" in line and " p " in line),
        strict=True,
    ):
        often = found.boxes[0].halves.limited.get((limit.factor, limit.side), 0.0)
        assert line.endswith("may be chance") == (often < 0.5)


def test_the_same_seed_gives_the_same_halves_and_another_others():
    numbers = drawn(200, 10)
    fails = (numbers[:, 0] < 0.5) & (np.random.default_rng(1).random(200) < 0.6)
    sweep = made_sweep(numbers, cover(fails))
    question = asked(sweep, target=None, region=None, where=BELOW, scenario=None, method="tree")
    first, again, other = (discover(sweep, question, splits=5, seed=seed).boxes[0].halves for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    ("factor", "limit", "words"),
    [
        (uniform("a", 0, 0.1, "1/year"), Limit(0, "at most", 0.04357), "at most 0.04357 1/year"),
        (uniform("a", 0.9, 1.1, "", True), Limit(0, "at least", 1.0213), "at least 1.021 times the evidence"),
        (uniform("a"), Limit(0, "at least", 0.25), "at least 0.25"),
        (Factor("a", True, values=(2028.0, 2030.0, 2033.0)), Limit(0, "at least", 2029.0), "at least 2030"),
        (Factor("a", True, values=(2028.0, 2030.0, 2033.0)), Limit(0, "at most", 2031.5), "at most 2030"),
        (Factor("a", True, values=(2028.0, 2030.0, 2033.0)), Limit(0, "at most", 2030.0), "at most 2030"),
    ],
)
def test_a_limit_is_said_in_the_unit_of_its_factor(factor, limit, words):
    assert limit_words(factor, limit) == words
