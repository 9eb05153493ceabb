"""Small models that others have published with their outputs, said in our language and compared with those outputs.

A model of theirs has a time unit and a step of its own, and we report whole years only. So a year of ours is the time
between two rows of theirs: what is said in their time unit is converted by the power of time in its unit, inputs on
the way in, results on the way out. Nothing of theirs is kept here but names and constants of the models.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import permutations
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from small_models import load_module

from regionsim.engine.compile import Model, compile_model
from regionsim.engine.integrate import Trajectory, Variable, simulate
from regionsim.language.declarations import collect
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.language.units import parse_unit

FIELD = Path(__file__).parent / "field"
ROOMS = ("samples", "tests")
# What tells of the run, not of the model.
CONTROL = ("time", "initial_time", "final_time", "time_step", "saveper")
# Below this share of its column's largest value a number is compared with that share: six printed digits, many of
# them from single precision, leave no more where a value passes through zero.
FLOOR = 0.01

Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A folder of published models and how we say the model in it.

    `start`, `end`, `step` and `interval` (between two rows of the output; the step where None) are in the model's time
    unit, which `inputs` and the units of equations call a year. A published column is compared with the variable of
    the same name in our spelling, element by element; `columns` names ours for those that differ, `left_out` says why
    a column has no counterpart. `known` has closed forms: a function of the model's time with shape (row,) for
    values of shape (row, *over).
    """

    folder: str
    end: float
    start: float = 0.0
    step: float = 1.0
    interval: float | None = None
    inputs: tuple[AnyInput, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Callable[[Array], Array]] = field(default_factory=dict)
    tolerance: float = 1e-4

    @property
    def year(self) -> float:
        """How much of the model's time is a year of ours."""
        return self.step if self.interval is None else self.interval

    def compiled(self, module: ModuleType) -> Model:
        """The model in `module` with the inputs in our years."""
        inputs = {value.name: _in_years(value, self.year) for value in self.inputs}
        return compile_model(collect([module]), inputs, self.labels)

    def run(self, model: Model) -> Trajectory:
        """The compiled model over the published time, with its constants among the results."""
        constants = [name for name, value in model.inputs.items() if isinstance(value, Constant)]
        return simulate(
            model,
            start=self.start / self.year,
            end=self.end / self.year,
            step=self.step / self.year,
            outputs=[*model.stocks, *model.equations, *constants],
        )

    def times(self, run: Trajectory) -> Array:
        """The times of the results in the model's time unit."""
        return run.years * self.year

    def values(self, variable: Variable) -> Array:
        """Results of shape (row, *over) in the model's time unit."""
        return variable.values[:, 0] * self.year ** _power_of_time(variable.unit)


@dataclass(frozen=True)
class Comparison:
    """What a comparison found: columns compared and left out, the largest relative difference and where it is."""

    folder: str
    compared: int
    left_out: int
    largest: float
    where: str
    tolerance: float
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether every published column is accounted for and none is further off than allowed."""
        return not self.problems and self.compared > 0 and self.largest <= self.tolerance


@cache
def modules() -> Mapping[str, ModuleType]:
    """Our models by the name of their file."""
    return {file.stem: load_module(file) for file in sorted((FIELD / "models").glob("*.py"))}


def cases() -> Iterator[tuple[ModuleType, Published]]:
    """Every published folder that we run, with the module that says its model."""
    for module in modules().values():
        for case in module.CASES:
            yield module, case


def not_sayable() -> dict[str, str]:
    """The folders that we do not run, with the reason."""
    text = (FIELD / "not_sayable.yaml").read_text(encoding="utf-8")
    listed = YAML(typ="safe").load(text)
    return {folder: reason for reason, folders in listed.items() for folder in folders}


def folders_of(checkout: Path) -> set[str]:
    """Every folder of published models in a checkout."""
    return {f"{room}/{part.name}" for room in ROOMS for part in (checkout / room).iterdir() if part.is_dir()}


def unaccounted(checkout: Path) -> tuple[set[str], set[str]]:
    """Folders of the checkout that we neither run nor list, and folders that we name and the checkout lacks."""
    ours = {case.folder for _, case in cases()} | set(not_sayable())
    theirs = folders_of(checkout)
    return theirs - ours, ours - theirs


def compare(module: ModuleType, case: Published, checkout: Path) -> Comparison:
    """Our run of the model beside the output in its folder."""
    columns = _read_output(checkout / case.folder)
    if not columns:
        return Comparison(case.folder, 0, 0, 0.0, "", case.tolerance, ("there is no output.csv or output.tab",))
    run = case.run(case.compiled(module))
    times = case.times(run)
    published_times = columns.pop("Time" if "Time" in columns else "time")
    rows = np.rint((published_times - case.start) / case.year).astype(int)
    inside = rows < len(times)
    problems = []
    # Published times are rounded too.
    if not np.allclose(times[rows[inside]], published_times[inside], rtol=0, atol=0.01 * case.year):
        problems.append("the published times are not those of the run")
    there = {*columns, *(column.partition("[")[0] for column in columns)}
    problems += [f"there is no column '{name}'" for name in (*case.columns, *case.left_out) if name not in there]
    compared, left_out, largest, where = 0, 0, 0.0, ""
    for column, published in columns.items():
        base = column.partition("[")[0]
        if _spelt(base) in CONTROL:
            continue
        if column in case.left_out or base in case.left_out:
            left_out += 1
            continue
        ours = _ours(case, run, column)
        if ours is None:
            problems.append(f"the column '{column}' is neither compared nor left out")
            continue
        compared += 1
        difference = relative_differences(ours[rows[inside]], published[inside])
        worst = int(np.argmax(difference))
        if difference[worst] > largest:
            largest, where = float(difference[worst]), f"{column} at {published_times[inside][worst]:g}"
    return Comparison(case.folder, compared, left_out, largest, where, case.tolerance, tuple(problems))


def relative_differences(ours: Array, published: Array) -> Array:
    """How far we are off, row by row: 0 where the published cell is empty, without bound where ours is no number."""
    empty = np.isnan(published)
    size = np.where(empty, 0, np.abs(published))
    off = np.abs(ours - published) / np.maximum(size, FLOOR * (size.max() or 1.0))
    return np.where(empty, 0, np.where(np.isnan(off), np.inf, off))


def _ours(case: Published, run: Trajectory, column: str) -> Array | None:
    """Our results for a published column, in the model's time unit; None where we have none."""
    base = column.partition("[")[0]
    if column in case.columns:
        column = case.columns[column]
    elif base in case.columns:
        column = case.columns[base] + column.removeprefix(base)
    name, _, elements = column.partition("[")
    variable = run.variables.get(_spelt(name))
    wanted = [element.strip() for element in elements.removesuffix("]").split(",") if element]
    if variable is None or len(wanted) != len(variable.over):
        return None
    known = [run.labels[axis] for axis in variable.over]
    # Their axes may stand in another order than ours; the given order comes first, and counts where several fit.
    for order in permutations(wanted):
        if all(element in labels for element, labels in zip(order, known, strict=True)):
            at = [labels.index(element) for element, labels in zip(order, known, strict=True)]
            return np.asarray(case.values(variable)[(slice(None), *at)])
    return None


def _spelt(name: str) -> str:
    """A published name as we spell names: lower case, words joined by one underscore."""
    return re.sub(r"\W+|_+", "_", name.strip()).strip("_").lower()


def _read_output(folder: Path) -> dict[str, Array]:
    """The columns of a folder's output, none where it has no output; empty cells are nan."""
    file = next((folder / name for name in ("output.csv", "output.tab") if (folder / name).exists()), None)
    if file is None:
        return {}
    # Lines end in bare carriage returns in some files: splitlines knows them all.
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    header, *rows = csv.reader(lines, delimiter="," if file.suffix == ".csv" else "\t")
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    cells = [[float(cell) if cell.strip() else np.nan for cell in row] for row in rows]
    width = max(len(row) for row in cells)
    table = np.array([row + [np.nan] * (width - len(row)) for row in cells])
    return {name.strip(): table[:, k] for k, name in enumerate(header) if name.strip()}


def _in_years(value: AnyInput, year: float) -> AnyInput:
    """An input said in the model's time unit, in our years."""
    values = value.values / year ** _power_of_time(value.unit)
    if isinstance(value, Constant):
        return replace(value, values=values)
    if isinstance(value, Table):
        return replace(value, values=values, arguments=value.arguments / year ** _power_of_time(value.argument_unit))
    return replace(value, values=values, years=value.years / year)


def _power_of_time(unit: str) -> float:
    return float(parse_unit(unit).dimensionality.get("[time]", 0))
