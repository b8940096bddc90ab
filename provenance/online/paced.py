"""A connection to one address that was checked beforehand, whose every read and write ends by one deadline.

A time limit on each read, which is what HTTP libraries offer, lets a server that sends one byte a second hold a request
open for days. Here the limit of each read is what is left until the deadline.
"""

from __future__ import annotations

import hashlib
import io
import socket
import time
from typing import Any


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

    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def sendall(self, data: bytes, flags: int = 0) -> None:
        """Write everything. Raises TimeoutError."""
        left = memoryview(data).cast("B")
        while left:
            self._inner.settimeout(self._deadline.left_s())
            left = left[self._inner.send(left[: 2**16], flags) :]

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """A reader of the reply."""
        return io.BufferedReader(_PacedReader(self._inner, self._deadline))


class _PacedReader(io.RawIOBase):
    def __init__(self, inner: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._inner = inner
        self._file = inner.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._inner.settimeout(self._deadline.left_s())
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


def peer_of(connection: socket.socket) -> tuple[str, str]:
    """Address of the other side, and the SHA-256 of its TLS certificate (DER) in hex; "" without TLS."""
    address = str(connection.getpeername()[0])
    certificate = connection.getpeercert(binary_form=True) if hasattr(connection, "getpeercert") else None
    return address, hashlib.sha256(certificate).hexdigest() if certificate else ""
