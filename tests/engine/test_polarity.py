"""Signs of links, measured in a small model whose signs are known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from small_models import constant

from regionsim.engine.integrate import simulate
from regionsim.engine.polarity import Polarity, polarity, product_of, states_of

UP, DOWN, EITHER, NONE = Polarity.UP, Polarity.DOWN, Polarity.EITHER, Polarity.NONE


@pytest.fixture
def model(small_model):
    return small_model(
        "signs",
        constant("initial_herd", [100, 200, 400], "head", ("sector",)),
        constant("growth_rate", 0.1, "1/year"),
        constant("room", 2, "dimensionless"),
        constant("farm_share", [0.5, 0.5], "dimensionless", ("county",)),
        constant("others", [[0, 1], [1, 0]], "dimensionless", ("county", "destination")),
        constant("turning_point", 200, "head"),
        constant("limit", 50, "head"),
        labels={
            "sector": ("agriculture", "industry", "services"),
            "county": ("near", "far"),
            "destination": ("near", "far"),
        },
    )


@pytest.fixture
def states(model):
    run = simulate(model, start=2020, end=2022, step=0.5)
    return states_of(model, run, (2020, 2022))


def test_links_have_the_signs_that_the_equations_say(model, states):
    links = [(source, target) for target, sources in model.inputs_of.items() for source in sources]
    variables = {*model.stocks, *model.equations}
    assert {link: polarity(model, states, *link) for link in links if link[0] in variables} == {
        ("born", "herd"): UP,
        ("lost", "herd"): DOWN,
        ("herd", "born"): UP,
        ("herd", "lost"): UP,
        ("herd", "share"): UP,  # its own share, at the cost of the others
        ("herd", "farms"): UP,
        ("farms", "neighbours"): UP,  # of the other county: the own one is not read
        ("herd", "turning"): EITHER,
        ("herd", "limited"): NONE,
    }


def test_an_input_can_be_asked_for_too(model, states):
    assert polarity(model, states, "room", "lost") is DOWN
    assert polarity(model, states, "limit", "limited") is UP


def test_a_value_of_zero_is_moved_as_well(model, states):
    nobody = {**states, "herd": np.zeros_like(states["herd"])}
    assert polarity(model, nobody, "herd", "born") is UP


def test_states_are_those_of_the_run_and_the_equations_give_them_again(model, states):
    assert states["herd"].shape[0] == 2 and states["herd"][0].ravel().tolist() == [100, 200, 400]
    assert states["initial_herd"][1].ravel().tolist() == [100, 200, 400]
    for equation in model.equations.values():
        np.testing.assert_allclose(equation(*(states[name] for name in equation.arguments)), states[equation.name])


def test_a_year_without_a_state_is_refused(model):
    run = simulate(model, start=2020, end=2021, step=0.5)
    with pytest.raises(KeyError):
        states_of(model, run, (2020, 2030))


@pytest.mark.parametrize(
    ("links", "whole"),
    [
        ((UP, DOWN), DOWN),
        ((DOWN, DOWN, UP), UP),
        ((DOWN, EITHER), EITHER),
        ((EITHER, NONE), NONE),
    ],
)
def test_the_sign_of_a_chain_is_the_product_of_its_links(links, whole):
    assert product_of(links) is whole
