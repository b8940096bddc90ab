"""An item of evidence by what it bounds, with its grade and the root that it descends from."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.evidence import Bound, BoundKind, Claim, Evidence
from ..model.origin import origin_of
from ..model.place import Level, Place
from ..model.source import Grade
from ..model.time import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedItem:
    """What one item of evidence says of time or of place, with the item's own grade and origin."""

    evidence: Evidence
    root: str = ""
    """The root where an address tells more than the names do (`roots`)."""

    @property
    def grade(self) -> Grade:
        """Grade of the item."""
        return self.evidence.grade

    @property
    def origin(self) -> str:
        """The root it descends from."""
        return self.root or origin_of(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeItem(GradedItem):
    """A limit on the time of capture that one item of evidence sets."""

    interval: Interval
    hard: bool = False
    asserts: bool = False
    """Whether it says when the picture was taken; a mere not-after is compatible with anything earlier."""
    denies: bool = False

    @property
    def by_earlier_check(self) -> bool:
        """Whether it is the day of an earlier check by the desk."""
        return isinstance(self.evidence, Bound) and self.evidence.bound is BoundKind.CHECKED_BEFORE

    @property
    def by_check(self) -> bool:
        """Whether it is the day of the check, which says nothing of the picture."""
        return isinstance(self.evidence, Bound) and self.evidence.bound is BoundKind.RECEIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceItem(GradedItem):
    """A place that one item of evidence gives the picture, or denies it."""

    place: Place
    denies: bool = False

    @property
    def area_of_use(self) -> bool:
        """Whether it is where a sign, chain or script is in use: that does not end at the border of a country."""
        signed = isinstance(self.evidence, Bound) and self.evidence.bound is BoundKind.SIGN_TEXT
        return signed and self.place.level in (Level.COUNTRY, Level.CONTINENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An item that bounds nothing, kept with the reason."""

    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """All evidence by what it can bound."""

    times: tuple[TimeItem, ...]
    places: tuple[PlaceItem, ...]
    asides: tuple[Aside, ...]
    claims: tuple[Claim, ...]
