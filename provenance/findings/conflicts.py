"""Who contradicts whom: pairs of items that cannot both be right, each with its gap."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from ..model.evidence import Appearance, Evidence, Fact
from ..model.finding import Conflict
from ..model.publication import COPIES, DateBasis
from ..model.said import span
from . import shadows
from .claim_conflicts import between_claims, with_carriers, with_claims
from .events import opposed_accounts, speaks_of_event
from .file.conflicts import file_conflicts
from .file.times import agree, compared_as_facts, defeated, one_of_each_file, same_fields
from .gaps import behind, between
from .graded import PlaceItem, Sorted, TimeItem
from .intervals import end, start
from .judging import Judged
from .pairs import of_places, of_times
from .regions import Relation, relate
from .there_and_then import bears_on_item
from .timelines import Timeline, best
from .wording import name

# A desk reads a page of these, not a thousand; each costs a distance or a comparison.
MOST = 200
MOST_PLACES = 60
_CLASH = ": two hard limits exclude each other"


def all_conflicts(
    found: Sorted, items: Sequence[Evidence], line: Timeline, judged: Sequence[Judged]
) -> tuple[Conflict, ...]:
    """Every disagreement once, each with both ids; at most `MOST` of a kind.

    Order: about a claim under test, between other sources, within the file, about the event.
    """
    kinds = (
        hard_clash(line),
        against_hard(line),
        times_apart(line.soft),
        set_aside_apart(found, line),
        times_denied(line),
        places_apart(found.places),
        file_conflicts(items),
        denied(found.places),
        misdated(items, found),
        with_claims(judged),
        with_carriers(judged, items),
        between_claims(found.claims),
        shadows.conflicts(items),
    )
    pairs: dict[object, Conflict] = {}
    for kind in kinds:
        for one in islice(kind, MOST):
            pair = frozenset((one.first, one.second))
            if len(pair) == 2:
                pairs.setdefault((pair, one.text), one)
    measured = {frozenset((one.first, one.second)) for one in pairs.values()}
    for kind in (recorded(items), opposed_accounts(items)):  # what was measured of a pair says more than that it parts
        for one in islice(kind, MOST):
            pair = frozenset((one.first, one.second))
            if len(pair) == 2 and pair not in measured:
                pairs.setdefault(pair, one)
    claimed = {claim.id for claim in found.claims}
    within = {item.id for item in items if isinstance(item, Fact)}

    def rank(one: Conflict) -> tuple[bool, bool, bool, str, str, str]:
        ends = {one.first, one.second}
        return (one.about != "picture", ends <= within, not ends & claimed, one.first, one.second, one.text)

    return tuple(sorted(pairs.values(), key=rank))


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
                told = f"{name(item)} and {name(other)} contradict each other{topic}, as the desk recorded it{moves}."
                text = told[0].upper() + told[1:] if told.startswith(("the ", "a ", "an ")) else told
                yield Conflict(first=item.id, second=other.id, text=text, about="event" if event else "picture")


def hard_clash(line: Timeline) -> Iterator[Conflict]:
    """The minimal pair of hard limits that leaves no time at all."""
    if line.left.clash is not None:
        yield of_times(*line.left.clash, why=_CLASH)


def against_hard(line: Timeline) -> Iterator[Conflict]:
    """Each soft item that a hard limit rules out, against that limit: one of the two is wrong."""
    for item in one_of_each_file(line.excluded):
        yield from _against_limits(item, line)


def _against_limits(item: TimeItem, line: Timeline) -> Iterator[Conflict]:
    for limit in (line.left.upper, line.left.lower):
        if limit is not None and not item.interval.meets(limit.interval):
            copy = ", or the copy is another picture" if isinstance(limit.evidence, Appearance) else ""
            yield of_times(item, limit, why=f": one of the two is wrong{copy}")


def times_apart(items: Sequence[TimeItem]) -> Iterator[Conflict]:
    """Soft items whose times do not meet. Sorted by start, so only pairs that conflict are ever looked at."""
    ordered = sorted(one_of_each_file(items), key=lambda item: (start(item.interval), item.evidence.id))
    starts = [start(item.interval) for item in ordered]
    for first in best(ordered):
        for second in islice(ordered, bisect_right(starts, end(first.interval)), None):
            if first.evidence.id == second.evidence.id or compared_as_facts(first.evidence, second.evidence):
                continue
            if not agree(first, second):
                yield of_times(first, second)


def set_aside_apart(found: Sorted, line: Timeline) -> Iterator[Conflict]:
    """A time of the file's tags that a stated reason sets aside, against the hard limits."""
    for item in one_of_each_file(defeated(found)):
        yield from _against_limits(item, line)


def places_apart(items: Sequence[PlaceItem]) -> Iterator[Conflict]:
    """Items that put the picture in places apart; two fields of one file that file_conflicts compares are its own."""
    asserting = one_of_each_file([item for item in best(items) if not item.denies][:MOST_PLACES])
    for index, first in enumerate(asserting):
        for second in asserting[index + 1 :]:
            apart = relate(first.place, second.place).relation is Relation.DISJOINT
            if apart and first.evidence.id != second.evidence.id and not same_fields(first.evidence, second.evidence):
                yield of_places(first, second)


def denied(items: Sequence[PlaceItem]) -> Iterator[Conflict]:
    """An item that denies a place, against those that put the picture there."""
    kept = best(items)[: 4 * MOST_PLACES]
    for denial in (item for item in kept if item.denies):
        for item in (item for item in kept if not item.denies):
            inside = relate(item.place, denial.place).relation is Relation.INSIDE
            if inside and bears_on_item(denial.evidence, item.evidence):
                yield of_places(denial, item)


def misdated(items: Sequence[Evidence], found: Sorted) -> Iterator[Conflict]:
    """A date that dates nothing (a search snippet), earlier than the first copy whose day is on record.

    Where no machine recorded the day of any copy, the first that a page or a screen shows stands for it.
    """
    dated = [
        (limit.hard, limit.evidence)
        for limit in found.times
        if isinstance(limit.evidence, Appearance) and limit.evidence.published and limit.evidence.published.earliest
    ]
    hard = any(one for one, _ in dated)
    firsts = [item for one, item in dated if one or not hard]
    first = min(firsts, key=lambda item: (start(item.published), item.id) if item.published else (), default=None)
    if first is None or first.published is None:
        return
    for item in items:
        weak = isinstance(item, Appearance) and item.date_basis in (DateBasis.SEARCH_SNIPPET, DateBasis.CRAWL_RELATIVE)
        shown = item.published if isinstance(item, Appearance) and weak and item.copy in COPIES else None
        if shown is not None and shown.before(first.published):
            did = "saw" if first.sighting else "published"
            text = (
                f"{name(item)} shows {span(shown)}, which dates no publication; {name(first)} {did} the first copy "
                f"on record, of {span(first.published)}{behind(shown, first.published)}."
            )
            gap = between(shown, first.published)
            yield Conflict(first=item.id, second=first.id, text=text, gap=gap, dimension="time")


def times_denied(line: Timeline) -> Iterator[Conflict]:
    """An item that denies a time, against those that date the picture within it."""
    for denial in line.denials[:MOST_PLACES]:
        for item in line.soft:
            inside = start(denial.interval) <= start(item.interval) and end(item.interval) <= end(denial.interval)
            other = item.asserts and item.evidence.id != denial.evidence.id
            if inside and other and bears_on_item(denial.evidence, item.evidence):
                yield of_times(denial, item)
