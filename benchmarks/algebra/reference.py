"""The verdicts from their definitions alone, by trying everything: every subset, every pair. Slow on purpose.

Written from docs/adr/0007-evidence-algebra.md over the scenario's own dicts. It shares no code with the program: dates
are read here once more, and places are those of `random_sets.INSIDE`, whose relations are written down by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

MIN, MAX = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
COPIES = ("exact", "near", "crop", "mirrored")
MACHINE = ("agency_record", "platform_utc", "archive_snapshot", "print", "stock_record")
NO_DATE = ("search_snippet", "crawl_relative")
SAYING = ("statement", "metadata", "geolocation", "sign_text", "sun", "weather", "object")
THERE_AND_THEN = ("sun", "weather", "object")
FOR_NO_CAPTURE = ("ICC:ProfileDateTime", "XMP:ModifyDate", "File:FileModifyDate")
ORDER = ("recycled", "contradicted", "disputed", "unproven", "consistent", "no_claim")


@dataclass(frozen=True)
class Time:
    """One item's limit on the time."""

    id: str
    origin: str
    grade: str
    lo: datetime
    hi: datetime
    hard: bool = False
    denies: bool = False
    asserts: bool = False
    at: str = ""
    """Of a denial by the sky, the weather or a thing: the place where it excludes this time, and no other."""


@dataclass(frozen=True)
class Where:
    """One item's place, by its name in the table."""

    id: str
    origin: str
    grade: str
    place: str
    denies: bool = False
    there_and_then: bool = False
    """Of a denial: that it excludes this place in its time, and in no other."""
    time: tuple[datetime, datetime] | None = None
    """What the item says of the time."""


@dataclass(frozen=True)
class Expected:
    """What must come out. `conflicts` are pairs that must be listed; more may be."""

    time: str
    place: str
    overall: str
    not_after: datetime
    conflicts: frozenset[frozenset[str]]
    clash: bool


def conclude(
    scenario: Mapping[str, Any], inside: Mapping[str, Sequence[str]], overlap: frozenset[frozenset[str]]
) -> Expected:
    """`inside`: each place with all that hold it. `overlap`: pairs neither inside each other nor apart."""
    as_of = moments(scenario["as_of"])[1]
    times = [Time("as_of", "the check", "A1", MIN, as_of, hard=True)]
    places: list[Where] = []
    for item in scenario["evidence"]:
        times += list(_times(item, as_of))
        places += list(_places(item, as_of))
    claim = scenario["claim"]
    verdict, clash = _time(claim, times, inside)
    found_place = _place(claim, places, inside, overlap)
    pairs = {*_time_pairs(times), *_place_pairs(places, inside, overlap)}
    return Expected(
        time=verdict,
        place=found_place,
        overall=min((verdict, found_place), key=ORDER.index),
        not_after=min(one.hi for one in times if one.hard),
        conflicts=frozenset(pairs),
        clash=clash,
    )


def moments(text: Any) -> tuple[datetime, datetime]:
    """A bare day under all zones, a minute with its offset as that minute."""
    text = str(text)
    if len(text) == 10:
        day = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return day - timedelta(hours=14), day + timedelta(days=1, hours=12)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
        return at - timedelta(hours=14), at + timedelta(hours=12, seconds=60) - timedelta(microseconds=1)
    return at.astimezone(UTC), at.astimezone(UTC) + timedelta(seconds=60) - timedelta(microseconds=1)


def ends(interval: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """Of {earliest, latest}, either of which may be missing."""
    lo, hi = interval.get("earliest"), interval.get("latest")
    return (moments(lo)[0] if lo else MIN), (moments(hi)[1] if hi else MAX)


def at_least(grade: str, bar: str) -> bool:
    """Both axes, each by itself."""
    return grade[0] <= bar[0] and grade[1] <= bar[1]


def _closed(lo: datetime, hi: datetime) -> bool:
    return lo > MIN and hi < MAX


def _late(item: Mapping[str, Any], as_of: datetime) -> bool:
    return "published" in item and ends(item["published"])[0] > as_of


def _times(item: Mapping[str, Any], as_of: datetime) -> Iterator[Time]:
    kind, who = item["kind"], (item["id"], item["origin"], item["grade"])
    denies = bool(item.get("asserts_not"))
    if kind == "publication" and item["match"] in COPIES and not _late(item, as_of):
        if item["date_basis"] not in NO_DATE and item["published"].get("latest"):
            hi = ends(item["published"])[1]
            if item["date_basis"] == "display_no_tz" and len(str(item["published"]["latest"])) > 16:
                hi += timedelta(hours=12)
            page = item["date_basis"] == "page_date" and at_least(item["grade"], "B2")
            yield Time(*who, MIN, hi, hard=page or item["date_basis"] in MACHINE)
        if item.get("caption_time"):
            lo, hi = ends(item["caption_time"])
            yield Time(*who, lo, hi, denies=denies, asserts=_closed(lo, hi) and not denies)
    if item.get("time") and item.get("about") != "event":
        lo, hi = ends(item["time"])
        if kind == "author_life":
            yield Time(*who, lo, hi, hard=True)
        elif kind in SAYING and item.get("field") not in FOR_NO_CAPTURE:
            at = item["place"]["name"] if denies and kind in THERE_AND_THEN and item.get("place") else ""
            yield Time(*who, lo, hi, denies=denies, asserts=_closed(lo, hi) and not denies, at=at)


def _places(item: Mapping[str, Any], as_of: datetime) -> Iterator[Where]:
    who, denies = (item["id"], item["origin"], item["grade"]), bool(item.get("asserts_not"))
    if item["kind"] == "publication":
        if item["match"] in COPIES and not _late(item, as_of) and item.get("caption_place"):
            yield Where(*who, item["caption_place"]["name"], denies, time=_said(item.get("caption_time")))
    elif item["kind"] in SAYING and item.get("place") and item.get("about") != "event":
        both = denies and item["kind"] in THERE_AND_THEN and bool(item.get("time"))
        yield Where(*who, item["place"]["name"], denies, both, _said(item.get("time")))


def _said(interval: Mapping[str, Any] | None) -> tuple[datetime, datetime] | None:
    return ends(interval) if interval else None


def _then(denial: Where, time: tuple[datetime, datetime] | None) -> bool:
    if not denial.there_and_then or denial.time is None:
        return True
    return time is not None and denial.time[0] <= time[0] and time[1] <= denial.time[1]


def _time(claim: Mapping[str, Any], times: Sequence[Time], inside: Any) -> tuple[str, bool]:
    hard = [one for one in times if one.hard]
    lo, hi = max(one.lo for one in hard), min(one.hi for one in hard)
    if not claim.get("time"):
        return "no_claim", lo > hi
    if lo > hi:
        return "disputed", True
    begin, finish = ends(claim["time"])
    if hi < begin:
        return "recycled", False
    if lo > finish:
        return "contradicted", False
    soft = [one for one in times if not one.hard and not one.denies and one.lo <= hi and one.hi >= lo]
    there = inside[claim["place"]["name"]] if claim.get("place") else ()
    denials = [one for one in times if one.denies and one.lo <= begin and finish <= one.hi]
    denials = [one for one in denials if not one.at or one.at in there]
    firm = [one for one in hard if one.id != "as_of" and begin <= one.lo and one.hi <= finish]
    shut_out = [one for one in times if not one.hard and not one.denies and (one.lo > hi or one.hi < lo)]
    shut_out = [one for one in shut_out if one.lo > finish or one.hi < begin]
    if weight(shut_out, "") >= max(weight(firm, ""), 1):
        firm = []
    support = [one for one in soft if one.asserts and one.lo <= finish and begin <= one.hi]
    support += [one for one in soft if one not in support and begin <= one.lo and one.hi <= finish]
    against = [one for one in soft if one.lo > finish or one.hi < begin]
    readings = [one for one in subsets(soft) if _meet(one)]
    for_side = max(weight([one for one in reading if one in support] + firm, claim["by"]) for reading in readings)
    other = max(weight([*(one for one in reading if one in against), *denials], "") for reading in readings)
    verdict = sides(for_side, other)
    if verdict == "contradicted" and other == 3:
        strong = [one for one in (*against, *denials) if at_least(one.grade, "B2")]
        if all(not one.denies and one.hi < begin for one in strong):
            verdict = "recycled"
    return verdict, False


def _place(claim: Mapping[str, Any], places: Sequence[Where], inside: Any, overlap: Any) -> str:
    if not claim.get("place"):
        return "no_claim"
    name = claim["place"]["name"]
    support = [one for one in places if not one.denies and name in inside[one.place]]
    denials = [
        one for one in places if one.denies and one.place in inside[name] and _then(one, _said(claim.get("time")))
    ]
    against = [*denials, *(one for one in places if not one.denies and _apart(one.place, name, inside, overlap))]

    def heaviest(side: list[Where], claimant: str) -> int:
        return max(weight(list(part), claimant) for part in subsets(side) if _together(part, inside, overlap))

    return sides(heaviest(support, claim["by"]), heaviest(against, ""))


def subsets(items: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """All of them; the maximal consistent ones are among them and weigh no less than their parts."""
    for size in range(len(items) + 1):
        yield from combinations(items, size)


def _meet(items: Sequence[Time]) -> bool:
    return not items or max(one.lo for one in items) <= min(one.hi for one in items)


def _apart(one: str, other: str, inside: Any, overlap: Any) -> bool:
    return one not in inside[other] and other not in inside[one] and frozenset((one, other)) not in overlap


def _together(items: Sequence[Where], inside: Any, overlap: Any) -> bool:
    said = [one for one in items if not one.denies]
    return not any(_apart(a.place, b.place, inside, overlap) for a, b in combinations(said, 2))


def weight(items: Sequence[Time] | Sequence[Where], claimant: str) -> int:
    """3: an item at B2. 2: two origins at C3, the claimant not counted. 1: one at C3. 0: less."""
    if any(at_least(one.grade, "B2") for one in items):
        return 3
    fair = [one for one in items if at_least(one.grade, "C3")]
    if len({one.origin for one in fair} - {claimant}) > 1:
        return 2
    return 1 if fair else 0


def sides(support: int, against: int) -> str:
    """The table of two weights."""
    if (support >= 2 and against >= 2) or {support, against} in ({1}, {1, 2}):
        return "disputed"
    if against >= 2:
        return "contradicted"
    return "consistent" if support >= 2 else "unproven"


def _time_pairs(times: Sequence[Time]) -> Iterator[frozenset[str]]:
    hard = [one for one in times if one.hard]
    crossing = [(a, b) for a in hard for b in hard if a.lo > b.hi]
    if crossing:
        a, b = max(crossing, key=lambda pair: pair[0].lo - pair[1].hi)
        ties = [(x, y) for x, y in crossing if x.lo == a.lo and y.hi == b.hi]
        if len(ties) == 1 and a.id != b.id:
            yield frozenset((a.id, b.id))
        return
    lo, hi = max(one.lo for one in hard), min(one.hi for one in hard)
    soft = [one for one in times if not one.hard and not one.denies]
    fitting = [one for one in soft if one.lo <= hi and one.hi >= lo]
    for one in (item for item in soft if item not in fitting):
        limits = [limit for limit in hard if (limit.hi == hi and one.lo > hi) or (limit.lo == lo and one.hi < lo)]
        if len(limits) == 1 and limits[0].id != one.id:
            yield frozenset((one.id, limits[0].id))
    for one, other in combinations(fitting, 2):
        if one.id != other.id and (one.lo > other.hi or other.lo > one.hi):
            yield frozenset((one.id, other.id))


def _place_pairs(places: Sequence[Where], inside: Any, overlap: Any) -> Iterator[frozenset[str]]:
    for one, other in combinations(places, 2):
        if not one.denies and not other.denies and _apart(one.place, other.place, inside, overlap):
            yield frozenset((one.id, other.id))
        for denial, said in ((one, other), (other, one)):
            if denial.denies and not said.denies and denial.place in inside[said.place] and _then(denial, said.time):
                yield frozenset((denial.id, said.id))
