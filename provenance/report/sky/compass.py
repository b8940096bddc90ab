"""The sky as a circle: the rim is the horizon, the middle is overhead, north is up and east is on the right.

Equidistant: a degree of altitude is everywhere as long. Lengths in CSS pixels from the middle of the circle, y down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...placetime.sun.answer import Sky
from ...placetime.sun.shadow import Band, Measured
from .tested import PATH_STEP_MIN, Day, Stretch

RADIUS_PX = 118.0
HALF_TURN_DEG = 180.0
_HOURS = 3
_HOUR_OFF_PX = 13.0
_WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A text at a point."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compass:
    """Everything in the circle; each `d` is a path of SVG."""

    band: str
    """Where the sun stood by the shadow; "" without one."""
    paths: tuple[str, ...]
    fits: tuple[str, ...]
    beside: tuple[str, ...]
    hours: tuple[Mark, ...]
    ticks: str
    """Short strokes across the path at those hours."""
    sun: tuple[float, float] | None
    """At the moment in question."""
    sun_below: bool
    shadow: str
    """A line to where the shadow pointed at that moment."""
    bearing: str
    """Where the shadow pointed as it was measured."""


def compass(days: Sequence[Day], allowed: Band | None, sky: Sky | None, bearing: Measured | None) -> Compass:
    """The circle for some days; their paths are drawn, and the hours of the middle one are marked."""
    chosen = _chosen(days)
    middle = days[len(days) // 2] if days else None
    hours = tuple(_hours(middle)) if middle is not None else ()
    return Compass(
        band="" if allowed is None else _band(allowed),
        paths=tuple(filter(None, (_path(one.path) for one in chosen))),
        fits=tuple(_along(one, part) for one in chosen for part in one.fits),
        beside=tuple(_along(one, part) for one in chosen for part in one.beside),
        hours=tuple(mark for mark, _ in hours),
        ticks="".join(tick for _, tick in hours),
        sun=None if sky is None else point(sky.azimuth_deg, max(sky.altitude_deg, -4.0)),
        sun_below=sky is not None and sky.altitude_deg < 0,
        shadow="" if sky is None or sky.altitude_deg <= 0 else _ray(sky.azimuth_deg + HALF_TURN_DEG),
        bearing="" if bearing is None else _sector(bearing.value, bearing.error, 0.0, 90.0),
    )


def point(azimuth_deg: float, altitude_deg: float) -> tuple[float, float]:
    """Where a direction of the sky stands in the circle."""
    out = RADIUS_PX * (90 - altitude_deg) / 90
    turn = math.radians(azimuth_deg)
    return round(out * math.sin(turn), 1), round(-out * math.cos(turn), 1)


def compass_point(azimuth_deg: float) -> str:
    """The nearest of eight winds: "south-east"."""
    return _WINDS[round(azimuth_deg / 45) % 8]


def _chosen(days: Sequence[Day]) -> Sequence[Day]:
    """Days that lie near each other have one path; of a longer time the first, the middle and the last."""
    if not days or (days[-1].day - days[0].day).days <= 3:
        return days[len(days) // 2 : len(days) // 2 + 1]
    return list(dict.fromkeys((days[0], days[len(days) // 2], days[-1])))


def _path(seen: Iterable[tuple[float, float]]) -> str:
    """A line through what is above the horizon."""
    parts, pen = [], "M"
    for azimuth_deg, altitude_deg in seen:
        if altitude_deg < -0.5:
            pen = "M"
            continue
        x, y = point(azimuth_deg, max(altitude_deg, 0.0))
        parts.append(f"{pen}{x} {y}")
        pen = "L"
    return "".join(parts)


def _along(day: Day, part: Stretch) -> str:
    """The part of a day's path between two minutes; a moment is drawn as a short stroke."""
    first, last = part.first, max(part.last, part.first + 4)
    inner = [at for at in range(len(day.path)) if first < at * PATH_STEP_MIN < last]
    seen = [_at(day, first), *(day.path[at] for at in inner), _at(day, last)]
    return "M" + "L".join(f"{x} {y}" for x, y in (point(azimuth, max(high, 0.0)) for azimuth, high in seen))


def _at(day: Day, minute: float) -> tuple[float, float]:
    """Azimuth and altitude at a minute, between two steps of the path."""
    place = min(max(minute / PATH_STEP_MIN, 0.0), len(day.path) - 1.0)
    low = min(int(place), len(day.path) - 2)
    share = place - low
    (azimuth, high), (next_azimuth, next_high) = day.path[low], day.path[low + 1]
    turn = (next_azimuth - azimuth + 180) % 360 - 180
    return azimuth + share * turn, high + share * (next_high - high)


def _hours(day: Day) -> Iterable[tuple[Mark, str]]:
    """Every third hour of UTC at which the sun is up, as a stroke across the path and its number outside it."""
    offset = -(day.start.hour * 60 + day.start.minute) % (60 * _HOURS)
    for minute in range(offset, 1_441, 60 * _HOURS):
        azimuth, high = _at(day, minute)
        if high < 2:
            continue
        x, y = point(azimuth, high)
        length = math.hypot(x, y) or 1.0
        out_x, out_y = x / length, y / length
        hour = (day.start.hour + (day.start.minute + minute) // 60) % 24
        text = Mark(x=round(x + _HOUR_OFF_PX * out_x, 1), y=round(y + _HOUR_OFF_PX * out_y + 4, 1), text=f"{hour:02}")
        tick = f"M{x - 3 * out_x:.1f} {y - 3 * out_y:.1f}l{6 * out_x:.1f} {6 * out_y:.1f}"
        yield text, tick


def _band(allowed: Band) -> str:
    if allowed.azimuth_deg is None:
        low, high = (RADIUS_PX * (90 - altitude) / 90 for altitude in (allowed.lowest_deg, allowed.highest_deg))
        return f"{_circle(low)}{_circle(high)}"
    return _sector(allowed.azimuth_deg.value, allowed.azimuth_deg.error, allowed.lowest_deg, allowed.highest_deg)


def _circle(radius: float) -> str:
    half = f"a{radius:.1f} {radius:.1f} 0 1 0"
    return f"M{-radius:.1f} 0{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0z"


def _sector(middle_deg: float, error_deg: float, low_deg: float, high_deg: float) -> str:
    """The part of a ring between two altitudes and two directions, at least two degrees wide so as to be seen."""
    half = min(max(error_deg, 1.0), 179.9)
    wide = 1 if half > 90 else 0
    outer, inner = (RADIUS_PX * (90 - altitude) / 90 for altitude in (low_deg, high_deg))
    corners = [
        point(middle_deg + turn, altitude)
        for turn, altitude in ((-half, low_deg), (half, low_deg), (half, high_deg), (-half, high_deg))
    ]
    (a, b), (c, d), (e, f), (g, h) = corners
    return f"M{a} {b}A{outer:.1f} {outer:.1f} 0 {wide} 1 {c} {d}L{e} {f}A{inner:.1f} {inner:.1f} 0 {wide} 0 {g} {h}z"


def _ray(azimuth_deg: float) -> str:
    x, y = point(azimuth_deg, 0.0)
    return f"M0 0L{x} {y}"
