"""Parts whose coefficients lie at multiples of an earlier saving's steps on another grid: cells, and what to tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .dct import SIDE
from .first_tables import first_tables
from .multiples import counted
from .multiples_windows import Window, of_grid, tests_of, windows
from .regions import Suspect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Counts = NDArray[np.float32]

_MOST_REGIONS = 8
_TILE_PX, _TILE_COLUMNS, _SHARED_PX = 2_500_000, 8_192, 256


def foreign_steps(luma: Bytes, known: tuple[tuple[int, int], ...], last: tuple[int, ...]) -> tuple[Suspect, ...]:
    """Parts at or below the alarm level, the surest first, at most 8; a part that several tables suit is told once.

    `luma`: uint8, shape (height, width). `known`: origins of the grids of the whole picture, the one to be told first.
    `last`: table of the last saving, empty for a file without loss.
    """
    found = [one for top, left, tile in _tiles(luma) for one in _of_tile(tile, (top, left), luma.shape, known, last)]
    kept: list[Suspect] = []
    for one in sorted(found, key=lambda each: each.log10_nfa):
        if not any((one.cells & already.cells).any() for already in kept):
            kept.append(one)
    return tuple(kept[:_MOST_REGIONS])


def _of_tile(
    tile: Bytes,
    corner: tuple[int, int],
    shape: tuple[int, ...],
    known: tuple[tuple[int, int], ...],
    last: tuple[int, ...],
) -> list[Suspect]:
    """By every table, with its counts gone before those of the next tile are made. `shape`: of the picture."""
    cells, start = (shape[0] // SIDE, shape[1] // SIDE), (corner[0] // SIDE, corner[1] // SIDE)
    counts = counted(tile, known, last, tuple(steps for _, steps in first_tables()))
    return [
        _suspect(one, hits, asked, start=start, shape=cells, main=known[0], table=table)
        for table, hits, asked in zip(first_tables(), *counts, strict=True)
        for one in windows(tile, hits, asked, known, tests_of(cells))
    ]


def _tiles(luma: Bytes) -> Iterator[tuple[int, int, Bytes]]:
    """First row, first column and pixels of tiles of some 2.5 megapixels, 6.3 at most where wide, which bounds what the
    counts take: whole rows up to 8,192 pixels."""
    height, width = luma.shape
    rows = max(3 * _SHARED_PX, _TILE_PX // min(width, _TILE_COLUMNS) // SIDE * SIDE)
    for top in range(0, max(1, height - _SHARED_PX), rows - _SHARED_PX):
        for left in range(0, max(1, width - _SHARED_PX), _TILE_COLUMNS - _SHARED_PX):
            yield top, left, luma[top : top + rows, left : left + _TILE_COLUMNS]


def _suspect(
    one: Window,
    hits: Bytes,
    asked: Bytes,
    *,
    start: tuple[int, int],
    shape: tuple[int, int],
    main: tuple[int, int],
    table: tuple[str, tuple[int, ...]],
) -> Suspect:
    """`start`: row and column of cells that the tile begins with. `shape`: rows and columns of cells of the picture."""
    import numpy as np

    row, column, side = one.at
    across, down = one.origin
    blocks = _region(of_grid(hits, one.grid), of_grid(asked, one.grid), one)
    cells = np.zeros(shape, bool)
    # The cells that blocks cover most of.
    top, left = start[0] + (down >= SIDE // 2), start[1] + (across >= SIDE // 2)
    part = blocks[: shape[0] - top, : shape[1] - left]
    cells[top : top + part.shape[0], left : left + part.shape[1]] = part
    corner = SIDE * (start[1] + column) + across, SIDE * (start[0] + row) + down
    return Suspect(
        log10_nfa=one.log10_nfa,
        window=(*corner, side * SIDE, side * SIDE),
        trials=one.trials,
        hits=one.hits,
        chance=one.chance,
        tests=tests_of(shape),
        cells=cells,
        detail=f"steps of {table[0]} on a grid from {across}, {down} where the rest has {main[0]}, {main[1]}",
        grid=one.origin,
        steps=table[1],
    )


def _region(hits: Counts, asked: Counts, one: Window) -> NDArray[np.bool_]:
    """Blocks that hang together with the window, around which more are hits than halfway from chance to the window."""
    import cv2
    import numpy as np

    least = (one.chance + one.hits / one.trials) / 2
    near, trials = (cv2.boxFilter(each, -1, (3, 3), normalize=False) for each in (hits, asked))
    kept, around = ((near > least * trials) & (asked > 0)).astype(np.uint8), np.ones((3, 3), np.uint8)
    for step in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN):
        kept = np.asarray(cv2.morphologyEx(kept, step, around), np.uint8)
    _, labels = cv2.connectedComponents(kept, connectivity=8)
    region = np.isin(labels, [each for each in np.unique(labels[one.inside]) if each])
    if not region.any():
        region[one.inside] = True
    return region
