"""What is disputed: borders and areas, as whole or in part, and between whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ...gazetteer.borders import SECOND_CODES, Borders
from .areas import Area, Border
from .cutting import clipped

if TYPE_CHECKING:
    from .projection import Floats

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


def within(areas: tuple[Area, ...], lonlat: Floats) -> Iterator[tuple[Floats, str]]:
    """Rings in degrees of what is disputed inside an area, and what that is."""
    for area in areas:
        if area.name not in DISPUTED_WITHIN:
            continue
        box, disputed = DISPUTED_WITHIN[area.name]
        for first, last in pairwise(area.rings.starts.tolist()):
            ring = clipped(lonlat[area.rings.points[first:last]], *box)
            if len(ring) > 2:
                yield ring, disputed


def borders_of(data: Borders, lonlat: Floats) -> list[Border]:
    """Every border between two areas, with what is disputed about it."""
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
