"""An item of evidence by what it bounds, with its grade and the root that it descends from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category, normalize

from ..model.address import page_of
from ..model.evidence import Appearance, Claim, Evidence
from ..model.place import Place
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceItem(GradedItem):
    """A place that one item of evidence gives the picture, or denies it."""

    place: Place
    denies: bool = False


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


def origin_of(evidence: Evidence) -> str:
    """The root an item descends from; what names none stands for itself.

    Written a little differently it is one root: in case, spaces, forms of one letter, marks of direction.
    """
    named = evidence.source.origin
    if not named.isascii():
        named = "".join(letter for letter in normalize("NFKC", named) if category(letter) != "Cf")
    return " ".join(named.split()).casefold() or evidence.id


def roots(items: Iterable[Evidence]) -> dict[str, str]:
    """By the name of an origin the name that stands for it too, where publications of both stand at one address.

    A copy that the desk recorded, the record of the same post in a set, and what an engine saw there are one source.
    """
    one: dict[str, str] = {}

    def root(name: str) -> str:
        while name in one:
            name = one[name]
        return name

    seen: dict[str, str] = {}
    for item in items:
        if not isinstance(item, Appearance):
            continue
        for page in filter(None, (page_of(item.url), page_of(item.source.origin))):
            mine, other = root(origin_of(item)), root(seen.setdefault(page, origin_of(item)))
            if mine != other:
                one[max(mine, other)] = min(mine, other)
    return {name: root(name) for name in one}
