"""The reference as the query would show it, if only saving, filtering and scaling had been at work.

Tone first: nothing, an affine map of colours, or that and a rising curve for each channel, whichever leaves the
least, with a limit to what one pixel counts for: what was pasted in bends nothing. Then sharpness: one linear kernel
for the whole picture, which also takes up what is left of a shift. What holds other content has no part in either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import counts, enlarged, rising
from .curves import bend, curve
from .drawing import drawn
from .ranks import median
from .sums import across, mixed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_TONE_SAMPLES = 20_000
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

    elsewhere = _other(query, laid, shown)
    steady = shown if elsewhere is None else shown & ~elsewhere
    places = np.flatnonzero(steady)
    if len(places) < _LEAST_SAMPLES:
        return laid
    rng = np.random.default_rng(0)
    chosen = rng.choice(places, min(len(places), _TONE_SAMPLES), replace=False)
    ours = _levels(query, chosen)
    bent = _toned(ours, laid, chosen)
    toned = _shaded(ours, bent, chosen)
    if toned is not bent:
        # A vignette spoils the tones that are fitted before it; one over tones of their own is fitted after them.
        other = _toned(ours, _shaded(ours, laid, chosen), chosen)
        toned = min((toned, other), key=lambda one: _left(ours - _levels(one, chosen)))
    return _sharpened(query, toned, steady)


def _other(query: Floats, laid: Floats, shown: Mask) -> Mask | None:
    """Where something else is to be seen: blocks with content that do not rise and fall together, whatever the tones.

    None, if that is nowhere, or most of what has content is so.
    """
    import cv2
    import numpy as np

    ours, theirs = (np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.float32) for one in (query, laid))
    together, power, likeness = rising(ours, theirs)
    busy = (np.maximum(power, likeness) > _CONTENT_LEVELS2) & (counts(shown) > 0)
    apart = busy & (together < _TOGETHER)
    if not apart.any() or apart.sum() >= _MOST_APART * busy.sum():
        return None
    whole = np.zeros(shown.shape, np.bool_)
    near = cv2.dilate(apart.astype(np.uint8), np.ones((3, 3), np.uint8))
    blocks = enlarged(near > 0)
    whole[: blocks.shape[0], : blocks.shape[1]] = blocks
    return whole


def _toned(ours: Doubles, laid: Floats, places: NDArray[np.int64]) -> Floats:
    """In the tones of the query, of which `ours` are the levels at some places."""
    import cv2
    import numpy as np

    theirs = _levels(laid, places)
    colours = _affine(theirs, ours)
    mapped = colours[:, :3] @ theirs + colours[:, 3:]
    orders = [np.argsort(one) for one in mapped]
    sides = [(one[order], other[order]) for one, other, order in zip(mapped, ours, orders, strict=True)]
    curves = [curve(*both) for both in sides]
    left = [_left(ours - one) for one in (theirs, mapped)]
    bent = [_left(targets - bend(levels, one)) for (levels, targets), one in zip(sides, curves, strict=True)]
    best = int(np.argmin([left[0], left[1] + _WORTH, sum(bent) / 3 + 2 * _WORTH]))
    if best == 0:
        return laid
    whole = np.asarray(cv2.transform(laid, colours.astype(np.float32)), np.float32)
    if best == 2:
        for one in range(3):
            whole[..., one] = bend(whole[..., one], curves[one])
    return np.clip(whole, 0, 255, out=whole)


def _levels(picture: Floats, places: NDArray[np.int64]) -> Doubles:
    """Of those pixels, shape (3, n)."""
    import numpy as np

    return np.ascontiguousarray(picture.reshape(-1, 3).take(places, axis=0).T, np.float64)


def _left(off: NDArray[np.floating]) -> float:
    """Mean distance in levels, none counting for more than `_MOST_LEVELS`.

    A median would let a curve bend half of the picture: the tones of what lies under a caption may occur there alone.
    """
    import numpy as np

    return float(np.minimum(np.abs(off), _MOST_LEVELS).mean())


def _shaded(ours: Doubles, toned: Floats, places: NDArray[np.int64]) -> Floats:
    """Brightness that changes slowly over the picture (a vignette): a gain of second order in x and y, and r^4."""
    import numpy as np

    height, width = toned.shape[:2]
    shades = _shades((places % width) / width * 2 - 1, (places // width) / height * 2 - 1)
    theirs = _levels(toned, places)
    luma = theirs.mean(0)
    design = np.vstack([luma * shades, ours.mean(0) - luma])
    weights, found = np.ones(len(places)), np.zeros(len(shades))
    stiff = 1e-3 * len(places) * np.eye(len(shades))
    for _ in range(4):
        products = across(design[:-1] * weights, design)
        found = np.asarray(np.linalg.solve(products[:, :-1] + stiff, products[:, -1]), np.float64)
        off = np.abs(design[-1] - mixed(found, design[:-1]))
        weights = (off < 4 * median(off) + 1e-3).astype(np.float64)
    gain = 1 + mixed(found, shades)
    before, after = (_left(ours - one) for one in (theirs, theirs * gain))
    if after + _WORTH_SHADING > before:
        return toned
    x, y = np.meshgrid(np.arange(width) / width * 2 - 1, np.arange(height) / height * 2 - 1)
    whole = 1 + mixed(found, _shades(x.ravel(), y.ravel()))
    return np.clip(toned * whole.reshape(height, width, 1), 0, 255).astype(np.float32)


def _shades(x: Doubles, y: Doubles) -> Doubles:
    """Shape (7, n)."""
    import numpy as np

    around = x**2 + y**2
    return np.stack([np.ones_like(x), x, y, x**2, y**2, x * y, around**2])


def _affine(theirs: Doubles, ours: Doubles) -> Doubles:
    """Shape (3, 4); what differs by more than four typical differences has no pull.

    From two starts, that of plain least squares and no change: what is laid over a fifth of a picture steers the first.
    """
    import numpy as np

    design = np.vstack([theirs, np.ones((1, theirs.shape[1])), ours])
    tried = []
    for weights in (np.ones(theirs.shape[1]), _pull(ours - theirs)):
        held = weights
        for _ in range(4):
            products = across(design[:4] * held, design)
            found = np.asarray(np.linalg.solve(products[:, :4] + 1e-3 * np.eye(4), products[:, 4:]).T, np.float64)
            off = ours - found @ design[:4]
            held = _pull(off)
        tried.append((_left(off), found))
    return min(tried, key=lambda one: one[0])[1]


def _pull(off: Doubles) -> Doubles:
    """1 where the three channels together are off by less than four typical differences, else 0."""
    import numpy as np

    total = np.abs(off).sum(0)
    return np.asarray(total < 4 * median(total) + 1e-3, np.float64)


def _sharpened(query: Floats, toned: Floats, shown: Mask) -> Floats:
    """One kernel of 5 x 5 for all channels, by robust least squares towards no change."""
    import cv2
    import numpy as np

    ours, theirs = (cv2.cvtColor(one, cv2.COLOR_RGB2GRAY) for one in (query, toned))
    side = 2 * _REACH_PX + 1
    inner = cv2.erode(shown.view(np.uint8), np.ones((side, side), np.uint8), borderValue=0).view(np.bool_)
    inner[:_REACH_PX], inner[-_REACH_PX:], inner[:, :_REACH_PX], inner[:, -_REACH_PX:] = False, False, False, False
    if np.count_nonzero(inner) < _LEAST_SAMPLES:
        return toned
    edges = np.asarray(cv2.Laplacian(theirs, cv2.CV_32F), np.float32)
    np.abs(edges, out=edges)
    edges += 1
    edges *= inner
    chosen = drawn(edges.ravel(), _KERNEL_SAMPLES, 1)
    reach = np.arange(-_REACH_PX, _REACH_PX + 1)
    around = theirs.ravel()[(reach[:, None] * theirs.shape[1] + reach).reshape(-1, 1) + chosen]
    target = ours.ravel()[chosen].astype(np.float64)
    middle = side * side // 2
    design = np.vstack([around, np.ones((1, len(chosen))), target - around[middle]])
    plain = design[-1]
    stiff = np.eye(side * side + 1) * len(chosen) * _STIFFNESS
    stiff[-1, -1] = 0
    weights, moved = _near(plain), np.zeros(len(stiff))
    for _ in range(5):
        products = across(design[:-1] * weights, design)
        moved = np.asarray(np.linalg.solve(products[:, :-1] + stiff, products[:, -1]), np.float64)
        off = plain - mixed(moved, design[:-1])
        weights = _near(off)
    if _left(off) >= _left(plain):
        return toned
    found = moved.copy()
    found[middle] += 1
    kernel = found[:-1].reshape(side, side).astype(np.float32)
    blurred = np.asarray(cv2.filter2D(toned, -1, kernel, borderType=cv2.BORDER_REFLECT), np.float32)
    blurred += np.float32(found[-1])
    return blurred


def _near(off: Doubles) -> Doubles:
    """Tukey's biweight at nine typical differences: edges that saving blunts have a pull, other content has none."""
    import numpy as np

    cut = 9 * median(np.abs(off)) + 0.6
    return np.asarray(np.where(np.abs(off) < cut, (1 - (off / cut) ** 2) ** 2, 0.0), np.float64)
