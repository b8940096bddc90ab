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
from . import against
from .likeness import BAND_PX, CELL_PX, SIDES, apart, means, middles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Planes = tuple[Floats, against.Levels, against.Levels]

LEAST_LEVELS2, LEAST_COLOURS2 = 1.0, 2.0
"""Energy of the fine detail of a cell that is looked at, in squared levels: of its luminance, of both its colours."""
_LEAST_HITS = 9
_FLAT = 0.5
_FRAME_PX = 32
_NEXT_PX = 6, 24
"""How far on a window is looked for as a whole; beyond that two parts may be copies (`points.LEAST_AWAY_PX`)."""
_NEARER_PX = 24, 48, 96
_PART_PX = 32
"""A side of the parts of a larger window, at least: each holds a mesh or more, and the bars of a facade cross in it."""
_ITSELF = 0.85
"""Correlation: a net raised an alarm at 0.98, a facade with parts of 0.92 to 0.97; of copied parts of CoMoFoD and NoSo
the highest is 0.70, and of those laid in facades, of all parts of each the least one, 0.81."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equality:
    """What may be left between a cell and its partner."""

    share: float
    """Of the energy of its fine detail."""
    levels2: float
    """Squared levels beside that, for rounding."""
    chance: float
    """The share of a window's cells that are so equal in what truly repeats (docs/measured/copy_move.md)."""
    colours: bool = False
    """Whether that share must hold for its colours, too."""


EQUALITY = (
    Equality(share=0.05, levels2=0.5, chance=0.25),
    Equality(share=0.02, levels2=0.2, chance=0.15),
    Equality(share=0.15, levels2=0.5, chance=0.05, colours=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Least:
    """Energies of fine detail, in squared levels, below which a cell says nothing: what saving leaves of noise."""

    light: float = 0.0
    colours: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exact:
    """A window in which so many cells equal their partners, and where these lie."""

    found: Suspect
    shift: Doubles


def exact(
    levels: Planes,
    shift: Doubles,
    box: tuple[int, int, int, int],
    least: Least,
    tests: int,
    *,
    softened: float = 0.0,
) -> Exact | None:
    """The surest window of a box (x, y, width, height in pixels, x and y multiples of 8), if it is sure enough.

    `levels`: as `against.planes` gives them. `softened`: by how many pixels the partner is blurred, as
    `against.softenings` has it.
    """
    import numpy as np

    x, y, width, height = box
    shape = levels[0].shape
    light = against.light(levels[0], shift, box, softened)
    far = apart(shift, light.inside.shape, (x, y))
    best: tuple[float, int, int, int, int, int] | None = None
    hit, speaking, chance = light.inside, light.inside, 1.0
    for level in EQUALITY:
        used = light.inside & (light.more > max(least.light, LEAST_LEVELS2))
        equal = used & (light.left < level.levels2 + level.share * light.less)
        # Colours are laid only where enough is equal without them.
        if level.colours and equal.sum() < _LEAST_HITS:
            continue
        if level.colours:
            colour = against.colours(levels[1:], shift, box, softened)
            used &= colour.more > max(least.colours, LEAST_COLOURS2)
            equal &= used & (colour.left < level.share * colour.less)
        sure = _surest(used, equal, far, level.chance, tests)
        if sure is not None and (best is None or sure[0] < best[0]):
            best, hit, speaking, chance = sure, equal, used, level.chance
    if best is None or best[0] > ALARM_LOG10_NFA:
        return None
    value, row, column, side, among_best, hits_best = best
    window = slice(row, row + side), slice(column, column + side)
    part = levels[0][y : y + height, x : x + width]
    where = (x + column * CELL_PX, y + row * CELL_PX, side * CELL_PX, side * CELL_PX)
    if drawn(part, speaking, window) or framed(hit, window, (x, y), shift, shape) or patterned(levels[0], where):
        return None
    cells = np.zeros((shape[0] // CELL_PX, shape[1] // CELL_PX), np.bool_)
    found = together(hit, window)
    cells[y // CELL_PX : y // CELL_PX + found.shape[0], x // CELL_PX : x // CELL_PX + found.shape[1]] = found
    suspect = Suspect(
        log10_nfa=value,
        window=where,
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


def framed(
    hit: Mask, window: tuple[slice, slice], origin: tuple[int, int], shift: Doubles, shape: tuple[int, ...]
) -> bool:
    """Whether all that hits lies at the edge of the picture, and its partner, too: an ornament laid around it."""
    import numpy as np

    rows, columns = np.nonzero(hit[window])
    cells = np.column_stack([columns + window[1].start + 0.5, rows + window[0].start + 0.5])
    places = cells * CELL_PX + np.array(origin)
    far = np.array(shape[::-1])
    both = places, places @ shift[:, :2].T + shift[:, 2]
    return all(bool((np.minimum(one, far - one).min(1) < _FRAME_PX).all()) for one in both)


def drawn(part: Floats, used: Mask, window: tuple[slice, slice]) -> bool:
    """Whether half the neighbouring pixels of the cells have one level: ink and pixels of a screen, no photograph."""
    import numpy as np

    same = np.zeros(part.shape, np.float32)
    same[:, 1:] = np.abs(np.diff(part, axis=1)) < 0.5
    return float(means(same)[window][used[window]].mean()) > _FLAT


def patterned(grey: Floats, window: tuple[int, int, int, int]) -> bool:
    """Whether a window (x, y, width, height) lies on itself a few pixels on, or each part of it on a place nearer than
    the partner: a net, a grating, bars of a facade, of such contrast that what differs between the meshes is a small
    share of it. In parts, since what repeats in perspective lies on itself mesh by mesh only."""
    x, y, width, height = window
    reach = max(_NEXT_PX[1], min(width, height) - _NEXT_PX[0])  # the partner lies a side away, and looks alike around
    left, top = max(0, x - reach), max(0, y - reach)
    band = _band(grey[top : y + height + reach, left : x + width + reach])
    window = x - left, y - top, width, height
    if _on_itself(band, window, _NEXT_PX[1]):
        return True
    across, down = (max(1, side // _PART_PX) for side in (width, height))
    size = width // across, height // down
    starts = ((column * size[0], row * size[1]) for row in range(down) for column in range(across))
    parts = ((window[0] + right, window[1] + below, *size) for right, below in starts)
    return all(_on_itself(band, part, min(width, height) - _NEXT_PX[0]) for part in parts)


def _band(grey: Floats) -> Floats:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(grey, (0, 0), BAND_PX[0]) - cv2.GaussianBlur(grey, (0, 0), BAND_PX[1]))


def _on_itself(band: Floats, part: tuple[int, int, int, int], reach: int) -> bool:
    """Whether a part of a band of fine detail lies on one that starts 6 to `reach` pixels on. Near ones are asked
    first: a net of narrow meshes lies on the next of them, and the pixels to be looked at grow with the square."""
    import cv2
    import numpy as np

    x, y, width, height = part
    for near in (*(far for far in _NEARER_PX if far < reach), reach):
        left, top = max(0, x - near), max(0, y - near)
        around = band[top : y + height + near, left : x + width + near]
        fit = cv2.matchTemplate(around, band[y : y + height, x : x + width], cv2.TM_CCOEFF_NORMED)
        down, right = (np.abs(np.arange(long) - at) for long, at in zip(fit.shape, (y - top, x - left), strict=True))
        if fit[np.maximum(down[:, None], right) >= _NEXT_PX[0]].max(initial=0.0) > _ITSELF:
            return True
    return False


def together(hit: Mask, window: tuple[slice, slice]) -> Mask:
    """The hits that hang together with those of the window, holes of a cell closed."""
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(hit.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels = cv2.connectedComponents(np.asarray(closed, np.uint8), connectivity=8)
    inside = labels[window][hit[window]]
    return np.asarray(np.isin(labels, inside[inside > 0]), np.bool_)
