"""Stated distances, recorded by the desk or found in texts, each measured again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead, StatedDistance
from ..model.place import Level, Place
from ..model.text import visible
from ..placetime.distance import Audit, audit
from ..placetime.stated import Said, distances
from .wording import far, name

MOST_AUDITS = 50
# Texts and known names that are looked through for distances; a desk records some dozens of either.
MOST_TEXTS, MOST_NAMES = 400, 50
# A distance recorded from a text and found in it again: one of them may be rounded, or converted from miles.
SAME_SHARE = 0.05
_HAS_DIGIT = re.compile(r"\d")
_OTHER_UNITS = re.compile(r"mi|мил|마일|해리|海里|英里", re.IGNORECASE)


def audits(items: Sequence[Evidence]) -> list[tuple[Evidence, Audit]]:
    """Every stated distance that can be recomputed: those that the desk recorded, in order, then those in texts."""
    places = [place for item in items for place in _places(item)]
    found: list[tuple[Evidence, Audit]] = []
    for item in items:
        stated = item.distance if isinstance(item, Claim | Lead) else None
        if stated is not None and len(found) < MOST_AUDITS and (one := audit(stated, places)) is not None:
            found.append((item, one))
    claimed = [item.place for item in items if isinstance(item, Claim) and item.tested and item.place is not None]
    seen: set[tuple[str, float, frozenset[str]]] = set()
    for item, said in _in_texts(items, places):
        whole = _completed(item, said, claimed)
        key = (item.source.origin or item.id, round(said.distance.km), frozenset((whole.start, whole.end)))
        if whole.start and key not in seen and len(found) < MOST_AUDITS:
            seen.add(key)
            if (one := audit(whole, places, words=said.words)) is not None:
                found.append((item, one))
    return found


def _in_texts(items: Sequence[Evidence], places: Sequence[Place]) -> Iterator[tuple[Evidence, Said]]:
    """Distances in captions, claims and notes, without those that the desk recorded of the same item."""
    names = tuple(dict.fromkeys(place.name for place in places if place.lat_deg is not None))
    left = MOST_TEXTS
    for item in items:
        recorded = item.distance.km if isinstance(item, Claim | Lead) and item.distance else None
        for text in _texts(item):
            if left <= 0 or not _HAS_DIGIT.search(text):
                continue
            left -= 1
            for said in distances(text, names=names[:MOST_NAMES]):
                if recorded is None or abs(said.distance.km - recorded) > SAME_SHARE * recorded:
                    yield item, said


def _texts(item: Evidence) -> tuple[str, ...]:
    """What strangers or the desk wrote in an item."""
    if isinstance(item, Appearance):
        return tuple(dict.fromkeys((item.post_text, item.caption, item.notes)))
    if isinstance(item, Bound):
        return (item.statement,) if item.bound is not BoundKind.RECEIVED else ()
    return (item.quote,) if isinstance(item, Claim | Lead) else ()


def _completed(item: Evidence, said: Said, claimed: Sequence[Place]) -> StatedDistance:
    """A distance whose text names one end: the other is the item's own place, or the one place that is claimed."""
    if said.distance.start:
        return said.distance
    own = [place for place in _places(item) if place.level in (Level.POINT, Level.CITY)]
    other = own or [place for place in claimed if place.level in (Level.POINT, Level.CITY)]
    names = list(dict.fromkeys(place.name for place in other))
    start = names[0] if len(names) == 1 and names[0] != said.distance.end else ""
    return StatedDistance(start=start, end=said.distance.end, km=said.distance.km)


def _places(item: Evidence) -> list[Place]:
    return [place for key in ("place", "caption_place") if (place := getattr(item, key, None)) is not None]


def audit_text(item: Evidence, one: Audit) -> str:
    """A flagged distance in a sentence: what is said, the straight line, and the likely causes."""
    straight, more = far(one.straight_km, one.start, one.end), one.stated.km - one.straight_km
    length = f'"{visible(one.words)}"' if _OTHER_UNITS.search(one.words) else f"{one.stated.km:,.0f} km"
    ends = f"from {visible(one.stated.start)} to {visible(one.stated.end)}"
    off = f"{far(abs(more), one.start, one.end)} {'less' if more > 0 else 'more'}"
    causes = ", or ".join(one.causes)
    text = f"{name(item)} states {length} {ends}; the straight line is {straight}, {off}"
    return f"{text}. {causes[:1].upper()}{causes[1:]}."
