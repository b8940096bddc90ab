"""Who contradicts a claim under test: what opposes it, what it opposes, and who puts it about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ..model.evidence import Appearance, Claim, Evidence
from ..model.finding import Conflict, Verdict
from ..model.origin import root_among
from ..model.publication import COPIES
from ..model.said import span, where
from ..model.time import Interval
from .claimants import carries
from .file.times import one_of_each_file
from .graded import PlaceItem, TimeItem
from .judging import Judged
from .pairs import of_places, of_times
from .regions import Relation, relate
from .shadows import by_shadow
from .timelines import Item


def with_claims(judged: Sequence[Judged]) -> Iterator[Conflict]:
    """Each claim against every item that opposes it, weighty or not."""
    for one in judged:
        opposing: Iterable[Item] = dict.fromkeys((*(one.causes if one.hard else ()), *one.opposition))
        if one.verdict is not Verdict.DISPUTED or not one.hard:
            once = {item.evidence.id: item for item in reversed(list(opposing))}
            for item in one_of_each_file(list(once.values())):
                if not (isinstance(item, TimeItem) and by_shadow(item)):  # shadows.conflicts tells it, with the place
                    yield from _claimed(one.claim, one.claim, item, repeats=False)


def with_carriers(judged: Sequence[Judged], items: Sequence[Evidence]) -> Iterator[Conflict]:
    """Each publication that puts a claim about, against what refutes the claim, or opposes it without deciding."""
    root_of = root_among(items)
    carriers = [item for item in items if isinstance(item, Appearance) and item.copy in COPIES]
    alone = len({one.claim.id for one in judged}) == 1
    for one in judged:
        refuted = one.verdict in (Verdict.RECYCLED, Verdict.CONTRADICTED)
        for item in one.causes if refuted else [item for item in one.opposition if item.grade.at_least("C", 3)]:
            for carrier in carriers:
                repeats = carries(carrier, one.claim, _published_by(item), alone=alone)
                if item.origin != root_of(carrier) and repeats:
                    yield from _claimed(carrier, one.claim, item, repeats=True)


def _published_by(item: Item) -> datetime | None:
    """When a record that refutes was out; who shows the picture from then on repeats the claim."""
    published = item.evidence.published if isinstance(item.evidence, Appearance) else None
    return published.latest if published else None


def _claimed(first: Evidence, claim: Claim, item: Item, *, repeats: bool) -> Iterator[Conflict]:
    """One claim, or who repeats it, against one item; nothing where the claim is silent on that dimension."""
    if isinstance(item, TimeItem) and claim.time:
        whole = claim.time.earliest is not None and claim.time.latest is not None
        said = ("repeats the claim", f"of {'' if whole else 'a time '}{span(claim.time)}") if repeats else None
        yield of_times(TimeItem(evidence=first, interval=claim.time, asserts=True), item, said=said)
    elif isinstance(item, PlaceItem) and claim.place:
        said = ("repeats the claim", f"of {where(claim.place)}") if repeats else None
        yield of_places(PlaceItem(evidence=first, place=claim.place), item, said=said)


def between_claims(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Claims under test that exclude each other."""
    for index, first in enumerate(claims):
        for second in claims[index + 1 :]:
            if first.time and second.time and not first.time.meets(second.time):
                yield of_times(_timed(first, first.time), _timed(second, second.time))
            if first.place and second.place and relate(first.place, second.place).relation is Relation.DISJOINT:
                yield of_places(
                    PlaceItem(evidence=first, place=first.place), PlaceItem(evidence=second, place=second.place)
                )


def _timed(claim: Claim, time: Interval) -> TimeItem:
    return TimeItem(evidence=claim, interval=time, asserts=True)
