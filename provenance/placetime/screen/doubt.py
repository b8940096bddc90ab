"""How sure a look at a line is, and what is made of lines that no look is sure of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..dates.read import read
from .letters import marked, script_of, scripts
from .text_line import TextLine, same_row

_NAMES = re.compile(r"\w\.[A-Za-z]{2,10}/|@\w{2}")
"""What addresses and names of accounts have."""
_SYLLABLE = re.compile(r"[\uac00-\ud7af]")
_UNSURE, _SURE = 60.0, 75.0
"""Syllables that the first look takes for Latin letters come out at 36 to 55, or not at all, and in their own at 82 to
94; Chinese and Japanese read as Hangul came out at 45 to 72, Arabic, Hebrew, Chinese and Japanese as Latin at 23 to 55
(one line of Hebrew at 73). Lines of the rendered posts that are read right stand at 75 and above."""
NEARLY = 0.9
"""Of the surest look. "6:30 PM - Nov 14, 2024" and the same line as Cyrillic were 0 to 3 in a hundred apart on rendered
posts; words in the letters of another script 14 to 50 below their own."""


def readable(line: TextLine) -> bool:
    """Whether a look was sure of it, or it has the form of something: words of no dictionary make looks unsure."""
    return line.confidence >= _UNSURE or tells_time(line.text) or _NAMES.search(line.text) is not None


def unsure(line: TextLine) -> bool:
    """Whether letters of it may be those of another script."""
    return line.confidence < _UNSURE and any(count > 2 for _, count in scripts(line.text))


def with_hangul(lines: list[TextLine], looked: Sequence[TextLine]) -> list[TextLine]:
    """Rows that were read as Hangul surely, and not much less surely than as anything else, in that reading.

    A row that tells a time stays where that reading loses it: numbers are read as surely in every language, and between
    them "лип." comes out as more numbers.
    """
    for new in looked:
        row = [line for line in lines if same_row(new.box_px, line.box_px)]
        sure = new.confidence >= _SURE and script_of(new.text) == "Hangul"
        if any(tells_time(line.text) for line in row) and not tells_time(new.text):
            continue
        if sure and sureness([new]) >= NEARLY * sureness(row):
            lines = [*(line for line in lines if not any(line is one for one in row)), new]
    return lines


def tells_time(text: str) -> bool:
    """Whether a date or a time of day stands in it."""
    return any(one.finest not in ("year", "relative") for one in read(marked(text)))


def sureness(row: Sequence[TextLine]) -> float:
    """Grows with what is read: a look that leaves a word out as unreadable is surer of the rest.

    A syllable counts as two: readers of other scripts make two or three letters of it.
    """
    return sum(line.confidence * (len(line.text.replace(" ", "")) + len(_SYLLABLE.findall(line.text))) for line in row)
