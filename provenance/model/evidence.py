"""Evidence: what was observed or said, by whom, with which limits. Never what it proves.

Each item has an identifier derived from its own content, so the same observation has the same id in every run and on
every machine, and a sentence that cites it can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from .canonical import content_id
from .noted import Noted
from .place import Place
from .publication import CopyKind, DateBasis
from .shadow import MeasuredShadow
from .source import Grade, Source, SourceKind
from .time import Interval


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What every item has. `statement` is one sentence in our words; a stranger's words go in their own field."""

    kind: ClassVar[str]

    source: Source
    statement: str
    method: str
    """Name of the check that made it, or "recorded by the desk"."""
    grade: Grade = Grade()
    limits: tuple[str, ...] = ()
    """What this observation cannot show, each a sentence."""
    label: str = ""
    """The name the desk gave it in its claims file, if any; of what a case holds, "entry 7"."""
    noted: Noted | None = None
    """The entry of a case's log in which a person recorded it."""

    @cached_property
    def id(self) -> str:
        """Identifier derived from the content, such as "match-1f0c2a9b44d0"."""
        return content_id(self.kind, self)


class About(StrEnum):
    """What a statement speaks of. What is said of the event moves no verdict about the picture."""

    PICTURE = "picture"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDistance:
    """ "A is N km from B", as somebody said it."""

    start: str
    end: str
    km: float


@dataclass(frozen=True, kw_only=True)
class Claim(Evidence):
    """Somebody, or the file's own tags, says so (ClaimReview: Claim; not the C2PA claim)."""

    kind: ClassVar[str] = "claim"

    by: str
    quote: str = ""
    """Their words, verbatim."""
    tested: bool = False
    """Whether this is a claim the desk wants tested; otherwise it is a statement that speaks for or against one."""
    place: Place | None = None
    time: Interval | None = None
    """When, by this claim, the picture was taken."""
    denies: bool = False
    """It denies the place or time it names."""
    about: About = About.PICTURE
    basis: str = ""
    """Where the claim stands: "EXIF DateTimeOriginal", "EXIF GPS", "caption of a publication", "statement", ..."""
    distance: StatedDistance | None = None
    contradicts: tuple[str, ...] = ()
    """Labels of items that the desk recorded as contradicting this one."""
    defeaters: tuple[str, ...] = ()
    """Known reasons not to rely on it, each a sentence ("the camera clock was never set")."""


class BoundKind(StrEnum):
    """How a limit on place or time came about."""

    GEOLOCATION = "geolocation"
    SIGN_TEXT = "sign_text"
    SUN = "sun"
    WEATHER = "weather"
    OBJECT = "object"
    AUTHOR_LIFE = "author_life"
    RECEIVED = "received"
    """The picture existed when the desk had it: a hard limit by the desk's own clock."""
    CHECKED_BEFORE = "checked_before"
    """The desk had it, or a copy of it, when it checked it before: a hard limit by the desk's own clock of then."""
    SIGNED = "signed"
    """The bytes existed when a listed time-stamp authority stamped them: a hard limit (RFC 3161)."""


@dataclass(frozen=True, kw_only=True)
class Bound(Evidence):
    """A measured or derived limit on place (area) or time (interval)."""

    kind: ClassVar[str] = "bound"

    bound: BoundKind
    place: Place | None = None
    time: Interval | None = None
    denies: bool = False
    contradicts: tuple[str, ...] = ()
    defeaters: tuple[str, ...] = ()
    shadow: MeasuredShadow | None = None
    """Of a limit from the sun: what was measured, tested against every claim that names a place and a time."""


class LeadKind(StrEnum):
    """Observations that bound nothing."""

    SIMILARITY = "similarity"
    ABSENCE = "absence"
    CONTEXT = "context"


@dataclass(frozen=True, kw_only=True)
class Lead(Evidence):
    """A pointer worth following that bounds nothing: a look-alike, an empty search, context about the event."""

    kind: ClassVar[str] = "lead"

    lead: LeadKind
    by: str = ""
    quote: str = ""
    place: Place | None = None
    time: Interval | None = None
    distance: StatedDistance | None = None
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Appearance(Evidence):
    """A publication of the picture, with its time and how that time is known (ClaimReview: appearance)."""

    kind: ClassVar[str] = "appearance"

    by: str
    """Publisher or handle."""
    published: Interval | None
    date_basis: DateBasis
    copy: CopyKind
    url: str = ""
    post_text: str = ""
    views: int | None = None
    caption: str = ""
    caption_place: Place | None = None
    caption_time: Interval | None = None
    credit: str = ""
    licence: str = ""
    notes: str = ""
    contradicts: tuple[str, ...] = ()
    defeaters: tuple[str, ...] = ()
    caption_denies: bool | None = None
    """True: the caption denies the place or time that it names."""
    match_id: str = ""
    """The Match through which this program found it; "" when a person recorded it."""

    @property
    def sighting(self) -> bool:
        """Whether an archive or engine that this program asked tells what it saw: it published nothing itself."""
        machine = self.date_basis in (DateBasis.ARCHIVE_SNAPSHOT, DateBasis.CRAWL_DATE)
        return machine and self.source.kind is SourceKind.WEB


@dataclass(frozen=True, kw_only=True)
class Fact(Evidence):
    """One metadata value: key, raw and normal form, block, byte range (EXIF/XMP/IPTC property)."""

    kind: ClassVar[str] = "fact"

    key: str
    """Qualified name: "exif.DateTimeOriginal", "jpeg.quality"."""
    raw: str
    normal: str
    block: str
    """Kind of the block it was read from."""
    offset_bytes: int = 0
    """Where the value stands in the file; where its block is packed or spread over the file, where the block starts."""
    length_bytes: int = 0
    """Of the value's own bytes, or of that block; 0 for what is said of the whole file."""
    block_sha256: str = ""
    """Digest of the whole block that the value was read from."""


@dataclass(frozen=True, kw_only=True)
class Trace(Evidence):
    """A mark left by a device, program, platform or edit."""

    kind: ClassVar[str] = "trace"

    topic: str
    """One of: "credentials", "platform", "size", "trailing data", ..."""
    value: str
    alters: bool = False
    """Whether it speaks of a change to the picture after capture."""
