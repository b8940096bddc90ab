"""How one part of a picture would lie on another: similarities that many pairs of points share.

A pair of oriented points gives a whole similarity (Lowe 2004, section 7.1); pairs nearby that it also brings together
support it. The best supported are fitted to their pairs by least squares, as affine maps where the pairs allow, and
what supports them is set aside.
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
_SCALES = (0.36, 2.8)
_LEAST_SCALE, _MOST_SCALE = 0.4, 2.5
_TURNS = 8
_ROUNDS_FOR_EACH = 4
_CLOSEST, _MOST_CLOSE = 64, 4
_LEAST_AFFINE, _LEAST_APART_PX, _MOST_STRETCHED = 8, 4.0, 1.6


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
    rank = np.tile(np.arange(len(start)), 2)
    left = np.ones(len(a), np.bool_)
    shown: list[Doubles] = []
    rng = np.random.default_rng(0)
    # The likeliest pairs first: where much looks alike, those of a copy are among them, and few of all.
    for among, most in ((_CLOSEST, _MOST_CLOSE), (_MOST_PAIRS, MOST_SHIFTS)):
        passed = rank >= among
        for _ in range(_ROUNDS_FOR_EACH * most):
            if len(shown) >= most or (left & ~passed).sum() < LEAST_PAIRS:
                break
            support = _best(a, b, linear, left & ~passed, rng)
            if support is None:
                break
            shift, agreeing = _fit(a, b, support, left)
            half = len(a) // 2
            for used in (agreeing, support):
                passed |= used
                passed[:half] |= used[half:]
                passed[half:] |= used[:half]
            if not agreeing.any() or not sound(shift):
                continue
            left &= ~agreeing
            left[:half] &= ~agreeing[half:]
            left[half:] &= ~agreeing[:half]
            shown.append(shift)
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


def _fit(a: Complex, b: Complex, support: Mask, left: Mask) -> tuple[Doubles, Mask]:
    """Matrix (2, 3) by least squares, and the pairs that agree; none where too few do.

    A similarity first, then an affine map where enough pairs lie apart in both directions: a part that was stretched
    one way gathers its other points only so.
    """
    import numpy as np

    agreeing = support
    shift = _similarity(a[agreeing], b[agreeing])
    for turn in range(_TURNS):
        places = shift[:, :2] @ np.array([a.real, a.imag]) + shift[:, 2:]
        agreeing = left & (np.abs(places[0] + 1j * places[1] - b) < _FITTED_PX)
        if agreeing.sum() < LEAST_PAIRS:
            return shift, np.zeros_like(left)
        shift = _similarity(a[agreeing], b[agreeing])
        if turn > 0 and (stretched := _affine(a[agreeing], b[agreeing])) is not None:
            shift = stretched
    return shift, agreeing


def _similarity(a: Complex, b: Complex) -> Doubles:
    import numpy as np

    away = a - a.mean()
    factor = (away.conj() @ (b - b.mean())) / max(float(np.abs(away @ away.conj())), 1e-9)
    moved = b.mean() - factor * a.mean()
    return np.array([[factor.real, -factor.imag, moved.real], [factor.imag, factor.real, moved.imag]])


def _affine(a: Complex, b: Complex) -> Doubles | None:
    """None where the places are few or lie in a line, or where it stretches more than copies are."""
    import numpy as np

    if len(a) < _LEAST_AFFINE:
        return None
    places = np.column_stack([a.real, a.imag])
    if np.linalg.svd(places - places.mean(0), compute_uv=False)[1] < _LEAST_APART_PX * np.sqrt(len(a)):
        return None
    design = np.column_stack([places, np.ones(len(a))])
    found = np.linalg.lstsq(design, np.column_stack([b.real, b.imag]), rcond=None)[0].T
    return np.asarray(found, np.float64) if sound(found) else None


def sound(shift: Doubles) -> bool:
    """Whether it scales by no more than copies are scaled, in any direction, so that it can be undone."""
    import numpy as np

    if not np.all(np.isfinite(shift)):
        return False
    largest, least = np.linalg.svd(shift[:, :2], compute_uv=False)
    return bool(least > _LEAST_SCALE and largest < min(_MOST_SCALE, _MOST_STRETCHED * least))
