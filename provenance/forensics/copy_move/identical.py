"""Parts that equal others pixel by pixel: copies that were pasted without being turned or scaled, saved without loss.

No points are needed, so small and smooth parts are found as well. Blocks of 8 x 8 pixels at every place are hashed
(Karp and Rabin, IBM J. Res. Dev. 31(2), 1987, in two dimensions), equal hashes are paired with the next in order of
place, and the shifts that most pairs share are looked at cell by cell, where every pixel must be equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..blind.chance import ALARM_LOG10_NFA, log10_nfa
from ..blind.regions import Suspect
from ..windows import counted, within
from .against import FINE_PX
from .exactness import LEAST_LEVELS2, Exact, together
from .likeness import CELL_PX, SIDES, WAYS, means
from .no_copy import drawn, framed
from .points import LEAST_AWAY_PX

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Pixels = NDArray[np.uint8]
    Hashes = NDArray[np.uint64]

CHANCE_EQUAL = 1e-4
"""Of a cell with detail equal to its partner in every pixel (docs/measured/copy_move.md)."""
EQUAL = "equal in every pixel"
MOST_SHIFTS = 4
MOST_PX = 4_000_000
"""Beyond it the cells are not hashed: eight bytes and a sort for each place."""
_LEAST_PAIRS = 16
_LEAST_HITS = 4
_ODD = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x100000001B3, 0xC2B2AE3D27D4EB4F
_SHIFTS_BITS = 29, 32


def identical(pixels: Pixels, least: float) -> tuple[Exact, ...]:
    """For each shift the surest window, if it is sure enough. `least`: energy of
    fine detail, in squared levels, below which a cell says nothing."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    if height * width > MOST_PX or min(height, width) < 2 * CELL_PX:
        return ()
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)
    fine = np.asarray(grey - cv2.GaussianBlur(grey, (0, 0), FINE_PX), np.float32)
    detailed = means(fine * fine) - means(fine) ** 2 > max(least, LEAST_LEVELS2)
    detailed &= _both_ways(grey)
    number = tests((height, width))
    found = []
    for shift in _shifts(pixels, grey):
        one = _surest(pixels, detailed, shift, number)
        if one is None:
            continue
        window = _cells(one.found.window)
        if not drawn(grey, detailed, window) and not framed(
            one.found.cells, window, (0, 0), one.shift, (height, width)
        ):
            found.append(one)
    return tuple(found)


def _both_ways(grey: NDArray[np.float32]) -> Mask:
    """Cells that change across as well as down: lines of a frame are equal all along."""
    import numpy as np

    across, down = np.zeros_like(grey), np.zeros_like(grey)
    across[:, 1:], down[1:] = np.diff(grey, axis=1) ** 2, np.diff(grey, axis=0) ** 2
    return np.asarray(np.minimum(means(across), means(down)) > LEAST_LEVELS2, np.bool_)


def _cells(window: tuple[int, int, int, int]) -> tuple[slice, slice]:
    x, y, width, height = (one // CELL_PX for one in window)
    return slice(y, y + height), slice(x, x + width)


def tests(shape: tuple[int, int]) -> int:
    """Windows and shifts by whole pixels that could be tried in a picture of that height and width, for both ways."""
    rows, columns = (side // CELL_PX for side in shape)
    windows = sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES)
    return max(1, windows * WAYS * shape[0] * shape[1])


def _shifts(pixels: Pixels, grey: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Across and down, the most shared first."""
    import cv2
    import numpy as np

    hashes = _hashes(pixels)
    window = (CELL_PX, CELL_PX)
    middle, square = (cv2.boxFilter(one, cv2.CV_64F, window, anchor=(0, 0)) for one in (grey, grey * grey))
    spread = (square - middle * middle)[: hashes.shape[0], : hashes.shape[1]]
    places = np.flatnonzero(spread.ravel() > 1.0)
    values = hashes.ravel()[places]
    order = np.argsort(values, kind="stable")
    values, places = values[order], places[order]
    same = np.flatnonzero(values[1:] == values[:-1])
    first, second = places[same], places[same + 1]
    columns = hashes.shape[1]
    down, across = second // columns - first // columns, second % columns - first % columns
    # On the grid of a JPEG equal blocks are common: its few coefficients agree.
    off_grid = (down % CELL_PX != 0) | (across % CELL_PX != 0)
    far = (np.maximum(np.abs(down), np.abs(across)) >= LEAST_AWAY_PX) & off_grid
    wide = 2 * pixels.shape[1]
    keys, counts = np.unique(down[far] * wide + across[far] + pixels.shape[1], return_counts=True)
    best = [int(one) for one in np.argsort(-counts, kind="stable")[:MOST_SHIFTS] if counts[one] >= _LEAST_PAIRS]
    return [(int(keys[one]) % wide - pixels.shape[1], int(keys[one]) // wide) for one in best]


def _hashes(pixels: Pixels) -> Hashes:
    """Of the block that starts at each place, shape (height - 7, width - 7)."""
    import numpy as np

    mix, remix, along, below = (np.uint64(one) for one in _ODD)
    levels = pixels.astype(np.uint64) @ np.array([65536, 256, 1], np.uint64) + np.uint64(1)
    levels *= mix
    levels ^= levels >> np.uint64(_SHIFTS_BITS[0])
    levels *= remix
    levels ^= levels >> np.uint64(_SHIFTS_BITS[1])
    rows, columns = levels.shape[0] - CELL_PX + 1, levels.shape[1] - CELL_PX + 1
    line = np.zeros((levels.shape[0], columns), np.uint64)
    for at in range(CELL_PX):
        line = line * along + levels[:, at : at + columns]
    block = np.zeros((rows, columns), np.uint64)
    for at in range(CELL_PX):
        block = block * below + line[at : at + rows]
    return block


def _surest(pixels: Pixels, detailed: Mask, shift: tuple[int, int], tests: int) -> Exact | None:
    import numpy as np

    across, down = shift
    height, width = pixels.shape[:2]
    here = np.s_[max(0, -down) : height - max(0, down), max(0, -across) : width - max(0, across)]
    there = np.s_[max(0, down) : height - max(0, -down), max(0, across) : width - max(0, -across)]
    equal, shown = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    equal[here] = (pixels[here] == pixels[there]).all(-1)
    shown[here] = 1
    used = detailed & (means(shown) > 0.999)
    hit = used & (means(equal) > 0.999)
    counts, sums = counted(used), counted(hit)
    best: tuple[float, int, int, int, int, int] | None = None
    for side in SIDES:
        if side > min(used.shape) or side * CELL_PX > max(abs(across), abs(down)):
            break
        among, hits = within(counts, side, side), within(sums, side, side)
        at = np.unravel_index(int((hits - 1e-3 * among).argmax()), hits.shape)
        if hits[at] < _LEAST_HITS:
            continue
        value = log10_nfa(int(among[at]), int(hits[at]), CHANCE_EQUAL, tests)
        if best is None or value < best[0]:
            best = (value, int(at[0]), int(at[1]), side, int(among[at]), int(hits[at]))
    if best is None or best[0] > ALARM_LOG10_NFA:
        return None
    value, row, column, side, among_best, hits_best = best
    suspect = Suspect(
        log10_nfa=value,
        window=(column * CELL_PX, row * CELL_PX, side * CELL_PX, side * CELL_PX),
        trials=among_best,
        hits=hits_best,
        chance=CHANCE_EQUAL,
        tests=tests,
        cells=together(hit, (slice(row, row + side), slice(column, column + side))),
        detail=EQUAL,
    )
    return Exact(found=suspect, shift=np.array([[1, 0, across], [0, 1, down]], np.float64))
