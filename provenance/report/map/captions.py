"""Lines with their lengths, and names beside the marks: placed one after another, none over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..languages.tongue import Tongue
from .badges import MOST_IN_ROW, reach_px, told
from .cutting import path
from .extent import shortest
from .labels import Box, Room, along, beside, cut, width_px
from .lines import line_px
from .marks import Line, Mark, Role
from .projection import World
from .shapes import Badge, Shape, Text
from .view import View

if TYPE_CHECKING:
    from .projection import Floats, Projection

_NAME_PX, _WHO_PX, _LINE_PX = 13.0, 11.5, 12.0
TOO_WIDE = "circle too large to draw"
_SHORTEST_PX = 45.0
_AT_A_POLE_DEG, _POLE_STEPS = 89.99, 40
_SHORT = {Role.CLAIMED: "claimed", Role.LEAD: "lead", Role.DENIED: "denied", Role.NOTHING: "counts for nothing"}


def lines_of(
    lines: Sequence[Line], drawn: dict[int, Mark], view: View, room: Room, tongue: Tongue
) -> tuple[tuple[Shape, ...], list[Text]]:
    """Lines with their lengths written on them."""
    import numpy as np

    strokes, texts, ways = [], [], list[tuple[Line, list[tuple[float, float]]]]()
    ends: list[tuple[Floats, Floats]] = []
    for line in lines:
        first, second = drawn[line.first], drawn[line.second]
        pieces = line_px(to_the_marks(np.array(shortest(first, second)), (first, second), view.projection), view)
        if not pieces:
            continue
        start, end = pieces[0][0], pieces[-1][-1]
        beside = sum(_alike(start, end, *other) for other in ends)
        ends.append((start, end))
        way = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
        shift = np.array([-way[1], way[0]]) * 6 * beside * (1 if way[0] > 0 else -1)
        pieces = [piece + shift for piece in pieces]
        css = "stated" if line.stated else "apart"
        strokes.append(Shape(d=path(pieces, closed=False), css=css, title=tongue.shown(line.told)[0]))
        whole = [(float(x), float(y)) for piece in pieces for x, y in piece]
        ways.append((line, whole))
    for line, whole in ways:
        if math.dist(whole[0], whole[-1]) < _SHORTEST_PX:
            continue  # its marks touch; its length stands on the detail, and in the list
        room.crossed = _along_all([way for _, way in ways if way is not whole], 5) + _along_all([whole], 1)
        label, lang = tongue.shown(line.label, "apart")
        text = cut(label, _LINE_PX, view.width_px - 20)
        box = room.first(along(whole, width_px(text, _LINE_PX), _LINE_PX * 1.3))
        if box is not None:
            css = "on-line stated" if line.stated else "on-line apart"
            middle, foot = (box.left + box.right) / 2, box.bottom - _LINE_PX * 0.35
            title = tongue.shown(line.told)[0]
            texts.append(Text(x=middle, y=foot, text=text, css=css, title=title, lang=lang))
    room.crossed = _along_all([way for _, way in ways], 5)
    return tuple(strokes), texts  # fmt: skip


def to_the_marks(lonlat: Floats, marks: tuple[Mark, Mark], projection: Projection) -> Floats:
    """A line that ends at a pole, led on along the pole to its mark: on a map of the world a pole is a line itself."""
    import numpy as np

    if not isinstance(projection, World):
        return lonlat

    def led(near: Floats, mark: Mark) -> Floats:
        if abs(mark.lat_deg) < _AT_A_POLE_DEG:
            return np.array([[mark.lon_deg, mark.lat_deg]])
        first, last = projection.across(np.array([near[0], mark.lon_deg])).tolist()
        across = np.linspace(first, last, _POLE_STEPS)
        return np.column_stack((across + projection.lon_deg, np.full(_POLE_STEPS, mark.lat_deg)))

    return np.concatenate((led(lonlat[1], marks[0])[::-1], lonlat[1:-1], led(lonlat[-2], marks[1])))


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


def labels_of(
    groups: Sequence[Sequence[Mark]], badges: Sequence[Badge], view: View, room: Room, tongue: Tongue, *, narrow: bool
) -> tuple[list[Text], str]:
    """Names beside the marks, with a thin line to those that found room only farther away."""
    import numpy as np

    widest = view.width_px * (0.5 if narrow else 0.32)
    texts: list[Text] = []
    leaders: list[Floats] = []
    at = {badge.number: badge for badge in badges}
    for group in groups:
        rows = _rows(group, widest, tongue)
        width = max(width_px(text, size) for text, size, _, _ in rows)
        height = sum(size * 1.3 for _, size, _, _ in rows)
        row = [at[mark.number] for mark in group[:MOST_IN_ROW]]
        reach = max(map(reach_px, row))
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


def _rows(group: Sequence[Mark], widest: float, tongue: Tongue) -> list[tuple[str, float, str, str]]:
    """Lines of a label: text, size, class and the whole text."""
    rows = []
    for mark in group[:4]:
        name = mark.name if len(group) == 1 else f"{mark.number}  {mark.name}"
        rows.append((cut(name, _NAME_PX, widest), _NAME_PX, "name", told(mark, tongue)))
        who = _who(mark, tongue)
        if who and len(group) <= 2:
            rows.append((cut(who, _WHO_PX, widest), _WHO_PX, "who", told(mark, tongue)))
        if mark.too_wide:
            rows.append((cut(tongue.word(TOO_WIDE, "map"), _WHO_PX, widest), _WHO_PX, "who", told(mark, tongue)))
    if len(group) > 4:
        rows.append((tongue.word("and {n} more", "map", n=len(group) - 4), _WHO_PX, "who", ""))
    return rows


def _who(mark: Mark, tongue: Tongue) -> str:
    """Who says so: the first of the strongest role, and how many more."""
    first = mark.entries[0]
    if first.role is Role.SPOKEN:
        return ""
    opening = f"{tongue.word(_SHORT[first.role], 'map')}: " if first.role in _SHORT else ""
    others = len({entry.by for entry in mark.entries if entry.role is not Role.SPOKEN} - {first.by}) + mark.more
    if not others:
        return f"{opening}{first.by}"
    return f"{opening}{_clip(first.by)} {tongue.word('and {n} more', 'map', n=others)}"


def _clip(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23].rstrip(' (,;:-')}…"


def _nearest(box: Box, mark: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """The nearest points of a label and of its mark's middle."""
    x, y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
    end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    far = math.dist((x, y), end)
    start = (x, y) if far < 1e-9 else (x + (end[0] - x) / far * 11, y + (end[1] - y) / far * 11)
    return start, end
