"""One value of DER (ITU-T X.690): its tag and where its content lies. Certificates and time-stamps are read by it."""

from __future__ import annotations

SEQUENCE, CONTEXT_0 = 0x30, 0xA0


def element(data: bytes, at: int, end: int | None = None) -> tuple[int, int, int]:
    """Tag, start of the content and end of the value at `at`, within `end`, with a definite length (8.1.3, 10.1).

    Raises ValueError.
    """
    end = len(data) if end is None else end
    if at + 2 > end:
        raise ValueError("cut off")
    tag, length, start = data[at], data[at + 1], at + 2
    if length >= 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4 or start + size > end:
            raise ValueError("no definite length")
        length, start = int.from_bytes(data[start : start + size], "big"), start + size
    if start + length > end:
        raise ValueError("longer than what holds it")
    return tag, start, start + length
