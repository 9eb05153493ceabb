"""Whole scenarios by engines that are not ours: minutes, since one of them is slow with arrays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from elements_by_name import run_pysd_by_name
from whole_model import SCENARIOS

from regionsim.studies.model import build_model, read_scenario
from regionsim.studies.verify.engines import ENGINES
from regionsim.studies.verify.study import certify
from regionsim.studies.xmile import headline_variables


@pytest.mark.slow
@pytest.mark.skipif(not ENGINES["pysd"].version, reason="needs PySD, of the extra 'interop'")
@pytest.mark.skipif(not ENGINES["pysimlin"].version, reason="needs pysimlin, of the extra 'interop'")
@pytest.mark.parametrize(("name", "end"), [("base", 2025), ("plan", 2035)])
def test_every_engine_finds_what_we_find(name: str, end: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # A third of the time that PySD needs by itself. Engines run in new processes, to which no patch of ours extends.
    monkeypatch.setitem(ENGINES, "pysd", replace(ENGINES["pysd"], run=run_pysd_by_name))
    scenario = replace(read_scenario(Path(SCENARIOS) / f"{name}.yaml"), end=end)
    model = build_model(scenario)
    verification = certify(scenario, model, tuple(ENGINES))
    compared = {*model.stocks, *headline_variables(model)}
    assert set(verification.differences) == {"pysd", "pysimlin"}
    for engine, found in verification.differences.items():
        assert {each.variable for each in found} == compared
        wrong = [each for each in found if not each.agrees]
        assert not wrong, f"{engine}: {wrong}"
        assert np.isfinite([each.largest for each in found]).all()
    assert verification.agrees
