"""Runs of right-to-left text inside a sentence of ours, set apart so that what follows them stays where it is.

Without that, a number or a bracket behind an Arabic or Hebrew name is shown on its other side: the bidirectional
algorithm reads it as part of the name (Unicode Standard Annex 9, rules W2 to W7 and N1).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ISOLATE, POP = "\u2068", "\u2069"
"""FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE."""
_RIGHT = ("R", "AL")


def turned(text: str) -> bool:
    """Whether any character is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT for character in text)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a run to set apart: from a right-to-left letter to the last one
    before a letter that is written from left to right.
    """
    start, last, at = 0, -1, -1
    for place, character in enumerate(text):
        way = unicodedata.bidirectional(character)
        if way in _RIGHT:
            at = place if at < 0 else at
            last = place
        elif way == "L" and at >= 0:
            yield text[start:at], False
            yield text[at : last + 1], True
            start, at = last + 1, -1
    if at >= 0:
        yield text[start:at], False
        yield text[at : last + 1], True
        start = last + 1
    yield text[start:], False


def isolated(text: str) -> str:
    """The text with these runs between invisible isolates, for plain text. `text` went through model.text.visible."""
    if not turned(text):
        return text
    return "".join(f"{ISOLATE}{piece}{POP}" if apart else piece for piece, apart in runs(text))
