"""Causal loop diagrams: a circle for each main loop, with the sign of every link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.loop_drawing import COLOURS, LINE, OUT, SQUARE, Circle, draw_loop
from regionsim.figures.loops import AT_REST, BALANCING, EITHER, REINFORCING, CausalLoop, LoopsOfRun
from regionsim.figures.page import KEY_ROW, Entry, Page, foot_height, heading_extra, key_height
from regionsim.figures.words import clauses, in_chinese, joined, say, sentences

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

HEAD, FOOT, TITLE, BETWEEN = 19.0, 2.0, 4.5, 3.0  # mm
# Of a page of two columns, of one column, of a slide: loops beside each other, how many, half the width of a circle.
ACROSS = {"wide": 3, "narrow": 1, "slide": 3}
MOST = {"wide": 12, "narrow": 6, "slide": 6}
MOST_VARIABLES_OF_SLIDE = 6
HALF_WIDTH = {"wide": 11.5, "narrow": 16.0, "slide": 10.5}
# Half the height of a circle of up to so many variables.
HALF_HEIGHTS = {"wide": ((4, 9.0), (6, 11.5), (8, 14.0)), "narrow": ((4, 6.5), (6, 8.5), (8, 11.0))}
KINDS = (REINFORCING, EITHER, BALANCING, AT_REST)


def causal_loops(dataset: xarray.Dataset, loops: LoopsOfRun, look: Look | None = None) -> Figure:
    """The main feedback loops of a run, each a circle that is read clockwise: reinforcing ones first.

    An arrow has the sign of its link: + moves the next variable the same way, − the other way, ± either way by county
    or year. Strokes across it say that a stock lies on the way. A page of one column and a slide have six of them.
    """
    with style.drawing(look):
        return _figure(dataset, loops)


def _figure(dataset: xarray.Dataset, loops: LoopsOfRun) -> Figure:
    look = current()
    form = "slide" if look.slides else "narrow" if look.narrow else "wide"
    fitting = [loop for loop in loops.loops if not look.slides or len(loop.steps) <= MOST_VARIABLES_OF_SLIDE]
    shown = sorted(fitting[: MOST[form]], key=lambda loop: KINDS.index(loop.kind))
    left_out = [loop for loop in loops.loops if loop not in shown]
    title = say("Main feedback loops")
    subtitle = clauses([style.scenario_title(dataset), style.period(dataset)])
    notes, source = _notes(shown, left_out, loops.years), style.stamp([dataset])
    entries = _entries(shown)
    head = HEAD + heading_extra(title, subtitle) + key_height(entries) - KEY_ROW
    foot = FOOT + foot_height([*notes, source])
    rows = [shown[k : k + ACROSS[form]] for k in range(0, len(shown), ACROSS[form])]
    beyond = TITLE + BETWEEN + 2 * (OUT + LINE)
    room = look.row_height(0.0, len(rows), head + foot) - beyond
    halves = [room / 2 if look.slides else _half_height(form, row) for row in rows]
    page = Page(
        head + foot + sum(beyond + 2 * half for half in halves),
        title=title,
        subtitle=subtitle,
        notes=notes,
        source=source,
    )
    page.key(style.MARGIN, page.height - 14.5 - heading_extra(title, subtitle), entries)
    width = (page.width - 2 * style.MARGIN) / ACROSS[form]
    top = page.height - head
    for row, half in zip(rows, halves, strict=True):
        middle = top - TITLE - OUT - LINE - half
        for column, loop in enumerate(row):
            left = style.MARGIN + column * width
            page.text(left, top - 2.5, f"{loop.code}  {loop.title_zh if in_chinese() else loop.title}")
            draw_loop(page, Circle(left + width / 2, middle, HALF_WIDTH[form], half, width), loop)
        top -= beyond + 2 * half
    return page.figure


def _half_height(form: str, loops: Sequence[CausalLoop]) -> float:
    """Half the height of the circles of a row, mm: more variables take a higher one."""
    most = max(len(loop.steps) for loop in loops)
    return next(half for count, half in HALF_HEIGHTS[form] if most <= count)


def _notes(shown: Sequence[CausalLoop], left_out: Sequence[CausalLoop], years: Sequence[int]) -> list[str]:
    notes = [
        say("Clockwise; an arrow's sign: +, more of the first makes more of the second; \u2212, less of it."),
        say(
            "Signs are measured in the run, in all counties in {years}; over variables that are not shown they are "
            "multiplied.",
            years=joined([str(year) for year in years]),
        ),
        say("Strokes across an arrow: a stock lies on the way, so that the effect takes time."),
    ]
    if any(loop.kind == EITHER or any(step.sign == "\u00b1" for step in loop.steps) for loop in shown):
        notes.append(say("\u00b1 and R/B: either way, by county or year."))
    turning = [loop.code for loop in shown if loop.may_turn]
    if turning:
        notes.append(say("May turn round within the range of a parameter: {loops}.", loops=joined(turning)))
    if any(step.sign == "0" for loop in shown for step in loop.steps):
        notes.append(say("0: a link that moves nothing in this run."))
    if left_out:
        notes.append(say("Not shown for want of room: {loops}.", loops=joined([loop.code for loop in left_out])))
    return [sentences(notes)]


def _entries(shown: Sequence[CausalLoop]) -> list[Entry]:
    signs = {step.sign for loop in shown for step in loop.steps}
    words = {
        "+": say("Same direction"),
        "\u2212": say("Opposite direction"),
        "\u00b1": say("Either direction"),
        "0": say("No effect in the run"),
    }
    lines = [Entry(f"{sign}  {words[sign]}", COLOURS[sign], width=1.0) for sign in words if sign in signs]
    return [
        Entry(say("Stock"), style.INK, width=SQUARE, shape="s", fill=style.INK),
        *lines,
        Entry(say("R: reinforcing, B: balancing"), style.PAPER, width=0.0, shape="o", fill=style.PAPER),
    ]
