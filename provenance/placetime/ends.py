"""Between which two places a length in a sentence lies: by the words that stand around the three."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice, pairwise

from ..gazetteer.find import Candidate, Form
from ..gazetteer.mentions import mentions
from ..gazetteer.table import Kind
from . import phrases as ways
from .quantities import Quantity

LONGEST_NAME = 200
_MOST_BETWEEN, _MOST_KNOWN = 120, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A place where it stands in a sentence."""

    start: int
    end: int
    name: str


def places(sentence: str, known: tuple[str, ...]) -> list[Name]:
    """The places of a sentence in order: those of the caller, and settlements that the gazetteer knows."""
    found: list[Name] = []
    for name in known:
        stands = islice(re.finditer(rf"\b{re.escape(name)}", sentence), _MOST_KNOWN - len(found))
        found += [Name(start=at.start(), end=at.end(), name=name) for at in stands]
    for one in mentions(sentence):
        towns = [candidate for candidate in one.candidates if candidate.kind is Kind.SETTLEMENT]
        if not towns or one.candidates[0].kind is Kind.COUNTRY:
            continue
        if not any(other.start < one.end and one.start < other.end for other in found):
            found.append(Name(start=one.start, end=one.end, name=_named(one.text, towns)))
    return sorted(found, key=lambda one: one.start)


def _named(text: str, towns: list[Candidate]) -> str:
    """As written; of an inflected form the name in GeoNames when it is one place, else the form that several share."""
    if towns[0].form is Form.EXACT:
        return text
    return towns[0].name if len(towns) == 1 else towns[0].base.title()


Ends = tuple[Name | None, Name]
Pairs = list[tuple[Name, Name]]


def paired(places: list[Name], lengths: list[Quantity]) -> dict[Quantity, Pairs]:
    """By length, the neighbouring places that it is the nearest one to."""
    found: dict[Quantity, Pairs] = {}
    middles = [(one.start + one.end) / 2 for one in lengths]
    for first, second in pairwise(places if lengths else ()):
        if second.start - first.end <= _MOST_BETWEEN:
            middle = (first.start + second.end) / 2
            behind = bisect_left(middles, middle)
            around = [(abs(middles[at] - middle), at) for at in (behind - 1, behind) if 0 <= at < len(middles)]
            found.setdefault(lengths[min(around)[1]], []).append((first, second))
    return found


def ends(text: str, length: Quantity, places: list[Name], pairs: Pairs, used: list[Name]) -> Ends | None:
    """The two ends of a distance, the first None where it is not named; None where the length is no distance."""
    behind = next((one for one in places if length.end <= one.start <= length.end + _MOST_BETWEEN), None)
    if behind is not None and any(
        way.fullmatch(text, length.end, behind.start) for way in (ways.FROM_BEHIND, ways.OF_BEHIND)
    ):
        after = _next(places, behind)
        if (
            after is not None
            and ways.TO.fullmatch(text, behind.end, after.start)
            and not ways.AND.fullmatch(text, behind.end, after.start)
        ):
            return behind, after
        if ways.OF_A_THING.search(text[max(0, length.start - _MOST_BETWEEN) : length.start]):
            return None
        return _other(length, places, behind, used), behind
    return (
        _paired(text, length, pairs)
        or _korean(text, length, places, used)
        or _towards(text, length, places, behind, used)
    )


def _paired(text: str, length: Quantity, pairs: Pairs) -> Ends | None:
    """ "between A and B", "from A to B", "A and B are N km apart", "N km separate A and B", "A - B: N km"."""
    for first, second in pairs:
        if _framed(text, first, second) or _beside(text, length, first, second):
            return first, second
        if ways.TO_BEFORE.search(_lead(text, first)) and ways.FROM_PLACE.fullmatch(text, first.end, second.start):
            return second, first
    return None


def _framed(text: str, first: Name, second: Name) -> bool:
    """ "between A and B", "from A to B", "A와 B 사이", "A에서 B까지"."""
    before, gap = _lead(text, first), text[first.end : second.start]
    if ways.BETWEEN_BEFORE.search(before) and (ways.AND.fullmatch(gap) or ways.DASH.fullmatch(gap)):
        return True
    if ways.FROM_BEFORE.search(before) and ways.TO.fullmatch(gap):
        return True
    if ways.KOREAN_PAIR.fullmatch(gap) and ways.KOREAN_BETWEEN.match(text, second.end):
        return True
    return bool(ways.KOREAN_FROM.match(text, first.end) and ways.KOREAN_TO.match(text, second.end))


def _beside(text: str, length: Quantity, first: Name, second: Name) -> bool:
    """ "A and B are N km apart", "N km separate A from B", "A - B: N km"."""
    gap, before = text[first.end : second.start], second.end <= length.start
    joined = ways.AND.fullmatch(gap) or ways.KOREAN_PAIR.fullmatch(gap)
    if joined and before and ways.APART.match(text, length.end):
        return True
    around = text[max(0, first.start - 60) : max(length.end, second.end) + 30]
    if (joined or ways.FROM_PLACE.fullmatch(gap) or ways.PARTED.fullmatch(gap)) and ways.SEPARATES.search(around):
        return True
    return bool(before and ways.DASH.fullmatch(gap) and ways.MEASURED.search(text[second.end : length.start + 1]))


def _korean(text: str, length: Quantity, places: list[Name], used: list[Name]) -> Ends | None:
    """ "쿠르스크에서 (동쪽으로 약) 4,400km 떨어진 크라스노야르스크", "크라스노야르스크까지 4,400km"."""
    for one in reversed([place for place in places if place.end <= length.start]):
        if length.start - one.end > _MOST_BETWEEN:
            break
        if ways.KOREAN_FROM.match(text, one.end) and ways.KOREAN_AWAY.match(text, length.end):
            return _other(length, places, one, used), one
        if ways.KOREAN_TO.match(text, one.end):
            return _other(length, places, one, used), one
    return None


def _towards(text: str, length: Quantity, places: list[Name], behind: Name | None, used: list[Name]) -> Ends | None:
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


def _other(length: Quantity, places: list[Name], anchor: Name, used: list[Name]) -> Name | None:
    """The end that is not the anchor: the nearest place before that ends no other distance, else the next."""
    spent = [*used, anchor]
    before = [one for one in places if one.end <= length.start and one not in spent]
    if before:
        return before[-1]
    behind = [one for one in places if one.start >= length.end and one not in spent]
    return behind[0] if behind and behind[0].start - length.end <= _MOST_BETWEEN else None


def _lead(text: str, place: Name) -> str:
    """What stands before a place, as far as it can matter."""
    return text[max(0, place.start - _MOST_BETWEEN) : place.start]


def _next(places: list[Name], one: Name) -> Name | None:
    return next((other for other in places if other.start >= one.end), None)
