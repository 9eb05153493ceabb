"""Members per second of each engine on the whole model, beside PySD and the arithmetic that the equations ask for."""

from __future__ import annotations

import time
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from arithmetic_bound import bound, numpy_seconds_by_kind, seconds_by_kind

from regionsim.engine.compiled import machine
from regionsim.engine.compiled.count import operations_of_run
from regionsim.engine.compiled.program import program_of
from regionsim.engine.compiled.schedule import schedule_of
from regionsim.engine.compiled.simulate import simulate_compiled
from regionsim.engine.integrate import simulate
from regionsim.studies.engines import CHUNK
from regionsim.studies.ensemble import ensemble_model, simulate_ensemble
from regionsim.studies.model import build_model, given, read_scenario
from regionsim.studies.priors import drawable, from_uniform, prior_of
from regionsim.studies.verify.compare import element_names
from regionsim.studies.verify.engines import load_pysd, run_loaded
from regionsim.studies.xmile import scenario_document

pytest.importorskip("llvmlite")

BASE = Path(__file__).parents[1] / "scenarios" / "base.yaml"
PARAMETERS = 20
OUTPUTS = {"population", "output"}
TO_2035 = {"start": 2020, "end": 2035, "step": 0.25, "outputs": OUTPUTS}


@pytest.fixture(scope="module")
def scenario():
    return read_scenario(BASE)


@pytest.fixture(scope="module")
def draws(scenario):
    """A maker of draws of so many members, of parameters spread over all mechanisms."""
    worked_out = {*given(scenario).read, "standard_revenue_share", "equalization_share", "net_borrowing_share"}
    names = [name for name in drawable() if name not in worked_out]
    priors = [prior_of(name) for name in names[:: len(names) // PARAMETERS]]
    return lambda members: from_uniform(priors, np.random.default_rng(2).uniform(0.3, 0.7, (members, len(priors))))


@pytest.fixture(scope="module")
def model_of(scenario, draws):
    return cache(lambda members: ensemble_model(scenario, draws(members)))


@pytest.fixture(scope="module", autouse=True)
def made(model_of):
    """The machine code, made before anything is timed."""
    simulate_compiled(model_of(1), **TO_2035)


@pytest.fixture(scope="module")
def report(pytestconfig):
    """Lines that are printed when all is timed: processor time, which other work on the machine disturbs least."""
    lines = []
    yield lines
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\n" + "\n".join(lines))


def test_reference_engine(benchmark, report, model_of):
    """A chunk of members; allowed are 5 ms a member."""
    seconds = _timed(benchmark, 3, lambda: simulate(model_of(CHUNK), **TO_2035))
    report.append(f"reference, {CHUNK} members: {1000 * seconds / CHUNK:.1f} ms a member and core")


@pytest.mark.parametrize("members", [64, 256, 1024])
def test_compiled_engine_by_members(benchmark, report, model_of, members):
    """As much for the last member as for the first; a run itself costs as much as some tens of members."""
    seconds = _timed(benchmark, 4096 // members, lambda: simulate_compiled(model_of(members), **TO_2035))
    report.append(f"compiled, {members} members: {1000 * seconds / members:.2f} ms a member and core")


def test_cost_is_linear_in_members_and_years(benchmark, report, model_of):
    """So much for a member and so much for each of its years: no case is more than 10 % from that.

    Each is timed in turn and is short, since neighbours of the machine come and go; the least of all rounds counts.
    """
    cases = [(64, 15), (128, 15), (256, 15), (128, 5), (128, 10)]
    least = dict.fromkeys(cases, float("inf"))

    def one_round():
        for members, years in cases:
            run = {**TO_2035, "end": 2020 + years}
            seconds = _seconds(lambda members=members, run=run: simulate_compiled(model_of(members), **run))
            least[members, years] = min(least[members, years], seconds)

    one_round()
    benchmark.pedantic(one_round, rounds=40)
    found = np.array([least[case] for case in cases])
    # Divided by what is found, so that all count alike.
    terms = np.array([[members, members * years] for members, years in cases]) / found[:, None]
    (member, year), *_ = np.linalg.lstsq(terms, np.ones(len(cases)), rcond=None)
    off = np.abs(terms @ [member, year] - 1).max()
    costs = f"{1000 * member:.2f} ms a member and {1000 * year:.3f} ms for each of its years"
    report.append(f"compiled: {costs}, to {100 * off:.1f} % in each of {len(cases)} cases")
    assert off < 0.1


@pytest.mark.parametrize("threads", [1, 2])
def test_compiled_engine_in_threads(benchmark, model_of, threads):
    """512 members, by the clock on the wall."""
    benchmark.pedantic(simulate_compiled, args=(model_of(512),), kwargs={**TO_2035, "threads": threads}, rounds=5)


def test_compiled_ensemble_in_two_processes(benchmark, scenario, draws):
    """1,024 members, from draws to results, the making of their models with it."""
    asked = {"processes": 2, "engine": "compiled"}
    benchmark.pedantic(simulate_ensemble, args=(scenario, draws(1024), OUTPUTS), kwargs=asked, rounds=2)


def test_making_the_machine_code(benchmark, model_of, tmp_path, monkeypatch):
    """Once for each structure of the model and each processor; then it is on disk."""
    monkeypatch.setenv(machine.CACHE, str(tmp_path))
    text = program_of(model_of(1), "euler").text
    benchmark.pedantic(machine._code.__wrapped__, args=(text,), rounds=1)


def test_reading_the_machine_code(benchmark, model_of):
    """What a process that comes later waits for: the text of the program, and the code on disk."""
    text = program_of(model_of(1), "euler").text
    benchmark.pedantic(machine._code.__wrapped__, args=(text,), rounds=3)


def test_pysd_and_the_arithmetic_bound(benchmark, report, scenario, model_of, tmp_path):
    """All in one run, since machines differ: PySD on the exported document, and what the arithmetic takes at least."""
    model = model_of(256)
    program = program_of(model, "euler")
    counted = operations_of_run(program, schedule_of(model, program, 2020, 15, 4, "euler"), 15)
    least = bound(counted, seconds_by_kind())
    ours = min(_seconds(lambda: simulate_compiled(model, **TO_2035)) for _ in range(5)) / 256
    theirs = benchmark.pedantic(_pysd_seconds, args=(scenario, tmp_path), rounds=1)
    report.append(f"PySD: {theirs:.0f} s a run, {theirs / ours:,.0f} times as long as a compiled member")
    report.append(f"arithmetic bound: {1000 * least:.2f} ms; the engine takes {ours / least:.2f} times as long")
    by_numpy = bound(counted, numpy_seconds_by_kind())
    report.append(f"the same arithmetic by numpy on arrays that it is fastest with: {1000 * by_numpy:.1f} ms")
    report.append("operations of a member's run: " + ", ".join(f"{kind} {n:,}" for kind, n in counted.items()))
    assert theirs > ours


def _pysd_seconds(scenario, folder):
    document = scenario_document(scenario, build_model(scenario))
    file = folder / "model.xmile"
    file.write_text(document.xml(), encoding="utf-8", newline="\n")
    names = [name for found in element_names(document, sorted(OUTPUTS)).values() for name in found]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = load_pysd(file)
        return _seconds(lambda: run_loaded(model, names, range(2020, 2036)))


def _timed(benchmark, rounds, work):
    """The least processor time of some rounds, which the benchmark times by the clock on the wall too."""
    work()
    found = []
    benchmark.pedantic(lambda: found.append(_seconds(work)), rounds=rounds)
    return min(found)


def _seconds(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun
