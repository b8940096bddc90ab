"""A map laid out: everything that a template writes as SVG, with every place in px."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ...gazetteer.nearest import nearest
from . import names
from .ground import Ground, ground
from .labels import Box, Room, along, beside, cut, width_px
from .lines import FINEST_PX, borders_px, line_px, path, ring_px, rings_px, seams_px, thinned
from .marks import Band, Line, Mark, Role, Shown
from .names import Name
from .projection import World, circle, geodesic
from .view import Frame, View, look

if TYPE_CHECKING:
    from .projection import Floats

MOST_GROUND_CHARS = 90_000
"""Length of coasts and borders as text; where it is more they are drawn coarser."""
BADGE_PX = 20.0
_TOUCHING_PX = 23.0
"""Marks nearer than this are put beside each other."""
MOST_IN_ROW = 6
"""More marks of one group are in the list only."""
_SHORTEST_PX = 45.0
# A map of one place alone is widened to take in towns that are near, so that a reader can tell where it is.
_TOWNS_KM = 110.0
_NAME_PX, _WHO_PX, _LINE_PX = 13.0, 11.5, 12.0
WIDEST_CIRCLE_KM = 2_500.0
"""Wider circles do not widen the window; those wider than a quarter of the Earth's girth are only told."""
_NO_CIRCLE_KM = 9_900.0
_SMALLEST_CIRCLE_PX = BADGE_PX / 2 + 1
# Parts of a country smaller than this share of its largest do not widen the window: Alaska, Svalbard, French Guiana.
_MAIN_PART = 0.25
_ROLE_CLASS = {
    Role.CLAIMED: "claimed",
    Role.EVIDENCE: "evidence",
    Role.LEAD: "lead",
    Role.DENIED: "denied",
    Role.SPOKEN: "spoken",
}
_SHORT = {Role.CLAIMED: "claimed: ", Role.LEAD: "lead: ", Role.DENIED: "denied: ", Role.EVIDENCE: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Path data with its class and what it is, in words."""

    d: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A mark: its number in the shape of its first role; `ringed` when it has others too."""

    x: float
    y: float
    number: int
    css: str
    ringed: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text; `x`, `y` the start of its foot, or its middle."""

    x: float
    y: float
    text: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A bar of a round length."""

    x: float
    y: float
    width: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """What lies under the marks, as path data."""

    land: str
    seams: str
    borders: str
    disputed_borders: str
    disputed_areas: str
    disputed: tuple[str, ...]
    """What is drawn as disputed, by name."""
    graticule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One window with what is in it."""

    name: str
    caption: str
    top_px: float
    width_px: float
    height_px: float
    view: View
    under: Under
    shades: tuple[Shape, ...]
    bands: tuple[Shape, ...]
    circles: tuple[Shape, ...]
    lines: tuple[Shape, ...]
    leaders: str
    towns: tuple[Name, ...]
    countries: tuple[Name, ...]
    badges: tuple[Badge, ...]
    texts: tuple[Text, ...]
    scale: Scale | None


def panel(
    name: str, shown: Shown, marks: Sequence[Mark], frame: Frame, *, top_px: float = 0.0, caption: str = ""
) -> Panel:
    """One window around some of the marks."""
    land = ground()
    drawn = {mark.number: mark for mark in marks}
    lines = [line for line in shown.lines if line.first in drawn and line.second in drawn]
    view = look(_extent(land, marks, lines), frame)
    room = Room(Box(3, 3, view.width_px - 3, view.height_px - 3))
    scale = _scale(view)
    if scale is not None:
        room.take(
            Box(scale.x - 4, scale.y - 18, scale.x + max(scale.width, width_px(scale.label, 11)) + 4, view.height_px)
        )
    if caption:
        room.take(Box(0, 0, width_px(caption, _WHO_PX) + 16, 24))
    groups = touching(marks, view)
    badges = tuple(badge for group in groups for badge in _badges(group, view))
    for badge in badges:
        room.take(Box(badge.x, badge.y, badge.x, badge.y).grown(_reach_px(badge)))
    strokes, notes = _lines(lines, drawn, view, room)
    texts, leaders = _labels(groups, badges, view, room, narrow=frame.width_px < 500)
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
        shades=tuple(_shades(land, marks, view)),
        bands=tuple(_bands(shown.bands, view)),
        circles=tuple(_circles(marks, view)),
        lines=strokes,
        leaders=leaders,
        towns=tuple(towns),
        countries=tuple(names.countries(land, view, room, most=7 if small else 16, but=_named(marks))),
        badges=badges,
        texts=(*notes, *texts),
        scale=scale,
    )  # fmt: skip


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


def _extent(land: Ground, marks: Sequence[Mark], lines: Sequence[Line]) -> Floats:
    """Every point that the window must hold, in degrees: marks, their circles and countries, lines between them."""
    import numpy as np

    found = [np.array([[mark.lon_deg, mark.lat_deg] for mark in marks])]
    for mark in marks:
        radius = max((one for one in mark.radii_km if one <= WIDEST_CIRCLE_KM), default=0.0)
        if radius:
            found.append(circle(mark.lat_deg, mark.lon_deg, radius, points=24))
        if mark.country:
            found.append(_main_parts(land, mark.country))
    by_number = {mark.number: mark for mark in marks}
    found += [np.array(_geodesic(by_number[line.first], by_number[line.second])) for line in lines]
    if len(found) == 1 and len({(mark.lat_deg, mark.lon_deg) for mark in marks}) == 1:
        around = [one for one in nearest(marks[0].lat_deg, marks[0].lon_deg) if one.distance_km <= _TOWNS_KM]
        found += [np.array([[one.lon_deg, one.lat_deg]]) for one in around]
    return np.concatenate(found)


def _main_parts(land: Ground, code: str) -> Floats:
    """Some points of the largest parts of a country."""
    import numpy as np

    rings = [
        land.lonlat[area.rings.points[first : last : max(1, (last - first) // 200)]]
        for area in land.of_country(code)
        for first, last in pairwise(area.rings.starts.tolist())
    ]
    longest = max(map(len, rings))
    sizes = [_size(ring) if len(ring) > longest / 20 else 0.0 for ring in rings]
    return np.concatenate([ring for ring, size in zip(rings, sizes, strict=True) if size >= _MAIN_PART * max(sizes)])


def _size(ring: Floats) -> float:
    """About the area of a ring, in square degrees at the equator."""
    import numpy as np

    lon = np.unwrap(ring[:, 0], period=360)
    up = np.sin(np.radians(ring[:, 1]))
    return abs(float(np.dot(lon, np.roll(up, -1)) - np.dot(up, np.roll(lon, -1))))


def _geodesic(first: Mark, second: Mark) -> tuple[tuple[float, float], ...]:
    return geodesic(first.lat_deg, first.lon_deg, second.lat_deg, second.lon_deg)


def touching(marks: Sequence[Mark], view: View) -> list[list[Mark]]:
    """Marks whose shapes would cover each other, together, however many rows that takes."""
    groups = [[mark] for mark in marks]
    while True:
        rows = [_row(group, view) for group in groups]
        pair = next(
            (
                (one, other)
                for one in range(len(rows))
                for other in range(one + 1, len(rows))
                if rows[one].meets(rows[other])
            ),
            None,
        )
        if pair is None:
            return groups
        # A country's mark means all of it and may stand anywhere in it; a place's stands where the place is.
        groups[pair[0]] = sorted(
            groups[pair[0]] + groups.pop(pair[1]), key=lambda mark: (bool(mark.country), mark.number)
        )


def _row(group: Sequence[Mark], view: View) -> Box:
    """Room of the shapes of a group."""
    places = _places(group, view)
    return Box(
        min(x for x, _ in places), places[0][1], max(x for x, _ in places), places[0][1]
    ).grown(_TOUCHING_PX / 2)  # fmt: skip


def _places(group: Sequence[Mark], view: View) -> list[tuple[float, float]]:
    """Middles of the shapes: the first at its place, a few others in a row, to the side that has room."""
    x, y = view.point(group[0].lon_deg, group[0].lat_deg)
    count = min(len(group), MOST_IN_ROW)
    step = _TOUCHING_PX if x + _TOUCHING_PX * count <= view.width_px else -_TOUCHING_PX
    return [(round(x + step * place, 1), round(y, 1)) for place in range(count)]


def _badges(group: Sequence[Mark], view: View) -> list[Badge]:
    return [
        Badge(
            x=x,
            y=y,
            number=mark.number,
            css=_ROLE_CLASS[mark.roles[0]],
            ringed=len(mark.roles) > 1 and mark.roles[1] is not Role.SPOKEN,
            title=told(mark),
        )
        for (x, y), mark in zip(_places(group, view), group, strict=False)
    ]


def _reach_px(badge: Badge) -> float:
    """From a mark's middle to its edge."""
    return BADGE_PX / 2 + (5 if badge.ringed else 3 if badge.css == "lead" else 1)


def told(mark: Mark) -> str:
    """A mark in one line of words."""
    parts = [f"{mark.number}. {mark.name}"]
    if mark.country:
        parts.append("the whole shaded country")
    elif any(mark.radii_km):
        parts.append(" and ".join(f"{radius:,g} km around" for radius in mark.radii_km if radius))
    for role in mark.roles:
        said = "; ".join(entry.by for entry in mark.entries if entry.role is role and entry.by)
        parts.append(f"{role.value}: {said}" if said else role.value)
    return ", ".join(parts) + (f"; and {mark.more} more" if mark.more else "")


def _shades(land: Ground, marks: Sequence[Mark], view: View) -> list[Shape]:
    found = []
    for mark in marks:
        if mark.country:
            rings = [ring for area in land.of_country(mark.country) for ring in rings_px(land, area.rings, view, 1.2)]
            if rings:
                found.append(Shape(d=path(rings, closed=True), css=_ROLE_CLASS[mark.roles[0]], title=told(mark)))
    return found


def _bands(bands: Sequence[Band], view: View) -> list[Shape]:
    """Strips of the sun's region as far as they show; the window is not widened for them."""
    found = []
    for band in bands:
        rings = [ring for strip in band.strips for ring in ring_px(_dense_strip(strip), view)]
        if rings:
            found.append(Shape(d=path(rings, closed=True), css="sun", title=band.told))
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


def _circles(marks: Sequence[Mark], view: View) -> list[Shape]:
    found = []
    for mark in marks:
        for radius in mark.radii_km:
            if radius * view.px_per_km < _SMALLEST_CIRCLE_PX or radius > _NO_CIRCLE_KM:
                continue
            rings = ring_px(circle(mark.lat_deg, mark.lon_deg, radius), view)
            if rings:
                title = f"{mark.number}. {mark.name}: {radius:,g} km around"
                found.append(Shape(d=path(rings, closed=True), css=_ROLE_CLASS[mark.roles[0]], title=title))
    return found


def _lines(
    lines: Sequence[Line], drawn: dict[int, Mark], view: View, room: Room
) -> tuple[tuple[Shape, ...], list[Text]]:
    """Lines with their lengths written on them."""
    import numpy as np

    strokes, texts, ways = [], [], list[tuple[Line, list[tuple[float, float]]]]()
    ends: list[tuple[Floats, Floats]] = []
    for line in lines:
        first, second = drawn[line.first], drawn[line.second]
        pieces = line_px(np.array(_geodesic(first, second)), view)
        if not pieces:
            continue
        start, end = pieces[0][0], pieces[-1][-1]
        beside = sum(_alike(start, end, *other) for other in ends)
        ends.append((start, end))
        way = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
        shift = np.array([-way[1], way[0]]) * 6 * beside * (1 if way[0] > 0 else -1)
        pieces = [piece + shift for piece in pieces]
        css = "stated" if line.stated else "apart"
        strokes.append(Shape(d=path(pieces, closed=False), css=css, title=line.told))
        whole = [(float(x), float(y)) for piece in pieces for x, y in piece]
        ways.append((line, whole))
    for line, whole in ways:
        if math.dist(whole[0], whole[-1]) < _SHORTEST_PX:
            continue  # its marks touch; its length stands on the detail, and in the list
        room.crossed = _along_all([way for _, way in ways if way is not whole], 5) + _along_all([whole], 1)
        text = cut(line.label, _LINE_PX, view.width_px - 20)
        box = room.first(along(whole, width_px(text, _LINE_PX), _LINE_PX * 1.3))
        if box is not None:
            css = "on-line stated" if line.stated else "on-line apart"
            texts.append(
                Text(x=(box.left + box.right) / 2, y=box.bottom - _LINE_PX * 0.35, text=text, css=css, title=line.told)
            )
    room.crossed = _along_all([way for _, way in ways], 5)
    return tuple(strokes), texts  # fmt: skip


def _along_all(ways: Sequence[list[tuple[float, float]]], reach_px: float) -> list[Box]:
    return [Box(x, y, x, y).grown(reach_px) for way in ways for x, y in _dense(way)]


def _dense(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points no farther than 10 px apart along a line."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = min(60, int(max(abs(x2 - x1), abs(y2 - y1)) / 10) + 1)
        found += [(x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps) for step in range(steps)]
    return found


def _alike(start: Floats, end: Floats, other_start: Floats, other_end: Floats) -> bool:
    import numpy as np

    there = np.hypot(*(start - other_start)) < 25 and np.hypot(*(end - other_end)) < 25
    return bool(there or (np.hypot(*(start - other_end)) < 25 and np.hypot(*(end - other_start)) < 25))


def _labels(
    groups: Sequence[Sequence[Mark]], badges: Sequence[Badge], view: View, room: Room, *, narrow: bool
) -> tuple[list[Text], str]:
    """Names beside the marks, with a thin line to those that found room only farther away."""
    import numpy as np

    widest = view.width_px * (0.5 if narrow else 0.32)
    texts: list[Text] = []
    leaders: list[Floats] = []
    at = {badge.number: badge for badge in badges}
    for group in groups:
        rows = _rows(group, widest)
        width = max(width_px(text, size) for text, size, _, _ in rows)
        height = sum(size * 1.3 for _, size, _, _ in rows)
        row = [at[mark.number] for mark in group[:MOST_IN_ROW]]
        reach = max(map(_reach_px, row))
        mark = Box(min(badge.x for badge in row), row[0].y, max(badge.x for badge in row), row[0].y).grown(reach)
        box = room.first(beside(mark, width, height))
        if box is None:
            continue  # the number in the shape leads to the list
        y = box.top
        on_the_left = (box.left + box.right) / 2 < (mark.left + mark.right) / 2
        x, side = (box.right, " to-end") if on_the_left else (box.left, "")
        for text, size, css, title in rows:
            y += size * 1.3
            texts.append(Text(x=round(x, 1), y=round(y - size * 0.3, 1), text=text, css=css + side, title=title))
        near = _nearest(box, mark)
        if math.dist(*near) > 14:
            leaders.append(np.array(near))
    return texts, path(leaders, closed=False)


def _rows(group: Sequence[Mark], widest: float) -> list[tuple[str, float, str, str]]:
    """Lines of a label: text, size, class and the whole text."""
    rows = []
    for mark in group[:4]:
        name = mark.name if len(group) == 1 else f"{mark.number}  {mark.name}"
        rows.append((cut(name, _NAME_PX, widest), _NAME_PX, "name", told(mark)))
        who = _who(mark)
        if who and len(group) <= 2:
            rows.append((cut(who, _WHO_PX, widest), _WHO_PX, "who", told(mark)))
    if len(group) > 4:
        rows.append((f"and {len(group) - 4} more", _WHO_PX, "who", ""))
    return rows


def _who(mark: Mark) -> str:
    """Who says so: the first of the strongest role, and how many more."""
    first = mark.entries[0]
    if first.role is Role.SPOKEN:
        return ""
    others = len({entry.by for entry in mark.entries if entry.role is not Role.SPOKEN} - {first.by}) + mark.more
    return (
        f"{_SHORT[first.role]}{first.by}" if not others else f"{_SHORT[first.role]}{_clip(first.by)} and {others} more"
    )


def _clip(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23].rstrip(' (,;:-')}…"


def _nearest(box: Box, mark: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """The nearest points of a label and of its mark's middle."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    far = math.dist((x, y), end)
    start = (x, y) if far < 1e-9 else (x + (end[0] - x) / far * 11, y + (end[1] - y) / far * 11)
    return start, end


def _scale(view: View) -> Scale | None:
    """A bar at the lower left; none on a map of the world, which has no single scale."""
    if isinstance(view.projection, World):
        return None
    most = view.width_km * 0.22
    unit = 10 ** math.floor(math.log10(most))
    length = next(unit * step for step in (5, 2, 1) if unit * step <= most)
    return Scale(x=12, y=view.height_px - 12, width=round(length * view.px_per_km, 1), label=f"{length:,g} km")
