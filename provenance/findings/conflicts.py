"""Who contradicts whom: pairs of items that cannot both be right, each with its gap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from ..intake.said import span, where
from ..model.evidence import Appearance, Claim, DateBasis, Evidence
from ..model.finding import Conflict
from ..model.source import SourceKind
from . import shadows
from .claim_conflicts import between_claims, with_carriers, with_claims
from .events import opposed_accounts, speaks_of_event
from .file_fields import fields_apart
from .file_times import agree, defeated, same_file
from .intervals import end, gap, start
from .judging import Judged, Timeline, best
from .regions import Relation, relate
from .strength import BOUNDING_COPIES, PlaceItem, Sorted, TimeItem
from .wording import far, lasting, name, verb

# A desk reads a page of these, not a thousand; each costs a distance or a comparison.
MOST = 200
MOST_PLACES = 60
_APART = "They date the picture differently"


def all_conflicts(
    found: Sorted, items: Sequence[Evidence], line: Timeline, judged: Sequence[Judged]
) -> tuple[Conflict, ...]:
    """Every conflict once, those about the picture first, each with both ids; at most `MOST` of a kind."""
    kinds = (
        recorded(items),
        hard_clash(line),
        against_hard(line),
        times_apart(line.soft),
        set_aside_apart(found, line),
        times_denied(line),
        places_apart(found.places),
        fields_apart(items),
        denied(found.places),
        misdated(items, found),
        with_claims(judged),
        with_carriers(judged, items),
        between_claims(found.claims),
        shadows.conflicts(items),
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
                topic, moves = (" about the event", "; this moves no verdict about the picture") if event else ("", "")
                text = f"{name(item)} contradicts {name(other)}{topic}, as the desk recorded it{moves}."
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
                yield _times(item, limit, _ruled_out(limit))


def _ruled_out(limit: TimeItem) -> str:
    copy = ", or the copy is another picture" if isinstance(limit.evidence, Appearance) else ""
    return f"One of the two is wrong{copy}"


def times_apart(items: Sequence[TimeItem]) -> Iterator[Conflict]:
    """Soft items whose times do not meet. Sorted by start, so only pairs that conflict are ever looked at."""
    ordered = sorted(items, key=lambda item: (start(item.interval), item.evidence.id))
    starts = [start(item.interval) for item in ordered]
    for first in best(ordered):
        for second in islice(ordered, bisect_right(starts, end(first.interval)), None):
            if first.evidence.id != second.evidence.id and not agree(first, second):
                yield _times(first, second, _APART)


def set_aside_apart(found: Sorted, line: Timeline) -> Iterator[Conflict]:
    """A time of the file's tags that a stated reason sets aside, against the file's other times and the hard limits."""
    own = defeated(found)
    others = [item for item in found.times if not item.hard and not item.denies]
    limits = [limit for limit in (line.left.upper, line.left.lower) if limit is not None]
    for index, item in enumerate(own):
        for limit in limits:
            if not item.interval.meets(limit.interval):
                yield _times(item, limit, _ruled_out(limit))
        for other in (*own[index + 1 :], *others):
            if same_file(item.evidence, other.evidence) and not agree(item, other):
                yield _times(item, other, _APART)


def _times(first: TimeItem, second: TimeItem, text: str) -> Conflict:
    apart = gap(first.interval, second.interval)
    return Conflict(
        first=first.evidence.id,
        second=second.evidence.id,
        text=f"{text}: {_dated(first)} and {_dated(second)}.",
        gap="" if apart is None else lasting(apart),
        dimension="time",
    )


def _dated(item: TimeItem) -> str:
    """Who and when; of a file's tags also which, for one file can name several times."""
    one, when = item.evidence, span(item.interval).replace(" (no time zone)", ", no time zone")
    tag = f"{one.basis}, " if isinstance(one, Claim) and one.source.kind is SourceKind.FILE and one.basis else ""
    return f"{name(one)} ({tag}{when})"


def _said(item: PlaceItem) -> str:
    """Who and where; of a file's tags also which, for one file can name several places."""
    one = item.evidence
    tag = f" ({one.basis})" if isinstance(one, Claim) and one.source.kind is SourceKind.FILE and one.basis else ""
    return f"{name(one)} {verb(one, 'says', 'say')} {where(item.place)}{tag}"


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
                    dimension="place",
                )


def denied(items: Sequence[PlaceItem]) -> Iterator[Conflict]:
    """An item that denies a place, against those that put the picture there."""
    kept = best(items)[: 4 * MOST_PLACES]
    for denial in (item for item in kept if item.denies):
        for item in (item for item in kept if not item.denies):
            if relate(item.place, denial.place).relation is Relation.INSIDE:
                text = f"{name(denial.evidence)} denies {where(denial.place)}, {_said(item)}."
                yield Conflict(first=denial.evidence.id, second=item.evidence.id, text=text, dimension="place")


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
                yield Conflict(first=item.id, second=first.id, text=text, gap=lasting(apart), dimension="time")


def times_denied(line: Timeline) -> Iterator[Conflict]:
    """An item that denies a time, against those that date the picture within it."""
    for denial in line.denials[:MOST_PLACES]:
        for item in line.soft:
            inside = start(denial.interval) <= start(item.interval) and end(item.interval) <= end(denial.interval)
            if inside and item.asserts and item.evidence.id != denial.evidence.id:
                text = f"{name(denial.evidence)} denies {span(denial.interval)}, which {_dated(item)} says."
                yield Conflict(first=denial.evidence.id, second=item.evidence.id, text=text, dimension="time")
