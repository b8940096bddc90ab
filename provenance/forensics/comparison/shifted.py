"""Whether a part that differs shows what the reference shows there, a few pixels off: then nothing was put in.

Between two frames things move by a pixel or three, too little for their places to be told apart (`moving.py`). One
smooth field of small shifts, sought in a window around each pixel (Lucas and Kanade 1981; from coarse to fine, Bouguet
2001), takes such a difference away. It takes nothing away from what was pasted, copied from elsewhere, filled or
smoothed. What was pulled or moved by hand by as little it takes away as well: the pixels do not say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .blocks import BLOCK_PX, means
from .clusters import LEVELS, LEVELS_OF_DETAIL
from .residual import Residual

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_MOST_STAY = 0.4
"""Of a part's unusual blocks. Where shifts reach 0.012 of the longer side at most, 0.69 stay or more of what was
altered in 117 pairs, and 0.93 of what was retouched."""
_MOST_TOGETHER = 8
"""Blocks that stay side by side: 3 x 3, the smallest window in which a difference is sought, are a thing of their own
within the part that moved. Of 19 pairs of frames that shifts explain one has more (31), the others 8 at most."""
_MOST_SHARE, _MOST_PX = 0.006, 6.0
"""Of the longer side of the frame, and pixels, that 95 of 100 unusual blocks are shifted by at most. No frame that this
was measured on was longer than 1,000 pixels."""
_STAYS = 0.5
"""Of a block's energy, or of the detail it lost, from which on it was not explained. Of retouched blocks 95 in 100 keep
0.69 of their energy and 0.8 of what they lost."""
_REACH_PX = 12.0
"""Twice what counts, so that what was pulled farther is seen to be."""
_LEVELS, _ROUNDS, _WINDOW_PX, _STEP_PX, _STIFF = 3, 3, 11, 1.0, 4.0
_MARGIN_PX = 48
_WITHIN, _FAR = 0.25, 95
_SOFT_PX, _FINE_PX, _NOISE = 0.7, 1.25, 0.5


def shifted(query: Levels, fitted: Levels, found: Residual, parts: Sequence[Mask]) -> tuple[bool, ...]:
    """Of each part, whether small shifts explain it.

    `query`, `fitted`: shape (height, width, 3), levels of one frame; `parts`: masks of shape (height, width).
    """
    import numpy as np

    if not parts:
        return ()
    cut = _around(np.asarray(np.any(parts, axis=0), np.bool_))
    ours, theirs = query[cut], fitted[cut]
    field = _field(_grey(ours), _grey(theirs))
    there = _moved(theirs, field)
    energy = [_energy(ours - one) for one in (theirs, there)]
    lost = [_lost(_grey(ours), _grey(one)) for one in (theirs, there)]
    far = means(np.hypot(field[..., 0], field[..., 1]))
    rows, columns = far.shape
    at = slice(cut[0].start // BLOCK_PX, None), slice(cut[1].start // BLOCK_PX, None)
    unusual, softer = (one[at][:rows, :columns] for one in (found.unusual, found.softer))
    differs = unusual > LEVELS[0][0]
    lacks = ~differs & (softer > LEVELS_OF_DETAIL[0][0])
    stays = (differs & _stays(energy)) | (lacks & _stays(lost))
    most_px = min(_MOST_PX, _MOST_SHARE * max(query.shape[:2]))
    told = []
    for part in parts:
        held = (means(part[cut].astype(np.float32)) > _WITHIN) & (differs | lacks)
        little = bool(held.any()) and float(np.percentile(far[held], _FAR)) <= most_px
        told.append(little and float(stays[held].mean()) <= _MOST_STAY and _largest(stays & held) <= _MOST_TOGETHER)
    return tuple(told)


def _around(mask: Mask) -> tuple[slice, slice]:
    """The box of a mask with a margin, from whole blocks on."""
    import numpy as np

    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    first, last = (
        slice(max(0, int(one[0]) - _MARGIN_PX) // BLOCK_PX * BLOCK_PX, int(one[-1]) + _MARGIN_PX)
        for one in (rows, columns)
    )
    return first, last


def _stays(before_after: list[Doubles]) -> Mask:
    import numpy as np

    before, after = before_after
    return np.asarray(after > _STAYS * before, np.bool_)


def _largest(blocks: Mask) -> int:
    """How many lie side by side at most."""
    import cv2
    import numpy as np

    count, labels = cv2.connectedComponents(blocks.astype(np.uint8), connectivity=4)
    return int(np.bincount(labels.ravel(), minlength=2)[1:].max()) if count > 1 else 0


def _energy(off: Levels) -> Doubles:
    """Squared levels of what differs, means of blocks."""
    import cv2

    return means((cv2.GaussianBlur(off, (0, 0), _SOFT_PX) ** 2).sum(2))


def _lost(ours: Levels, theirs: Levels) -> Doubles:
    """How much of the fine detail of `theirs` is not in `ours`, as in `softened.py`."""
    import numpy as np

    off, fine = _fine(ours - theirs), _fine(theirs)
    return np.asarray(-means(off * fine) / np.sqrt(means(fine * fine) + _NOISE), np.float64)


def _fine(plane: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(plane - cv2.GaussianBlur(plane, (0, 0), _FINE_PX), (0, 0), _SOFT_PX), np.float32)


def _field(ours: Levels, theirs: Levels) -> Levels:
    """Shape (height, width, 2): how far right and down of a pixel of `ours` the other shows the same."""
    import cv2
    import numpy as np

    sizes = [(ours, theirs)]
    for _ in range(_LEVELS - 1):
        sizes.append((np.asarray(cv2.pyrDown(sizes[-1][0])), np.asarray(cv2.pyrDown(sizes[-1][1]))))
    field = np.zeros((*sizes[-1][0].shape, 2), np.float32)
    for level, (one, other) in reversed(list(enumerate(sizes))):
        size = one.shape[1], one.shape[0]
        finer = 1.0 if level == _LEVELS - 1 else 2.0
        field = np.asarray(finer * cv2.resize(field, size), np.float32)
        soft, over = (np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.0), np.float32) for plane in (one, other))
        field = _refined(soft, over, field, level)
    return field


def _refined(one: Levels, other: Levels, field: Levels, level: int) -> Levels:
    """Rounds of Lucas and Kanade, none of the shifts longer than the reach."""
    import cv2
    import numpy as np

    slopes = [
        np.asarray(cv2.Sobel(other, cv2.CV_32F, *order, ksize=3, scale=1 / 8), np.float32) for order in ((1, 0), (0, 1))
    ]
    for _ in range(_ROUNDS):
        there, across, down = (_moved(plane, field) for plane in (other, *slopes))
        off = one - there
        xx, yy, xy = (_summed(product) for product in (across * across, down * down, across * down))
        to_x, to_y = _summed(across * off), _summed(down * off)
        xx, yy = xx + _STIFF, yy + _STIFF
        spread = xx * yy - xy * xy
        steps = np.stack([(yy * to_x - xy * to_y) / spread, (xx * to_y - xy * to_x) / spread], -1)
        field = field + np.clip(steps, -_STEP_PX, _STEP_PX)
        length = np.hypot(field[..., 0], field[..., 1])
        field = field * np.minimum(1, _REACH_PX / 2**level / np.maximum(length, 1e-6))[..., None]
        field = np.asarray(cv2.blur(field.astype(np.float32), (3, 3)), np.float32)
    return field


def _summed(product: Levels) -> Levels:
    import cv2
    import numpy as np

    window = (_WINDOW_PX, _WINDOW_PX)
    return np.asarray(cv2.blur(cv2.blur(product, window), window), np.float32)


def _moved(picture: Levels, field: Levels) -> Levels:
    """What the picture shows at each place's shift."""
    import cv2
    import numpy as np

    height, width = field.shape[:2]
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    way = cv2.INTER_LINEAR if picture.ndim == 2 else cv2.INTER_CUBIC
    places = across + field[..., 0], down + field[..., 1]
    return np.asarray(cv2.remap(picture, *places, way, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _grey(picture: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(np.clip(picture, 0, 255), cv2.COLOR_RGB2GRAY), np.float32)
