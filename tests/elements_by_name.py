"""Elements of xarray's arrays by their names, read and written without its search for what else they could mean.

PySD fills arrays element by element and sums over elements one by one. Most of its time goes where xarray finds out
that a name is one label of one dimension; here the index is asked for it at once. Every other way to say a place is
left to xarray. What is left of its time goes where it takes its results apart into arrays of one element each. The
tests verify whole scenarios without either, and hold what is found to what PySD finds by itself, bit for bit.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray
from xarray import DataArray, Variable
from xarray.core.dataarray import _LocIndexer

from regionsim.studies.verify.engines import run_pysd

WHOLE = slice(None)

_read, _write = _LocIndexer.__getitem__, _LocIndexer.__setitem__
_combine = DataArray._binary_op


@contextmanager
def elements_by_name() -> Iterator[None]:
    """Within it, `array.loc[...]` of names is quick, and so is arithmetic of arrays with the same elements."""
    with (
        mock.patch.object(_LocIndexer, "__getitem__", _read_element),
        mock.patch.object(_LocIndexer, "__setitem__", _write_element),
        mock.patch.object(DataArray, "_binary_op", _combine_same),
    ):
        yield


def run_pysd_by_name(file: Path, names: Sequence[str], years: Sequence[int]) -> NDArray[np.float64]:
    """The document in PySD with quick elements: an engine's `run`, which finds them so in whatever process it is in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it imports is deprecated in places
        from pysd.py_backend.output import DataFrameHandler

    with elements_by_name(), mock.patch.object(DataFrameHandler, "_DataFrameHandler__add_flat", _add_columns):
        return run_pysd(file, names, years)


def _add_columns(columns: dict[str, Any], name: str, values: Sequence[DataArray]) -> None:
    """A column for each element of a variable whose `values` stand in the order of the years."""
    first = values[0]
    elements = product(*(first.coords[dim].values.tolist() for dim in first.dims))
    by_element = np.stack([value.values.reshape(-1) for value in values], axis=1).astype(np.float64)
    columns |= zip((f"{name}[{','.join(at)}]" for at in elements), by_element, strict=True)


def _read_element(self: Any, key: Any) -> Any:
    """The part at names and whole dimensions; what has names for coordinates no longer has those dimensions."""
    array: DataArray = self.data_array
    at = _places(array, key)
    if at is None or any(isinstance(place, slice) and place != WHOLE for place in at):
        return _read(self, key)
    kept = [dim for dim, place in zip(array.dims, at, strict=True) if place == WHOLE]
    part = Variable(kept, array.values[at])
    return array._replace(
        part, {dim: array._coords[dim] for dim in kept}, indexes={dim: array._indexes[dim] for dim in kept}
    )


def _write_element(self: Any, key: Any, value: Any) -> None:
    array: DataArray = self.data_array
    at = _places(array, key)
    if at is None or isinstance(value, DataArray):
        _write(self, key, value)
    else:
        array.values[at] = value


def _combine_same(self: DataArray, other: Any, function: Any, reflexive: bool = False) -> Any:
    """Two arrays, or an array and a number, combined; nothing is to be aligned where their elements are the same."""
    coords, indexes, name, value = dict(self._coords), dict(self._indexes), self.name, other
    if isinstance(other, DataArray):
        if not all(_same_along(dim, self, other) for dim in {*self.dims, *self._coords, *other.dims, *other._coords}):
            return _combine(self, other, function, reflexive)
        coords, indexes, value = {**other._coords, **coords}, {**other._indexes, **indexes}, other.variable
        name = name if name == other.name else None
    elif not isinstance(other, (int, float)):
        return _combine(self, other, function, reflexive)
    variable = function(value, self.variable) if reflexive else function(self.variable, value)
    return self._replace(variable, coords, name, indexes=indexes)


def _same_along(dim: Any, one: DataArray, other: DataArray) -> bool:
    """Whether a dimension of either array has an index in each that has it, and the same one."""
    found = [array._indexes.get(dim) for array in (one, other) if dim in array.dims or dim in array._coords]
    return None not in found and (found[0] is found[-1] or found[0].equals(found[-1]))


def _places(array: DataArray, key: Any) -> tuple[int | slice, ...] | None:
    """Where the names stand along the dimensions; a list of one name keeps its dimension. None for all other keys."""
    names = key if isinstance(key, tuple) else (key,)
    if len(names) != array.ndim:
        return None
    places: list[int | slice] = []
    for dim, name in zip(array.dims, names, strict=True):
        index: Any = array.get_index(dim)
        if isinstance(name, str):
            places.append(index.get_loc(name))
        elif isinstance(name, list) and len(name) == 1 and isinstance(name[0], str):
            place = index.get_loc(name[0])
            places.append(slice(place, place + 1))
        elif isinstance(name, slice) and name == WHOLE:
            places.append(WHOLE)
        else:
            return None
    return tuple(places)
