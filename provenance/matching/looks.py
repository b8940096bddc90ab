"""Where a reference and the picture under test look alike, line by line around the points that both share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .points import geometry
from .sighted import Sighting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Shown = tuple[float, float, float, float]

_LEAST_LEVELS, _MOST_LEVELS = 14.0, 60.0
_TIMES = 2.2
"""A line differs where its mean difference in grey levels is above this many times that among the matched points."""
_BLURRED_PX = 2
"""Columns of the thumbnail at the end of what is seen that say nothing: the edge is mixed into them."""


def dense(sighting: Sighting, grey: NDArray[np.uint8], likeness: NDArray[np.uint8]) -> Shown:
    """x0, y0, x1, y1 of the reference as detected: the box around the matched points in which both look alike.

    `grey`: what was asked, as detected; `likeness`: the reference's thumbnail.
    """
    import numpy as np

    differing, there, start, end = _differing(sighting, grey, likeness)
    height, width = likeness.shape
    inside = differing[start[1] : end[1] + 1, start[0] : end[0] + 1]
    seen = there[start[1] : end[1] + 1, start[0] : end[0] + 1]
    usual = float(inside[seen].mean()) if seen.any() else 0.0
    limit = max(_LEAST_LEVELS, _TIMES * usual)
    x0, x1 = _run(differing, there, (start[0], end[0]), (start[1], end[1]), limit)
    y0, y1 = _run(differing.T, there.T, (start[1], end[1]), (x0, x1), limit)
    x0, x1 = _run(differing, there, (start[0], end[0]), (y0, y1), limit)
    scale = np.array(sighting.size_px) / (width, height)
    left, top = (x0 * scale[0], y0 * scale[1])
    right, bottom = ((x1 + 1) * scale[0] - 1, (y1 + 1) * scale[1] - 1)
    return float(left), float(top), float(right), float(bottom)


def _differing(
    sighting: Sighting, grey: NDArray[np.uint8], likeness: NDArray[np.uint8]
) -> tuple[Floats, NDArray[np.bool_], list[int], list[int]]:
    """Difference in grey levels after brightness and contrast are evened out, where both are seen, and the points."""
    import cv2
    import numpy as np

    height, width = likeness.shape
    found = sighting.laid
    grey = np.ascontiguousarray(grey[:, ::-1]) if found.mirrored else grey
    to_likeness = np.diag([width / sighting.size_px[0], height / sighting.size_px[1], 1.0]) @ found.transform
    scale = abs(geometry.stretch(to_likeness, np.array(found.query_px) / 2)[0])
    if 0 < scale < 1:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), min(0.5 / scale, 12.0)), np.uint8)
    laid = cv2.warpPerspective(
        grey, to_likeness, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    full = np.full(grey.shape, 255, np.uint8)
    there = cv2.warpPerspective(full, to_likeness, (width, height), flags=cv2.INTER_NEAREST) > 0
    ours, theirs = (cv2.GaussianBlur(one, (3, 3), 0).astype(np.float64) for one in (laid, likeness))
    places = found.reference_xy * (width / sighting.size_px[0], height / sighting.size_px[1])
    low, high = np.percentile(places, (3, 97), axis=0)
    start = np.clip(np.rint(low), 0, (width - 1, height - 1)).astype(int).tolist()
    end = np.clip(np.rint(high), start, (width - 1, height - 1)).astype(int).tolist()
    part = np.zeros_like(there)
    part[start[1] : end[1] + 1, start[0] : end[0] + 1] = True
    part &= there
    if part.sum() >= 16:
        first, second = theirs[part], ours[part]
        gain = float(np.clip(first.std() / max(second.std(), 1.0), 0.3, 3.0))
        ours = (ours - second.mean()) * gain + first.mean()
    return np.minimum(np.abs(ours - theirs), _MOST_LEVELS), there, start, end


def _run(
    differing: Floats, there: NDArray[np.bool_], points: tuple[int, int], across: tuple[int, int], limit: float
) -> tuple[int, int]:
    """The run of columns around those of the points whose rows `across` look alike for the most part."""
    import numpy as np

    first, last = points
    rows = slice(across[0], across[1] + 1)
    seen = there[rows]
    counts = seen.sum(axis=0)
    mean = np.where(counts > 0, (differing[rows] * seen).sum(axis=0) / np.maximum(counts, 1), 0.0)
    # What lies outside the picture under test speaks neither for nor against; the outline is cut there anyway.
    gain = np.where(counts > 0, limit - mean, 1e-3)
    before = _reached(gain[:first][::-1], counts[:first][::-1])
    after = _reached(gain[last + 1 :], counts[last + 1 :])
    return first - before, last + after


def _reached(gain: Floats, counts: NDArray[np.int64]) -> int:
    """How many columns from here on look alike for the most part; all of them when what is seen ends just there."""
    import numpy as np

    reached = _last_best(np.concatenate([[0.0], np.cumsum(gain)]))
    left = np.flatnonzero(counts[reached:] > 0.5 * counts.max(initial=0))
    return len(gain) if len(left) <= _BLURRED_PX else reached


def _last_best(sums: Floats) -> int:
    import numpy as np

    return len(sums) - 1 - int(np.argmax(sums[::-1]))
