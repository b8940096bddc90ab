"""Places that are only spoken of: named in a caption, a post, words on a screen or a stated distance.

A name in words says nothing of where a camera stood, so each is told as a place in which nothing places the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..gazetteer.keys import fold
from ..gazetteer.mentions import mentions
from ..model.evidence import Claim, Evidence, Lead, LeadKind
from ..model.finding import Sentence
from ..model.place import Place
from ..model.said import where
from ..placetime.distance import named_place
from .regions import inside, plain_name
from .texts import looked_through
from .wording import cited

MOST_LISTED = 6


def spoken_of(placed: Sequence[Place], items: Sequence[Evidence]) -> list[Sentence]:
    """A sentence for each such place, citing every item that names it; at most six.

    `placed`: where items place the picture. Of names in running text only those count that the gazetteer reads in one
    way; names of stated distances count as they are.
    """
    leads = [item for item in items if isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY]
    held = [*placed, *(lead.place for lead in leads if lead.place is not None)]
    claimed = [item.place for item in items if isinstance(item, Claim) and item.tested and item.place is not None]
    found: list[tuple[Place, list[Evidence]]] = []
    for place, item in (*_ends(items), *_in_words(items, claimed, held)):
        if any(_same(one, place) for one in held):
            continue
        known = next((citing for one, citing in found if _same(one, place)), None)
        if known is not None:
            known.append(item)
        elif len(found) < MOST_LISTED:
            found.append((place, [item]))
    return [
        cited(f"Nothing places the picture in {where(place)}; it is only mentioned.", *citing)
        for place, citing in found
    ]


def _ends(items: Sequence[Evidence]) -> Iterator[tuple[Place, Evidence]]:
    for item in items:
        distance = item.distance if isinstance(item, Claim | Lead) else None
        for end in (distance.start, distance.end) if distance else ():
            yield Place(name=end), item


def _in_words(
    items: Sequence[Evidence], claimed: Sequence[Place], held: Sequence[Place]
) -> Iterator[tuple[Place, Evidence]]:
    """Places named in running text; a claimed place has its own answer and is left out."""
    countries = {place.cc for place in (*claimed, *held) if place.cc}
    called = {fold(part) for place in (*claimed, *held) for part in (plain_name(place), *place.name.split(","))}
    for item, text in looked_through(items, bool):
        for mention in mentions(text):
            place = None if fold(mention.text) in called else named_place(mention.candidates, countries)
            if place is not None and not any(_same(one, place) for one in claimed):
                yield place, item


def _same(place: Place, named: Place) -> bool:
    """Whether a place that holds the picture is the named one, or one of them lies in the other."""
    first, second = plain_name(place), plain_name(named)
    if second in (part.strip().casefold() for part in place.name.split(",")):  # "Tianjin, China" names the country too
        return True
    return first.startswith(second) or second.startswith(first) or inside(named, place) or inside(place, named)
