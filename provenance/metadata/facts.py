"""One metadata value as evidence, cited by the block it stands in: how every reader of this room makes its facts."""

from __future__ import annotations

from ..model.evidence import Fact
from ..model.image import Block
from ..model.source import Source


def fact_of(
    block: Block,
    *,
    source: Source,
    method: str,
    statement: str,
    key: str,
    raw: str,
    normal: str,
    notes: tuple[str, ...] = (),
    place: tuple[int, int] | None = None,
) -> Fact:
    """A Fact under `key`, read from `block`; `notes` are sentences on how it was read or what it cannot show.

    `place`: offset and length in bytes within the block's payload; None cites all of it.
    """
    offset, length = place or (0, block.payload_length_bytes)
    return Fact(
        source=source,
        statement=statement,
        method=method,
        limits=notes,
        key=key,
        raw=raw,
        normal=normal,
        block=block.kind,
        offset_bytes=block.payload_offset_bytes + offset,
        length_bytes=length,
        block_sha256=block.sha256,
    )
