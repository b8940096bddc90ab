"""Texts on a map: how wide they stand, and where they find room without covering each other."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP_PX = 3.0
# Widths in ems of a bold sans serif, rounded up: a text must never be wider than the room that it was given.
_NARROW, _WIDE = frozenset(" .,:;'|!()[]ijlft-"), frozenset("mwMW@%жмфшщыюЖМФШЩЫЮ")
_REACHES_PX = (0.0, 16.0, 34.0, 56.0, 84.0, 120.0)
_WINDS = tuple((math.cos(math.radians(turn)), math.sin(math.radians(turn))) for turn in range(0, 360, 30))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this one lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def grown(self, more_px: float) -> Box:
        """The same with a margin."""
        return Box(self.left - more_px, self.top - more_px, self.right + more_px, self.bottom + more_px)


def width_px(text: str, size_px: float) -> float:
    """How wide a line of text stands, at most."""
    return size_px * sum(map(_em, text))


def _em(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.05
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 1.0
    return 0.76 if character.isupper() else 0.64


def cut(text: str, size_px: float, most_px: float) -> str:
    """The text, or its start with an ellipsis where it is wider than it may be."""
    if width_px(text, size_px) <= most_px:
        return text
    used, limit = 0.0, most_px - size_px
    for index, character in enumerate(text):
        used += _em(character) * size_px
        if used > limit:
            return text[: max(index, 1)].rstrip(" (,;:-…") + "…"
    return text


class Room:
    """What is taken of a window; texts are placed one after another and never moved again."""

    def __init__(self, window: Box) -> None:
        self.window = window
        self.taken: list[Box] = []
        self.crossed: list[Box] = []
        """Along lines: a text may lie there where nothing else is left."""

    def free(self, box: Box) -> bool:
        """Whether nothing else stands there, and it lies in the window."""
        return box.within(self.window) and not any(box.meets(other) for other in self.taken)

    def take(self, box: Box) -> None:
        """Keep others away from there."""
        self.taken.append(box)

    def first(self, boxes: Iterable[Box]) -> Box | None:
        """The first box that is free, best one that no line crosses; it is taken."""
        crossed = None
        for box in boxes:
            if self.free(box):
                if not any(box.meets(line) for line in self.crossed):
                    self.take(box)
                    return box
                crossed = crossed or box
        if crossed is not None:
            self.take(crossed)
        return crossed


def beside(mark: Box, width: float, height: float) -> Iterable[Box]:
    """Boxes around a mark: right, left, above, below and between, then farther out."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    half_width, half_height = (mark.right - mark.left) / 2 + GAP_PX, (mark.bottom - mark.top) / 2 + GAP_PX
    for reach in _REACHES_PX:
        across, up = half_width + reach, half_height + reach
        for wind_x, wind_y in sorted(_WINDS, key=lambda wind: (abs(wind[1]) > 0.1, abs(wind[1]) > 0.9, -wind[0])):
            left = x + wind_x * across + (wind_x - 1) / 2 * width
            top = y + wind_y * up + (wind_y - 1) / 2 * height
            yield Box(left, top, left + width, top + height)


def along(points: Sequence[tuple[float, float]], width: float, height: float) -> Iterable[Box]:
    """Boxes on and beside a line, from its middle outwards, then the same farther off."""
    count = len(points)
    for near, far in ((height / 2 + 3, height / 2 + 9), (height + 14, height + 30)):
        for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
            x, y = points[min(count - 1, int(share * count))]
            for off in (-near, near, -far, far):
                yield Box(x - width / 2, y + off - height / 2, x + width / 2, y + off + height / 2)
            for left in (x + near - 3, x - near + 3 - width):  # beside a steep line
                yield Box(left, y - height / 2, left + width, y + height / 2)
