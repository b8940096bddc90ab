"""Mutations of a scenario, each with the property that it must keep.

`SAME`: the verdicts and the last possible day stay as they are. `RENAMED`: the conflicts too, under the new ids.
`LOOSER`: the last possible day does not come earlier. `NOT_RECYCLED`: unproven does not become recycled.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

Scenario = dict[str, Any]
ELSEWHERE = {"name": "Elsewhere", "cc": "AR", "lat": -34.6, "lon": -58.4, "level": "city"}
_OLD = {"kind": "publication", "grade": "A1", "published": "1999-01-01"}
NOISE: tuple[dict[str, Any], ...] = (
    {"kind": "absence", "text": "nothing earlier found"},
    {"kind": "similarity", "grade": "A1", "place": ELSEWHERE},
    {"kind": "context", "grade": "A1", "text": "there was such an event"},
    {"kind": "statement", "grade": "A1", "about": "event", "time": "1999", "place": ELSEWHERE},
    {"kind": "statement", "grade": "E5", "place": ELSEWHERE},
    {"kind": "statement", "grade": "F6", "time": "1999"},
    {"kind": "statement", "grade": "A1", "text": "could not be established"},
    {"kind": "metadata", "grade": "A1", "field": "ICC:ProfileDateTime", "time": "1998-02-09"},
    {**_OLD, "date_basis": "search_snippet", "match": "exact"},
    {**_OLD, "date_basis": "crawl_relative", "match": "near"},
    {**_OLD, "date_basis": "page_date", "match": "exact", "grade": "D4"},
    {**_OLD, "date_basis": "agency_record", "match": "similar_scene", "caption_place": ELSEWHERE},
    {**_OLD, "date_basis": "agency_record", "match": "component", "caption_time": "1999"},
    {**_OLD, "date_basis": "agency_record", "match": "exact", "published": "2099", "caption_place": ELSEWHERE},
)
ZONES = (-720, -480, -210, 0, 60, 330, 765, 840)
TIMES = ("time", "published", "caption_time")


class Keeps(StrEnum):
    """What must hold after a mutation."""

    SAME = "verdicts and last possible day the same"
    RENAMED = "the same with every conflict, under other ids"
    LOOSER = "the last possible day not earlier"
    NOT_RECYCLED = "unproven not made recycled"


@dataclass(frozen=True)
class Mutation:
    """One changed scenario."""

    kind: str
    keeps: Keeps
    scenario: Scenario
    ids: dict[str, str]
    """Old id -> new id, where they differ."""


def mutations(scenario: Scenario, count: int) -> Iterator[Mutation]:
    """`count` mutations, every kind in turn, by the scenario's own id: the same in every run."""
    rng = random.Random(f"mutations of {scenario['id']}")
    kinds = list(KINDS)
    for number in range(count):
        name = kinds[number % len(kinds)]
        keeps, change = KINDS[name]
        changed, ids = copy.deepcopy(scenario), {}
        ids = change(changed, rng) or ids
        yield Mutation(name, keeps, changed, ids)


def _order(scenario: Scenario, rng: random.Random) -> None:
    rng.shuffle(scenario["evidence"])


def _twin(scenario: Scenario, rng: random.Random) -> None:
    """An outlet that relays an origin already there, in the same words."""
    if scenario["evidence"]:
        one = rng.choice(scenario["evidence"])
        place = rng.randrange(len(scenario["evidence"]) + 1)
        scenario["evidence"].insert(place, {**copy.deepcopy(one), "id": "twin", "text": "as relayed elsewhere"})


def _noise(scenario: Scenario, rng: random.Random) -> None:
    for number in range(rng.randrange(1, 4)):
        noise = {"id": f"noise{number}", "origin": f"noise {rng.random()}", **copy.deepcopy(rng.choice(NOISE))}
        scenario["evidence"].insert(rng.randrange(len(scenario["evidence"]) + 1), noise)


def _ids(scenario: Scenario, rng: random.Random) -> dict[str, str]:
    names = [f"{rng.randrange(10**6)}-{number}" for number in range(len(scenario["evidence"]))]
    ids = {one["id"]: new for one, new in zip(scenario["evidence"], names, strict=True)}
    for one in scenario["evidence"]:
        one["id"] = ids[one["id"]]
        for key in ("contradicts", "defeated_by"):
            if key in one:
                one[key] = [ids[name] for name in one[key]]
    return ids


def _zones(scenario: Scenario, rng: random.Random) -> None:
    """Every moment that has an offset under another offset: the same instant."""

    def shifted(value: Any, _: str, __: Scenario) -> Any:
        at = _moment(value)
        if at is None or at.tzinfo is None:
            return value
        zone = timezone(timedelta(minutes=rng.choice(ZONES)))
        return at.astimezone(zone).isoformat(timespec="milliseconds" if at.microsecond else "seconds")

    _each_end(scenario, shifted)


def _as_moments(scenario: Scenario, rng: random.Random) -> None:
    """Each bare day as the closed interval of UTC that it stands for, in any zone."""

    def widened(value: Any, key: str, item: Scenario) -> Any:
        day = _day(value)
        if day is None or item.get("date_basis") == "display_no_tz":
            return value
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        at = start - timedelta(hours=14) if key == "earliest" else start + timedelta(hours=36)
        zone = timezone(timedelta(minutes=rng.choice(ZONES)))
        return at.astimezone(zone).isoformat(timespec="microseconds")

    _each_end(scenario, widened)


def _rewritten(scenario: Scenario, rng: random.Random) -> None:
    """Days as one day, as a range in one text, as a date object: the same interval in other words."""
    for item in (scenario["claim"], *scenario["evidence"]):
        for key in TIMES:
            value = item.get(key)
            ends = [_day(value.get(end)) for end in ("earliest", "latest")] if isinstance(value, dict) else [None]
            if None in ends:
                continue
            first, last = ends[0], ends[1]
            forms = [{"earliest": first, "latest": last}, f"{first}/{last}"] + [str(first)] * (first == last)
            item[key] = rng.choice(forms)


def _later(scenario: Scenario, rng: random.Random) -> None:
    """Everything, and the check, the same whole number of weeks later or earlier."""
    weeks = timedelta(weeks=rng.randrange(-400, 400))

    def moved(value: Any, *_: Any) -> Any:
        if (day := _day(value)) is not None:
            return str(day + weeks)
        at = _moment(value)
        return value if at is None else (at + weeks).isoformat(timespec="milliseconds" if at.microsecond else "seconds")

    _each_end(scenario, moved)
    scenario["as_of"] = str(_day(scenario["as_of"]) + weeks)  # type: ignore[operator]


def _late_copy(scenario: Scenario, rng: random.Random) -> None:
    """One more copy on record, published on the day of the check: the earlier limits stand."""
    grade = f"{rng.choice('ABCDEF')}{rng.randrange(1, 7)}"
    basis = rng.choice(("agency_record", "archive_snapshot"))
    late = {"id": "late", "kind": "publication", "origin": "late copy", "grade": grade, "match": "exact"}
    scenario["evidence"].append({**late, "published": str(scenario["as_of"]), "date_basis": basis})


def _taken_away(scenario: Scenario, rng: random.Random) -> None:
    """Any but those that defeat another: without them it weighs again, as it should."""
    kept = {name for one in scenario["evidence"] for name in one.get("defeated_by", ())}
    gone = [one for one in scenario["evidence"] if one["id"] not in kept]
    if gone:
        scenario["evidence"].remove(one := rng.choice(gone))
        for other in scenario["evidence"]:
            if "contradicts" in other:
                other["contradicts"] = [name for name in other["contradicts"] if name != one["id"]]


def _wider(scenario: Scenario, rng: random.Random) -> None:
    """One date known less well. What is ruled out by a hard not-before, or by a date after the check, stays so."""
    dated = [(item, key) for item in scenario["evidence"] for key in TIMES if isinstance(item.get(key), dict)]
    last = str(scenario["as_of"])
    dated = [
        (item, key)
        for item, key in dated
        if item["kind"] != "author_life" and str((item.get("published") or {}).get("earliest", ""))[:10] <= last
    ]
    if dated:
        item, key = rng.choice(dated)
        for end, sign in (("earliest", -1), ("latest", 1)):
            if (day := _day(item[key].get(end))) is not None:
                item[key] = {**item[key], end: str(day + sign * timedelta(days=rng.randrange(400)))}


def _each_end(scenario: Scenario, change: Callable[[Any, str, Scenario], Any]) -> None:
    for item in (scenario["claim"], *scenario["evidence"]):
        for key in TIMES:
            if isinstance(item.get(key), dict):
                item[key] = {end: change(value, end, item) for end, value in item[key].items()}


def _day(value: Any) -> date | None:
    if isinstance(value, datetime) or value is None:
        return None
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)) if len(str(value)) == 10 else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None


KINDS: dict[str, tuple[Keeps, Callable[[Scenario, random.Random], dict[str, str] | None]]] = {
    "order": (Keeps.RENAMED, _order),
    "one origin relayed once more": (Keeps.SAME, _twin),
    "noise: absence, context, look-alikes, low grades, other pictures, later dates": (Keeps.SAME, _noise),
    "other ids": (Keeps.RENAMED, _ids),
    "the same moment in another zone": (Keeps.RENAMED, _zones),
    "days written as moments": (Keeps.SAME, _as_moments),
    "days written in other forms": (Keeps.RENAMED, _rewritten),
    "everything weeks later or earlier": (Keeps.RENAMED, _later),
    "one more copy, of the day of the check": (Keeps.SAME, _late_copy),
    "an item taken away": (Keeps.LOOSER, _taken_away),
    "a date known less well": (Keeps.NOT_RECYCLED, _wider),
}
