"""Where: can the picture have been taken at the claimed place?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from ..model.evidence import Appearance, Evidence, Lead, LeadKind
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from ..model.said import listing, where
from ..model.text import visible
from ..placetime.distance import geodesic_km
from ..placetime.located import BY_GAZETTEER, unplaced
from . import too_weak
from .graded import Aside, PlaceItem, Sorted
from .judging import MOST_PAIRED, Judged
from .regions import Relation, plain_name, relate
from .spoken_of import spoken_of
from .tiers import worst
from .timelines import best
from .verdicts import asides_said, headline, sides, weights_said, why_changes
from .wording import at_least, cited, denying, far, graded, merged, more_sources, name, verb, with_grade, within

QUESTION = Question.WHERE
MOST_LISTED = 6
_NO_PLACE = "No place is claimed, and nothing places the picture."


def finding(
    found: Sorted, judged: Sequence[Judged], conflicts: Sequence[Conflict], items: Sequence[Evidence]
) -> Finding | None:
    """The answer; None when there is nothing at all to rest one on."""
    claims = [one for one in judged if one.claim.place is not None]
    opening = headline(claims, _answer) if claims else _unclaimed(found)
    if not opening:
        return None
    decisive = min(claims, key=lambda one: one.verdict is not worst(other.verdict for other in claims), default=None)
    unproven = [one for one in claims if one.verdict is Verdict.UNPROVEN]
    sentences = [
        *opening,
        *_by_gazetteer(claims),
        *weights_said(claims, lambda _: "the picture was taken at the claimed place"),
        *_leads(items),
        *too_weak.places(unproven),
        *too_weak.claimants(unproven),
        *too_weak.neither(unproven, found.places),
        *spoken_of([item.place for item in found.places if not item.denies], items),
        *asides_said([aside for aside in found.asides if _speaks_of_place(aside)]),
    ]
    return Finding(
        question=QUESTION,
        verdict=worst(one.verdict for one in claims),
        sentences=merged(sentences),
        would_change=why_changes(claims, "place"),
        not_established=(
            *(() if any(one.verdict is Verdict.CONSISTENT for one in claims) else ("Where the picture was taken.",)),
            *_unread_names(claims),
        ),
        conflicts=tuple(conflicts),
        likelihood=decisive.likelihood if decisive else None,
        confidence=decisive.confidence if decisive else None,
    )


def unclaimed(looked_at: Iterable[str]) -> Finding:
    """The answer where nobody names a place. `looked_at`: what was read for one, as citations."""
    return Finding(
        question=QUESTION,
        verdict=Verdict.NO_CLAIM,
        sentences=(Sentence(text=_NO_PLACE, cites=tuple(looked_at)),),
        would_change=why_changes((), "place"),
        not_established=("Where the picture was taken.",),
    )


def _by_gazetteer(claims: Sequence[Judged]) -> list[Sentence]:
    """What the gazetteer made of places that were given by a name: those claimed, and those that decide of them."""
    claimed: list[Evidence] = [one.claim for one in claims]
    items = {item.id: item for item in (*claimed, *(cause.evidence for one in claims for cause in one.causes))}
    told = [(item, limit) for item in items.values() for limit in item.limits if limit.startswith(BY_GAZETTEER)]
    return [cited(limit, item) for item, limit in told[:MOST_LISTED]]


def _unread_names(claims: Sequence[Judged]) -> list[str]:
    """Claimed names that stand for several places, or for none that the gazetteer knows."""
    lacking = [one.claim.place for one in claims if one.claim.place is not None and unplaced(one.claim.limits)]
    return [
        f'Which place "{visible(place.name, limit=40)}" is (see: provenance place).' for place in lacking[:MOST_LISTED]
    ]


def _unclaimed(found: Sorted) -> list[Sentence]:
    asserting = [item for item in best(found.places) if not item.denies]
    if asserting:
        first = asserting[0]
        says = verb(first.evidence, "says", "say")
        text = f"No place is claimed; {graded(first.evidence)}, {says} {where(first.place)}."
        return [cited(text, *found.claims, first.evidence)]
    aside = [one.evidence for one in found.asides if _speaks_of_place(one)]
    if aside:
        return [cited("No place is claimed, and what names one is not counted.", *found.claims, *aside)]
    return [cited(_NO_PLACE, *found.claims)] if found.claims else []


def _answer(one: Judged) -> Sentence:
    """A verdict on one claim in one line."""
    claim, place = one.claim, one.claim.place
    said = where(place) if place else ""
    causes = [item.evidence for item in one.causes]
    first = one.causes[0] if one.causes else None
    if one.verdict is Verdict.CONTRADICTED and isinstance(first, PlaceItem) and place is not None:
        if first.denies:
            return cited(f"{name(causes[0])} {denying(causes[0])} the claimed place, {said}.", claim, *causes)
        km = relate(first.place, place).gap_km
        least = "" if km is None else at_least(far(km, first.place, place))
        apart = f", {least} from {said}" if least else f", not {said}"
        return cited(f"{name(causes[0])} places it in {where(first.place)}{apart}.", claim, *causes)
    if one.verdict is Verdict.DISPUTED:
        return cited(f"{sides(one)} disagree on {said}.", claim, *causes)
    if one.verdict is Verdict.CONSISTENT and isinstance(first, PlaceItem):
        who = f"{name(causes[0])} alone, the claimant itself," if one.own else name(causes[0])
        more = more_sources(one.origins - 1)
        if place is not None and plain_name(first.place) == plain_name(place):
            return cited(f"{who}{more} {'support' if more else 'supports'} the claimed place, {said}.", claim, *causes)
        verb = "place" if more else "places"
        around = within(place) if place is not None else said
        return cited(f"{who}{more} {verb} it in {where(first.place)}, {around}.", claim, *causes)
    return cited(f"No source of enough weight places it in {said}.", claim, *(item.evidence for item in one.support))


def _leads(items: Iterable[Evidence]) -> list[Sentence]:
    """Look-alikes by the place that they point to."""
    by_place: dict[str, list[Lead]] = {}
    for item in items:
        if isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY and item.place is not None:
            by_place.setdefault(where(item.place), []).append(item)
    said = []
    for place, leads in list(by_place.items())[:MOST_LISTED]:
        alone = len(leads) == 1
        names = with_grade(leads[0]) if alone else listing([f"{name(one)} ({one.grade})" for one in leads])
        point = "points to a look-alike" if alone else "point to look-alikes"
        said.append(cited(f"{place} is a lead and no more: {names} {point}.", *leads))
    return said


def _speaks_of_place(aside: Aside) -> bool:
    item = aside.evidence
    if isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY:
        return False
    return (item.caption_place if isinstance(item, Appearance) else getattr(item, "place", None)) is not None


def apart_km(judged: Sequence[Judged], items: Iterable[Evidence], placed: Sequence[PlaceItem] = ()) -> float | None:
    """Centre to centre, from the first claimed place to the best graded place that is disjoint from it.

    Where none of weight is, the place of the best graded lead; else between two `placed` that are apart.
    """
    leads = [item for item in items if isinstance(item, Lead) and item.lead is LeadKind.SIMILARITY]
    for one in judged:
        for item in one.opposition:
            if isinstance(item, PlaceItem) and not item.denies and one.claim.place is not None:
                return geodesic_km(one.claim.place, item.place)
    for one in judged:
        for lead in sorted(leads, key=lambda item: (str(item.grade), item.id)):
            if one.claim.place and lead.place and relate(lead.place, one.claim.place).relation is Relation.DISJOINT:
                return geodesic_km(one.claim.place, lead.place)
    asserting = [item.place for item in best(placed) if not item.denies][:MOST_PAIRED]
    for first, second in combinations(asserting, 2):
        if relate(first, second).relation is Relation.DISJOINT and (km := geodesic_km(first, second)) is not None:
            return km
    return None
