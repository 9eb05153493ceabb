"""The named loops: they close in the model, and their signs are measured to be what is stated."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from regionsim.engine.holding import with_link_held
from regionsim.engine.polarity import Polarity
from regionsim.export.atlas import atlas_of
from regionsim.export.loop_signs import measured
from regionsim.export.loops import MISSING_LOOPS, NAMED_LOOPS, NamedLoop, path_through
from regionsim.studies.model import evidence_scenario

STATED = {"reinforcing": Polarity.UP, "balancing": Polarity.DOWN}


@pytest.fixture(scope="module")
def atlas():
    return atlas_of(evidence_scenario())


def loop_called(code):
    [loop] = [loop for loop in NAMED_LOOPS if loop.code == code]
    return loop


@pytest.mark.parametrize("loop", NAMED_LOOPS, ids=lambda loop: loop.code)
def test_a_loop_closes_in_the_graph_passes_a_stock_and_crosses_itself_nowhere(atlas, loop):
    inputs_of = atlas.model.inputs_of
    path = path_through(inputs_of, loop.through)
    assert path[0] == path[-1] and set(loop.through) <= set(path)
    assert all(source in inputs_of[target] for source, target in pairwise(path))
    assert set(path) & set(atlas.model.stocks)
    assert len(set(path)) == len(path) - 1


@pytest.mark.parametrize("loop", NAMED_LOOPS, ids=lambda loop: loop.code)
def test_the_link_that_a_loop_is_cut_at_lies_on_it_and_can_be_held(atlas, loop):
    path = path_through(atlas.model.inputs_of, loop.through)
    assert loop.cut in pairwise(path)
    source, target = loop.cut
    assert source not in with_link_held(atlas.model, source, target).inputs_of[target]


@pytest.mark.parametrize("loop", NAMED_LOOPS, ids=lambda loop: loop.code)
def test_the_measured_sign_of_a_loop_is_the_one_that_is_stated(atlas, loop):
    found = measured(atlas.model, atlas.states, loop)
    if loop.sign != "open":
        assert found.sign is STATED[loop.sign]
    elif loop.hangs_on:
        assert set(found.at_ends) == {Polarity.UP, Polarity.DOWN} and found.sign in found.at_ends
    else:
        assert found.sign is Polarity.EITHER


def test_signs_are_measured_in_all_counties_and_in_several_years(atlas):
    assert atlas.states["time"].ravel().tolist() == [2020, 2025, 2030, 2035]
    assert atlas.states["residents"].shape[:2] == (4, 24)


def test_every_loop_of_the_list_is_there_or_said_to_be_missing():
    codes = {re.match(r"[RB]\d+", loop.code)[0] for loop in NAMED_LOOPS}
    missing = {loop.code for loop in MISSING_LOOPS}
    assert not codes & missing
    assert codes | missing >= {f"R{k}" for k in range(1, 10)} | {f"B{k}" for k in range(1, 13)}
    assert all(
        loop.code[0] == {"reinforcing": "R", "balancing": "B"}.get(loop.sign, loop.code[0]) for loop in NAMED_LOOPS
    )
    assert len({loop.code for loop in NAMED_LOOPS}) == len(NAMED_LOOPS)


def test_what_is_said_to_be_missing_is_missing(atlas):
    """Digital spending buys no adoption, and how full the sites are acts on nothing."""
    readers = {name for name, inputs in atlas.model.inputs_of.items() if "digital_spending" in inputs}
    assert readers == set()
    assert atlas.used_by("tourism_capacity_use_share") == ()


def test_market_access_is_a_vicious_circle_where_its_elasticity_is_negative(atlas):
    low, high = measured(atlas.model, atlas.states, loop_called("R3")).at_ends
    assert (low, high) == (Polarity.DOWN, Polarity.UP)


def test_a_loop_whose_link_is_turned_round_is_found_out(atlas):
    turned = {**atlas.states, "return_sensitivity": -atlas.states["return_sensitivity"]}
    assert measured(atlas.model, atlas.states, loop_called("B1")).sign is Polarity.DOWN
    assert measured(atlas.model, turned, loop_called("B1")).sign is Polarity.UP


def test_a_loop_whose_link_does_nothing_is_at_rest(atlas):
    still = {**atlas.states, "return_sensitivity": np.zeros_like(atlas.states["return_sensitivity"])}
    assert measured(atlas.model, still, loop_called("B1")).sign is Polarity.NONE


def test_a_loop_that_hangs_on_a_parameter_without_a_range_is_refused(atlas):
    loop = NamedLoop(
        "R0", "", "open", ("capital", "local_investment"), ("local_investment", "capital"), hangs_on="base_year"
    )
    with pytest.raises(ValueError, match="'base_year' has no range"):
        measured(atlas.model, atlas.states, loop)


def test_a_loop_without_a_way_is_refused(atlas):
    with pytest.raises(ValueError, match="no way of influence from 'forest_cover' to 'births'"):
        path_through(atlas.model.inputs_of, ("births", "forest_cover"))
