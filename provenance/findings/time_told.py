"""What is told of the time beside the answer: limits, readings, and items that weigh too little to decide."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.evidence import Appearance, Bound, BoundKind
from ..model.finding import Sentence, Verdict
from ..model.said import as_written, listing, span
from ..model.text import counted
from ..model.time import Interval
from .file.times import echoes, field_rank, one_of_each_file
from .graded import Aside, TimeItem
from .intervals import EARLIEST, LATEST, clipped, end, start
from .judging import Judged
from .timelines import Timeline, best, preference
from .too_weak import Telling, Weak, told
from .verdicts import claimed
from .wording import cited, listed, name, verb, with_grade

MOST_NAMED = 3


def limits(line: Timeline) -> list[Sentence]:
    """The hard limits, each with who sets it."""
    left = line.left
    if left.clash is not None:
        first, second = (item.evidence for item in left.clash)
        return [cited(f"Two firm limits exclude each other: {name(first)} and {name(second)}.", first, second)]
    found = []
    if left.lower is not None:
        text = f"It was not taken before {since(left.lower)}: {name(left.lower.evidence)}."
        found.append(cited(text, left.lower.evidence))
    if left.upper is not None:
        found.append(cited(_at_the_latest(left.upper), left.upper.evidence))
    return found


def _at_the_latest(limit: TimeItem) -> str:
    item = limit.evidence
    if isinstance(item, Bound) and item.bound is BoundKind.RECEIVED:
        return f"It existed by {by(limit)}, when it was checked; nothing firm sets an earlier limit."
    if isinstance(item, Bound) and item.bound is BoundKind.CHECKED_BEFORE:
        return f"It existed by {by(limit)}, when this desk checked it before; nothing firm sets an earlier limit."
    published_it = ""
    if isinstance(item, Appearance):
        published_it = f" had {'seen' if item.sighting else 'published'} it by then"
    return f"It was taken by {by(limit)} at the latest: {name(item)}{published_it}."


def since(item: TimeItem) -> str:
    """The first moment that an item leaves, in words."""
    return span(item.interval).partition(" – ")[0].removeprefix("from ")


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
    """The earliest soft not-after and the latest soft not-before, unless told among what is below the bar."""
    below = [other for one in claims if one.verdict is Verdict.UNPROVEN for other in one.opposition]
    return [
        cited(f"{with_grade(item.evidence)} {dated(item)}; that date is not firm enough to be a limit.", item.evidence)
        for item in (_latest_start(line), earliest_copy(line))
        if item is not None and item not in below
    ]


def _latest_start(line: Timeline) -> TimeItem | None:
    lower = line.left.not_before or EARLIEST
    soft = [item for item in line.soft if item.interval.latest is None and start(item.interval) > lower]
    return max(soft, key=lambda item: (start(item.interval), item.evidence.id), default=None)


def dated(item: TimeItem) -> str:
    """What an item says of the time, after its name: "published it on 9 Nov 2023", "dates it to May 2020"."""
    who = item.evidence
    if item.interval.earliest is None and isinstance(who, Appearance) and who.published is not None:
        return f"{published(who)} {published_when(who.published, item)}"
    if item.interval.earliest is None:
        return f"{verb(who, 'puts', 'put')} it no later than {by(item)}"
    if item.interval.latest is None:
        return f"{verb(who, 'puts', 'put')} it no earlier than {since(item)}"
    return f"{verb(who, 'dates', 'date')} it to {span(item.interval)}"


def published(item: Appearance) -> str:
    """What it did with the picture."""
    return "saw it" if item.sighting else "published it"


def published_when(day: Interval, item: TimeItem) -> str:
    """ "on 9 Nov 2023", "by 9 Nov 2023"."""
    return f"{'on' if _one_day(day) else 'by'} {by(item)}"


def _one_day(day: Interval) -> bool:
    first, last = as_written(day)
    return first is not None and last is not None and (last - first).total_seconds() <= 24 * 3600


def below_the_bar(claims: Sequence[Judged]) -> list[Sentence]:
    """Items that speak to an unproven claim without the weight to decide it, what opposes it first."""
    times = {one.claim.time for one in claims}
    return told(
        Weak(item=item, claims=(one.claim,), telling=_speaks(item, one, opposes, len(times) > 1))
        for one in claims
        if one.verdict is Verdict.UNPROVEN
        for side, opposes in ((one.opposition, True), (one.support, False))
        for item in one_of_each_file([item for item in side if isinstance(item, TimeItem)])
    )


def _speaks(item: TimeItem, one: Judged, opposes: bool, several: bool) -> Telling:
    claimed_time = f"the time of claim {claimed(one)}" if several else "the claimed time"
    early = one.claim.time is not None and item.interval.before(one.claim.time)
    side = f"{'within' if not opposes else 'before' if early else 'after'} {claimed_time}"
    who, said = item.evidence, span(item.interval)
    if item.denies:
        denies = verb(who, "denies", "deny")
        return Telling(one=f"{denies} {said}", several=f"deny {claimed_time}", detail=f"not {said}")
    one_says = f"{dated(item)}, {side}"
    if item.interval.earliest is None and isinstance(who, Appearance):
        return Telling(one=one_says, several=f"{published(who)} {side}", detail=by(item))
    if item.interval.earliest is None:
        return Telling(one=one_says, several=f"put it {side}", detail=f"by {by(item)}")
    if item.interval.latest is None:
        return Telling(one=one_says, several=f"put it {side}", detail=f"from {since(item)}")
    return Telling(one=one_says, several=f"date it {side}", detail=said)


def hint(one: Judged) -> Sentence | None:
    """The most telling item against an unproven claim, in one line; None when nothing does, or what is better graded
    speaks for it.
    """
    against = next((item for item in one.opposition if isinstance(item, TimeItem)), None)
    heard = [item for item in one.support if item.evidence.id not in one.claimants]
    if against is None or (heard and str(best(heard)[0].grade) < str(against.grade)):
        return None
    item, rest = against.evidence, [other.evidence for other in one.opposition[1:]]
    if isinstance(item, Appearance) and against.interval.earliest is None:
        return cited(
            f"A copy dated {by(against)} ({item.grade}) speaks against it, too weak to decide.", one.claim, item, *rest
        )
    speaks = verb(item, "speaks", "speak")
    return cited(f"{with_grade(item)} {speaks} against it, too weak to decide.", one.claim, item, *rest)


def readings(line: Timeline) -> list[Sentence]:
    """The reading that the best grades support, and the next one where that says something else: each item in its
    own words, since a date is never printed finer than whoever it is ascribed to gave it.
    """
    telling = [asserted for reading in line.readings if (asserted := [item for item in reading if item.asserts])]
    sentences: list[Sentence] = []
    for items in telling[:2]:
        if clipped(items, line.left) is None or (sentences and echoes(items, telling[0])):
            continue
        tied = len(telling) > 1 and preference(telling[0]) == preference(telling[1])
        which = _ACCOUNTS[tied][min(len(sentences), 1)]
        by_time: dict[str, list[str]] = {}
        for item in one_of_each_file(best(items)):
            by_time.setdefault(span(item.interval), []).append(f"{name(item.evidence)} ({item.grade})")
        words = [f"{time}, by {listing(names)}" for time, names in by_time.items()]
        text = f"{which} of when it was taken: {listed(words, most=MOST_NAMED)}."
        sentences.append(cited(text, *(item.evidence for item in items)))
    return sentences


_ACCOUNTS = {
    False: ("The best graded account", "The next best account"),
    True: ("One account", "Another account, of the same weight,"),
}


def speaks_of_time(aside: Aside) -> bool:
    """Whether an item set aside would have spoken of the time."""
    item = aside.evidence
    if isinstance(item, Appearance):
        return item.published is not None or item.caption_time is not None
    return getattr(item, "time", None) is not None


def not_established(line: Timeline) -> tuple[str, ...]:
    """What stays open of the time."""
    found = []
    if line.left.not_before is None and all(item.interval.earliest is None for item in line.soft):
        found.append("When the picture was taken: nothing gives a not-before, so it may be of any age.")
    elif line.left.not_before is None:
        found.append("How old the picture is at most: only statements, estimates or tags speak to it.")
    bound = line.left.upper.evidence if line.left.upper is not None else None
    if isinstance(bound, Bound) and bound.bound in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE):
        found.append("When the picture was first published.")
    if line.left_out:
        found.append(f"What {counted(line.left_out, 'item')} of the lowest grades would add: too many were given.")
    return tuple(found)
