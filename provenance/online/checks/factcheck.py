"""Check "factcheck": published fact checks, by the words of the claim and by the picture's address.

Google Fact Check Tools API, v1alpha1, claims:search and claims:imageSearch. A review is a statement by its publisher on
a claim that is like the words that were asked; whether it speaks of this picture is for a person to read. None of its
dates says when a picture was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from ...model.context import Context
from ...model.evidence import Claim, Evidence, Lead, LeadKind
from ...model.image import Image
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outcome import Outcome
from ...model.outside import Request
from ...model.source import Source, SourceKind
from ...model.text import quoted, visible
from ..outcomes import MORE_ADDRESSES, LeftOut, Part, absence, ended, left_out
from ..reading import json_asked, rows, text, wrong

METHOD = "factcheck"
MOST_CLAIMS, MOST_ADDRESSES, MOST_PAGES, MOST_REVIEWS = 3, 2, 3, 20
_QUERY_CHARS, _SHOWN = 200, 300
Claims = Callable[[Mapping[str, Any]], list[Mapping[str, Any]]]
"""A page of an answer -> the claims on it."""


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - a check takes both
    """A Lead for each review that the service names."""
    tested = [item for item in context.statements if isinstance(item, Claim) and item.tested and item.quote]
    queries = list(dict.fromkeys(item.quote[:_QUERY_CHARS] for item in tested))
    parts: list[Part] = [partial(_by_words, context, one) for one in queries[:MOST_CLAIMS]]
    parts += [partial(_by_address, context, one) for one in context.addresses[:MOST_ADDRESSES]]
    remedy = "add --claim with the words of the claim, or --picture-url"
    unasked = [
        *left_out(len(queries) - MOST_CLAIMS, "more claim", "more claims"),
        *left_out(len(context.addresses) - MOST_ADDRESSES, *MORE_ADDRESSES),
    ]
    nothing = "no words of a claim and no address of the picture are known"
    return ended(context, METHOD, parts, nothing=nothing, remedy=remedy, unasked=unasked)


def _by_words(context: Context, words: str) -> Iterator[Evidence | LeftOut]:
    path = f"/v1alpha1/claims:search?query={quote(words, safe='')}&pageSize=10"
    pages = _pages(context, path, "the words of the claim")
    yield from _reviews(pages, lambda page: rows(page, "claims"), f"to the words {quoted(words, limit=100)}")


def _by_address(context: Context, address: str) -> Iterator[Evidence | LeftOut]:
    path = f"/v1alpha1/claims:imageSearch?imageUri={quote(address, safe='')}&pageSize=10"
    pages = _pages(context, path, "the address of the picture")
    yield from _reviews(pages, _inner, "for a picture like the one at the address asked")


def _inner(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [claim for one in rows(page, "results") for claim in rows({"claim": [one.get("claim")]}, "claim")]


def _pages(context: Context, path: str, sends: str) -> Iterator[Mapping[str, Any]]:
    """The pages of an answer, by their tokens. Raises FetchError, also for a token that comes a second time."""
    token, seen = "", set()
    for _ in range(MOST_PAGES):
        more = f"&pageToken={quote(token, safe='')}" if token else ""
        page = json_asked(
            context, Request(service=METHOD, path=path + more, sends=sends, most_bytes=SERVICE_REPLY_BYTES)
        )
        if not isinstance(page, dict):
            wrong("its reply is not as documented")
        yield page
        token = text(page, "nextPageToken")
        if not token:
            return
        if token in seen:
            wrong("its pages lead in a circle")
        seen.add(token)


def _reviews(pages: Iterator[Mapping[str, Any]], claims_of: Claims, found_by: str) -> Iterator[Evidence | LeftOut]:
    told, more, token = 0, 0, ""
    for page in pages:
        token = text(page, "nextPageToken")
        for claim in claims_of(page):
            reviews = rows(claim, "claimReview")
            room = MOST_REVIEWS - told
            yield from (_review(claim, review, found_by) for review in reviews[:room])
            told, more = told + len(reviews[:room]), more + len(reviews[room:])
    yield from left_out(more, "more review", "more reviews")
    if token:
        yield LeftOut(f"what follows on its first {MOST_PAGES} pages")
    if not told:
        said = f"Google's index of fact checks names none {found_by}."
        limit = "It holds what publishers marked up for it; that nobody checked a claim says nothing of it."
        yield absence(said, by="Google Fact Check Tools", method=METHOD, limits=(limit,))


def _review(claim: Mapping[str, Any], review: Mapping[str, Any], found_by: str) -> Lead:
    (publisher,) = rows({"publisher": [review.get("publisher", {})]}, "publisher")
    who = visible(text(publisher, "name") or text(publisher, "site") or "a publisher not named", limit=100)
    day = text(review, "reviewDate")[:10]
    claimant = text(claim, "claimant")
    by = f", said by {quoted(claimant, limit=80)}" if claimant else ""
    dated = f" on {visible(day)}" if day else ""
    return Lead(
        source=Source(kind=SourceKind.WEB, name=who, origin=text(publisher, "site") or who, url=text(review, "url")),
        statement=(
            f"{who} rates the claim {quoted(text(claim, 'text'), limit=_SHOWN)}{by}, as "
            f"{quoted(text(review, 'textualRating'), limit=100)}{dated}; found {found_by}."
        ),
        method=METHOD,
        limits=("It is the word of its publisher on a claim; whether it speaks of this picture, read there.",),
        lead=LeadKind.CONTEXT,
        by=who,
        quote=text(review, "title") or text(review, "textualRating"),
    )
