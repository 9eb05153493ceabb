"""The causal loop diagram: the loops of the model with the signs that are measured, drawn as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_loops import made_loops

from regionsim.engine.polarity import Polarity
from regionsim.export.atlas import atlas_of
from regionsim.export.main_loops import MAIN_LOOPS, MainLoop, measured_links
from regionsim.figures.causal_loops import causal_loops
from regionsim.figures.look import Look
from regionsim.figures.loop_drawing import COLOURS, Circle
from regionsim.figures.loops import LoopsOfRun, Step
from regionsim.studies.causal_loops import loops_of
from regionsim.studies.model import read_scenario
from regionsim.studies.run import run_checked

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def base():
    return read_scenario(SCENARIOS / "base.yaml")


@pytest.fixture(scope="module")
def run(base):
    return run_checked(base)


@pytest.fixture(scope="module")
def loops(base, run):
    return loops_of(base, run.dataset)


@pytest.fixture(scope="module")
def atlas(base):
    return atlas_of(base)


def loop_called(loops, code):
    return next(loop for loop in loops.loops if loop.code == code)


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_a_circle_has_three_to_eight_variables_and_a_stock(loops):
    assert len(loops.loops) == 12 and loops.years == (2020, 2025, 2030, 2035)
    for loop in loops.loops:
        assert 3 <= len(loop.steps) <= 8, loop.code
        assert any(step.delayed for step in loop.steps), loop.code


def test_signs_and_delays_are_those_of_the_model(loops):
    """Capital wears off its own return; and forest closes a gap that it makes smaller."""
    assert loop_called(loops, "B1").steps == (
        Step("capital", True, "\u2212", False),
        Step("capital_return", False, "+", False),
        Step("investment_pull", False, "+", False),
        Step("footloose_investment", False, "+", True),
    )
    assert [step.sign for step in loop_called(loops, "B9").steps] == ["\u2212", "+", "+"]
    assert loop_called(loops, "R3").may_turn and not loop_called(loops, "R1").may_turn
    assert [loop.kind for loop in loops.loops if loop.code[0] == "B"] == ["B"] * 6


def test_the_dataset_gives_the_signs_that_the_run_gives(base, run, loops):
    """A dataset of several members lacks most variables, and the scenario is run once more."""
    two = run.dataset[["population"]].isel(member=[0, 0]).assign_coords(member=[0, 1])
    assert loops_of(base, two) == loops


def test_a_link_over_hidden_variables_has_the_product_of_their_signs(atlas):
    """Schools hold people: service up, staying up, leaving down; the path has two links between."""
    loop = next(loop for loop in MAIN_LOOPS if loop.code == "R6")
    found, links = measured_links(atlas.model, atlas.states, loop)
    link = next(link for link in links if link.source == "service_index")
    assert (link.target, link.polarity, link.passes_stock) == ("departures", Polarity.DOWN, False)
    assert len(found.path) - 1 > len(links)
    assert sum(each.polarity is Polarity.DOWN for each in links) % 2 == 0


def test_a_variable_that_the_loop_does_not_pass_is_refused(atlas):
    with pytest.raises(ValueError, match="loop R1 does not pass births"):
        measured_links(atlas.model, atlas.states, MainLoop("R1", "", ("capital", "births")))
    with pytest.raises(ValueError, match="loop R1 passes its variables in another order"):
        measured_links(atlas.model, atlas.states, MainLoop("R1", "", ("capital", "local_investment", "sector_output")))


def test_variables_stand_equally_far_from_each_other_on_the_circle():
    circle = Circle(50.0, 50.0, 20.0, 8.0, 80.0)
    angles = circle.angles(6)
    ways = [circle.at(np.linspace(one, other, 400)) for one, other in zip(angles[:-1], angles[1:], strict=True)]
    lengths = [np.hypot(*np.diff(way, axis=0).T).sum() for way in ways]
    assert lengths == pytest.approx([lengths[0]] * 6, rel=1e-3)
    assert circle.at(angles[0]) == pytest.approx(np.array([50.0, 58.0]))
    assert circle.at(angles[1])[0] > 50.0  # clockwise


def test_a_page_has_all_loops_and_a_narrow_one_says_which_it_lacks(dataset):
    codes = [loop.code for loop in MAIN_LOOPS]
    wide, narrow = (causal_loops(dataset, made_loops(), look) for look in (Look(), Look(width=89.0)))
    assert [text.split()[0] for text in texts(wide) if text.split()[0] in codes] == sorted(
        codes, key=lambda code: code[0] == "B"
    )
    shown = [text.split()[0] for text in texts(narrow) if text.split()[0] in codes]
    assert len(shown) == 6
    rest = ", ".join(code for code in codes if code not in shown)
    assert f"Not shown for want of room: {rest}." in narrow.get_label()


def test_a_sign_has_its_colour_and_a_delay_two_strokes(dataset):
    from matplotlib.collections import LineCollection
    from matplotlib.colors import to_hex

    def strokes(loops):
        figure = causal_loops(dataset, loops)
        found = [each for each in figure.findobj(LineCollection) if to_hex(each.get_color()[0]) == COLOURS["+"]]
        return sum(len(each.get_paths()) == 2 for each in found), len(found)

    loop = made_loops().loops[0]
    plain = replace(loop, steps=tuple(replace(step, sign="+", delayed=False) for step in loop.steps))
    delayed = replace(plain, steps=(replace(plain.steps[0], delayed=True), *plain.steps[1:]))
    years = (2020,)
    (none, lines), (some, more) = strokes(LoopsOfRun((plain,), years)), strokes(LoopsOfRun((delayed,), years))
    assert (none, some, more - lines) == (0, 1, 1)


def test_words_say_what_is_at_rest_and_what_may_turn_only_where_something_is(dataset):
    label = causal_loops(dataset, made_loops()).get_label()
    assert "0: a link that moves nothing in this run." in label
    assert "May turn round within the range of a parameter: R3." in label
    loop = replace(made_loops().loops[0], may_turn=False)
    calm = replace(loop, steps=tuple(replace(step, sign="+") for step in loop.steps))
    label = causal_loops(dataset, LoopsOfRun((calm,), (2020,))).get_label()
    assert "moves nothing" not in label and "May turn" not in label and "either way" not in label
