"""Parts of another JPEG grid by ranks: windows in which too many blocks of one origin are hits (ranks.py).

Counted a contrario, as votes are (grid.py), but with a block to a trial: blocks of one origin share no pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..windows import counted, log10_hoeffding, within
from .chance import ALARM_LOG10_NFA, log10_nfa
from .ranks import HALF, Ranks, halfway
from .regions import MOST_REGIONS, SIDES, Suspect
from .votes import NO_VOTE, SIDE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_AROUND = 2.0
"""The chance is at least so many times the share of hits of that origin outside the window."""
_LEAST_SHARE = 0.45
"""Of a window's blocks that must be hits: unaltered pictures had up to 0.17 over most of their area, where chance gives
0.12 (docs/measured/blind.md)."""
_LEAST_HEARD = 3
"""Of the nine blocks around one, for it to belong to a region."""
_SLACK = 5.0
"""Natural logarithm: by how much the binomial tail may lie below Hoeffding's bound in windows that are looked at."""


def quieter_parts(ranks: Ranks, main: tuple[int, int], tests: int) -> list[Suspect]:
    """Parts whose blocks of one origin are hits too often, at or below the alarm level; of origins halfway, none.

    `tests`: windows and origins of this and all other ways in which the picture is looked at.
    """
    return [
        found
        for one in ranks.three
        for origin in one.names
        if not halfway(origin, main)
        for found in _of_origin(ranks.told, origin, one.chance, main, tests)
    ]


def _of_origin(told: Bytes, origin: int, chance: float, main: tuple[int, int], tests: int) -> list[Suspect]:
    import cv2
    import numpy as np

    y, x = divmod(origin, SIDE)
    cells = told.shape[0] // SIDE, told.shape[1] // SIDE
    blocks = np.full(cells, NO_VOTE, np.uint8)
    part = told[y::SIDE, x::SIDE][: cells[0], : cells[1]]
    blocks[: part.shape[0], : part.shape[1]] = part
    hits, spoken = blocks == 1, blocks != NO_VOTE
    near, heard = (cv2.boxFilter(one.astype(np.float32), -1, (3, 3), normalize=False) for one in (hits, spoken))
    found: list[Suspect] = []
    while len(found) < MOST_REGIONS:
        best = _surest(hits, spoken, chance, tests)
        if best is None or best.log10_nfa > ALARM_LOG10_NFA:
            break
        (row, column), side = best.at, best.side
        inside = slice(row, row + side), slice(column, column + side)
        # Halfway between the window and what is expected of any, as votes are outlined.
        kept = (near >= (best.chance + best.hits / best.trials) / 2 * heard) & (heard >= _LEAST_HEARD)
        _, labels = cv2.connectedComponents(kept.astype(np.uint8), connectivity=8)
        region = np.isin(labels, [one for one in np.unique(labels[inside]) if one])
        if not region.any():
            region[inside] = True
        hits = hits & ~region
        hits[inside] = False
        found.append(
            Suspect(
                log10_nfa=best.log10_nfa,
                window=(column * SIDE + x, row * SIDE + y, side * SIDE, side * SIDE),
                trials=best.trials,
                hits=best.hits,
                chance=best.chance,
                tests=tests,
                cells=_moved(region, y >= HALF, x >= HALF),
                detail=f"grid from {x}, {y} where the rest has {main[0]}, {main[1]}, by ranks",
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    log10_nfa: float
    at: tuple[int, int]
    """Row and column of its first block."""
    side: int
    trials: int
    hits: int
    chance: float


def _surest(hits: Mask, spoken: Mask, least: float, tests: int) -> _Window | None:
    """Chosen by Hoeffding's bound, counted by the exact binomial."""
    import numpy as np

    hit, held, best = counted(hits), counted(spoken), None
    wanted = math.log(10) * (math.log10(tests) - ALARM_LOG10_NFA) - _SLACK
    for side in SIDES:
        if side > min(hits.shape):
            break
        met, trials = within(hit, side, side), within(held, side, side)
        elsewhere = (hit[-1, -1] - met) / np.maximum(held[-1, -1] - trials, 1)
        chance = np.maximum(least, _AROUND * elsewhere)
        over = met - chance * trials
        # The exponent of Hoeffding's bound is at most the chi-squared of the counts: few windows come near the level.
        worth = (over > 0) & (chance < 1) & (met >= _LEAST_SHARE * trials)
        worth &= over * over >= wanted * trials * chance * (1 - chance)
        if not worth.any():
            continue
        places = np.argwhere(worth)
        at = int(np.argmin(log10_hoeffding(trials[worth], met[worth], chance[worth])))
        row, column = (int(one) for one in places[at])
        counts, rate = (int(trials[row, column]), int(met[row, column])), round(float(chance[row, column]), 6)
        value = log10_nfa(*counts, rate, tests)
        if best is None or value < best.log10_nfa:
            best = _Window(log10_nfa=value, at=(row, column), side=side, trials=counts[0], hits=counts[1], chance=rate)
    return best


def _moved(region: Mask, down: bool, right: bool) -> Mask:
    """Blocks that begin in the second half of a cell lie mostly in the next."""
    import numpy as np

    moved = np.zeros_like(region)
    moved[int(down) :, int(right) :] = region[: region.shape[0] - down, : region.shape[1] - right]
    return moved if moved.any() else region
