"""Elements of xarray's arrays by their names, read and written without its search for what else they could mean.

PySD fills arrays element by element and sums over elements one by one. Most of its time goes where xarray finds out
that a name is one label of one dimension; here the index is asked for it at once. Every other way to say a place is
left to xarray. The tests verify whole scenarios so, and hold what is found to what PySD finds by itself, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from xarray import DataArray, Variable
from xarray.core.dataarray import _LocIndexer

WHOLE = slice(None)

_read, _write = _LocIndexer.__getitem__, _LocIndexer.__setitem__


@contextmanager
def elements_by_name() -> Iterator[None]:
    """Within it, `array.loc[...]` of names is quick."""
    with (
        mock.patch.object(_LocIndexer, "__getitem__", _read_element),
        mock.patch.object(_LocIndexer, "__setitem__", _write_element),
    ):
        yield


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
