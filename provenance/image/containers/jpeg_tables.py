"""Quantisation tables of a JPEG (ITU-T T.81 section B.2.4.1), and those that libjpeg makes for each quality."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import cache

from ...model.image import Block
from .structure import payload

# ITU-T T.81 annex K.1, in the zigzag order of the file; libjpeg scales these two (jcparam.c).
_LUMINANCE = (
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61,
    60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113,
    121, 112, 100, 120, 92, 101, 103, 99,
)  # fmt: skip
_CHROMINANCE = (
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, *(99,) * 50,
)  # fmt: skip

Tables = Mapping[int, tuple[int, ...]]


def quantisation_tables(data: bytes, blocks: Iterable[Block]) -> dict[int, tuple[int, ...]]:
    """Table number to its 64 values in zigzag order; a later table replaces an earlier one of its number."""
    found: dict[int, tuple[int, ...]] = {}
    for block in blocks:
        if block.kind != "quantisation":
            continue
        segment, at = payload(data, block), 0
        while at < len(segment):
            width = 2 if segment[at] >> 4 else 1
            body = segment[at + 1 : at + 1 + 64 * width]
            if len(body) < 64 * width:
                break
            found[segment[at] & 15] = tuple(body) if width == 1 else struct.unpack(">64H", body)
            at += 1 + 64 * width
    return found


@cache
def libjpeg(step: int, most: int = 255) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """libjpeg's tables for a quality of 1 to 100 (jcparam.c, jpeg_quality_scaling and jpeg_add_quant_table).

    `most` is 255 for baseline tables and 32,767 where the program let libjpeg write 16 bits.
    """
    scale = 5000 // step if step < 50 else 200 - 2 * step
    luminance, chrominance = (
        tuple(min(most, max(1, (value * scale + 50) // 100)) for value in base) for base in (_LUMINANCE, _CHROMINANCE)
    )
    return luminance, chrominance
