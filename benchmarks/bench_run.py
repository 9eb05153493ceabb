"""How long a run takes: `make bench` prints the figures, tests do not time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from regionsim.engine.integrate import simulate
from regionsim.studies.model import build_model, read_scenario

ROOT = Path(__file__).parents[1]
BASE = ROOT / "scenarios" / "base.yaml"


@pytest.fixture(scope="module")
def model():
    return build_model(read_scenario(BASE))


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_simulation_of_one_member(benchmark, model, method):
    """One member, 2020 to 2035, step 1/4; allowed are 0.15 s by Euler."""
    benchmark(simulate, model, start=2020, end=2035, step=0.25, method=method)


def test_building_the_model(benchmark):
    """Parameters, data, travel times and compilation, everything read before."""
    scenario = read_scenario(BASE)
    benchmark(build_model, scenario)


def test_whole_run_with_figures(benchmark, tmp_path):
    """`regionsim run` as a process of its own, figures included; allowed are 6 s of wall time."""
    command = [sys.executable, "-c", "from regionsim.cli import main; main()", "run", str(BASE), "--out", str(tmp_path)]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True, "capture_output": True}, rounds=3)


def test_help(benchmark):
    """`regionsim --help` as a process of its own; allowed are 0.3 s."""
    command = [sys.executable, "-c", "from regionsim.cli import main; main()", "--help"]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True, "capture_output": True}, rounds=5)
