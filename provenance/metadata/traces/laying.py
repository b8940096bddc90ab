"""Lays a picture over its thumbnail: which of eight ways round, and where in the thumbnail's frame it lies.

A camera makes the thumbnail of the whole picture: stretched, with bars, or cut in the middle. So these placements are
tried first; only where none fits is the one searched for in the other at all scales (normalised cross-correlation,
Lewis, "Fast Template Matching", 1995). The best is refined to a part of a pixel (Evangelidis and Psarakis, "Parametric
Image Alignment Using Enhanced Correlation Coefficient Maximization", PAMI 2008). Pictures: uint8, shape (height, width,
3), R, G, B.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[Any]
    Floats = NDArray[Any]

FINE_PX = 256
"""Longer side to which a larger thumbnail is shrunk; the picture is brought to the scale of the thumbnail."""
_COARSE_PX = 64
_SEARCH_PX = 80
_GOOD = 0.95
"""A placement of a camera that fits so well needs no search; cropped pictures of the measurement stayed below."""
_SURE = 0.985
_FITS, _LITTLE = 0.85, 0.03
_LEAST, _SMALL_FITS, _SMALL = 0.75, 0.96, 0.25
"""Likeness that a searched placement must reach; the second where it is less than `_SMALL` of either."""
_HALF = 0.6
"""What a less usual placement may leave unexplained, of what the usual ones do."""
_SCALES = tuple(0.94**step for step in range(19))
_UNEQUAL = 1.5
"""By how much more one side may be stretched than the other against where the search began: nobody saves it so."""
_LEAST_PIXELS = 60
_LEAST_SHARE = 0.55
"""Overlap in which a placement is compared, of the smaller of both."""
TURNS = (
    "as it is",
    "turned by 90 degrees",
    "turned by 180 degrees",
    "turned by 270 degrees",
    "mirrored left-right",
    "mirrored and turned by 90 degrees",
    "mirrored top-bottom",
    "mirrored and turned by 270 degrees",
)


Placement = tuple[float, int, tuple[float, float, float, float]]
"""Likeness, turn, box."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """How the picture lies in its thumbnail."""

    turn: int
    """What was done to the thumbnail to meet the picture: an index of TURNS."""
    thumbnail: Pixels
    """The thumbnail so turned, its longer side at most FINE_PX."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom of the picture in pixels of that thumbnail; beyond its edges where it shows less."""
    content: tuple[int, int, int, int]
    """What of the thumbnail is no bar."""
    usual: frozenset[int]
    """The turns in which the thumbnail may have been stored."""
    likeness: float
    """Correlation of the grey levels in what both show, -1 to 1."""


def turned(pixels: Pixels, turn: int) -> Pixels:
    """One of the eight ways to lay a picture; 0 to 3 quarter turns clockwise, from 4 on mirrored first."""
    import numpy as np

    first = pixels[:, ::-1] if turn >= 4 else pixels
    return np.ascontiguousarray(np.rot90(first, -(turn % 4)))


def lay(picture: Pixels, thumbnail: Pixels, usual: frozenset[int] = frozenset({0})) -> Laid:
    """The best placement. Both at least 16 pixels each way.

    `usual`: the turns in which a camera can have stored the thumbnail. Another is taken only where it explains half of
    what these leave unexplained, since many pictures are nearly symmetrical.
    """
    thumbnail = shrunk(thumbnail, FINE_PX)
    grey, grey_thumbnail = grey_of(shrunk(picture, 2 * FINE_PX)), grey_of(thumbnail)
    others = frozenset(range(8)) - usual
    best = _best(grey, grey_thumbnail, usual)
    if best[0] < _SURE:
        other = _best(grey, grey_thumbnail, others)
        best = other if _explains(other, best) else best
    if best[0] < _GOOD:
        for turns in (usual, others):
            for found in sorted(_searched(grey, grey_thumbnail, turns), key=lambda one: -one[0])[:4]:
                other = _refined(grey, grey_thumbnail, found)
                best = other if _explains(other, best) and _credible(other, grey_thumbnail) else best
    likeness, turn, box = best
    upright = turned(thumbnail, turn)
    return Laid(
        turn=turn, thumbnail=upright, box=box, content=content(grey_of(upright)), usual=usual, likeness=likeness
    )


def _best(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Placement:
    return _refined(grey, thumbnail, max(_placed(grey, thumbnail, turns), key=lambda one: one[0]))


def _credible(found: Placement, thumbnail: Floats) -> bool:
    """Whether a placement that was searched can be trusted: a small part of anything looks like something."""
    height, width = thumbnail.shape if found[1] % 2 == 0 else thumbnail.shape[::-1]
    left, top, right, bottom = found[2]
    shared = max(0.0, min(width, right) - max(0, left)) * max(0.0, min(height, bottom) - max(0, top))
    share = min(shared / (width * height), shared / max((right - left) * (bottom - top), 1))
    return found[0] > (_SMALL_FITS if share < _SMALL else _LEAST)


def _explains(other: Placement, best: Placement) -> bool:
    """Whether a less usual placement is so much better; where the usual ones do not fit at all, little is enough."""
    return 1 - other[0] < _HALF * (1 - best[0]) or best[0] + _LITTLE < other[0] > _FITS > best[0]


def shrunk(pixels: Pixels, longest_px: int) -> Pixels:
    """The picture averaged down so that its longer side is at most `longest_px`."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    factor = longest_px / max(height, width)
    if factor >= 1:
        return pixels
    if factor < 0.25:  # rows and columns dropped first: averaging 12 megapixels would take ten times as long
        step = int(0.5 / factor)
        pixels = np.ascontiguousarray(pixels[::step, ::step])
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def grey_of(pixels: Pixels) -> Floats:
    """Luma, float32, 0 to 255."""
    import cv2
    import numpy as np

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def content(grey: Floats) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what lies between bars: rows or columns at opposite edges in one even tone."""
    height, width = grey.shape
    top, bottom = _bars(grey)
    left, right = _bars(grey[top : height - bottom].T)
    return (left, top, width - right, height - bottom)


def within(shape: tuple[int, ...], box: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """A mask of the box in a frame of this shape."""
    import numpy as np

    mask = np.zeros(shape[:2], bool)
    mask[box[1] : box[3], box[0] : box[2]] = True
    return mask


def _bars(grey: Floats) -> tuple[int, int]:
    """How many rows at the start and the end are a bar: even, alike in tone, at both ends, less than a third each."""
    most = grey.shape[0] // 3
    start, end = _even(grey[: most + 1]), _even(grey[::-1][: most + 1])
    both = min(start, end) > 0 and max(start, end) <= most and abs(float(grey[0].mean() - grey[-1].mean())) < 12
    return (start, end) if both and abs(start - end) <= max(3, 0.1 * grey.shape[0]) else (0, 0)


def _even(rows: Floats) -> int:
    """Rows from the first on that have its tone and no more than the noise of JPEG."""
    tone = float(rows[0].mean())
    count = 0
    for row in rows:
        if float(row.std()) > 5 or abs(float(row.mean()) - tone) > 5:
            break
        count += 1
    return count


def _placed(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Iterator[Placement]:
    """Every placement a camera or program uses, in each way round, with its likeness at a coarse scale."""
    for turn in sorted(turns):
        upright = turned(thumbnail, turn)
        for box in dict.fromkeys(usual_boxes(grey.shape[1] / grey.shape[0], upright)):
            yield likeness(grey, upright, box, _COARSE_PX), turn, box


def usual_boxes(aspect: float, upright: Floats) -> Iterator[tuple[float, float, float, float]]:
    """Stretched, between bars, cut in the middle; within the whole thumbnail and within what is no bar."""
    height, width = upright.shape
    for left, top, right, bottom in dict.fromkeys(((0, 0, width, height), content(upright))):
        across, down = right - left, bottom - top
        yield (left, top, right, bottom)
        for wide in (min(across, down * aspect), max(across, down * aspect)):
            high, middle, centre = wide / aspect, (left + right) / 2, (top + bottom) / 2
            yield (middle - wide / 2, centre - high / 2, middle + wide / 2, centre + high / 2)


def likeness(grey: Floats, upright: Floats, box: tuple[float, float, float, float], longest_px: int = FINE_PX) -> float:
    """Correlation of the picture, laid into `box`, and the thumbnail where both are; -1 where they hardly meet."""
    import cv2
    import numpy as np

    factor = min(1.0, longest_px / max(upright.shape))
    size = max(8, round(upright.shape[1] * factor)), max(8, round(upright.shape[0] * factor))
    small = cv2.resize(upright, size, interpolation=cv2.INTER_AREA) if factor < 1 else upright
    scaled = tuple(value * factor for value in box)
    over, seen = warped(grey, (small.shape[1], small.shape[0]), (scaled[0], scaled[1], scaled[2], scaled[3]))
    shares = seen.mean(), seen.sum() / max((scaled[2] - scaled[0]) * (scaled[3] - scaled[1]), 1)
    if max(shares) < _LEAST_SHARE:
        return -1.0
    if longest_px >= FINE_PX:
        seen &= within(small.shape, content(small))
    if seen.sum() < _LEAST_PIXELS:
        return -1.0
    first, second = over[seen], small[seen]
    spread = float(first.std() * second.std())
    return float(np.mean((first - first.mean()) * (second - second.mean())) / spread) if spread > 1e-3 else -1.0


def warped(
    picture: NDArray[np.generic], size: tuple[int, int], box: tuple[float, float, float, float]
) -> tuple[Floats, NDArray[np.bool_]]:
    """The picture laid into `box` of a frame of `size` (width, height), averaged, and where it covers the frame."""
    import cv2
    import numpy as np

    across, down = box[2] - box[0], box[3] - box[1]
    whole = max(1, round(across)), max(1, round(down))
    shrinks = whole[0] < picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    source = cv2.resize(np.asarray(picture, np.float32), whole, interpolation=how)
    matrix = np.array(
        [
            [across / whole[0], 0, box[0] + across / whole[0] / 2 - 0.5],
            [0, down / whole[1], box[1] + down / whole[1] / 2 - 0.5],
        ],
        np.float64,
    )
    over = cv2.warpAffine(source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    columns, rows = np.arange(size[0]) + 0.5, np.arange(size[1]) + 0.5
    seen = ((rows >= box[1]) & (rows <= box[3]))[:, None] & ((columns >= box[0]) & (columns <= box[2]))[None]
    return np.asarray(over, np.float32), seen


def _searched(grey: Floats, thumbnail: Floats, turns: frozenset[int]) -> Iterator[Placement]:
    """The best place of the picture in the thumbnail and of the thumbnail in the picture, in each way round."""
    for turn in sorted(turns):
        whole = turned(thumbnail, turn)
        # Even edges may be bars or the picture's own, so both frames are searched.
        for left, top, right, bottom in dict.fromkeys((content(whole), (0, 0, whole.shape[1], whole.shape[0]))):
            upright = whole[top:bottom, left:right]
            for value, _, box in (_within(grey, upright, turn), _around(grey, upright, turn)):
                yield value, turn, (box[0] + left, box[1] + top, box[2] + left, box[3] + top)


def _within(grey: Floats, upright: Floats, turn: int) -> Placement:
    """The picture as a part of what the thumbnail shows."""
    import cv2

    factor = min(1.0, _SEARCH_PX / max(upright.shape))
    aspect = grey.shape[1] / grey.shape[0]
    frame = cv2.resize(upright, (max(8, round(upright.shape[1] * factor)), max(8, round(upright.shape[0] * factor))))
    fit = min(frame.shape[1], frame.shape[0] * aspect)
    best: Placement = (-1.0, turn, (0.0, 0.0, float(upright.shape[1]), float(upright.shape[0])))
    for scale in _SCALES:
        size = round(fit * scale), round(fit * scale / aspect)
        if min(size) < 8 or size[0] > frame.shape[1] or size[1] > frame.shape[0]:
            continue
        value, (x, y) = _best_place(frame, cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
        if value > best[0]:
            box = tuple(edge / factor for edge in (x, y, x + size[0], y + size[1]))
            best = (value, turn, (box[0], box[1], box[2], box[3]))
    return best


def _around(grey: Floats, upright: Floats, turn: int) -> Placement:
    """The thumbnail as a part of what the picture shows."""
    import cv2

    aspect = upright.shape[1] / upright.shape[0]
    less = _SEARCH_PX / max(grey.shape)
    frame = cv2.resize(
        grey,
        (max(8, round(grey.shape[1] * less)), max(8, round(grey.shape[0] * less))),
        interpolation=cv2.INTER_AREA,
    )
    fit = min(frame.shape[1], frame.shape[0] * aspect)
    best: Placement = (-1.0, turn, (0.0, 0.0, float(upright.shape[1]), float(upright.shape[0])))
    for scale in _SCALES:
        size = round(fit * scale), round(fit * scale / aspect)
        if min(size) < 8 or size[0] > frame.shape[1] or size[1] > frame.shape[0]:
            continue
        value, (x, y) = _best_place(frame, cv2.resize(upright, size, interpolation=cv2.INTER_AREA))
        if value > best[0]:
            unit = upright.shape[1] / size[0]
            best = (
                value,
                turn,
                (-x * unit, -y * unit, (frame.shape[1] - x) * unit, (frame.shape[0] - y) * unit),
            )
    return best


def _best_place(frame: Floats, template: Floats) -> tuple[float, tuple[int, int]]:
    import cv2
    import numpy as np

    if float(template.std()) < 2:
        return -1.0, (0, 0)
    scores = np.nan_to_num(cv2.matchTemplate(frame, template, cv2.TM_CCOEFF_NORMED), posinf=-1, neginf=-1)
    _, value, _, place = cv2.minMaxLoc(scores)
    return float(value), (int(place[0]), int(place[1]))


def _refined(grey: Floats, thumbnail: Floats, found: Placement) -> Placement:
    """The placement moved and stretched to where it fits best; as it was where that gains nothing."""
    import cv2
    import numpy as np

    _, turn, box = found
    upright = turned(thumbnail, turn)
    before = likeness(grey, upright, box)
    over, seen = warped(grey, (upright.shape[1], upright.shape[0]), box)
    seen &= within(upright.shape, content(upright))
    matrix: NDArray[Any] = np.eye(2, 3, dtype=np.float32)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 1e-4)
    try:
        _, matrix = cv2.findTransformECC(upright, over, matrix, cv2.MOTION_AFFINE, stop, np.asarray(seen, np.uint8), 5)
    except cv2.error:
        return before, turn, box
    # The matrix leads from the thumbnail to the picture as laid; its inverse without shear moves the box.
    across, down = float(matrix[0, 0]), float(matrix[1, 1])
    if not (0.6 < across < 1.7 and 0.6 < down < 1.7 and 1 / _UNEQUAL < across / down < _UNEQUAL):
        return before, turn, box
    moved = (
        (box[0] - float(matrix[0, 2])) / across,
        (box[1] - float(matrix[1, 2])) / down,
        (box[2] - float(matrix[0, 2])) / across,
        (box[3] - float(matrix[1, 2])) / down,
    )
    after = likeness(grey, upright, moved)
    return (after, turn, moved) if after > before else (before, turn, box)
