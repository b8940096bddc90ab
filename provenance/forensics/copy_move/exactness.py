"""Which cells of a part equal those of another to within what saving leaves, and how many would by chance.

Two windows of a house look alike; the noise of the camera, the light and the last tenth of a pixel differ between them,
whatever the picture shows, while a copy brings all of it along. So the finest detail of each cell, as a whole, is held
against that of its partner (compare the unnaturally similar descriptors of Ehret, arXiv 1906.00649, 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..blind.chance import ALARM_LOG10_NFA, log10_nfa
from ..blind.regions import Suspect
from ..windows import counted, within
from .likeness import CELL_PX, SIDES, apart, means, middles, warped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

EQUALITY: tuple[tuple[float, float, float], ...] = ((0.05, 0.5, 0.25), (0.02, 0.2, 0.15))
"""What may be left between a cell and its partner, as a share of the energy of its fine detail and in squared levels,
and the share of a window's cells that are so equal in what truly repeats: see docs/measured/copy_move.md."""
LEAST_LEVELS2 = 1.0
"""Energy of the fine detail of a cell that is looked at."""
_ALIKE = 0.6
FINE_PX = 1.0
_LEAST_HITS = 9
_FLAT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exact:
    """A window in which so many cells equal their partners, and where these lie."""

    found: Suspect
    shift: Doubles


def exact(grey: Floats, shift: Doubles, box: tuple[int, int, int, int], least: float, tests: int) -> Exact | None:
    """The surest window of a box (x, y, width, height in pixels, x and y multiples of 8), if it is sure enough.

    `least`: energy of fine detail, in squared levels, below which a cell says nothing.
    """
    import numpy as np

    x, y, width, height = box
    part = grey[y : y + height, x : x + width]
    used, left, less = _compared(grey, part, shift, (x, y), least)
    far = apart(shift, used.shape, (x, y))
    best: tuple[float, int, int, int, int, int] | None = None
    hit, chance = used, 1.0
    for share, levels2, usual in EQUALITY:
        equal = used & (left < levels2 + share * less)
        sure = _surest(used, equal, far, usual, tests)
        if sure is not None and (best is None or sure[0] < best[0]):
            best, hit, chance = sure, equal, usual
    if best is None or best[0] > ALARM_LOG10_NFA:
        return None
    value, row, column, side, among_best, hits_best = best
    window = slice(row, row + side), slice(column, column + side)
    if drawn(part, used, window):
        return None
    cells = np.zeros((grey.shape[0] // CELL_PX, grey.shape[1] // CELL_PX), np.bool_)
    found = together(hit, window)
    cells[y // CELL_PX : y // CELL_PX + found.shape[0], x // CELL_PX : x // CELL_PX + found.shape[1]] = found
    suspect = Suspect(
        log10_nfa=value,
        window=(x + column * CELL_PX, y + row * CELL_PX, side * CELL_PX, side * CELL_PX),
        trials=among_best,
        hits=hits_best,
        chance=chance,
        tests=tests,
        cells=cells,
        detail="",
    )
    return Exact(found=suspect, shift=shift)


def _surest(
    used: Mask, hit: Mask, far: Doubles, chance: float, tests: int
) -> tuple[float, int, int, int, int, int] | None:
    """log10 of the number of false alarms, row, column, side, trials and hits of the surest window."""
    import numpy as np

    counts, sums = counted(used), counted(hit)
    best: tuple[float, int, int, int, int, int] | None = None
    for side in SIDES:
        if side > min(used.shape):
            break
        hits, among = within(sums, side, side), within(counts, side, side)
        hits = np.where((middles(far, side) >= CELL_PX * side) & (hits >= _LEAST_HITS), hits, 0)
        # The likeliest by the normal excess; its own tail is then summed exactly.
        excess = (hits - chance * among) / np.sqrt(np.maximum(among, 1)) * (hits > 0)
        at = np.unravel_index(int(excess.argmax()), excess.shape)
        if hits[at] == 0:
            continue
        value = log10_nfa(int(among[at]), int(hits[at]), chance, tests)
        if best is None or value < best[0]:
            best = (value, int(at[0]), int(at[1]), side, int(among[at]), int(hits[at]))
    return best


def _compared(
    grey: Floats, part: Floats, shift: Doubles, origin: tuple[int, int], least: float
) -> tuple[Mask, Floats, Floats]:
    """Cells with fine detail; what is left between each and its partner, without end where they are not alike; and the
    lesser energy of the two."""
    import cv2
    import numpy as np

    corners = np.array([[0, 0], [part.shape[1], 0], [0, part.shape[0]], part.shape[::-1]], np.float64) + origin
    places = corners @ shift[:, :2].T + shift[:, 2]
    left, top = (int(one) for one in np.maximum(np.floor(places.min(0)) - 8, 0))
    right, bottom = (int(one) for one in np.minimum(np.ceil(places.max(0)) + 8, grey.shape[::-1]))
    cells = (part.shape[0] // CELL_PX, part.shape[1] // CELL_PX)
    if right - left < CELL_PX or bottom - top < CELL_PX:
        return np.zeros(cells, np.bool_), np.zeros(cells, np.float32), np.zeros(cells, np.float32)
    local = shift.copy()
    local[:, 2] += shift[:, :2] @ np.array(origin) - np.array([left, top])
    laid, inside = warped(grey[top:bottom, left:right], local, part.shape)
    ours, theirs = (one - cv2.GaussianBlur(one, (0, 0), FINE_PX) for one in (part, laid))
    power, other = (means(one * one) - means(one) ** 2 for one in (ours, theirs))
    together = means(ours * theirs) - means(ours) * means(theirs)
    less = np.minimum(power, other)
    used = (np.maximum(power, other) > max(least, LEAST_LEVELS2)) & inside
    alike = together > _ALIKE * np.sqrt(np.maximum(power * other, 1e-9))
    left_over = np.where(alike, means((ours - theirs) ** 2), np.float32(np.inf))
    return used, np.asarray(left_over, np.float32), less


def drawn(part: Floats, used: Mask, window: tuple[slice, slice]) -> bool:
    """Whether half the neighbouring pixels of the cells have one level: ink and pixels of a screen, no photograph."""
    import numpy as np

    same = np.zeros(part.shape, np.float32)
    same[:, 1:] = np.abs(np.diff(part, axis=1)) < 0.5
    return float(means(same)[window][used[window]].mean()) > _FLAT


def together(hit: Mask, window: tuple[slice, slice]) -> Mask:
    """The hits that hang together with those of the window, holes of a cell closed."""
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(hit.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels = cv2.connectedComponents(np.asarray(closed, np.uint8), connectivity=8)
    inside = labels[window][hit[window]]
    return np.asarray(np.isin(labels, inside[inside > 0]), np.bool_)
