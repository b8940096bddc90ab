"""The picture that a raw file shows in place of its sensor values: the largest JPEG in it that can be decoded.

Sensor values are not developed here. Cameras and converters keep whole JPEGs beside them (TIFF/EP, ISO 12234-2; DNG
1.7, "Preview images"), in several sizes; a lossless JPEG (ITU-T T.81, annex H) among them is the sensor's and is left.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..model.image import Refusal, Structure, WorkingCopy
from ..model.limits import Limits
from .containers import jpeg, raw_types, sniff
from .containers.structure import payload
from .decoding import turning

RAWS = frozenset(raw_types.NAMES)
STEP = "examined on the preview of"
_MOST, _TRIED = 12, 3
_SMALL_PX = 640 * 480
"""A picture below this is held against the first directory's own, which need be no JPEG."""
_FRAMES = ("SOF0", "SOF1", "SOF2")
_ORIENTATION, _MOST_ENTRIES = 0x0112, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A JPEG in a raw file, by its own frame header."""

    content: bytes
    width_px: int
    height_px: int
    tagged: bool
    """It has an EXIF block of its own, so that the decoder turns it."""


def examined(
    data: bytes, walked: Structure, limits: Limits, decode: Callable[[bytes, str], WorkingCopy | Refusal]
) -> WorkingCopy | Refusal:
    """The largest preview, upright; a refusal where none can be decoded. Its first step names both sizes in pixels."""
    found: WorkingCopy | Refusal | None = None
    for preview in previews(data, walked, limits)[:_TRIED]:
        found = decode(preview.content, sniff.JPEG)
        if isinstance(found, WorkingCopy):
            found = found if preview.tagged else _turned(found, _orientation(data))
            break
    if not isinstance(found, WorkingCopy) or found.width_px * found.height_px < _SMALL_PX:
        own = decode(data, walked.media_type)
        if isinstance(own, WorkingCopy) and (not isinstance(found, WorkingCopy) or own.pixels.size > found.pixels.size):
            found = replace(own, steps=own.steps[1:])  # what the first step says is said below
        found = own if found is None else found
    return _said(found, walked) if isinstance(found, WorkingCopy) else found


def is_smaller(declared: Structure, width_px: int, height_px: int) -> bool:
    """Whether pixels of this size are a smaller copy of what the container declares, either way round."""
    differs = {declared.width_px, declared.height_px} != {width_px, height_px}
    return differs and width_px * height_px < declared.width_px * declared.height_px


def previews(data: bytes, walked: Structure, limits: Limits) -> list[Preview]:
    """The whole JPEGs of a raw file that a decoder of pictures takes, largest first."""
    found = []
    for block in [block for block in walked.blocks if block.kind == "preview"][:_MOST]:
        content = payload(data, block)
        inner = jpeg.walk(content, limits)
        frame = next((one.name for one in inner.blocks if one.kind == "frame"), "")
        if frame in _FRAMES and 0 < inner.width_px * inner.height_px <= limits.pixels_px:
            tagged = any(one.kind == "exif" for one in inner.blocks)
            found.append(Preview(content=content, width_px=inner.width_px, height_px=inner.height_px, tagged=tagged))
    return sorted(found, key=lambda one: -one.width_px * one.height_px)


def _said(copy: WorkingCopy, walked: Structure) -> WorkingCopy:
    raw = f"the raw picture is {walked.width_px} x {walked.height_px} px"
    if not (walked.width_px and walked.height_px):
        raw = "the size of the raw picture is not known"
    return replace(copy, steps=(f"{STEP} {copy.width_px} x {copy.height_px} px; {raw}", *copy.steps))


def _turned(copy: WorkingCopy, orientation: int) -> WorkingCopy:
    """Upright by the raw file's own orientation, which holds for a preview without one."""
    import numpy as np

    if not turning.turns(orientation):
        return copy
    pixels = np.ascontiguousarray(turning.upright(copy.pixels, orientation))
    pixels.flags.writeable = False
    return replace(copy, pixels=pixels, steps=(*copy.steps, turning.step(orientation)))


def _orientation(data: bytes) -> int:
    """Of the first directory, under whichever magic number; 1 where there is none."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    start = struct.unpack_from(f"{order}I", data, 4)[0] if order and len(data) >= 8 else 0
    if not order or not 8 <= start <= len(data) - 2:
        return 1
    count = min(struct.unpack_from(f"{order}H", data, start)[0], _MOST_ENTRIES, (len(data) - start - 2) // 12)
    for index in range(count):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", data, start + 2 + 12 * index)
        if tag == _ORIENTATION and kind == 3:
            return int(value)
    return 1
