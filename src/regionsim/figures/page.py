"""A page in millimetres: few artists, so that a page of 24 panels costs hardly more than one panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regionsim.figures import style
from regionsim.figures.font import drawable, font, text_width, wrapped
from regionsim.figures.look import MILLIMETRES_PER_INCH, SLIDE_HEIGHT, current
from regionsim.figures.words import in_chinese, sentences

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOOT_LINE = 2.7  # mm
TITLE_LINE, SUBTITLE_LINE = 4.2, 3.4
KEY_ROW = 4.0

Points = NDArray[np.float64]  # (point, 2)


class Page:
    """One page of the width of the look, with a title, a foot and whatever is drawn on it.

    Coordinates are millimetres from the lower left corner, before magnification; `height` is that of a paper, while a
    slide has its own. A figure of 24 Axes spends most of its time on ticks that nobody sees; here all lines of one
    style are one collection on a single Axes. The figure's label is its caption: title, subtitle and `notes`, which
    stand at the foot of a paper as well. `source` stands there too (see `style.stamp`).
    """

    def __init__(self, height: float, *, title: str, subtitle: str, notes: Sequence[str], source: str) -> None:
        from matplotlib.figure import Figure

        look = current()
        self.width, self.height = look.page_width, SLIDE_HEIGHT if look.slides else height
        self.magnification = look.magnification
        size = tuple(side * self.magnification / MILLIMETRES_PER_INCH for side in (self.width, self.height))
        self.figure: Figure = Figure(figsize=size, dpi=look.dots_per_inch, facecolor=style.PAPER)
        self.figure.set_label("\n\n".join([f"**{title}**", sentences([ended(subtitle), *notes])]))
        self.axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0.0, self.width)
        self.axes.set_ylim(0.0, self.height)
        self.axes.set_autoscale_on(False)
        y = self.height - 5.0
        for line in wrapped(title, style.TITLE_SIZE, _room()):
            self.text(style.MARGIN, y, line, size=style.TITLE_SIZE)
            y -= TITLE_LINE
        for line in wrapped(subtitle, style.TEXT_SIZE, _room()):
            self.text(style.MARGIN, y - 0.2, line, size=style.TEXT_SIZE, colour=style.GREY)
            y -= SUBTITLE_LINE
        for row, line in enumerate(reversed(foot_lines([*notes, source]))):
            self.text(style.MARGIN, 1.6 + FOOT_LINE * row, line, size=style.STAMP_SIZE, colour=style.GREY)

    def text(
        self, x: float, y: float, text: str, *, size: float = style.TEXT_SIZE, colour: str = style.INK, **options: Any
    ) -> None:
        """One piece of text; `options` are those of matplotlib's Text (ha, va, rotation, zorder)."""
        text = drawable(text, text)  # a font that was cut without a character gets it
        size *= self.magnification
        self.axes.text(x, y, text, fontproperties=font(), fontsize=size, color=colour, parse_math=False, **options)

    def lines(
        self,
        paths: Sequence[Points],
        *,
        colour: str = style.INK,
        width: float = 0.8,
        dashes: Sequence[float] = (),
        order: float = 2.0,
        round_ends: bool = False,
    ) -> None:
        """Polylines of one style; `width` in points, `dashes` in line widths. Points that are nan are gaps."""
        from matplotlib.collections import LineCollection

        if paths:
            self.axes.add_collection(
                LineCollection(
                    list(paths),
                    colors=colour,
                    linewidths=width * self.magnification,
                    linestyles=(0.0, tuple(dashes)) if dashes else "solid",
                    capstyle="round" if round_ends else "butt",
                    joinstyle="round",
                    zorder=order,
                ),
                autolim=False,
            )

    def areas(
        self,
        paths: Sequence[Points],
        *,
        colours: str | Sequence[str],
        edge: str = "none",
        edge_width: float = 0.0,
        opacity: float = 1.0,
        order: float = 1.0,
    ) -> None:
        """Filled polygons of one ring each."""
        from matplotlib.collections import PolyCollection

        if paths:
            self.axes.add_collection(
                PolyCollection(
                    list(paths),
                    facecolors=colours,
                    edgecolors=edge,
                    linewidths=edge_width * self.magnification,
                    alpha=opacity if opacity < 1 else None,
                    zorder=order,
                ),
                autolim=False,
            )

    def points(
        self,
        places: Points,
        *,
        colours: str | Sequence[str],
        shape: str = "o",
        size: float = 3.0,
        edge: str = "none",
        edge_width: float = 0.5,
        order: float = 4.0,
    ) -> None:
        """Markers of matplotlib's shapes, `size` points across."""
        if len(places):
            self.axes.scatter(
                places[:, 0],
                places[:, 1],
                s=(size * self.magnification) ** 2,
                marker=shape,
                facecolors=colours,
                edgecolors=edge,
                linewidths=edge_width * self.magnification,
                zorder=order,
            )

    def key(self, x: float, y: float, entries: Sequence[Entry], right: float | None = None) -> None:
        """Samples in a row from `x` to `right` at height `y`, a full row going on below."""
        start, right = x, self.width - style.MARGIN if right is None else right
        for entry in entries:
            if x > start and x + entry.wide > right:
                x, y = start, y - KEY_ROW
            middle = x + entry.sample / 2
            if entry.shape:
                place = np.array([[middle, y]])
                self.points(place, colours=entry.fill, shape=entry.shape, size=entry.width, edge=entry.colour)
            else:
                sample = np.array([[x, y], [x + entry.sample, y]])
                self.lines([sample], colour=entry.colour, width=entry.width, dashes=entry.dashes)
            self.text(x + entry.sample + 1.5, y, entry.label, va="center_baseline")
            x += entry.wide + 5.0


@dataclass(frozen=True)
class Entry:
    """One sample of a key: a line of `width` points with its dashes, or a marker `width` points across with a shape."""

    label: str
    colour: str
    dashes: Sequence[float] = ()
    width: float = 1.0
    shape: str = ""
    fill: str = "none"

    @property
    def sample(self) -> float:
        """The width of the sample itself, mm."""
        return 2.5 if self.shape else 9.0

    @property
    def wide(self) -> float:
        """The width of sample and label, mm."""
        return self.sample + 2.0 + text_width(self.label, style.TEXT_SIZE)


def _room() -> float:
    """The width of text across the page, mm."""
    return current().page_width - 2 * style.MARGIN


def heading_extra(title: str, subtitle: str) -> float:
    """What title and subtitle take beyond one line each, mm."""
    lines = (len(wrapped(title, style.TITLE_SIZE, _room())) - 1, len(wrapped(subtitle, style.TEXT_SIZE, _room())) - 1)
    return TITLE_LINE * lines[0] + SUBTITLE_LINE * max(lines[1], 0)


def ended(sentence: str) -> str:
    """A sentence with its stop."""
    return sentence + ("。" if in_chinese() else ".")


def key_height(entries: Sequence[Entry]) -> float:
    """The height of the key of these entries across the page, mm; 0 for none."""
    if not entries:
        return 0.0
    rows, x = 1, style.MARGIN
    for entry in entries:
        if x > style.MARGIN and x + entry.wide > current().page_width - style.MARGIN:
            rows, x = rows + 1, style.MARGIN
        x += entry.wide + 5.0
    return KEY_ROW * rows


def foot_lines(notes: Sequence[str]) -> list[str]:
    """The notes at the foot, the last of which says where the figure comes from, as they are broken into lines.

    A slide has the last one alone: the rest is in the caption beside it.
    """
    shown = notes[-1:] if current().slides else notes
    return [line for note in shown for line in wrapped(note, style.STAMP_SIZE, _room())]


def foot_height(notes: Sequence[str]) -> float:
    """The height of the notes at the foot, mm."""
    return 1.6 + FOOT_LINE * len(foot_lines(notes))


@dataclass(frozen=True)
class Panel:
    """A plot area on a page: its lower left corner and size in mm and the ranges of both axes in data units."""

    x: float
    y: float
    width: float
    height: float
    horizontal: tuple[float, float]
    vertical: tuple[float, float]

    def across(self, values: object) -> NDArray[np.float64]:
        """Data to mm from the left edge of the page."""
        low, high = self.horizontal
        return self.x + self.width * (np.asarray(values, dtype=np.float64) - low) / (high - low)

    def up(self, values: object) -> NDArray[np.float64]:
        """Data to mm from the lower edge of the page."""
        low, high = self.vertical
        return self.y + self.height * (np.asarray(values, dtype=np.float64) - low) / (high - low)

    def path(self, across: object, up: object) -> Points:
        """The polyline on the page of a series in data units."""
        return np.column_stack([self.across(across), self.up(up)])

    def band(self, across: object, low: object, high: object) -> Points:
        """The ring on the page of the area between two series."""
        return np.concatenate([self.path(across, low), self.path(across, high)[::-1]])

    def frame(self) -> Points:
        """The left and the lower edge."""
        top, right = self.y + self.height, self.x + self.width
        return np.array([[self.x, top], [self.x, self.y], [right, self.y]])

    def level(self, value: float) -> Points:
        """A horizontal line through the panel."""
        height = float(self.up(value))
        return np.array([[self.x, height], [self.x + self.width, height]])

    def tick(self, value: float, length: float = 0.9) -> Points:
        """A tick below the lower edge."""
        place = float(self.across(value))
        return np.array([[place, self.y], [place, self.y - length]])
