"""The ledger of ecological compensation: who pays and who receives in a year, by county and by agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.look import Look, current
from regionsim.figures.page import KEY_ROW, Entry, Page, Panel, foot_height, heading_extra, key_height
from regionsim.figures.panel_axes import bar, draw_values_across, row_name
from regionsim.figures.scales import Scale, round_scale, signed_text, tick_digits
from regionsim.figures.words import called, clauses, in_chinese, say, sentences, with_unit
from regionsim.results.indicator_catalogue import MONEY_UNIT
from regionsim.results.names import agreement_names, candidate_agreements

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

ACCOUNTS = (
    *(f"compensation_{kind}" for kind in ("paid", "received", "awards")),
    *(f"{kind}_under_agreement" for kind in ("paid", "received")),
    *(f"higher_level_{kind}" for kind in ("paid", "received")),
)
PAID, RECEIVED, AWARDS, HIGHER = "#d55e00", "#0072b2", "#9ccbe8", "#f2b48a"
LEFT, RIGHT, GAP = 21.0, 6.0, 37.0  # mm
HEAD, FOOT, HEADING, ROW, LEAST = 17.0, 5.5, 6.5, 3.6, 24.0
NOTHING = 1e-9
CANDIDATE = " *"


@dataclass(frozen=True)
class _Side:
    """Rows of one half of the ledger: names, and the yearly mean of what is paid and received in two parts each."""

    heading: str
    names: tuple[str, ...]
    paid: tuple[Array, Array]
    received: tuple[Array, Array]

    def reach(self) -> tuple[float, float]:
        """The longest bars to the left and to the right."""
        return -float(sum(self.paid).max(initial=0.0)), float(sum(self.received).max(initial=0.0))


def compensation_ledger(dataset: xarray.Dataset, look: Look | None = None) -> Figure:
    """Yearly means over the run, million CNY: paid to the left, received to the right of zero.

    By county with awards beside compensation; by agreement with the part of provinces and cities apart. What has
    nothing is left out. Of an ensemble medians. Raises KeyError for a dataset without the accounts.
    """
    with style.drawing(look):
        return _figure(dataset)


def _figure(dataset: xarray.Dataset) -> Figure:
    sides = [_counties(dataset), _agreements(dataset)]
    entries = [
        Entry(name, colour, width=4.0, shape="s", fill=colour)
        for name, colour in (
            (say("Paid by counties"), PAID),
            (say("Paid by province and city"), HIGHER),
            (say("Received by counties"), RECEIVED),
            (say("Received by province and city; awards"), AWARDS),
        )
    ]
    title = with_unit(say("Ecological compensation: yearly mean"), called(MONEY_UNIT))
    subtitle = clauses([style.scenario_title(dataset), style.period(dataset)])
    note = [
        say("Paid to the left of zero, received to the right; counties and agreements without either are left out.")
    ]
    if any(name.endswith(CANDIDATE) for name in sides[1].names):
        note.append(say("* No such agreement is known; a measure would bring it."))
    if dataset.sizes["member"] > 1:
        note.append(say("Median of the ensemble."))
    notes, source = [sentences(note)], style.stamp([dataset])
    extra = heading_extra(title, subtitle)
    head = HEAD + extra + key_height(entries) - KEY_ROW + HEADING
    foot = FOOT + foot_height([*notes, source])
    narrow = current().narrow
    rows = [max(len(side.names), 1) for side in sides]
    sizes = [max(ROW * count, LEAST if not narrow else 0.0) for count in rows]
    height = sum(sizes) + HEADING + 6.0 if narrow else max(sizes)
    height = current().row_height(height, 1, head + foot)
    page = Page(head + height + foot, title=title, subtitle=subtitle, notes=notes, source=source)
    page.key(style.MARGIN, page.height - 14.5 - extra, entries)
    left = LEFT + 16.0 if narrow else LEFT
    width = page.width - left - RIGHT if narrow else (page.width - left - RIGHT - GAP) / 2
    top = page.height - head
    for place, side in enumerate(sides):
        size = height if current().slides else sizes[place]
        panel = Panel(
            left + (0.0 if narrow else place * (width + GAP)),
            top - size,
            width,
            size,
            (0, 1),
            (rows[place] - 0.4, -0.6),
        )
        _draw(page, panel, side, place)
        top -= size + HEADING + 6.0 if narrow else 0.0
    return page.figure


def _mean(dataset: xarray.Dataset, name: str) -> Array:
    """The mean over years of the median of members, by what the variable is over."""
    return np.asarray(np.median(dataset[name].values, axis=0).mean(axis=0), dtype=np.float64)


def _counties(dataset: xarray.Dataset) -> _Side:
    paid, received, awards = (_mean(dataset, f"compensation_{kind}") for kind in ("paid", "received", "awards"))
    names = style.names_of_counties(dataset)
    codes = dataset["county"].values.tolist()
    shown = [
        k for k in np.argsort(paid - received - awards, kind="stable") if max(paid[k], received[k], awards[k]) > NOTHING
    ]
    none = np.zeros(len(shown))
    return _Side(
        say("By county"),
        tuple(names[codes[k]] for k in shown),
        (paid[shown], none),
        (received[shown], awards[shown]),
    )


def _agreements(dataset: xarray.Dataset) -> _Side:
    paid, received = (_mean(dataset, f"{kind}_under_agreement") for kind in ("paid", "received"))
    higher_paid, higher_received = (_mean(dataset, f"higher_level_{kind}") for kind in ("paid", "received"))
    keys = dataset["agreement"].values.tolist()
    shown = [k for k in np.argsort(-paid, kind="stable") if max(paid[k], received[k]) > NOTHING]
    return _Side(
        say("By agreement"),
        tuple(_agreement(keys[k]) for k in shown),
        (paid[shown] - higher_paid[shown], higher_paid[shown]),
        (received[shown] - higher_received[shown], higher_received[shown]),
    )


def _agreement(key: str) -> str:
    """Its name, marked where nobody is known to have signed it."""
    names = agreement_names().get(key, (key, key))
    return names[1 if in_chinese() else 0] + (CANDIDATE if key in candidate_agreements() else "")


def _draw(page: Page, panel: Panel, side: _Side, place: int) -> None:
    low, high = side.reach()
    scale = round_scale(low, high) if high > low else Scale(-1.0, 1.0, (-1.0, 0.0, 1.0))
    digits = tick_digits(scale.ticks)
    panel = Panel(panel.x, panel.y, panel.width, panel.height, (scale.low, scale.high), panel.vertical)
    ticks = scale.ticks[:: 2 if len(scale.ticks) > 6 else 1]
    scale = Scale(scale.low, scale.high, ticks)
    page.text(panel.x, panel.y + panel.height + 2.0, f"{'ab'[place]}  {side.heading}")
    draw_values_across(page, panel, scale, [signed_text(tick, digits) for tick in ticks], zero=True)
    if not side.names:
        middle = (panel.x + panel.width / 2, panel.y + panel.height / 2)
        page.text(*middle, say("nothing paid or received"), colour=style.GREY, ha="center", va="center")
    for row, name in enumerate(side.names):
        row_name(page, panel, row, name)
    for sign, (inner, outer), colours in ((-1.0, side.paid, (PAID, HIGHER)), (1.0, side.received, (RECEIVED, AWARDS))):
        for start, end, colour in ((0 * inner, inner, colours[0]), (inner, inner + outer, colours[1])):
            bars = [bar(panel, row, sign * start[row], sign * end[row], 0.7) for row in range(len(side.names))]
            page.areas([each for each, a, b in zip(bars, start, end, strict=True) if b > a], colours=colour)
