"""A small likeness of a picture in about 2 KB, read back with plain arithmetic: no image decoder sees a set's bytes.

It is the lossy part of JPEG (ITU-T T.81, annex A.3 and the tables of annex K.1) without its container: brightness and
colour in 8 x 8 blocks of quantised cosine coefficients, deflated frequency by frequency.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from ...model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LONGEST_PX = 128
KEPT_BYTES = 2750
"""With 300 points a reference then takes 10 KB at most; one photograph in 17 loses its finest frequencies to it."""
LARGEST_BYTES = 6144
_COARSENESS = 1.7  # about JPEG quality 30
_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)


def encode(copy: WorkingCopy) -> bytes:
    """The likeness of a picture: two bytes of width and height, then the deflated coefficients."""
    import cv2
    import numpy as np

    factor = LONGEST_PX / max(copy.width_px, copy.height_px)
    size = max(1, round(copy.width_px * factor)), max(1, round(copy.height_px * factor))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(np.ascontiguousarray(copy.pixels), size, interpolation=how)
    planes = cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb).astype(np.float64)
    half = max(1, size[0] // 2), max(1, size[1] // 2)
    colour = [
        np.asarray(cv2.resize(planes[..., place], half, interpolation=cv2.INTER_AREA), np.float64) for place in (1, 2)
    ]
    coefficients = np.concatenate([_forward(planes[..., 0], 1.0), *(_forward(one, 2.0) for one in colour)])
    rows = np.ascontiguousarray(coefficients.T)  # one row a frequency, the lowest first
    body = zlib.compress(rows.tobytes(), 9)
    left = len(rows)
    while len(body) + 2 > KEPT_BYTES and left > 1:
        left -= 4 if left > 4 else 1
        rows[left:] = 0
        body = zlib.compress(rows.tobytes(), 9)
    return bytes(size) + body


def coarse(plane: Floats) -> NDArray[np.uint8]:
    """Brightness, shape (height, width), as it would come back from a likeness of that size."""
    return _backward(_forward(plane, 1.0), (plane.shape[0], plane.shape[1]), 1.0)


def luma(data: bytes) -> NDArray[np.uint8]:
    """The brightness of a likeness, shape (height, width). Raises ValueError when the bytes are none."""
    return _planes(data, 1)[0]


def pixels(data: bytes) -> NDArray[np.uint8]:
    """The likeness in colour, shape (height, width, 3), order R, G, B. Raises ValueError when the bytes are none."""
    import cv2
    import numpy as np

    planes = _planes(data, 3)
    height, width = planes[0].shape
    colour = [cv2.resize(one, (width, height), interpolation=cv2.INTER_LINEAR) for one in planes[1:]]
    return np.asarray(cv2.cvtColor(np.dstack([planes[0], *colour]), cv2.COLOR_YCrCb2RGB), np.uint8)


def _planes(data: bytes, most: int) -> list[NDArray[np.uint8]]:
    """The first planes of brightness and two of colour, with all of the data checked."""
    import numpy as np

    if len(data) < 3 or len(data) > LARGEST_BYTES or not 0 < max(data[:2]) <= LONGEST_PX or not min(data[:2]):
        raise ValueError("a thumbnail has an impossible size")
    width, height = data[0], data[1]
    sizes = [(height, width), *[(max(1, height // 2), max(1, width // 2))] * 2]
    blocks = [_blocks(*size)[0] * _blocks(*size)[1] for size in sizes]
    length = 64 * sum(blocks)
    try:
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(data[2:], length)
    except zlib.error as error:
        raise ValueError(f"a thumbnail does not unpack: {error}") from error
    if len(raw) != length or not unpacking.eof:
        raise ValueError("a thumbnail has another length than its size says")
    rows = np.frombuffer(raw, np.int8).reshape(64, -1).T
    parts = np.split(rows, np.cumsum(blocks)[:2])
    planes = list(zip(parts, sizes, (1.0, 2.0, 2.0), strict=True))
    return [_backward(part, size, one) for part, size, one in planes[:most]]


def _forward(plane: Floats, coarseness: float) -> NDArray[np.int8]:
    """Quantised coefficients, one row of 64 a block."""
    import numpy as np

    height, width = plane.shape
    down, across = _blocks(height, width)
    padded = np.pad(plane, ((0, down * 8 - height), (0, across * 8 - width)), "edge") - 128
    blocks = padded.reshape(down, 8, across, 8).swapaxes(1, 2)
    turned = _basis() @ blocks @ _basis().T
    return np.rint(turned / _steps(coarseness)).clip(-127, 127).astype(np.int8).reshape(-1, 64)


def _backward(rows: NDArray[np.int8], size: tuple[int, int], coarseness: float) -> NDArray[np.uint8]:
    import numpy as np

    down, across = _blocks(*size)
    turned = rows.reshape(down, across, 8, 8) * _steps(coarseness)
    blocks = _basis().T @ turned @ _basis()
    plane = blocks.swapaxes(1, 2).reshape(down * 8, across * 8) + 128
    return np.rint(plane[: size[0], : size[1]]).clip(0, 255).astype(np.uint8)


def _basis() -> Floats:
    """The cosine transform of type II, orthonormal, shape (8, 8)."""
    import numpy as np

    wave = np.cos(np.pi * (2 * np.arange(8) + 1) * np.arange(8)[:, None] / 16) / 2
    wave[0] /= np.sqrt(2)
    return np.asarray(wave, np.float64)


def _steps(coarseness: float) -> Floats:
    import numpy as np

    steps = np.array(_TABLE, np.float64) * _COARSENESS * coarseness
    steps[0, 0] = 8 * coarseness
    return steps


def _blocks(height: int, width: int) -> tuple[int, int]:
    return -(-height // 8), -(-width // 8)
