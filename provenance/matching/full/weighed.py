"""What is left between two pictures laid on one another in full, weighed: another moment, a copy, or wear.

The weights are fitted by benchmarks/fit_opened.py on photographs that nothing is measured on
(benchmarks/copies/fitting_photos.csv).
"""

from __future__ import annotations

import math

from .closely import Left

WEIGHTS = (-4.073, 0.792, 5.772, 1.347, 1.283, -4.628, -1.908, 0.826, -0.503, 1.536, 3.082)
"""Of nothing, then of each feature."""
ANOTHER_FROM = 0.0
"""Log-odds. Only where something came and something went: a thing on one side alone may be laid over a copy."""
_UNCHANGED_AREA, _UNCHANGED_GRAIN = 10.0, 0.8
"""Changes below which nothing changed, with one grain."""
_MOST_NOISE_LEVELS = 8.5
WORN_MEDIAN = 0.85
"""Median correlation of the blocks below which a picture is worn."""
_LAID_OFF = 0.3
"""Shared shift from which the pictures lie so far off one another that outlines differ everywhere. In fitting, frames
of 19 cameras at rest stay below 0.3."""
_STILL_BLOCKS, _STILL_ALIKE, _STILL_UNEVEN = 30, 0.985, 0.05
"""What moves is not alike in the blocks it left and entered. In fitting this holds of 2 of the 226 frames that are told
to be another moment, and of 4 of the 6 copies and 2 of the 5 altered copies that were lost to it."""
_MOST_REPLACED, _MOST_DISPLACED, _WORN_ALIKE, _WORN_SHIFT_PX = 0.2, 0.1, 0.9, 0.4
"""Of 267 pairs of two moments in strong compression, few colours, folds or a glare that are called so, 5 have all; with
0.3, 0.3, 0.8 and no limit of the shift 30 have. Of 32 such copies that are called so 16 have all: what lies further
off, or lost more, is like a burst of a camera."""
_UNKNOWN_SHIFT_PX = 9.0
"""What closely.py gives where too few blocks say how they lie."""
_BLOCKS, SHIFT_PX = 20, 0.6
_ALIKE, _SHARED_SHIFT, _ALIKE_BELOW, _ALIKE_AREA = 0.85, 0.1, -1.5, 600.0
"""The area is about a twentieth of the picture: a post with another photograph in it is alike in all its words."""
_SOFT_BLOCKS, _SOFT_ALIKE, _SOFT_MEDIAN, _SOFT_SHIFT_PX, _SOFT_SHARED, _SOFT_BELOW = 10, 0.97, 0.975, 1.5, 0.5, -3.0
"""What is blurred lies less exactly, on fewer blocks, and looks the more alike. In fitting these pass 18 of 48 refused
copies, none of 151 frames and none of 27 other photographs of a scene, in which at most 0.6 of the blocks are alike."""
_MARKED_REPEATED, _MARKED_BLOCKS, _MARKED_ALIKE, _MARKED_MEDIAN = 0.4, 20, 0.65, 0.9
"""Of 14 photographs under a mark in rows 12 reach the first; of 40 pairs of frames of 19 videos those whose ground lies
as exactly and is as even stay at 0.33 or below. Another photograph in the same post leaves fewer blocks alike."""
_PAINTED, _PAINTED_ALIKE = 0.85, 0.55
"""Of 27 photographs that were drawn on 19 reach the first; of 16 pairs of frames at rest that lie as exactly none has
more than 0.70, of 82 other pairs none reaches it (0.75). Under large drawings three in five blocks are still alike."""
_FLOOR, _BALANCE_FLOOR, _LARGEST_FLOOR = 3.0, 5.0, 5.0
_ONE_GRAIN = -2.0
"""A correlation of 0.89: below it two exposures and one that was saved badly look the same."""


def log_odds(seen: Left) -> float:
    """That another moment made what is left."""
    return WEIGHTS[0] + sum(weight * value for weight, value in zip(WEIGHTS[1:], features(seen), strict=True))


def features(seen: Left) -> tuple[float, ...]:
    """What the model sees, in the order of WEIGHTS[1:]."""
    both = min(seen.gone, seen.come)
    return (
        math.log1p(both / _FLOOR),
        both / (seen.gone + seen.come + _BALANCE_FLOOR),
        math.log1p(min(seen.number_gone, seen.number_come)),
        math.log1p(seen.specks),
        seen.largest / max(seen.area, _LARGEST_FLOOR),
        max(0.0, _ONE_GRAIN - math.log(max(1.03 - seen.fine, 0.03))),
        math.log(max(1.01 - seen.middling, 0.01)),
        math.log(max(1.01 - seen.coarse, 0.01)),
        math.sqrt(seen.uneven),
        seen.displaced,
    )


def worn_all_over(seen: Left) -> bool:
    """Whether tones or outlines are lost or off everywhere: then there are changes everywhere, which say nothing."""
    worn = seen.soft or seen.folded or seen.noise_levels > _MOST_NOISE_LEVELS or seen.median < WORN_MEDIAN
    laid = seen.shift_px < _UNKNOWN_SHIFT_PX
    return worn or (laid and seen.shared_shift > _LAID_OFF)


def unchanged(seen: Left) -> bool:
    """Whether nothing is left but noise."""
    return seen.area < _UNCHANGED_AREA and seen.middling > _UNCHANGED_GRAIN and not worn_all_over(seen)


def may_be_another(seen: Left) -> bool:
    """Whether something came and something went, in what is not worn all over."""
    return min(seen.gone, seen.come) > 0 and not worn_all_over(seen) and not nothing_moved(seen)


def nothing_moved(seen: Left) -> bool:
    """Whether every block shows what the other picture shows there: then tones are off, as after a filter.

    Or whether those do in which something changed: then outlines were lost or drawn by saving, dots, a fold, a glare.
    """
    if seen.blocks < _STILL_BLOCKS:
        return False
    even = seen.alike >= _STILL_ALIKE and seen.uneven <= _STILL_UNEVEN
    exact = seen.alike >= _WORN_ALIKE and seen.shift_px <= _WORN_SHIFT_PX
    return even or (exact and _same_beneath(seen))


def _same_beneath(seen: Left) -> bool:
    """Whether all is a little off, and what changed lies over what the other picture shows there, and came from nowhere
    else in it.
    """
    beneath = seen.replaced <= _MOST_REPLACED and seen.displaced <= _MOST_DISPLACED
    return beneath and seen.uneven > _STILL_UNEVEN


def marked_all_over(seen: Left) -> bool:
    """Whether what differs repeats in rows, as a mark laid over a whole picture does, and all else is the same."""
    alike = seen.blocks >= _MARKED_BLOCKS and seen.alike >= _MARKED_ALIKE and seen.median >= _MARKED_MEDIAN
    return alike and seen.repeated >= _MARKED_REPEATED


def painted_over(seen: Left) -> bool:
    """Whether what one of both has more is paint, and all else is the same."""
    alike = seen.blocks >= _MARKED_BLOCKS and seen.alike >= _PAINTED_ALIKE and seen.median >= _MARKED_MEDIAN
    return alike and seen.painted >= _PAINTED


def all_alike(seen: Left) -> bool:
    """Whether nearly every block lies where it belongs and looks alike, and nothing moved."""
    another = log_odds(seen)
    if seen.soft and seen.blocks >= _SOFT_BLOCKS and seen.alike >= _SOFT_ALIKE and seen.median >= _SOFT_MEDIAN:
        return seen.shift_px <= _SOFT_SHIFT_PX and seen.shared_shift <= _SOFT_SHARED and another < _SOFT_BELOW
    exact = seen.blocks >= _BLOCKS and seen.shift_px <= SHIFT_PX and seen.shared_shift <= _SHARED_SHIFT
    same = seen.area < _ALIKE_AREA or _same_beneath(seen)
    return exact and seen.alike >= _ALIKE and same and another < _ALIKE_BELOW
