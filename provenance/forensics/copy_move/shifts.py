"""How one part of a picture would lie on another: similarities that many pairs of points share.

A pair of oriented points gives a whole similarity (Lowe 2004, section 7.1); pairs nearby that it also brings together
support it. The best supported are fitted to their pairs by least squares, and what supports them is set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .points import Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]
    Complex = NDArray[np.complex128]
    Mask = NDArray[np.bool_]

MOST_SHIFTS = 8
LEAST_PAIRS = 4
_MOST_PAIRS = 4_000
_TRIED = 400
_NEAR_PX, _OFF_PX, _OFF_SHARE = 120.0, 3.0, 0.06
_FITTED_PX = 2.5
_SCALES = (0.5, 2.0)


def shifts(found: Pairs) -> list[Doubles]:
    """Matrices of shape (2, 3) from x, y, 1 of one part to another, the best supported first."""
    import numpy as np

    usable = (found.scale > _SCALES[0]) & (found.scale < _SCALES[1])
    start, end = (one[usable][:_MOST_PAIRS].astype(np.float64) for one in (found.start, found.end))
    turn, scale = (one[usable][:_MOST_PAIRS].astype(np.float64) for one in (found.turn_rad, found.scale))
    # Each pair both ways: which of two parts is the copy is not known.
    both = np.concatenate([start, end]), np.concatenate([end, start])
    linear = np.concatenate([scale * np.exp(1j * turn), np.exp(-1j * turn) / scale])
    a, b = (one[:, 0] + 1j * one[:, 1] for one in both)
    left = np.ones(len(a), np.bool_)
    shown: list[Doubles] = []
    rng = np.random.default_rng(0)
    while len(shown) < MOST_SHIFTS and left.sum() >= LEAST_PAIRS:
        support = _best(a, b, linear, left, rng)
        if support is None:
            break
        factor, moved, agreeing = _fit(a, b, support, left)
        half = len(a) // 2
        left &= ~agreeing
        left[:half] &= ~agreeing[half:]
        left[half:] &= ~agreeing[:half]
        if not agreeing.any():
            left &= ~support
            continue
        shown.append(_matrix(factor, moved))
    return shown


def _best(a: Complex, b: Complex, linear: Complex, left: Mask, rng: np.random.Generator) -> Mask | None:
    """The pairs that the best supported one also brings together; places are complex numbers x + iy."""
    import numpy as np

    there = np.flatnonzero(left)
    tried = there if len(there) <= _TRIED else rng.choice(there, _TRIED, replace=False)
    most, best = LEAST_PAIRS - 1, None
    for one in tried:
        away = a - a[one]
        off = np.abs(b[one] + linear[one] * away - b)
        far = np.abs(away)
        support = left & (far < _NEAR_PX) & (off < _OFF_PX + _OFF_SHARE * far)
        count = len(np.unique(np.round(a[support])))
        if count > most:
            most, best = count, support
    return best


def _fit(a: Complex, b: Complex, support: Mask, left: Mask) -> tuple[complex, complex, Mask]:
    """Factor and shift by least squares, and the pairs that agree; none where too few do."""
    import numpy as np

    agreeing = support
    factor, moved = 1 + 0j, 0j
    for _ in range(4):
        middle = a[agreeing].mean()
        away = a[agreeing] - middle
        factor = (away.conj() @ (b[agreeing] - b[agreeing].mean())) / max(float(np.abs(away @ away.conj())), 1e-9)
        moved = b[agreeing].mean() - factor * middle
        agreeing = left & (np.abs(factor * a + moved - b) < _FITTED_PX)
        if agreeing.sum() < LEAST_PAIRS:
            return factor, moved, np.zeros_like(left)
    return factor, moved, agreeing


def _matrix(factor: complex, moved: complex) -> Doubles:
    import numpy as np

    return np.array([[factor.real, -factor.imag, moved.real], [factor.imag, factor.real, moved.imag]])
