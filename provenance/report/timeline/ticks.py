"""Marks along an axis of time, in words: "15:00", "14 Nov", "Nov", "2024", each with the day or year it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..languages.formats import STYLES, Style
from ..terminal.columns import display_width
from .timescale import DAY_S, Scale, Stretch

SIZE_PX = 12.0
_LETTER = 0.58
_APART_PX = 8.0
_FIRST = datetime.min.replace(tzinfo=UTC)
_MONTH_S, _YEAR_S = 30.436875 * DAY_S, 365.2425 * DAY_S
_HOURS = (1, 3, 6, 12)
_DAYS: dict[int, range | tuple[int, ...]] = {
    1: range(1, 32),
    2: range(1, 30, 2),
    5: (1, 6, 11, 16, 21, 26),
    7: (1, 8, 15, 22),
    14: (1, 15),
}
_MONTHS_APART = (1, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on the axis. Without a label where there is no room for one."""

    at_px: float
    label_px: float
    """The middle of the label, moved inwards from the ends of its stretch."""
    label: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """How far apart marks are, and how they are written."""

    seconds: float
    moments: Callable[[datetime, datetime], Iterator[datetime]]
    label: Callable[[datetime], str]
    context: Callable[[datetime], tuple[str, ...]]
    """What the first label of a stretch, and of a year, belongs to; the best form first."""
    widest: str
    lone: _Step | None = None
    """How a mark without others is written, where that is not the same."""


def ticks(scale: Scale, style: Style = STYLES["en"]) -> tuple[Tick, ...]:
    """Marks for every stretch, labels that overlap nothing; each stretch has one with its day or year."""
    steps = list(_steps(style))
    step = next((one for one in steps if one.seconds * scale.px_per_s >= width_px(one.widest) + _APART_PX), steps[-1])
    return tuple(tick for stretch in scale.stretches for tick in _of(stretch, step, scale.px_per_s))


def least_px(style: Style) -> float:
    """The room that the label of a day takes with its margin."""
    return width_px(_widest(style)) + _APART_PX


def width_px(text: str, size_px: float = SIZE_PX) -> float:
    """About how wide a text stands, rather too wide than too narrow."""
    return display_width(text) * size_px * _LETTER


def _of(stretch: Stretch, step: _Step, px_per_s: float) -> list[Tick]:
    def place(moment: datetime) -> float:
        return stretch.left_px + ((moment - _FIRST).total_seconds() - stretch.start_s) * px_per_s

    start, end = _moment(stretch.start_s), _moment(stretch.end_s)
    marks = [(place(moment), moment) for moment in step.moments(start, end) if start <= moment <= end]
    if (stretch.last_s - stretch.first_s) * px_per_s < width_px(step.widest) / 2 or not marks:
        first = _moment(stretch.first_s)
        marks, step = [(place(first), first)], step.lone or step
    found: list[Tick] = []
    free_px = free_context_px = stretch.left_px
    told = 0
    for at_px, moment in marks:
        label = step.label(moment)
        middle = _inside(at_px, width_px(label), stretch)
        if middle - width_px(label) / 2 < free_px - 0.01 and found:
            found.append(Tick(at_px=at_px, label_px=at_px))
            continue
        free_px = middle + width_px(label) / 2 + _APART_PX
        context = ""
        if moment.year != told:
            forms = [form for form in step.context(moment) if width_px(form) <= stretch.right_px - stretch.left_px]
            lefts = [_inside(at_px, width_px(form), stretch) - width_px(form) / 2 for form in forms]
            free = [form for form, left in zip(forms, lefts, strict=True) if not found or left >= free_context_px]
            if free:
                # Both lines have one middle, so the wider of them decides whether there is room.
                context, told = free[0], moment.year
                middle = _inside(at_px, max(width_px(label), width_px(context)), stretch)
                free_px = middle + width_px(label) / 2 + _APART_PX
                free_context_px = middle + width_px(context) / 2 + _APART_PX
        found.append(Tick(at_px=at_px, label_px=middle, label=label, context=context))
    return found


def _inside(at_px: float, wide_px: float, stretch: Stretch) -> float:
    """The middle of a text of that width, as near to its place as it fits the stretch."""
    return max(min(at_px, stretch.right_px - wide_px / 2), stretch.left_px + wide_px / 2)


def _moment(seconds: float) -> datetime:
    """Never outside the years 1 to 9999."""
    last = (datetime.max.replace(tzinfo=UTC) - _FIRST).total_seconds()
    return _FIRST + timedelta(seconds=min(max(seconds, 0.0), last - 1))


def _steps(style: Style) -> Iterator[_Step]:
    """From the finest to the coarsest. A lone mark has its day and year, unless years are all that the axis shows."""

    def day(at: datetime) -> str:
        return _day(style, at)

    def hour(at: datetime) -> str:
        return f"{at:%H:%M}" if at.hour else day(at)  # midnight by the day that begins

    def dated(at: datetime) -> tuple[str, ...]:
        whole = style.day.replace("{day}", str(at.day)).replace("{month}", style.short[at.month - 1])
        return (whole.replace("{year}", _plain_year(at)), day(at)) if at.hour else _year(at)

    widest = _widest(style)
    lone = _Step(DAY_S, _daily(_DAYS[1]), day, _year, widest)
    for hours in _HOURS:
        yield _Step(hours * 3600.0, _hourly(hours), hour, dated, widest, lone)
    for days, kept in _DAYS.items():
        yield _Step(days * DAY_S, _daily(kept), day, _year, widest, lone)
    longest = max(style.alone, key=width_px)
    for months in _MONTHS_APART:
        yield _Step(months * _MONTH_S, _monthly(months), lambda at: style.alone[at.month - 1], _year, longest, lone)
    for years in _YEARS:
        yield _Step(years * _YEAR_S, _yearly(years), _plain_year, _nothing, "2000")


def _day(style: Style, at: datetime) -> str:
    return style.short_day.replace("{day}", str(at.day)).replace("{month}", style.short[at.month - 1])


def _widest(style: Style) -> str:
    """The day whose label is the widest of a year."""
    return max((_day(style, datetime(2000, month, 28, tzinfo=UTC)) for month in range(1, 13)), key=width_px)


def _plain_year(at: datetime) -> str:
    """Four digits, as ISO 8601 has it: "2024", "0998"."""
    return f"{at.year:04d}"


def _year(at: datetime) -> tuple[str, ...]:
    return (_plain_year(at),)


def _nothing(_: datetime) -> tuple[str, ...]:
    """A year belongs to nothing larger."""
    return ()


def _hourly(hours: int) -> Callable[[datetime, datetime], Iterator[datetime]]:
    def moments(start: datetime, end: datetime) -> Iterator[datetime]:
        at = start.replace(hour=start.hour - start.hour % hours, minute=0, second=0, microsecond=0)
        yield from _until(at, end, lambda one: one + timedelta(hours=hours))

    return moments


def _daily(kept: range | tuple[int, ...]) -> Callable[[datetime, datetime], Iterator[datetime]]:
    def moments(start: datetime, end: datetime) -> Iterator[datetime]:
        at = start.replace(hour=0, minute=0, second=0, microsecond=0)
        yield from (one for one in _until(at, end, lambda one: one + timedelta(days=1)) if one.day in kept)

    return moments


def _monthly(months: int) -> Callable[[datetime, datetime], Iterator[datetime]]:
    def after(at: datetime) -> datetime:
        whole = at.year * 12 + at.month - 1 + months
        return at.replace(year=whole // 12, month=whole % 12 + 1)

    def moments(start: datetime, end: datetime) -> Iterator[datetime]:
        yield from _until(datetime(start.year, 1, 1, tzinfo=UTC), end, after)

    return moments


def _yearly(years: int) -> Callable[[datetime, datetime], Iterator[datetime]]:
    def moments(start: datetime, end: datetime) -> Iterator[datetime]:
        first = datetime(max(start.year - start.year % years, 1), 1, 1, tzinfo=UTC)
        yield from _until(first, end, lambda at: at.replace(year=at.year - at.year % years + years))

    return moments


def _until(at: datetime, end: datetime, after: Callable[[datetime], datetime]) -> Iterator[datetime]:
    while at <= end:
        yield at
        try:
            at = after(at)
        except (OverflowError, ValueError):  # past the year 9999
            return
