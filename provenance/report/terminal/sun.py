"""What the sun says, for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from ...model.said import span
from ...model.text import visible
from ...placetime.sun.answer import Answer, Day, Sky, SunAnswer
from ...placetime.sun.shadow import LIMITS
from ...placetime.sun.windows import Window
from .lines import NARROWEST, entry

_MOST_ROWS = 24


def render_sun(found: SunAnswer, *, width: int) -> str:
    """Place, time, the sun, the shadow and what it leaves; no newline at the end."""
    width = max(width, NARROWEST)
    rows: list[tuple[str, str]] = []
    if found.place is not None:
        rows.append(("Place", visible(f"{found.place.name} ({_coordinates(found)})")))
    if found.time is not None:
        rows.append(("Time", span(found.time)))
    rows += [("Sun", _sky(found.sky))] if found.sky else []
    rows += _daylight(found.days)
    if found.band is not None:
        rows += [("Shadow", sentence) for sentence in found.band.budget]
        rows += [("", sentence) for sentence in LIMITS]
        rows += _left(found)
    rows += [("Note", reason) for reason in found.reasons]
    return "\n".join(line for label, text in rows for line in entry(label, text, width))


def _left(found: SunAnswer) -> Iterable[tuple[str, str]]:
    """What the shadow leaves of place and time."""
    if found.answer is not Answer.NOT_ASKED:
        yield "Answer", _ANSWERS[found.answer]
    yield from _by_day(found.windows)
    if found.latitudes_deg is not None:
        south, north = found.latitudes_deg
        yield "Latitudes", f"that day the sun comes to such a height between {_latitude(south)} and {_latitude(north)}"
    yield from _latitudes_by_day(found)
    if found.region is not None:
        strips = len(found.region["geometry"]["coordinates"])
        yield "Region", f"{strips} strips of one degree of latitude; --geojson FILE writes them"


def _latitudes_by_day(found: SunAnswer) -> Iterable[tuple[str, str]]:
    """Where the sun comes to such a height, for days of a long time without a place."""
    if found.latitudes_by_day:
        yield "Latitudes", "on these days the sun comes to such a height between:"
    for day, span_deg in found.latitudes_by_day:
        text = "nowhere" if span_deg is None else f"{_latitude(span_deg[0])} and {_latitude(span_deg[1])}"
        yield day.isoformat(), text


_ANSWERS = {
    Answer.EXCLUDED: "excluded: at no moment of that time the sun stood so there",
    Answer.NOT_EXCLUDED: "not excluded: the sun stood so there at the times below",
    Answer.CANNOT_SAY: "cannot say",
}


def render_sun_json(found: SunAnswer) -> str:
    """The same for machines: angles in degrees, times in ISO 8601 UTC."""
    return json.dumps(
        {
            "place": None
            if found.place is None
            else {
                "name": found.place.name,
                "lat_deg": found.place.lat_deg,
                "lon_deg": found.place.lon_deg,
                "radius_km": found.place.radius_km,
            },
            "time": None
            if found.time is None
            else {"earliest": _iso(found.time.earliest), "latest": _iso(found.time.latest)},
            "sun": None if found.sky is None else _sky_form(found.sky),
            "days": [
                {
                    "day": day.day.isoformat(),
                    "highest": _sky_form(day.highest),
                    "sunrise": _iso(day.sunrise),
                    "sunset": _iso(day.sunset),
                }
                for day in found.days
            ],
            "band": None
            if found.band is None
            else {
                "lowest_deg": round(found.band.lowest_deg, 3),
                "highest_deg": round(found.band.highest_deg, 3),
                "budget": list(found.band.budget),
            },
            "answer": found.answer.value,
            "windows": [
                {"start": _iso(one.start), "end": _iso(one.end), "before_noon": one.morning} for one in found.windows
            ],
            "latitudes_deg": found.latitudes_deg,
            "latitudes_by_day": [
                {"day": day.isoformat(), "latitudes_deg": span_deg} for day, span_deg in found.latitudes_by_day
            ],
            "region": found.region,
            "notes": list(found.reasons),
        },
        ensure_ascii=False,
        indent=2,
    )


def _sky_form(sky: Sky) -> dict[str, object]:
    return {
        "moment": _iso(sky.moment),
        "altitude_deg": round(sky.altitude_deg, 3),
        "azimuth_deg": round(sky.azimuth_deg, 3),
        "part_of_day": sky.part_of_day,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _coordinates(found: SunAnswer) -> str:
    place = found.place
    if place is None or place.lat_deg is None or place.lon_deg is None:
        return ""
    east = f"{abs(place.lon_deg):.4g} {'E' if place.lon_deg >= 0 else 'W'}"
    return f"{_latitude(place.lat_deg)} {east}, {place.radius_km:g} km round"


def _latitude(deg: float) -> str:
    return f"{abs(deg):.4g} {'N' if deg >= 0 else 'S'}"


def _sky(sky: Sky) -> str:
    below = "" if sky.altitude_deg >= 0 else " (below the horizon)"
    return f"altitude {sky.altitude_deg:.1f} degrees{below}, azimuth {sky.azimuth_deg:.1f}, {sky.part_of_day}"


def _daylight(days: Iterable[Day]) -> Iterable[tuple[str, str]]:
    for day in days:
        high = f"highest {day.highest.altitude_deg:.1f} degrees at {day.highest.moment:%H:%M} UTC"
        if day.sunrise is not None and day.sunset is not None:
            rise, down = (
                f"{one:%H:%M}" if one.date() == day.day else f"{one:%d %b %H:%M}" for one in (day.sunrise, day.sunset)
            )
            text = f"up {rise} to {down} UTC, {high}"
        else:
            text = f"up all day, {high}" if day.highest.altitude_deg > 0 else f"never up, {high}"
        yield f"{day.day.isoformat()}", text


def _by_day(found: Iterable[Window]) -> Iterable[tuple[str, str]]:
    """A line a day; runs of days with windows of the same kind are one line when there are many."""
    windows = list(found)
    days = [(day, list(group)) for day, group in groupby(windows, key=lambda one: one.start.date())]
    if len(days) <= _MOST_ROWS:
        for day, group in days:
            yield day.isoformat(), ", ".join(f"{one.start:%H:%M} to {one.end:%H:%M}" for one in group) + " UTC"
        return
    run = [days[0], days[0]]
    for following in [*days[1:], None]:
        if following is not None and following[0] - run[1][0] <= timedelta(days=1):
            run[1] = following
            continue
        yield run[0][0].isoformat(), f"to {run[1][0].isoformat()}, every day"
        if following is not None:
            run = [following, following]
