"""Filters that leave little of a photograph, taken back as far as that goes: relief, and two or three tones a channel.

A relief ("emboss") shows by how much the brightness changes along one direction, on one grey: summed up along that
direction it is the photograph again, but for its slow changes. Posterised to a few tones a channel a photograph has
hard outlines in places that mean nothing; a blur leaves those that do. Most pictures are neither, which is cheap to
tell. Negatives need no pixels: fingerprint/local/negative.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

_LOOKED_PX, _LONGEST_PX = 256, 800
_GROUND, _GROUND_LEVELS, _LEAST_GROUND = 128, 10, 0.5
"""Of photographs kept for fitting as reliefs 0.67 or more lies within ten levels of mid-grey; a plain one 0.33."""
_MIDDLE_LEVELS = 12
_WAYS = ((1, 1), (-1, 1), (1, 0), (0, 1))
"""Towards the right and down; the other sense is the negative."""
_KEPT, _SLOW_PX, _SPREAD_LEVELS = 0.97, 20.0, 100.0
_TONES, _TONES_CUT, _LEAST_GAP, _TONE_LEVELS, _LEAST_IN_TONES = 3, 4, 50, 10, 0.9
"""Four only where tones are cut off at whole bits: a page or a chart may well have as many."""
_LEAST_COLOURS, _LEAST_SHARE, _MOST_SHARE, _LEAST_OUTLINES, _BRIGHTEST_CUT = 4, 0.02, 0.92, 0.05, 200
_SOFT_PX = 1.5


def reliefs(copy: WorkingCopy) -> tuple[WorkingCopy, ...]:
    """What may be the photograph behind a relief, grey, for each of four directions; none for what is no relief."""
    import numpy as np

    grey = _grey(copy, _LONGEST_PX)
    middle = float(np.median(grey))
    ground = np.abs(grey.astype(np.int16) - middle) <= _GROUND_LEVELS
    if abs(middle - _GROUND) > _MIDDLE_LEVELS or ground.mean() < _LEAST_GROUND or ground.mean() > 0.99:
        return ()
    summed = [_summed(grey.astype(np.float32) - middle, way) for way in _WAYS]
    levels = [np.rint(one + 128).clip(0, 255).astype(np.uint8) for one in summed]
    return tuple(WorkingCopy(pixels=np.ascontiguousarray(np.dstack([one] * 3))) for one in levels)


def few_tones(copy: WorkingCopy) -> WorkingCopy | None:
    """A photograph of two to four tones a channel, blurred; None for what is none, drawings too."""
    import cv2
    import numpy as np

    pixels = np.ascontiguousarray(copy.pixels)
    tones = [_tones(pixels[..., channel]) for channel in range(3)]
    if not all(1 <= len(one) <= _TONES_CUT for one in tones) or all(len(one) < 2 for one in tones):
        return None
    nearest = [
        np.abs(pixels[..., channel, None].astype(np.int16) - np.array(one)).argmin(axis=2)
        for channel, one in enumerate(tones)
    ]
    colour = ((nearest[0] * _TONES_CUT + nearest[1]) * _TONES_CUT + nearest[2]).astype(np.uint8)
    shares = np.bincount(colour.reshape(-1), minlength=_TONES_CUT**3) / colour.size
    outlines = (colour[:-1, :-1] != colour[1:, :-1]) | (colour[:-1, :-1] != colour[:-1, 1:])
    # What is drawn has paper, or letters, that are nearly white; tones cut off at whole bits end at 128 or 192.
    cut = max(one[-1] for one in tones) <= _BRIGHTEST_CUT
    several = max(len(one) for one in tones) <= _TONES and (shares >= _LEAST_SHARE).sum() >= _LEAST_COLOURS
    if not (cut or several) or shares.max() > _MOST_SHARE or outlines.mean() < _LEAST_OUTLINES:
        return None
    return WorkingCopy(pixels=np.asarray(cv2.GaussianBlur(pixels, (0, 0), _SOFT_PX), np.uint8))


def _grey(copy: WorkingCopy, longest_px: int) -> NDArray[np.uint8]:
    import cv2
    import numpy as np

    grey = cv2.cvtColor(np.ascontiguousarray(copy.pixels), cv2.COLOR_RGB2GRAY)
    factor = longest_px / max(grey.shape)
    if factor < 1:
        size = max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def _summed(plane: Plane, way: tuple[int, int]) -> Plane:
    """Summed up along one of the ways, without what changes slowly, spread over the grey levels around 0."""
    import cv2
    import numpy as np

    turned = plane[:, ::-1] if way[0] < 0 else plane
    turned = turned.T if way[1] == 0 else turned
    total = np.ascontiguousarray(turned)
    for row in range(1, len(total)):
        if way[0] and way[1]:
            total[row, 1:] += _KEPT * total[row - 1, :-1]
        else:
            total[row] += _KEPT * total[row - 1]
    total = total.T if way[1] == 0 else total
    total = np.ascontiguousarray(total[:, ::-1] if way[0] < 0 else total)
    total -= cv2.GaussianBlur(total, (0, 0), _SLOW_PX)
    spread = max(float(np.percentile(np.abs(total), 97)), 1.0)
    return np.asarray(np.clip(total * (_SPREAD_LEVELS / spread), -128, 127), np.float32)


def _tones(channel: NDArray[np.uint8]) -> list[int]:
    """The levels around which nearly all of a channel lies, at most four are looked for; none where it is spread."""
    import numpy as np

    counts = np.bincount(channel.reshape(-1), minlength=256).astype(np.float64)
    found: list[int] = []
    total, held = counts.sum(), 0.0
    for _ in range(_TONES_CUT + 1):
        level = int(counts.argmax())
        low, high = max(0, level - _TONE_LEVELS), level + _TONE_LEVELS + 1
        share = float(counts[low:high].sum()) / total
        if share < 0.01 or any(abs(level - one) < _LEAST_GAP for one in found):
            break
        found.append(level)
        held += share
        counts[low:high] = 0
    return sorted(found) if held >= _LEAST_IN_TONES else []
