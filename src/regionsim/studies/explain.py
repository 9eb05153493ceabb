"""What a name of the model means: text, unit, inputs with their values, users, source, file and line."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from regionsim.engine.compile import Model
from regionsim.engine.graph import shortest_loop, users
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Ledger, Stock, short_path
from regionsim.language.inputs import AnyInput, Table
from regionsim.language.inputs import Path as PathInput
from regionsim.language.syntax import text
from regionsim.problems import Problem, ProblemsError
from regionsim.studies.model import build_model, evidence_scenario, given, read_scenario

MANY = 4


def explanation(name: str, scenario: str | Path | None = None) -> str:
    """Several lines that explain a stock, equation, ledger or input, with values of the scenario's first year.

    Without a scenario the parameters stand as the evidence has them. Raises ProblemsError for an unknown name.
    """
    setting = evidence_scenario() if scenario is None else read_scenario(scenario)
    model = build_model(setting)
    try:
        found = model.find(name)
    except KeyError as error:
        known = "a stock, equation, ledger, parameter or figure of the place"
        raise ProblemsError(
            [Problem("regionsim explain", 0, "unknown name", f"'{name}'", known, error.args[0])]
        ) from None
    start = simulate(model, start=setting.start, end=setting.start, step=1.0)
    lines = [f"{name}: {_kind(found)}", f"  {found.about.splitlines()[0]}", f"  unit    {found.unit}"]
    if found.over:
        lines.append(f"  over    {', '.join(found.over)}")
    if isinstance(found, Equation | Stock):
        lines.append(f"  value   {_variable_text(start, name)} in {setting.start:g}")
    elif not isinstance(found, Ledger):
        lines.append(f"  value   {value_text(found)}")
    lines += _text(found)
    if not isinstance(found, Equation | Stock | Ledger):
        lines += _evidence(found)
    lines += _inputs(model, start, found)
    reading = users(model.inputs_of).get(name, ()) + users(model.inputs_of).get(INITIAL + name, ())
    reading += tuple(stock.name for stock in model.stocks.values() if stock.initial == name)
    if name in given(setting).read:
        reading += ("inputs that are made from it before the run",)
    lines.append(f"  used by {', '.join(dict.fromkeys(reading)) or 'nothing in the model; it is a result'}")
    loop = shortest_loop(model.inputs_of, name) if isinstance(found, Equation | Stock) else ()
    if loop:
        lines.append(f"  loop    {' -> '.join(loop)}")
    lines.append(f"  file    {short_path(found.file) or 'made from the data'}{f':{found.line}' if found.line else ''}")
    return "\n".join(lines)


def value_text(value: AnyInput) -> str:
    """The value of an input in a few words: a number, a path, or the spread of an array."""
    if isinstance(value, Table):
        return f"table, {value.arguments[0]:g} to {value.arguments[-1]:g}: {_spread(value.values)}"
    if isinstance(value, PathInput):
        if value.over:
            return f"{value.kind} path of {len(value.years)} years: {_spread(value.values)}"
        points = zip(value.years, value.values.reshape(len(value.years), -1)[:, 0], strict=True)
        return ", ".join(f"{year:g}: {number:.6g}" for year, number in points)
    return _spread(value.values)


def _kind(found: object) -> str:
    for kind, word in ((Equation, "equation"), (Stock, "stock"), (Ledger, "ledger"), (Table, "table")):
        if isinstance(found, kind):
            return word
    return "path" if isinstance(found, PathInput) else "constant"


def _text(found: object) -> list[str]:
    if isinstance(found, Equation):
        measures = [f"  plan    measure {', '.join(map(str, found.measures))}"] if found.measures else []
        return [f"  text    {text(found)}", *measures]
    if isinstance(found, Stock):
        return [
            f"  starts  {found.initial}",
            f"  in      {', '.join(found.inflows) or 'nothing'}",
            f"  out     {', '.join(found.outflows) or 'nothing'}",
        ]
    if isinstance(found, Ledger):
        parts = {"stocks": found.stocks, "in": found.inflows, "out": found.outflows}
        return [f"  {name:<7} {', '.join(names)}" for name, names in parts.items() if names]
    return []


def _evidence(found: AnyInput) -> list[str]:
    lines = [f"  quality {found.quality}", f"  source  {found.source}"]
    if found.low is not None and found.high is not None:
        times = " times the value" if found.range_kind == "factor" else ""
        lines.insert(0, f"  range   {found.low:g} to {found.high:g}{times}")
    return lines


def _inputs(model: Model, start: Trajectory, found: object) -> list[str]:
    if not isinstance(found, Equation):
        return []
    lines = ["  inputs"]
    for name in found.arguments:
        base = name if name in CLOCK or name in model.inputs else name.removeprefix(INITIAL)
        if name in CLOCK:
            lines.append(f"    {name} [year]: the calendar")
        elif name in model.inputs:
            given = model.inputs[name]
            lines.append(f"    {name} [{given.unit}] = {value_text(given)} ({given.quality})")
        else:
            name = name if name in start.variables else base
            unit = start.variables[name].unit
            lines.append(f"    {name} [{unit}] = {_variable_text(start, name)}")
    return lines


def _variable_text(start: Trajectory, name: str) -> str:
    return _spread(start.variables[name].values[0])


def _spread(values: np.ndarray) -> str:
    flat = np.asarray(values).reshape(-1)
    if flat.size <= MANY:
        return ", ".join(f"{number:.6g}" for number in flat)
    return f"{flat.min():.6g} to {flat.max():.6g}, mean {flat.mean():.6g}, {flat.size} values"
