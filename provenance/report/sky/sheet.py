"""The whole figure of the sun: sky, shadow from the side, and hours; for a page, for a phone, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model.said import span, where
from ...model.text import visible
from ...placetime.sun.answer import Answer, Sky
from ...placetime.sun.shadow import LIMITS
from ..figures.key import Key, in_columns
from ..languages.tongue import ENGLISH, Tongue
from ..map.labels import width_px as wide_px
from ..words import radius
from .compass import RADIUS_PX, Compass, compass, compass_point
from .hours import Hours, date_told, hours, stretches_told
from .side import TALLEST_PX, Side, ratio_told, side
from .tested import Day, Tested, days

MOST_DRAWN = 3
"""Figures of one report; the rest is counted."""
_CIRCLE_PX = 2 * (RADIUS_PX + 24)
_GAP_PX, _TITLE_PX = 24.0, 20.0
_SIGN_PX, _KEY_TEXT_PX = 30.0, 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing. Each part has the place of its upper left corner."""

    name: str
    width_px: float
    height_px: float
    compass: Compass
    compass_at: tuple[float, float]
    """Its middle."""
    side: Side | None
    side_at: tuple[float, float]
    hours: Hours
    hours_at: tuple[float, float]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SunFigure:
    """Both drawings, and the same in words."""

    number: int
    wide: Sheet
    narrow: Sheet
    title: str
    """In the language of the drawing."""
    told: tuple[str, ...]
    """Sentences of the record, in English, as are the limits."""
    limits: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def file(self) -> str:
        """What it is called beside the page."""
        return f"sun-{self.number}.svg"


def draw(tests: Iterable[Tested], tongue: Tongue = ENGLISH) -> tuple[tuple[SunFigure, ...], int]:
    """The figures of the first tests that can be drawn, and how many more there are."""
    able = [one for one in tests if one.drawable]
    return tuple(figure(one, number, tongue) for number, one in enumerate(able[:MOST_DRAWN], 1)), max(
        len(able) - MOST_DRAWN, 0
    )


def figure(test: Tested, number: int = 1, tongue: Tongue = ENGLISH) -> SunFigure:
    """One figure; the test must be drawable."""
    found, shown = test.found, days(test.found)
    bearing = test.shadow.bearing_deg if test.shadow else None
    circle = compass(shown, found.band, found.sky, bearing)
    return SunFigure(
        number=number,
        wide=_sheet("wide", 760.0, test, shown, circle, tongue=tongue),
        narrow=_sheet("narrow", 340.0, test, shown, circle, tongue=tongue),
        title=visible(
            tongue.word("The sun over {place}", "sun", place=where(found.place) if found.place else ""), limit=120
        ),
        told=tuple(visible(text) for text in _told(test, shown)),
        limits=LIMITS if test.shadow else (),
        ids=test.ids,
    )


def _sheet(name: str, width: float, test: Tested, shown: Sequence[Day], circle: Compass, *, tongue: Tongue) -> Sheet:
    beside = name == "wide"
    left = _CIRCLE_PX + _GAP_PX if beside else 0.0
    right = width - left
    top = 0.0 if beside else _CIRCLE_PX + _TITLE_PX + 4
    profile = None if test.shadow is None else side(test.shadow, test.found.sky, right - 24)
    y = top + (_TITLE_PX + TALLEST_PX + 44 if profile else 0.0)
    rows = hours(shown, right, tongue)
    bottom = max(y + _TITLE_PX + rows.height + 8, _CIRCLE_PX + _TITLE_PX)
    keys, height = _keys(_signs(circle, rows, profile), width, bottom, tongue)
    return Sheet(
        name=name,
        width_px=width,
        height_px=height,
        compass=circle,
        compass_at=(_CIRCLE_PX / 2 if beside else width / 2, _TITLE_PX + _CIRCLE_PX / 2),
        side=profile,
        side_at=(left, top),
        hours=rows,
        hours_at=(left, y),
        keys=keys,
    )


_MEANINGS = {
    "sun": "the sun at the claimed moment",
    "pointed": "where its shadow pointed then",
    "path": "way of the sun that day",
    "paths": "way of the sun on the first, a middle and the last day",
    "band": "where the sun stood by the shadow",
    "bearing": "where the shadow pointed, as measured",
    "fits": "fits the claimed time",
    "beside": "would fit, at another time of the day",
    "up": "the sun is up",
    "asked": "the claimed time",
    "expected": "shadow at the claimed moment, on level ground",
}


def _signs(circle: Compass, rows: Hours, profile: Side | None) -> list[str]:
    used = {
        "sun": circle.sun is not None,
        "pointed": bool(circle.shadow),
        "path": len(circle.paths) == 1,
        "paths": len(circle.paths) > 1,
        "band": bool(circle.band),
        "bearing": bool(circle.bearing),
        "fits": any(row.fits for row in rows.rows),
        "beside": any(row.beside for row in rows.rows),
        "up": any(row.up for row in rows.rows),
        "asked": any(row.asked or row.moment is not None for row in rows.rows),
        "expected": profile is not None and profile.expected_px is not None,
    }
    return [name for name, is_used in used.items() if is_used]


def _keys(signs: Sequence[str], width: float, top: float, tongue: Tongue) -> tuple[tuple[Key, ...], float]:
    texts = {name: tongue.word(_MEANINGS[name], "sun") for name in signs}
    widest = max((wide_px(text, _KEY_TEXT_PX) for text in texts.values()), default=0.0)
    columns = 2 if 2 * (_SIGN_PX + widest) < width else 1
    return in_columns(texts, columns, width, top)


def _told(test: Tested, shown: Sequence[Day]) -> Iterable[str]:
    """The figure in sentences."""
    found = test.found
    if found.place is not None and found.time is not None:
        yield (
            f"Place: {where(found.place)}, {radius(found.place.radius_km)} around. "
            f"Time: {span(found.time)}{test.claim}."
        )
    if found.sky is not None:
        yield _sky_told(found.sky)
    if test.shadow is not None and found.band is not None:
        yield f"The shadow{test.measured} is {ratio_told(test.shadow)}."
        yield from found.band.budget
        bearing = test.shadow.bearing_deg
        if bearing is not None:
            yield (
                f"It pointed to {bearing.value:g} degrees from north, give or take {bearing.error:g}, so the sun stood "
                f"at {(bearing.value + 180) % 360:g}."
            )
        if found.place is not None and found.place.radius_km:
            yield "An hour counts where the sun stood so anywhere in that circle."
    for day in shown:
        yield _day_told(day, shadow=found.band is not None)
    if found.answer is Answer.EXCLUDED:
        yield "So place and time together are excluded, if the measurement holds."
    elif found.answer is Answer.NOT_EXCLUDED:
        yield "So place and time together are not excluded; other places and times may fit as well."


def _sky_told(sky: Sky) -> str:
    if sky.altitude_deg < 0:
        return f"At that moment the sun was {-sky.altitude_deg:.1f} degrees below the horizon ({sky.part_of_day})."
    to = (sky.azimuth_deg + 180) % 360
    return (
        f"At that moment the sun stood {sky.altitude_deg:.1f} degrees high, {sky.azimuth_deg:.0f} degrees from north "
        f"({compass_point(sky.azimuth_deg)}); shadows pointed to {to:.0f} degrees ({compass_point(to)})."
    )


def _day_told(day: Day, *, shadow: bool) -> str:
    up = f"the sun was up {stretches_told(day, day.up)}" if day.up else "the sun did not rise"
    if not shadow:
        return f"{date_told(day)}: {up}."
    holds = ", which holds the claimed moment" if day.moment else ""
    fits = f"it stood so {stretches_told(day, day.fits)}{holds}" if day.fits else "it did not stand so then"
    beside = f"; at another time it would have: {stretches_told(day, day.beside)}" if day.beside else ""
    return f"{date_told(day)}: {up}; {fits}{beside}."
