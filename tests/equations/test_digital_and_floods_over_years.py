"""Digital economy and floods alone over fifteen years: still without efforts, moved by them, never out of bounds."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from mechanism_alone import End, alone, effort, own_parameters, run, values
from small_models import constant

from regionsim.engine.compile import Model
from regionsim.engine.integrate import Trajectory
from regionsim.engine.units import check_units
from regionsim.equations import digital, floods
from regionsim.language.inputs import AnyInput

COUNTIES = ("towns", "villages", "deserted")
NETWORKS, CITIES, FIRMS = "network_infrastructure_effort", "smart_city_effort", "digital_economy_effort"
DEFENCES, RESERVOIRS = "flood_control_effort", "reservoir_effort"
DIGITAL = [
    *(effort(name, 0, 0, 0) for name in (NETWORKS, CITIES, FIRMS)),
    constant("initial_urban_population", [400_000, 50_000, 0], "person", ("county",)),
    constant("initial_rural_population", [100_000, 150_000, 0], "person", ("county",)),
]
FLOODS = [
    *(effort(name, 0, 0, 0) for name in (DEFENCES, RESERVOIRS)),
    constant("capital", [[6_000, 100_000, 120_000]] * 2 + [[0, 0, 0]], "million CNY_2020", ("county", "sector")),
    constant("flood_shock", [0, 0, 0], "dimensionless", ("county",)),
]


def _model(module: ModuleType, given: list[AnyInput], *changed: AnyInput, end: End = "") -> Model:
    return alone(module, {"county": COUNTIES}, *own_parameters(module, end=end), *given, *changed)


def _run(module: ModuleType, given: list[AnyInput], *changed: AnyInput, end: End = "") -> Trajectory:
    return run(_model(module, given, *changed, end=end))


@pytest.mark.parametrize(("module", "given"), [(digital, DIGITAL), (floods, FLOODS)])
def test_the_units_agree(module: ModuleType, given: list[AnyInput]) -> None:
    assert check_units(_model(module, given)) == []


def test_without_efforts_digital_use_stays_and_adds_nothing() -> None:
    ran = _run(digital, DIGITAL)
    # 0.8 x 0.798 + 0.2 x 0.559; a quarter and three quarters; nobody
    assert values(ran, "digital_index")[0] == pytest.approx([0.7502, 0.61875, 0])
    assert (values(ran, "digital_index") == values(ran, "digital_index")[0]).all()
    assert (values(ran, "digital_effect") == 1).all()


@pytest.mark.parametrize("name", [NETWORKS, CITIES, FIRMS])
def test_a_digital_effort_raises_use_and_productivity_where_it_is_made_and_more_where_less_was_there(name: str) -> None:
    ran = _run(digital, DIGITAL, effort(name, 1, 1, 0))
    gain = values(ran, "digital_index") - values(ran, "digital_index")[0]
    assert (gain[:3] == 0).all()
    assert (np.diff(gain[3:, :2], axis=0) > 0).all()
    assert gain[15, 1] > gain[15, 0] > 0
    effect = values(ran, "digital_effect")
    assert (effect[15, :2] > 1).all()
    assert (effect[15, :2, 0] > effect[15, :2, 1]).all()  # agriculture before industry
    assert (effect[:, 2] == 1).all()


@pytest.mark.parametrize("end", ["low", "high"])
def test_digital_use_never_exceeds_everybody(end: End) -> None:
    ran = _run(digital, DIGITAL, *(effort(name, 5, 5, 5) for name in (NETWORKS, CITIES, FIRMS)), end=end)
    index = values(ran, "digital_index")
    assert (index >= 0).all()
    assert (index <= 1).all()
    # Even so productivity moves by no more than a few per cent where people live.
    assert (values(ran, "digital_effect")[:, :2] < 1.06).all()


def test_without_a_flood_nothing_is_lost_with_or_without_works() -> None:
    for changed in ([], [effort(DEFENCES, 1, 1, 1)]):
        assert (values(_run(floods, FLOODS, *changed), "flood_loss") == 0).all()


def test_works_and_reservoirs_keep_off_part_of_a_flood() -> None:
    flood = constant("flood_shock", [1, 1, 1], "dimensionless", ("county",))
    bare = values(_run(floods, FLOODS, flood), "total_flood_loss")
    assert bare[0] == pytest.approx([180 + 1_500 + 1_800, 180 + 1_500 + 1_800, 0])
    assert (bare == bare[0]).all()
    works = values(_run(floods, FLOODS, flood, effort(DEFENCES, 1, 0, 1)), "total_flood_loss")
    both = values(_run(floods, FLOODS, flood, effort(DEFENCES, 1, 0, 1), effort(RESERVOIRS, 1, 0, 1)), "flood_loss")
    assert (works[:3] == bare[:3]).all()
    assert (np.diff(works[3:, 0]) < 0).all()
    assert bare[15, 0] * 0.7 < works[15, 0] < bare[15, 0] * 0.75  # 30 % in the end, with a delay of 3 years
    assert both[15, 0].sum() < works[15, 0]
    assert (works[:, 1] == bare[:, 1]).all()


@pytest.mark.parametrize("end", ["low", "high"])
def test_protection_stays_a_share_and_losses_stay_below_capital(end: End) -> None:
    flood = constant("flood_shock", [3, 3, 3], "dimensionless", ("county",))
    ran = _run(floods, FLOODS, flood, effort(DEFENCES, 4, 4, 4), effort(RESERVOIRS, 4, 4, 4), end=end)
    protection = values(ran, "flood_protection")
    assert (protection >= 0).all()
    assert (protection <= 1).all()
    assert (values(ran, "total_flood_loss") < 226_000).all()
    assert (values(ran, "flood_loss") >= 0).all()
