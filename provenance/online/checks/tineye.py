"""Check "tineye": where and on which days TinEye saw a copy, by the picture's address or by the picture itself.

TinEye API, /rest/search/. A crawl date is the day on which TinEye saw the picture there, in a zone that it does not
state: a limit on the time where the copy is one, and not the day of publication. Whether it is one is not left to
TinEye: its own thumbnail of each match is fetched and compared here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from ...errors import FetchError
from ...model.context import Context
from ...model.evidence import Appearance, Evidence
from ...model.image import Image
from ...model.limits import FETCH_BYTES, SERVICE_REPLY_BYTES
from ...model.matches import Answer, Match, published_as
from ...model.outcome import Outcome, Skipped
from ...model.outside import Request
from ...model.publication import CopyKind, DateBasis
from ...model.source import Grade, Source, SourceKind
from ...model.text import quoted, visible
from ...model.time import Interval, parse_interval
from ..multipart import form_with
from ..outcomes import LeftOut, absence, ended, left_out
from ..reading import asked, json_asked, rows, shown_as, text, told_of, wrong
from .equal import equal_bytes

METHOD = "tineye"
MOST_MATCHES, MOST_BACKLINKS, MOST_COMPARED = 10, 3, 5
_SHOWN = 200
LATEST = datetime.max.replace(tzinfo=UTC)
_ASKS = "sort=crawl_date&order=asc&limit=50"
Page = tuple[str, str, Interval]
"""Address and day of a page on which a match was seen, as written, and the day as read."""


def check(image: Image, context: Context) -> Outcome:
    """An Appearance for each page on which TinEye saw a match: the earliest matches, and of each the earliest."""
    pixels = context.outside is not None and context.outside.send_picture
    address = context.addresses[-1] if context.addresses else ""
    if address:
        path = f"/rest/search/?url={quote(address, safe='')}&{_ASKS}"
        sends = "the address of the picture"
        request = Request(service=METHOD, path=path, sends=sends, most_bytes=SERVICE_REPLY_BYTES)
    elif pixels:
        body, kind = form_with("image_upload", image.data, image.original.media_type)
        told = f"the picture itself, {len(image.data):,} bytes, sha256 {image.original.sha256}"
        request = Request(
            service=METHOD,
            path=f"/rest/search/?{_ASKS}",
            sends=told,
            body=body,
            media_type=kind,
            pixels=True,
            most_bytes=SERVICE_REPLY_BYTES,
        )
    else:
        return Skipped(
            reason=f"{METHOD}: no address of the picture is known, and the picture itself may not leave",
            remedy="name its address with --picture-url, or allow the picture to leave with --send-picture",
        )
    return ended(context, METHOD, [partial(_found, image, context, request, address)], nothing="")


def _found(image: Image, context: Context, request: Request, address: str) -> Iterator[Evidence | LeftOut]:
    """`address`: what was asked about; "" for the picture itself."""
    value = json_asked(context, request)
    if not isinstance(value, dict) or value.get("code") != 200 or not isinstance(value.get("results"), dict):
        told = value.get("messages") if isinstance(value, dict) else None
        wrong(f"it answers with an error: {quoted(str(told), limit=160)}")
    matches = [(match, _earliest_first(match)) for match in rows(value["results"], "matches")]
    matches.sort(key=lambda pair: _end(pair[1][0]) if pair[1] else LATEST)
    limits = told_of(address)
    if not matches:
        said = f"TinEye names no page on which it saw {shown_as(address)}."
        limit = "It knows the part of the web that it has looked at; crops and mirrors are often missed."
        yield absence(said, by="TinEye", method=METHOD, limits=(limit, *limits))
    later = 0
    for number, (match, pages) in enumerate(matches[:MOST_MATCHES]):
        seen, copy, limit = _compared(image, context, match) if number < MOST_COMPARED else (None, *_NOT_COMPARED)
        if seen is not None:
            yield seen
        later += len(pages[MOST_BACKLINKS:])
        for page in pages[:MOST_BACKLINKS]:
            yield _appearance(page, copy, seen.id if seen else "", (limit, *(() if seen else limits)))
    yield from left_out(len(matches) - MOST_MATCHES, "more match, seen later", "more matches, seen later")
    yield from left_out(later, "more page with these matches, seen later", "more pages with these matches, seen later")


def _earliest_first(match: Mapping[str, Any]) -> list[Page]:
    """The pages of a match. Raises FetchError."""
    found = []
    for one in rows(match, "backlinks"):
        page, day = text(one, "backlink"), text(one, "crawl_date")
        try:
            found.append((page, day, parse_interval(day)))
        except ValueError:
            wrong("its reply is not as documented: a crawl date that is no day")
    return sorted(found, key=_end)


def _end(page: Page) -> datetime:
    return page[2].latest or LATEST


_THUMBNAIL = "TinEye's thumbnail of a match"
_NOT_THE_FILE = "the file on that page was not opened."
_NOT_COMPARED = (CopyKind.UNKNOWN, f"Only the first {MOST_COMPARED} matches are compared; open this one and look.")


def _compared(image: Image, context: Context, match: Mapping[str, Any]) -> tuple[Match | None, CopyKind, str]:
    """TinEye's thumbnail of a match against the picture: the Match, how it relates, and what limits that."""
    address = text(match, "image_url")
    try:
        request = Request(
            service=METHOD, at="image", path=address, sends="which of its thumbnails is meant", most_bytes=FETCH_BYTES
        )
        data = asked(context, request).body
    except FetchError as error:
        return None, CopyKind.UNKNOWN, f"TinEye's thumbnail of it was not fetched, so nothing was compared: {error}."
    if hashlib.sha256(data).hexdigest() == image.original.sha256:
        same = equal_bytes(image, kept_by="TinEye", name=_THUMBNAIL, method=METHOD)
        return same, CopyKind.NEAR, f"TinEye's thumbnail has the same bytes; {_NOT_THE_FILE}"
    found = None if context.relate is None else context.relate(data, "thumbnail of a match")
    if found is None:
        return None, CopyKind.UNKNOWN, "TinEye's thumbnail of it could not be compared."
    if found.answer is not Answer.COPY:
        told = f"This program compared TinEye's thumbnail with the picture: {found.answer.value}."
        return None, published_as(found.answer), told
    reference = replace(found.reference, set_name="TinEye", path="", name=_THUMBNAIL)
    found = replace(found, reference=reference, method=METHOD)
    return found, found.copy, f"This program compared TinEye's thumbnail; {_NOT_THE_FILE}"


def _appearance(found: Page, copy: CopyKind, match_id: str, limits: tuple[str, ...]) -> Appearance:
    page, day, when = found
    return Appearance(
        source=Source(kind=SourceKind.WEB, name="TinEye", origin=visible(page, limit=_SHOWN), url=page),
        statement=f"TinEye saw a match on {quoted(page, limit=_SHOWN)} on {visible(day, limit=10)}, by its own record.",
        method=METHOD,
        grade=Grade("B", 2),
        limits=("It is the day on which TinEye saw it there, not that of publication.", *limits),
        by="TinEye",
        published=when,
        date_basis=DateBasis.CRAWL_DATE,
        copy=copy,
        url=page,
        match_id=match_id,
    )
