"""Whether two pages that lie on one another carry other writing in many lines, as two papers of one form do.

Receipts of one shop, tickets, certificates and letters on one letterhead agree in all that is printed on every one of
them, which is most of their points, and lie on one another as exactly as a copy does. What was filled in differs: in
many lines both pages have ink, and it is other ink. A copy that is worn, blurred or written upon has the same ink, or
ink that only one of them has, and a copy with one number exchanged has other ink in one place.

Ink is what is darker than the paper around it (lighter, on a dark page). It is compared letter by letter by normalised
correlation (Lewis, "Fast normalized cross-correlation", 1995), after the letters around were laid on one another to
half a pixel, since paper bends and a printer's feed slips.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..points.blocks import cut
from .registered import laid_over, shared_part, work_px

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Plane = NDArray[np.float32]
    Grey = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_DARK_PAGE = 110
_REACH_PX, _SOFT_PX = 15, 6.0
"""Within so far of every stroke there is paper."""
_NEAR_SHARE, _NEAR_LEVELS, _LEAST_PAPER_LEVELS = 0.12, 4.0, 60.0
_BLOCK_PX, _CONTENT_LEVELS, _PAPER_IN_BLOCK = 16, 4.0, 0.4
_AROUND_PX = 15
_LETTERS_PX, _LETTER_PX = (49, 33), (7, 7)
_SHIFTS_PX = 2
_LEAST_INK, _MOST_TIMES = 0.09, 2.5
"""Root mean square of ink in a letter's window, the paper being 1; and how much more ink one page may have there."""
_OTHER, _LEAST_OTHER_PX, _WORD_PX = 0.7, 8, (13, 5)
_LINE_PX = 8
_RADII_PX = (0.0, 0.7, 1.0, 1.4, 2.0, 2.8)
_LEAST_INKED_PX = 200
_LEAST_PAPER, _LEAST_BARE, _ONE_PAPER = 0.9, 0.65, 0.7
"""Of a receipt's blocks with content 0.94 or more stand on paper, 0.75 of it or more is bare, and its darker tenth has
0.79 of the level of its lighter one, in a photograph of it too."""
_MEDIAN, _WORDS, _LINES, _SPREAD = 0.85, 4, 3, 0.25
"""Of 17 pairs of one shop's receipts that were called copies all have at least 5 words in 4 lines over 0.32 of the
height; of 177 worn copies of receipts none has more than 2 words (docs/measured/copies.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What two pages carry where both have ink."""

    median: float
    """The usual correlation of letters."""
    words: int
    """Places with other ink."""
    lines: int
    """Lines that these places lie in."""
    spread: float
    """How much of the height of what is compared lies between the first and the last of these lines."""


def filled_differently(seen: Writing) -> bool:
    """Whether other writing stands throughout, where what is printed lies on one another well enough to be read."""
    throughout = seen.words >= _WORDS and seen.lines >= _LINES and seen.spread >= _SPREAD
    return throughout and seen.median >= _MEDIAN


def writing(
    transform: Floats, grey: Grey, colours: NDArray[np.uint8], *, reference_xy: Floats, size_px: tuple[int, int]
) -> Writing | None:
    """Compare; None for what is no page with writing, or with too little of it. Arguments as in registered()."""
    import cv2
    import numpy as np

    transform, colours, reference_xy, size_px = shared_part(transform, colours, reference_xy, size_px)
    size = work_px(transform, grey, colours, size_px)
    small = np.asarray(cv2.resize(np.ascontiguousarray(colours), size, interpolation=cv2.INTER_AREA), np.uint8)
    theirs: Grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    ours, inside = laid_over(transform, grey, size_px, size, reference_xy)
    if not inside.any():
        return None
    if np.median(theirs[inside]) < _DARK_PAGE:
        ours, theirs = np.bitwise_not(ours), np.bitwise_not(theirs)
    pages = [(one, _paper(one)) for one in (ours, theirs)]
    if not _on_paper(pages, inside):
        return None
    first, second = (_ink(*page) for page in pages)
    return _told(*_as_soft(first, second, inside), inside)


def _paper(page: Grey) -> Plane:
    """The level of the paper around every pixel."""
    import cv2
    import numpy as np

    lightest = cv2.dilate(cv2.medianBlur(page, 3), np.ones((_REACH_PX, _REACH_PX)))
    return np.asarray(cv2.GaussianBlur(np.asarray(lightest, np.float32), (0, 0), _SOFT_PX), np.float32)


def _on_paper(pages: list[tuple[Grey, Plane]], inside: Mask) -> bool:
    """Whether both are pages: one paper all over, most of it bare, and what stands in either stands on it in both."""
    import numpy as np

    whole = cut(inside, _BLOCK_PX).min(axis=1) > 0
    content, paper = np.zeros_like(whole), whole.copy()
    for page, level in pages:
        near = page >= level * (1 - _NEAR_SHARE) - _NEAR_LEVELS
        darkest, lightest = np.quantile(level[inside], (0.1, 0.9))
        if near[inside].mean() < _LEAST_BARE or darkest < _ONE_PAPER * lightest:
            return False
        content |= cut(page, _BLOCK_PX).std(axis=1) > _CONTENT_LEVELS
        paper &= cut(near, _BLOCK_PX).mean(axis=1) >= _PAPER_IN_BLOCK
    content &= whole
    return bool((paper & content).sum() >= _LEAST_PAPER * content.sum())


def _ink(page: Grey, paper: Plane) -> Plane:
    """How much darker than the paper, as a share of it, without what is so in the neighbourhood."""
    import cv2
    import numpy as np

    darker = (paper - page) / np.maximum(paper, _LEAST_PAPER_LEVELS)
    return np.asarray(darker - cv2.blur(darker, (_AROUND_PX, _AROUND_PX)), np.float32)


def _as_soft(ours: Plane, theirs: Plane, inside: Mask) -> tuple[Plane, Plane]:
    """Both, the sharper of them as soft as the other."""
    import cv2
    import numpy as np

    def blurred(plane: Plane, radius: float) -> Plane:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), radius) if radius else plane, np.float32)

    def alike(pair: tuple[Plane, Plane]) -> float:
        first, second = (one[inside] for one in pair)
        return float((first * second).sum() / np.sqrt((first**2).sum() * (second**2).sum() + 1e-9))

    both = [(ours, blurred(theirs, radius)) for radius in _RADII_PX]
    both += [(blurred(ours, radius), theirs) for radius in _RADII_PX[1:]]
    return max(both, key=alike)


def _told(ours: Plane, theirs: Plane, inside: Mask) -> Writing | None:
    import cv2
    import numpy as np

    ours = _laid_locally(ours, theirs)
    product, power, others = (_mean(one, _LETTER_PX) for one in (ours * theirs, ours**2, theirs**2))
    inked = inside & (np.minimum(power, others) > _LEAST_INK**2)
    inked &= (power < _MOST_TIMES**2 * others) & (others < _MOST_TIMES**2 * power)
    if inked.sum() < _LEAST_INKED_PX:
        return None
    correlation = product / np.sqrt(np.maximum(power * others, 1e-9))
    other = (inked & (correlation < _OTHER)).astype(np.uint8)
    other = cv2.morphologyEx(other, cv2.MORPH_OPEN, np.ones((2, 2)))
    joined = cv2.morphologyEx(other, cv2.MORPH_CLOSE, np.ones(_WORD_PX[::-1]))
    count, labels, _, middles = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pixels = np.bincount(labels.reshape(-1), other.reshape(-1), count)
    heights = np.sort(middles[1:, 1][pixels[1:] >= _LEAST_OTHER_PX])
    rows = np.flatnonzero(inside.any(axis=1))
    return Writing(
        median=float(np.median(correlation[inked])),
        words=len(heights),
        lines=int((np.diff(heights) > _LINE_PX).sum()) + 1 if len(heights) else 0,
        spread=float(heights[-1] - heights[0]) / max(1.0, float(rows[-1] - rows[0])) if len(heights) else 0.0,
    )


def _laid_locally(ours: Plane, theirs: Plane) -> Plane:
    """Ours with every letter where the letters around it fit best, to half a pixel."""
    import cv2
    import numpy as np

    steps = np.arange(-_SHIFTS_PX, _SHIFTS_PX + 0.1, 0.5)
    best, result = np.full(ours.shape, -2.0, np.float32), ours.copy()
    others = _mean(theirs**2, _LETTERS_PX)
    for down in steps:
        for across in steps:
            onto = np.array([[1, 0, across], [0, 1, down]], np.float64)
            moved = np.asarray(cv2.warpAffine(ours, onto, ours.shape[::-1], flags=cv2.INTER_LINEAR), np.float32)
            power = _mean(moved**2, _LETTERS_PX)
            fit = _mean(moved * theirs, _LETTERS_PX) / np.sqrt(np.maximum(power * others, 1e-9))
            better = fit > best
            best[better], result[better] = fit[better], moved[better]
    return result


def _mean(plane: Plane, window_px: tuple[int, int]) -> Plane:
    import cv2
    import numpy as np

    return np.asarray(cv2.blur(plane, window_px), np.float32)
