"""Text in columns of a terminal: how wide a string stands, and how it wraps and is cut.

Width follows Unicode Standard Annex 11 (East Asian Width): W and F take two columns, everything else one, and
combining marks none. Ambiguous characters (class A) count as one, as terminals outside legacy CJK locales show them.
"""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"


def display_width(text: str) -> int:
    """The number of terminal columns that the text takes."""
    return sum(map(_columns, text))


def cyrillic(text: str) -> float:
    """How much wider a column of this text stands in print than one of Latin letters."""
    return 1.06 if any("\u0400" <= letter <= "\u052f" for letter in text) else 1.0


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, broken at spaces, and inside a word only when it is longer than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and display_width(line) + 1 + display_width(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def clip(text: str, width: int) -> str:
    """The text, cut to `width` columns (at least 3) with an ellipsis where it is longer."""
    return text if display_width(text) <= width else _fitting(text, width - 1) + ELLIPSIS


def pad(text: str, width: int) -> str:
    """The text, filled with spaces to `width` columns."""
    return text + " " * (width - display_width(text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _pieces(word: str, width: int) -> list[str]:
    pieces = []
    while display_width(word) > width:
        piece = _fitting(word, width)
        pieces.append(piece)
        word = word[len(piece) :]
    return [*pieces, word]


def _fitting(text: str, width: int) -> str:
    """The longest start of the text that fits; at least one character, so that a loop over it ends."""
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[: max(index, 1)]
    return text
