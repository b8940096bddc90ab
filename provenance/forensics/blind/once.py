"""Blocks of a twice compressed picture that were compressed once, and windows in which they lie together.

As Bianchi and Piva (2012) weigh a block: the product of the likelihood ratios of its coefficients. Windows are counted
a contrario, with a chance that is at least what such blocks are elsewhere in the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..windows import counted, log10_hoeffding, within
from .chance import ALARM_LOG10_NFA, log10_nfa
from .dct import SIDE
from .regions import Suspect
from .twice import REACH, First

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

LEAST_FREQUENCIES = 3
"""With a recovered first step, and of a region that speak for a single compression."""
SIDES = (3, 4, 6, 8, 12, 16, 24, 32, 48)
"""Of the square windows, in blocks."""
TOGETHER = 4
"""Blocks that count as one trial: neighbours share edges and what the model gets wrong."""
CHANCE = 0.01
"""Of a block that was compressed twice to look as if once; by likelihood ratio it is below exp(-_HIT) = 0.018."""
LEAST_SHARE = 0.3
_HIT = 4.0
_LEAST_DENSE = 0.4
"""Share of hits among the blocks around one that belongs to a region."""
_LEAST_SPOKEN = 2
_AROUND = 2.0
_MOST_REGIONS = 8
_SATURATED_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blocks:
    """What each block says."""

    ratios: Doubles
    """log(P(once) / P(twice)) by frequency, shape (frequencies, rows, columns)."""
    spoken: Mask
    """Blocks with enough coefficients that are not zero, and without saturated pixels."""
    hits: Mask


def weighed(quantised: NDArray[np.int16], clipped: Mask, firsts: tuple[First, ...]) -> Blocks:
    """Every block against the first steps. `clipped`: pixels of which a colour is as dark or as bright as it can be."""
    import numpy as np

    values = np.stack([quantised[:, :, *one.at] for one in firsts]).astype(np.int32)
    index = np.clip(values, -REACH, REACH) + REACH
    ratios = np.stack([one.ratios[each] for one, each in zip(firsts, index, strict=True)])
    ratios[values == 0] = 0
    rows, columns = quantised.shape[:2]
    whole = np.zeros((rows * SIDE, columns * SIDE), bool)
    part = clipped[: rows * SIDE, : columns * SIDE]
    whole[: part.shape[0], : part.shape[1]] = part
    saturated = whole.reshape(rows, SIDE, columns, SIDE).mean((1, 3)) > _SATURATED_SHARE
    spoken = ((values != 0).sum(0) >= _LEAST_SPOKEN) & ~saturated
    return Blocks(ratios=ratios, spoken=spoken, hits=spoken & (ratios.sum(0) > _HIT))


def tests_of(shape: tuple[int, ...]) -> int:
    """Windows of all sides that fit."""
    rows, columns = shape
    return max(1, sum(max(0, rows - side + 1) * max(0, columns - side + 1) for side in SIDES))


def clustered(blocks: Blocks) -> tuple[Suspect, ...]:
    """Regions at or below the alarm level in which enough frequencies agree, the surest first."""
    import cv2
    import numpy as np

    hits, found = blocks.hits.copy(), []
    dense, held = (cv2.boxFilter(one.astype(np.float32), -1, (5, 5), normalize=False) for one in (hits, blocks.spoken))
    kept = ((dense >= _LEAST_DENSE * held) & (dense >= 3)).astype(np.uint8)
    _, labels = cv2.connectedComponents(kept, connectivity=8)
    for _ in range(_MOST_REGIONS):
        best = _surest(hits, blocks.spoken)
        if best is None or best.log10_nfa > ALARM_LOG10_NFA:
            break
        column, row, side = best.window[0] // SIDE, best.window[1] // SIDE, best.window[2] // SIDE
        inside = slice(row, row + side), slice(column, column + side)
        region = np.isin(labels, [one for one in np.unique(labels[inside]) if one])
        if not region.any():
            region[inside] = True
        agreeing = int((blocks.ratios[:, *inside].sum((1, 2), where=hits[inside]) > _HIT).sum())
        hits[region] = False
        hits[inside] = False
        if agreeing >= LEAST_FREQUENCIES:
            found.append(
                Suspect(
                    log10_nfa=best.log10_nfa,
                    window=best.window,
                    trials=best.trials,
                    hits=best.hits,
                    chance=best.chance,
                    tests=best.tests,
                    cells=region,
                    detail=f"compressed once by {agreeing} of {len(blocks.ratios)} frequencies",
                )
            )
    return tuple(found)


def _surest(hits: Mask, spoken: Mask) -> Suspect | None:
    """The window with the fewest false alarms: chosen by Hoeffding's bound, counted by the exact binomial."""
    import numpy as np

    tests, best = tests_of(hits.shape), None
    hit, held = counted(hits), counted(spoken)
    for side in SIDES:
        if side > min(hits.shape):
            break
        counts, blocks = within(hit, side, side), within(held, side, side)
        elsewhere = (hit[-1, -1] - counts) / np.maximum(held[-1, -1] - blocks, 1)
        chance = np.maximum(CHANCE, _AROUND * elsewhere)
        bound = log10_hoeffding(blocks // TOGETHER, counts // TOGETHER, chance)
        at = np.unravel_index(int(np.argmin(bound)), bound.shape)
        trials, met, rate = int(blocks[at]) // TOGETHER, int(counts[at]) // TOGETHER, round(float(chance[at]), 6)
        if bound[at] >= 0 or met < LEAST_SHARE * trials:
            continue
        value = log10_nfa(trials, met, rate, tests)
        if best is None or value < best.log10_nfa:
            window = (int(at[1]) * SIDE, int(at[0]) * SIDE, side * SIDE, side * SIDE)
            best = Suspect(
                log10_nfa=value, window=window, trials=trials, hits=met, chance=rate, tests=tests, cells=hits, detail=""
            )
    return best
