"""The colour profile: its digest, and its name by the 'desc' tag (ICC.1:2022 sections 7.2, 7.3, 9.2.41, 10.15)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence

from ...image.containers.gif import joined
from ...image.containers.structure import payload
from ...model.evidence import Fact
from ...model.image import Block, Image
from ...model.limits import Limits
from ..inflate import inflated
from .cite import fact, of_kind
from .png_text import CHUNKS, packed_profile, profile_name

_PACKED = ("icc", "icm")
_TAGS = 200
_NAME_CHARS = 500


def profile_facts(image: Image, limits: Limits) -> Iterator[Fact]:
    """Name and digest of the profile, or why it was refused."""
    blocks = of_kind(image, "icc") or _packed(image)
    if not blocks:
        return
    data, problem = profile(image.data, blocks, image.structure.media_type, limits)
    if problem:
        yield fact(image, "icc.problems", "", problem, blocks[0], statement=problem)
    if not data:
        return
    digest = hashlib.sha256(data).hexdigest()
    yield fact(image, "icc.sha256", digest, digest, blocks[0])
    if name := description(data):
        yield fact(image, "icc.description", name, " ".join(name.split()), blocks[0])


def _packed(image: Image) -> list[Block]:
    """The text chunk in which ImageMagick keeps the profile of a PNG, where there is no chunk for it."""
    texts = of_kind(image, "text") if image.structure.media_type == "image/png" else []
    return [block for block in texts[:CHUNKS] if profile_name(image.data, block) in _PACKED][:1]


def profile(data: bytes, blocks: Sequence[Block], media_type: str, limits: Limits) -> tuple[bytes, str]:
    """The profile joined from its blocks, and what was wrong with it; empty bytes when it was refused."""
    if sum(block.payload_length_bytes for block in blocks) > limits.metadata_bytes:
        return b"", f"The colour profile is longer than {limits.metadata_bytes:,} bytes; it was refused."
    if media_type == "image/png" and blocks[0].name == "iCCP":
        packed = payload(data, blocks[0]).partition(b"\0")[2][1:]
        unpacked = inflated(packed, limits.metadata_bytes)
        reason = (
            f"The colour profile is broken or inflates to more than {limits.metadata_bytes:,} bytes; it was refused."
        )
        return (b"", reason) if unpacked is None else (unpacked, "")
    if media_type == "image/png" and blocks[0].kind == "text":
        unpacked = packed_profile(data, blocks[0], limits)
        return unpacked, "" if unpacked else "The colour profile in a text chunk is broken; it was refused."
    if media_type == "image/jpeg":
        return _joined(data, blocks)
    whole = payload(data, blocks[0])
    return (joined(whole) if media_type == "image/gif" else whole), ""


def _joined(data: bytes, blocks: Sequence[Block]) -> tuple[bytes, str]:
    """The parts of a JPEG by their numbers (ICC.1:2022, annex B.4: number and count stand before each part)."""
    parts: dict[int, Block] = {}
    counts = set()
    for block in blocks:
        number, count = data[block.payload_offset_bytes - 2 : block.payload_offset_bytes]
        counts.add(count)
        parts.setdefault(number, block)
    whole = b"".join(payload(data, parts[number]) for number in sorted(parts))
    if sorted(parts) == list(range(1, len(blocks) + 1)) and counts == {len(blocks)}:
        return whole, ""
    numbers = ", ".join(str(number) for number in sorted(parts))
    said = " or ".join(str(count) for count in sorted(counts))
    return whole, f"The parts of the colour profile are numbered {numbers} of {said}; {len(blocks)} are there."


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
