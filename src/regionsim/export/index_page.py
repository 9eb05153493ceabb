"""The index of the mechanisms: all names, the feedback loops, and which measures of the plan the model carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regionsim.engine.graph import shortest_loop
from regionsim.export.action_plan import PLAN, Coverage, coverage
from regionsim.export.atlas import EVIDENCE, INDEX, PLACE, Atlas, axes_text, kind_of
from regionsim.export.loops import NAMED_LOOPS, path_through
from regionsim.export.markdown import code, table
from regionsim.export.mechanism_page import MADE
from regionsim.language.declarations import Equation, Ledger, Stock
from regionsim.language.inputs import Table


def index_page(atlas: Atlas) -> str:
    """The index in Markdown."""
    covered = coverage(atlas.model.equations.values(), atlas.parameters)
    parts = [
        MADE.replace("Only what stands between the two markers of the notes is written by hand.", "Nothing by hand."),
        "# Mechanisms of the model",
        "Every equation, stock, ledger and input, read from the code that runs. Start with [the model on two pages]"
        "(../model.md).",
        _counts(atlas),
        "## Measures of the action plan",
        _plainly(covered),
        _measures(atlas, covered),
        "## Feedback loops",
        "An arrow reads: acts on. The signs are those of the central values of the parameters.",
        _named_loops(atlas),
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


def _plainly(covered: tuple[Coverage, ...]) -> str:
    without = [str(each.number) for each in covered if not each.equations]
    named = [str(each.number) for each in covered if each.equations]
    return (
        f"The plan ({PLAN}) numbers {len(covered)} measures. {len(named)} of them are named by an equation through "
        f"which they would act ({', '.join(named)}); {len(without)} have no mechanism in the model yet "
        f"({', '.join(without)}). Only measure 14, transport, has a key of its own in a scenario. To stand for another "
        "measure by a changed parameter is an assumption about its effect, not a result of the model."
    )


def _measures(atlas: Atlas, covered: tuple[Coverage, ...]) -> str:
    rows = [
        (
            str(each.number),
            f"{each.title} ({each.title_zh})",
            each.state,
            atlas.links((equation.name for equation in each.equations), INDEX, none="-"),
            atlas.links(each.parameters, INDEX, none="-"),
        )
        for each in covered
    ]
    return table(("no.", "measure", "in the model", "equations", "parameters that these read"), rows)


def _arrows(atlas: Atlas, path: Iterable[str]) -> str:
    return " → ".join(atlas.link(name, INDEX) for name in path)


def _named_loops(atlas: Atlas) -> str:
    rows = [
        (loop.name, loop.sign, _arrows(atlas, path_through(atlas.model.inputs_of, loop.through)))
        for loop in NAMED_LOOPS
    ]
    return table(("loop", "sign", "path"), rows)


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
