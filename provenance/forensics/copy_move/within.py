"""Check "copy-move": parts of the picture that are copies of each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...image.containers import sniff
from ...model.context import Context
from ...model.differences import Anomaly, AnomalyKind, SuspectRegion
from ...model.image import Image
from ...model.outcome import Outcome, Ran, Skipped
from ..blind.regions import alarm, region
from ..blind.silence import ORIGINAL, small_or_preview
from ..blind.tables import as_fine_as, chrominance_table, luminance_table
from .against import colour_energy, planes
from .copies import copies
from .exactness import EQUALITY, Exact, Least
from .identical import MOST_PX as EQUAL_MOST_PX
from .likeness import means

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

METHOD = "copy-move"
LEAST_QUALITY, LEAST_BARE_QUALITY = 86, 93
"""Of a JPEG with tags of a camera or editor, and of one without. Services that take the tags away save at 60 to 92
(docs/measured/platforms.md), and what they leave of fine detail tells no copy from a lookalike."""
LEAST_SIDE_PX = 256
MOST_DRAWN = 1 / 3
"""Share of blocks without any detail: pages, charts and screens have more, photographs with a burnt-out sky as well."""
_FLAT_LEVELS2 = 0.25
_LEAST_COLOUR_NOISE2, _QUIETEST = 1.0, 0.1
"""Squared levels, and the share of cells that may have less: rounding alone leaves a third of one in both colours, the
sensor more, and the coarse tables of a posted copy next to none (docs/measured/copy_move.md)."""
_DARKEST, _BRIGHTEST, _CLEAR = 3, 252, 0.9
_NO_NOISE = "the noise of its colours is gone, as in screenshots: a copied part could not be told there"
_LOSSLESS = (sniff.PNG, sniff.BMP, sniff.TIFF)
_DETAIL_PER_STEP2 = 8
"""A cell speaks when its fine detail is that of eight coefficients of one step each."""
_COLOURS_PER_CHROMA2 = 4
"""What a squared level of chrominance adds to red less green and blue less green (ITU-R BT.601: factors up to 2.1)."""
_LIMITS = (
    "This does not show which of the two was copied from the other, when, why or by whom.",
    "Drawn and rendered pictures, patterns laid on and a few cameras' stitched panoramas repeat parts exactly as well.",
    "Copies that were mirrored, retouched, small, turned or scaled by much or that hold little detail are not found.",
)
_COLOURS = ", and in colour by less than that share"
_EQUAL = "; ".join(
    f"{one.levels2} and {100 * one.share:.0f} % of its energy{_COLOURS if one.colours else ''} (chance {one.chance})"
    for one in EQUALITY
)
_NOTHING = "no two parts were found that are copies of each other"
_NOT_EQUAL = f"it was not asked which are equal in every pixel: that is done up to {EQUAL_MOST_PX // 10**6} megapixels"
_COUNTING = (
    "trials are the 8 x 8 cells of the window with fine detail, hits those that differ from their partners, as they "
    f"are or softened where they are laid smaller, by less than {_EQUAL}; or in no pixel where the region says so; "
    "window_px is in the upright picture"
)


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - every check has this signature
    """An Anomaly with the parts that equal others; Skipped where saving has taken what would tell.

    What a screenshot of a posted copy shows was saved strongly before, whatever the file is now: equal parts are told
    where they are found, but that none are says nothing there.
    """
    if (said := _cannot_speak(image)) is not None:
        return said
    copy = image.working_copy
    if copy is None:
        return Skipped(reason="the picture was not decoded", remedy="ask for a file that can be decoded")
    if drawn_share(copy.pixels) > MOST_DRAWN:
        return Skipped(reason="a third of the picture and more has no detail at all, as on screens and in drawings")
    found = copies(copy.pixels, least_detail(luminance_table(image), chrominance_table(image)))
    if not found and image.original.media_type != sniff.JPEG and not holds_colour_noise(copy.pixels):
        return Skipped(reason=_NO_NOISE, remedy=ORIGINAL)
    if not found:
        small = copy.width_px * copy.height_px <= EQUAL_MOST_PX
        return Ran(note=_NOTHING if small else f"{_NOTHING}; {_NOT_EQUAL}")
    return Ran(evidence=(_anomaly(found, (copy.width_px, copy.height_px)),))


def _cannot_speak(image: Image) -> Skipped | None:
    if (said := small_or_preview(image)) is not None:
        return said
    copy = image.working_copy
    if copy is not None and min(copy.width_px, copy.height_px) < LEAST_SIDE_PX:
        return Skipped(reason=f"too small: a side is below {LEAST_SIDE_PX} pixels", remedy=ORIGINAL)
    if image.original.media_type == sniff.JPEG:
        tagged = any(block.kind == "exif" for block in image.structure.blocks)
        least = LEAST_QUALITY if tagged else LEAST_BARE_QUALITY
        if as_fine_as(luminance_table(image), least):
            return None
        without = "" if tagged else " and without a camera's tags"
        return Skipped(reason=f"saved as a JPEG below quality {least}{without}, as posted copies are", remedy=ORIGINAL)
    lossless = any(block.name == "VP8L" for block in image.structure.blocks)
    if image.original.media_type in _LOSSLESS or (image.original.media_type == sniff.WEBP and lossless):
        return None
    return Skipped(reason="saved in a format that takes fine detail away", remedy=ORIGINAL)


def drawn_share(pixels: Pixels) -> float:
    """Share of the 8 x 8 blocks of a picture, shape (height, width, 3), without any detail."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    rows, columns = (side // 8 for side in grey.shape)
    blocks = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8).astype(np.float32)
    return float((blocks.var((1, 3)) < _FLAT_LEVELS2).mean())


def holds_colour_noise(pixels: Pixels) -> bool:
    """Whether all but a tenth of the cells that are neither black nor white have fine detail in their colours; a grey
    picture, shape (height, width, 3), has no colours to ask."""
    import numpy as np

    _, *pair = planes(pixels)
    if not any(plane.any() for plane in pair):
        return True
    inside = (pixels.min(2) > _DARKEST) & (pixels.max(2) < _BRIGHTEST)
    clear = means(inside.astype(np.float32)) > _CLEAR
    noise = colour_energy((pair[0], pair[1]))[clear]
    return bool(noise.size) and float(np.quantile(noise, _QUIETEST)) >= _LEAST_COLOUR_NOISE2


def least_detail(luminance: tuple[int, ...], chrominance: tuple[int, ...]) -> Least:
    """Energies of fine detail that a cell needs, by a JPEG's tables, or none."""
    return Least(light=_wiped_out(luminance), colours=_COLOURS_PER_CHROMA2 * _wiped_out(chrominance or luminance))


def _wiped_out(table: tuple[int, ...]) -> float:
    middle = sorted(table)[len(table) // 2] if table else 0
    return _DETAIL_PER_STEP2 * middle**2 / 64


def _anomaly(found: tuple[Exact, ...], size_px: tuple[int, int]) -> Anomaly:
    regions = tuple(_region(one, size_px) for one in found)
    first = regions[0]
    x, y, width, height = first.box_px
    partner = first.partner_px or first.box_px
    where = f"x {x}, y {y}, {width} x {height} px and x {partner[0]}, y {partner[1]}, {partner[2]} x {partner[3]} px"
    more = (
        f"; {len(regions) - 1} more such pairs" if len(regions) > 2 else "; one more such pair" if regions[1:] else ""
    )
    statement = f"Two parts of the picture are copies of each other to within what saving leaves: {where}{more}."
    return alarm(METHOD, statement, AnomalyKind.COPIED_WITHIN, regions, limits=_LIMITS, counting=_COUNTING)


def _region(one: Exact, size_px: tuple[int, int]) -> SuspectRegion:
    import numpy as np

    plain = region(one.found, size_px)
    x, y, width, height = plain.box_px
    corners = np.array([[x, y], [x + width, y], [x, y + height], [x + width, y + height]], np.float64) - 0.5
    places = corners @ one.shift[:, :2].T + one.shift[:, 2] + 0.5
    left, top = (int(side) for side in np.clip(np.floor(places.min(0)), 0, np.array(size_px) - 1))
    right, bottom = (int(side) for side in np.clip(np.ceil(places.max(0)), 1, size_px))
    scale = float(np.sqrt(abs(np.linalg.det(one.shift[:, :2]))))
    turn = float(np.degrees(np.arctan2(one.shift[1, 0], one.shift[0, 0])))
    return replace(
        plain,
        partner_px=(left, top, max(1, right - left), max(1, bottom - top)),
        detail=f"equal to its partner, which lies turned by {turn:.1f} degrees at a scale of {scale:.2f}",
    )
