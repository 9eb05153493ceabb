"""The pages of what the model is fed besides parameters: figures of the place, and the evidence behind parameters."""

from __future__ import annotations

from regionsim.export.atlas import EVIDENCE, MARKER, PLACE, Atlas
from regionsim.export.entries import figure_entry
from regionsim.export.entry_markdown import entry_text, page_links
from regionsim.export.markdown import code
from regionsim.export.mechanism_page import MADE


def place_page(atlas: Atlas) -> str:
    """All inputs that are no parameters, in alphabetical order."""
    parts = [
        MADE.replace("Only what stands between the two markers of the notes is written by hand.", "Nothing by hand."),
        "# Figures of the place",
        "What the equations read that is no parameter: counts of the censuses, output, land, travel times, and what is "
        "worked out from them before a run. How each is derived is told in [Where the base year comes from]"
        "(../data.md); the parameters and evidence that go into them are named as their source. Values are those "
        "without a scenario. All names: [index](index.md).",
        *(
            entry_text(figure_entry(atlas, value), page_links(atlas, PLACE))
            for _, value in sorted(atlas.figures.items())
        ),
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
