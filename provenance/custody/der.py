"""The certificates of a time-stamp's reply in the order that DER asks for, so that a strict reader takes them.

`openssl ts`, with which many authorities work, writes them in the order of its configuration; DER sorts a SET OF by its
elements' bytes (X.690, section 11.6). The signature does not cover them (RFC 5652, section 5.4), so that sorting them
changes nothing that was signed.
"""

from __future__ import annotations

from itertools import pairwise

SEQUENCE, CONTEXT_0 = 0x30, 0xA0
MOST_CERTIFICATES = 64


def in_order(reply: bytes) -> bytes:
    """The TimeStampResp with its certificates sorted; the same bytes where there are none, or it is no such reply."""
    try:
        start, end = _certificates(reply)
        found: list[bytes] = []
        at = start
        while at < end and len(found) <= MOST_CERTIFICATES:
            _, _, after = _element(reply, at, end)
            found.append(reply[at:after])
            at = after
    except ValueError:
        return reply
    if at != end or all(first <= second for first, second in pairwise(found)):
        return reply
    return reply[:start] + b"".join(sorted(found)) + reply[end:]


def _certificates(reply: bytes) -> tuple[int, int]:
    """Where the certificates lie (RFC 3161, 2.4.2; RFC 5652, sections 3 and 5.1). Raises ValueError."""
    at, end = _inside(reply, 0, len(reply), SEQUENCE)  # TimeStampResp
    _, _, at = _element(reply, at, end)  # PKIStatusInfo
    at, end = _inside(reply, at, end, SEQUENCE)  # ContentInfo
    _, _, at = _element(reply, at, end)  # contentType
    at, end = _inside(reply, at, end, CONTEXT_0)
    at, end = _inside(reply, at, end, SEQUENCE)  # SignedData
    for _ in ("version", "digestAlgorithms", "encapContentInfo"):
        _, _, at = _element(reply, at, end)
    return _inside(reply, at, end, CONTEXT_0)


def _inside(data: bytes, at: int, end: int, tag: int) -> tuple[int, int]:
    found, start, after = _element(data, at, end)
    if found != tag:
        raise ValueError(f"tag {found:#x} where {tag:#x} was expected")
    return start, after


def _element(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Tag, start of the content and end of the element at `at`, with a definite length (X.690, 8.1.3)."""
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
