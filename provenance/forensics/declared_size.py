"""Check "declared-size": whether the size in the EXIF tags is the size of the picture.

A camera writes both at once; most programs that resize or crop keep the tags and forget these two. No tolerance but
for the turn: of 210 EXIF blocks with a size in public test files 126 equal the picture, and none of the other 84 is
within 16 pixels of it. The two numbers are read here, in a few lines, because this room does not know the one that
reads all tags and needs nothing else of it.
"""

from __future__ import annotations

import struct

from ..image.containers.structure import payload
from ..image.previews import RAWS, is_smaller
from ..model.context import Context
from ..model.evidence import Trace
from ..model.image import Block, Image
from ..model.outcome import Outcome, Ran, Skipped
from ..model.source import FILE_TAGS

METHOD = "declared-size"
_EXIF, _WIDTH, _HEIGHT = 0x8769, 0xA002, 0xA003  # Exif 3.0 sections 4.6.3 and 4.6.6.2
_BLOCKS = 8


def check(image: Image, context: Context) -> Outcome:  # noqa: ARG001 - every check has this signature
    """A Trace for each EXIF block whose size, either way round, is not that of the decoded picture."""
    picture = image.working_copy
    if picture is None:
        return Skipped(reason="the picture was not decoded", remedy="ask for a file that can be decoded")
    preview = is_smaller(image.structure, picture.width_px, picture.height_px)
    if preview or image.original.media_type in RAWS:
        reason = "only a preview inside the file was examined, and it has a size of its own"
        return Skipped(reason=reason, remedy="ask for the picture as the photographer developed it")
    blocks = [block for block in image.structure.blocks if block.kind == "exif"][:_BLOCKS]
    declared = [(block, size) for block in blocks if (size := declared_size(payload(image.data, block)))]
    if not declared:
        return Skipped(reason="no size in the tags", remedy="ask for the original file")
    actual = (picture.width_px, picture.height_px)
    traces = [_trace(block, size, actual) for block, size in declared if sorted(size) != sorted(actual)]
    if traces:
        return Ran(evidence=tuple(traces))
    return Ran(note=f"the size in the tags, {declared[0][1][0]} x {declared[0][1][1]}, is that of the picture")


def _trace(block: Block, size: tuple[int, int], actual: tuple[int, int]) -> Trace:
    return Trace(
        source=FILE_TAGS,
        statement=f"The tags say {size[0]} x {size[1]}, the picture is {actual[0]} x {actual[1]}.",
        method=METHOD,
        limits=(
            "Some cameras and phones write the size of another rendering of the same shot.",
            f"The tags stand in the EXIF block at byte {block.payload_offset_bytes:,} and can be written by anybody.",
        ),
        topic="size",
        value=f"{size[0]} x {size[1]} by the tags, {actual[0]} x {actual[1]} decoded",
        alters=True,
    )


def declared_size(block: bytes) -> tuple[int, int] | None:
    """PixelXDimension and PixelYDimension of an EXIF block; None when either is missing, zero or out of reach."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return None
    first = struct.unpack_from(f"{order}I", block, 4)[0]
    pointer = _numbers(block, order, first, (_EXIF,)).get(_EXIF, 0)
    found = _numbers(block, order, pointer, (_WIDTH, _HEIGHT)) if pointer else {}
    width, height = found.get(_WIDTH, 0), found.get(_HEIGHT, 0)
    return (width, height) if width > 0 and height > 0 else None


def _numbers(block: bytes, order: str, start: int, tags: tuple[int, ...]) -> dict[int, int]:
    """The wanted SHORT and LONG values of one directory (TIFF 6.0 section 2)."""
    if start + 2 > len(block):
        return {}
    listed = struct.unpack_from(f"{order}H", block, start)[0]
    count = min(listed, (len(block) - start - 2) // 12)
    found: dict[int, int] = {}
    for index in range(count):
        at = start + 2 + 12 * index
        tag, kind, values = struct.unpack_from(f"{order}HHI", block, at)
        if tag in tags and tag not in found and values == 1 and kind in (3, 4, 9):
            found[tag] = struct.unpack_from(f"{order}{'H' if kind == 3 else 'i' if kind == 9 else 'I'}", block, at + 8)[
                0
            ]
    return found
