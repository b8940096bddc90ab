"""Check "tineye": where and on which days TinEye saw a copy, by the picture's address or by the picture itself.

TinEye API, /rest/search/. A crawl date is the day on which TinEye saw the picture there, in a zone that it does not
state: a limit on the time where the copy is one, and not the day of publication. Whether it is one is not left to
TinEye: its own thumbnail of each match is fetched and compared here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from ..errors import FetchError
from ..model.context import Context
from ..model.evidence import Answer, Appearance, CopyKind, DateBasis, Evidence, Lead, LeadKind, Match
from ..model.image import Image
from ..model.limits import FETCH_BYTES, SERVICE_REPLY_BYTES
from ..model.outcome import Outcome, Skipped
from ..model.outside import Request
from ..model.source import Grade, Source, SourceKind
from ..model.text import quoted, visible
from ..model.time import parse_interval
from .multipart import form_with
from .outcomes import ended
from .reading import asked, json_asked, rows, text, wrong

METHOD = "tineye"
MOST_MATCHES, MOST_BACKLINKS, MOST_COMPARED = 10, 3, 5
_SHOWN = 200
_ASKS = "sort=crawl_date&order=asc&limit=50"
_KINDS = {Answer.SAME_SCENE: CopyKind.SIMILAR_SCENE, Answer.NO_MATCH: CopyKind.DIFFERENT_IMAGE}


def check(image: Image, context: Context) -> Outcome:
    """An Appearance for each page on which TinEye saw a match, the earliest days first."""
    pixels = context.outside is not None and context.outside.send_picture
    if context.addresses:
        path = f"/rest/search/?url={quote(context.addresses[-1], safe='')}&{_ASKS}"
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
    return ended(context, METHOD, [partial(_found, image, context, request)], nothing="")


def _found(image: Image, context: Context, request: Request) -> Iterator[Evidence]:
    value = json_asked(context, request)
    if not isinstance(value, dict) or value.get("code") != 200 or not isinstance(value.get("results"), dict):
        told = value.get("messages") if isinstance(value, dict) else None
        wrong(f"it answers with an error: {quoted(str(told), limit=160)}")
    matches = rows(value["results"], "matches")
    if not matches:
        yield Lead(
            source=Source(kind=SourceKind.WEB, name="TinEye", origin=""),
            statement="TinEye names no page on which it saw this picture.",
            method=METHOD,
            limits=("It knows the part of the web that it has looked at; crops and mirrors are often missed.",),
            lead=LeadKind.ABSENCE,
            by="TinEye",
        )
    for number, match in enumerate(matches[:MOST_MATCHES]):
        seen, copy, limit = _compared(image, context, match) if number < MOST_COMPARED else (None, *_NOT_COMPARED)
        if seen is not None:
            yield seen
        for backlink in rows(match, "backlinks")[:MOST_BACKLINKS]:
            yield _appearance(backlink, copy, limit, seen.id if seen else "")


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
        return None, CopyKind.EXACT, "TinEye keeps the same bytes as its thumbnail."
    found = None if context.relate is None else context.relate(data, "thumbnail of a match")
    if found is None:
        return None, CopyKind.UNKNOWN, "TinEye's thumbnail of it could not be compared."
    if found.answer is not Answer.COPY:
        told = f"This program compared TinEye's thumbnail with the picture: {found.answer.value}."
        return None, _KINDS.get(found.answer, CopyKind.UNKNOWN), told
    reference = replace(found.reference, set_name="TinEye", path="", name="TinEye's thumbnail of a match")
    found = replace(found, reference=reference, method=METHOD)
    return found, found.copy, "This program compared TinEye's thumbnail, not the file on that page."


def _appearance(backlink: Mapping[str, Any], copy: CopyKind, limit: str, match_id: str) -> Appearance:
    page, day = text(backlink, "backlink"), text(backlink, "crawl_date")
    try:
        when = parse_interval(day)
    except ValueError:
        wrong("its reply is not as documented: a crawl date that is no day")
    return Appearance(
        source=Source(kind=SourceKind.WEB, name="TinEye", origin=visible(page, limit=_SHOWN), url=page),
        statement=f"TinEye saw a match on {quoted(page, limit=_SHOWN)} on {visible(day, limit=10)}, by its own record.",
        method=METHOD,
        grade=Grade("B", 2),
        limits=("It is the day on which TinEye saw it there, not that of publication.", limit),
        by="TinEye",
        published=when,
        date_basis=DateBasis.CRAWL_DATE,
        copy=copy,
        url=page,
        match_id=match_id,
    )
