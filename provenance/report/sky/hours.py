"""The hours of each day: when the sun was up, when it stood as the shadow says, and which time is in question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ...model.said import MONTHS
from ..languages.tongue import ENGLISH, Tongue
from ..map.labels import width_px as wide_px
from .tested import Day, Stretch

LABEL_PX, ROW_PX, AXIS_PX = 84.0, 24.0, 18.0
"""Width of the dates, at least; height of a day, and of the hours above."""
_DATE_PX, _GAP_PX = 12.0, 3.0
LEAST_PX = 2.0
_DAY_MIN = 1_440.0


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


def hours(days: Sequence[Day], width_px: float, tongue: Tongue = ENGLISH) -> Hours:
    """The rows of a drawing of that width; days begin at the place's midnight by the sun, so that no day is cut."""
    labels = [tongue.when(date_told(day)) for day in days]
    left = max(LABEL_PX, *(wide_px(label, _DATE_PX) + _GAP_PX for label in labels), 0)
    scale = (width_px - left) / _DAY_MIN

    def bars(parts: Iterable[Stretch]) -> tuple[Bar, ...]:
        return tuple(_bar(part, left, scale) for part in parts)

    rows = tuple(
        Row(
            y=AXIS_PX + number * ROW_PX,
            label=label,
            up=bars(day.up),
            fits=bars(day.fits),
            beside=bars(day.beside),
            asked=None if day.asked is None or day.moment else _bar(day.asked, left, scale),
            moment=round(left + day.asked.first * scale, 1) if day.asked and day.moment else None,
        )
        for number, (day, label) in enumerate(zip(days, labels, strict=True))
    )
    return Hours(
        rows=rows,
        ticks=tuple(_ticks(days[0], left, scale)) if days else (),
        left=left,
        width=width_px - left,
        height=AXIS_PX + len(rows) * ROW_PX,
    )


def date_told(day: Day) -> str:
    """ "14 Nov 2024"."""
    return f"{day.day.day} {MONTHS[day.day.month - 1]} {day.day.year}"


def stretches_told(day: Day, parts: Sequence[Stretch]) -> str:
    """ "04:10–05:20, 07:00–08:10 UTC": the same in every language."""
    return f"{', '.join(_times(day, part) for part in parts)} UTC" if parts else ""


def _times(day: Day, part: Stretch) -> str:
    first, last = (day.start + timedelta(minutes=minute) for minute in (part.first, part.last))
    return f"{first:%H:%M}" if f"{first:%H:%M}" == f"{last:%H:%M}" else f"{first:%H:%M}–{last:%H:%M}"


def _bar(part: Stretch, start: float, scale: float) -> Bar:
    width = max((part.last - part.first) * scale, LEAST_PX)
    return Bar(left=round(start + part.first * scale, 1), width=round(width, 1))


def _ticks(day: Day, left: float, scale: float) -> Iterable[tuple[float, str]]:
    """Every third hour of UTC."""
    offset = -(day.start.hour * 60 + day.start.minute) % 180
    for minute in range(offset, 1_441 - 40, 180):  # a label at the very end would be cut
        hour = (day.start + timedelta(minutes=minute)).hour
        yield round(left + minute * scale, 1), f"{hour:02}"
