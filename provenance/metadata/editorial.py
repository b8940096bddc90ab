"""What the editorial fields of IPTC and XMP claim, as Claims by the file: when made, of which place, by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ..model.evidence import Claim
from ..model.place import Level, Place
from ..model.source import FILE_TAGS
from ..model.text import visible
from ..model.time import Interval, parse_interval
from .countries import two_letters
from .exif.claims import WRITABLE
from .exif.time import future, never_set

_SHOWN_CHARS = 120
NO_ZONE = "The fields name no time zone, so the time is 26 hours wide."
# Programs fill in what they do not know: in 105 public files with several such times, 7 pairs differed by this alone.
MIDNIGHT = "Midnight is what programs write that know the day only; it was read as the day."
ZERO_ZONE = "A zone of +0000 is what programs write that know none; the time was read as one without a zone."
_MIDNIGHT = re.compile(r"00:00(?::00(?:\.0+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?")
NOT_THE_CAMERA = "The fields do not say whether the camera stood there or the picture shows it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A place by words, from narrow to wide; each may be ""."""

    spot: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    code: str = ""

    def quote(self) -> str:
        """All of it, verbatim."""
        return ", ".join(part for part in (self.spot, self.city, self.state, self.country or self.code) if part)

    def place(self) -> Place | None:
        """The place as far as words go: a name, a level and a country code, never coordinates; None without a name."""
        named = [part for part in (self.city, self.state, self.country) if part]
        if not named:
            return None
        level = Level.CITY if self.city else Level.REGION if self.state else Level.COUNTRY
        name = ", ".join(visible(part, limit=_SHOWN_CHARS) for part in named)
        return Place(name=name, cc=two_letters(self.code), level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who tells it and where: the check, the fields, our sentence, their words."""

    method: str
    basis: str
    statement: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The interval that a written time stands for, and sentences on what of it was not relied on."""

    interval: Interval
    written: str
    limits: tuple[str, ...] = ()


def moment(*written: str, zero_zone: bool = True) -> Moment | None:
    """The first of these that is ISO 8601; None when none is.

    Midnight to the second is read as the day alone; a zone of zero as none where `zero_zone` is false.
    """
    for text in written:
        day, _, clock = text.strip().partition("T")
        limits: tuple[str, ...] = ()
        if _MIDNIGHT.fullmatch(clock):
            clock, limits = "", (MIDNIGHT,)
        elif not zero_zone and clock.endswith("+00:00"):
            clock, limits = clock.removesuffix("+00:00"), (ZERO_ZONE,)
        try:
            interval = parse_interval(f"{day}T{clock}" if clock else day)
        except ValueError:
            continue
        if interval.earliest is not None:
            return Moment(interval=interval, written=text.strip(), limits=limits)
    return None


def dated(told: Told, at: Moment, now: datetime) -> Claim:
    """A claim of a day or moment."""
    zone = at.limits or (() if at.interval.zone_known else (NO_ZONE,))
    return Claim(
        source=FILE_TAGS,
        statement=told.statement,
        method=told.method,
        limits=(WRITABLE, *zone),
        by=FILE_TAGS.name,
        quote=told.quote,
        time=at.interval,
        basis=told.basis,
        defeaters=(*future(at.interval, now), *never_set(at.written)),
    )


def placed(told: Told, place: Place, *limits: str) -> Claim:
    """A claim of a place by words."""
    return Claim(
        source=FILE_TAGS,
        statement=told.statement,
        method=told.method,
        limits=(WRITABLE, *limits),
        by=FILE_TAGS.name,
        quote=told.quote,
        place=place,
        basis=told.basis,
    )


def said(told: Told) -> Claim:
    """A claim in words alone, of an author or of what is shown."""
    return Claim(
        source=FILE_TAGS,
        statement=told.statement,
        method=told.method,
        limits=(WRITABLE,),
        by=FILE_TAGS.name,
        quote=told.quote,
        basis=told.basis,
    )
