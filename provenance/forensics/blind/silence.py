"""For which files the grid of their pixels can speak at all, and why not for the others."""

from __future__ import annotations

from ...image.containers import sniff
from ...image.previews import RAWS, is_smaller
from ...model.image import Image
from ...model.outcome import Skipped
from .tables import as_fine_as, luminance_table

LEAST_QUALITY = 98
"""Of a JPEG: below it, saving leaves too little of an earlier grid (docs/measured/blind.md)."""
LEAST_SIDE_PX = 128
MOST_PX = 40_000_000
"""Width times height: the votes of a megapixel take a fifth of a second."""
_LOSSLESS = (sniff.PNG, sniff.BMP, sniff.TIFF)
ORIGINAL = "ask for the original file, from the author"
_EARLIER = "ask for the file as it was before it was last saved"


def small_or_preview(image: Image) -> Skipped | None:
    """What holds for all methods that look at pixels of one file."""
    copy = image.working_copy
    if copy is None:
        return Skipped(reason="the picture was not decoded", remedy="ask for a file that can be decoded")
    if image.original.media_type in RAWS or is_smaller(image.structure, copy.width_px, copy.height_px):
        return Skipped(reason="only a preview inside the file was examined", remedy="ask for the developed picture")
    if min(copy.width_px, copy.height_px) < LEAST_SIDE_PX:
        return Skipped(reason=f"too small: a side is below {LEAST_SIDE_PX} pixels", remedy=ORIGINAL)
    if copy.width_px * copy.height_px > MOST_PX:
        return Skipped(reason=f"too large: more than {MOST_PX // 1_000_000} million pixels")
    return None


def grid_is_wiped_out(image: Image) -> Skipped | None:
    """Whether the way the file was last saved leaves nothing of an earlier JPEG grid."""
    if (said := small_or_preview(image)) is not None:
        return said
    if image.original.media_type == sniff.JPEG:
        if as_fine_as(luminance_table(image), LEAST_QUALITY):
            return None
        reason = f"saved as a JPEG below quality {LEAST_QUALITY}, which wipes out an earlier grid"
        return Skipped(reason=reason, remedy=_EARLIER)
    lossless = any(block.name == "VP8L" for block in image.structure.blocks)
    if image.original.media_type in _LOSSLESS or (image.original.media_type == sniff.WEBP and lossless):
        return None
    return Skipped(reason="saved in a format that wipes out an earlier JPEG grid", remedy=_EARLIER)
