"""Extended XMP of JPEG (XMP specification part 3, section 1.1.3.1): parts joined by offset, held to a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...image.containers.structure import payload
from ...model.image import Block
from ...model.limits import Limits
from ...model.text import visible

_GUID_BYTES = 32
_HEAD_BYTES = _GUID_BYTES + 4 + 4
# A segment holds 65 kB and a packet 16 MiB at most, so an honest file has under 300 parts and one packet.
MOST_PACKETS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """One extended packet: the first block of it, its bytes, and sentences on what is wrong with it."""

    block: Block
    guid: str
    content: bytes
    problems: tuple[str, ...]


def extended_packets(data: bytes, blocks: Sequence[Block], limits: Limits) -> Iterator[Extended]:
    """The packets that blocks of kind `xmp-extended` make up, each under the size limit, in file order."""
    groups: dict[tuple[bytes, int], list[Block]] = {}
    for block in blocks:
        head = payload(data, block)[:_HEAD_BYTES]
        if len(head) == _HEAD_BYTES:
            full = int.from_bytes(head[_GUID_BYTES : _GUID_BYTES + 4], "big")
            groups.setdefault((head[:_GUID_BYTES], full), []).append(block)
    for (guid, full_bytes), parts in list(groups.items())[:MOST_PACKETS]:
        yield _joined(data, guid, full_bytes, parts, limits)


def _joined(data: bytes, guid: bytes, full_bytes: int, parts: Sequence[Block], limits: Limits) -> Extended:
    named = visible(guid.decode("latin-1"))
    if full_bytes > limits.metadata_bytes:
        problem = f"The extended XMP packet is longer than {limits.metadata_bytes:,} bytes; it was refused."
        return Extended(block=parts[0], guid=named, content=b"", problems=(problem,))
    whole, filled, problems = bytearray(full_bytes), 0, []
    for block in parts:
        part = payload(data, block)
        offset, body = int.from_bytes(part[_GUID_BYTES + 4 : _HEAD_BYTES], "big"), part[_HEAD_BYTES:]
        if offset + len(body) > full_bytes or filled + len(body) > full_bytes:
            problems.append("A part of the extended XMP packet lies outside it or over another; it was refused.")
            continue
        whole[offset : offset + len(body)] = body
        filled += len(body)
    if filled < full_bytes:
        problems.append(f"Of the extended XMP packet's {full_bytes:,} bytes {full_bytes - filled:,} are missing.")
    digest = hashlib.md5(whole, usedforsecurity=False).hexdigest()
    if filled == full_bytes and digest != named.lower():
        problems.append("The extended XMP packet is not the one that its name, a digest of it, was made for.")
    return Extended(block=parts[0], guid=named, content=bytes(whole), problems=tuple(dict.fromkeys(problems)))
