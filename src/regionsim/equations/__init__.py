"""The model: one file per mechanism of the plan."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def mechanisms() -> list[ModuleType]:
    """All mechanism modules, in alphabetical order."""
    return [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
