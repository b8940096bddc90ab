"""The hours of each day: when the sun was up, when it stood as the shadow says, and which time is in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from .tested import Day, Stretch

LABEL_PX, ROW_PX, AXIS_PX = 84.0, 24.0, 18.0
LEAST_PX = 2.0
_DAY_MIN = 1_440.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """From left to right in CSS pixels."""

    left: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One day."""

    y: float
    label: str
    up: tuple[Bar, ...]
    fits: tuple[Bar, ...]
    beside: tuple[Bar, ...]
    asked: Bar | None
    moment: float | None
    """Where the time in question is a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The rows, and the hours of UTC above them."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, str], ...]
    left: float
    width: float
    height: float


def hours(days: Sequence[Day], width_px: float) -> Hours:
    """The rows of a drawing of that width; days begin at the place's midnight by the sun, so that no day is cut."""
    scale = (width_px - LABEL_PX) / _DAY_MIN

    def bars(parts: Iterable[Stretch]) -> tuple[Bar, ...]:
        return tuple(_bar(part, scale) for part in parts)

    rows = tuple(
        Row(
            y=AXIS_PX + number * ROW_PX,
            label=date_told(day),
            up=bars(day.up),
            fits=bars(day.fits),
            beside=bars(day.beside),
            asked=None if day.asked is None or day.moment else _bar(day.asked, scale),
            moment=round(LABEL_PX + day.asked.first * scale, 1) if day.asked and day.moment else None,
        )
        for number, day in enumerate(days)
    )
    return Hours(
        rows=rows,
        ticks=tuple(_ticks(days[0], scale)) if days else (),
        left=LABEL_PX,
        width=width_px - LABEL_PX,
        height=AXIS_PX + len(rows) * ROW_PX,
    )


def date_told(day: Day) -> str:
    """ "14 Nov 2024"."""
    return f"{day.day.day} {_MONTHS[day.day.month - 1]} {day.day.year}"


def stretches_told(day: Day, parts: Sequence[Stretch]) -> str:
    """ "04:10 to 05:20 and 07:00 to 08:10 UTC"."""
    told = [_times(day, part) for part in parts]
    return f"{', '.join(told[:-1])} and {told[-1]} UTC" if len(told) > 1 else f"{told[0]} UTC" if told else ""


def _times(day: Day, part: Stretch) -> str:
    first, last = (day.start + timedelta(minutes=minute) for minute in (part.first, part.last))
    return f"{first:%H:%M}" if f"{first:%H:%M}" == f"{last:%H:%M}" else f"{first:%H:%M} to {last:%H:%M}"


def _bar(part: Stretch, scale: float) -> Bar:
    width = max((part.last - part.first) * scale, LEAST_PX)
    return Bar(left=round(LABEL_PX + part.first * scale, 1), width=round(width, 1))


def _ticks(day: Day, scale: float) -> Iterable[tuple[float, str]]:
    """Every third hour of UTC."""
    offset = -(day.start.hour * 60 + day.start.minute) % 180
    for minute in range(offset, 1_441 - 40, 180):  # a label at the very end would be cut
        hour = (day.start + timedelta(minutes=minute)).hour
        yield round(LABEL_PX + minute * scale, 1), f"{hour:02}"
