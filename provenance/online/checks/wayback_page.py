"""The Wayback Machine's earliest capture of a page that claims, by its availability API: it dates the page alone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from ...model.context import Context
from ...model.evidence import Appearance, Evidence
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outside import Request
from ...model.publication import CopyKind, DateBasis
from ...model.source import Grade, Source, SourceKind
from ...model.text import quoted, visible
from ..outcomes import absence
from ..reading import json_asked, rows, stamp, text, wrong

METHOD = "wayback"
BY = "Wayback Machine"
GRADE = Grade("B", 2)
SHOWN = 200
_EARLIEST = "19960101000000"  # the archive's first year; "closest" to it is the earliest capture


def of_page(context: Context, page: str) -> Iterator[Evidence]:
    """The earliest capture of a page that claims: it dates the page, and not the picture on it."""
    path = f"/wayback/available?url={quote(page, safe='')}&timestamp={_EARLIEST}"
    value = json_asked(
        context,
        Request(
            service=METHOD,
            at="available",
            path=path,
            sends="the address of the page that claims",
            most_bytes=SERVICE_REPLY_BYTES,
        ),
    )
    if not isinstance(value, dict) or not isinstance(value.get("archived_snapshots"), dict):
        wrong("its reply is not as documented: no archived_snapshots")
    closest = value["archived_snapshots"].get("closest")
    if closest is None:
        said = f"The Wayback Machine says that it has no capture of the page {quoted(page, limit=SHOWN)}."
        yield absence(said, by=BY, method=METHOD, limits=("A page that was not captured may be of any age.",))
        return
    (told,) = rows({"closest": [closest]}, "closest")
    when = stamp(text(told, "timestamp"))
    if when is None:
        wrong("its reply is not as documented: a capture without a time")
    if text(told, "status") != "200":
        wrong("it names a capture of an error, not of the page")
    yield Appearance(
        source=source_of(page),
        statement=(
            f"The Wayback Machine captured the page {quoted(page, limit=SHOWN)} at "
            f"{visible(text(told, 'timestamp'), limit=14)} (UTC)."
        ),
        method=METHOD,
        grade=GRADE,
        limits=("It dates the page: whether this picture stood on it then was not looked at.",),
        by=BY,
        published=when,
        date_basis=DateBasis.ARCHIVE_SNAPSHOT,
        copy=CopyKind.UNKNOWN,
        url=f"https://web.archive.org/web/{text(told, 'timestamp')}/{page}",
    )


def source_of(url: str) -> Source:
    """The archive, for what it says of an address."""
    return Source(kind=SourceKind.WEB, name=BY, origin=visible(url, limit=SHOWN), url=url)
