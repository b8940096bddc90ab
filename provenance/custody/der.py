"""A time-stamp's reply as DER: its certificates in the order that a strict reader takes, and its time.

`openssl ts`, with which many authorities work, writes them in the order of its configuration; DER sorts a SET OF by its
elements' bytes (X.690, section 11.6). The signature does not cover them (RFC 5652, section 5.4), so that sorting them
changes nothing that was signed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from ..model.der import CONTEXT_0, SEQUENCE, element
from ..model.limits import STAMP_CERTIFICATES

OCTETS, GENERALIZED_TIME = 0x04, 0x18


def in_order(reply: bytes) -> bytes:
    """The TimeStampResp with its certificates sorted; the same bytes where there are none, or it is no such reply."""
    try:
        start, end = _certificates(reply)
        found: list[bytes] = []
        at = start
        while at < end and len(found) <= STAMP_CERTIFICATES:
            _, _, after = element(reply, at, end)
            found.append(reply[at:after])
            at = after
    except ValueError:
        return reply
    if at != end or all(first <= second for first, second in pairwise(found)):
        return reply
    return reply[:start] + b"".join(sorted(found)) + reply[end:]


def time_in(reply: bytes) -> datetime | None:
    """The time in a TimeStampResp (genTime; RFC 3161, 2.4.2), to the second and unproven; None where there is none."""
    try:
        at, end = _signed(reply)
        for _ in ("version", "digestAlgorithms"):
            _, _, at = element(reply, at, end)
        at, end = _inside(reply, at, end, SEQUENCE)  # EncapsulatedContentInfo
        _, _, at = element(reply, at, end)  # eContentType
        at, end = _inside(reply, at, end, CONTEXT_0)
        at, end = _inside(reply, at, end, OCTETS)
        at, end = _inside(reply, at, end, SEQUENCE)  # TSTInfo
        for _ in ("version", "policy", "messageImprint", "serialNumber"):
            _, _, at = element(reply, at, end)
        start, end = _inside(reply, at, end, GENERALIZED_TIME)
        return datetime.strptime(reply[start : start + 14].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _certificates(reply: bytes) -> tuple[int, int]:
    """Where the certificates lie (RFC 5652, section 5.1). Raises ValueError."""
    at, end = _signed(reply)
    for _ in ("version", "digestAlgorithms", "encapContentInfo"):
        _, _, at = element(reply, at, end)
    return _inside(reply, at, end, CONTEXT_0)


def _signed(reply: bytes) -> tuple[int, int]:
    """Where the SignedData of a reply lies (RFC 3161, 2.4.2; RFC 5652, section 3). Raises ValueError."""
    at, end = _inside(reply, 0, len(reply), SEQUENCE)  # TimeStampResp
    _, _, at = element(reply, at, end)  # PKIStatusInfo
    at, end = _inside(reply, at, end, SEQUENCE)  # ContentInfo
    _, _, at = element(reply, at, end)  # contentType
    at, end = _inside(reply, at, end, CONTEXT_0)
    return _inside(reply, at, end, SEQUENCE)


def _inside(data: bytes, at: int, end: int, tag: int) -> tuple[int, int]:
    found, start, after = element(data, at, end)
    if found != tag:
        raise ValueError(f"tag {found:#x} where {tag:#x} was expected")
    return start, after
