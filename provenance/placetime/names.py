"""Times in file names and addresses: what whoever named the file, or the service that numbered the post, says.

Patterns are those of the programs named beside them. A local time without a zone is 26 hours wide (model/time.py).
Nothing here says when a picture was taken: a file is named by anybody, and a post can show an old picture.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..model.time import Interval, day_interval, local_moment
from . import post_ids
from .addresses import Address, address_of
from .name_forms import AFTERNOON, FORMS, SAVED

MOST_CHARS = 2_000
MOST_FOUND = 8
_SECOND = timedelta(seconds=1) - timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTime:
    """One time in a name or an address."""

    scheme: str
    """Whose way of naming it is: "Google Pixel camera", "WhatsApp, Android", "X post", ..."""
    found: str
    """The part of the text it stands in, verbatim."""
    interval: Interval
    means: str
    """What the time is, to stand behind "this is": "the time at which the phone began to save the picture"."""
    post: bool = False
    """Whether it is the time of a post, from the number that the service gave it."""
    sure: bool = True
    """False where the text has the form of such an id, but does not say whose."""


_COUNTED = (
    (re.compile(r"(?<![0-9A-Za-z])FB_IMG_(\d{13})(?!\d)", re.IGNORECASE), "Facebook, Android", SAVED),
    (re.compile(r"(?<![0-9A-Za-z])mmexport(\d{13})(?!\d)", re.IGNORECASE), "WeChat", SAVED),
)
_ID = r"(?P<id>\d{15,20})(?!\d)"


_POSTS: tuple[tuple[str, str, Callable[[str], datetime | None]], ...] = (
    (
        "X post",
        rf"(?:twitter\.com|\bx\.com|twitter|tweet)[/\w@%.-]{{0,80}}?(?:status(?:es)?[/_-]|[-_]){_ID}",
        post_ids.numbered(post_ids.X),
    ),
    (
        "Discord message or file",
        rf"discord(?:app)?\.(?:com|net)/(?:channels|attachments)/(?:\d{{15,20}}/|@me/){{1,2}}{_ID}",
        post_ids.numbered(post_ids.DISCORD),
    ),
    (
        "TikTok post",
        rf"tiktok(?:\.com)?[/_-][/\w@%.-]{{0,60}}?(?:video|photo)[/_-]{_ID}",
        post_ids.numbered(post_ids.TIKTOK),
    ),
    (
        "Instagram post",
        r"instagram\.com/(?:[\w.]{1,30}/)?(?:p|reel|reels|tv)/(?P<id>[\w-]{10,40})(?![\w-])",
        post_ids.instagram_code,
    ),
)
"""In names of files, where nobody vouches for the host anyway."""
_MEDIA = re.compile(r"(?:pbs\.twimg\.com/media/|(?<![\w-]))([A-Z][\w-]{14})(?=$|[.?:])")
_BARE = re.compile(r"^(\d{18,19})(?:[-_]\d)?(?=$|\.)")


def read(text: str, *, address: bool = False, now: datetime | None = None) -> tuple[NamedTime, ...]:
    """Every time in a file name or an address, in order of place, at most `MOST_FOUND`; the text is cut after
    `MOST_CHARS` and brought to Unicode's NFC, for macOS writes names decomposed. Pure, linear, never raises.

    `address`: an address though no "://" is in it. In an address the host says whose number a post has, in a file name
    the words do. `now`: an aware time; no post has a number of later.
    """
    text = unicodedata.normalize("NFC", text[:MOST_CHARS])
    known = address_of(text) if address or "://" in text else None
    posts, forms = (_posts(text), _forms(text)) if known is None else (_addressed(known, text), _media(known, text))
    found: list[tuple[tuple[int, int], NamedTime]] = []
    for span, one in (*posts, *_counted(text), *_clocks(text), *forms):
        later = one.post and now is not None and one.interval.earliest is not None and one.interval.earliest > now
        if not later and not any(span[0] < end and start < span[1] for (start, end), _ in found):
            found.append((span, one))
        if len(found) >= MOST_FOUND:
            break
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


_Found = Iterator[tuple[tuple[int, int], NamedTime]]
_NUMBERED = "the time at which the service numbered the post or file, not that of capture"


def _posts(text: str) -> _Found:
    for scheme, pattern, decode in _POSTS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if when := decode(match["id"]):
                yield match.span(), _post(scheme, match[0], when)


def _addressed(address: Address, text: str) -> _Found:
    """The post that an address leads to, by its host; any host can run Mastodon, and others number in its form."""
    post = address.post()
    if post is not None and (when := post.moment()):
        at = max(text.find(post.path), 0)
        yield (at, at + len(post.path)), _post(post.scheme, post.path, when, sure=post.sure)


def _post(scheme: str, found: str, when: datetime, *, sure: bool = True) -> NamedTime:
    last = when + (_SECOND if scheme.startswith("TikTok") else timedelta(microseconds=999))
    return _named(scheme, found, Interval(when, last, True), _NUMBERED, post=True, sure=sure)


def _counted(text: str) -> _Found:
    for pattern, scheme, means in _COUNTED:
        for match in pattern.finditer(text):
            if when := post_ids.unix_ms(int(match[1])):
                last = when + timedelta(microseconds=999)
                yield match.span(), _named(scheme, match[0], Interval(when, last, True), means)


def _clocks(text: str) -> _Found:
    for one in FORMS:
        for match in one.pattern.finditer(text):
            if interval := _interval(match, utc=one.utc):
                yield match.span(), _named(one.scheme, match[0], interval, one.means)


_BY_X = "the time at which X numbered the picture or post, if this is such a number; not that of capture"


def _media(address: Address, text: str) -> _Found:
    """A picture's name on the host of X that serves them."""
    if address.is_of("pbs.twimg.com"):
        yield from _media_names(text)


def _forms(text: str) -> _Found:
    """Names that have the form of an id of X and say so nowhere: pointers, no more."""
    yield from _media_names(text)
    for match in _BARE.finditer(text):
        if when := post_ids.moment(int(match[1]), post_ids.X):
            interval = Interval(when, when + timedelta(microseconds=999), True)
            yield match.span(), _named("form of an X post id", match[1], interval, _BY_X, post=True, sure=False)


def _media_names(text: str) -> _Found:
    for match in _MEDIA.finditer(text):
        when = post_ids.x_media_name(match[1])
        # Names of English words decode as well: only what has a digit and both cases, behind 2011, is kept.
        mixed = any(c.isdigit() for c in match[1]) and any(c.islower() for c in match[1])
        if when and mixed:
            interval = Interval(when, when + timedelta(microseconds=999), True)
            yield match.span(), _named("form of an X picture name", match[1], interval, _BY_X, post=True, sure=False)


def _named(
    scheme: str, found: str, interval: Interval, means: str, *, post: bool = False, sure: bool = True
) -> NamedTime:
    return NamedTime(scheme=scheme, found=found, interval=interval, means=means, post=post, sure=sure)


def _interval(match: re.Match[str], *, utc: bool) -> Interval | None:
    """What the written date and time stand for; None where they are no date or no time of day."""
    parts = match.groupdict()
    year, month, day = (int(parts[key]) for key in ("y", "m", "d"))
    try:
        if parts.get("H") is None:
            return day_interval(datetime(year, month, day, tzinfo=UTC).date())
        hour = int(parts["H"])
        half = (parts.get("half") or parts.get("before") or "").upper()
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half in AFTERNOON else 0)
        fraction = parts.get("ms")
        start = datetime(
            year, month, day, hour, int(parts["M"]), int(parts["S"]), 1000 * int(fraction or 0), tzinfo=UTC
        )
        precision = timedelta(microseconds=999) if fraction else _SECOND
        if utc:
            return Interval(start, start + precision, True)
        return local_moment(start, precision=precision)
    except ValueError:
        return None
