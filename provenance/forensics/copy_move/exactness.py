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
from .likeness import CELL_PX, SIDES, apart, middles
from .no_copy import drawn, framed, patterned

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

    found = _likeliest(levels, shift, box, least, tests, softened=softened)
    if found is None or found.surest.log10_nfa > ALARM_LOG10_NFA:
        return None
    x, y, width, height = box
    shape, surest, window = levels[0].shape, found.surest, found.surest.cells
    part = levels[0][y : y + height, x : x + width]
    side_px = surest.side * CELL_PX
    where = (x + surest.column * CELL_PX, y + surest.row * CELL_PX, side_px, side_px)
    if (
        drawn(part, found.speaking, window)
        or framed(found.hit, window, (x, y), shift, shape)
        or patterned(levels[0], where)
    ):
        return None
    cells = np.zeros((shape[0] // CELL_PX, shape[1] // CELL_PX), np.bool_)
    hits = together(found.hit, window)
    cells[y // CELL_PX : y // CELL_PX + hits.shape[0], x // CELL_PX : x // CELL_PX + hits.shape[1]] = hits
    suspect = Suspect(
        log10_nfa=surest.log10_nfa,
        window=where,
        trials=surest.trials,
        hits=surest.hits,
        chance=found.chance,
        tests=tests,
        cells=cells,
        detail="",
    )
    return Exact(found=suspect, shift=shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Square:
    """A square of cells in a box; places and side in cells."""

    log10_nfa: float
    row: int
    column: int
    side: int
    trials: int
    hits: int

    @property
    def cells(self) -> tuple[slice, slice]:
        return slice(self.row, self.row + self.side), slice(self.column, self.column + self.side)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """The surest window of a box, with the cells that say something and those that hit, at the level it was found."""

    surest: _Square
    speaking: Mask
    hit: Mask
    chance: float


def _likeliest(
    levels: Planes, shift: Doubles, box: tuple[int, int, int, int], least: Least, tests: int, *, softened: float
) -> _Found | None:
    """Of all levels of equality the one at which a window is surest; None where no window has enough hits."""
    light = against.light(levels[0], shift, box, softened)
    far = apart(shift, light.inside.shape, box[:2])
    best: _Found | None = None
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
        if sure is not None and (best is None or sure.log10_nfa < best.surest.log10_nfa):
            best = _Found(surest=sure, speaking=used, hit=equal, chance=level.chance)
    return best


def _surest(used: Mask, hit: Mask, far: Doubles, chance: float, tests: int) -> _Square | None:
    """The surest window at one level; None where none has enough hits."""
    import numpy as np

    counts, sums = counted(used), counted(hit)
    best: _Square | None = None
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
        trials, many = int(among[at]), int(hits[at])
        value = log10_nfa(trials, many, chance, tests)
        if best is None or value < best.log10_nfa:
            best = _Square(log10_nfa=value, row=int(at[0]), column=int(at[1]), side=side, trials=trials, hits=many)
    return best


def together(hit: Mask, window: tuple[slice, slice]) -> Mask:
    """The hits that hang together with those of the window, holes of a cell closed."""
    import cv2
    import numpy as np

    closed = cv2.morphologyEx(hit.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels = cv2.connectedComponents(np.asarray(closed, np.uint8), connectivity=8)
    inside = labels[window][hit[window]]
    return np.asarray(np.isin(labels, inside[inside > 0]), np.bool_)
