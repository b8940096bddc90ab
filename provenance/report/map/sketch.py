"""A map laid out: one window with everything that is in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import words
from ..languages.tongue import Tongue
from . import names
from .badges import BADGE_PX, ROLE_CLASS, badges_of, reach_px, told, touching
from .captions import labels_of, lines_of
from .cutting import path, thinned
from .extent import extent
from .ground import Ground, ground
from .labels import Box, Room, width_px
from .lines import borders_px, seams_px
from .marks import WIDEST_DRAWN_KM, Band, Mark, Shown
from .projection import World, circle
from .rings import FINEST_PX, ring_px, rings_px
from .shapes import Panel, Scale, Shape, Under
from .view import Frame, View, look

if TYPE_CHECKING:
    from .projection import Floats

MOST_GROUND_CHARS = 90_000
"""Length of coasts and borders as text; where it is more they are drawn coarser."""
_SMALLEST_CIRCLE_PX = BADGE_PX / 2 + 1


def panel(
    name: str,
    shown: Shown,
    marks: Sequence[Mark],
    frame: Frame,
    tongue: Tongue,
    *,
    top_px: float = 0.0,
    caption: str = "",
) -> Panel:
    """One window around some of the marks."""
    land = ground()
    drawn = {mark.number: mark for mark in marks}
    lines = [line for line in shown.lines if line.first in drawn and line.second in drawn]
    view = look(extent(land, marks, lines), frame)
    marks = within(marks, view)
    room = Room(Box(3, 3, view.width_px - 3, view.height_px - 3))
    scale = _scale(view, tongue)
    if scale is not None:
        room.take(
            Box(scale.x - 4, scale.y - 18, scale.x + max(scale.width, width_px(scale.label, 11)) + 4, view.height_px)
        )
    if caption:
        room.take(Box(0, 0, width_px(caption, 11.5) + 16, 24))
    groups = touching(marks, view)
    badges = tuple(badge for group in groups for badge in badges_of(group, view, tongue))
    for badge in badges:
        room.take(Box(badge.x, badge.y, badge.x, badge.y).grown(reach_px(badge)))
    strokes, notes = lines_of(lines, drawn, view, room, tongue)
    texts, leaders = labels_of(groups, badges, view, room, tongue, narrow=frame.width_px < 500)
    points = [view.point(mark.lon_deg, mark.lat_deg) for mark in marks]
    small = frame.width_px < 500
    towns = names.towns(view, room, most=5 if small else 11, spaced_px=60 if small else 84, marks=points)
    return Panel(
        name=name,
        caption=caption,
        top_px=top_px,
        width_px=view.width_px,
        height_px=view.height_px,
        view=view,
        under=_under(land, view),
        shades=tuple(_shades(land, marks, view, tongue)),
        bands=tuple(_bands(shown.bands, view, tongue)),
        circles=tuple(_circles(marks, view, tongue)),
        lines=strokes,
        leaders=leaders,
        towns=tuple(towns),
        countries=tuple(names.countries(land, view, room, most=7 if small else 16, but=_named(marks))),
        badges=badges,
        texts=(*notes, *texts),
        scale=scale,
    )  # fmt: skip


def within(marks: Sequence[Mark], view: View) -> list[Mark]:
    """The marks of a window. Only those that count for nothing can lie outside it."""
    edge = BADGE_PX / 2
    window = Box(0, 0, view.width_px, view.height_px).grown(-edge)
    return [
        mark for mark in marks if not mark.aside or Box(*(2 * view.point(mark.lon_deg, mark.lat_deg))).within(window)
    ]


def _named(marks: Sequence[Mark]) -> frozenset[str]:
    return frozenset(mark.country for mark in marks if mark.country)


def _under(land: Ground, view: View) -> Under:
    """Land, borders and what is disputed, as path data no longer than it may be."""
    finest = FINEST_PX
    while True:
        rings = rings_px(land, land.land, view, finest)
        pieces = borders_px(land, view, finest)
        coasts = path(rings, closed=True)
        plain = path([line for line, disputed in pieces if not disputed], closed=False)
        if len(coasts) + len(plain) <= MOST_GROUND_CHARS or finest > 4:
            break
        finest *= 1.3
    areas = [(area, rings_px(land, area.rings, view, finest)) for area in land.areas if area.disputed]
    parts = [(ring_px(ring, view), disputed) for ring, disputed in land.within]
    told = [disputed for _, disputed in pieces if disputed] + [area.disputed for area, found in areas if found]
    told += [disputed for found, disputed in parts if found]
    hatched = [ring for _, found in areas for ring in found]
    hatched += [thinned(ring, finest / 3) for found, _ in parts for ring in found]
    return Under(
        land=coasts,
        seams=path(seams_px(land, view), closed=False),
        borders=plain,
        disputed_borders=path([line for line, disputed in pieces if disputed], closed=False),
        disputed_areas=path(hatched, closed=True),
        disputed=tuple(sorted(set(told))),
        graticule=path(names.graticule(view), closed=False),
    )


def _shades(land: Ground, marks: Sequence[Mark], view: View, tongue: Tongue) -> list[Shape]:
    found = []
    for mark in marks:
        if mark.country:
            rings = [ring for area in land.of_country(mark.country) for ring in rings_px(land, area.rings, view, 1.2)]
            if rings:
                found.append(Shape(d=path(rings, closed=True), css=ROLE_CLASS[mark.roles[0]], title=told(mark, tongue)))
    return found


def _bands(bands: Sequence[Band], view: View, tongue: Tongue) -> list[Shape]:
    """Strips of the sun's region as far as they show; the window is not widened for them."""
    found = []
    for band in bands:
        rings = [ring for strip in band.strips for ring in ring_px(_dense_strip(strip), view)]
        if rings:
            found.append(Shape(d=path(rings, closed=True), css="sun", title=tongue.shown(band.told)[0]))
    return found


def _dense_strip(strip: Sequence[tuple[float, float]]) -> Floats:
    """A strip of latitude with points along both sides, which are no straight lines on a map."""
    import numpy as np

    corners = np.array(strip, float)
    west, south = corners.min(axis=0)
    east, north = corners.max(axis=0)
    across = np.linspace(west, east, int((east - west) / 2) + 2)
    low = np.column_stack((across, np.full(len(across), south)))
    high = np.column_stack((across[::-1], np.full(len(across), north)))
    return np.concatenate((low, high))


def _circles(marks: Sequence[Mark], view: View, tongue: Tongue) -> list[Shape]:
    found = []
    for mark in marks:
        for radius in mark.radii_km:
            if radius * view.px_per_km < _SMALLEST_CIRCLE_PX or radius > WIDEST_DRAWN_KM:
                continue
            rings = ring_px(circle(mark.lat_deg, mark.lon_deg, radius), view)
            if rings:
                title = f"{mark.number}. {mark.name}: {tongue.shown(f'{words.radius(radius)} around', 'around')[0]}"
                found.append(Shape(d=path(rings, closed=True), css=ROLE_CLASS[mark.roles[0]], title=title))
    return found


def _scale(view: View, tongue: Tongue) -> Scale | None:
    """A bar at the lower left; none on a map of the world, which has no single scale."""
    if isinstance(view.projection, World):
        return None
    most = view.width_km * 0.22
    unit = 10 ** math.floor(math.log10(most))
    length = next(unit * step for step in (5, 2, 1) if unit * step <= most)
    label = tongue.shown(f"{length:,g} km", "gap")[0]
    return Scale(x=12, y=view.height_px - 12, width=round(length * view.px_per_km, 1), label=label)
