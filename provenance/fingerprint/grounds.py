"""Even grounds of a picture: their colours and shares, and what lies beyond them. What is made of that: plain.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Colours = NDArray[np.uint8]
    Grey = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_LONGEST_PX = 512
_EVEN_LEVELS = 4  # between a pixel and its neighbours; what JPEG 50 leaves of one colour
_SAME_LEVELS = 6
_NEAR_LEVELS = 24  # ringing around strokes and their smoothed edges
COLOURS = 8
_LEAST_SHARE = 0.004
_STROKE_PX = 5


def steps(colours: Colours) -> Grey:
    """Of each place, how many levels lie between it and its eight neighbours, in the channel with the most."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(_spread(colours))
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _spread(colours: Any) -> Grey:
    """The same of each channel."""
    import cv2
    import numpy as np

    return np.asarray(cv2.morphologyEx(colours, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)), np.uint8)


def evenly(steps: Grey) -> Grey:
    """1 at even places, 0 elsewhere."""
    import numpy as np

    return (steps <= _EVEN_LEVELS).view(np.uint8)


def between(colours: Colours | Grey, channel: int, low: float, high: float) -> int:
    """Levels between two quantiles of a channel."""
    import cv2
    import numpy as np

    found = cv2.calcHist([colours], [channel], None, [256], [0, 256])  # a sixth of bincount's time
    below = np.cumsum(found.reshape(-1).astype(np.int64))
    return int(np.searchsorted(below, high * below[-1]) - np.searchsorted(below, max(low * below[-1], 1)))


def shrunk(copy: WorkingCopy) -> Colours:
    """The picture at 512 pixels on its longer side, shape (h, w, 3); as it is when it is smaller."""
    import cv2
    import numpy as np

    if not is_shrunk(copy):
        return np.ascontiguousarray(copy.pixels)
    factor = _LONGEST_PX / max(copy.height_px, copy.width_px)
    # Halving is eight times as fast as scaling by any other factor; what is left to scale is more than twice.
    pixels = halved(copy, 4 * _LONGEST_PX)
    size = max(1, round(copy.width_px * factor)), max(1, round(copy.height_px * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def halved(copy: WorkingCopy, longest_px: int = _LONGEST_PX) -> Colours:
    """The picture, halved as often as its longer side is longer than that, shape (h, w, 3)."""
    import cv2
    import numpy as np

    pixels = np.ascontiguousarray(copy.pixels)
    while max(pixels.shape) > longest_px and min(pixels.shape[:2]) >= 2:
        height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
        pixels = np.asarray(
            cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA), np.uint8
        )
    return pixels


def is_shrunk(copy: WorkingCopy) -> bool:
    """Whether `shrunk` makes it smaller."""
    return max(copy.height_px, copy.width_px) > _LONGEST_PX


def even_share(steps: Grey) -> float:
    """Of all places, how many are even: no colours cover more."""
    import cv2

    return float(cv2.countNonZero(evenly(steps))) / steps.size


def fewer_even(colours: Colours, share: float) -> bool:
    """Whether certainly fewer places than that share are even. Asked of green alone, at a quarter of the cost: what is
    even in all three channels is even in each.
    """
    import cv2

    green = cv2.extractChannel(colours, 1)
    # One call of OpenCV takes less than NumPy's two where the processor's caches hold none of them.
    even = cv2.inRange(_spread(green), 0, _EVEN_LEVELS)  # type: ignore[call-overload,unused-ignore]
    return cv2.countNonZero(even) / green.size < share


def even_colours(colours: Colours, even: Grey) -> tuple[NDArray[np.int16], list[float]]:
    """The commonest colours of even places, shape (n, 3), and their shares of all pixels."""
    import cv2
    import numpy as np

    found = cv2.calcHist([colours], [0, 1, 2], even, [64, 64, 64], [0, 256] * 3).reshape(-1)
    values = np.flatnonzero(found > 0)
    counts = found[values].astype(np.int64)
    table = (np.stack((values >> 12, (values >> 6) & 63, values & 63), axis=1) * 4 + 2).astype(np.int16)
    peaks: list[NDArray[np.int16]] = []
    shares: list[float] = []
    while len(table) and len(peaks) < COLOURS:
        peak = table[counts.argmax()]
        same = np.abs(table - peak).max(axis=1) <= _SAME_LEVELS
        share = float(counts[same].sum()) / even.size
        if share < _LEAST_SHARE:
            break
        peaks.append(peak)
        shares.append(share)
        table, counts = table[~same], counts[~same]
    return np.array(peaks, np.int16).reshape(-1, 3), shares


def beyond(colours: Colours, peaks: NDArray[np.int16], levels: int) -> tuple[float, float, int]:
    """The share that is in no even colour and wider than a stroke, the largest piece of it, and the small marks."""
    import cv2
    import numpy as np

    # In a hazy photograph 24 levels span a third of all there is; the reach shrinks with the contrast.
    reach = min(_NEAR_LEVELS, levels // 8)
    wide = colours.astype(np.int16)
    off = np.stack([np.abs(wide - peak).max(axis=2) for peak in peaks])
    away = (off.min(axis=0) > reach).astype(np.uint8)
    body = cv2.erode(away, np.ones((_STROKE_PX, _STROKE_PX), np.uint8))
    pieces = cv2.connectedComponentsWithStats(body, connectivity=8)[2][1:, cv2.CC_STAT_AREA]
    largest = float(pieces.max()) / body.size if len(pieces) else 0.0
    return float(body.mean()), largest, _signs(off[:2].min(axis=0) > reach)


def _signs(marks: Mask) -> int:
    """How many separate marks are as high as a line of text is, or lower."""
    import cv2
    import numpy as np

    count, _, table, _ = cv2.connectedComponentsWithStats(marks.astype(np.uint8), connectivity=8)
    heights, areas = table[1:count, cv2.CC_STAT_HEIGHT], table[1:count, cv2.CC_STAT_AREA]
    return int(np.count_nonzero((heights >= 3) & (heights <= 40) & (areas >= 6)))
