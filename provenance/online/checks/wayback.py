"""Check "wayback": when the Wayback Machine captured what stands at the picture's own address, and the claim's page.

Only a capture of the picture's own address whose bytes are these, or a copy that this program compared, bounds the
time: an address can serve another picture tomorrow, and a page that was captured need not have shown this one. The
index is asked (CDX server, github.com/internetarchive/wayback, wayback-cdx-server), whose digest is the SHA-1 of the
body in base 32; the capture itself is then fetched as it was kept (id_), and its bytes are compared.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from ...errors import FetchError
from ...model.context import Context
from ...model.evidence import Appearance, Claim, Evidence
from ...model.image import Image
from ...model.limits import FETCH_BYTES, SERVICE_REPLY_BYTES, SERVICE_ROWS
from ...model.matches import Answer, published_as
from ...model.outcome import Outcome
from ...model.outside import Request
from ...model.publication import CopyKind, DateBasis
from ...model.text import quoted, visible
from ...model.time import Interval
from ..outcomes import MORE_ADDRESSES, LeftOut, Part, absence, ended, left_out
from ..reading import asked, json_asked, stamp, wrong
from .equal import equal_bytes
from .wayback_page import BY, GRADE, METHOD, SHOWN, of_page, source_of

MOST_ADDRESSES, MOST_PAGES, MOST_FETCHED = 4, 4, 3
_FIELDS = ("timestamp", "original", "mimetype", "statuscode", "digest", "length")
_LATER_ONE = "A capture says that the address gave these bytes at that moment, not that nobody had them before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A row of the index."""

    timestamp: str
    original: str
    digest: str
    when: Interval
    media_type: str


def check(image: Image, context: Context) -> Outcome:
    """An Appearance for the earliest captures of each address of the picture, and for each page of a claim."""
    addresses = context.addresses
    pages = [item.source.url for item in context.statements if isinstance(item, Claim) and item.tested]
    pages = [page for page in dict.fromkeys(pages) if page.startswith(("http://", "https://"))]
    parts: list[Part] = [partial(_of_address, image, context, one) for one in addresses[:MOST_ADDRESSES]]
    parts += [partial(of_page, context, one) for one in pages[:MOST_PAGES]]
    unasked = [
        *left_out(len(addresses) - MOST_ADDRESSES, *MORE_ADDRESSES),
        *left_out(len(pages) - MOST_PAGES, "more page that claims", "more pages that claim"),
    ]
    nothing = "no address of the picture or of a claim is known"
    return ended(context, METHOD, parts, nothing=nothing, unasked=unasked)


def _of_address(image: Image, context: Context, address: str) -> Iterator[Evidence | LeftOut]:
    found, cut = _captures(context, address)
    if not found:
        said = f"The index of the Wayback Machine names no capture of {quoted(address, limit=SHOWN)}."
        limit = "It speaks of this address alone; the picture may have stood anywhere else."
        yield absence(said, by=BY, method=METHOD, limits=(limit,))
        return
    ours = base64.b32encode(hashlib.sha1(image.data, usedforsecurity=False).digest()).decode()
    same = next((one for one in found if one.digest == ours), None)
    if same is not None:
        yield from _same_bytes(image, context, same)
    before = [one for one in found if one.digest != ours and (same is None or one.timestamp < same.timestamp)]
    pictures = [one for one in before if not one.media_type.startswith("text/")]
    for one in pictures[:MOST_FETCHED]:
        yield from _compared(image, context, one)
    yield from left_out(len(pictures) - MOST_FETCHED, "more capture with other bytes", "more captures with other bytes")
    yield from left_out(
        len(before) - len(pictures), "capture of text, as of a web page", "captures of text, as of web pages"
    )
    if cut:
        yield LeftOut(f"what its index names behind the first {SERVICE_ROWS:,} captures")


def _captures(context: Context, address: str) -> tuple[list[Capture], bool]:
    """The rows of the index for an address, the earliest first, and whether it may have more. Raises FetchError."""
    asks = f"url={quote(address, safe='')}&output=json&fl={','.join(_FIELDS)}"
    path = f"/cdx/search/cdx?{asks}&filter=statuscode:200&collapse=digest&limit={SERVICE_ROWS}"
    value = json_asked(
        context,
        Request(service=METHOD, path=path, sends="the address of the picture", most_bytes=SERVICE_REPLY_BYTES),
    )
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        wrong("its reply is not as documented: no list of rows")
    if not value:
        return [], False
    head, *lines = value
    if not all(name in head for name in ("timestamp", "original", "digest")):
        wrong("its reply is not as documented: the first row does not name the fields")
    found = []
    for row in lines[:SERVICE_ROWS]:
        if len(row) != len(head) or not all(isinstance(cell, str) for cell in row):
            wrong("its reply is not as documented: a row is not like the first")
        told = dict(zip(head, row, strict=True))
        when = stamp(told["timestamp"])
        if when is not None and told.get("mimetype") != "warc/revisit" and told.get("statuscode", "200") == "200":
            kind = told.get("mimetype", "")
            found.append(
                Capture(
                    timestamp=told["timestamp"],
                    original=told["original"],
                    digest=told["digest"],
                    when=when,
                    media_type=kind,
                )
            )
    if lines and not found:
        wrong("no row of its reply is a capture with a time that can be read")
    return sorted(found, key=lambda one: one.timestamp), len(lines) >= SERVICE_ROWS


def _kept_bytes(context: Context, one: Capture) -> bytes:
    """What the archive kept, as it was kept; where it sends on to a capture of another time, that is none of this one.

    Raises FetchError.
    """
    path = f"/web/{one.timestamp}id_/{one.original}"
    sends = "which capture is meant"
    return asked(context, Request(service=METHOD, path=path, sends=sends, follows=False, most_bytes=FETCH_BYTES)).body


def _same_bytes(image: Image, context: Context, one: Capture) -> Iterator[Evidence]:
    """A capture with our digest by the index; the bytes are fetched and compared where that can be done."""
    told = "whose kept bytes are, by its index, those of the picture (SHA-1)"
    try:
        equal = _kept_bytes(context, one) == image.data
    except FetchError as error:
        limit = f"The kept bytes themselves were not fetched: {error}."
        yield _appearance(one, CopyKind.EXACT, told, limit)
        return
    if equal:
        yield from _equal(image, one)
        return
    wrong_bytes = "What the archive gives for that capture is not what its index names."
    yield replace(_appearance(one, CopyKind.UNKNOWN, told), defeaters=(wrong_bytes,))


def _equal(image: Image, one: Capture) -> Iterator[Evidence]:
    match = equal_bytes(image, kept_by=BY, name=_called(one), method=METHOD)
    yield match
    seen = _appearance(one, CopyKind.EXACT, "whose kept bytes were fetched and are those of the picture")
    yield replace(seen, match_id=match.id)


def _called(one: Capture) -> str:
    return f"the capture of {visible(one.timestamp, limit=14)}"


def _compared(image: Image, context: Context, one: Capture) -> Iterator[Evidence]:
    """An earlier capture with other bytes: the same picture saved anew, or another one at the same address."""
    try:
        data = _kept_bytes(context, one)
    except FetchError as error:
        limit = f"What it kept was not fetched: {error}."
        yield _appearance(one, CopyKind.UNKNOWN, "with other bytes, which were not compared", limit)
        return
    match = None if context.relate is None else context.relate(data, f"capture of {one.timestamp}")
    if data == image.data:
        yield from _equal(image, one)
    elif match is None or match.answer is not Answer.COPY:
        word = "no picture that can be compared" if match is None else match.answer.value
        copy = CopyKind.UNKNOWN if match is None else published_as(match.answer)
        yield _appearance(one, copy, f"with other bytes; compared with the picture: {word}")
    else:
        reference = replace(match.reference, set_name=BY, path="", name=_called(one))
        match = replace(match, reference=reference, method=METHOD)
        yield match
        seen = _appearance(one, match.copy, "whose kept bytes were fetched and show the picture")
        yield replace(seen, match_id=match.id)


def _appearance(one: Capture, copy: CopyKind, told: str, *limits: str) -> Appearance:
    return Appearance(
        source=source_of(one.original),
        statement=(
            f"The Wayback Machine captured {quoted(one.original, limit=SHOWN)} at {visible(one.timestamp, limit=14)} "
            f"(UTC), {told}."
        ),
        method=METHOD,
        grade=GRADE,
        limits=(_LATER_ONE, *limits),
        by=BY,
        published=one.when,
        date_basis=DateBasis.ARCHIVE_SNAPSHOT,
        copy=copy,
        url=f"https://web.archive.org/web/{one.timestamp}/{one.original}",
    )
