"""What one request may cost, and what came of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ..model.limits import FETCH_BYTES, FETCH_REDIRECTS, FETCH_WALL_S

Ports = frozenset[int | tuple[str, int]]
"""Ports that may be asked: a number for every host, a host in lower case with a number for that one."""
Resolve = Callable[[str, int], tuple[str, ...]]
"""Host and port -> addresses as text, in the order in which to try them; raises OSError."""


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host by this machine's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one request may cost and where it may go."""

    body_bytes: int = FETCH_BYTES
    """Size of the reply, as sent and as unpacked."""
    within_s: float = FETCH_WALL_S
    """Time for everything together: the look-up, each redirect, the last byte."""
    redirects: int = FETCH_REDIRECTS
    """Redirects followed; a request with a body is never sent on."""
    ports: Ports = frozenset({80, 443})
    """Beside the usual port of the scheme: of any host, or of one."""
    roots: str = ""
    """File of certificates (PEM) that TLS trusts in place of those that come with `requests`."""
    resolve: Resolve = look_up
    proxy: str = ""
    """An HTTP proxy, http://[user:password@]host[:port], through which https alone is asked; "" for none."""
    loopback: frozenset[tuple[str, int]] = frozenset()
    """Pairs of address and port that are reached although they are closed; for tests, which bring their own server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """One request and its reply as they went over the connection: header and body, with the framing of HTTP."""

    url: str
    address: str
    request: bytes = field(repr=False)
    reply: bytes = field(repr=False)
    """Of a redirect what was read of it: its header, and perhaps a part of its body."""
    whole: bool = True
    tls_peer_sha256: str = ""
    tls_subject: str = ""
    tls_issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """One step on the way."""

    url: str
    status: int
    location: str
    """As the server wrote it."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one server sent back to one request."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """Names and values as the server wrote them, in its order."""
    body_as_sent: bytes = field(repr=False)
    """Without the framing of HTTP, before unpacking."""
    address: str
    """The address connected to."""
    tls_peer_sha256: str
    """Of the server's certificate (DER), in hex; "" without TLS."""
    exchanged: Exchanged

    def header(self, name: str) -> str:
        """The first value of a header; "" when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched(Reply):
    """The last reply of a request, whatever its status, and the way to it."""

    url: str
    """Of the last request, as it was sent."""
    body: bytes = field(repr=False)
    """Unpacked, if it came packed."""
    redirects: tuple[Redirect, ...]
    exchanges: tuple[Exchanged, ...] = field(repr=False)
    """Every request with its reply, redirects first."""
    asked_at: datetime
    answered_at: datetime
    """Both by the caller's clock, UTC."""
