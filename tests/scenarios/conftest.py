"""What every test of scenarios is given: the parameters of the small world and its loader."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from scenario_world import DEMOGRAPHY, ECONOMY, Load, find_project

from regionsim.language.inputs import AnyInput
from regionsim.scenarios.load import load_scenario
from regionsim.scenarios.parameters import load_parameters


@pytest.fixture(scope="session")
def parameters(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, AnyInput]:
    folder = tmp_path_factory.mktemp("world") / "parameters"
    folder.mkdir()
    (folder / "demography.yaml").write_text(DEMOGRAPHY, encoding="utf-8")
    (folder / "economy.yaml").write_text(ECONOMY, encoding="utf-8")
    return load_parameters(folder, check_units=True)


@pytest.fixture(scope="session")
def load(parameters: Mapping[str, AnyInput]) -> Load:
    """Loads a scenario of the small world."""
    return lambda path: load_scenario(path, parameters=parameters, find_project=find_project)
