"""The reference as the query would show it, if only saving, filtering and scaling had been at work.

Tone first: nothing, an affine map of colours, or that and a rising curve for each channel, whichever leaves the
least, with a limit to what one pixel counts for: what was pasted in bends nothing. Then sharpness: one linear kernel
for the whole picture, which also takes up what is left of a shift. What holds other content has no part in either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import BLOCK_PX, means, rising
from .sums import over_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_TONE_SAMPLES, _PIECES, _LEAST_IN_PIECE = 20_000, 32, 20
_WORTH = 0.02
"""Levels by which a richer map of tones must be better."""
_WORTH_SHADING = 0.15
_MOST_LEVELS = 8.0
_KERNEL_SAMPLES, _REACH_PX, _STIFFNESS = 8_000, 2, 0.05
_LEAST_SAMPLES = 1_000
_CONTENT_LEVELS2, _TOGETHER, _MOST_APART = 50.0, 0.4, 0.6


def fitted(query: Floats, laid: Floats, shown: Mask) -> Floats:
    """The laid reference in the tones and the sharpness of the query; shape (height, width, 3), levels 0 to 255."""
    import numpy as np

    steady = shown & ~_other(query, laid, shown)
    places = np.flatnonzero(steady)
    if len(places) < _LEAST_SAMPLES:
        return laid
    rng = np.random.default_rng(0)
    chosen = rng.choice(places, min(len(places), _TONE_SAMPLES), replace=False)
    bent = _toned(query, laid, chosen)
    toned = _shaded(query, bent, chosen)
    if toned is not bent:
        # A vignette spoils the tones that are fitted before it; one over tones of their own is fitted after them.
        other = _toned(query, _shaded(query, laid, chosen), chosen)
        toned = min((toned, other), key=lambda one: _left((query - one).reshape(-1, 3)[chosen]))
    return _sharpened(query, toned, steady)


def _other(query: Floats, laid: Floats, shown: Mask) -> Mask:
    """Where something else is to be seen: blocks with content that do not rise and fall together, whatever the tones.

    Nowhere, if most of what has content is so.
    """
    import cv2
    import numpy as np

    ours, theirs = (np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, laid))
    together, power, likeness = rising(ours, theirs)
    busy = (np.maximum(power, likeness) > _CONTENT_LEVELS2) & (means(shown.astype(np.float32)) > 0)
    apart = busy & (together < _TOGETHER)
    whole = np.zeros(shown.shape, np.bool_)
    if apart.sum() < _MOST_APART * busy.sum():
        near = cv2.dilate(apart.astype(np.uint8), np.ones((3, 3), np.uint8))
        blocks = np.kron(near, np.ones((BLOCK_PX, BLOCK_PX), np.uint8)).astype(bool)
        whole[: blocks.shape[0], : blocks.shape[1]] = blocks
    return whole


def _toned(query: Floats, laid: Floats, places: NDArray[np.int64]) -> Floats:
    import numpy as np

    ours = query.reshape(-1, 3)[places].astype(np.float64)
    theirs = laid.reshape(-1, 3)[places].astype(np.float64)
    colours = _affine(theirs, ours)
    mapped = theirs @ colours[:3] + colours[3]
    curves = [_curve(mapped[:, channel], ours[:, channel]) for channel in range(3)]
    bent = np.column_stack([_bend(mapped[:, channel], curves[channel]) for channel in range(3)])
    left = [_left(ours - one) for one in (theirs, mapped, bent)]
    left[1], left[2] = left[1] + _WORTH, left[2] + 2 * _WORTH
    best = int(np.argmin(left))
    if best == 0:
        return laid
    whole = np.asarray(laid.reshape(-1, 3) @ colours[:3] + colours[3], np.float32)
    if best == 2:
        whole = np.column_stack([_bend(whole[:, one], curves[one]) for one in range(3)]).astype(np.float32)
    return np.asarray(np.clip(whole, 0, 255).reshape(laid.shape), np.float32)


def _left(off: NDArray[np.floating]) -> float:
    """Mean distance in levels, none counting for more than `_MOST_LEVELS`.

    A median would let a curve bend half of the picture: the tones of what lies under a caption may occur there alone.
    """
    import numpy as np

    return float(np.minimum(np.abs(off), _MOST_LEVELS).mean())


def _shaded(query: Floats, toned: Floats, places: NDArray[np.int64]) -> Floats:
    """Brightness that changes slowly over the picture (a vignette): a gain of second order in x and y, and r^4."""
    import numpy as np

    height, width = toned.shape[:2]
    x, y = (places % width) / width * 2 - 1, (places // width) / height * 2 - 1
    ours, theirs = query.reshape(-1, 3)[places].astype(np.float64), toned.reshape(-1, 3)[places].astype(np.float64)
    luma = theirs.mean(1)
    design, target = luma[:, None] * _shades(x, y), ours.mean(1) - luma
    weights, found = np.ones(len(places)), np.zeros(design.shape[1])
    stiff = 1e-3 * len(places) * np.eye(design.shape[1])
    for _ in range(4):
        weighted = design * weights[:, None]
        found = np.linalg.solve(over_rows(weighted, design) + stiff, over_rows(weighted, target))
        off = np.abs(target - design @ found)
        weights = (off < 4 * float(np.median(off)) + 1e-3).astype(np.float64)
    gain = 1 + _shades(x, y) @ found
    before, after = (_left(ours - one) for one in (theirs, theirs * gain[:, None]))
    if after + _WORTH_SHADING > before:
        return toned
    across, down = np.meshgrid(np.arange(width) / width * 2 - 1, np.arange(height) / height * 2 - 1)
    whole = 1 + _shades(across.ravel(), down.ravel()) @ found
    return np.clip(toned * whole.reshape(height, width, 1), 0, 255).astype(np.float32)


def _shades(x: Doubles, y: Doubles) -> Doubles:
    import numpy as np

    around = x**2 + y**2
    return np.stack([np.ones_like(x), x, y, x**2, y**2, x * y, around**2], 1)


def _affine(theirs: Doubles, ours: Doubles) -> Doubles:
    """Shape (4, 3); what differs by more than four typical differences has no pull.

    From two starts, that of plain least squares and no change: what is laid over a fifth of a picture steers the first.
    """
    import numpy as np

    design = np.column_stack([theirs, np.ones(len(theirs))])
    tried = []
    for weights in (np.ones(len(theirs)), _pull(ours - theirs)):
        held = weights
        for _ in range(4):
            weighted = design * held[:, None]
            normal = over_rows(weighted, design) + 1e-3 * np.eye(4)
            found = np.asarray(np.linalg.solve(normal, over_rows(weighted, ours)), np.float64)
            held = _pull(ours - design @ found)
        tried.append((_left(ours - design @ found), found))
    return min(tried, key=lambda one: one[0])[1]


def _pull(off: Doubles) -> Doubles:
    """1 where the three channels together are off by less than four typical differences, else 0."""
    import numpy as np

    total = np.abs(off).sum(1)
    return np.asarray(total < 4 * float(np.median(total)) + 1e-3, np.float64)


def _curve(levels: Doubles, targets: Doubles) -> tuple[Doubles, Doubles]:
    """Medians of the targets in pieces of equal population, made to rise."""
    import numpy as np

    edges = np.unique(np.quantile(levels, np.linspace(0, 1, _PIECES + 1)))
    piece = np.clip(np.searchsorted(edges, levels, side="right") - 1, 0, max(0, len(edges) - 2))
    order = np.argsort(piece, kind="stable")
    ends = np.cumsum(np.bincount(piece))[:-1]
    pieces = [np.split(one[order], ends) for one in (levels, targets)]
    full = [one for one, held in enumerate(pieces[0]) if len(held) >= _LEAST_IN_PIECE]
    knots, values = (np.array([np.median(held[one]) for one in full]) for held in pieces)
    return knots, np.maximum.accumulate(values) if len(values) else values


def _bend(levels: NDArray[np.floating], curve: tuple[Doubles, Doubles]) -> Doubles:
    import numpy as np

    knots, values = curve
    if len(knots) < 3:
        return np.asarray(levels, np.float64)
    beyond = np.minimum(levels - knots[0], 0) + np.maximum(levels - knots[-1], 0)
    return np.asarray(np.interp(levels, knots, values) + beyond, np.float64)


def _sharpened(query: Floats, toned: Floats, shown: Mask) -> Floats:
    """One kernel of 5 x 5 for all channels, by robust least squares towards no change."""
    import cv2
    import numpy as np

    ours, theirs = (cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in (query, toned))
    side = 2 * _REACH_PX + 1
    inner = cv2.erode(shown.astype(np.uint8), np.ones((side, side), np.uint8), borderValue=0).astype(bool)
    inner[:_REACH_PX], inner[-_REACH_PX:], inner[:, :_REACH_PX], inner[:, -_REACH_PX:] = False, False, False, False
    places = np.flatnonzero(inner)
    if len(places) < _LEAST_SAMPLES:
        return toned
    edges = np.abs(cv2.Laplacian(theirs, cv2.CV_32F)).ravel()[places].astype(np.float64) + 1
    rng = np.random.default_rng(1)
    chosen = rng.choice(places, min(len(places), _KERNEL_SAMPLES), replace=False, p=edges / edges.sum())
    rows, columns = np.unravel_index(chosen, ours.shape)
    reach = range(-_REACH_PX, _REACH_PX + 1)
    around = np.stack([theirs[rows + down, columns + across] for down in reach for across in reach], 1)
    design = np.column_stack([around, np.ones(len(rows))]).astype(np.float64)
    target = ours[rows, columns].astype(np.float64)
    start = np.zeros(design.shape[1])
    start[side * side // 2] = 1
    stiff = np.eye(len(start)) * len(rows) * _STIFFNESS
    stiff[-1, -1] = 0
    weights, found = _near(target - design @ start), start
    for _ in range(5):
        weighted = design * weights[:, None]
        off = over_rows(weighted, target - design @ start)
        found = start + np.linalg.solve(over_rows(weighted, design) + stiff, off)
        weights = _near(target - design @ found)
    if _left(target - design @ found) >= _left(target - design @ start):
        return toned
    kernel = found[:-1].reshape(side, side).astype(np.float32)
    blurred = cv2.filter2D(toned, -1, kernel, borderType=cv2.BORDER_REFLECT) + np.float32(found[-1])
    return np.asarray(blurred, np.float32)


def _near(off: Doubles) -> Doubles:
    """Tukey's biweight at nine typical differences: edges that saving blunts have a pull, other content has none."""
    import numpy as np

    cut = 9 * float(np.median(np.abs(off))) + 0.6
    return np.asarray(np.where(np.abs(off) < cut, (1 - (off / cut) ** 2) ** 2, 0.0), np.float64)
