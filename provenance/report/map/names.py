"""Names of countries and settlements, and lines of latitude and longitude: what a reader finds their way by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...gazetteer.largest import largest
from .areas import Area
from .ground import Ground
from .labels import Box, Room, width_px
from .lines import line_px
from .projection import EARTH_KM, Azimuthal, World
from .rings import KM_PER_DEG, ring_px
from .unrolled import OPPOSITE_KM
from .view import View

if TYPE_CHECKING:
    from .projection import Floats

COUNTRY_PX, TOWN_PX = 11.5, 11.5
SPACED = 1.3
"""Names of countries stand in capitals with room between them."""
_SMALLEST_AREA_PX = 2_200.0
_TOWNS_LOOKED_AT = 220
_POINTS = 300
_GRID = (15, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name with the place of its first letter's foot; `dot` is where a settlement lies."""

    text: str
    x: float
    y: float
    dot: tuple[float, float] | None = None


def towns(view: View, room: Room, *, most: int, spaced_px: float, marks: list[tuple[float, float]]) -> list[Name]:
    """The largest settlements that find room, far enough from each other."""
    import numpy as np

    found: list[Name] = []
    middle = _middle(view)
    rows = largest(*middle, _reach_km(view), most=_TOWNS_LOOKED_AT)
    if not rows:
        return []
    points = view.at(np.array([[row.lon_deg, row.lat_deg] for row in rows]))
    dots: list[tuple[float, float]] = []
    for row, (x, y) in zip(rows, points.tolist(), strict=True):
        if len(found) == most:
            break
        if any(abs(x - one) < spaced_px and abs(y - other) < spaced_px / 2 for one, other in dots):
            continue
        if any(abs(x - one) + abs(y - other) < 12 for one, other in marks):
            continue
        dot = Box(x - 2.5, y - 2.5, x + 2.5, y + 2.5)
        if not room.free(dot):
            continue
        width, height = width_px(row.name, TOWN_PX), TOWN_PX * 1.25
        boxes = (
            Box(x + 5, y - height / 2, x + 5 + width, y + height / 2),
            Box(x - 5 - width, y - height / 2, x - 5, y + height / 2),
        )
        box = next((one for one in boxes if room.free(one) and not any(one.meets(line) for line in room.crossed)), None)
        if box is None:
            continue
        room.take(box)
        room.take(dot)
        dots.append((x, y))
        found.append(Name(text=row.name, x=box.left, y=y + TOWN_PX * 0.35, dot=(x, y)))
    return found  # fmt: skip


def countries(ground: Ground, view: View, room: Room, *, most: int, but: frozenset[str]) -> list[Name]:
    """The countries that fill most of the map, named where they are widest; `but` those that a mark names."""
    wanted = [area for area in ground.areas if area.codes[0] not in but or len(area.codes) > 1]
    shapes = [
        shape for area, rings in _near(ground, wanted, view) if (shape := _largest(area, rings, view)) is not None
    ]
    found: list[Name] = []
    for _, name, ring in sorted(shapes, key=lambda one: -one[0]):
        if len(found) == most:
            break
        text = name.upper()
        width, height = width_px(text, COUNTRY_PX) * SPACED, COUNTRY_PX * 1.3
        for x, y in _inner_places(ring, width):
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if room.free(box):
                room.take(box)
                found.append(Name(text=text, x=x, y=y + COUNTRY_PX * 0.35))
                break
    return found


def _near(ground: Ground, areas: list[Area], view: View) -> list[tuple[Area, list[Floats]]]:
    """The two longest rings of each area, coarsely, where they take up enough of the window to hold a name."""
    import numpy as np

    owners: list[Area] = []
    rings: list[Floats] = []
    for area in areas:
        starts = area.rings.starts
        lengths = np.diff(starts)
        for ring in np.argsort(-lengths)[:2].tolist():
            step = max(1, int(lengths[ring]) // _POINTS)
            rings.append(ground.lonlat[area.rings.points[starts[ring] : starts[ring + 1] : step]])
            owners.append(area)
    starts = np.cumsum([0, *map(len, rings)])
    points = view.at(np.concatenate(rings))
    low = np.maximum(np.minimum.reduceat(points, starts[:-1]), 0)
    high = np.minimum(np.maximum.reduceat(points, starts[:-1]), [view.width_px, view.height_px])
    span = high - low
    enough = (span > 0).all(axis=1) & (span[:, 0] * span[:, 1] > _SMALLEST_AREA_PX)
    if isinstance(view.projection, Azimuthal):
        away = np.hypot(points[:, 0] / view.px_per_km + view.left_km, view.top_km - points[:, 1] / view.px_per_km)
        enough &= np.minimum.reduceat(away, starts[:-1]) < OPPOSITE_KM
    found: dict[str, tuple[Area, list[Floats]]] = {}
    for ring in np.flatnonzero(enough).tolist():
        found.setdefault(owners[ring].name, (owners[ring], []))[1].append(rings[ring])
    return list(found.values())


def _largest(area: Area, rings: list[Floats], view: View) -> tuple[float, str, Floats] | None:
    """The largest visible piece of an area with its size in square px; None where it is small."""
    import numpy as np

    best: tuple[float, str, Floats] | None = None
    for piece in (piece for ring in rings for piece in ring_px(ring, view)):
        x, y = piece.T
        size = abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2
        if size > (best[0] if best else _SMALLEST_AREA_PX):
            best = size, area.name, piece
    return best


def _inner_places(ring: Floats, width: float) -> list[tuple[float, float]]:
    """Places inside a piece, first those far from its sides; the way to the sides counts less than up and down."""
    import numpy as np

    low, high = ring.min(axis=0), ring.max(axis=0)
    across, down = (np.linspace(a, b, n + 2)[1:-1] for a, b, n in zip(low, high, _GRID, strict=True))
    x, y = (one.ravel() for one in np.meshgrid(across, down))
    following = np.roll(ring, -1, axis=0)
    crosses = (ring[:, 1] > y[:, None]) != (following[:, 1] > y[:, None])
    way = following[:, 1] - ring[:, 1]
    at = ring[:, 0] + (y[:, None] - ring[:, 1]) / np.where(way == 0, 1, way) * (following[:, 0] - ring[:, 0])
    inside = (crosses & (at > x[:, None])).sum(axis=1) % 2 == 1
    off_x, off_y = np.abs(ring[:, 0] - x[:, None]), np.abs(ring[:, 1] - y[:, None])
    away = np.hypot(off_x * 12 / max(width, 12), off_y).min(axis=1)
    order = np.argsort(-np.where(inside, away, -1.0), kind="stable")
    return [(float(x[one]), float(y[one])) for one in order[:24] if inside[one] and away[one] > 5]


def graticule(view: View) -> list[Floats]:
    """Lines of latitude and longitude, on maps wide enough to need them to tell where north is."""
    import numpy as np

    if view.width_km < 1_500:
        return []
    step = next((one for one in (5, 10, 15, 20) if view.width_km / KM_PER_DEG / one < 8), 30)
    found = []
    along = np.arange(-80.0, 80.1, 2.0)
    for lon in range(-180, 180, step):
        found += line_px(np.column_stack((np.full(len(along), float(lon)), along)), view)
    across = np.arange(-180.0, 180.1, 2.0)
    for lat in range(-90 + step, 90, step):
        if abs(lat) <= 80:
            found += line_px(np.column_stack((across, np.full(len(across), float(lat)))), view)
    return found


def _middle(view: View) -> tuple[float, float]:
    """Latitude and longitude at the middle of the window, on a sphere; of the world its middle."""
    if isinstance(view.projection, World):
        return 0.0, view.projection.lon_deg
    x = view.left_km + view.width_km / 2
    y = view.top_km - view.height_px / view.px_per_km / 2
    far = math.hypot(x, y)
    if far < 1e-9:
        return view.projection.lat_deg, view.projection.lon_deg
    angle, lat = far / EARTH_KM, math.radians(view.projection.lat_deg)
    up = math.asin(max(-1.0, min(1.0, math.cos(angle) * math.sin(lat) + y * math.sin(angle) * math.cos(lat) / far)))
    across = math.atan2(
        x * math.sin(angle), far * math.cos(lat) * math.cos(angle) - y * math.sin(lat) * math.sin(angle)
    )
    return math.degrees(up), (view.projection.lon_deg + math.degrees(across) + 540) % 360 - 180


def _reach_km(view: View) -> float:
    if isinstance(view.projection, World):
        return 20_100.0
    return min(20_100.0, math.hypot(view.width_km, view.height_px / view.px_per_km) / 2)
