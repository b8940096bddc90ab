"""The reference as the query would show it: its colours in the query's tones, and as soft as the query.

A filter maps colours, the same everywhere, and saving, scaling and blur take away the fine before the coarse. Both are
fitted over all that both pictures show, robustly (Holland and Welsch, "Robust regression using iteratively reweighted
least-squares", 1977), so that what was laid over the picture, or moved in it, has no pull on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Mask = NDArray[np.bool_]

_FITTED_PX, _ROUNDS = 4000, 5
_KNOTS = (64, 128, 192)
_HELD, _FREE = 1e-3, 1e-12
_BRIGHTNESS = 2
"""Terms fitted first: colours that are only in a replaced part would otherwise be fitted to what shows there now."""
_RADII_PX = (0.0, 0.7, 1.4, 2.8, 5.6)
_BANDS_HELD, _MOST_GAIN = 1e-2, 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tones:
    """A picture's brightness and colours, as terms that a curve is made of."""

    grey: NDArray[np.uint8]
    terms: tuple[Plane, ...]

    @classmethod
    def of(cls, colours: NDArray[np.uint8]) -> Self:
        """`colours`: RGB, shape (height, width, 3)."""
        import cv2
        import numpy as np

        planes = (cv2.cvtColor(colours, cv2.COLOR_RGB2YCrCb).astype(np.float32) - 128) / np.array(
            [64, 32, 32], np.float32
        )
        light, red, blue = (np.ascontiguousarray(planes[..., place]) for place in range(3))
        # Filters clip single channels, which bends the curve where a channel is bright.
        channels = [np.ascontiguousarray(colours[..., place]) for place in range(3)]
        knots = [np.uint8(knot) for knot in _KNOTS]
        bends = [(np.maximum(one, knot) - knot).astype(np.float32) / 64 for one in channels for knot in knots]
        terms = (np.ones_like(light), light, light**2, red, blue, red * light, blue * light, *bends)
        grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), np.uint8)
        return cls(grey=grey, terms=tuple(np.asarray(one, np.float32) for one in terms))

    def foretold(self, ours: Plane, looked: Mask) -> Plane:
        """The brightness that the query should show. `ours`: what it shows; `looked`: where it is compared."""
        import numpy as np

        ridge = [_FREE, _FREE, *[_HELD] * (len(self.terms) - 2)]
        both = [_fitted(self.terms, ours, looked, ridge, most=float("inf"), first=first) for first in (0, _BRIGHTNESS)]
        # Strong tones are lost when brightness is fitted first; most of the picture tells which of both is right.
        return min(both, key=lambda one: float(np.median(np.abs(one - ours)[looked])))


def softened(theirs: Plane, ours: Plane, looked: Mask) -> Plane:
    """The reference with as much of each fineness as the query has."""
    import cv2

    soft = [theirs if radius == 0 else cv2.GaussianBlur(theirs, (0, 0), radius) for radius in _RADII_PX]
    bands = tuple(soft[place] - soft[place + 1] for place in range(len(soft) - 1))
    fine = ours - cv2.GaussianBlur(ours, (0, 0), _RADII_PX[-1])
    result: Plane = soft[-1] + _fitted(bands, fine, looked, [_BANDS_HELD] * len(bands), most=_MOST_GAIN)
    return result


def _fitted(
    terms: tuple[Plane, ...], target: Plane, looked: Mask, ridge: list[float], *, most: float, first: int = 0
) -> Plane:
    """The sum of terms that is nearest to a target. Weights are found on some of the pixels, in one fixed order.

    `first`: so many terms are fitted alone before, to see which pixels have no pull.

    OpenCV multiplies on one thread, in one order: the same on every number of cores.
    """
    import cv2
    import numpy as np

    places = np.flatnonzero(looked)
    places = places[:: max(1, len(places) // _FITTED_PX)]
    rows = np.stack([one.reshape(-1)[places] for one in (*terms, target)], axis=1).astype(np.float64)
    held = np.diag(np.array(ridge) * len(places))
    weights: Floats = np.ones(len(places))
    gains: Floats = np.zeros(len(terms))
    for used in (*(first,) * (_ROUNDS if first else 0), *(len(terms),) * _ROUNDS):
        some = slice(0, used)
        squares = cv2.mulTransposed(rows * weights[:, None], True)
        gains = np.asarray(np.linalg.solve(squares[some, some] + held[some, some], squares[some, -1]), np.float64)
        away = np.abs(rows[:, -1] - np.einsum("ij,j->i", rows[:, some], gains))
        weights = np.asarray(1 / (1 + (away / (np.median(away) + 1.0)) ** 2), np.float64)
    gains = np.clip(gains, 0.0 if most < np.inf else -np.inf, most)
    result = np.zeros_like(target)
    for gain, one in zip(gains.tolist(), terms, strict=True):
        result += np.float32(gain) * one
    return result
