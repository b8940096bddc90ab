"""Items that speak to an unproven claim without the weight to decide it: told together, as a desk would tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.evidence import Claim, Evidence
from ..model.finding import Sentence, Verdict
from ..model.place import Level, Place
from ..model.said import listing, where
from .graded import PlaceItem
from .judging import Judged
from .timelines import Item, best
from .wording import cited, name, spelled, verb, with_grade, within

MOST_LISTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What several items say alike, and one of them alone."""

    one: str
    """After the name: "places it in Krasnoyarsk (RU)"."""
    several: str
    """After "Two sources": "place it in Krasnoyarsk (RU)"."""
    detail: str = ""
    """What differs between the items of a group, beside each name: a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """One item with what it says to which claims."""

    item: Item
    claims: tuple[Claim, ...]
    telling: Telling


def told(weak: Iterable[Weak]) -> list[Sentence]:
    """One sentence for all that say the same, the best graded first."""
    groups: dict[str, list[Weak]] = {}
    for one in weak:
        groups.setdefault(one.telling.several, []).append(one)
    return [_sentence(group) for group in groups.values()]


def claimants(claims: Iterable[Judged]) -> list[Sentence]:
    """Who of those that support an unproven claim makes it, and so is none of the independent sources that it takes."""
    found: dict[str, list[Evidence]] = {}
    for one in claims:
        for item in one.support:
            if one.verdict is Verdict.UNPROVEN and item.evidence.id in one.claimants and item.grade.at_least("C", 3):
                found.setdefault(name(item.evidence), []).extend((one.claim, item.evidence))
    return [
        cited(f"{who} makes the claim itself, and is no independent source.", *items)
        for who, items in list(found.items())[:MOST_LISTED]
    ]


def neither(claims: Iterable[Judged], items: Sequence[PlaceItem]) -> list[Sentence]:
    """Places that speak neither for nor against an unproven claim: of which it is a part, or which it may hold."""
    said: list[Sentence] = []
    for one in claims:
        spoken = {item.evidence.id for item in (*one.support, *one.opposition)}
        left: dict[str, list[PlaceItem]] = {}
        for item in best(items):
            if not item.denies and item.evidence.id not in spoken:
                left.setdefault(where(item.place), []).append(item)
        for place, group in list(left.items())[:MOST_LISTED]:
            alone = len(group) == 1
            names = [f"{name(item.evidence)} ({item.grade})" for item in group]
            who = with_grade(group[0].evidence) if alone else listing(names, most=MOST_LISTED)
            puts = verb(group[0].evidence, "places", "place") if alone else "place"
            claimed = where(one.claim.place) if one.claim.place else ""
            unknown = ", which has no coordinates" if _unplaced(group[0].place) else ""
            text = f"{who} {puts} it in {place}{unknown}; that speaks neither for nor against {claimed}."
            said.append(cited(text, *(item.evidence for item in group), one.claim))
    return said


def _unplaced(place: Place) -> bool:
    """Whether its name is all that is known of a place, so that nothing can be measured from it."""
    return place.lat_deg is None and not place.cc and place.level is not Level.CONTINENT


def _sentence(group: Sequence[Weak]) -> Sentence:
    first, items = group[0], [one.item for one in group]
    cites = (*(item.evidence for item in items), *first.claims)
    if len(group) == 1:
        return cited(f"{with_grade(first.item.evidence)} {first.telling.one}; that is too weak to decide.", *cites)
    if len({name(one.item.evidence) for one in group}) == 1:
        says = "; and ".join(dict.fromkeys(one.telling.one for one in group))
        return cited(f"{with_grade(first.item.evidence)} {says}; that is too weak to decide.", *cites)
    names = [name(one.item.evidence) + (f" ({one.telling.detail})" if one.telling.detail else "") for one in group]
    grades = listing([str(item.grade) for item in items], most=MOST_LISTED)
    origins = len({item.origin for item in items})
    roots = f"they go back to {'one origin' if origins == 1 else f'{spelled(origins)} origins'}, and "
    weak = f"{'neither' if len(group) == 2 else 'none'} is strong enough to decide"
    opening = f"{spelled(len(group)).capitalize()} sources {first.telling.several}"
    rest = f"graded {grades}; {roots if origins < len(group) else ''}{weak}"
    return cited(f"{opening}: {listing(names, most=MOST_LISTED)}, {rest}.", *cites)


def places(claims: Sequence[Judged]) -> list[Sentence]:
    """Of places: where the items put the picture, and how that place stands to the claimed ones."""
    about: dict[int, tuple[PlaceItem, list[tuple[str, Claim]]]] = {}
    for one in claims:
        if one.claim.place is None:
            continue
        for side, way in (
            (one.support, within(one.claim.place)),
            (one.opposition, f"outside {where(one.claim.place)}"),
        ):
            for item in side:
                if isinstance(item, PlaceItem):
                    about.setdefault(id(item), (item, []))[1].append((way, one.claim))
    return told(
        Weak(item=item, claims=tuple(claim for _, claim in standing), telling=_placed(item, standing))
        for item, standing in about.values()
    )


def _placed(item: PlaceItem, standing: Sequence[tuple[str, Claim]]) -> Telling:
    place = where(item.place)
    ways = [way for way, claim in standing if claim.place and where(claim.place) != place]
    way = f", {' and '.join(dict.fromkeys(ways))}" if ways else ""
    if item.denies:
        says = verb(item.evidence, "denies", "deny")
        return Telling(
            one=f"{says} that it was taken in {place}{way}", several=f"deny that it was taken in {place}{way}"
        )
    puts, at = verb(item.evidence, "places", "place"), "at" if place[:1].isdigit() else "in"
    return Telling(one=f"{puts} it {at} {place}{way}", several=f"place it {at} {place}{way}")
