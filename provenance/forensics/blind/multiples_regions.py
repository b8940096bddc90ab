"""Parts whose coefficients lie at multiples of an earlier saving's steps on another grid: cells, and what to tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .dct import SIDE
from .multiples import QUALITIES, counted
from .multiples_windows import Window, tests_of, windows
from .regions import Suspect
from .votes import GRIDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Counts = NDArray[np.float32]

_MOST_REGIONS = 8
_BAND_PX, _SHARED_ROWS = 8_000_000, 256


def foreign_steps(luma: Bytes, known: tuple[tuple[int, int], ...]) -> tuple[Suspect, ...]:
    """Parts at or below the alarm level, the surest first, at most 8; a part that several tables suit is told once.

    `luma`: uint8, shape (height, width). `known`: origins of the grids of the whole picture, the one to be told first.
    """
    rows, columns = (length // SIDE for length in luma.shape)
    found: list[Suspect] = []
    for first, last in _bands(*luma.shape):
        for quality, *counts in zip(QUALITIES, *counted(luma[first:last], known), strict=True):
            hits, asked = (_by_block(one) for one in counts)
            found += [
                _suspect(one, hits, asked, first=first // SIDE, shape=(rows, columns), main=known[0], quality=quality)
                for one in windows(luma[first:last], hits, asked, known, tests_of((rows, columns)))
            ]
    kept: list[Suspect] = []
    for one in sorted(found, key=lambda each: each.log10_nfa):
        if not any((one.cells & already.cells).any() for already in kept):
            kept.append(one)
    return tuple(kept[:_MOST_REGIONS])


def _bands(height: int, width: int) -> Iterator[tuple[int, int]]:
    """First row and end of bands of at most some 8 megapixels, which bounds what the counts of all qualities take."""
    rows = max(4 * _SHARED_ROWS, _BAND_PX // width // SIDE * SIDE)
    for first in range(0, max(1, height - _SHARED_ROWS), rows - _SHARED_ROWS):
        yield first, min(height, first + rows)


def _by_block(counts: Bytes) -> Counts:
    """Shape (block rows, block columns, 64): by grid, 8 * y + x."""
    import numpy as np

    rows, columns = (length // SIDE for length in counts.shape)
    whole = counts[: rows * SIDE, : columns * SIDE].reshape(rows, SIDE, columns, SIDE)
    return np.asarray(whole.transpose(0, 2, 1, 3).reshape(rows, columns, GRIDS), np.float32)


def _suspect(
    one: Window,
    hits: Counts,
    asked: Counts,
    *,
    first: int,
    shape: tuple[int, int],
    main: tuple[int, int],
    quality: int,
) -> Suspect:
    """`first`: row of cells that the band begins with. `shape`: rows and columns of cells of the picture."""
    import numpy as np

    row, column, side = one.at
    across, down = one.origin
    blocks = _region(hits[..., one.grid], asked[..., one.grid], one)
    cells = np.zeros(shape, bool)
    top, left = first + (down >= SIDE // 2), int(across >= SIDE // 2)  # the cells that blocks cover most of
    part = blocks[: shape[0] - top, : shape[1] - left]
    cells[top : top + part.shape[0], left : left + part.shape[1]] = part
    corner = SIDE * column + across, SIDE * (first + row) + down
    return Suspect(
        log10_nfa=one.log10_nfa,
        window=(*corner, side * SIDE, side * SIDE),
        trials=one.trials,
        hits=one.hits,
        chance=one.chance,
        tests=tests_of(shape),
        cells=cells,
        detail=f"steps of libjpeg quality {quality} on a grid from {across}, {down} where the rest has {main[0]}, "
        f"{main[1]}",
        grid=one.origin,
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
