"""Clocks that were never set, of cameras and of the desk's machine: they date nothing. Why: docs/adr/0129."""

from __future__ import annotations

from datetime import UTC, datetime

from ..._version import BEGAN

WORDS = "the date is one that camera clocks show which were never set"
# The start of Unix, DOS, GPS and classic Mac OS time and of the usual firmware years; 2002-12-08 12:00:00 is written by
# several phones (seen on pictures of many years).
_DAYS = (
    "1904-01-01",
    "1969-12-31",  # the start of Unix west of Greenwich
    "1970-01-01",
    "1980-01-01",
    "1980-01-06",
    "2000-01-01",
    "2002-12-08T12:00:00",
)
_FIRST_CHECK = datetime(BEGAN, 1, 1, tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


def by_unset_clock(iso: str) -> bool:
    """Whether a time, as written in ISO 8601, is of a day that cameras show whose clock nobody set."""
    return iso.startswith(_DAYS)


def before_any_check(moment: datetime) -> bool:
    """Whether the clock of a check at that moment was never set, so that it says nothing of the time of anything."""
    return moment < _FIRST_CHECK


def nothing_after(now: datetime) -> datetime:
    """The moment of a check as a limit: nothing is dated after it. By a clock that was never set it limits nothing."""
    return _NEVER if before_any_check(now) else now
