"""A run as a labelled dataset: dimensions member, year, county and further axes; unit and meaning with each array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from regionsim.language.axes import MEMBER, ordered
from regionsim.place.counties import load_counties

if TYPE_CHECKING:
    import xarray

ABOUT_COORDINATES = {
    "member": "member of the ensemble",
    "year": "model year; whole years are census days (1 November)",
    "county": "county, six-digit administrative code",
    "destination": "county as a destination, six-digit administrative code",
    "county_name": "name of the county in pinyin, without its rank",
    "county_name_zh": "name of the county in Chinese",
    "province": "province that the county belongs to",
}


class VariableValues(Protocol):
    """One model variable of a run: `values` has the shape (year, member, *over)."""

    @property
    def about(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def over(self) -> tuple[str, ...]: ...
    @property
    def kind(self) -> str: ...
    @property
    def values(self) -> NDArray[np.float64]: ...


class TrajectoryValues(Protocol):
    """What a run hands over: years (year,), variables by name, labels by axis, largest relative residual by ledger."""

    @property
    def years(self) -> NDArray[np.float64]: ...
    @property
    def variables(self) -> Mapping[str, VariableValues]: ...
    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def ledgers(self) -> Mapping[str, float]: ...


def to_dataset(trajectory: TrajectoryValues, attributes: Mapping[str, str]) -> xarray.Dataset:
    """The trajectory as a Dataset with dimensions (member, year, county, further axes in the global order).

    Every variable carries `units`, `long_name` and `kind`; the county coordinate is the six-digit code as text, with
    `county_name`, `county_name_zh` and `province` along it. `attributes` become global attributes, and each ledger's
    largest relative residual stands beside them as `ledger_residual_<name>`; all are text.

    Raises ValueError for years that are not whole, a shape that does not fit the labels or an unknown county, and
    TypeError for an attribute that is not text.
    """
    import xarray

    for name, value in attributes.items():
        if not isinstance(value, str):
            raise TypeError(f"attribute '{name}' must be text, found {value!r}")
    years = np.asarray(trajectory.years, dtype=np.float64)
    whole_years = np.rint(years).astype(np.int64)
    if not np.allclose(years, whole_years, rtol=0.0, atol=1e-6):
        raise ValueError(f"years must be whole, found {years.tolist()}")
    variables = {
        name: _variable(name, variable, trajectory.labels, len(years))
        for name, variable in trajectory.variables.items()
    }
    members = {array.shape[0] for _, array, _ in variables.values()}
    if len(members) > 1:
        raise ValueError(f"variables differ in their number of members: {sorted(members)}")
    labels = dict(trajectory.labels)
    labels.setdefault("destination", labels["county"])
    used = {axis for variable in trajectory.variables.values() for axis in variable.over} | {"county"}
    coordinates: dict[str, tuple[str, NDArray[np.generic]]] = {
        "member": ("member", np.arange(max(members, default=1))),
        "year": ("year", whole_years),
    }
    for axis in ordered(used):
        coordinates[axis] = (axis, np.asarray(labels[axis], dtype=np.str_))
    coordinates |= _county_coordinates(labels["county"])
    residuals = {f"ledger_residual_{name}": f"{value:.3g}" for name, value in sorted(trajectory.ledgers.items())}
    dataset = xarray.Dataset(variables, coords=coordinates, attrs={**attributes, **residuals})
    for coordinate in map(str, dataset.coords):
        dataset[coordinate].attrs["long_name"] = ABOUT_COORDINATES.get(coordinate, coordinate)
    dataset["year"].attrs["units"] = "year"
    return dataset


def _variable(
    name: str, variable: VariableValues, labels: Mapping[str, tuple[str, ...]], years: int
) -> tuple[tuple[str, ...], NDArray[np.float64], dict[str, str]]:
    """Dimensions, values (member, year, *axes in the global order) and attributes of one variable."""
    values = np.asarray(variable.values, dtype=np.float64)
    over = tuple(variable.over)
    sizes = tuple(len(labels["county" if axis == "destination" else axis]) for axis in over)
    if values.ndim != len(over) + 2 or values.shape[0] != years or values.shape[2:] != sizes:
        raise ValueError(
            f"variable '{name}' has the shape {values.shape}, expected (year {years}, member, *{over} {sizes})"
        )
    axes = ordered(over)
    values = np.transpose(values, (1, 0, *(over.index(axis) + 2 for axis in axes)))
    attributes = {"units": variable.unit, "long_name": variable.about, "kind": variable.kind}
    return (MEMBER, "year", *axes), np.ascontiguousarray(values), attributes


def _county_coordinates(codes: tuple[str, ...]) -> dict[str, tuple[str, NDArray[np.generic]]]:
    known = {county.code: county for county in load_counties()}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise ValueError(f"unknown county codes: {', '.join(unknown)}")
    counties = [known[code] for code in codes]
    return {
        "county_name": ("county", np.asarray([county.name for county in counties], dtype=np.str_)),
        "county_name_zh": ("county", np.asarray([county.name_zh for county in counties], dtype=np.str_)),
        "province": ("county", np.asarray([county.province for county in counties], dtype=np.str_)),
    }
