"""The luminance table of a JPEG, and whether it is as fine as that of a quality.

Read here in a few lines, because this room does not know the one that reads all metadata.
"""

from __future__ import annotations

import struct

from ...image.structure import payload
from ...model.image import Image

# ITU-T T.81 annex K.1, table K.1, in the zigzag order of the file; libjpeg scales it (jcparam.c).
_LUMINANCE = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121, 112, 100, 120, 92, 101, 103, 99,
)  # fmt: skip
_LOW = 15
"""Entries of the lowest frequencies, which are those that pictures have content at."""


def luminance_table(image: Image) -> tuple[int, ...]:
    """Table 0 in zigzag order, the last of that number (ITU-T T.81, section B.2.4.1); empty where there is none."""
    found: tuple[int, ...] = ()
    for block in image.structure.blocks:
        if block.kind != "quantisation":
            continue
        segment, at = payload(image.data, block), 0
        while at < len(segment):
            wide = 2 if segment[at] >> 4 else 1
            body = segment[at + 1 : at + 1 + 64 * wide]
            if len(body) < 64 * wide:
                break
            if segment[at] & 15 == 0:
                found = tuple(body) if wide == 1 else struct.unpack(">64H", body)
            at += 1 + 64 * wide
    return found


def of_quality(quality: int) -> tuple[int, ...]:
    """libjpeg's luminance table of a quality from 50 to 100, in zigzag order."""
    return tuple(max(1, (value * (200 - 2 * quality) + 50) // 100) for value in _LUMINANCE)


def as_fine_as(table: tuple[int, ...], quality: int) -> bool:
    """Whether the steps are on the whole no larger than libjpeg's at a quality: those of low frequencies, and all."""
    like = of_quality(quality)
    return bool(table) and sum(table[:_LOW]) <= sum(like[:_LOW]) and sum(table) <= sum(like)
