"""Who contradicts whom: pairs of items that cannot both be right, each with its gap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..intake.said import span, where
from ..model.evidence import Appearance, Claim, DateBasis, Evidence
from ..model.finding import Conflict, Verdict
from .events import opposed_accounts, speaks_of_event
from .intervals import end, gap, start
from .judging import Item, Judged, Timeline, best, carries
from .regions import Relation, relate
from .strength import BOUNDING_COPIES, PlaceItem, Sorted, TimeItem
from .wording import far, lasting, name

# A desk reads a page of these, not a thousand; each costs a distance or a comparison.
MOST = 200
MOST_PLACES = 60


def all_conflicts(
    found: Sorted, items: Sequence[Evidence], line: Timeline, judged: Sequence[Judged]
) -> tuple[Conflict, ...]:
    """Every conflict once, those about the picture first, each with both ids; at most `MOST` of a kind."""
    kinds = (
        recorded(items),
        hard_clash(line),
        against_hard(line),
        times_apart(line.soft),
        times_denied(line),
        places_apart(found.places),
        denied(found.places),
        misdated(items, found),
        with_claims(judged),
        with_carriers(judged, items),
        between_claims(found.claims),
        opposed_accounts(items),
    )
    pairs: dict[object, Conflict] = {}
    for kind in kinds:
        for one in islice(kind, MOST):
            pair = frozenset((one.first, one.second))
            if len(pair) == 2:
                pairs.setdefault(pair if one.about == "event" else (pair, one.text), one)
    return tuple(sorted(pairs.values(), key=lambda one: (one.about != "picture", one.first, one.second, one.text)))


def recorded(items: Sequence[Evidence]) -> Iterator[Conflict]:
    """What the desk itself recorded as contradicting."""
    by_label = {item.label: item for item in items if item.label}
    said: set[frozenset[str]] = set()
    for item in items:
        for label in getattr(item, "contradicts", ()):
            if (other := by_label.get(label)) is not None and frozenset((item.id, other.id)) not in said:
                said.add(frozenset((item.id, other.id)))
                event = speaks_of_event(item) or speaks_of_event(other)
                text = f"{name(item)} contradicts {name(other)}, as the desk recorded it."
                yield Conflict(first=item.id, second=other.id, text=text, about="event" if event else "picture")


def hard_clash(line: Timeline) -> Iterator[Conflict]:
    """The minimal pair of hard limits that leaves no time at all."""
    if line.left.clash is not None:
        yield _times(*line.left.clash, "Two hard limits exclude each other")


def against_hard(line: Timeline) -> Iterator[Conflict]:
    """Each soft item that a hard limit rules out, against that limit: one of the two is wrong."""
    left = line.left
    for item in line.excluded:
        for limit in (left.upper, left.lower):
            if limit is not None and not item.interval.meets(limit.interval):
                yield _times(item, limit, "One of the two is wrong, or the copy is another picture")


def times_apart(items: Sequence[TimeItem]) -> Iterator[Conflict]:
    """Soft items whose times do not meet. Sorted by start, so only pairs that conflict are ever looked at."""
    ordered = sorted(items, key=lambda item: (start(item.interval), item.evidence.id))
    starts = [start(item.interval) for item in ordered]
    for first in best(ordered):
        for second in islice(ordered, bisect_right(starts, end(first.interval)), None):
            if first.evidence.id != second.evidence.id:
                yield _times(first, second, "They date the picture differently")


def _times(first: TimeItem, second: TimeItem, text: str) -> Conflict:
    apart = gap(first.interval, second.interval)
    return Conflict(
        first=first.evidence.id,
        second=second.evidence.id,
        text=f"{text}: {_dated(first)} and {_dated(second)}.",
        gap="" if apart is None else lasting(apart),
    )


def _dated(item: TimeItem) -> str:
    return f"{name(item.evidence)} ({span(item.interval)})"


def _said(item: PlaceItem) -> str:
    return f"{name(item.evidence)} says {where(item.place)}"


def places_apart(items: Sequence[PlaceItem]) -> Iterator[Conflict]:
    """Items that put the picture in places apart."""
    asserting = [item for item in best(items) if not item.denies][:MOST_PLACES]
    for index, first in enumerate(asserting):
        for second in asserting[index + 1 :]:
            relating = relate(first.place, second.place)
            if relating.relation is Relation.DISJOINT and first.evidence.id != second.evidence.id:
                km = relating.gap_km
                yield Conflict(
                    first=first.evidence.id,
                    second=second.evidence.id,
                    text=f"{_said(first)}, {_said(second)}.",
                    gap="" if km is None else far(km, first.place, second.place),
                )


def denied(items: Sequence[PlaceItem]) -> Iterator[Conflict]:
    """An item that denies a place, against those that put the picture there."""
    kept = best(items)[: 4 * MOST_PLACES]
    for denial in (item for item in kept if item.denies):
        for item in (item for item in kept if not item.denies):
            if relate(item.place, denial.place).relation is Relation.INSIDE:
                text = f"{name(denial.evidence)} denies {where(denial.place)}, {name(item.evidence)} says so."
                yield Conflict(first=denial.evidence.id, second=item.evidence.id, text=text)


def misdated(items: Sequence[Evidence], found: Sorted) -> Iterator[Conflict]:
    """A date that dates nothing (a search snippet), earlier than the first copy whose day is on record."""
    firsts = [
        item
        for item in (limit.evidence for limit in found.times if limit.hard)
        if isinstance(item, Appearance) and item.published and item.published.earliest
    ]
    first = min(firsts, key=lambda item: (start(item.published), item.id) if item.published else (), default=None)
    if first is None or first.published is None:
        return
    for item in items:
        weak = isinstance(item, Appearance) and item.date_basis in (DateBasis.SEARCH_SNIPPET, DateBasis.CRAWL_RELATIVE)
        if isinstance(item, Appearance) and weak and item.copy in BOUNDING_COPIES and item.published:
            apart = gap(item.published, first.published)
            if apart is not None and item.published.before(first.published):
                text = (
                    f"{name(item)} shows {span(item.published)}, which dates no publication; the first copy on record "
                    f"is of {span(first.published)} ({name(first)})."
                )
                yield Conflict(first=item.id, second=first.id, text=text, gap=lasting(apart))


def times_denied(line: Timeline) -> Iterator[Conflict]:
    """An item that denies a time, against those that date the picture within it."""
    for denial in line.denials[:MOST_PLACES]:
        for item in line.soft:
            inside = start(denial.interval) <= start(item.interval) and end(item.interval) <= end(denial.interval)
            if inside and item.asserts and item.evidence.id != denial.evidence.id:
                text = f"{name(denial.evidence)} denies {span(denial.interval)}, which {_dated(item)} says."
                yield Conflict(first=denial.evidence.id, second=item.evidence.id, text=text)


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
    who = name(first) if role else f"The claim of {name(first)}"
    text = f"{who}{role} and {name(item.evidence)}: {what}."
    return Conflict(first=first.id, second=item.evidence.id, text=text, gap=apart)


def between_claims(claims: Sequence[Claim]) -> Iterator[Conflict]:
    """Claims under test that exclude each other."""
    for index, first in enumerate(claims):
        for second in claims[index + 1 :]:
            apart = gap(first.time, second.time) if first.time and second.time else None
            if apart is not None and first.time and second.time:
                text = f"{name(first)} claims {span(first.time)}, {name(second)} claims {span(second.time)}."
                yield Conflict(first=first.id, second=second.id, text=text, gap=lasting(apart))
            if first.place and second.place:
                relating = relate(first.place, second.place)
                if relating.relation is Relation.DISJOINT:
                    text = f"{name(first)} claims {where(first.place)}, {name(second)} claims {where(second.place)}."
                    km = relating.gap_km
                    distance = "" if km is None else far(km, first.place, second.place)
                    yield Conflict(first=first.id, second=second.id, text=text, gap=distance)
