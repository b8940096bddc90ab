"""The kinds of recorded evidence, and the keys that an item of each may have in a claims file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class EvidenceKind(StrEnum):
    """What an item of recorded evidence is."""

    PUBLICATION = "publication"
    METADATA = "metadata"
    STATEMENT = "statement"
    GEOLOCATION = "geolocation"
    SIGN_TEXT = "sign_text"
    SUN = "sun"
    WEATHER = "weather"
    OBJECT = "object"
    AUTHOR_LIFE = "author_life"
    ABSENCE = "absence"
    SIMILARITY = "similarity"
    CONTEXT = "context"


_ALL = ("id", "kind", "source", "by", "origin", "grade", "text", "url", "contradicts", "defeated_by")
_PLACED = (*_ALL, "place", "time", "asserts_not")
_PUBLISHED = (
    "published",
    "date_basis",
    "match",
    "caption",
    "caption_place",
    "caption_time",
    "asserts_not",
    "post_text",
    "views",
    "credit",
)
SHADOW_KEYS = (
    "object_px",
    "object_error_px",
    "shadow_px",
    "shadow_error_px",
    "slope_deg",
    "bearing_deg",
    "bearing_error_deg",
)
KEYS: Mapping[EvidenceKind, tuple[str, ...]] = MappingProxyType(
    {
        EvidenceKind.PUBLICATION: (*_ALL, *_PUBLISHED, "language"),
        EvidenceKind.METADATA: (*_PLACED, "field", "value"),
        EvidenceKind.STATEMENT: (*_PLACED, "about", "distance", "language"),
        EvidenceKind.GEOLOCATION: _PLACED,
        EvidenceKind.SIGN_TEXT: (*_PLACED, "text_seen", "language"),
        EvidenceKind.SUN: (*_PLACED, *SHADOW_KEYS),
        EvidenceKind.WEATHER: _PLACED,
        EvidenceKind.OBJECT: _PLACED,
        EvidenceKind.AUTHOR_LIFE: (*_ALL, "time"),
        EvidenceKind.ABSENCE: _ALL,
        EvidenceKind.SIMILARITY: (*_ALL, "place", "time"),
        EvidenceKind.CONTEXT: (*_ALL, "place", "time", "about", "distance", "language"),
    }
)
