"""The places of a report, each with everything that speaks of it, in the order in which they are drawn."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from ...gazetteer.find import find
from ...gazetteer.table import Kind
from ...model.evidence import Lead
from ...model.place import EARTH_HALF_GIRTH_KM, Level, Place
from ...model.report import Report
from ...model.said import where
from ...model.text import visible
from .. import view
from .between import contradicting, measured
from .ground import ground
from .marks import (
    MOST_BANDS,
    MOST_CIRCLES,
    MOST_ENTRIES,
    MOST_MARKS,
    MOST_STATED,
    Band,
    Entry,
    Mark,
    Role,
    Shown,
    Stated,
)

# Places are one mark where their middles are about 100 m apart.
_SAME_DEG = 3
_POLE_DEG = 90.0


def shown(
    report: Report, stated: Sequence[Stated] = (), bands: Sequence[Band] = (), aside: Collection[str] = ()
) -> Shown | None:
    """The places of a report; None where nothing has a position or an outline.

    `aside`: ids of the items that count for nothing.
    """
    groups: dict[tuple[object, ...], _Group] = {}
    lacking = impossible = 0
    for saying in (*view.under_test(report), *view.others(report)):
        place = saying.place
        if place is None:
            continue
        if not _usable(place):
            impossible += 1
        elif (key := _key(place)) is None:
            lacking += 1
        else:
            entry = Entry(role=_role(saying, aside), by=visible(saying.by), id=saying.item.id)
            groups.setdefault(key, _Group(place)).add(place, entry)
    usable = [one for one in stated if _key(one.start) and _key(one.end)][:MOST_STATED]
    for one in usable:
        for end in (one.start, one.end):
            key = _key(end)
            if key is not None and _usable(end):
                entry = Entry(role=Role.SPOKEN, by="", id=one.id)
                groups.setdefault(key, _Group(end)).spoken(entry)
    if not groups:
        return None
    ordered = sorted(groups.items(), key=lambda pair: (min(map(list(Role).index, pair[1].roles())), -pair[1].count))
    ordered = ordered[:MOST_MARKS]
    marks = tuple(group.mark(number) for number, (_, group) in enumerate(ordered, 1))
    numbers = {key: number for number, (key, _) in enumerate(ordered, 1)}
    lines, more = contradicting(report, marks, {one: numbers[key] for key, group in ordered for one in group.ids})
    return Shown(
        marks=marks,
        lines=(*lines, *measured(usable, lambda end: numbers.get(_key(end) or ()))),
        bands=tuple(bands[:MOST_BANDS]),
        left_out=_left_out(len(groups) - len(ordered), more, lacking, impossible),
    )


def _left_out(places: int, contradictions: int, lacking: int, impossible: int) -> tuple[str, ...]:
    """What is not drawn, a sentence each."""
    said = (
        (places, "more place is not drawn.", "more places are not drawn."),
        (
            contradictions,
            "more contradiction in place is not drawn as a line.",
            "more contradictions in place are not drawn as lines.",
        ),
        (
            lacking,
            "item names a place without a position and is not drawn.",
            "items name places without a position and are not drawn.",
        ),
        (
            impossible,
            "item has coordinates that are no position on Earth and is not drawn.",
            "items have coordinates that are no position on Earth and are not drawn.",
        ),
    )
    return tuple(f"{count:,} {one if count == 1 else several}" for count, one, several in said if count)


class _Group:
    """Items of one place, while they are gathered."""

    def __init__(self, place: Place) -> None:
        self.place, self.radii, self.ids = place, dict[float, None](), dict[str, None]()
        self.entries: list[Entry] = []
        self.count = 0

    def add(self, place: Place, entry: Entry) -> None:
        self.radii[round(place.radius_km, 3)] = None
        self.count += 1
        self.ids[entry.id] = None
        self.entries.append(entry)

    def spoken(self, entry: Entry) -> None:
        if not self.entries:
            self.entries.append(entry)

    def roles(self) -> set[Role]:
        return {entry.role for entry in self.entries}

    def mark(self, number: int) -> Mark:
        # Every role keeps its first item, however many others there are.
        ranked = sorted(self.entries, key=lambda entry: list(Role).index(entry.role))
        firsts = {entry.role: entry for entry in reversed(ranked)}
        rest = [entry for entry in ranked if firsts[entry.role] is not entry]
        kept = sorted(
            [*firsts.values(), *rest][:MOST_ENTRIES],
            key=lambda entry: (list(Role).index(entry.role), self.entries.index(entry)),
        )
        country = self.place.cc if _is_country(self.place) else ""
        lat, lon = _middle(self.place)
        radii = () if country else tuple(sorted(self.radii or {0.0: None}, reverse=True)[:MOST_CIRCLES])
        return Mark(
            number=number,
            name=visible(where(self.place), limit=120),
            lat_deg=lat,
            lon_deg=lon,
            radii_km=radii,
            country=country,
            entries=tuple(kept),
            more=len(self.entries) - len(kept),
        )  # fmt: skip


def _usable(place: Place) -> bool:
    """A place without coordinates, or with some on Earth."""
    if place.lat_deg is None or place.lon_deg is None:
        return place.lat_deg is place.lon_deg
    numbers = (place.lat_deg, place.lon_deg, place.radius_km)
    if not all(math.isfinite(number) for number in numbers):
        return False
    return abs(place.lat_deg) <= 90 and abs(place.lon_deg) <= 180 and 0 <= place.radius_km <= EARTH_HALF_GIRTH_KM


def _is_country(place: Place) -> bool:
    return place.level is Level.COUNTRY and bool(ground().of_country(place.cc))


def _key(place: Place) -> tuple[object, ...] | None:
    if _is_country(place):
        return ("country", place.cc)
    if place.lat_deg is None or place.lon_deg is None:
        return None
    # 180 degrees west and east are one meridian, and at a pole all of them meet.
    lon = 0.0 if abs(place.lat_deg) == _POLE_DEG else round(place.lon_deg % 360, _SAME_DEG) % 360
    return round(place.lat_deg, _SAME_DEG), lon, place.level in (Level.POINT, Level.CITY)


def _middle(place: Place) -> tuple[float, float]:
    if place.lat_deg is not None and place.lon_deg is not None:
        return place.lat_deg, place.lon_deg
    for one in find(place.name, cc=place.cc):
        if one.kind is Kind.COUNTRY:
            return one.lat_deg, one.lon_deg
    # The middle of the longest coast or border ring: inside or near the largest part of the country.
    area = max(ground().of_country(place.cc), key=lambda one: len(one.rings.points))
    starts = area.rings.starts
    longest = max(range(len(starts) - 1), key=lambda ring: starts[ring + 1] - starts[ring])
    ring = ground().lonlat[area.rings.points[starts[longest] : starts[longest + 1]]]
    lon, lat = (ring.min(axis=0) + ring.max(axis=0)) / 2
    return float(lat), float(lon)


def _role(saying: view.Saying, aside: Collection[str]) -> Role:
    if saying.denies and saying.item.id not in aside:
        return Role.DENIED
    if saying.result is not None or getattr(saying.item, "tested", False):
        return Role.CLAIMED
    if isinstance(saying.item, Lead):
        return Role.LEAD
    return Role.NOTHING if saying.item.id in aside else Role.EVIDENCE
