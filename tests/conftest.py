"""Helpers that tests of all rooms share: small models from files, inputs from plain numbers."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.axes import full_rank
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model, read_scenario

TESTS = Path(__file__).parent
SCENARIOS = TESTS.parent / "scenarios"


def load_module(path: Path) -> ModuleType:
    """The module in a file outside any package."""
    name = f"test_model_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def constant(name: str, value: Any, unit: str, over: tuple[str, ...] = (), *, members: bool = False) -> Constant:
    """A constant from plain numbers: a number or nested list over `over`, with members first where `members`."""
    array = np.asarray(value, dtype=float)
    if not members:
        array = array[np.newaxis]
    return Constant(
        name=name,
        about=f"The {name} of a test.",
        unit=unit,
        over=over,
        quality="assumption",
        source="test",
        file="tests/inputs.yaml",
        line=1,
        values=full_rank(array, over, members=True),
    )


@pytest.fixture
def small_model() -> Callable[..., Model]:
    """Compile one of the models in tests/models with the given inputs."""

    def build(name: str, *inputs: AnyInput, labels: Mapping[str, tuple[str, ...]] | None = None) -> Model:
        module = load_module(TESTS / "models" / f"{name}.py")
        return compile_model(collect([module]), {value.name: value for value in inputs}, labels or {})

    return build


@pytest.fixture(scope="session")
def base_scenario() -> Scenario:
    """The base scenario of the project."""
    return read_scenario(SCENARIOS / "base.yaml")


@pytest.fixture(scope="session")
def base_model(base_scenario: Scenario) -> Model:
    """The compiled model of the base scenario; tests must not change it."""
    return build_model(base_scenario)


@pytest.fixture(scope="session")
def base_run(base_scenario: Scenario, base_model: Model) -> Trajectory:
    """The trajectory of the base scenario; tests must not change it."""
    return simulate(
        base_model,
        start=base_scenario.start,
        end=base_scenario.end,
        step=base_scenario.step,
        method=base_scenario.method,
    )
