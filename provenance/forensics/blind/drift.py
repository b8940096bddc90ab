"""Whether one JPEG grid runs through the whole picture in steps: it was resized a little, or turned, since it was one.

A picture that was enlarged by 2 % has lines of its former grid every 8.16 pixels: seen from blocks of 8, a grid that
lies further on with every 50 pixels, and that windows of 32 to 128 pixels take for a part from elsewhere. What a part
from elsewhere cannot have is votes all over the picture, outside of it, for the grid that one scale and one angle would
give there, and more of them than if the same votes lay elsewhere in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from .chance import log10_nfa
from .dct import SIDE
from .regions import Suspect
from .votes import GRIDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Rows = NDArray[np.int64]
    Doubles = NDArray[np.float64]

_MOST, _STEP = 0.045, 0.001
"""Scales 1 - 0.045 to 1 + 0.045 and angles up to 2.6 degrees; beyond, too little of one grid lies side by side."""
_TILE_PX, _TILE_VOTES = 32, 96
"""A tile has the grid that most of its pixels vote for, where so many do."""
_MOST_TILES = 1_500
_OFF_PX = 1
_LEAST_CHANCE = ((2 * _OFF_PX + 1) / SIDE) ** 2
_LOG10_NFA = -3.0
"""Of all scales and angles together, that so many tiles lie so by chance."""
_LEAST_STEPS = 3
"""Grids side by side, that of the surest part among them, that are steps of one."""
_STEPS_LOG10 = -1.7
"""Of the chance that so many of the others lie so near: of two both must, of four three, of seven four."""
_BESIDE_CHANCE, _BESIDE_LOG10 = 0.4, -2.0
"""Of tiles around true parts that lie so, at most 0.48 had such grids (-1.6; docs/adr/0095-tables-of-cameras.md)."""


def runs_in_steps(cast: Bytes, found: Suspect, known: Sequence[tuple[int, int]]) -> bool:
    """Whether tiles outside of the part found have its grid, as a scale and an angle move it.

    `cast`: as votes.votes gives it. `known`: origins of grids that run through the picture as they are, which are not
    asked for.
    """
    import numpy as np

    down, across, grids = _tiles(cast, found.window, known)
    if found.grid is None or not len(grids):
        return False
    x, y, wide, high = found.window
    right, below = across - (x + wide / 2), down - (y + high / 2)
    every = np.arange(-round(_MOST / _STEP), round(_MOST / _STEP) + 1) * _STEP
    near = _near()
    shares = near[:, :, grids].mean(2)  # had the same votes lain anywhere else in the picture
    best = 0.0
    for scale, turned in product(every, (True, False)):
        across_too = below * every[:, None] if turned else 0 * every[:, None]
        down_too = below * scale - right * every[:, None] if turned else below * every[:, None]
        to_x = np.rint(found.grid[0] + right * scale + across_too).astype(int) % SIDE
        to_y = np.rint(found.grid[1] + down_too).astype(int) % SIDE
        hits, chances = near[to_y, to_x, grids].sum(1), np.maximum(shares[to_y, to_x].mean(1), _LEAST_CHANCE)
        at = int((hits - len(grids) * chances).argmax())
        best = min(best, log10_nfa(len(grids), int(hits[at]), float(chances[at]), 2 * every.size**2))
    return best <= _LOG10_NFA


def are_steps(found: Sequence[Suspect]) -> bool:
    """Whether two parts or more have a grid one pixel off that of the surest, along either axis or both, and more than
    by chance have one so near.

    A picture of few tiles that was resized a little is nearly covered by such parts, so that hardly a vote is left
    outside of them. Of three parts from elsewhere both others have such grids by a chance of one in 50; of eight
    two or more by one in four, so there it takes four.
    """
    surest = min(found, key=lambda one: one.log10_nfa)
    if surest.grid is None:
        return False
    x, y = surest.grid
    others = [one.grid for one in found if one.grid is not None and one is not surest]
    near = [one for one in others if _near()[y, x, SIDE * one[1] + one[0]]]
    if len({surest.grid, *near}) < _LEAST_STEPS:
        return False
    return log10_nfa(len(others), len(near), _LEAST_CHANCE, 1) <= _STEPS_LOG10


def lies_beside(cast: Bytes, found: Suspect, own: tuple[int, int]) -> bool:
    """Whether a part one pixel off the picture's own grid, down and across, lies among tiles that are off as little.

    So a small picture looks that was resized by less than 1 %, which is one step wide. Texture favours grids in the
    rows or columns of `own`, of which a third lie so near. `cast`: as votes.votes gives it, without votes for `own`.
    """
    if found.grid is None or any(
        (one - of) % SIDE not in {1, SIDE - 1} for one, of in zip(found.grid, own, strict=True)
    ):
        return False
    _, _, grids = _tiles(cast, found.window, (own,))
    near = int(_near()[found.grid[1], found.grid[0], grids].sum())
    return log10_nfa(len(grids), near, _BESIDE_CHANCE, 1) <= _BESIDE_LOG10


def _tiles(
    cast: Bytes, window: tuple[int, int, int, int], known: Sequence[tuple[int, int]]
) -> tuple[Doubles, Doubles, Rows]:
    """Middle (y and x) and grid of the tiles that have one which is not known, outside of the window."""
    import numpy as np

    rows, columns = (length // _TILE_PX for length in cast.shape)
    whole = cast[: rows * _TILE_PX, : columns * _TILE_PX].reshape(rows, _TILE_PX, columns, _TILE_PX)
    counts = np.stack([(whole == grid).sum((1, 3)) for grid in range(GRIDS)], -1)
    counts[:, :, [SIDE * y + x for x, y in known]] = 0
    told = counts.max(2) >= _TILE_VOTES
    x, y, wide, high = window
    told[y // _TILE_PX : -(-(y + high) // _TILE_PX), x // _TILE_PX : -(-(x + wide) // _TILE_PX)] = False
    row, column = np.nonzero(told)
    some = np.linspace(0, len(row) - 1, min(len(row), _MOST_TILES)).astype(int)
    row, column = row[some], column[some]
    middle = _TILE_PX * (np.stack([row, column]) + 0.5)
    return middle[0], middle[1], counts.argmax(2)[row, column]


def _near() -> NDArray[np.bool_]:
    """Whether a grid, by its x and y, lies beside another or is the same, shape (8 of y, 8 of x, 64)."""
    import numpy as np

    off = (np.arange(SIDE)[:, None] - np.arange(SIDE) + SIDE // 2) % SIDE - SIDE // 2
    close = np.abs(off) <= _OFF_PX
    y, x = np.divmod(np.arange(GRIDS), SIDE)
    return np.asarray(close[:, y][:, None] & close[:, x][None], np.bool_)
