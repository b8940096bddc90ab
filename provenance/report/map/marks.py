"""What a map shows: the places that a report speaks of, who speaks of them, and the lines between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...model.place import Place
from .. import words

MOST_MARKS = 40
"""Places that are drawn; more on one map hide each other."""
MOST_STATED = 6
MOST_BANDS = 2
MOST_ENTRIES = 8
"""Items that are listed of one place."""
MOST_CIRCLES = 3
WIDEST_DRAWN_KM = 9_900.0
"""Circles wider than about a quarter of the Earth's girth are only told."""


class Role(StrEnum):
    """How a place is spoken of; each has its shape."""

    CLAIMED = "claimed, under test"
    EVIDENCE = "named by other evidence"
    LEAD = "a lead, no limit"
    DENIED = "denied"
    NOTHING = "counts for nothing"
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

    @property
    def aside(self) -> bool:
        """Whether nothing that counts speaks of it."""
        return self.roles == (Role.NOTHING,)

    @property
    def too_wide(self) -> bool:
        """Whether it has a circle that is only told."""
        return any(radius > WIDEST_DRAWN_KM for radius in self.radii_km)

    @property
    def around(self) -> tuple[str, ...]:
        """Every circle in words: "20 km around"."""
        return tuple(
            f"{words.radius(one)} around{', a circle too large to draw' if one > WIDEST_DRAWN_KM else ''}"
            for one in self.radii_km
            if one
        )


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
