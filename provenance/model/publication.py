"""The words for a publication of a picture: what it shows of the one under test, and how its time is known."""

from __future__ import annotations

from enum import StrEnum


class DateBasis(StrEnum):
    """How the time of a publication is known; decides whether it is a hard limit (findings/when.py)."""

    AGENCY_RECORD = "agency_record"
    PLATFORM_UTC = "platform_utc"
    ARCHIVE_SNAPSHOT = "archive_snapshot"
    PRINT = "print"
    STOCK_RECORD = "stock_record"
    CRAWL_DATE = "crawl_date"
    """A search engine recorded that it saw the picture there on that day."""
    PAGE_DATE = "page_date"
    STATEMENT = "statement"
    SEARCH_SNIPPET = "search_snippet"
    CRAWL_RELATIVE = "crawl_relative"
    DISPLAY_NO_TZ = "display_no_tz"
    UNKNOWN = "unknown"


class CopyKind(StrEnum):
    """How the published picture relates to the one under test."""

    EXACT = "exact"
    NEAR = "near"
    CROP = "crop"
    MIRRORED = "mirrored"
    COMPONENT = "component"
    SIMILAR_SCENE = "similar_scene"
    DIFFERENT_IMAGE = "different_image"
    UNKNOWN = "unknown"


COPIES = frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.CROP, CopyKind.MIRRORED})
"""Such a publication shows that the picture existed; a part of it or another frame may be older."""
