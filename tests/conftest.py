"""What tests of all rooms share: small models, and the base scenario with its model and run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from small_models import load_module

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.model import build_model, read_scenario

TESTS = Path(__file__).parent
SCENARIOS = TESTS.parent / "scenarios"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: at the end the other workers would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


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
