"""A line of text on a screen, joined from the words that were read in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .letters import unmixed
from .tesseract import Word

Box = tuple[int, int, int, int]
_SQUARE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPACE_SHARE = 0.2
"""Of the height of a syllable: between two of one word there is less, a space is wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line as read, each word in one script, and its box in pixels of the working copy."""

    text: str
    box_px: Box
    confidence: float = 0.0
    """Tesseract's own of its words, 0 to 100, in the mean over their letters."""


def line_of(found: Sequence[Word], scale: float) -> TextLine:
    """A line of these words, which are at least one; `scale`: pixels of theirs for each of the working copy."""
    lefts, tops, rights, bottoms = zip(*(word.box_px for word in found), strict=True)
    # The face beside a name is often read as a mark as tall as two rows, so top and bottom are those of most letters.
    letters = [len(word.text) for word in found]
    box = (min(lefts), _median(tops, letters), max(rights), _median(bottoms, letters))
    x0, y0, x1, y1 = (round(side / scale) for side in box)
    confidence = sum(word.confidence * count for word, count in zip(found, letters, strict=True)) / sum(letters)
    return TextLine(text=unmixed(joined(found)), box_px=(x0, y0, x1, y1), confidence=confidence)


def _median(values: Sequence[int], weights: Sequence[int]) -> int:
    """The value below and above which there is at most half of the weight."""
    left = sum(weights) / 2
    for value, weight in sorted(zip(values, weights, strict=True)):
        left -= weight
        if left <= 0:
            return value
    return max(values)


def joined(found: Sequence[Word]) -> str:
    """Words with the spaces between them; syllables that Tesseract split are joined where no space is to be seen."""
    text, last = "", None
    for word in found:
        if last is not None:
            gap_px, height_px = word.box_px[0] - last.box_px[2], word.box_px[3] - word.box_px[1]
            eastern = _SQUARE.search(word.text + last.text) is not None
            text += "" if eastern and gap_px < _SPACE_SHARE * max(height_px, 1) else " "
        text, last = text + word.text, word
    return text


def same_row(first: Box, second: Box) -> bool:
    """Whether two boxes share most of the height of the lower one, and some of their width."""
    shared = min(first[3], second[3]) - max(first[1], second[1])
    return shared > 0.5 * min(first[3] - first[1], second[3] - second[1]) and min(first[2], second[2]) > max(
        first[0], second[0]
    )
