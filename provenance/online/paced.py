"""A connection to one address that was checked beforehand, whose every read and write ends by one deadline.

A time limit on each read, which is what HTTP libraries offer, lets a server that sends one byte a second hold a request
open for days. Here the limit of each read is what is left until the deadline.
"""

from __future__ import annotations

import hashlib
import io
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from ..errors import FetchError


@dataclass(slots=True)
class Wire:
    """The bytes of one exchange as they went over the connection, inside TLS, framing of HTTP included."""

    most_bytes: int
    """Of what is received; a body in pieces of one byte each is six times as long with its framing."""
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)

    def took(self, part: memoryview) -> None:
        """Note what came. Raises FetchError past the limit."""
        self.received += part
        if len(self.received) > self.most_bytes:
            raise FetchError(f"it sends more than {self.most_bytes:,} bytes", remedy="nothing of it is used")


class Deadline:
    """A moment on the monotonic clock by which everything must have ended."""

    def __init__(self, within_s: float) -> None:
        self._at_s = time.monotonic() + within_s

    def left_s(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left_s = self._at_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the time for this request has run out")
        return left_s


class PacedSocket:
    """A connected socket, TLS or not, as `http.client` uses it: writes and reads end by the deadline."""

    def __init__(self, inner: socket.socket, deadline: Deadline, wire: Wire) -> None:
        self._inner = inner
        self._deadline = deadline
        self._wire = wire

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """Write everything. Raises TimeoutError."""
        left = memoryview(data).cast("B")
        self._wire.sent += left
        while left:
            self._inner.settimeout(self._deadline.left_s())
            left = left[self._inner.send(left[: 2**16], flags) :]

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """A reader of the reply."""
        return io.BufferedReader(_PacedReader(self._inner, self._deadline, self._wire))


class _PacedReader(io.RawIOBase):
    def __init__(self, inner: socket.socket, deadline: Deadline, wire: Wire) -> None:
        super().__init__()
        self._inner = inner
        self._file = inner.makefile("rb", buffering=0)
        self._deadline = deadline
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._inner.settimeout(self._deadline.left_s())
        count = self._file.readinto(buffer)
        self._wire.took(memoryview(buffer)[: count or 0])
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Who answered: the address, and of its TLS certificate the digest and the names; "" without TLS."""

    address: str = ""
    tls_sha256: str = ""
    """Of the certificate (DER), in hex."""
    tls_subject: str = ""
    tls_issuer: str = ""


def peer_of(connection: socket.socket) -> Peer:
    """Who is at the other side of a connection."""
    address = str(connection.getpeername()[0])
    certificate = connection.getpeercert(binary_form=True) if hasattr(connection, "getpeercert") else None
    if not certificate:
        return Peer(address=address)
    subject, issuer = _names(certificate)
    return Peer(
        address=address,
        tls_sha256=hashlib.sha256(certificate).hexdigest(),
        tls_subject=subject,
        tls_issuer=issuer,
    )


def _names(certificate: bytes) -> tuple[str, str]:
    """Subject and issuer (RFC 4514) of a certificate; "" where this library cannot read what OpenSSL took."""
    from cryptography import x509

    try:
        read = x509.load_der_x509_certificate(certificate)
        return read.subject.rfc4514_string(), read.issuer.rfc4514_string()
    except ValueError:
        return "", ""
