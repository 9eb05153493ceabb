"""What all figures of one drawing share: language, page, and how far everything is magnified."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
Style = Literal["paper", "slides"]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
STYLES: tuple[Style, ...] = ("paper", "slides")
MILLIMETRES_PER_INCH = 25.4
# One and two columns of a journal, mm.
ONE_COLUMN, TWO_COLUMNS = 89.0, 183.0
WIDTHS = (ONE_COLUMN, TWO_COLUMNS)
# A slide is laid out as a small page with the type of a paper, and magnified to 16:9 at 13.33 by 7.5 inches.
SLIDE_WIDTH, SLIDE_HEIGHT = 160.0, 90.0
SLIDE_INCHES = 40.0 / 3.0
DOTS_PER_INCH, SLIDE_DOTS_PER_INCH = 300, 144  # a slide has 1920 by 1080 dots


@dataclass(frozen=True)
class Look:
    """Language, style and width of a figure. Raises ValueError for a style, language or width that is not known.

    `width` (89 or 183 mm) is that of a paper; a slide has its own.
    """

    language: Language = "en"
    style: Style = "paper"
    width: float = TWO_COLUMNS

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or self.style not in STYLES:
            raise ValueError(f"a look is en or zh, paper or slides, not {self.language}, {self.style}")
        if self.width not in WIDTHS:
            raise ValueError(f"a page is {' or '.join(f'{width:g}' for width in WIDTHS)} mm wide, not {self.width:g}")

    @property
    def slides(self) -> bool:
        return self.style == "slides"

    @property
    def narrow(self) -> bool:
        """Whether the page is one column of a journal."""
        return not self.slides and self.width == ONE_COLUMN

    @property
    def page_width(self) -> float:
        """The width in which figures are laid out, mm before magnification."""
        return SLIDE_WIDTH if self.slides else self.width

    @property
    def magnification(self) -> float:
        """By how much the finished page is larger than its layout."""
        return SLIDE_INCHES * MILLIMETRES_PER_INCH / SLIDE_WIDTH if self.slides else 1.0

    @property
    def dots_per_inch(self) -> int:
        return SLIDE_DOTS_PER_INCH if self.slides else DOTS_PER_INCH

    def row_height(self, natural: float, rows: int, rest: float) -> float:
        """The height of each of so many rows of panels, mm: as is natural, on a slide what `rest` leaves of it."""
        return (SLIDE_HEIGHT - rest) / rows if self.slides else natural


PAPER_LOOK = Look()
_state = threading.local()


def current() -> Look:
    """The look of what is drawn now in this thread (see `style.drawing`)."""
    look: Look = getattr(_state, "look", PAPER_LOOK)
    return look


def use(look: Look) -> Look:
    """Draw with this look from now on in this thread; returns the one before."""
    before = current()
    _state.look = look
    return before
