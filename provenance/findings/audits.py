"""Stated distances, recorded by the desk or found in texts, each measured again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model.evidence import Claim, Evidence, Lead, StatedDistance
from ..model.origin import root_among
from ..model.place import Level, Place
from ..model.text import visible
from ..placetime.distance import Audit, audit, namesake_fits
from ..placetime.stated import Said, distances
from .texts import looked_through
from .wording import far, name

MOST_AUDITS = 50
# Known names that are looked for in texts; a desk records some dozens.
MOST_NAMES = 50
# A distance recorded from a text and found in it again: one of them may be rounded, or converted from miles.
SAME_SHARE = 0.05
_HAS_DIGIT = re.compile(r"\d")
_OTHER_UNITS = re.compile(r"mi|мил|마일|해리|海里|英里", re.IGNORECASE)


def audits(items: Sequence[Evidence]) -> list[tuple[Evidence, Audit]]:
    """Every stated distance that can be recomputed: those that the desk recorded, in order, then those in texts."""
    places, root_of = [place for item in items for place in _places(item)], root_among(items)
    found: list[tuple[Evidence, Audit]] = []
    for item in items:
        stated = item.distance if isinstance(item, Claim | Lead) else None
        if stated is not None and len(found) < MOST_AUDITS and (one := audit(stated, places)) is not None:
            found.append((item, one))
    claimed = [item.place for item in items if isinstance(item, Claim) and item.tested and item.place is not None]
    seen: set[tuple[str, float, frozenset[str]]] = set()
    for item, said in _in_texts(items, places):
        whole = _completed(item, said, claimed)
        key = (root_of(item), round(said.distance.km), frozenset((whole.start, whole.end)))
        if whole.start and key not in seen and len(found) < MOST_AUDITS:
            seen.add(key)
            if (one := audit(whole, places, words=said.words)) is not None:
                found.append((item, one))
    return found


def unjudged(items: Sequence[Evidence]) -> list[tuple[Evidence, StatedDistance]]:
    """Stated distances that were read and not judged, since a namesake of one end lies about that far; each once."""
    places, root_of = [place for item in items for place in _places(item)], root_among(items)
    claimed = [item.place for item in items if isinstance(item, Claim) and item.tested and item.place is not None]
    stated: list[tuple[Evidence, StatedDistance]] = [
        (item, item.distance) for item in items if isinstance(item, Claim | Lead) and item.distance is not None
    ]
    stated += [(item, _completed(item, said, claimed)) for item, said in _in_texts(items, places)]
    found: dict[tuple[str, StatedDistance], tuple[Evidence, StatedDistance]] = {}
    for item, one in stated[:MOST_AUDITS]:
        if one.start and namesake_fits(one, places):
            found.setdefault((root_of(item), one), (item, one))
    return list(found.values())


def unjudged_text(item: Evidence, one: StatedDistance) -> str:
    """What is stated, and why nothing is said of it."""
    ends = f"from {visible(one.start)} to {visible(one.end)}"
    return (
        f"{name(item)} states {one.km:,.0f} km {ends}; that was not judged, since another place of one of these names "
        "lies about that far away."
    )


def _in_texts(items: Sequence[Evidence], places: Sequence[Place]) -> Iterator[tuple[Evidence, Said]]:
    """Distances in captions, claims and notes, without those that the desk recorded of the same item."""
    names = tuple(dict.fromkeys(place.name for place in places if place.lat_deg is not None))
    for item, text in looked_through(items, _HAS_DIGIT.search):
        recorded = item.distance.km if isinstance(item, Claim | Lead) and item.distance else None
        for said in distances(text, names=names[:MOST_NAMES]):
            if recorded is None or abs(said.distance.km - recorded) > SAME_SHARE * recorded:
                yield item, said


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
    more = one.stated.km - one.straight_km
    off = f"{far(abs(more), one.start, one.end)} {'less' if more > 0 else 'more'}"
    causes = ", or ".join(one.causes)
    return f"{_stated(item, one)}, {off}. {causes[:1].upper()}{causes[1:]}."


def agreeing_text(item: Evidence, one: Audit) -> str:
    """A distance that is not flagged: what is said, and the straight line."""
    return f"{_stated(item, one)}."


def _stated(item: Evidence, one: Audit) -> str:
    straight = far(one.straight_km, one.start, one.end)
    length = f'"{visible(one.words)}"' if _OTHER_UNITS.search(one.words) else f"{one.stated.km:,.0f} km"
    ends = f"from {visible(one.stated.start)} to {visible(one.stated.end)}"
    return f"{name(item)} states {length} {ends}; the straight line is {straight}"
