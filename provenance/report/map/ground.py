"""Coasts, borders and areas of the shipped file as arrays, joined once a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ...gazetteer.borders import SECOND_CODES, UNITS_PER_DEG, Borders, borders
from .lines import clipped, opened_ring

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .projection import Floats

    Numbers = NDArray[np.intp]

# Areas of the source that are disputed as a whole, and between whom, in its own names and ISO 3166 codes.
DISPUTED_AREAS: dict[str, str] = {
    "Crimea": "Crimea (RU, UA)",
    "W. Sahara": "Western Sahara (EH, MA)",
    "Siachen Glacier": "Siachen Glacier (IN, PK)",
    "Kosovo": "Kosovo (RS, XK)",
    "N. Cyprus": "northern Cyprus (CY, TR)",
    "Cyprus U.N. Buffer Zone": "northern Cyprus (CY, TR)",
    "Somaliland": "Somaliland (SO)",
    "Spratly Is.": "Spratly Islands (CN, MY, PH, TW, VN)",
    "Scarborough Reef": "Scarborough Reef (CN, PH, TW)",
}
# Borders that are disputed as a whole, by the names of both sides.
DISPUTED_BORDERS: dict[frozenset[str], str] = {
    frozenset(("Israel", "Palestine")): "Israel and Palestine (IL, PS)",
    frozenset(("South Korea", "North Korea")): "armistice line in Korea (KP, KR)",
}
# Parts of a border inside a box of the gazetteer's SECOND_CODES, by who holds and who claims.
DISPUTED_PARTS: dict[frozenset[str], str] = {
    frozenset(("IL", "SY")): "Golan Heights (IL, SY)",
    frozenset(("IN", "PK")): "Kashmir (IN, PK)",
    frozenset(("CN", "IN")): "border of China and India (CN, IN)",
    frozenset(("EG", "SD")): "Halaib (EG, SD)",
}

# What the source draws as part of one country though all of it is disputed, where a parallel tells it apart: the box
# (west, south, east, north) that holds it. Boxes of other disputes are too coarse to be drawn.
DISPUTED_WITHIN: dict[str, tuple[tuple[float, float, float, float], str]] = {
    "Morocco": ((-17.2, 20.75, -8.66, 27.67), "Western Sahara (EH, MA)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """Closed lines one after another: numbers of points, and where each ring starts; the last start is the end."""

    points: Numbers = field(repr=False)
    starts: Numbers = field(repr=False)
    low: Floats = field(repr=False)
    """Least longitude and latitude of each ring."""
    high: Floats = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A line between two areas, as numbers of points from first to last, and what is disputed about it, or ""."""

    first: int
    last: int
    disputed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A country or another area that the source sets apart."""

    name: str
    codes: tuple[str, ...]
    rings: Rings
    disputed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """All of the file. `lonlat`: shape (n, 2), degrees."""

    lonlat: Floats = field(repr=False)
    land: Rings
    areas: tuple[Area, ...]
    borders: tuple[Border, ...]
    seams: Numbers = field(repr=False)
    """Points whose way to the next one runs along the antimeridian, where the source cuts land in two."""

    within: tuple[tuple[Floats, str], ...]
    """Rings in degrees of what is disputed inside an area, and what that is."""

    def area_at(self, lon_deg: float, lat_deg: float) -> Area | None:
        """The area at a position; None at sea."""
        number = borders().area_at(round(lon_deg * UNITS_PER_DEG), round(lat_deg * UNITS_PER_DEG))
        return self.areas[number - 1] if number else None

    def of_country(self, code: str) -> tuple[Area, ...]:
        """Every area that carries a code."""
        return tuple(area for area in self.areas if code in area.codes) if code else ()


@lru_cache(maxsize=1)
def ground() -> Ground:
    """The shipped file."""
    import numpy as np

    data = borders()
    lonlat = np.asarray(data.points, np.float64).reshape(-1, 2) / UNITS_PER_DEG
    areas = tuple(
        Area(
            name=name,
            codes=codes,
            rings=_rings([_joined(data, ring) for ring in rings], lonlat),
            disputed=DISPUTED_AREAS.get(name, ""),
        )
        for name, codes, rings in data.areas
    )
    return Ground(
        lonlat=lonlat,
        land=_land(data, lonlat),
        areas=areas,
        within=tuple(_within(areas, lonlat)),
        borders=tuple(_borders(data, lonlat)),
        seams=_seams(data, lonlat),
    )


def _within(areas: tuple[Area, ...], lonlat: Floats) -> Iterator[tuple[Floats, str]]:
    for area in areas:
        if area.name in DISPUTED_WITHIN:
            box, disputed = DISPUTED_WITHIN[area.name]
            for first, last in pairwise(area.rings.starts.tolist()):
                ring = clipped(lonlat[area.rings.points[first:last]], *box)
                if len(ring) > 2:
                    yield ring, disputed


def _seams(data: Borders, lonlat: Floats) -> Numbers:
    import numpy as np

    along = (np.abs(lonlat[:-1, 0]) == 180) & (lonlat[:-1, 0] == lonlat[1:, 0])
    along[np.asarray(data.arc_start, np.intp)[1:-1] - 1] = False  # from one arc to the next
    return np.flatnonzero(along)


def _rings(rings: list[Numbers], lonlat: Floats) -> Rings:
    import numpy as np

    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    points = np.concatenate(rings)
    low = np.minimum.reduceat(lonlat[points], starts[:-1])
    high = np.maximum.reduceat(lonlat[points], starts[:-1])
    for ring in np.flatnonzero(high[:, 0] - low[:, 0] > 180).tolist():
        opened = opened_ring(lonlat[rings[ring]])  # one around a pole reaches to it
        low[ring, 1], high[ring, 1] = opened[:, 1].min(), opened[:, 1].max()
        low[ring, 0], high[ring, 0] = -180.0, 180.0
    return Rings(points=points, starts=starts, low=low, high=high)


def _arc(data: Borders, number: int) -> Numbers:
    import numpy as np

    arc = number if number >= 0 else ~number
    found = np.arange(data.arc_start[arc], data.arc_start[arc + 1])
    return found if number >= 0 else found[::-1]


def _joined(data: Borders, arcs: list[int]) -> Numbers:
    """A ring without its last point, which is its first."""
    import numpy as np

    return np.concatenate([_arc(data, number)[:-1] for number in arcs])


def _land(data: Borders, lonlat: Floats) -> Rings:
    """Coasts joined at the places where borders meet them: an even number of coasts ends at each."""
    whole, ends = [], defaultdict[tuple[int, int], list[int]](list)
    for arc in range(len(data.arc_start) - 1):
        if data.sides[2 * arc + 1]:
            continue
        first, last = _end(data, data.arc_start[arc]), _end(data, data.arc_start[arc + 1] - 1)
        if first == last:
            whole.append([arc])
        else:
            ends[first].append(arc)
            ends[last].append(~arc)
    used: set[int] = set()
    for here, arcs in ends.items():
        while arcs:
            ring, at = list[int](), here
            while (found := _next(ends[at], used)) is not None:
                ring.append(found)
                used.add(found if found >= 0 else ~found)
                at = _end(data, data.arc_start[found + 1] - 1 if found >= 0 else data.arc_start[~found])
            if not ring:
                break
            whole.append(ring)
    return _rings([_joined(data, ring) for ring in whole], lonlat)


def _next(arcs: list[int], used: set[int]) -> int | None:
    while arcs:
        arc = arcs.pop()
        if (arc if arc >= 0 else ~arc) not in used:
            return arc
    return None


def _end(data: Borders, point: int) -> tuple[int, int]:
    x, y = data.points[2 * point], data.points[2 * point + 1]
    return (-x if x == 180 * UNITS_PER_DEG else x), y


def _borders(data: Borders, lonlat: Floats) -> list[Border]:
    found = []
    for arc in range(len(data.arc_start) - 1):
        one, other = data.sides[2 * arc], data.sides[2 * arc + 1]
        if not other or one == other:
            continue
        first, last = data.arc_start[arc], data.arc_start[arc + 1] - 1
        areas = data.areas[one - 1], data.areas[other - 1]
        names = [area[0] for area in areas]
        whole = DISPUTED_BORDERS.get(frozenset(names)) or next(filter(None, map(DISPUTED_AREAS.get, names)), "")
        found += [Border(first=first, last=last, disputed=whole)] if whole else _parts(lonlat, first, last, areas)
    return found


def _parts(
    lonlat: Floats, first: int, last: int, areas: tuple[tuple[str, tuple[str, ...], object], ...]
) -> list[Border]:
    """A border cut where it enters or leaves a box in which it is disputed."""
    import numpy as np

    codes = [set(area[1]) for area in areas]
    within, called = np.zeros(last - first, bool), ""
    middles = (lonlat[first:last] + lonlat[first + 1 : last + 1]) / 2
    for (south, west, north, east), held, claimed in SECOND_CODES:
        name = DISPUTED_PARTS.get(frozenset((held, claimed)), "")
        if name and ((held in codes[0] and claimed in codes[1]) or (held in codes[1] and claimed in codes[0])):
            lon, lat = middles.T
            within |= (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
            called = name
    edges = [0, *(np.flatnonzero(np.diff(within)) + 1).tolist(), last - first]
    return [
        Border(first=first + start, last=first + end, disputed=called if within[start] else "")
        for start, end in pairwise(edges)
        if end > start
    ]
