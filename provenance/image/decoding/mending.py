"""Harmless repairs before decoding: what stands beside the pixels may be broken, the pixels themselves not."""

from __future__ import annotations

import zlib

_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"eXIf")
# Two fillings that no entropy-coded segment continues alike (ITU-T T.81, section F.2.2: bits are read in order).
_FILLINGS = (b"", b"\x55\x2a\x33\xc6\x99" * 64)


def png_without_extras(data: bytes) -> bytes:
    """A PNG with the chunks that make pixels alone; of the ancillary ones those with a right checksum."""
    kept, position = [data[:8]], 8
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4], "big")
        code = data[position + 4 : position + 8]
        stored = int.from_bytes(data[end - 4 : end], "big")
        critical = code[:1].isupper()
        if code in _KEPT and (critical or (end <= len(data) and zlib.crc32(data[position + 4 : end - 4]) == stored)):
            kept.append(data[position:end])
        position = end
    return b"".join(kept)


def jpeg_variants(data: bytes) -> tuple[bytes, bytes]:
    """A JPEG without its end marker, ended in two ways.

    Where nothing but the marker is missing both decode to the same pixels: a decoder passes over bytes behind the last
    coded block. Where coded data are missing the filling is read as data, and the pixels differ.
    """
    first, second = (data + filling + b"\xff\xd9" for filling in _FILLINGS)
    return first, second
