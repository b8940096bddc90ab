"""Check "vision": pages on which Google saw the picture or look-alikes, by address or by the picture itself.

Google Cloud Vision, images:annotate, feature WEB_DETECTION. It names no dates at all: each page is a lead, to be dated
by an archive or by hand. What it calls a full match was not compared here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ...model.context import Context
from ...model.evidence import Evidence, Lead, LeadKind
from ...model.image import Image
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outcome import Outcome, Skipped
from ...model.outside import Request
from ...model.source import Source, SourceKind
from ...model.text import quoted
from ..outcomes import LeftOut, absence, ended, left_out
from ..reading import json_asked, rows, shown_as, text, told_of, wrong

METHOD = "vision"
MOST_LEADS = 20
_SHOWN = 200
_UNDATED = "It has no date, and was not compared by this program: open it, or ask an archive when it was there."
_LISTS = (
    ("pagesWithMatchingImages", "a page with a picture that Google matches to {}"),
    ("fullMatchingImages", "a picture that Google matches to {}, whole"),
    ("partialMatchingImages", "a picture that Google matches to a part of {}"),
    ("visuallySimilarImages", "what Google calls visually similar: a look-alike, not a match"),
)


def check(image: Image, context: Context) -> Outcome:
    """A Lead for each page or picture that the service names."""
    pixels = context.outside is not None and context.outside.send_picture
    if not context.addresses and not pixels:
        return Skipped(
            reason=f"{METHOD}: no address of the picture is known, and the picture itself may not leave",
            remedy="name its address with --picture-url, or allow the picture to leave with --send-picture",
        )
    address = context.addresses[-1] if context.addresses else ""
    if address:
        shown: dict[str, object] = {"source": {"imageUri": address}}
        sends = "the address of the picture"
    else:
        shown = {"content": base64.b64encode(image.data).decode()}
        sends = f"the picture itself, {len(image.data):,} bytes, sha256 {image.original.sha256}"
    asks = {"requests": [{"image": shown, "features": [{"type": "WEB_DETECTION", "maxResults": 50}]}]}
    request = Request(
        service=METHOD,
        path="/v1/images:annotate",
        sends=sends,
        body=json.dumps(asks).encode(),
        media_type="application/json",
        pixels=not address,
        most_bytes=SERVICE_REPLY_BYTES,
    )
    return ended(context, METHOD, [partial(_found, context, request, address)], nothing="")


def _found(context: Context, request: Request, address: str) -> Iterator[Evidence | LeftOut]:
    """`address`: what was asked about; "" for the picture itself."""
    responses = rows(json_asked(context, request), "responses")
    if len(responses) != 1:
        wrong("its reply is not as documented: not one response")
    error = responses[0].get("error")
    if error:
        told = error.get("message") if isinstance(error, dict) else error
        wrong(f"it answers with an error: {quoted(str(told), limit=160)}")
    (web,) = rows({"webDetection": [responses[0].get("webDetection", {})]}, "webDetection")
    leads = [_lead(one, words, address) for key, words in _LISTS for one in rows(web, key)]
    yield from leads[:MOST_LEADS]
    yield from left_out(len(leads) - MOST_LEADS, "more page or picture", "more pages and pictures")
    if not leads:
        said = f"Google Vision names no page with {shown_as(address)} and no look-alike."
        limits = ("It knows the part of the web that Google has looked at.", *told_of(address))
        yield absence(said, by="Google Vision", method=METHOD, limits=limits)


def _lead(one: Mapping[str, Any], words: str, address: str) -> Lead:
    url, title = text(one, "url"), text(one, "pageTitle")
    titled = f", titled {quoted(title, limit=100)}" if title else ""
    return Lead(
        source=Source(kind=SourceKind.WEB, name="Google Vision", origin=url[:_SHOWN], url=url),
        statement=f"Google Vision names {quoted(url, limit=_SHOWN)}{titled}: {words.format(shown_as(address))}.",
        method=METHOD,
        limits=(_UNDATED, *told_of(address)),
        lead=LeadKind.SIMILARITY,
        by="Google Vision",
        quote=title,
    )
