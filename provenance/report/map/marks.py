"""What a map shows: the places that a report speaks of, who speaks of them, and the lines between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ...gazetteer.find import find
from ...gazetteer.table import Kind
from ...intake.said import where
from ...model.evidence import Lead
from ...model.finding import Conflict
from ...model.place import EARTH_HALF_GIRTH_KM, Level, Place
from ...model.report import Report
from ...model.text import visible
from .. import view, words
from .ground import ground

MOST_MARKS = 40
"""Places that are drawn; more on one map hide each other."""
MOST_LINES = 12
MOST_STATED = 6
MOST_BANDS = 2
MOST_ENTRIES = 8
"""Items that are listed of one place."""
MOST_CIRCLES = 3
# Places are one mark where their middles are about 100 m apart.
_SAME_DEG = 3


class Role(StrEnum):
    """How a place is spoken of; each has its shape."""

    CLAIMED = "claimed, under test"
    EVIDENCE = "named by other evidence"
    LEAD = "a lead, no limit"
    DENIED = "denied"
    SPOKEN = "end of a stated distance only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item that speaks of a place."""

    role: Role
    by: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place with everything that speaks of it."""

    number: int
    name: str
    lat_deg: float
    lon_deg: float
    radii_km: tuple[float, ...]
    country: str
    """Code of the country whose outline stands for it; "" for a place with a circle."""
    entries: tuple[Entry, ...]
    more: int = 0
    """Items beyond those in `entries`."""

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role once, in the order of Role."""
        found = {entry.role for entry in self.entries}
        return tuple(role for role in Role if role in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A distance between two marks, by their numbers."""

    first: int
    second: int
    stated: bool
    """Somebody stated this distance; otherwise the two places contradict each other."""
    label: str
    told: str
    """The same in full."""
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A stated distance, measured again: what is to be written on its line."""

    id: str
    start: Place
    end: Place
    label: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where on Earth the sun stood as a measured shadow says: strips, corners as (longitude, latitude) in degrees."""

    ids: tuple[str, ...]
    told: str
    strips: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that is drawn, and in words what is not."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...] = ()
    left_out: tuple[str, ...] = ()


def shown(report: Report, stated: Sequence[Stated] = (), bands: Sequence[Band] = ()) -> Shown | None:
    """The places of a report; None where nothing has a position or an outline."""
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
            entry = Entry(role=_role(saying), by=visible(saying.by), id=saying.item.id)
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
    lines, more = _lines(report, {one: numbers[key] for key, group in ordered for one in group.ids})
    return Shown(
        marks=marks,
        lines=(*lines, *_stated(usable, numbers)),
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
    return round(place.lat_deg, _SAME_DEG), round(place.lon_deg, _SAME_DEG), place.level in (Level.POINT, Level.CITY)


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


def _role(saying: view.Saying) -> Role:
    if saying.denies:
        return Role.DENIED
    if saying.result is not None or getattr(saying.item, "tested", False):
        return Role.CLAIMED
    return Role.LEAD if isinstance(saying.item, Lead) else Role.EVIDENCE


def _lines(report: Report, numbers: Mapping[str, int]) -> tuple[list[Line], int]:
    """A line for each pair of marks whose items contradict each other in place, of claims under test where they do."""
    tested = {saying.item.id for saying in view.under_test(report)}
    pairs: dict[tuple[int, int], Line] = {}
    of_claims: set[tuple[int, int]] = set()
    for conflict in words.conflicts(report):
        ends = numbers.get(conflict.first), numbers.get(conflict.second)
        if conflict.dimension != "place" or conflict.about != "picture":
            continue
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        pair = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        if {conflict.first, conflict.second} & tested:
            of_claims.add(pair)
        line, known = _apart(conflict, pair), pairs.get(pair)
        pairs[pair] = line if known is None else replace(known, ids=tuple(dict.fromkeys((*known.ids, *line.ids))))
    drawn = [line for pair, line in pairs.items() if pair in of_claims or not of_claims][:MOST_LINES]
    return drawn, len(pairs) - len(drawn)


def _apart(conflict: Conflict, pair: tuple[int, int]) -> Line:
    return Line(
        first=pair[0],
        second=pair[1],
        stated=False,
        label=f"{conflict.gap} apart" if conflict.gap else "not the same place",
        told=visible(words.at_odds(conflict)),
        ids=(conflict.first, conflict.second),
    )


def _stated(stated: Sequence[Stated], numbers: Mapping[tuple[object, ...], int]) -> Iterator[Line]:
    for one in stated:
        first, second = (numbers.get(key) if (key := _key(end)) else None for end in (one.start, one.end))
        if first is not None and second is not None and first != second:
            yield Line(
                first=first, second=second, stated=True, label=visible(one.label), told=visible(one.told), ids=(one.id,)
            )
