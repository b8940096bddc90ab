"""In which country a position lies, from borders and never from circles; and the outlines of countries, to draw them.

Natural Earth 1:10 million (docs/adr/0017-gazetteer.md), good to some hundred metres. It draws who holds an area.
Crimea, drawn with Russia, carries both codes here, as do other areas that it sets apart (Siachen IN and PK, Guantanamo
Bay CU and US, the bases on Cyprus CY and GB); where it draws no line, SECOND_CODES adds the code of who else claims the
area, or the code that an overseas part has of its own.

Layout of data/borders.bin, little-endian: MAGIC, length of a JSON head, the head (areas with name, codes and rings as
numbers of arcs), then sections. `points`: longitude and latitude in 1e-4 degrees, arc after arc; a border is one arc
with two `sides`, a coast one with one. The map is cut into cells of half a degree; `centre` says which area lies in the
middle of a cell, `edges` which pieces of arcs touch it. From the middle to the position every border crossed changes
sides, so that only the pieces in one cell are looked at (the ray casting of Shimrat 1962 on a short ray).
"""

from __future__ import annotations

import json
import math
import mmap
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .columns import numbers

FILE = Path(__file__).with_name("data") / "borders.bin"
MAGIC = b"PBRD1\n\0\0"
SECTIONS = ("points", "arc_start", "sides", "centre", "cell_start", "edges")
_TYPES = {"points": "i", "arc_start": "I", "sides": "H", "centre": "H", "cell_start": "I", "edges": "I"}
CELL_DEG, ROWS, COLUMNS, UNITS_PER_DEG = 0.5, 360, 720, 10_000
# The source and the thinning are good to some hundred metres, and who stands at a border stands on both sides of it.
BORDER_KM = 5.0
# A quay or a beach lies off the drawn coast; a ship farther out is at sea.
COAST_KM = 2.0
FARTHEST_KM = 50.0
_KM_PER_DEG = 111.195

# Boxes (south, west, north, east) of areas that the source gives to one country, the code it gives and one more that is
# claimed, or that ISO 3166 gives the area. Coarse on purpose: they add a code and take none away.
SECOND_CODES: tuple[tuple[tuple[float, float, float, float], str, str], ...] = (
    ((32.65, 35.60, 33.35, 35.95), "IL", "SY"),  # Golan
    ((20.75, -17.20, 27.67, -8.66), "MA", "EH"),  # Western Sahara
    ((32.25, 73.20, 36.95, 80.40), "IN", "PK"),  # Kashmir
    ((32.25, 73.20, 36.95, 77.90), "PK", "IN"),
    ((32.50, 76.80, 36.40, 80.40), "CN", "IN"),  # Aksai Chin
    ((26.60, 91.50, 29.50, 97.40), "IN", "CN"),  # Arunachal Pradesh
    ((31.70, 35.10, 31.88, 35.30), "IL", "PS"),  # Jerusalem
    ((31.70, 35.10, 31.88, 35.30), "PS", "IL"),
    ((35.00, 32.60, 35.75, 34.70), "CY", "TR"),  # northern Cyprus
    ((22.00, 34.00, 23.60, 37.00), "EG", "SD"),  # Halaib
    ((2.00, -55.00, 6.00, -51.50), "FR", "GF"),
    ((15.75, -61.95, 16.60, -60.95), "FR", "GP"),
    ((14.30, -61.35, 14.95, -60.70), "FR", "MQ"),
    ((-21.50, 55.10, -20.75, 55.95), "FR", "RE"),
    ((-13.10, 44.90, -12.60, 45.40), "FR", "YT"),
    ((74.00, 10.00, 81.00, 35.00), "NO", "SJ"),
    ((11.90, -68.55, 17.70, -62.90), "NL", "BQ"),
    ((-9.50, -172.60, -8.40, -171.00), "NZ", "TK"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An area as Natural Earth draws it: its name there, the codes it carries, rings of (longitude, latitude)."""

    name: str
    codes: tuple[str, ...]
    rings: tuple[tuple[tuple[float, float], ...], ...]


class Borders:
    """The mapped file."""

    def __init__(self) -> None:
        with FILE.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{FILE.name} holds no borders of this version")
        start = len(MAGIC) + 4
        at = start + int.from_bytes(self._map[len(MAGIC) : start], "little")
        head = json.loads(self._map[start:at])
        self.areas: list[tuple[str, tuple[str, ...], list[list[int]]]] = [
            (name, tuple(codes), rings) for name, codes, rings in head["areas"]
        ]
        columns = {}
        for name in SECTIONS:
            at += -at % 8
            end = at + head["sections"][name]
            columns[name] = numbers(memoryview(self._map)[at:end], _TYPES[name])
            at = end
        self.points, self.arc_start, self.sides = columns["points"], columns["arc_start"], columns["sides"]
        self.centre, self.cell_start, self.edges = columns["centre"], columns["cell_start"], columns["edges"]

    def area_at(self, x: int, y: int) -> int:
        """Number of the area at a position in file units; 0 is sea."""
        size = round(CELL_DEG * UNITS_PER_DEG)
        column = min(COLUMNS - 1, max(0, (x + 180 * UNITS_PER_DEG) // size))
        row = min(ROWS - 1, max(0, (y + 90 * UNITS_PER_DEG) // size))
        middle_x = column * size + size // 2 - 180 * UNITS_PER_DEG
        middle_y = row * size + size // 2 - 90 * UNITS_PER_DEG
        cell = row * COLUMNS + column
        inside = {self.centre[cell]}
        points = self.points
        way_x, way_y = x - middle_x, y - middle_y
        for edge in self.edges[self.cell_start[cell] : self.cell_start[cell + 1]]:
            x1, y1, x2, y2 = points[2 * edge : 2 * edge + 4]
            first = way_x * (y1 - middle_y) - way_y * (x1 - middle_x) > 0
            if first == (way_x * (y2 - middle_y) - way_y * (x2 - middle_x) > 0):
                continue
            edge_x, edge_y = x2 - x1, y2 - y1
            before = edge_x * (middle_y - y1) - edge_y * (middle_x - x1) > 0
            if before != (edge_x * (y - y1) - edge_y * (x - x1) > 0):
                inside ^= set(self._sides(edge))
        return max(inside - {0}, default=0)

    def near(self, lat_deg: float, lon_deg: float, within_km: float) -> dict[int, float]:
        """Areas with a border or coast within a distance, and how far that is, km (equirectangular, for short ways)."""
        narrow = max(math.cos(math.radians(lat_deg)), 0.01)
        high, wide = within_km / _KM_PER_DEG, within_km / _KM_PER_DEG / narrow
        found: dict[int, float] = {}
        x, y = lon_deg * UNITS_PER_DEG, lat_deg * UNITS_PER_DEG
        km = _KM_PER_DEG / UNITS_PER_DEG
        points = self.points
        for edge in self._edges_in(lat_deg - high, lat_deg + high, lon_deg - wide, lon_deg + wide):
            x1, y1, x2, y2 = points[2 * edge : 2 * edge + 4]
            along_x, along_y, off_x, off_y = (x2 - x1) * narrow, y2 - y1, (x - x1) * narrow, y - y1
            length = along_x * along_x + along_y * along_y
            share = min(1.0, max(0.0, (off_x * along_x + off_y * along_y) / length)) if length else 0.0
            away = math.hypot(off_x - share * along_x, off_y - share * along_y) * km
            if away <= within_km:
                for side in self._sides(edge):
                    found[side] = min(away, found.get(side, math.inf))
        return found

    def _edges_in(self, south_deg: float, north_deg: float, west_deg: float, east_deg: float) -> Iterator[int]:
        """The pieces of arcs in the cells that touch a box; one that lies in several of them comes as often."""
        for row in range(_cell(south_deg + 90, ROWS), _cell(north_deg + 90, ROWS) + 1):
            for column in range(_cell(west_deg + 180, COLUMNS), _cell(east_deg + 180, COLUMNS) + 1):
                cell = row * COLUMNS + column
                yield from self.edges[self.cell_start[cell] : self.cell_start[cell + 1]]

    def _sides(self, edge: int) -> tuple[int, ...]:
        arc = bisect_right(self.arc_start, edge) - 1
        return tuple(side for side in self.sides[2 * arc : 2 * arc + 2] if side)


def country_at(lat_deg: float, lon_deg: float, *, within_km: float = BORDER_KM) -> tuple[str, ...]:
    """ISO codes of the country at a position, then of those whose border is nearer than `within_km` (at most 50).

    Empty at sea, farther than 2 km from every coast. Several codes are no error: near a border and in disputed areas
    the position alone does not tell. Raises ValueError for what is no position.
    """
    if not (-90 <= lat_deg <= 90 and -180 <= lon_deg <= 180):
        raise ValueError(f"{lat_deg}, {lon_deg} is no latitude and longitude")
    data, reach_km = borders(), min(FARTHEST_KM, max(0.0, within_km))
    here = data.area_at(round(lon_deg * UNITS_PER_DEG), round(lat_deg * UNITS_PER_DEG))
    near = sorted(
        data.near(lat_deg, lon_deg, reach_km if here else min(COAST_KM, reach_km)).items(), key=lambda one: one[1]
    )
    numbers = dict.fromkeys(([here] if here else []) + [number for number, _ in near])
    codes = dict.fromkeys(code for number in numbers for code in data.areas[number - 1][1])
    for (south, west, north, east), held, claimed in SECOND_CODES:
        if held in codes and south <= lat_deg <= north and west <= lon_deg <= east:
            codes[claimed] = None
    return tuple(codes)


def outlines() -> tuple[Outline, ...]:
    """Every area, for drawing from -180 to 180 degrees. A ring inside another of its area is a hole (even-odd).

    What crosses the antimeridian is cut there into rings that close along it, and Antarctica over the pole.
    """
    data = borders()
    return tuple(
        Outline(name=name, codes=codes, rings=tuple(part for ring in rings for part in _cut(_ring(data, ring))))
        for name, codes, rings in data.areas
    )


def _cut(ring: tuple[tuple[float, float], ...]) -> list[tuple[tuple[float, float], ...]]:
    jumps = [place for place in range(1, len(ring)) if abs(ring[place][0] - ring[place - 1][0]) > 180]
    if not jumps:
        return [ring]
    parts = [ring[first:last] for first, last in zip([0, *jumps], [*jumps, len(ring)], strict=True)]
    if len(jumps) == 1:
        whole = (*parts[1], *parts[0][1:])
        return [(*whole, (whole[-1][0], -90.0), (whole[0][0], -90.0), whole[0])]
    joined = [(*parts[-1], *parts[0][1:]), *parts[1:-1]]
    return [(*part, part[0]) for part in joined if len(part) > 2]


def _ring(data: Borders, arcs: list[int]) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for number in arcs:
        arc = number if number >= 0 else ~number
        flat = data.points[2 * data.arc_start[arc] : 2 * data.arc_start[arc + 1]]
        pairs = [(x / UNITS_PER_DEG, y / UNITS_PER_DEG) for x, y in zip(flat[::2], flat[1::2], strict=True)]
        found += (pairs if number >= 0 else pairs[::-1])[1 if found else 0 :]
    return tuple(found)


def _cell(degrees: float, most: int) -> int:
    return min(most - 1, max(0, math.floor(degrees / CELL_DEG)))


@lru_cache(maxsize=1)
def borders() -> Borders:
    """The shipped file, mapped once a process."""
    return Borders()
