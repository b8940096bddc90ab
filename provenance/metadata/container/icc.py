"""The name of a colour profile: the 'desc' tag of an ICC profile (ICC.1:2022 sections 7.2, 7.3, 9.2.41, 10.15)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from ...image.structure import payload
from ...model.image import Block
from ...model.limits import Limits
from ..inflate import inflated

_TAGS = 200
_NAME_CHARS = 500


def profile(data: bytes, blocks: Sequence[Block], media_type: str, limits: Limits) -> tuple[bytes, str]:
    """The profile joined from its blocks and, when it was refused, the reason."""
    if sum(block.payload_length_bytes for block in blocks) > limits.metadata_bytes:
        return b"", f"The colour profile is longer than {limits.metadata_bytes:,} bytes; it was refused."
    if media_type == "image/png":
        packed = payload(data, blocks[0]).partition(b"\0")[2][1:]
        unpacked = inflated(packed, limits.metadata_bytes)
        reason = (
            f"The colour profile is broken or inflates to more than {limits.metadata_bytes:,} bytes; it was refused."
        )
        return (b"", reason) if unpacked is None else (unpacked, "")
    parts = blocks if media_type == "image/jpeg" else blocks[:1]
    return b"".join(payload(data, block) for block in parts), ""


def description(data: bytes) -> str:
    """The profile's name; "" when the profile has none that can be read."""
    if len(data) < 132:
        return ""
    count = min(struct.unpack_from(">I", data, 128)[0], _TAGS, (len(data) - 132) // 12)
    for index in range(count):
        name, offset, length = struct.unpack_from(">4sII", data, 132 + 12 * index)
        if name == b"desc" and offset + length <= len(data):
            return _text(data[offset : offset + length])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"desc" and len(tag) >= 12:  # ICC.1:2001-04 section 6.5.17: count and ASCII
        count = struct.unpack_from(">I", tag, 8)[0]
        return tag[12 : 12 + min(count, _NAME_CHARS)].split(b"\0", 1)[0].decode("latin-1").strip()
    if tag[:4] == b"mluc" and len(tag) >= 28:  # multi-localised: the first record, UTF-16BE
        length, offset = struct.unpack_from(">II", tag, 20)
        return tag[offset : offset + min(length, 2 * _NAME_CHARS)].decode("utf-16-be", "replace").strip("\0 ")
    return ""
