"""Engines that read XMILE and are not ours. Each runs in a process of its own; none is imported before it is asked."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from regionsim.problems import Problem, ProblemsError

Array = NDArray[np.float64]

EXTRA = "pip install 'regionsim[interop]'"

# Gets the file of a document, the names of elements, and the years; gives the values by (year, element).
Runner = Callable[[Path, Sequence[str], Sequence[int]], Array]


@dataclass(frozen=True)
class Engine:
    """One engine: the name of its package, how it runs a document, and what is worth knowing of how it was asked to."""

    name: str
    run: Runner
    remark: str

    @property
    def version(self) -> str:
        """The version that is installed, or the empty text."""
        try:
            return version(self.name)
        except PackageNotFoundError:
            return ""


def load_pysd(file: Path) -> Any:
    """The document as a model of PySD, which writes a Python file beside it."""
    import pysd
    from pysd.builders.python import python_model_builder

    with (
        # PySD writes tables into its Python file as numpy prints them: by itself with eight digits.
        np.printoptions(precision=17, floatmode="unique", threshold=sys.maxsize),
        # To lay out that file handsomely takes it longer than all the rest of reading.
        mock.patch.object(python_model_builder.black, "format_file_contents", lambda text, **_: text),
    ):
        return pysd.read_xmile(str(file), initialize=False)


def run_pysd(file: Path, names: Sequence[str], years: Sequence[int]) -> Array:
    """The document in PySD."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of arrays whose elements are of several kinds, and of divisions
        found = run_loaded(load_pysd(file), names, years)
    return np.asarray(found[list(names)], dtype=np.float64)


def run_loaded(model: Any, names: Sequence[str], years: Sequence[int]) -> Any:
    """A model of PySD's run: a table of years by elements."""
    import xarray

    variables = list(dict.fromkeys(name.partition("[")[0] for name in names))
    # Its arrays have all elements in one order: to find that out anew takes longer than to add them.
    with xarray.set_options(arithmetic_join="exact"):  # type: ignore[no-untyped-call]
        return model.run(return_timestamps=list(years), return_columns=variables)


def run_pysimlin(file: Path, names: Sequence[str], years: Sequence[int]) -> Array:
    """The document in simlin."""
    import simlin

    # Its run() looks for feedback loops first, which takes a minute in a model of this size.
    simulation = simlin.load(str(file)).simulate()
    simulation.run_to_end()
    times = simulation.get_series("time")
    at = [int(np.argmin(np.abs(times - year))) for year in years]
    return np.stack([simulation.get_series(name.lower())[at] for name in names], axis=1)


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("pysd", run_pysd, "tables written into its Python file with all digits (numpy precision 17)"),
        Engine("pysimlin", run_pysimlin, "run by simulate(), without an analysis of loops"),
    )
}


def check_engines(names: Iterable[str]) -> None:
    """Refuse engines that are not installed. Raises ProblemsError."""
    problems = [
        Problem(name, 0, f"this engine is not installed; {EXTRA}") for name in names if not ENGINES[name].version
    ]
    if problems:
        raise ProblemsError(problems)
