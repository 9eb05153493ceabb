"""The index of the mechanisms: all names, the feedback loops, and which measures of the plan the model carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regionsim.engine.graph import shortest_loop
from regionsim.export.action_plan import PLAN
from regionsim.export.atlas import EVIDENCE, INDEX, PLACE, Atlas, axes_text, kind_of
from regionsim.export.entries import measure_rows
from regionsim.export.entry_markdown import page_links, spans_text
from regionsim.export.loop_signs import MeasuredLoop, measured
from regionsim.export.loops import MISSING_LOOPS, NAMED_LOOPS, WORDS
from regionsim.export.markdown import code, table
from regionsim.export.mechanism_page import MADE
from regionsim.language.declarations import Equation, Ledger, Stock
from regionsim.language.inputs import Table
from regionsim.scenarios.measures import Measure, load_measures


def index_page(atlas: Atlas) -> str:
    """The index in Markdown."""
    parts = [
        MADE.replace("Only what stands between the two markers of the notes is written by hand.", "Nothing by hand."),
        "# Mechanisms of the model",
        "Every equation, stock, ledger and input, read from the code that runs. Start with [the model in short]"
        "(../model.md).",
        _counts(atlas),
        "## Measures of the action plan",
        _plainly(atlas),
        _measures(atlas),
        "## Feedback loops",
        "An arrow reads: acts on; the sign before it says whether the next name goes up (+) or down (−) with the one "
        "before it. Signs are measured, not argued: each equation is called with one input a little higher and a "
        "little lower, at the states of the run without a scenario in 2020, 2025, 2030 and 2035, in all counties; ± is "
        "a link that moves some elements up and others down. Two loops under one number (R1, R1b) are one idea by two "
        "ways.",
        _named_loops(atlas),
        "Not in the model:",
        table(("loop", "what it would be", "why it is not there"), ((m.code, m.about, m.why) for m in MISSING_LOOPS)),
        "### Shortest loop through each stock",
        _shortest_loops(atlas),
        "## The clock",
        f"{code('time')} and {code('step_start')} (year) are given by the integration: the date at which an equation "
        "is evaluated, and the date at which the step began. Model year 2020.0 is the census of 1 November 2020, and "
        f"model years run from census day to census day. {code('initial_x')} stands for the value of {code('x')} at "
        "the start of the run.",
        "## All names",
        _names(atlas),
    ]
    return "\n\n".join(parts) + "\n"


def _counts(atlas: Atlas) -> str:
    rows = [
        (
            f"[{name}]({name}.md)",
            *(str(sum(isinstance(d, kind) for d in found)) for kind in (Stock, Equation, Ledger)),
            str(sum(page == name for p, page in atlas.page_of.items() if p in atlas.parameters)),
        )
        for name, found in atlas.declarations.items()
    ]
    model = atlas.model
    sums = (len(model.stocks), len(model.equations), len(model.ledgers), len(atlas.parameters))
    rows.append(("all", *map(str, sums)))
    counted = table(("mechanism", "stocks", "equations", "ledgers", "parameters"), rows)
    return (
        f"{counted}\n\nBesides the parameters the equations read {len(atlas.figures)} "
        f"[figures of the place]({PLACE}.md). "
        f"What the parameters rest on: [evidence]({EVIDENCE}.md)."
    )


def _plainly(atlas: Atlas) -> str:
    measures = load_measures()
    efforts = [effort for measure in measures for effort in measure.efforts]
    projects = [project for measure in measures for project in measure.projects]
    safeguards = sum(measure.number.startswith("S") for measure in measures)
    unread = sorted(effort.input for effort in efforts if not atlas.used_by(effort.input))
    said = f" No equation reads {atlas.links(unread, INDEX)}." if unread else ""
    return (
        f"The plan ({PLAN}) has {len(measures) - safeguards} measures and {safeguards} safeguards. Each has a key of "
        f"its own in a scenario, which switches on its efforts ({len(efforts)} in all: inputs by county, 0 without the "
        f"measure and 1 at the strength of the plan) and opens its transport projects ({len(projects)}). What an "
        "effort does follows from the equations that read it and from their parameters, most of them judgements: a "
        "result of a measure is what these assumptions imply. [How to](../how-to.md#switch-a-measure-on-or-off) switch "
        f"them on, earlier, stronger or in part.{said}"
    )


def _measures(atlas: Atlas) -> str:
    rows = [
        (
            row.measure.number,
            f"{row.measure.title_en} ({row.measure.title_zh})",
            code(row.measure.name),
            spans_text(row.acts_by, page_links(atlas, INDEX)),
            spans_text(row.read_by, page_links(atlas, INDEX)),
            _pages_of(atlas, row.measure),
        )
        for row in measure_rows(atlas)
    ]
    return table(("no.", "measure", "key in a scenario", "acts by", "equations that read it", "carried by"), rows)


def _pages_of(atlas: Atlas, measure: Measure) -> str:
    """The mechanisms with an equation that names the measure, or that reads its efforts."""
    inputs = {effort.input for effort in measure.efforts}
    pages = [
        page
        for page, found in atlas.declarations.items()
        if any(
            isinstance(d, Equation) and (measure.number in map(str, d.measures) or inputs & set(d.arguments))
            for d in found
        )
    ]
    return ", ".join(f"[{page}]({page}.md)" for page in pages)


def _arrows(atlas: Atlas, path: Iterable[str]) -> str:
    return " → ".join(atlas.link(name, INDEX) for name in path)


def _named_loops(atlas: Atlas) -> str:
    rows = []
    for loop in NAMED_LOOPS:
        found = measured(atlas.model, atlas.states, loop)
        rows.append((loop.code, loop.about, _sign(atlas, found), _signed_arrows(atlas, found)))
    return table(("loop", "what it is", "sign", "path"), rows)


def _sign(atlas: Atlas, found: MeasuredLoop) -> str:
    said = WORDS[found.sign]
    if found.at_ends is None:
        return said
    low, high = (WORDS[end] for end in found.at_ends)
    return f"{said}; open: {low} at the low end of {atlas.link(found.loop.hangs_on, INDEX)}, {high} at the high end"


def _signed_arrows(atlas: Atlas, found: MeasuredLoop) -> str:
    first, *others = (atlas.link(name, INDEX) for name in found.path)
    return first + "".join(f" {link.value}→ {name}" for link, name in zip(found.links, others, strict=True))


def _shortest_loops(atlas: Atlas) -> str:
    loops = ((name, shortest_loop(atlas.model.inputs_of, name)) for name in atlas.model.stocks)
    return table(
        ("stock", "loop"),
        ((atlas.link(name, INDEX), _arrows(atlas, loop) if loop else "none") for name, loop in loops),
    )


def _names(atlas: Atlas) -> str:
    rows = sorted(_rows(atlas), key=lambda row: row[0])
    return table(("name", "kind", "unit", "over", "page"), (row[1:] for row in rows))


def _rows(atlas: Atlas) -> Iterator[tuple[str, ...]]:
    """A sort key, then the cells."""
    for page, declarations in atlas.declarations.items():
        for d in declarations:
            yield (d.name, atlas.link(d.name, INDEX), kind_of(d), d.unit, axes_text(d.over), f"[{page}]({page}.md)")
    for name, value in atlas.model.inputs.items():
        kind = "parameter" if name in atlas.parameters else "figure of the place"
        kind += ", table" if isinstance(value, Table) else ""
        page = atlas.page_of[name]
        yield (name, atlas.link(name, INDEX), kind, value.unit, axes_text(value.over), f"[{page}]({page}.md)")
