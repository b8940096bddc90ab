"""Random evidence sets as scenarios: every kind of item, every basis and match, all grades, open and closed times."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

_ROWS = (
    ("Sudzha", "RU", 51.1919, 35.2722, 8, "city", ("Kursk Oblast", "Russia")),
    ("Kursk Oblast", "RU", 51.7, 36.2, 170, "region", ("Russia",)),
    ("Belgorod", "RU", 50.5977, 36.5858, 15, "city", ("Russia",)),
    ("Krasnoyarsk", "RU", 56.0106, 92.8525, 20, "city", ("Russia",)),
    ("Russia", "RU", 61.5, 96.0, 4200, "country", ()),
    ("Odesa", "UA", 46.4825, 30.7233, 25, "city", ("Ukraine",)),
    ("Ukraine", "UA", 48.8, 31.4, 700, "country", ()),
    ("Crimea", "UA", 45.3, 34.4, 170, "region", ("Ukraine",)),
    ("Aleppo", "SY", 36.2021, 37.1343, 15, "city", ()),
    ("Izmir", "TR", 38.4237, 27.1428, 30, "city", ("Turkey",)),
    ("Turkey", "TR", 39.0, 35.2, 850, "country", ()),
    ("Brussels", "BE", 50.8503, 4.3517, 12, "city", ("Belgium",)),
    ("Belgium", "BE", 50.6, 4.6, 150, "country", ()),
    ("France", "FR", 46.6, 2.4, 600, "country", ()),
    ("Lima", "PE", -12.0464, -77.0428, 35, "city", ()),
)
INSIDE: dict[str, tuple[str, ...]] = {row[0]: (row[0], *row[6]) for row in _ROWS}
# Both countries give this area their code, so the code does not part it from the second.
OVERLAP = frozenset({frozenset(("Crimea", "Russia"))})
PLACES: dict[str, dict[str, Any]] = {
    row[0]: dict(zip(("name", "cc", "lat", "lon", "radius_km", "level"), row[:6], strict=True)) for row in _ROWS
}
GRADES = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3", "C3", "C3", "C4", "D3", "E5", "F3", "F6")
BASES = ("agency_record", "platform_utc", "archive_snapshot", "print", "stock_record", "page_date", "page_date",
         "statement", "search_snippet", "crawl_relative", "display_no_tz")  # fmt: skip
MATCHES = ("exact", "near", "crop", "mirrored", "component", "similar_scene", "different_image", "unknown")
SOFT = ("statement", "geolocation", "sign_text", "sun", "weather", "object", "metadata")
FIELDS = ("EXIF:DateTimeOriginal", "EXIF:DateTimeOriginal", "XMP:ModifyDate", "File:FileModifyDate")
FIRST = datetime(2019, 1, 1, tzinfo=UTC)
AS_OF = "2021-05-02"


def evidence_set(number: int) -> dict[str, Any]:
    """The same number gives the same set in every run."""
    rng = random.Random(f"evidence set {number}")
    claim: dict[str, Any] = {"text": "claimed", "by": "claimant"}
    if rng.random() < 0.9:
        claim["time"] = _interval(rng)
    if rng.random() < 0.9:
        claim["place"] = PLACES[rng.choice(list(PLACES))]
    count = rng.choice((0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8))
    return {
        "id": f"set-{number}",
        "as_of": AS_OF,
        "claim": claim,
        "evidence": [_item(rng, f"e{index}", claim) for index in range(count)],
    }


def _item(rng: random.Random, name: str, claim: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": name,
        "origin": rng.choice(("north", "south", "east", "west", "claimant")),
        "grade": rng.choice(GRADES),
        "text": "somebody said so",
    }
    roll = rng.random()
    if roll < 0.4:
        return item | _publication(rng, claim)
    if roll < 0.9:
        return item | _saying(rng, claim)
    if roll < 0.95:
        return item | {"kind": "author_life", "time": _open(rng)}
    return item | {"kind": rng.choice(("absence", "context", "similarity"))}


def _publication(rng: random.Random, claim: dict[str, Any]) -> dict[str, Any]:
    item = {"kind": "publication", "published": _interval(rng), "date_basis": rng.choice(BASES)}
    item["match"] = rng.choice(MATCHES) if rng.random() < 0.4 else rng.choice(MATCHES[:4])
    if rng.random() < 0.5:
        item["caption_time"] = _time(rng, claim)
    if rng.random() < 0.5:
        item["caption_place"] = _place(rng, claim)
    return item


def _saying(rng: random.Random, claim: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {"kind": rng.choice(SOFT), "time": _time(rng, claim)}
    if item["kind"] == "metadata":
        item["field"] = rng.choice(FIELDS)
    # Signs speak of an area of use, of which borders tell less; they are tried in the scenarios.
    elif rng.random() < 0.7 and item["kind"] != "sign_text":
        item["place"] = _place(rng, claim)
    if rng.random() < 0.15:
        item["asserts_not"] = True
    if item["kind"] == "statement" and rng.random() < 0.1:
        item["about"] = "event"
    return item


def _time(rng: random.Random, claim: dict[str, Any]) -> dict[str, str]:
    """A third of the times and places are those claimed, so that claims are supported too."""
    return dict(claim["time"]) if "time" in claim and rng.random() < 0.35 else _interval(rng)


def _place(rng: random.Random, claim: dict[str, Any]) -> dict[str, Any]:
    near: dict[str, Any] | None = claim.get("place") if rng.random() < 0.35 else None
    return near or PLACES[rng.choice(list(PLACES))]


def _interval(rng: random.Random) -> dict[str, str]:
    """Mostly bare days, in clusters many just meeting or missing; some minutes with an offset; some open ends."""
    if rng.random() < 0.12:
        return _open(rng)
    start = _start(rng)
    length = rng.choice((0, 0, 1, 2, 7, 30, 200))
    if rng.random() < 0.2:
        zone = timezone(timedelta(minutes=rng.choice((-720, -570, -300, 0, 180, 345, 840))))
        first = start.replace(hour=rng.randrange(24), minute=rng.randrange(60)).astimezone(zone)
        last = first + timedelta(days=length, minutes=rng.randrange(90))
        return {"earliest": first.isoformat(timespec="minutes"), "latest": last.isoformat(timespec="minutes")}
    return {"earliest": str(start.date()), "latest": str((start + timedelta(days=length)).date())}


def _open(rng: random.Random) -> dict[str, str]:
    return {rng.choice(("earliest", "latest")): str(_start(rng).date())}


def _start(rng: random.Random) -> datetime:
    return FIRST + timedelta(days=37 * rng.randrange(25) + rng.randrange(5))
