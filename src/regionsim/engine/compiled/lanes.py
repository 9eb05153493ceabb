"""Members run side by side, one in each lane of the processor's registers: how that is said in LLVM text.

Every number of the memory is there once for each lane, neighbours being the same number of different members. One
instruction then does all lanes, whatever loop it stands in, and the code of a step is read once for all. Nothing
passes from lane to lane, so that a member's results do not depend on its neighbours.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# As many numbers as a register of the most common processors holds; others take two or half a register for it.
LANES = 4
# Their kinds as LLVM text.
NUMBERS, WHOLES, TRUTHS = f"<{LANES} x double>", f"<{LANES} x i64>", f"<{LANES} x i1>"
# Memory begins at a multiple of so many bytes, so that no register's load crosses a line of the cache.
ALIGNMENT = 64


def hexadecimal(value: float) -> str:
    """A number as LLVM text, to the last bit."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


def bits(value: float) -> int:
    """The whole number that the same bits stand for."""
    return int(struct.unpack("<q", struct.pack("<d", value))[0])


def number(value: float) -> str:
    """The same number in all lanes."""
    return f"<{', '.join([f'double {hexadecimal(value)}'] * LANES)}>"


def whole(value: int) -> str:
    """The same whole number in all lanes."""
    return f"<{', '.join([f'i64 {value}'] * LANES)}>"


def intrinsic(name: str) -> str:
    """LLVM's own function of that name on all lanes."""
    return f"llvm.{name}.v{LANES}f64"


def aligned(size: int) -> Array:
    """Zeros over (number, lane), so laid that a register's load crosses no line of the cache."""
    room = np.zeros(size * LANES + ALIGNMENT // 8)
    first = -room.ctypes.data % ALIGNMENT // 8
    return room[first : first + size * LANES].reshape(size, LANES)


def copied(values: Array) -> Array:
    """A copy over (number, lane), laid in the same way."""
    copy = aligned(len(values))
    copy[:] = values
    return copy
