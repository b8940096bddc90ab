"""The time of creation in the text chunk of a PNG, as a Claim by the file (W3C PNG, 3rd edition, section 11.3.3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ...model.evidence import Claim, Fact
from ...model.source import FILE_TAGS
from ...model.time import Interval, parse_interval
from ..exif.claims import WRITABLE
from ..exif.time import future, never_set, written_moment
from .cite import METHOD
from .png_text import iso_moment

# The first is the standard's; some cameras leave the space out.
CREATED = ("creation time", "creationtime")
BASIS = "PNG Creation Time"
NO_ZONE = "The text names no time zone, so the time is 26 hours wide."
OF_THE_IMAGE = "By the PNG format it is the time of the original image; of a screenshot it is that of the screenshot."
_MOST = 4


def iso_of(text: str) -> str:
    """A time as RFC 1123 (which PNG recommends), ISO 8601 or EXIF writes it, in ISO form; "" for another text."""
    if told := iso_moment(text):
        return told
    written = written_moment(text[:60])
    return written.isoformat() if written else ""


def created_claims(facts: Iterable[Fact], now: datetime) -> Iterator[Claim]:
    """A claim for each such text that can be read as a time, at most four."""
    named = [one for one in facts if one.key.removeprefix("png.text.").lower() in CREATED]
    for fact in named[:_MOST]:
        written = iso_of(fact.raw)
        if at := _interval(written):
            yield Claim(
                source=FILE_TAGS,
                statement="By a PNG text chunk of the file the picture was made then.",
                method=METHOD,
                limits=(WRITABLE, OF_THE_IMAGE, *(() if at.zone_known else (NO_ZONE,))),
                by=FILE_TAGS.name,
                quote=fact.raw,
                time=at,
                basis=BASIS,
                defeaters=(*future(at, now), *never_set(written)),
            )


def _interval(iso: str) -> Interval | None:
    try:
        return parse_interval(iso) if iso else None
    except ValueError:
        return None
