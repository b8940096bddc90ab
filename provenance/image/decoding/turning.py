"""Bringing a stored picture upright by its EXIF orientation, and back; how the steps of a working copy tell of it.

Exif 3.0, section 4.6.5.1.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

AS_STORED = 1
"""The orientation of a picture that needs no turn."""
MIRRORED = frozenset({2, 4, 5, 7})
# Transposed first, then mirrored from left to right, then from top to bottom.
_UPRIGHT: Mapping[int, tuple[bool, bool, bool]] = {
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}
_TOLD = re.compile(r"turned upright \(EXIF orientation ([2-8])\)")


def turns(orientation: int) -> bool:
    """Whether it names a turn: 2 to 8."""
    return orientation in _UPRIGHT


def step(orientation: int) -> str:
    """The step of a working copy that says so."""
    return f"turned upright (EXIF orientation {orientation})"


def orientation_in(steps: Iterable[str]) -> int:
    """The orientation by which a working copy was turned, 2 to 8; AS_STORED where no EXIF tag turned it."""
    return next((int(told[1]) for one in steps if (told := _TOLD.fullmatch(one))), AS_STORED)


def upright(stored: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of an array of shape (height, width, ...) as the picture is looked at."""
    if not turns(orientation):
        return stored
    transposed, across, down = _UPRIGHT[orientation]
    found = stored.swapaxes(0, 1) if transposed else stored
    return found[:: -1 if down else 1, :: -1 if across else 1]


def stored(looked_at: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of an upright array as the file stores it."""
    if not turns(orientation):
        return looked_at
    transposed, across, down = _UPRIGHT[orientation]
    found = looked_at[:: -1 if down else 1, :: -1 if across else 1]
    return found.swapaxes(0, 1) if transposed else found
