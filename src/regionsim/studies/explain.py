"""What a name means, of the model, the plan or the place, and which names the texts of the project hold words of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from regionsim.engine.compile import Model
from regionsim.engine.graph import shortest_loop, users
from regionsim.engine.integrate import Trajectory, simulate
from regionsim.language.declarations import CLOCK, INITIAL, Equation, Ledger, Stock, short_path
from regionsim.language.inputs import AnyInput, Constant, Table
from regionsim.language.inputs import Path as PathInput
from regionsim.language.syntax import text
from regionsim.place.agreements import Agreement
from regionsim.place.clusters import Cluster
from regionsim.place.counties import County
from regionsim.place.hubs import Hub
from regionsim.place.plan_instruments import Instrument
from regionsim.place.projects import Project
from regionsim.problems import Problem, ProblemsError
from regionsim.scenarios.measures import Measure, load_measures
from regionsim.scenarios.scenario import Scenario
from regionsim.studies.explain_place import explain_agreement, explain_cluster, explain_county, explain_hub
from regionsim.studies.explain_plan import (
    carried_by,
    explain_instrument,
    explain_lever,
    explain_measure,
    explain_project,
)
from regionsim.studies.levers import Lever, levers_through
from regionsim.studies.model import build_model, evidence_scenario, given, read_scenario
from regionsim.studies.words import Entry, all_entries, holding, holding_most, named, nearest

MANY = 4
MOST_LISTED = 20
LIKE, MISSPELT = 0.6, 0.85


def explanation(name: str, scenario: str | Path | None = None) -> str:
    """Several lines on what a name means, or the names whose titles or texts hold these words.

    A name is one of the model (a stock, equation, ledger or input, with values of the scenario's first year), of the
    plan (measure, lever, instrument, project) or of the place (county, hub, agreement, cluster). Without a scenario the
    parameters stand as the evidence has them. Raises ProblemsError where nothing has the name or holds the words.
    """
    said = None if scenario is None else read_scenario(scenario)
    setting = said or evidence_scenario()
    model = build_model(setting)
    wanted = name.strip()
    if any(wanted in group for group in (model.stocks, model.equations, model.ledgers, model.inputs)):
        return "\n".join(_of_the_model(wanted, model, setting))
    entries = all_entries(model)
    called = named(wanted, entries)
    if called:
        first, *others = called
        also = ["so called are also", *_listed(others)] if others else []
        return "\n".join([*_of_an_entry(first, model, setting, said), *also])
    found, where = holding(wanted, entries), f"'{wanted}' is in the texts of"
    # Of a name that is only misspelt the right one helps more than others that have a part of it.
    if not found and not nearest(wanted, entries, MISSPELT):
        found, where = holding_most(wanted, entries), f"no text has all of '{wanted}'; most of it is in those of"
    if not found:
        known = "a name of the model, the plan or the place, or words that one of their texts holds"
        like = nearest(wanted, entries, LIKE)
        raise ProblemsError([Problem("regionsim explain", 0, "unknown name", f"'{name}'", known, like)])
    if len(found) == 1:
        return "\n".join(_of_an_entry(found[0], model, setting, said))
    return "\n".join([f"{where} {len(found)} names:", *_listed(found)])


def _listed(entries: Sequence[Entry]) -> list[str]:
    """One line for each of the first entries, and how many more there are."""
    shown = entries[:MOST_LISTED]
    width = max(len(entry.name) for entry in shown)
    lines = [f"  {entry.kind:<10} {entry.name:<{width}}  {_title(entry)}" for entry in shown]
    more = len(entries) - len(shown)
    return [*lines, f"  and {more} more: add a word to find fewer"] if more else lines


def _title(entry: Entry) -> str:
    first, *others = entry.titles or (entry.text.splitlines()[0],)
    title = f"{first} ({', '.join(others)})" if others else first
    return f"{title}: {carried_by(entry.thing)}" if isinstance(entry.thing, Instrument) else title


def _of_an_entry(entry: Entry, model: Model, setting: Scenario, said: Scenario | None) -> list[str]:
    thing = entry.thing
    match thing:
        case Measure():
            return explain_measure(thing, model, said)
        case Lever():
            return explain_lever(thing, model, said)
        case Instrument():
            return explain_instrument(thing, model, said)
        case Project():
            return explain_project(thing, said)
        case County():
            return explain_county(thing)
        case Hub():
            return explain_hub(thing)
        case Agreement():
            return explain_agreement(thing)
        case Cluster():
            return explain_cluster(thing)
    return _of_the_model(entry.name, model, setting)


def _of_the_model(name: str, model: Model, setting: Scenario) -> list[str]:
    found = model.find(name)
    start = simulate(model, start=setting.start, end=setting.start, step=1.0)
    lines = [f"{name}: {_kind(found)}", f"  {found.about.splitlines()[0]}", f"  unit    {found.unit}"]
    if found.over:
        lines.append(f"  over    {', '.join(found.over)}")
    if isinstance(found, Equation | Stock):
        lines.append(f"  value   {_variable_text(start, name)} in {setting.start:g}")
    elif isinstance(found, Constant | PathInput | Table):
        lines.append(f"  value   {value_text(found)}")
    lines += _text(found)
    if isinstance(found, Constant | PathInput | Table):
        lines += _evidence(found)
    lines += [f"  lever   {lever.name}: {lever.measure.title_en}" for lever in levers_through(model, name)]
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
    return lines


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
        titles = {measure.number: f"{measure.name}: {measure.title_en}" for measure in load_measures()}
        return [f"  text    {text(found)}", *(f"  plan    measure {titles[str(each)]}" for each in found.measures)]
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
            read = model.inputs[name]
            lines.append(f"    {name} [{read.unit}] = {value_text(read)} ({read.quality})")
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
