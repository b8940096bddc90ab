"""Exchanges as a WARC file (WARC/1.1, ISO 28500:2017): bytes as they went over the connection, for stock tools to read.

Written here rather than by a library: a record is a few header lines before bytes that are at hand already, and what
libraries offer to record requests reaches into the HTTP client (docs/adr/0053-fetching-with-custody.md).
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from .._version import __version__
from ..model.canonical import iso
from .exchange import Exchanged

_INFO = f"software: provenance-desk/{__version__}\r\nformat: WARC File Format 1.1\r\n"


def warc(exchanges: Sequence[Exchanged], at: datetime) -> bytes:
    """A file with a request and a response record for each exchange, and who answered behind TLS as a metadata record.

    `at`: when the first was asked. Equal exchanges at an equal time give equal bytes: record ids come from content.
    """
    date = iso(at)
    records = [_record("warcinfo", date, 0, _INFO.encode(), [("Content-Type", "application/warc-fields")])]
    for number, each in enumerate(exchanges, 1):
        where = [("WARC-Target-URI", each.url), ("WARC-IP-Address", each.address)]
        response = _id("response", number, each.reply)
        cut = [] if each.whole else [("WARC-Truncated", "unspecified")]
        kind = ("Content-Type", "application/http; msgtype=response")
        records.append(_record("response", date, number, each.reply, [*where, kind, *cut]))
        kind, beside = ("Content-Type", "application/http; msgtype=request"), ("WARC-Concurrent-To", response)
        records.append(_record("request", date, number, each.request, [*where, kind, beside]))
        if each.tls_peer_sha256:
            told = (("tls-peer-sha256", each.tls_peer_sha256), ("subject", each.tls_subject))
            fields = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in (*told, ("issuer", each.tls_issuer)))
            kind, beside = ("Content-Type", "application/warc-fields"), ("WARC-Refers-To", response)
            records.append(_record("metadata", date, number, fields.encode(), [where[0], kind, beside]))
    return b"".join(records)


def _record(kind: str, date: str, number: int, block: bytes, more: Sequence[tuple[str, str]]) -> bytes:
    digest = base64.b32encode(hashlib.sha256(block).digest()).decode()
    lines = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", _id(kind, number, block)),
        ("WARC-Date", date),
        *more,
        ("WARC-Block-Digest", f"sha256:{digest}"),
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in lines)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _id(kind: str, number: int, block: bytes) -> str:
    digest = hashlib.sha256(f"{kind} {number} ".encode() + block).digest()
    return f"<urn:uuid:{uuid.UUID(bytes=digest[:16], version=5)}>"


def _one_line(value: str) -> str:
    return " ".join(value.split()) if not value.isprintable() else value
