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
from .boxes import around
from .clusters import LEVELS, LEVELS_OF_DETAIL
from .residual import Residual

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Box = tuple[slice, slice]
    Field = tuple[Levels, Levels]

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
    import cv2
    import numpy as np

    if not parts:
        return ()
    cut = _around(np.asarray(np.any(parts, axis=0), np.bool_))
    ours, theirs = query[cut], fitted[cut]
    greys = _grey(ours), _grey(theirs)
    field = _field(*greys)
    there = _moved(theirs, field, cv2.INTER_CUBIC)
    energy = [_energy(ours - one) for one in (theirs, there)]
    lost = [_lost(greys[0], one) for one in (greys[1], _grey(there))]
    far = means(np.asarray(cv2.magnitude(*field), np.float32))
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


def _around(mask: Mask) -> Box:
    """The box of a mask with a margin, from whole blocks on."""
    rows, columns = (slice(one.start // BLOCK_PX * BLOCK_PX, one.stop) for one in around(mask, _MARGIN_PX))
    return rows, columns


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
    import numpy as np

    soft = np.asarray(cv2.GaussianBlur(off, (0, 0), _SOFT_PX), np.float32)
    return np.asarray(means(np.multiply(soft, soft, out=soft)).sum(-1), np.float64)


def _lost(ours: Levels, theirs: Levels) -> Doubles:
    """How much of the fine detail of `theirs` is not in `ours`, as in `softened.py`."""
    import numpy as np

    off, fine = _fine(ours - theirs), _fine(theirs)
    return np.asarray(-means(off * fine) / np.sqrt(means(fine * fine) + _NOISE), np.float64)


def _fine(plane: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.GaussianBlur(plane - cv2.GaussianBlur(plane, (0, 0), _FINE_PX), (0, 0), _SOFT_PX), np.float32)


def _field(ours: Levels, theirs: Levels) -> Field:
    """How far right, and how far down, of a pixel of `ours` the other shows the same, of its shape both."""
    import cv2
    import numpy as np

    sizes = [(ours, theirs)]
    for _ in range(_LEVELS - 1):
        sizes.append((np.asarray(cv2.pyrDown(sizes[-1][0])), np.asarray(cv2.pyrDown(sizes[-1][1]))))
    field = np.zeros_like(sizes[-1][0]), np.zeros_like(sizes[-1][0])
    for level, (one, other) in reversed(list(enumerate(sizes))):
        if level < _LEVELS - 1:
            size = one.shape[1], one.shape[0]
            field = _scaled(field[0], size), _scaled(field[1], size)
        soft, over = (np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.0), np.float32) for plane in (one, other))
        field = _refined(soft, over, field, level)
    return field


def _scaled(plane: Levels, size: tuple[int, int]) -> Levels:
    """Shifts of the next finer level."""
    import cv2
    import numpy as np

    finer = np.asarray(cv2.resize(plane, size), np.float32)
    return np.multiply(finer, 2, out=finer)


def _refined(one: Levels, other: Levels, field: Field, level: int) -> Field:
    """Rounds of Lucas and Kanade, none of the shifts longer than the reach."""
    import cv2
    import numpy as np

    slopes = (cv2.Sobel(other, cv2.CV_32F, *order, ksize=3, scale=1 / 8) for order in ((1, 0), (0, 1)))
    planes = np.asarray(cv2.merge([other, *slopes]), np.float32)
    for _ in range(_ROUNDS):
        there, across, down = cv2.split(_moved(planes, field, cv2.INTER_LINEAR))
        off = cv2.subtract(one, there, dst=there)
        xx, yy, xy, to_x, to_y = (
            _summed(first * second)
            for first, second in ((across, across), (down, down), (across, down), (across, off), (down, off))
        )
        xx += _STIFF
        yy += _STIFF
        spread = xx * yy - xy * xy
        steps = (yy * to_x - xy * to_y) / spread, (xx * to_y - xy * to_x) / spread
        right, below = (
            np.add(plane, np.clip(step, -_STEP_PX, _STEP_PX), dtype=np.float32)
            for plane, step in zip(field, steps, strict=True)
        )
        length = np.maximum(cv2.magnitude(right, below), np.float32(1e-6))
        held = np.minimum(np.float32(_REACH_PX / 2**level) / length, np.float32(1))
        field = _evened(np.multiply(right, held, dtype=np.float32)), _evened(np.multiply(below, held, dtype=np.float32))
    return field


def _evened(plane: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.blur(plane, (3, 3)), np.float32)


def _summed(product: Levels) -> Levels:
    import cv2
    import numpy as np

    window = (_WINDOW_PX, _WINDOW_PX)
    return np.asarray(cv2.blur(cv2.blur(product, window), window, dst=product), np.float32)


def _moved(picture: Levels, field: Field, way: int) -> Levels:
    """What the picture shows at each place's shift; `way`: that of OpenCV to interpolate."""
    import cv2
    import numpy as np

    height, width = field[0].shape
    places = (
        field[0] + np.arange(width, dtype=np.float32),
        field[1] + np.arange(height, dtype=np.float32)[:, None],
    )
    return np.asarray(cv2.remap(picture, *places, way, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _grey(picture: Levels) -> Levels:
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(np.clip(picture, 0, 255), cv2.COLOR_RGB2GRAY), np.float32)
