"""What a figure of the sun shows: a place, a time, a shadow where one was measured, and the days of that time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ...model.place import Place
from ...model.time import Interval
from ...placetime.sun.answer import Answer, SunAnswer
from ...placetime.sun.position import DAY_ALTITUDE_DEG, position
from ...placetime.sun.shadow import Band, Shadow
from ...placetime.sun.windows import Window, windows

MOST_DAYS = 9
"""Days that are drawn; of a longer time as many, evenly from the first to the last."""
PATH_STEP_MIN = 10
MOMENT_MIN = 3
"""A time no longer than this is a moment: `placetime.sun.answer.EXACT` and the minute that it began in."""
_DAY_MIN = 1_440
_CALENDAR = timedelta(days=2)
"""What is left out at both ends of the calendar, where a day cannot be reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One answer about the sun. `ids`: the items that it rests on; none outside a report."""

    found: SunAnswer
    shadow: Shadow | None = None
    claim: str = ""
    """Who says so, as it may stand in a sentence; "" where nobody is named."""
    measured: str = ""
    """Who measured the shadow."""
    ids: tuple[str, ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether there is a place narrow enough, a time with two ends, and an answer to draw."""
        found, time = self.found, self.found.time
        if found.place is None or found.place.lat_deg is None or found.answer is Answer.CANNOT_SAY or time is None:
            return False
        if time.earliest is None or time.latest is None:
            return False
        inside = time.latest < datetime.max.replace(tzinfo=UTC) - _CALENDAR
        return inside and time.earliest > datetime.min.replace(tzinfo=UTC) + _CALENDAR


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes from the start of a day, first and last."""

    first: float
    last: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day at a place, from mean midnight to mean midnight by the sun."""

    day: date
    start: datetime
    path: tuple[tuple[float, float], ...]
    """Azimuth and altitude in degrees, every `PATH_STEP_MIN` minutes."""
    up: tuple[Stretch, ...]
    fits: tuple[Stretch, ...]
    """When the sun stood as the shadow says within the time in question; around a moment, the whole stretch."""
    beside: tuple[Stretch, ...]
    """The same at other times of the day."""
    asked: Stretch | None
    """The part of the day that lies in the time in question."""

    @property
    def moment(self) -> bool:
        """Whether the time in question is a moment."""
        return self.asked is not None and self.asked.last - self.asked.first <= MOMENT_MIN


def days(found: SunAnswer) -> tuple[Day, ...]:
    """The days of the place that the time touches; of many the first, the last and some between."""
    place, time = found.place, found.time
    if place is None or place.lon_deg is None or time is None or time.earliest is None or time.latest is None:
        return ()
    ahead = timedelta(minutes=round(place.lon_deg * 4))
    first, last = (time.earliest + ahead).date(), (time.latest + ahead).date()
    count = (last - first).days + 1
    shown = min(count, MOST_DAYS)
    steps = [round(number * (count - 1) / max(shown - 1, 1)) for number in range(shown)]
    return tuple(_day(place, time, found.band, first + timedelta(days=step), ahead) for step in steps)


def _day(place: Place, time: Interval, allowed: Band | None, day: date, ahead: timedelta) -> Day:
    import numpy as np

    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - ahead
    minutes = np.arange(0, _DAY_MIN + 1)
    sun = position(start.timestamp() + 60.0 * minutes, place.lat_deg or 0.0, place.lon_deg or 0.0)
    up = np.concatenate(([0], (sun.geometric_deg >= DAY_ALTITUDE_DEG).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(up))
    asked = _asked(time, start)
    whole = Interval(start, start + timedelta(minutes=_DAY_MIN), True)
    stood = () if allowed is None else _stretches(windows(place, whole, allowed), start)
    fits, beside = _split(stood, asked)
    return Day(
        day=day,
        start=start,
        path=tuple(
            (float(sun.azimuth_deg[at]), float(sun.altitude_deg[at])) for at in range(0, _DAY_MIN + 1, PATH_STEP_MIN)
        ),
        up=tuple(Stretch(float(one), float(other - 1)) for one, other in zip(edges[::2], edges[1::2], strict=True)),
        fits=tuple(fits),
        beside=tuple(beside),
        asked=asked,
    )


def _asked(time: Interval, start: datetime) -> Stretch | None:
    if time.earliest is None or time.latest is None:
        return None
    # To the whole minute, as the windows are found.
    first = (time.earliest.replace(second=0, microsecond=0) - start) / timedelta(minutes=1)
    last = (time.latest - start) / timedelta(minutes=1)
    if last < 0 or first > _DAY_MIN:
        return None
    return Stretch(max(first, 0.0), min(max(last, first), float(_DAY_MIN)))


def _stretches(found: Sequence[Window], start: datetime) -> tuple[Stretch, ...]:
    minute = timedelta(minutes=1)
    return tuple(Stretch((one.start - start) / minute, (one.end - start) / minute) for one in found)


def _split(stood: Iterable[Stretch], asked: Stretch | None) -> tuple[list[Stretch], list[Stretch]]:
    """What lies within the time in question, and what beside it."""
    fits: list[Stretch] = []
    beside: list[Stretch] = []
    for one in stood:
        if asked is None or one.first > asked.last or one.last < asked.first:
            beside.append(one)
        elif asked.last - asked.first <= MOMENT_MIN:
            fits.append(one)
        else:
            fits.append(Stretch(max(one.first, asked.first), min(one.last, asked.last)))
            beside += [Stretch(one.first, asked.first)] if one.first < asked.first else []
            beside += [Stretch(asked.last, one.last)] if one.last > asked.last else []
    return fits, beside
