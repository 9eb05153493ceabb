"""Elements by their names: the same parts as xarray finds, whatever the way to say them, with the same values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray
from elements_by_name import elements_by_name
from xarray.core import dataarray

WHOLE = slice(None)
KEYS: list[Any] = [
    ("Anyuan", "Rural"),
    ("Anyuan", WHOLE),
    (WHOLE, "Urban"),
    (WHOLE, WHOLE),
    (["Liuyang"], ["Rural"]),
    (["Liuyang"], WHOLE),
    (["Anyuan", "Liuyang"], "Rural"),
    (slice("Anyuan", "Xiangdong"), "Rural"),
    "Xiangdong",
    ["Xiangdong"],
    {"residence": "Urban"},
    (..., "Urban"),
]


def people() -> xarray.DataArray:
    """An array of counties by residence, each element another number."""
    elements = {"county": ["Anyuan", "Xiangdong", "Liuyang"], "residence": ["Rural", "Urban"]}
    return xarray.DataArray(np.arange(6.0).reshape(3, 2), elements, list(elements))


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_a_part_is_read_as_xarray_reads_it(key: Any) -> None:
    expected = people().loc[key].reset_coords(drop=True)
    with elements_by_name():
        found = people().loc[key].reset_coords(drop=True)
    xarray.testing.assert_identical(found, expected)
    xarray.testing.assert_identical(found + people(), expected + people())


@pytest.mark.parametrize("key", KEYS, ids=str)
def test_a_part_is_written_as_xarray_writes_it(key: Any) -> None:
    expected, found = people(), people()
    expected.loc[key] = 9.0
    with elements_by_name():
        found.loc[key] = 9.0
    assert (found == 9).any()
    xarray.testing.assert_identical(found, expected)


@pytest.mark.parametrize("key", [WHOLE, (["Anyuan"], WHOLE), ("Anyuan", WHOLE)], ids=str)
@pytest.mark.parametrize("turned", [False, True])
def test_an_array_is_written_along_its_own_dimensions(key: Any, turned: bool) -> None:
    expected, found = people(), people()
    value = people().loc[key] * 2 + 1
    value = value.transpose() if turned else value
    expected.loc[key] = value
    with elements_by_name():
        found.loc[key] = value
    xarray.testing.assert_identical(found, expected)


OTHERS: list[Any] = [
    people() + 7,
    people().transpose(),
    people().loc[:, "Rural"].reset_coords(drop=True),
    people().loc["Anyuan", "Rural"].reset_coords(drop=True),
    people().loc["Anyuan"],
    people()[:2],
    people()[::-1],
    people().rename(county="destination"),
    people().rename("others"),
    people().values,
    np.float64(3),
    3,
]


@pytest.mark.parametrize("other", OTHERS, ids=range(len(OTHERS)))
def test_arrays_are_combined_as_xarray_combines_them(other: Any) -> None:
    def combined() -> list[xarray.DataArray]:
        return [people() - other, other - people(), people() > other]

    expected = combined()
    with elements_by_name():
        found = combined()
    for one, same in zip(found, expected, strict=True):
        xarray.testing.assert_identical(one, same)
        assert one.dims == same.dims


def test_arrays_of_different_elements_are_refused_where_they_are_to_have_the_same() -> None:
    with elements_by_name(), xarray.set_options(arithmetic_join="exact"), pytest.raises(xarray.AlignmentError):
        people() + people()[::-1]


def test_a_name_that_no_element_has_is_refused() -> None:
    with elements_by_name():
        with pytest.raises(KeyError):
            people().loc["Nowhere", "Rural"]
        with pytest.raises(KeyError):
            people().loc[["Anyuan"], ["Nowhere"]] = 1.0


def test_afterwards_and_without_need_xarray_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    search = dataarray.DataArray.sel
    monkeypatch.setattr(dataarray.DataArray, "sel", lambda self, key: asked.append(key) or search(self, key))
    with elements_by_name():
        assert float(people().loc["Anyuan", "Urban"]) == 1 and asked == []
    assert float(people().loc["Anyuan", "Urban"]) == 1 and len(asked) == 1
