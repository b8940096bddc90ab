"""What a denoiser takes away: noise, and with it the pattern of the sensor.

The wavelet denoiser of Mihcak, Kozintsev and Ramchandran (ICASSP 1999) as Lukas, Fridrich and Goljan use it (IEEE TIFS
1(2), 2006, appendix A): in each detail band of four levels the variance of the scene is the smallest that windows of 3,
5, 7 and 9 leave above the noise, and Wiener's filter keeps what it explains. Since the transform is linear, what is
taken away is transformed back instead of what is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LEVELS = 4
NOISE_LEVELS = 3.0
"""Standard deviation of the noise that is assumed, in levels of 0 to 255."""
_WINDOWS = (3, 5, 7, 9)
# Daubechies' scaling filter of 16 coefficients (Ten Lectures on Wavelets, 1992, table 6.1, N = 8).
_SCALING = (
    0.05441584224310401, 0.3128715909143031, 0.6756307362972904, 0.5853546836541907,
    -0.015829105256349306, -0.2840155429615469, 0.0004724845739132827, 0.1287474266204784,
    -0.017369301001807547, -0.04408825393079475, 0.013981027917398282, 0.008746094047405777,
    -0.004870352993451574, -0.00039174037337694705, 0.0006754494064505693, -0.00011747678412476953,
)  # fmt: skip


def noise(plane: Floats) -> Floats:
    """Of a plane of levels, shape (height, width), each side a multiple of 16 and at least 128:
    the last level is as long as the filter."""
    import numpy as np

    low = np.array(_SCALING, np.float32)
    high = low[::-1] * np.where(np.arange(len(low)) % 2, -1, 1).astype(np.float32)
    return _taken(plane, low, high, LEVELS)


def _taken(plane: Floats, low: Floats, high: Floats, levels: int) -> Floats:
    import numpy as np

    if levels == 0:
        return np.zeros_like(plane)
    rows = [_down(plane, one) for one in (low, high)]
    bands = [[_down(one.T, two).T for two in (low, high)] for one in rows]
    bands[0][0] = _taken(bands[0][0], low, high, levels - 1)
    for first, second in ((0, 1), (1, 0), (1, 1)):
        bands[first][second] = _unexplained(bands[first][second])
    back = [_up(one[0].T, low).T + _up(one[1].T, high).T for one in bands]
    return _up(back[0], low) + _up(back[1], high)


def _unexplained(band: Floats) -> Floats:
    import numpy as np

    squares, noise_power = band * band, np.float32(NOISE_LEVELS**2)
    scene = least_around(squares)
    return np.asarray(band * (noise_power / (np.maximum(scene - noise_power, 0) + noise_power)), np.float32)


def least_around(squares: Floats) -> Floats:
    """The smallest mean of squares that the four windows around each place have."""
    import cv2
    import numpy as np

    powers = [cv2.blur(squares, (side, side), borderType=cv2.BORDER_REFLECT) for side in _WINDOWS]
    return np.asarray(np.minimum.reduce(powers), np.float32)


def _down(plane: Floats, taps: Floats) -> Floats:
    """Correlated with the taps along the columns, periodically, every second row kept."""
    import numpy as np

    plane, half = np.ascontiguousarray(plane), plane.shape[0] // 2  # turned on its side, a row is no run of memory
    even, odd = (np.concatenate([plane[one::2], plane[one : one + len(taps) : 2]]) for one in (0, 1))
    found = np.zeros((half, plane.shape[1]), np.float32)
    for at in range(0, len(taps), 2):
        found += taps[at] * even[at // 2 : at // 2 + half] + taps[at + 1] * odd[at // 2 : at // 2 + half]
    return found


def _up(band: Floats, taps: Floats) -> Floats:
    """The transpose of `_down`."""
    import numpy as np

    half, reach = band.shape[0], len(taps) // 2
    wrapped = np.ascontiguousarray(np.concatenate([band[-reach + 1 :], band]))
    rows = []
    for first in (0, 1):
        found = np.zeros((half, band.shape[1]), np.float32)
        for at in range(0, len(taps), 2):
            start = reach - 1 - at // 2
            found += taps[at + first] * wrapped[start : start + half]
        rows.append(found)
    return np.stack(rows, axis=1).reshape(2 * half, -1)
