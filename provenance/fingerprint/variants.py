"""Variants of a picture as they go round: cut, mirrored, captioned, posted, saved badly. Kept nowhere.

They stand for what a reference set may hold of a picture, so that a search that found nothing can say what of it would
have been found. All are made from the picture at no more than the size at which platforms show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ..model.image import WorkingCopy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Colour = tuple[int, int, int]

LONGEST_PX = 1200
"""Of the picture that the variants are made from: what posts show, twice what a set looks at."""
SCALED_PX = 400
QUALITY = 30
_BAR_SHARE = 0.2
_SCREEN_PX = 540, 960  # a phone's screen, at half of a common size
_HEAD_PX = 130
_INK: Colour = (15, 20, 25)
_FAINT: Colour = (110, 118, 125)


def variants(copy: WorkingCopy) -> Iterator[tuple[str, WorkingCopy]]:
    """Each variant with the words for it, always the same and in the same order, without one that would change nothing.

    At most eight: crops to 50 and 30 % of the area around the middle, mirrored, with a caption bar, in a screenshot of
    a post, saved at JPEG quality 30, scaled to 400 pixels, without colour.
    """
    import numpy as np

    plain = _contained(np.ascontiguousarray(copy.pixels), LONGEST_PX, LONGEST_PX)
    for words, make in _MAKERS:
        made = make(plain)
        if made.shape != plain.shape or not np.array_equal(made, plain):
            yield words, WorkingCopy(pixels=np.ascontiguousarray(made))


def _cropped(share: float) -> Callable[[Pixels], Pixels]:
    """The middle of a picture, of this share of its area, in its aspect ratio."""

    def cut(pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        down, across = max(1, round(height * share**0.5)), max(1, round(width * share**0.5))
        top, left = (height - down) // 2, (width - across) // 2
        return pixels[top : top + down, left : left + across]

    return cut


def _mirrored(pixels: Pixels) -> Pixels:
    return pixels[:, ::-1]


def _captioned(pixels: Pixels) -> Pixels:
    """A white bar below with a line of words in it."""
    import numpy as np

    height, width = pixels.shape[:2]
    bar = np.full((max(24, round(height * _BAR_SHARE)), width, 3), 255, np.uint8)
    size = min(bar.shape[0] / 70, width / 420)
    _write(bar, "SHARE BEFORE IT IS DELETED", (width // 20, round(bar.shape[0] * 0.6)), size, _INK)
    return np.concatenate([pixels, bar])


def _posted(pixels: Pixels) -> Pixels:
    """A phone's screen with a post on it: avatar, name, words, the picture at full width, icons, the next post."""
    import cv2
    import numpy as np

    across, down = _SCREEN_PX
    screen = np.full((down, across, 3), 255, np.uint8)
    shown = _contained(pixels, across, down - 2 * _HEAD_PX, enlarge=True)
    below = _HEAD_PX + shown.shape[0]
    left = (across - shown.shape[1]) // 2
    screen[_HEAD_PX:below, left : left + shown.shape[1]] = shown
    cv2.circle(screen, (44, 40), 24, (120, 150, 190), -1, cv2.LINE_AA)
    _write(screen, "User 512", (84, 36), 0.6, _INK)
    _write(screen, "@user512 - 3 h", (84, 60), 0.5, _FAINT)
    _write(screen, "This is happening right now, share it", (20, 106), 0.7, _INK)
    for place in range(4):
        cv2.circle(screen, (42 + 130 * place, below + 36), 12, _FAINT, 2, cv2.LINE_AA)
        _write(screen, str(317 * (place + 1)), (64 + 130 * place, below + 42), 0.5, _FAINT)
    for line, top in enumerate(range(below + 110, down - 10, 34)):
        _write(
            screen,
            "Another post, and what it says" if line % 2 else "of something else altogether",
            (20, top),
            0.6,
            _INK,
        )
    return screen


def _saved(pixels: Pixels) -> Pixels:
    """Through JPEG and back; only bytes made here are decoded."""
    import cv2
    import numpy as np

    _, coded = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    back = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    return np.asarray(back, np.uint8)[:, :, ::-1]


def _scaled(pixels: Pixels) -> Pixels:
    return _contained(pixels, SCALED_PX, SCALED_PX)


def _grey(pixels: Pixels) -> Pixels:
    import cv2
    import numpy as np

    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.cvtColor(luma, cv2.COLOR_GRAY2RGB), np.uint8)


def _contained(pixels: Pixels, across: int, down: int, *, enlarge: bool = False) -> Pixels:
    """Scaled to fit into a box; enlarged, to twice at most, only when asked to."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    factor = min(across / width, down / height, 2.0 if enlarge else 1.0)
    size = max(1, round(width * factor)), max(1, round(height * factor))
    if size == (width, height):
        return pixels
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def _write(pixels: Any, words: str, place: tuple[int, int], size: float, colour: Colour) -> None:
    """OpenCV's own letters, which are the same on every machine."""
    import cv2

    cv2.putText(pixels, words, place, cv2.FONT_HERSHEY_SIMPLEX, size, colour, max(1, round(2 * size)), cv2.LINE_AA)


_MAKERS: tuple[tuple[str, Callable[[Pixels], Pixels]], ...] = (
    ("crop to 50 %", _cropped(0.5)),
    ("crop to 30 %", _cropped(0.3)),
    ("mirrored", _mirrored),
    ("with a caption bar", _captioned),
    ("in a screenshot of a post", _posted),
    (f"saved at JPEG quality {QUALITY}", _saved),
    (f"scaled to {SCALED_PX} px", _scaled),
    ("without colour", _grey),
)
