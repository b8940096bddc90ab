"""How far apart two times lie, in words: what is certainly there once every doubt about zones is taken off."""

from __future__ import annotations

from ..model.time import Interval
from .intervals import end, gap, start
from .wording import at_least, lasting


def between(first: Interval, second: Interval) -> str:
    """ "94 days"; "at least 94 days" where either names no time zone; "" where they meet or no whole hour is sure."""
    found = least(first, second)
    return found.removeprefix("at least ") if first.zone_known and second.zone_known else found


def least(first: Interval, second: Interval) -> str:
    """ "at least 94 days"; "" where the two meet or no whole hour is sure, as of two days that follow each other."""
    apart = gap(first, second)
    return "" if apart is None else at_least(lasting(apart))


def behind(first: Interval, second: Interval) -> str:
    """How the second lies to the first: ", at least 94 days later"; "" where the two meet."""
    apart = between(first, second)
    return f", {apart} {'later' if end(first) < start(second) else 'earlier'}" if apart else ""
