"""Whether what differs repeats at one spacing in two directions, as a mark does that is laid over a whole picture.

Agencies and platforms lay their name over a preview in rows. That changes a picture in hundreds of places and in both
ways, brighter letters and darker rims, as people do who walk about before a camera at rest; but people do not stand in
a lattice. A lattice shows in the autocorrelation of the differences as peaks away from nought (Lin, Wang and Yang, "A
computational model for repeated pattern perception using frieze and wallpaper groups", 2000, section 3.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_STEP = 2
"""One pixel in so many, a side: letters of a mark remain."""
_CLIP_LEVELS = 12.0
_LEAST_LAG_PX, _LEAST_OVERLAP = 12, 0.3
"""Of the smaller planes: nearer places lie in one letter; and how much of the picture must lie on itself."""
_LEAST_ANGLE = 0.26
"""Sine of 15 degrees: what lies along one line, as the windows of one storey do, repeats in one direction alone."""


def repeated(off: Plane, looked: Mask, changed: Mask) -> float:
    """How well the differences lie on themselves when moved by either of two steps, the lesser of both, at most 1.

    `off`: the difference in grey levels; `looked`, `changed`: where it was compared, and where it is beyond the usual.
    """
    import cv2
    import numpy as np

    small = off.shape[1] // _STEP, off.shape[0] // _STEP
    marks = np.where(changed & looked, np.clip(off, -_CLIP_LEVELS, _CLIP_LEVELS), 0).astype(np.float32)
    marks, seen = (
        np.asarray(cv2.resize(one, small, interpolation=cv2.INTER_AREA), np.float32)
        for one in (marks, looked.astype(np.float32))
    )
    like, overlap = _on_itself(marks, seen)
    rows, columns = np.mgrid[: like.shape[0], : like.shape[1]].astype(np.float64)
    down, across = rows - like.shape[0] // 2, columns - like.shape[1] // 2
    far = np.hypot(down, across)
    there = (overlap >= _LEAST_OVERLAP * seen.sum()) & (far >= _LEAST_LAG_PX)
    like = np.where(there, like, -1.0)
    first = int(like.argmax())
    away = down.flat[first], across.flat[first]
    sine = np.abs(down * away[1] - across * away[0]) / np.maximum(far * np.hypot(*away), 1e-9)
    return max(0.0, float(min(like.flat[first], like[sine >= _LEAST_ANGLE].max(initial=-1.0))))


def _on_itself(marks: Plane, seen: Plane) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Correlation of the marks with themselves for every shift, nought in the middle, and the area that then meets."""
    import numpy as np

    size = [1 << (2 * side - 1).bit_length() for side in marks.shape]
    marked, power, where = (np.fft.rfft2(one, size) for one in (marks, marks**2, seen))

    def meeting(first: NDArray[np.complex128], second: NDArray[np.complex128]) -> NDArray[np.float64]:
        return np.fft.fftshift(np.fft.irfft2(first * second.conj(), size))

    ours, theirs = meeting(power, where), meeting(where, power)
    norm = np.sqrt(np.maximum(ours, 0) * np.maximum(theirs, 0)) + 1e-3 * float((marks**2).sum()) + 1e-9
    return meeting(marked, marked) / norm, meeting(where, where)
