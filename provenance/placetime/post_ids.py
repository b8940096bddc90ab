"""Times inside the identifiers of posts: services number what they store by the clock, and the number keeps the time.

Snowflake ids hold milliseconds since an epoch of the service above their lowest 22 bits (Twitter, "Announcing
Snowflake", 2010; Discord developer documentation, "Snowflakes"); Mastodon's hold Unix milliseconds above 16 bits
(mastodon/lib/mastodon/snowflake.rb), Instagram's milliseconds above 23 (Instagram Engineering, "Sharding & IDs at
Instagram", 2012), TikTok's Unix seconds above 32. Facebook's and Telegram's numbers hold no time and are not read.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_SHORTCODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LATEST_YEAR = 2100
# Pictures' numbers end in zero bits (the names have "AA" in places 10 and 11): one of 1,024 other names has them too.
_SEQUENCE = 0x3FF


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a service numbers: milliseconds since `epoch_ms` (Unix) above the lowest `bits`; none before `first`."""

    epoch_ms: int
    bits: int
    first: datetime
    unit_ms: int = 1


# X: ids before 4 November 2010 were counted, not timed (the first snowflake of a public post is of that day).
X = Numbering(1288834974657, 22, datetime(2010, 11, 4, tzinfo=UTC))
DISCORD = Numbering(1420070400000, 22, datetime(2015, 1, 1, tzinfo=UTC))
# Mastodon times its ids since version 2.0 (October 2017).
MASTODON = Numbering(0, 16, datetime(2017, 10, 1, tzinfo=UTC))
INSTAGRAM = Numbering(1314220021721, 23, datetime(2011, 8, 24, 21, tzinfo=UTC))
TIKTOK = Numbering(0, 32, datetime(2016, 9, 1, tzinfo=UTC), 1000)


def numbered(numbering: Numbering) -> Callable[[str], datetime | None]:
    """What reads a number written in a name or an address as a post's of this service."""
    return lambda text: moment(int(text), numbering)


def moment(number: int, numbering: Numbering) -> datetime | None:
    """The UTC time in an id, exact to the numbering's unit; None where no id of the service can stand for it."""
    if number < 0 or number >= 2**64:
        return None
    count = number >> numbering.bits
    try:
        when = _UNIX + timedelta(milliseconds=numbering.epoch_ms + count * numbering.unit_ms)
    except OverflowError:
        return None
    return when if numbering.first <= when and when.year < LATEST_YEAR else None


def unix_ms(number: int) -> datetime | None:
    """Unix milliseconds as UTC, between the years 2000 and 2100."""
    if not 946_684_800_000 <= number < 4_102_444_800_000:
        return None
    return _UNIX + timedelta(milliseconds=number)


def instagram_code(code: str) -> datetime | None:
    """The time in the shortcode of an Instagram post: its media id in base 64, at most 11 characters of it."""
    number = 0
    for character in code[:11]:
        place = _SHORTCODE.find(character)
        if place < 0:
            return None
        number = number * 64 + place
    return moment(number, INSTAGRAM)


def x_media_name(name: str) -> datetime | None:
    """The time in the first 8 bytes of a picture's 15-character name on pbs.twimg.com, where they read as an X id."""
    if len(name) != 15:
        return None
    try:
        data = base64.urlsafe_b64decode(name + "=")
    except ValueError:
        return None
    number = int.from_bytes(data[:8], "big")
    return None if number & _SEQUENCE else moment(number, X)
