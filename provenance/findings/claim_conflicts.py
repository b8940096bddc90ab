"""Who contradicts a claim under test: what opposes it, what it opposes, and who puts it about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..intake.said import span, where
from ..model.evidence import Appearance, Claim, Evidence
from ..model.finding import Conflict, Verdict
from .intervals import gap
from .judging import Item, Judged, carries
from .regions import Relation, relate
from .strength import BOUNDING_COPIES, PlaceItem, TimeItem
from .wording import far, lasting, name


def with_claims(judged: Sequence[Judged]) -> Iterator[Conflict]:
    """Each claim against every item that opposes it, weighty or not."""
    for one in judged:
        opposing: Iterable[Item] = dict.fromkeys((*(one.causes if one.hard else ()), *one.opposition))
        if one.verdict is not Verdict.DISPUTED or not one.hard:
            for item in {item.evidence.id: item for item in reversed(list(opposing))}.values():
                yield _claimed(one.claim, one.claim, item, "")


def with_carriers(judged: Sequence[Judged], items: Sequence[Evidence]) -> Iterator[Conflict]:
    """Each publication that puts a refuted claim about, against what refutes it."""
    for one in judged:
        if one.verdict not in (Verdict.RECYCLED, Verdict.CONTRADICTED):
            continue
        carriers = [item for item in items if isinstance(item, Appearance) and item.copy in BOUNDING_COPIES]
        for carrier in (item for item in carriers if carries(item, one.claim)):
            for item in one.causes:
                if item.evidence.source.origin != carrier.source.origin:
                    yield _claimed(carrier, one.claim, item, ", which puts the claim about,")


def _claimed(first: Evidence, claim: Claim, item: Item, role: str) -> Conflict:
    what, apart = "", ""
    if isinstance(item, TimeItem) and claim.time:
        what = f"{span(claim.time)} against {'not ' if item.denies else ''}{span(item.interval)}"
        apart = lasting(found) if (found := gap(item.interval, claim.time)) is not None else ""
    elif isinstance(item, PlaceItem) and claim.place:
        what = f"{where(claim.place)} against {'not ' if item.denies else ''}{where(item.place)}"
        km = relate(item.place, claim.place).gap_km
        apart = "" if km is None else far(km, item.place, claim.place)
    named = claim.by or claim.label
    who = name(first) if role else f"The claim of {name(first)}" if named else "The claim"
    return Conflict(
        first=first.id,
        second=item.evidence.id,
        text=f"{who}{role} and {name(item.evidence)}: {what}.",
        gap=apart,
        dimension="time" if isinstance(item, TimeItem) else "place",
    )


def between_claims(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Claims under test that exclude each other."""
    for index, first in enumerate(claims):
        for second in claims[index + 1 :]:
            apart = gap(first.time, second.time) if first.time and second.time else None
            if apart is not None and first.time and second.time:
                text = f"{name(first)} claims {span(first.time)}, {name(second)} claims {span(second.time)}."
                yield Conflict(first=first.id, second=second.id, text=text, gap=lasting(apart), dimension="time")
            if first.place and second.place:
                relating = relate(first.place, second.place)
                if relating.relation is Relation.DISJOINT:
                    text = f"{name(first)} claims {where(first.place)}, {name(second)} claims {where(second.place)}."
                    km = relating.gap_km
                    distance = "" if km is None else far(km, first.place, second.place)
                    yield Conflict(first=first.id, second=second.id, text=text, gap=distance, dimension="place")
