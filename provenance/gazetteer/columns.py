"""Numbers of a mapped file as a column, whatever the byte order of the machine: the files are little-endian."""

from __future__ import annotations

import sys
from array import array


def numbers(view: memoryview, type_: str) -> memoryview | array[int]:
    """The view cast to a type code of `array`; on a big-endian machine a turned copy."""
    if sys.byteorder == "little":
        return view.cast(type_)  # type: ignore[call-overload, no-any-return]
    turned = array(type_, view.tobytes())
    turned.byteswap()
    return turned
