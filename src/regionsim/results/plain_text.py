"""Numbers, and rows of cells, as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

MISSING = "n/a"
GAP = "  "


def plain_number(value: float, digits: int = 4, *, signed: bool = False, whole_from: float = 1000) -> str:
    """A number with so many digits; from `whole_from` on all digits before the point, in groups, and none behind it."""
    if not isfinite(value):
        return MISSING
    sign = "+" if signed else ""
    return f"{value:{sign},.0f}" if abs(value) >= whole_from else f"{value:{sign}.{digits}g}"


def aligned(rows: Sequence[Sequence[str]], *, words_last: bool = False) -> list[str]:
    """Rows of cells as lines, the first column to the left, the others to the right; one cell alone heads a block.

    With `words_last` the last column stands to the left too.
    """
    full = [row for row in rows if len(row) > 1]
    widths = [max(len(row[column]) for row in full) for column in range(len(full[0]))]
    lines = []
    for row in rows:
        if len(row) == 1:
            lines += ["", row[0]]
        else:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            if words_last:
                cells[-1] = row[-1]
            lines.append((GAP * 2).join(cells).rstrip())
    return lines


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines, all columns to the left."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return [GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
