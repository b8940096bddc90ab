"""How a JPEG was coded: process, chroma subsampling, the digest of its tables (ITU-T T.81 section B.2.2)."""

from __future__ import annotations

import hashlib
import struct

from ...image.containers.jpeg_tables import Tables

_NAMES = {(1, 1): "4:4:4", (2, 1): "4:2:2", (2, 2): "4:2:0", (1, 2): "4:4:0", (4, 1): "4:1:1", (4, 2): "4:1:0"}
_PROCESSES = {
    0: "baseline",
    1: "extended sequential",
    2: "progressive",
    3: "lossless",
    9: "extended sequential, arithmetic coding",
    10: "progressive, arithmetic coding",
    11: "lossless, arithmetic coding",
}


def process(frame_name: str) -> str:
    """Words for a frame header such as "SOF2"."""
    number = int(frame_name.removeprefix("SOF")) if frame_name.removeprefix("SOF").isdigit() else -1
    return _PROCESSES.get(number, f"process {frame_name}")


def subsampling(frame: bytes) -> tuple[str, str]:
    """Sampling factors as written ("2 2, 1 1, 1 1") and in words ("4:2:0"); empty for a broken or grey frame."""
    count = frame[5] if len(frame) > 5 else 0
    if not 3 <= count <= 4 or len(frame) < 6 + 3 * count:
        return "", ""
    factors = [(frame[7 + 3 * index] >> 4, frame[7 + 3 * index] & 15) for index in range(count)]
    raw = ", ".join(f"{across} {down}" for across, down in factors)
    chroma = factors[1]
    if factors[2] != chroma or 0 in chroma or factors[0][0] % chroma[0] or factors[0][1] % chroma[1]:
        return raw, raw
    return raw, _NAMES.get((factors[0][0] // chroma[0], factors[0][1] // chroma[1]), raw)


def tables_digest(found: Tables) -> str:
    """SHA-256 over each table's number and values, by number: equal tables have equal digests."""
    digest = hashlib.sha256()
    for number in sorted(found):
        values = found[number]
        digest.update(
            bytes([number]) + (struct.pack(f">{len(values)}H", *values) if max(values) > 255 else bytes(values))
        )
    return digest.hexdigest()
