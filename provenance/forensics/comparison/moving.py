"""Whether what differs stands in both pictures, in different places: then it moved, and nothing was put in.

What was pasted, filled or smoothed is nowhere in the other picture, and the source of a part that was copied stands
where nothing differs. A thing that moved between two exposures is in both, each time within what differs. So is a part
that was cut out and moved by hand: the pixels do not say which. What was pulled or made slimmer passes steadily into
what stands still; things that move cover and uncover what is behind them, and do not.

Corners (Shi and Tomasi 1994) of one picture are sought in the other by normalised correlation (Lewis 1995) and from
there back (forward-backward error: Kalal, Mikolajczyk and Matas 2010); one counts only where others near it went along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import boxes
from .lying import grey

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Levels = NDArray[np.float32]
    Picture = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_LEAST_MOVED = 4
"""In each of the two pictures. Altered pairs of the usual kinds have none; one, a façade copied into itself, had 3."""
_MOST_PLACES, _QUALITY, _APART_PX, _CORNER_PX = 400, 0.01, 4, 7
_EDGE_PX, _AROUND_PX = 9, 41
_HALF_PX, _FAR_PX = 6, 32
"""Patches of 13 pixels of the frame, sought so far around."""
_LEAST_SPREAD = 5.0
_STANDS, _STILL_PX, _STILL_ALIKE = 0.7, 2.5, 0.8
"""Correlation where it was above which a place did not move far enough to be told."""
_FOUND, _MORE, _BACK_PX = 0.7, 0.1, 1.5
_BESIDE_PX, _ALIKE_PX, _NEIGHBOURS = 40.0, 3.0, 2
_NEAREST, _FEWEST, _NEAR_PX = 8, 4, 30.0
_SLACK_PX, _SLACK, _STEEP_PX, _STEEP = 0.7, 0.2, 1.0, 0.6
_STIFF, _SOFT_PX = 30.0, 2.0
_LEAST_UNSTEADY = 0.3
"""Of 28 parts pulled or made slimmer by hand 2 reach it, both at half size; of 29 frames 20. In the others things had
moved by 3 pixels at most, but for one."""
_LEAST_HELD = 0.3
"""Of what differs, in regions in which something moved: in 57 pairs of frames 0.59 or more. In others things came or
went beside."""


def moved(query: Levels, fitted: Levels, differing: Mask) -> bool:
    """Whether places of what differs stand elsewhere in what differs of the other picture, both ways, and unsteadily.

    The regions in which they lie must make up enough of it: a small thing that moved does not speak for a large one
    that was put in.

    `query`, `fitted`: shape (height, width, 3), levels of one frame; `differing`: shape (height, width).
    """
    import cv2
    import numpy as np

    if not differing.any():
        return False
    # All that the searches of what differs and of what lies around it can reach, there and back.
    box = boxes.around(differing, _AROUND_PX + 2 * (_HALF_PX + _FAR_PX))
    ours, theirs, differing = grey(query[box]), grey(fitted[box]), differing[box]
    mask = differing.astype(np.uint8)
    within = np.asarray(cv2.dilate(mask, np.ones((_EDGE_PX, _EDGE_PX), np.uint8)) > 0, np.bool_)
    around = np.asarray(cv2.dilate(mask, np.ones((_AROUND_PX, _AROUND_PX), np.uint8)), np.uint8)
    _, regions = cv2.connectedComponents(within.astype(np.uint8))
    held = differing
    for one, other in ((ours, theirs), (theirs, ours)):
        went, standing = _places(one, other, within, around)
        if len(went) < _LEAST_MOVED or _unsteady(went, _still(one, other, standing)) < _LEAST_UNSTEADY:
            return False
        column, row = went[:, :2].astype(int).T
        held = held & np.isin(regions, regions[row, column])
    return bool(held.sum() >= _LEAST_HELD * differing.sum())


def _places(one: Picture, other: Picture, within: Mask, around: Picture) -> tuple[Floats, list[tuple[int, int]]]:
    """Those of what differs that moved, shape (n, 4), x, y and the shift; and x, y of those that may stand still."""
    import cv2
    import numpy as np

    box = boxes.around(around, 2 * _CORNER_PX)
    corners = cv2.goodFeaturesToTrack(
        np.ascontiguousarray(one[box]),
        _MOST_PLACES,
        _QUALITY,
        _APART_PX,
        mask=np.ascontiguousarray(around[box]),
        blockSize=_CORNER_PX,
        useHarrisDetector=False,
    )
    corner = np.array([box[1].start, box[0].start])
    went: list[tuple[float, ...]] = []
    standing: list[tuple[int, int]] = []
    for x, y in [] if corners is None else (np.rint(corners[:, 0]).astype(int) + corner).tolist():
        patch = _patch(one, x, y)
        if patch is None:
            continue
        # The search takes a hundred times as long as a look at one place, and hardly anything moved in altered copies.
        stands = float(cv2.matchTemplate(_around(other, x, y), patch, cv2.TM_CCOEFF_NORMED)[0, 0])
        if stands > _STANDS:
            standing.append((x, y))
            continue
        to_x, to_y, found = _sought(patch, other, x, y)
        if found < max(_FOUND, stands + _MORE) or not (within[y, x] and within[round(to_y), round(to_x)]):
            continue
        patch = _patch(other, round(to_x), round(to_y))
        if patch is None:
            continue
        back = _sought(patch, one, round(to_x), round(to_y))
        if np.hypot(back[0] - x, back[1] - y) <= _BACK_PX:
            went.append((x, y, to_x - x, to_y - y))
    told = np.array(went, np.float64).reshape(-1, 4)
    beside = ((_between(told[:, :2]) < _BESIDE_PX) & (_between(told[:, 2:]) < _ALIKE_PX)).sum(1) - 1
    return told[beside >= _NEIGHBOURS], standing


def _still(one: Picture, other: Picture, standing: list[tuple[int, int]]) -> Floats:
    """Of the places that may stand still those that do, shape (n, 4): x, y and the shift."""
    import numpy as np

    still = []
    for x, y in standing:
        patch = _patch(one, x, y)
        if patch is not None:
            to_x, to_y, found = _sought(patch, other, x, y)
            if found > _STILL_ALIKE and np.hypot(to_x - x, to_y - y) < _STILL_PX:
                still.append((x, y, to_x - x, to_y - y))
    return np.array(still, np.float64).reshape(-1, 4)


def _patch(picture: Picture, x: int, y: int) -> Picture | None:
    """The patch around a place; None at the edge of the picture and where it is plain."""
    import cv2

    height, width = picture.shape
    if not (_HALF_PX <= x < width - _HALF_PX and _HALF_PX <= y < height - _HALF_PX):
        return None
    patch = _around(picture, x, y)
    return patch if float(cv2.meanStdDev(patch)[1][0, 0]) >= _LEAST_SPREAD else None


def _around(picture: Picture, x: int, y: int) -> Picture:
    return picture[y - _HALF_PX : y + _HALF_PX + 1, x - _HALF_PX : x + _HALF_PX + 1]


def _sought(patch: Picture, other: Picture, x: int, y: int) -> tuple[float, float, float]:
    """Where the patch of a place stands in the other picture, and how alike it is there."""
    import cv2
    import numpy as np

    reach = _HALF_PX + _FAR_PX
    left, top = max(0, x - reach), max(0, y - reach)
    alike = cv2.matchTemplate(other[top : y + reach + 1, left : x + reach + 1], patch, cv2.TM_CCOEFF_NORMED)
    row, column = (int(at) for at in np.unravel_index(int(alike.argmax()), alike.shape))
    across, down = _peak(alike[row], column), _peak(alike[:, column], row)
    return left + _HALF_PX + across, top + _HALF_PX + down, float(alike[row, column])


def _peak(line: Any, at: int) -> float:
    """The top of the parabola through the largest value and its neighbours."""
    if not 0 < at < len(line) - 1:
        return float(at)
    before, middle, after = (float(one) for one in line[at - 1 : at + 2])
    bend = before - 2 * middle + after
    return at + (min(0.5, max(-0.5, (before - after) / (2 * bend))) if bend < 0 else 0.0)


def _unsteady(went: Floats, still: Floats) -> float:
    """Share of the places that moved beside what stands still whose shift does not pass steadily into theirs.

    It does where a plane through the shifts of the nearest places foretells it, and none of them is far off. 0 where
    too few places lie there.
    """
    import numpy as np

    both = np.vstack([went, still])
    told = []
    for number, place in enumerate(went):
        away = np.hypot(*(both[:, :2] - place[:2]).T)
        away[number] = np.inf
        near = np.argsort(away)[:_NEAREST]
        near = near[away[near] < _NEAR_PX]
        if len(near) < _FEWEST or near.max() < len(went):
            continue
        jumps = np.hypot(*(both[near, 2:] - place[2:]).T) > _STEEP_PX + _STEEP * away[near]
        weight = 1 / (away[near] + _SOFT_PX)
        plane = np.column_stack([np.ones(len(near)), both[near, :2] - place[:2]]) * weight[:, None]
        # A slope is held near to nothing where few places tell it.
        held = np.diag([0.0, 1.0, 1.0]) * _STIFF * weight.mean() ** 2
        foretold = np.linalg.solve(plane.T @ plane + held, plane.T @ (both[near, 2:] * weight[:, None]))[0]
        off = np.hypot(*(foretold - place[2:])) > max(_SLACK_PX, _SLACK * np.hypot(*place[2:]))
        told.append(bool(off or jumps.any()))
    return sum(told) / len(told) if len(told) >= _LEAST_MOVED else 0.0


def _between(places: Floats) -> Floats:
    """Distances of all to all, shape (n, n)."""
    import numpy as np

    return np.asarray(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)), np.float64)
