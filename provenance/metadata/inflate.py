"""zlib data of a stranger, unpacked no further than a limit."""

from __future__ import annotations

import zlib


def inflated(packed: bytes, most_bytes: int) -> bytes | None:
    """The unpacked bytes (RFC 1950); None when the data are broken or would give more than `most_bytes`."""
    engine = zlib.decompressobj()
    try:
        unpacked = engine.decompress(packed, most_bytes + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= most_bytes and engine.eof else None
