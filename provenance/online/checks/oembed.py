"""Check "oembed": what a service that carries a post says of it to whoever would embed it: author, words, day.

oEmbed 1.0 (oembed.com), at the endpoints of the public list of providers (github.com/iamcal/oembed, read in 2026) that
want no key; Facebook, Instagram and Threads want one and are not asked. The format has no field for a date: X and
Bluesky write the day, without a zone, into the words of the embedded post, as its last link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from ...intake.results.markup import Closing, Opening, tokens
from ...model.address import comment_in, host_of
from ...model.comments import REDDIT
from ...model.context import Context
from ...model.evidence import Appearance, Claim, Evidence
from ...model.image import Image
from ...model.limits import SERVICE_REPLY_BYTES
from ...model.outcome import Outcome
from ...model.outside import Request
from ...model.publication import CopyKind, DateBasis
from ...model.source import Grade, Source, SourceKind
from ...model.text import quoted, visible
from ...model.time import Interval, parse_interval
from ..outcomes import absence, ended, left_out
from ..reading import asked, found_nothing, json_of, text, wrong

METHOD = "oembed"
MOST_POSTS = 4
_SHOWN, _TEXT_CHARS = 200, 2_000
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATED = frozenset({"X", "Bluesky"})
"""Whose last link is the day; elsewhere it may be the author's own words."""
_DAY = re.compile(rf"({'|'.join(_MONTHS)}) ([0-9]{{1,2}}), ([0-9]{{4}})(?![0-9])")
_ENDPOINTS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("x.com", "twitter.com"), "X", "/oembed?omit_script=1&url="),
    (("bsky.app",), "Bluesky", "/oembed?format=json&url="),
    (("tiktok.com",), "TikTok", "/oembed?url="),
    (("youtube.com", "youtu.be"), "YouTube", "/oembed?format=json&url="),
    (("vimeo.com",), "Vimeo", "/api/oembed.json?url="),
    (("flickr.com", "flic.kr"), "Flickr", "/services/oembed/?format=json&url="),
    (("reddit.com",), "Reddit", "/oembed?url="),
    (("tumblr.com",), "Tumblr", "/oembed/1.0?url="),
    (("pinterest.com",), "Pinterest", "/oembed.json?url="),
    (("dailymotion.com",), "Dailymotion", "/services/oembed?format=json&url="),
)
"""Hosts of the posts, the service, and what is asked of it; its server stands in services.py under the same name."""


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - a check takes both
    """An Appearance for each post that claims, or that the desk recorded, on a service that tells of it."""
    pages = [
        item.source.url if isinstance(item, Claim) else item.url
        for item in context.statements
        if isinstance(item, Appearance) or (isinstance(item, Claim) and item.tested)
    ]
    known = [(page, *found) for page in dict.fromkeys(filter(None, pages)) if (found := _endpoint(page))]
    parts = [partial(_of_post, context, *one) for one in known[:MOST_POSTS]]
    names = ", ".join(name for _, name, _ in _ENDPOINTS)
    return ended(
        context,
        METHOD,
        parts,
        nothing=f"no post of {names} is claimed or recorded",
        remedy="name the post with --url, or record it as a page of a case",
        unasked=left_out(len(known) - MOST_POSTS, "more post", "more posts"),
    )


def _endpoint(page: str) -> tuple[str, str] | None:
    """Whom to ask of the page. Asked of a comment, all but Reddit answer with the author and words of the post."""
    comment = comment_in(page)
    if comment is not None and not comment.startswith(REDDIT):
        return None
    host = host_of(page).rstrip(".")
    for hosts, name, path in _ENDPOINTS:
        if any(host == one or host.endswith(f".{one}") for one in hosts):
            return name, path
    return None


def _of_post(context: Context, page: str, name: str, path: str) -> Iterator[Evidence]:
    request = Request(
        service=METHOD,
        at=name,
        path=f"{path}{quote(page, safe='')}",
        sends=f"the address of the post, to {name}, which carries it",
        answers=(200, 404),
        most_bytes=SERVICE_REPLY_BYTES,
    )
    answer = asked(context, request)
    if found_nothing(answer, "there is no such post"):
        said = f"{name} says that it shows no post at {quoted(page, limit=_SHOWN)}."
        limit = "It may have been there before, and still be there for its author and others."
        yield absence(said, by=name, method=METHOD, limits=(limit,))
        return
    value = json_of(answer.body)
    if not isinstance(value, dict) or not text(value, "type"):
        wrong("its reply is not as documented: no type of what is embedded")
    yield _appearance(page, name, value)


def _appearance(page: str, name: str, value: Mapping[str, Any]) -> Appearance:
    author = visible(text(value, "author_name") or text(value, "author_url") or "an account not named", limit=_SHOWN)
    words, last = _said(text(value, "html"))
    when = _day(last) if name in _DATED else None
    day = f", and writes the day {quoted(last, limit=60)} with it, without a zone" if when else ", and gives no date"
    return Appearance(
        source=Source(kind=SourceKind.WEB, name=name, origin=visible(page, limit=_SHOWN), url=page),
        statement=f"{name} names {quoted(author)} as author of the post {quoted(page, limit=_SHOWN)}{day}.",
        method=METHOD,
        grade=Grade("C", 3),
        limits=(
            "It speaks of the post: whether this picture stands in it was not looked at.",
            "Posts can be edited where their service allows that, and names of accounts can be changed.",
        ),
        by=author,
        published=when,
        date_basis=DateBasis.DISPLAY_NO_TZ if when else DateBasis.UNKNOWN,
        copy=CopyKind.UNKNOWN,
        url=page,
        post_text=(text(value, "title") or words)[:_TEXT_CHARS],
    )


def _said(embedded: str) -> tuple[str, str]:
    """The words of what is to be embedded, and those of its last link."""
    words: list[str] = []
    link: list[str] = []
    inside = False
    for token in tokens(embedded):
        if isinstance(token, Opening):
            link, inside = ([], True) if token.name == "a" else (link, inside)
        elif isinstance(token, Closing):
            inside = inside and token.name != "a"
        else:
            words.append(token)
            link += [token] if inside else []
    return " ".join("".join(words).split()), " ".join("".join(link).split())


def _day(last: str) -> Interval | None:
    found = _DAY.match(last)
    if found is None:
        return None
    try:
        return parse_interval(f"{found[3]}-{_MONTHS.index(found[1]) + 1:02d}-{int(found[2]):02d}")
    except ValueError:
        return None
