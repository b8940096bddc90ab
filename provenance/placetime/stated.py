""" "A is N km from B" in free text -> stated distances, in English, Russian, Ukrainian and Korean.

A length counts when the words between it and a place make it a distance: "2,700 miles east of Kursk", "в 4400 км от
Курска", "за 4 400 км від Курська", "쿠르스크에서 4,400km 떨어진", "between A and B", "from A to B", "apart". Everything
else - speeds, areas, ranges of weapons, bounds such as "within 30 km" - states no distance. Places are those that the
gazetteer or the caller knows; countries and regions are no end of a distance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from ..gazetteer.find import Candidate, Form
from ..gazetteer.mentions import mentions
from ..gazetteer.table import Kind
from ..model.evidence import StatedDistance
from . import phrases as ways
from .quantities import Quantity, quantities

MOST_CHARS, MOST_FOUND = 20_000, 20
_SENTENCE_END = re.compile(
    r"(?<![A-ZА-ЯІЇЄҐ]\w)(?<!\b[A-ZА-ЯІЇЄҐг])(?<!тыс)(?<!тис)[.!?…]{1,8}[\"”»')]{0,8}(?=\s)|[\n。！？]|(?<=다)\."
)
_MOST_BETWEEN, _LONGEST_NAME, _MOST_KNOWN = 120, 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A distance found in a text. `distance.start` is "" where the text names one end only."""

    distance: StatedDistance
    words: str
    """The length as written: "2,700 miles"."""
    quote: str
    """The sentence it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    start: int
    end: int
    name: str


def distances(text: str, *, names: Iterable[str] = ()) -> tuple[Said, ...]:
    """Distances that a text states, in order, at most 20. `names`: places that the gazetteer need not know."""
    text = text[:MOST_CHARS]
    if not quantities(text):
        return ()
    found: list[Said] = []
    known = tuple(name for name in names if 2 < len(name) <= _LONGEST_NAME)
    for sentence in _sentences(text):
        lengths = quantities(sentence)
        places = _places(sentence, known) if lengths else []
        used: list[_Name] = []
        pairs = _pairs(places, lengths)
        for length in lengths if places else ():
            ends = _ends(sentence, length, places, pairs.get(length, []), used)
            if ends is None or (ends[0] and ends[0].name == ends[1].name):
                continue
            used.append(ends[1])
            start = ends[0].name if ends[0] else ""
            found.append(
                Said(
                    distance=StatedDistance(start=start, end=ends[1].name, km=length.km),
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


def _places(sentence: str, known: tuple[str, ...]) -> list[_Name]:
    found: list[_Name] = []
    for name in known:
        stands = islice(re.finditer(rf"\b{re.escape(name)}", sentence), _MOST_KNOWN - len(found))
        found += [_Name(start=at.start(), end=at.end(), name=name) for at in stands]
    for one in mentions(sentence):
        towns = [candidate for candidate in one.candidates if candidate.kind is Kind.SETTLEMENT]
        if not towns or one.candidates[0].kind is Kind.COUNTRY:
            continue
        if not any(other.start < one.end and one.start < other.end for other in found):
            found.append(_Name(start=one.start, end=one.end, name=_named(one.text, towns)))
    return sorted(found, key=lambda one: one.start)


def _named(text: str, towns: list[Candidate]) -> str:
    """As written; of an inflected form the name in GeoNames when it is one place, else the form that several share."""
    if towns[0].form is Form.EXACT:
        return text
    return towns[0].name if len(towns) == 1 else towns[0].base.title()


_Ends = tuple[_Name | None, _Name]


_Pairs = list[tuple[_Name, _Name]]


def _pairs(places: list[_Name], lengths: list[Quantity]) -> dict[Quantity, _Pairs]:
    """By length, the neighbouring places that it is the nearest one to."""
    found: dict[Quantity, _Pairs] = {}
    middles = [(one.start + one.end) / 2 for one in lengths]
    for first, second in pairwise(places if lengths else ()):
        if second.start - first.end <= _MOST_BETWEEN:
            middle = (first.start + second.end) / 2
            behind = bisect_left(middles, middle)
            around = [(abs(middles[at] - middle), at) for at in (behind - 1, behind) if 0 <= at < len(middles)]
            found.setdefault(lengths[min(around)[1]], []).append((first, second))
    return found


def _ends(text: str, length: Quantity, places: list[_Name], pairs: _Pairs, used: list[_Name]) -> _Ends | None:
    """The two ends of a distance, the first None where it is not named; None where the length is no distance."""
    behind = next((one for one in places if length.end <= one.start <= length.end + _MOST_BETWEEN), None)
    if behind is not None and ways.FROM_BEHIND.fullmatch(text, length.end, behind.start):
        after = _next(places, behind)
        if (
            after is not None
            and ways.TO.fullmatch(text, behind.end, after.start)
            and not ways.AND.fullmatch(text, behind.end, after.start)
        ):
            return behind, after
        return _other(length, places, behind, used), behind
    return (
        _paired(text, length, pairs)
        or _korean(text, length, places, used)
        or _towards(text, length, places, behind, used)
    )


def _paired(text: str, length: Quantity, pairs: _Pairs) -> _Ends | None:
    """ "between A and B", "from A to B", "A and B are N km apart", "N km separate A and B", "A - B: N km"."""
    for first, second in pairs:
        if _framed(text, first, second) or _beside(text, length, first, second):
            return first, second
        if ways.TO_BEFORE.search(_lead(text, first)) and ways.FROM_PLACE.fullmatch(text, first.end, second.start):
            return second, first
    return None


def _framed(text: str, first: _Name, second: _Name) -> bool:
    """ "between A and B", "from A to B", "A와 B 사이", "A에서 B까지"."""
    before, gap = _lead(text, first), text[first.end : second.start]
    if ways.BETWEEN_BEFORE.search(before) and (ways.AND.fullmatch(gap) or ways.DASH.fullmatch(gap)):
        return True
    if ways.FROM_BEFORE.search(before) and ways.TO.fullmatch(gap):
        return True
    if ways.KOREAN_PAIR.fullmatch(gap) and ways.KOREAN_BETWEEN.match(text, second.end):
        return True
    return bool(ways.KOREAN_FROM.match(text, first.end) and ways.KOREAN_TO.match(text, second.end))


def _beside(text: str, length: Quantity, first: _Name, second: _Name) -> bool:
    """ "A and B are N km apart", "N km separate A from B", "A - B: N km"."""
    gap, before = text[first.end : second.start], second.end <= length.start
    joined = ways.AND.fullmatch(gap) or ways.KOREAN_PAIR.fullmatch(gap)
    if joined and before and ways.APART.match(text, length.end):
        return True
    around = text[max(0, first.start - 60) : max(length.end, second.end) + 30]
    if (joined or ways.FROM_PLACE.fullmatch(gap) or ways.PARTED.fullmatch(gap)) and ways.SEPARATES.search(around):
        return True
    return bool(before and ways.DASH.fullmatch(gap) and ways.MEASURED.search(text[second.end : length.start + 1]))


def _korean(text: str, length: Quantity, places: list[_Name], used: list[_Name]) -> _Ends | None:
    """ "쿠르스크에서 (동쪽으로 약) 4,400km 떨어진 크라스노야르스크", "크라스노야르스크까지 4,400km"."""
    for one in reversed([place for place in places if place.end <= length.start]):
        if length.start - one.end > _MOST_BETWEEN:
            break
        if ways.KOREAN_FROM.match(text, one.end) and ways.KOREAN_AWAY.match(text, length.end):
            return _other(length, places, one, used), one
        if ways.KOREAN_TO.match(text, one.end):
            return _other(length, places, one, used), one
    return None


def _towards(text: str, length: Quantity, places: list[_Name], behind: _Name | None, used: list[_Name]) -> _Ends | None:
    """ "4,400 km to Kursk", "до Курска 4400 км", "восточнее Курска на 4400 км"."""
    if behind is not None and ways.TO_BEHIND.fullmatch(text, length.end, behind.start):
        return _other(length, places, behind, used), behind
    before = next((one for one in reversed(places) if one.end <= length.start), None)
    if before is None or length.start - before.end > 40:
        return None
    lead, gap = _lead(text, before), text[before.end : length.start]
    compared = ways.COMPARED_BEFORE.search(lead) and ways.BY_BEFORE.fullmatch(gap)
    towards = ways.UP_TO_BEFORE.search(lead) and ways.SHORT_GAP.fullmatch(gap)
    off = ways.FROM_BEFORE.search(lead) and ways.BY_BEFORE.fullmatch(gap)
    if compared or towards or off or (ways.FROM_BEFORE.search(lead) and ways.DISTANCE.search(lead)):
        return _other(length, places, before, used), before
    return None


def _other(length: Quantity, places: list[_Name], anchor: _Name, used: list[_Name]) -> _Name | None:
    """The end that is not the anchor: the nearest place before that ends no other distance, else the next."""
    spent = [*used, anchor]
    before = [one for one in places if one.end <= length.start and one not in spent]
    if before:
        return before[-1]
    behind = [one for one in places if one.start >= length.end and one not in spent]
    return behind[0] if behind and behind[0].start - length.end <= _MOST_BETWEEN else None


def _lead(text: str, place: _Name) -> str:
    """What stands before a place, as far as it can matter."""
    return text[max(0, place.start - _MOST_BETWEEN) : place.start]


def _next(places: list[_Name], one: _Name) -> _Name | None:
    return next((other for other in places if other.start >= one.end), None)
