"""The pages of what the model is fed besides parameters: figures of the place, and the evidence behind parameters."""

from __future__ import annotations

import re

from regionsim.export.atlas import EVIDENCE, MARKER, Atlas, axes_text, place_text
from regionsim.export.markdown import code
from regionsim.export.mechanism_page import MADE, evidence_links
from regionsim.export.values import range_text
from regionsim.language.inputs import AnyInput, Path, Table
from regionsim.studies.explain import value_text


def place_page(atlas: Atlas) -> str:
    """All inputs that are no parameters, in alphabetical order."""
    parts = [
        MADE.replace("Only what stands between the two markers of the notes is written by hand.", "Nothing by hand."),
        "# Figures of the place",
        "What the equations read that is no parameter: counts of the censuses, output, land, travel times, and what is "
        "worked out from them before a run. How each is derived is told in [Where the base year comes from]"
        "(../data.md); the parameters and evidence that go into them are named as their source. Values are those "
        "without a scenario. All names: [index](index.md).",
        *(_figure(atlas, value) for _, value in sorted(atlas.figures.items())),
    ]
    return "\n\n".join(parts) + "\n"


def evidence_page(atlas: Atlas) -> str:
    """All rows of evidence that a parameter cites, in their order."""
    cited: dict[str, list[str]] = {}
    for value in (*atlas.parameters.values(), *atlas.figures.values()):
        for symbol in atlas.symbols(value.source):
            cited.setdefault(symbol, []).append(value.name)
    parts = [
        MADE.replace("Only what stands between the two markers of the notes is written by hand.", "Nothing by hand."),
        "# Evidence behind the parameters",
        f"The rows that a source such as {code(MARKER + 'a_F')} stands for, from [parameter-evidence.csv]"
        "(../parameter-evidence.csv): the value that was found or judged, its range, where it applies and where it was "
        "read. `recalled` is a remembered figure that nobody checked: a prior, not a fact.",
    ]
    for symbol, row in atlas.evidence_rows.items():
        lines = [
            f"- value: {row['central']} ({row['low']} to {row['high']}) {row['unit']}; applies to: {row['applies_to']}",
            f"- quality: {row['quality']}; confidence: {row['confidence']}",
            f"- source: {row['source']}",
            *([f"- note: {row['notes']}"] if row["notes"] else []),
            f"- cited by: {atlas.links(cited.get(symbol, ()), EVIDENCE, none='the notes of other rows')}",
        ]
        parts.append(f"### {symbol}\n\n{row['parameter']}.\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _figure(atlas: Atlas, value: AnyInput) -> str:
    argument = f" by {value.argument_unit}" if isinstance(value, Table) else ""
    kind = f"; {value.kind} path" if isinstance(value, Path) else "; table" if isinstance(value, Table) else ""
    stated = range_text(value)
    lines = [
        f"- unit: {value.unit}{argument}; over: {axes_text(value.over)}{kind}",
        f"- value: {value_text(value)}",
        *([f"- range: {stated}"] if stated else []),
        f"- quality: {value.quality}",
        f"- source: {_source(atlas, value.source)}",
        f"- used by: {atlas.links(atlas.used_by(value.name), 'place')}",
        *([f"- {place_text(value.file, value.line)}"] if value.file else []),
    ]
    return f"### {value.name}\n\n{value.about}\n\n" + "\n".join(lines)


def _source(atlas: Atlas, source: str) -> str:
    """The source, the parameters that it names as links."""

    def linked(found: re.Match[str]) -> str:
        name = found[1]
        return atlas.link(name, "place") if name in atlas.parameters else found[0]

    words = r"(?:parameter:)?\b([a-z]+(?:_[a-z0-9]+)+)\b"
    return re.sub(words, linked, source) + evidence_links(atlas, source)
