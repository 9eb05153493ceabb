"""From a scenario file, and the files it extends, to a checked Scenario: everything wrong is said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from regionsim.language.inputs import AnyInput
from regionsim.problems import Problem, ProblemsError, nearest_name
from regionsim.scenarios.calibration import Calibration
from regionsim.scenarios.efforts import complete
from regionsim.scenarios.labels import AxisLabels
from regionsim.scenarios.layers import FindProject, Keys, Known, Layer, Placed, lay_over, read_layer
from regionsim.scenarios.measures import Measure, find_measure, load_measures
from regionsim.scenarios.report import cut, number
from regionsim.scenarios.scenario import Said, Scenario
from regionsim.scenarios.schema import (
    KEBAB,
    LONGEST_NAME,
    AgreementTerms,
    BorderSetting,
    MeasureSetting,
    ProjectDates,
    RunSettings,
)
from regionsim.scenarios.yaml_reader import Document, read_yaml


def load_scenario(
    path: str | Path | Document,
    *,
    parameters: Mapping[str, AnyInput],
    find_project: FindProject,
    labels: Mapping[str, tuple[str, ...]] | None = None,
    measures: tuple[Measure, ...] | None = None,
    horizons: Mapping[int, int] | None = None,
    over: Document | None = None,
    calibration: Calibration | None = None,
) -> Scenario:
    """The scenario in the file `path`, or in a document already read, with all that it extends.

    `parameters` are the inputs that it may change, with their units and ranges; `find_project` turns a slug, id or
    Chinese name into the canonical slug and raises KeyError with the nearest name; `labels` adds the labels of axes
    that neither the language nor the counties know; `horizons` has the years that a run may start in and the last year
    that it may reach from each, where the model has them; `over` is laid over the file as one would be that extends it;
    `calibration` is the layer of scenarios that name none. Raises ProblemsError with every problem of every file of the
    chain, each with the file it stands in.
    """
    catalogue = load_measures() if measures is None else measures
    known = Known(parameters, find_project, AxisLabels(labels), catalogue, calibration)
    documents, problems, whole = _chain(path)
    documents = documents if over is None else [over, *documents]
    layers = []
    for document in documents:
        layer, found = read_layer(document, known)
        layers.append(layer)
        problems += found
    merged = Layer()
    together: list[Problem] = []
    stages: list[tuple[Layer, Layer]] = []  # each layer and what lies below it, the given file's own first
    for layer in reversed(layers):
        stages.insert(0, (layer, merged))
        merged, found = lay_over(layer, merged)
        together += found
    name, found = _name(merged, path.file if isinstance(path, Document) else str(path))
    problems += found if layers else []
    run, found = _run(merged, horizons)
    together += found
    transport, found = _transport(merged, run)
    together += found
    settings, found = _measures(merged, run, known)
    together += found
    border = BorderSetting.model_validate({key: placed.value for key, placed in merged.border.items()})
    together += _border_problems(merged, border, run)
    compensation, found = _compensation(merged, run)
    together += found
    # With a file of the chain that cannot be read, nobody knows what the keys together would have said.
    problems += together if whole else []
    if problems or run is None:
        raise ProblemsError(problems)
    title_en = merged.title.en or merged.title.zh or name
    scenario = Scenario(
        name=name,
        title_en=title_en,
        title_zh=merged.title.zh or title_en,
        about=merged.about,
        start=run.start,
        end=run.end,
        step=run.step,
        method=run.method,
        seed=run.seed,
        calibration=_calibration(merged, known),
        measures=settings,
        border=border,
        compensation=compensation,
        transport=transport,
        parameters={key: entry.value for key, entry in merged.parameters.items() if entry.value is not None},
        source_files=tuple(document.file for document in reversed(documents)),
    )
    return replace(scenario, said=tuple(all_said(scenario, stages, known)))


def _chain(path: str | Path | Document) -> tuple[list[Document], list[Problem], bool]:
    """The documents from the given one up to the last that it extends, and whether all could be read."""
    documents: list[Document] = []
    seen: list[tuple[Path, str]] = []
    shown = path.file if isinstance(path, Document) else str(path)
    while True:
        try:
            document = path if isinstance(path, Document) and not documents else read_yaml(shown)
        except ProblemsError as error:
            return documents, list(error.problems), False
        documents.append(document)
        seen.append((Path(shown).resolve(), shown))
        extends = document.data.get("extends")
        if not isinstance(extends, str) or not extends:
            return documents, [], "extends" not in document.data
        target = Path(shown).parent / extends
        problem = _target_problem(target, extends, document, seen)
        if problem is not None:
            return documents, [problem], False
        shown = target.as_posix()


def _target_problem(target: Path, extends: str, document: Document, seen: list[tuple[Path, str]]) -> Problem | None:
    line = document.line(("extends",))
    try:
        is_file, resolved = target.is_file(), target.resolve()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, or links that go in a circle
        is_file, resolved = False, target
    if not is_file:
        beside = sorted(file.name for file in Path(document.file).parent.glob("*.yaml"))
        return Problem(
            document.file,
            line,
            "the extended file does not exist",
            f"'{cut(extends)}'",
            "a file beside this one, like 'base.yaml'",
            nearest_name(extends, beside),
        )
    for index, (earlier, _) in enumerate(seen):
        if earlier == resolved:
            names = [Path(name).name for _, name in seen[index:]]
            return Problem(document.file, line, "scenarios extend each other", " -> ".join([*names, names[0]]))
    return None


def _name(merged: Layer, path: str) -> tuple[str, list[Problem]]:
    name = merged.name or Path(path).stem
    if merged.name or (KEBAB.fullmatch(name) and len(name) <= LONGEST_NAME):
        return name, []
    what = "the file's name cannot serve as the name of the scenario"
    expected = "key 'name', with small letters, digits and hyphens, like 'full-cooperation'"
    return name, [Problem(path, 0, what, f"'{cut(name)}'", expected)]


def _run(merged: Layer, horizons: Mapping[int, int] | None) -> tuple[RunSettings | None, list[Problem]]:
    """The settings of the run; None where they are wrong."""
    if not merged.run_is_sound:
        return None, []
    settings = RunSettings.model_validate({key: placed.value for key, placed in merged.run.items()})
    problems = []
    if horizons is not None and "start" in merged.run and settings.start not in horizons:
        expected = f"{' or '.join(map(str, horizons))}, the years of the censuses that a run can start from"
        problems.append(merged.run["start"].problem("key 'run.start'", str(settings.start), expected))
    last = None if horizons is None else horizons.get(settings.start, max(horizons.values()))
    if last is not None and "end" in merged.run and settings.end > last:
        expected = f"{last} or earlier, since who is born later has no cohort in the model"
        problems.append(merged.run["end"].problem("key 'run.end'", str(settings.end), expected))
    if problems:
        return None, problems
    if settings.end > settings.start:
        return settings, []
    placed = merged.run.get("end") or merged.run["start"]
    found = f"{settings.start} to {settings.end}"
    return None, [placed.problem("the run has no length", found, "'end' after 'start'")]


def _calibration(merged: Layer, known: Known) -> Calibration | None:
    """The layer that the files name, or the one that scenarios have which name none."""
    return known.calibration if merged.calibration is None else merged.calibration.value


def _measures(merged: Layer, run: RunSettings | None, known: Known) -> tuple[dict[str, MeasureSetting], list[Problem]]:
    """The settings of the measures that are switched on, complete with the catalogue's years."""
    settings: dict[str, MeasureSetting] = {}
    problems: list[Problem] = []
    for name, entry in merged.measures.items():
        keys = entry.value or {}
        own: dict[str, Any] = {key[0]: placed.value for key, placed in keys.items() if len(key) == 1}
        parts: dict[str, dict[str, Any]] = {}
        for key, placed in keys.items():
            if len(key) == 2:
                parts.setdefault(key[0], {})[key[1]] = placed.value
        setting = MeasureSetting.model_validate(
            {**own, "parts": {part: MeasureSetting.model_validate(said) for part, said in parts.items()}}
        )
        done = complete(find_measure(name, known.measures), setting)
        for part, whole in (("", done), *done.parts.items()):
            assert whole.start is not None and whole.full is not None
            where = keys.get((part, "start") if part else ("start",)) or keys.get(("start",)) or entry
            if run is not None and not run.start <= whole.start <= run.end:
                what = f"year outside the run: 'start' of measure '{name}'{f', {part}' if part else ''}"
                expected = f"a year from {run.start} to {run.end}{_because(merged)}"
                problems.append(where.problem(what, number(whole.start), expected))
            if whole.full < whole.start:
                what = f"measure '{name}'{f', {part}' if part else ''}"
                found = f"start {number(whole.start)}, full {number(whole.full)}"
                problems.append(where.problem(what, found, "'full' not before 'start'"))
        settings[name] = done
    return settings, problems


def _border_problems(merged: Layer, border: BorderSetting, run: RunSettings | None) -> list[Problem]:
    # As with the projects: what held at the start is in the yardsticks of the base year.
    if run is None or border.start is None or run.start < border.start <= run.end:
        return []
    expected = f"a year after {run.start}, to {run.end}{_because(merged)}"
    what = "year outside the run: 'start' of the border"
    return [merged.border["start"].problem(what, number(border.start), expected)]


def _compensation(merged: Layer, run: RunSettings | None) -> tuple[dict[str, AgreementTerms], list[Problem]]:
    terms: dict[str, AgreementTerms] = {}
    problems: list[Problem] = []
    for key, entry in merged.compensation.items():
        shown = key.replace("_", "-")
        keys: dict[str, Placed[Any]] = entry.value or {}
        said = AgreementTerms.model_validate({name: placed.value for name, placed in keys.items()})
        if said.start is not None and said.until is not None and said.until <= said.start:
            found = f"start {number(said.start)}, until {number(said.until)}"
            problems.append(keys["until"].problem(f"agreement '{shown}'", found, "'until' after 'start'"))
        for name in ("start", "until"):
            year = getattr(said, name)
            if run is not None and year is not None and not run.start <= year <= run.end:
                what = f"year outside the run: '{name}' of agreement '{shown}'"
                expected = f"a year from {run.start} to {run.end}{_because(merged)}"
                problems.append(keys[name].problem(what, number(year), expected))
        terms[key] = said
    return terms, problems


def _transport(merged: Layer, run: RunSettings | None) -> tuple[dict[str, ProjectDates], list[Problem]]:
    projects: dict[str, ProjectDates] = {}
    problems: list[Problem] = []
    for slug, entry in merged.transport.items():
        keys: dict[str, Placed[Any]] = entry.value or {}
        dates = ProjectDates.model_validate({key: placed.value for key, placed in keys.items()})
        if dates.opens is None and dates.closes is None:
            problems.append(entry.problem(f"transport project '{slug}' has no date", expected="opens or closes"))
        elif dates.opens is not None and dates.closes is not None and dates.closes <= dates.opens:
            found = f"opens {number(dates.opens)}, closes {number(dates.closes)}"
            problems.append(keys["closes"].problem(f"transport project '{slug}'", found, "'closes' after 'opens'"))
        if run is not None:
            problems += _outside_run(slug, dates, keys, run, merged)
        projects[slug] = dates
    return projects, problems


def _outside_run(
    slug: str, dates: ProjectDates, keys: dict[str, Placed[Any]], run: RunSettings, merged: Layer
) -> list[Problem]:
    # What stood at the start is as it was counted: an opening then would move the yardstick with the effect.
    problems = []
    for key in ("opens", "closes"):
        year = getattr(dates, key)
        if year is not None and not run.start < year <= run.end:
            what = f"year outside the run: '{key}' of transport project '{slug}'"
            expected = f"a year after {run.start}, to {run.end}{_because(merged)}"
            problems.append(keys[key].problem(what, number(year), expected))
    return problems


def _because(merged: Layer) -> str:
    """Where the horizon of the run is written, if it is not the default."""
    placed = merged.run.get("end") or merged.run.get("start")
    return f" ({placed.place})" if placed else ""


# --- what a scenario says, thing by thing ----------------------------------------------------------------------------


def all_said(scenario: Scenario, stages: list[tuple[Layer, Layer]], known: Known) -> Iterator[Said]:
    """Each thing that a file of the chain says and that no file above it says anew, with the scenario without it."""
    seen: set[tuple[Any, ...]] = set()

    def new(*key: Any) -> bool:
        is_new = key not in seen
        seen.add(key)
        return is_new

    for layer, below in stages:
        # To name the layer that all have is to say nothing: a resolved scenario does.
        own = layer.calibration
        if own is not None and new("calibration") and own.value != known.calibration:
            other = replace(scenario, calibration=_calibration(below, known), said=())
            yield Said("calibration", "the calibration", own.file, own.line, other)
        for name, entry in layer.measures.items():
            if new("measures", name) and entry.value is not None:
                yield from _said_of_measure(scenario, name, entry, entry.value, below, known)
        parts = [key for key in layer.border if key not in ("start", "note")]
        # A year alone says nothing; beside a part it belongs to what is said of the part.
        for key in parts or [key for key in layer.border if key == "start" and len(_parts(scenario.border)) == 0]:
            if new("border", key):
                rest = {name: value for name, value in scenario.border.model_dump().items() if name != key}
                if key in below.border:
                    rest[key] = below.border[key].value
                placed = layer.border[key]
                other = replace(scenario, border=BorderSetting.model_validate(rest), said=())
                yield Said("border", f"key 'border.{key}'", placed.file, placed.line, other)
        yield from _said_of_compensation(scenario, layer, below, new)
        for slug, dates in layer.transport.items():
            if new("transport", slug) and dates.value is not None:
                rest = {key: value for key, value in scenario.transport.items() if key != slug}
                if slug in below.transport:
                    rest |= _transport(Layer(transport={slug: below.transport[slug]}), None)[0]
                other = replace(scenario, transport=rest, said=())
                yield Said("transport", f"transport project '{slug}'", dates.file, dates.line, other)
        for name, change in layer.parameters.items():
            if new("parameters", name) and change.value is not None:
                changes = {key: value for key, value in scenario.parameters.items() if key != name}
                before = below.parameters.get(name)
                if before is not None and before.value is not None:
                    changes[name] = before.value
                other = replace(scenario, parameters=changes, said=())
                section, word = layer.called(name)
                what = f"{section.removesuffix('s')} '{word}'"
                yield Said("parameters", what, change.file, change.line, other)


def _parts(border: BorderSetting) -> list[str]:
    """What a scenario says of the border beside year and note."""
    return [key for key, value in border.model_dump().items() if value is not None and key not in ("start", "note")]


def _said_of_measure(
    scenario: Scenario, name: str, entry: Placed[Any], keys: Keys, below: Layer, known: Known
) -> Iterator[Said]:
    """A measure as a whole, and each part of it that is spoken of by its name."""
    before = below.measures.get(name)
    lower: Keys = {} if before is None or before.value is None else before.value

    def without(rest: Keys | None) -> Scenario:
        others = {key: value for key, value in scenario.measures.items() if key != name}
        if rest is not None:
            others |= _measures(Layer(measures={name: replace(entry, value=rest)}), None, known)[0]
        return replace(scenario, measures=others, said=())

    yield Said("measures", f"measure '{name}'", entry.file, entry.line, without(None if before is None else lower))
    for part in sorted({key[0] for key in keys if len(key) == 2}):
        rest = {**lower, **{key: placed for key, placed in keys.items() if len(key) == 1 or key[0] != part}}
        line = min(placed.line for key, placed in keys.items() if len(key) == 2 and key[0] == part)
        yield Said("measures", f"part '{part}' of measure '{name}'", entry.file, line, without(rest))


def _said_of_compensation(scenario: Scenario, layer: Layer, below: Layer, new: Callable[..., bool]) -> Iterator[Said]:
    """Each term, once for all the agreements that it is said of in one place."""
    groups: dict[tuple[str, str, int], list[str]] = {}
    for agreement, entry in layer.compensation.items():
        for key, placed in (entry.value or {}).items():
            if key != "note" and new("compensation", agreement, key):
                groups.setdefault((key, placed.file, placed.line), []).append(agreement)
        if entry.value is None:
            for key in AgreementTerms.model_fields:
                new("compensation", agreement, key)
    for (key, file, line), agreements in groups.items():
        terms = dict(scenario.compensation)
        for agreement in agreements:
            before = below.compensation.get(agreement)
            lower = {} if before is None or before.value is None else before.value
            rest = (layer.compensation[agreement].value or {})[key].over or lower.get(key)
            terms[agreement] = terms[agreement].model_copy(update={key: None if rest is None else rest.value})
        names = [agreement.replace("_", "-") for agreement in agreements]
        of = f"agreement '{names[0]}'" if len(names) == 1 else f"{len(names)} agreements"
        yield Said("compensation", f"'{key}' of {of}", file, line, replace(scenario, compensation=terms, said=()))
