"""What is told of the time beside the answer: limits, readings, and items that weigh too little to decide."""

from __future__ import annotations

from collections.abc import Sequence

from ..intake.said import as_written, span
from ..model.evidence import Appearance, Bound, BoundKind
from ..model.finding import Sentence, Verdict
from ..model.time import Interval
from .file_times import echoes, field_rank, one_of_each_file
from .intervals import LATEST, clipped, end
from .judging import Judged, Timeline, best
from .strength import Aside, TimeItem
from .wording import cited, counted, graded, listed, name, verb

MOST_LISTED = 6
MOST_NAMED = 3


def limits(line: Timeline) -> list[Sentence]:
    """The hard limits, each with who sets it."""
    left = line.left
    if left.clash is not None:
        first, second = (item.evidence for item in left.clash)
        return [cited(f"Two hard limits exclude each other: {name(first)} and {name(second)}.", first, second)]
    found = []
    if left.lower is not None:
        start = span(left.lower.interval).partition(" – ")[0].removeprefix("from ")
        found.append(cited(f"Not before {start}: {name(left.lower.evidence)}.", left.lower.evidence))
    if left.upper is not None:
        found.append(cited(f"Not after {by(left.upper)}: {name(left.upper.evidence)}.", left.upper.evidence))
    return found


def by(item: TimeItem) -> str:
    """The last moment that an item leaves, in words."""
    said = span(item.interval)
    return said.removeprefix("until ") if item.interval.earliest is None else said.rpartition(" – ")[2]


def earliest_copy(line: Timeline) -> TimeItem | None:
    """The earliest not-after that is too soft for a hard limit, where it says more than the hard limits do."""
    upper = line.left.not_after or LATEST
    soft = [item for item in line.soft if item.interval.earliest is None and end(item.interval) < upper]
    return min(soft, key=lambda item: (end(item.interval), str(item.grade), item.evidence.id), default=None)


def most_telling(line: Timeline) -> TimeItem | None:
    """The item that says when the picture was taken: of the best grade, in the reading that the grades support.

    Of several times in one file that are one, that with a time zone.
    """
    asserted = [item for item in line.soft if item.asserts]
    preferred = [item for item in (line.readings[0] if line.readings else ()) if item.asserts]
    # Two moments a few seconds apart stand in two readings and are one all the same.
    alike = [item for item in asserted if echoes([item], preferred)]
    told = one_of_each_file([*preferred, *(item for item in alike if item not in preferred)] or asserted)
    return min(told, key=lambda item: (str(item.grade), field_rank(item)), default=None)


def soft_limit(line: Timeline, claims: Sequence[Judged]) -> list[Sentence]:
    """The earliest soft not-after with its grade, unless it is told among what is below the bar."""
    item = earliest_copy(line)
    below = [other for one in claims if one.verdict is Verdict.UNPROVEN for other in one.opposition]
    if item is None or item in below:
        return []
    return [cited(f"{published(item)}: too little for a hard limit.", item.evidence)]


def published(item: TimeItem) -> str:
    """ "Siberian Yards, C3, published it on 9 Nov 2023"."""
    if isinstance(item.evidence, Appearance) and item.evidence.published is not None:
        day = item.evidence.published
        return f"{graded(item.evidence)}, published it {published_when(day, item)}"
    return f"{graded(item.evidence)}, {verb(item.evidence, 'puts', 'put')} it no later than {by(item)}"


def published_when(day: Interval, item: TimeItem) -> str:
    """ "on 9 Nov 2023", "by 9 Nov 2023"."""
    return f"{'on' if _one_day(day) else 'by'} {by(item)}"


def _one_day(day: Interval) -> bool:
    first, last = as_written(day)
    return first is not None and last is not None and (last - first).total_seconds() <= 24 * 3600


def below_the_bar(claims: Sequence[Judged]) -> list[Sentence]:
    """Items that speak to an unproven claim without the weight to decide it, what opposes it first."""
    return [
        cited(f"{_speaks(item, one, opposes)}: too little to decide.", item.evidence, one.claim)
        for one in claims
        if one.verdict is Verdict.UNPROVEN
        for side, opposes in ((one.opposition, True), (one.support, False))
        for item in one_of_each_file([item for item in side if isinstance(item, TimeItem)])[:MOST_LISTED]
    ]


def _speaks(item: TimeItem, one: Judged, opposes: bool) -> str:
    if item.denies:
        return f"{graded(item.evidence)}, {verb(item.evidence, 'denies', 'deny')} {span(item.interval)}"
    early = one.claim.time is not None and item.interval.before(one.claim.time)
    side = "within" if not opposes else "before" if early else "after"
    if item.interval.earliest is None:
        return f"{published(item)}, {side} the claimed time"
    dates = verb(item.evidence, "dates", "date")
    return f"{graded(item.evidence)}, {dates} it to {span(item.interval)}, {side} the claimed time"


def hint(one: Judged) -> Sentence | None:
    """The most telling item against an unproven claim, in one line; None when nothing speaks against it."""
    against = next((item for item in one.opposition if isinstance(item, TimeItem)), None)
    if against is None:
        return None
    item, rest = against.evidence, [other.evidence for other in one.opposition[1:]]
    if isinstance(item, Appearance) and against.interval.earliest is None:
        who = f"A copy dated {by(against)} ({item.grade}) speaks"
    else:
        who = f"{name(item)} ({item.grade}) {verb(item, 'speaks', 'speak')}"
    return cited(f"{who} against, too little to decide.", one.claim, item, *rest)


def readings(line: Timeline) -> list[Sentence]:
    """The reading that the best grades support, and the next one where that says something else: each item in its
    own words, since a date is never printed finer than whoever it is ascribed to gave it.
    """
    telling = [asserted for reading in line.readings if (asserted := [item for item in reading if item.asserts])]
    sentences: list[Sentence] = []
    for items in telling[:2]:
        if clipped(items, line.left) is None or (sentences and echoes(items, telling[0])):
            continue
        which = "The best graded reading" if not sentences else "The next reading"
        told = one_of_each_file(best(items))
        words = dict.fromkeys(f"{graded(item.evidence)}: {span(item.interval)}" for item in told)
        text = f"{which} of the time of capture: {listed(list(words), most=MOST_NAMED)}."
        sentences.append(cited(text, *(item.evidence for item in items)))
    return sentences


def speaks_of_time(aside: Aside) -> bool:
    """Whether an item set aside would have spoken of the time."""
    item = aside.evidence
    if isinstance(item, Appearance):
        return item.published is not None or item.caption_time is not None
    return getattr(item, "time", None) is not None


def not_established(line: Timeline) -> tuple[str, ...]:
    """What stays open of the time."""
    found = []
    if line.left.not_before is None and not any(item.asserts for item in line.soft):
        found.append("When the picture was taken: nothing gives a not-before, so it may be of any age.")
    elif line.left.not_before is None:
        found.append("How old the picture is at most: only statements or tags say when it was taken.")
    bound = line.left.upper.evidence if line.left.upper is not None else None
    if isinstance(bound, Bound) and bound.bound is BoundKind.RECEIVED:
        found.append("When the picture was first published.")
    if line.left_out:
        found.append(f"What {counted(line.left_out, 'item')} of the lowest grades would add: too many were given.")
    return tuple(found)
