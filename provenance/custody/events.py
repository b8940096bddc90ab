"""The event list: what happened to which bytes, when, by which clock. It grows by appending only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from ..model.canonical import iso
from ..model.report import Event

Clock = Callable[[], datetime]

SYSTEM_CLOCK = "this machine's clock, not compared with any other"
STATED_CLOCK = "stated by the person who ran the check"


def system_clock() -> datetime:
    """The machine's time, aware, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def time_and_clock(now: datetime | None) -> tuple[datetime, str]:
    """A stated time, or where none is stated that of this machine, with the name of the clock that gave it."""
    return (system_clock(), SYSTEM_CLOCK) if now is None else (now, STATED_CLOCK)


class EventList:
    """Collects the events of one run under one clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: list[Event] = []

    def append(self, what: str, detail: str, *, sha256: str = "") -> None:
        """Note that something happened just now; `sha256` names the bytes it happened to."""
        self._events.append(Event(at=iso(self._clock()), what=what, detail=detail, sha256=sha256))

    def all(self) -> tuple[Event, ...]:
        """The events so far, oldest first."""
        return tuple(self._events)
