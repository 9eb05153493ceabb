"""The parameters that mechanisms read, as the evidence has them or at the ends of their ranges; efforts that rise."""

from __future__ import annotations

import dataclasses
from types import ModuleType
from typing import Literal

import numpy as np

from regionsim.language.axes import full_rank
from regionsim.language.declarations import Equation, collect
from regionsim.language.inputs import AnyInput, Constant, Path
from regionsim.studies.model import evidence


def own_parameters(*modules: ModuleType, end: Literal["", "low", "high"] = "") -> list[AnyInput]:
    """The parameters that the equations of `modules` read; with `end` all at that end of their ranges."""
    asked = {name for each in collect(modules) if isinstance(each, Equation) for name in each.arguments}
    found = [value for name, value in evidence().items() if name in asked]
    return [_at(value, end) for value in found] if end else found


def _at(value: AnyInput, end: str) -> AnyInput:
    assert isinstance(value, Constant)
    bound = getattr(value, end)
    assert bound is not None
    values = value.values * bound if value.range_kind == "factor" else np.full_like(value.values, bound)
    return dataclasses.replace(value, values=values)


def effort(name: str, *strengths: float) -> Path:
    """An effort over counties: 0 until 2022, at its strength from 2025 on."""
    years = np.array([2020.0, 2022.0, 2025.0])
    values = np.array([full_rank(np.multiply(strengths, share), ("county",)) for share in (0, 0, 1)])
    return Path(
        name=name,
        about=f"The {name} of a test.",
        unit="dimensionless",
        over=("county",),
        quality="assumption",
        source="test",
        years=years,
        values=values,
    )
