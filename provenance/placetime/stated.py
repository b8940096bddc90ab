""" "A is N km from B" in free text -> stated distances, in English, Russian, Ukrainian and Korean, and of
Spanish, French, Portuguese, Italian and German what stands right before a place: "a 650 km de París".

A length counts when the words between it and a place make it a distance: "2,700 miles east of Kursk", "в 4400 км от
Курска", "за 4 400 км від Курська", "쿠르스크에서 4,400km 떨어진", "between A and B", "from A to B", "apart". Everything
else - speeds, areas, ranges of weapons, bounds such as "within 30 km" - states no distance. Places are those that the
gazetteer or the caller knows; countries and regions are no end of a distance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..model.evidence import StatedDistance
from .quantities import quantities

MOST_CHARS, MOST_FOUND = 20_000, 20
_SENTENCE_END = re.compile(
    r"(?<![A-ZА-ЯІЇЄҐ]\w)(?<!\b[A-ZА-ЯІЇЄҐг])(?<!тыс)(?<!тис)[.!?…]{1,8}[\"”»')]{0,8}(?=\s)|[\n。！？]|(?<=다)\."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A distance found in a text. `distance.start` is "" where the text names one end only."""

    distance: StatedDistance
    words: str
    """The length as written: "2,700 miles"."""
    quote: str
    """The sentence it stands in."""


def distances(text: str, *, names: Iterable[str] = ()) -> tuple[Said, ...]:
    """Distances that a text states, in order, at most 20. `names`: places that the gazetteer need not know."""
    text = text[:MOST_CHARS]
    if not quantities(text):
        return ()
    # With the words that stand around a length: most texts have none.
    from .ends import LONGEST_NAME, Name, ends, paired, places

    found: list[Said] = []
    known = tuple(name for name in names if 2 < len(name) <= LONGEST_NAME)
    for sentence in _sentences(text):
        lengths = quantities(sentence)
        named = places(sentence, known) if lengths else []
        used: list[Name] = []
        pairs = paired(named, lengths)
        for length in lengths if named else ():
            two = ends(sentence, length, named, pairs.get(length, []), used)
            if two is None or (two[0] and two[0].name == two[1].name):
                continue
            used.append(two[1])
            start = two[0].name if two[0] else ""
            found.append(
                Said(
                    distance=StatedDistance(start=start, end=two[1].name, km=length.km),
                    words=length.words,
                    quote=sentence.strip(),
                )
            )
    return tuple(found[:MOST_FOUND])


def _sentences(text: str) -> list[str]:
    parts, at = [], 0
    for match in _SENTENCE_END.finditer(text):
        parts.append(text[at : match.end()])
        at = match.end()
    return [*parts, text[at:]]
