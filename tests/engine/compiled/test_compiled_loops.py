"""Loops of an equation: what lies in one piece is one loop, and their arithmetic is counted."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from xmile_models import END, START, everything

from regionsim.engine.compiled.arithmetic import EXP_BOUND, EXP_DEGREE, economized
from regionsim.engine.compiled.count import operations, operations_of_run
from regionsim.engine.compiled.loops import Call, Loop, Memory, each, element, joined, merged
from regionsim.engine.compiled.program import program_of
from regionsim.engine.compiled.schedule import schedule_of

SIZES = {"county": 3, "residence": 2, "cohort": 5}


def test_neighbouring_loops_over_one_piece_become_one():
    memory = Memory(SIZES)
    target, source, by_county = memory.take(SIZES), memory.take(SIZES), memory.take(("county",))
    plain = merged(each(target, element(source)))
    assert [loop.size for loop in plain.loops] == [30] and plain.target.moved == (("cohort", 1),)
    mixed = merged(each(target, Call("*", (element(source), element(by_county)))))
    assert mixed.loops == (Loop("county", 3), Loop("cohort", 10))
    total = merged(joined(by_county, source, element(source)))
    assert total.loops == (Loop("county", 3), Loop("cohort", 10)) and total.joined == {"cohort"}


def test_what_is_joined_over_an_axis_in_the_middle_stays_apart():
    memory = Memory(SIZES)
    target, source = memory.take(("county", "cohort")), memory.take(SIZES)
    nest = merged(joined(target, source, element(source)))
    assert [loop.size for loop in nest.loops] == [3, 2, 5] and nest.joined == {"residence"}


def test_operations_are_counted_element_by_element():
    memory = Memory(SIZES)
    target, source, one = memory.take(("county",)), memory.take(SIZES), memory.take(())
    value = Call("power", (Call("/", (element(source), element(one))), element(one)))
    assert operations(joined(target, source, value)) == Counter(power=30, division=30, simple=30)


def test_what_paths_drive_counts_as_often_as_they_change():
    model = everything()
    program = program_of(model, "euler")
    counted = {
        years: operations_of_run(program, schedule_of(model, program, START, years, 4, "euler"), years)
        for years in (1, END - START)
    }
    # The nearness of 9 pairs of counties, at the start and with each of two later travel times.
    assert counted[1]["exp"] < counted[END - START]["exp"]
    driven = [names for names in program.driven if "travel_time" in names]
    assert driven == [frozenset({"travel_time"})]
    flags = schedule_of(model, program, START, END - START, 4, "euler").flags[:, list(program.driven).index(driven[0])]
    assert flags.sum() == 3


@pytest.mark.parametrize(("degree", "error"), [(EXP_DEGREE, 1.2e-16), (5, 1.5e-7)])
def test_a_polynomial_of_lower_degree_stays_near_the_function(degree, error):
    coefficients = economized([Fraction(1, math.factorial(k)) for k in range(18)], EXP_BOUND, degree)
    assert len(coefficients) == degree + 1
    bound = float(EXP_BOUND)
    points = [Fraction(x) for x in np.linspace(-bound, bound, 201)]
    values = [sum(Fraction(c) * x**k for k, c in enumerate(coefficients)) for x in points]
    exact = [sum(x**k / math.factorial(k) for k in range(30)) for x in points]
    assert max(abs(float(value / wanted - 1)) for value, wanted in zip(values, exact, strict=True)) < error
