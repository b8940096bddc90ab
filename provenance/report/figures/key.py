"""The key of a drawing: its signs and what they mean, in columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LINE_PX = 19.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A sign and its meaning."""

    x: float
    y: float
    sign: str
    text: str


def in_columns(texts: Mapping[str, str], columns: int, width: float, top: float) -> tuple[tuple[Key, ...], float]:
    """Texts by their signs, row by row, and where the drawing goes on below them. All in CSS pixels."""
    made = tuple(
        Key(
            x=round(number % columns * width / columns, 1),
            y=top + LINE_PX * (number // columns + 1),
            sign=sign,
            text=text,
        )
        for number, (sign, text) in enumerate(texts.items())
    )
    return made, (made[-1].y if made else top) + 10
