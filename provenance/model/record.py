"""What a reference set keeps of a picture: its fingerprints and where it was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from .canonical import content_id
from .features import Candidate, Features, Probe
from .matches import Reference
from .place import Place
from .publication import DateBasis
from .source import Grade
from .time import Interval


@dataclass(frozen=True, kw_only=True)
class Record:
    """One appearance of a picture, as the desk recorded it. All of it travels with a match."""

    source_url: str = ""
    publisher: str = ""
    handle: str = ""
    post_text: str = ""
    views: int | None = None
    published: str = ""
    """As written: ISO 8601 date, time or range."""
    published_basis: DateBasis = DateBasis.UNKNOWN
    place: Place | None = None
    caption: str = ""
    caption_time: str = ""
    """When, by the caption, the picture was taken; as written."""
    credit: str = ""
    licence: str = ""
    notes: str = ""
    origin: str = ""
    grade: Grade = Grade()
    received: str = ""
    """From which desk's export it was taken in, in words of this program; "" for what the desk recorded itself."""

    @cached_property
    def id(self) -> str:
        """Identifier derived from the content."""
        return content_id("record", self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A perceptual hash of one picture. `searchable` is False for flat frames, which would match each other."""

    name: str
    """Algorithm, size and version: "phash256/1"."""
    code: bytes
    searchable: bool
    detail: float
    """Measure of detail behind `searchable`; its unit is the fingerprint's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A picture to add. Adding the same picture and record again changes nothing."""

    image_id: str
    size_bytes: int
    width_px: int
    height_px: int
    media_type: str
    path: str
    fingerprints: tuple[Fingerprint, ...]
    records: tuple[Record, ...] = ()
    features: Features | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A stored fingerprint within the radius of the queried one."""

    distance_bits: int
    image_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A picture as the set knows it, with every appearance recorded for it, earliest added first."""

    reference: Reference
    size_bytes: int
    media_type: str
    added_at: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What an add changed."""

    pictures_added: int
    records_added: int
    already_there: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetState:
    """Which committed state of a set answered: it goes into the report so that the search can be repeated."""

    name: str
    set_id: str
    snapshot: str
    pictures: int
    searchable: dict[str, int]
    """Pictures with a searchable fingerprint, by fingerprint name."""


def interval_or_none(text: str) -> Interval | None:
    """The interval of a record's date as written; None when empty or unreadable (records are checked when taken in)."""
    from .time import parse_interval

    try:
        return parse_interval(text) if text else None
    except ValueError:
        return None


class Searched(Protocol):
    """What a search asks of a reference set."""

    def near(self, codes: Sequence[bytes], fingerprint: str, radius_bits: int) -> list[list[Hit]]:
        """For each code ALL searchable pictures within the radius, in the order (distance, image id)."""
        ...

    def vote(self, probe: Probe, features: str, most: int, /) -> list[Candidate]:
        """The pictures with the most votes among the features of that name, in the order (votes, image id)."""
        ...

    def features(self, image_ids: Sequence[str]) -> dict[str, Features]:
        """The local features of those of the pictures that have some, by image id."""
        ...

    def state(self) -> SetState:
        """The committed state that the next answers come from."""
        ...


class ReferenceStore(Searched, Protocol):
    """What every engine that keeps a reference set can do. Answers depend on content alone, never on the engine."""

    def add(self, entries: Iterable[Entry]) -> AddReport:
        """Keep pictures and their records; durable when it returns; idempotent per picture and per record."""
        ...

    def remove(self, image_ids: Sequence[str]) -> int:
        """Forget pictures with all that belongs to them; the number forgotten."""
        ...

    def vote(
        self, probe: Probe, features: str, most: int, *, beside: Mapping[str, Features] | None = None
    ) -> list[Candidate]:
        """The pictures with the most votes among the features of that name, in the order (votes, image id).

        `beside`: features, by image id, that are counted as if they were in the set; nothing of them is kept.
        """
        ...

    def get(self, image_ids: Sequence[str]) -> list[Stored]:
        """The pictures that are there, in the order asked for."""
        ...

    def of_size(self, width_px: int, height_px: int, most: int) -> Sequence[Reference]:
        """Pictures of that size, either way round, in the order of their digests."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
