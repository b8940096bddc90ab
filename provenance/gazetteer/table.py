"""The file of settlements, regions and countries: mapped, never loaded; a name is found by halving.

Layout of data/settlements.bin, little-endian: MAGIC, length of a JSON head, the head (counts, first-order regions,
countries, lengths of the sections), then the sections, each at a multiple of 8. Columns: latitude and longitude in
1e-5 degrees, population, start of the name, region. Rows are settlements first, in bands of a quarter degree from the
south and within a band from the west, so that a box on the map is a few runs of rows; then regions, then countries.
`keys`: one line a folded name (keys.py), sorted by bytes: key, tab, three digits to base 94 a row.
"""

from __future__ import annotations

import json
import math
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from .columns import numbers

FILE = Path(__file__).with_name("data") / "settlements.bin"
MAGIC = b"PGAZ1\n\0\0"
SECTIONS = ("lat", "lon", "population", "name_start", "row_start", "admin", "extent_km", "names", "keys")
DIGITS = bytes(range(33, 127))
BAND_DEG = 0.25
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_TYPES = {
    "lat": "i",
    "lon": "i",
    "population": "I",
    "name_start": "I",
    "row_start": "I",
    "admin": "H",
    "extent_km": "H",
}
# A name such as San Antonio has some hundred; more are not worth a list.
MOST_ROWS = 400


class Kind(IntEnum):
    """What a row is, in the file's order."""

    SETTLEMENT = 0
    REGION = 1
    COUNTRY = 2


def row_of(lat_deg: float) -> int:
    """The band of a latitude, counted from the south pole."""
    return math.floor((lat_deg + 90) / BAND_DEG)


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the file."""

    name: str
    cc: str
    admin1: str
    """Name of the first-order region, or ""."""
    lat_deg: float
    lon_deg: float
    population: int
    kind: Kind
    extent_km: int = 0
    """Of a region or country: from its middle to its farthest settlement."""


class Table:
    """The mapped file. Columns are views of it: nothing is copied before a row is asked for."""

    def __init__(self, path: Path = FILE) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path.name} is no gazetteer of this version")
        start = len(MAGIC) + 4
        length = int.from_bytes(self._map[len(MAGIC) : start], "little")
        head = json.loads(self._map[start : start + length])
        self.settlements: int = head["settlements"]
        self.countries: dict[str, str] = head["countries"]
        self._regions: int = head["regions"]
        self._admins: list[list[str]] = head["admins"]
        at = start + length
        spans: dict[str, tuple[int, int]] = {}
        for name in SECTIONS:
            at += -at % 8
            spans[name] = (at, at + head["sections"][name])
            at = spans[name][1]
        columns = {name: numbers(memoryview(self._map)[slice(*spans[name])], type_) for name, type_ in _TYPES.items()}
        self.lat, self.lon = columns["lat"], columns["lon"]
        self.population, self._name_start = columns["population"], columns["name_start"]
        self.row_start, self._admin, self._extent_km = columns["row_start"], columns["admin"], columns["extent_km"]
        self._names_at = spans["names"][0]
        self._keys = spans["keys"]

    def row(self, index: int) -> Row:
        """The place in one row."""
        first, last = self._name_start[index], self._name_start[index + 1]
        cc, admin1 = self._admins[self._admin[index]]
        kind = Kind.SETTLEMENT
        if index >= self.settlements:
            kind = Kind.REGION if index < self.settlements + self._regions else Kind.COUNTRY
        return Row(
            name=self._map[self._names_at + first : self._names_at + last].decode(),
            cc=cc,
            admin1=admin1 if kind is Kind.SETTLEMENT else "",
            lat_deg=self.lat[index] / 1e5,
            lon_deg=self.lon[index] / 1e5,
            population=self.population[index],
            kind=kind,
            extent_km=0 if kind is Kind.SETTLEMENT else self._extent_km[index - self.settlements],
        )

    def regions(self) -> Iterator[Row]:
        """Every first-order region."""
        return (self.row(index) for index in range(self.settlements, self.settlements + self._regions))

    def rows(self, key: str) -> tuple[int, ...]:
        """Rows that carry a folded name."""
        wanted = key.encode() + b"\t"
        at = self._first(wanted)
        if self._map[at : at + len(wanted)] != wanted:
            return ()
        ids = self._map[at + len(wanted) : self._map.find(b"\n", at)][: 3 * MOST_ROWS]
        return tuple(
            (_VALUES[a] * len(DIGITS) + _VALUES[b]) * len(DIGITS) + _VALUES[c]
            for a, b, c in zip(ids[::3], ids[1::3], ids[2::3], strict=True)
        )

    def begins(self, start: str) -> bool:
        """Whether any folded name begins so."""
        wanted = start.encode()
        at = self._first(wanted)
        return self._map[at : at + len(wanted)] == wanted

    def _first(self, wanted: bytes) -> int:
        """Where the first line stands that is not before `wanted`."""
        first, last = self._keys[0], self._keys[1] - 1  # both at a line's end
        while first < last:
            middle = self._map.rfind(b"\n", first, (first + last) // 2 + 1)
            if middle == first:
                end = self._map.find(b"\n", first + 1, last + 1)
                if self._map[first + 1 : end] >= wanted:
                    break
                first = end
            elif self._map[middle + 1 : middle + 1 + len(wanted)] >= wanted:
                last = middle
            else:
                first = middle
        return first + 1


@lru_cache(maxsize=1)
def table() -> Table:
    """The shipped file, mapped once a process."""
    return Table()
