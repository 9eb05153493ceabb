"""Datasets as netCDF-4 files, written and read."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from regionsim.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import xarray

COMPRESSED = {"zlib": True, "complevel": 4, "shuffle": True}


def write_netcdf(dataset: xarray.Dataset, path: Path, *, beside: bool = False) -> None:
    """Write the dataset as compressed netCDF-4; `read_netcdf` gives back exactly the same values and attributes.

    With `beside` its variables are added to those that the file has. Raises OSError where that fails, and ValueError,
    before anything is changed, where the file has one of them already, or other lengths.
    """
    import netCDF4

    try:
        with netCDF4.Dataset(path, mode="a" if beside else "w", format="NETCDF4") as file:
            _check_it_fits(dataset, file, path)
            # All is defined before the first variable is filled: to go back and forth takes most of the time.
            for target, values in list(_defined(dataset, file)):
                target[...] = values
    except RuntimeError as error:  # the library's word for what the system refuses, as a full disk
        raise OSError(errno.EIO, f"cannot be written ({error}); is the disk full?", str(path)) from error


def _check_it_fits(dataset: xarray.Dataset, file: Any, path: Path) -> None:
    there = [str(name) for name in dataset.data_vars if name in file.variables]
    if there:
        raise ValueError(f"{path} has the variable '{there[0]}' already")
    for name, size in dataset.sizes.items():
        if name in file.dimensions and len(file.dimensions[name]) != size:
            raise ValueError(f"{path} has the length {len(file.dimensions[name])} along '{name}', not {size}")


def _defined(dataset: xarray.Dataset, file: Any) -> Iterator[tuple[Any, np.ndarray[Any, Any]]]:
    """Define what the file lacks of the dataset, and give each new variable with its values."""
    file.setncatts({str(name): value for name, value in dataset.attrs.items()})
    for name, size in dataset.sizes.items():
        if name not in file.dimensions:
            file.createDimension(name, size)
    beside = {name: set(each.dims) for name, each in dataset.coords.items() if name not in dataset.sizes}
    for name, variable in dataset.variables.items():
        if name in dataset.coords and name in file.variables:
            continue
        values, attributes = np.asarray(variable.values), dict(variable.attrs)
        if name not in dataset.coords:
            own = " ".join(str(other) for other, dims in beside.items() if dims <= set(variable.dims))
            attributes |= {"coordinates": own} if own else {}
        if values.dtype.kind == "b":
            values, attributes = values.astype(np.int8), {**attributes, "dtype": "bool"}
        if values.dtype.kind in "OU":  # text
            target, values = file.createVariable(name, str, variable.dims), values.astype(object)
        else:
            how = COMPRESSED if variable.ndim else {}
            target = file.createVariable(name, values.dtype, variable.dims, fill_value=False, **how)
        target.set_auto_maskandscale(False)
        target.setncatts(attributes)
        yield target, values


def read_netcdf(path: Path, only: Collection[str] | None = None) -> xarray.Dataset:
    """Read into memory what `write_netcdf` wrote, of its variables those of `only` (None: all).

    Raises ProblemsError for a file that is missing or broken.
    """
    with stored_netcdf(path) as stored:
        unread = [] if only is None else [name for name in stored.data_vars if name not in only]
        return stored.drop_vars(unread).load()


@contextmanager
def stored_netcdf(path: Path) -> Iterator[xarray.Dataset]:
    """What `write_netcdf` wrote; a variable is read, each time and as far as it is asked for, in the block.

    The file is closed again, so that a new result can take its place. Raises ProblemsError for a file that is missing
    or broken.
    """
    import xarray

    if not path.is_file():
        raise ProblemsError([Problem(str(path), 0, "the result file is missing")])
    try:
        # Nothing is decoded as a date or masked: years are whole numbers and a unit of time is a unit.
        with xarray.open_dataset(
            path, engine="netcdf4", decode_times=False, decode_timedelta=False, mask_and_scale=False, cache=False
        ) as stored:
            yield _with_plain_texts(stored)
    except (OSError, ValueError, RuntimeError) as error:
        message = str(error).splitlines()[0]
        raise ProblemsError([Problem(str(path), 0, "not a result file", message, "a netCDF-4 file")]) from error


def _with_plain_texts(dataset: xarray.Dataset) -> xarray.Dataset:
    for name, coordinate in dataset.coords.items():
        if coordinate.dtype.kind in "OT":  # text of any length, as the file keeps it
            texts = np.asarray(coordinate.values, dtype=np.str_)
            dataset = dataset.assign_coords({name: (coordinate.dims, texts, coordinate.attrs)})
    dataset.encoding = {}
    return dataset
