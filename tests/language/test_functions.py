"""Each function of the language in each reading, with numbers done by hand."""

from __future__ import annotations

import ast
import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionsim.language import functions as f
from regionsim.language.axes import AXES, full_rank, ordered, position, squeeze_to
from regionsim.language.functions import FUNCTIONS, Function, ReadingError
from regionsim.language.inputs import Table
from regionsim.language.readings import axes_of


def _county(values):
    return full_rank([values], ("county",), members=True)


def test_every_function_has_every_reading():
    readings = [field.name for field in dataclasses.fields(Function)]
    assert readings == ["name", "about", "numbers", "axes", "units"]
    for name, function in FUNCTIONS.items():
        assert function.name == name and function.about
        assert all(callable(getattr(function, reading)) for reading in ("numbers", "axes", "units"))


def test_a_function_that_lacks_a_reading_cannot_be_made():
    with pytest.raises(TypeError):
        Function("floor", "The whole part.", np.floor, axes=lambda arguments, keywords: frozenset())  # type: ignore


def test_total_keeps_the_place_of_the_axis():
    values = full_rank(np.arange(6.0).reshape(1, 2, 3), ("county", "sector"), members=True)
    assert f.total(values, "sector").shape == _county([1, 2]).shape
    assert f.total(values, "sector").ravel().tolist() == [3, 12]
    assert f.total(values, "county").ravel().tolist() == [3, 5, 7]


def test_select_takes_one_element_and_along_puts_elements_side_by_side():
    rural, urban = _county([1, 2]), _county([3, 4])
    both = f.along("residence", rural=rural, urban=urban)
    assert both.shape[position("residence")] == 2
    assert f.select(both, "residence", "urban").ravel().tolist() == [3, 4]
    half = f.along("residence", rural=rural, urban=0)
    assert f.select(half, "residence", "urban").ravel().tolist() == [0, 0]


def test_at_destination_turns_a_county_into_a_destination():
    assert f.at_destination(_county([5, 7])).shape[position("destination")] == 2


def test_arrivals_sum_over_origins_what_each_sends_to_a_destination():
    movers = _county([10, 20])
    share = full_rank([[[0.0, 1.0], [0.25, 0.75]]], ("county", "destination"), members=True)
    assert f.arrivals(movers, share).ravel().tolist() == [5, 25]


def test_lookup_is_linear_between_points_and_flat_outside():
    table = Table(
        name="t",
        about="",
        unit="1/year",
        quality="assumption",
        source="",
        argument_unit="year",
        arguments=np.array([0.0, 10.0]),
        values=np.array([1.0, 3.0]),
    )
    assert f.lookup(table, _county([-5, 5, 20])).ravel().tolist() == [1, 2, 3]


def test_ratio_has_a_value_where_it_divides_by_zero():
    assert f.ratio(_county([6, 6]), _county([3, 0]), 9).ravel().tolist() == [2, 9]


def test_minimum_and_maximum_keep_nan():
    assert np.isnan(f.minimum(np.nan, 1.0)) and np.isnan(f.maximum(1.0, np.nan))


sizes = st.fixed_dictionaries(
    {
        "member": st.integers(1, 3),
        "county": st.integers(2, 4),
        "residence": st.just(2),
        "cohort": st.integers(1, 3),
        "hub": st.integers(1, 2),
    }
)


@given(
    sizes=sizes,
    left=st.sets(st.sampled_from(["residence", "cohort", "hub"])),
    right=st.sets(st.sampled_from(["residence", "hub"])),
    members=st.tuples(st.booleans(), st.booleans()),
    seed=st.integers(0, 2**32 - 1),
)
def test_arrivals_equal_the_product_formed_and_summed_for_any_axes(sizes, left, right, members, seed):
    generator = np.random.default_rng(seed)
    sizes = {**sizes, "destination": sizes["county"]}

    def array(axes, with_members):
        over = ordered(axes)
        shape = [sizes["member"] if with_members else 1, *(sizes[axis] for axis in over)]
        return full_rank(generator.random(shape), over, members=True)

    movers = array({"county", *left}, members[0])
    share = array({"county", "destination", *right}, members[1])
    formed = (movers * share).sum(axis=position("county"), keepdims=True).swapaxes(1, 2)
    result = f.arrivals(movers, share)
    assert result.shape == formed.shape
    assert result == pytest.approx(formed, rel=1e-13)


def test_the_axes_reading_agrees_with_the_shape_of_the_numbers():
    axes = {"movers": frozenset({"county", "cohort"}), "share": frozenset({"county", "destination"})}
    node = ast.parse("arrivals(movers, share) / total(movers, 'cohort')", mode="eval").body
    assert axes_of(node, axes) == {"county", "cohort"}
    with pytest.raises(ReadingError, match="needs a share over county and destination"):
        axes_of(ast.parse("arrivals(movers, movers)", mode="eval").body, axes)


def test_full_rank_puts_axes_in_the_global_order_and_squeeze_takes_them_out_again():
    values = np.arange(6.0).reshape(1, 3, 2)
    laid_out = full_rank(values, ("cohort", "county"), members=True)
    assert laid_out.shape == (1, 2, *(1,) * (len(AXES) - 3), 3)
    back = squeeze_to(laid_out, ("county", "cohort"), {"county": 2, "cohort": 3})
    assert np.array_equal(back, values.transpose(0, 2, 1))
    with pytest.raises(ValueError, match="needs 2 dimensions, found 1"):
        full_rank([1.0], ("county",), members=True)
    with pytest.raises(KeyError, match="unknown axis 'shire'"):
        position("shire")
