"""Where a picture and its thumbnail, laid on each other, differ in what they show and not only in tone.

Tones are matched first (toning.py): a thumbnail is often made before the camera's picture style.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .evening import blown, evened
from .frames import within
from .laying import Laid
from .likeness import warped
from .toning import toned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

_NORMAL_PX = 160
"""Longer side of a thumbnail for which the sizes of windows below are given."""
_EDGE_PX = 3
_BROAD_PX = 3.0
_BLACK, _WHITE = 14.0, 241.0
_LEAST_COVERED, _COVERED = 0.01, 30.0
_EVEN = 0.02
"""Product of spreads below which nothing is to be seen."""
LEVEL = 18.0
"""Difference in grey levels, after tones are matched, that JPEG, sharpening and a pixel's shift do not make."""
NOISE = 4.0
"""And so many times the median difference of the pair."""
_EVENED_ALIKE = 0.8
UNLIKE = 0.6
"""Correlation within a region above which it shows the same, in another tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A connected region that differs, in pixels of the upright thumbnail."""

    box: tuple[int, int, int, int]
    share: float
    """Area of the region, of what both show, 0 to 1."""
    difference: float
    """Mean difference in grey levels."""
    broad: float
    """The same of both with all that is fine averaged away: stripes and leaves that a thumbnail garbles have little."""
    alike: float
    """Correlation within the region, tones matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison on equal ground shows."""

    likeness: float
    """Correlation of both, a little blurred, tones matched, over all they share, -1 to 1."""
    elsewhere: float
    """The same outside the regions."""
    noise: float
    """Median difference in grey levels."""
    regions: tuple[Region, ...]
    """Largest first."""
    barred: bool = False
    """Bars of the thumbnail lie over edges of the picture."""


def compare(picture: Pixels, laid: Laid, *, uneven: bool = False) -> Compared:
    """Tones matched, then regions of difference. `picture` upright, uint8, (height, width, 3), R, G, B.

    `uneven`: the tones may change from place to place, and what was exposed to white is left out.
    """
    height, width = laid.thumbnail.shape[:2]
    over, _ = warped(picture, (width, height), laid.box)
    painted = _painted(laid, over)
    seen = _inside(laid, _EDGE_PX) & ~painted
    return compare_over(over, laid.thumbnail, seen, uneven=uneven, barred=bool(painted.any()))


def compare_over(
    over: Floats, small: Pixels, seen: NDArray[np.bool_], *, uneven: bool = False, barred: bool = False
) -> Compared:
    """The same of a picture laid over its thumbnail, float32 of the thumbnail's shape; `seen`: where both are."""
    import cv2
    import numpy as np

    unit = max(small.shape[:2]) / _NORMAL_PX
    seen = seen & ~blown(over, small, seen) if uneven else seen
    blur = max(0.8, unit)
    thumbnail = cv2.GaussianBlur(small.astype(np.float32), (0, 0), blur)
    matched = toned(cv2.GaussianBlur(over, (0, 0), blur), thumbnail, seen, uneven)
    apart = _apart(matched, thumbnail)
    apart = cv2.blur(apart, (2 * round(2 * unit) + 1,) * 2)
    noise = float(np.median(apart[seen])) if seen.any() else 0.0
    mask: NDArray[Any] = np.asarray(seen & (apart > max(LEVEL, NOISE * noise)), np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(2 * unit) + 1,) * 2)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    mask = cv2.morphologyEx(
        mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(unit) + 1,) * 2)
    )
    broad = _broad(matched - thumbnail, _BROAD_PX * unit)
    views = [(matched.mean(axis=2), thumbnail.mean(axis=2))]
    if uneven:  # judged by this first: a gain that may change over the frame brings much to look alike
        views.insert(0, (evened(over.mean(axis=2), unit), evened(small.mean(axis=2, dtype=np.float32), unit)))
    regions = _regions(mask, seen, (apart, broad), views)
    return Compared(
        likeness=_correlation(*views[0], seen),
        elsewhere=_correlation(*views[0], seen & (mask == 0)),
        noise=noise,
        regions=tuple(regions),
        barred=barred,
    )


def _inside(laid: Laid, edge_px: int) -> NDArray[np.bool_]:
    """Where the picture lies in the thumbnail, without the edges of both."""
    import numpy as np

    height, width = laid.thumbnail.shape[:2]
    left, top = (max(0, round(value)) + edge_px for value in laid.box[:2])
    right, bottom = min(width, round(laid.box[2])) - edge_px, min(height, round(laid.box[3])) - edge_px
    inside = np.zeros((height, width), bool)
    inside[top : max(bottom, top), left : max(right, left)] = True
    return inside


def _painted(laid: Laid, over: Floats) -> NDArray[np.bool_]:
    """Bars of black or white, which some cameras lay over the picture's edges instead of beside them."""
    import numpy as np

    grey = laid.thumbnail.mean(axis=2)
    left, top, right, bottom = laid.content
    bars = ~within(grey.shape, (left + _EDGE_PX, top + _EDGE_PX, right - _EDGE_PX, bottom - _EDGE_PX))
    outside = ~within(grey.shape, laid.content)
    covered = outside & _inside(laid, 0)
    if covered.sum() < _LEAST_COVERED * grey.size:
        return np.zeros(grey.shape, bool)
    tone = float(np.median(grey[outside]))
    differs = float(np.abs(over.mean(axis=2) - grey)[covered].mean()) > _COVERED
    return np.asarray(bars & (differs and (tone < _BLACK or tone > _WHITE)))


def _apart(first: Floats, second: Floats) -> Floats:
    """Difference of both in grey levels, the least within a pixel's shift either way."""
    import numpy as np

    best = np.full(first.shape[:2], np.inf, np.float32)
    padded = np.pad(first, ((1, 1), (1, 1), (0, 0)), mode="edge")
    height, width = first.shape[:2]
    for down in range(3):
        for across in range(3):
            moved = padded[down : down + height, across : across + width]
            best = np.minimum(best, np.sqrt(np.mean((moved - second) ** 2, axis=2)))
    return best


def _broad(signed: Floats, sigma_px: float) -> Floats:
    import cv2
    import numpy as np

    even = cv2.GaussianBlur(signed, (0, 0), sigma_px)
    return np.asarray(np.sqrt(np.mean(even**2, axis=2)), np.float32)


def _regions(
    mask: NDArray[Any], seen: NDArray[np.bool_], apart: tuple[Floats, Floats], views: list[tuple[Floats, Floats]]
) -> list[Region]:
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    order = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))
    found = []
    for label in order[:8]:
        left, top, wide, high, area = (int(value) for value in stats[label])
        here = labels == label
        found.append(
            Region(
                box=(left, top, left + wide, top + high),
                share=area / max(int(seen.sum()), 1),
                difference=float(apart[0][here].mean()),
                broad=float(apart[1][here].mean()),
                alike=_alike(views, here),
            )
        )
    return found


def _alike(views: list[tuple[Floats, Floats]], here: NDArray[np.bool_]) -> float:
    """By the tones as matched; by the evened ones, which few pixels can meet by chance, only where these are sure."""
    plain, first = _correlation(*views[-1], here), _correlation(*views[0], here)
    return max(plain, first) if first >= _EVENED_ALIKE else plain


def _correlation(first: Floats, second: Floats, where: NDArray[np.bool_]) -> float:
    import numpy as np

    one, other = first[where], second[where]
    if len(one) < 30:
        return 0.0
    spread = float(one.std() * other.std())
    return float(np.mean((one - one.mean()) * (other - other.mean())) / spread) if spread > _EVEN else 0.0
