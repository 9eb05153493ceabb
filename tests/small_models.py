"""Small models from files, and inputs from plain numbers."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import numpy as np

from regionsim.language import inputs
from regionsim.language.axes import full_rank
from regionsim.language.inputs import Constant, Table


def load_module(path: Path) -> ModuleType:
    """The module in a file outside any package."""
    name = f"test_model_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def constant(name: str, value: Any, unit: str, over: tuple[str, ...] = (), *, members: bool = False) -> Constant:
    """A constant from plain numbers: a number or nested list over `over`, with members first where `members`."""
    array = np.asarray(value, dtype=float)
    if not members:
        array = array[np.newaxis]
    return Constant(
        name=name,
        about=f"The {name} of a test.",
        unit=unit,
        over=over,
        quality="assumption",
        source="test",
        file="tests/inputs.yaml",
        line=1,
        values=full_rank(array, over, members=True),
    )


def path(
    name: str, values: Mapping[float, Any], unit: str, over: tuple[str, ...] = (), *, kind: Literal["linear", "step"]
) -> inputs.Path:
    """A path from a number or nested list over `over` for each of its years, the same for all members."""
    return inputs.Path(
        name=name,
        about=f"The {name} of a test.",
        unit=unit,
        over=over,
        quality="assumption",
        source="test",
        file="tests/inputs.yaml",
        line=1,
        years=np.array(list(values), dtype=float),
        values=np.stack([full_rank(value, over) for value in values.values()]),
        kind=kind,
    )


def table(name: str, points: Mapping[float, float], unit: str, argument_unit: str) -> Table:
    """A table from its points, argument to value."""
    return Table(
        name=name,
        about=f"The {name} of a test.",
        unit=unit,
        quality="assumption",
        source="test",
        file="tests/inputs.yaml",
        line=1,
        argument_unit=argument_unit,
        arguments=np.array(list(points), dtype=float),
        values=np.array(list(points.values()), dtype=float),
    )
