"""The transport network on a map: lines that stood, lines that a scenario opens, cities, and what opens when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionsim.figures import style
from regionsim.figures.font import wrapped
from regionsim.figures.geography import Boundaries, default_boundaries
from regionsim.figures.look import Look, current
from regionsim.figures.map_drawing import boundaries_note
from regionsim.figures.network import CONVENTIONAL_RAIL, EXPRESSWAY, HIGH_SPEED_RAIL, HIGHWAY, NetworkOfRun
from regionsim.figures.network_drawing import LOOKS, OPENED, OPENED_IS_WIDER, SMALLER, STOOD, Frame, NetworkDrawing
from regionsim.figures.page import Entry, Page, foot_height, heading_extra
from regionsim.figures.words import clauses, in_chinese, say, sentences

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

# The zone and the cities about it; a small map has more room beside them for names.
FRAME, FRAME_OF_SMALL = Frame(112.05, 116.35, 24.75, 29.95), Frame(111.3, 117.3, 24.75, 29.95)
HEAD, FOOT, UNDER = 12.0, 4.5, 4.0  # mm; above and below the frame stand names of places beyond it
MAP_WIDTH, MAP_WIDTH_OF_NARROW = 104.0, 84.0
KEY_LINE, LINE_HEIGHT, GAP, LIST_HEAD = 3.8, 3.0, 5.0, 6.0


def network_map(
    dataset: xarray.Dataset,
    network: NetworkOfRun,
    boundaries: Boundaries | None = None,
    look: Look | None = None,
) -> Figure:
    """The network at the end of a run: what stood at its start in grey, what opened since in colour with its number.

    A list has number, year and name of each project. Lines are straight between places and stand a little apart where
    modes run beside each other. Cities beyond the frame are named at its edge.
    """
    boundaries = default_boundaries() if boundaries is None else boundaries
    with style.drawing(look):
        return _figure(dataset, network, boundaries)


def _figure(dataset: xarray.Dataset, network: NetworkOfRun, boundaries: Boundaries) -> Figure:
    look = current()
    small = look.narrow or look.slides
    frame = FRAME_OF_SMALL if small else FRAME
    title = say("Transport network in {year}", year=int(dataset["year"].values[-1]))
    subtitle = clauses([style.scenario_title(dataset), style.period(dataset)])
    straight = say("Lines are straight between places; openings are those of the scenario.")
    notes, source = [sentences([straight, boundaries_note()])], style.stamp([dataset])
    head, foot = HEAD + heading_extra(title, subtitle), FOOT + UNDER + foot_height([*notes, source])
    natural = (MAP_WIDTH_OF_NARROW if look.narrow else MAP_WIDTH) * frame.shape
    height = look.row_height(natural, 1, head + foot + UNDER)
    width = height / frame.shape
    beside = 0.0 if look.narrow else width + GAP + 3.0
    rows = _rows(network, look.page_width - 2 * style.MARGIN - beside)
    entries = _entries(SMALLER if small else 1.0)
    key_height = KEY_LINE * -(-len(entries) // (2 if small else 1))
    if not look.narrow:
        rows = _shortened(rows, int((height - key_height - LIST_HEAD + 2.0) / LINE_HEIGHT))
    below = key_height + LIST_HEAD + LINE_HEIGHT * len(rows) + 4.0 if look.narrow else 0.0
    page = Page(head + height + foot + UNDER + below, title=title, subtitle=subtitle, notes=notes, source=source)
    left = (page.width - width) / 2 if look.narrow else style.MARGIN + 1.0
    drawing = NetworkDrawing(page, network, frame, (left, foot + below), width, small)
    drawing.draw_ground(dataset, boundaries)
    drawing.draw_places(drawing.draw_lines())
    x, y = (style.MARGIN, foot + below - UNDER - 4.0) if look.narrow else (left + width + GAP, foot + height - 1.0)
    _draw_key(page, x, y, entries, 2 if small else 1)
    _draw_list(page, x, y - key_height - 2.0, rows)
    return page.figure


def _shortened(rows: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """The rows that have room; the last says how many projects have none."""
    if len(rows) <= most:
        return rows
    left_out = sum(bool(number) for number, _ in rows[most - 1 :])
    return [*rows[: most - 1], ("", say("and {count} more", count=left_out))]


def _rows(network: NetworkOfRun, room: float) -> list[tuple[str, str]]:
    """Number and text of each line of the list, long names broken."""
    rows: list[tuple[str, str]] = []
    for each in network.projects:
        text = clauses([f"{each.year:g}", each.name_zh if in_chinese() else each.name])
        lines = wrapped(text, style.SMALL_SIZE, room - 6.0)
        rows += [(str(each.number) if k == 0 else "", line) for k, line in enumerate(lines)]
    return rows


def _entries(thickness: float) -> list[Entry]:
    names = {
        HIGH_SPEED_RAIL: say("High-speed railway"),
        CONVENTIONAL_RAIL: say("Railway"),
        EXPRESSWAY: say("Expressway"),
        HIGHWAY: say("Highway"),
    }
    lines = [Entry(name, STOOD, LOOKS[mode][1], LOOKS[mode][0] * thickness) for mode, name in names.items()]
    widest = (LOOKS[HIGH_SPEED_RAIL][0] + OPENED_IS_WIDER) * thickness
    return [
        *lines,
        Entry(say("Opened in the run"), OPENED, width=widest),
        Entry(say("Provincial border"), style.INK, width=1.2),
        Entry(say("County seat"), style.INK, width=2.2, shape="o", fill=style.PAPER),
        Entry(say("City outside the zone"), style.INK, width=3.6, shape="s", fill=style.INK),
    ]


def _draw_key(page: Page, x: float, y: float, entries: list[Entry], columns: int) -> None:
    """What lines and markers mean, in columns."""
    step = (page.width - style.MARGIN - x) / columns
    for k, entry in enumerate(entries):
        page.key(x + (k % columns) * step, y - KEY_LINE * (k // columns), [entry], right=page.width)


def _draw_list(page: Page, x: float, y: float, rows: list[tuple[str, str]]) -> None:
    page.text(x, y - 1.0, say("Opened projects") if rows else say("No project opens."))
    for k, (number, text) in enumerate(rows):
        height = y - 5.0 - LINE_HEIGHT * k
        page.text(x + 2.2, height, number, size=style.SMALL_SIZE, colour=OPENED, ha="right")
        page.text(x + 4.0, height, text, size=style.SMALL_SIZE)
