"""The one place that speaks HTTP: one request to one host, over an address of it that was checked.

The connection goes to an address that the host's lookup gave (lookup.py), so that a name cannot change its meaning
between check and use (DNS rebinding). TLS still names and checks the host of the URL (SNI, RFC 6066; names, RFC 9525).
No cookie is kept, no password file read, no proxy used but one that a person names (proxy.py), whatever the environment
says.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from .._version import __version__
from ..errors import FetchError
from ..model.limits import FETCH_HEADER_BYTES
from ..model.text import visible
from .exchange import Exchanged, Policy, Reply
from .faults import REACH, of_tls
from .framing import on_the_way, require_framing, whole_header
from .lookup import open_addresses
from .paced import Deadline, PacedSocket, Peer, Wire, peer_of
from .proxy import proxy_shown
from .target import Target

USER_AGENT = f"provenance-desk/{__version__}"
"""Names the program and nobody who runs it."""
CONNECT_S = 10.0
"""Time for reaching one address; a machine behind a wall never answers, and the next may."""
ONWARD = frozenset({301, 302, 303, 307, 308})
"""Statuses that send on (RFC 9110, section 15.4)."""
_PIECE_BYTES = 2**16
_FRAMED = 2
"""How many times as long as its body a reply may be with its framing."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What stays the same over the redirects of one request."""

    body: bytes | None
    headers: Mapping[str, str]
    policy: Policy
    deadline: Deadline
    tried: list[str]
    exchanges: list[Exchanged]
    before: Callable[[str], None] | None


def asked(there: Target, errand: Errand) -> Reply:
    """One request to the first of the host's addresses that can be reached."""
    last, remedy, addresses = "", REACH, open_addresses(there, errand.policy, errand.deadline)
    if errand.before is not None:
        errand.before(there.url)
    for address in addresses:
        wire = Wire(_FRAMED * errand.policy.body_bytes + FETCH_HEADER_BYTES)
        adapter = _Pinned(there, address, errand.deadline, wire, proxied=bool(errand.policy.proxy))
        errand.tried.append(address)
        try:
            reply = _sent(adapter, errand)
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            http.client.HTTPException,
            OSError,
            ValueError,
        ) as error:
            last, remedy = _in_words(error)
            if adapter.peer.address or not _never_reached(error):
                break
        else:
            errand.exchanges.append(reply.exchanged)
            return reply
        finally:
            adapter.close()
    through = f", through {proxy_shown(errand.policy.proxy)}" if errand.policy.proxy else ""
    raise FetchError(f"{there.authority}{through}: {last}", remedy=remedy)


def _sent(adapter: _Pinned, errand: Errand) -> Reply:
    """Send the request over this adapter and read the reply to its end or to a limit."""
    there, deadline = adapter.there, adapter.deadline
    named = {**errand.headers, "Host": there.authority, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    request = requests.Request(
        "GET" if errand.body is None else "POST", there.url, headers=named, data=errand.body
    ).prepare()
    limits = (min(CONNECT_S, deadline.left_s()), deadline.left_s())
    proxies = {"https": errand.policy.proxy} if errand.policy.proxy else None
    response = adapter.send(request, stream=True, timeout=limits, verify=errand.policy.roots or True, proxies=proxies)
    headers_found = tuple((str(key), str(value)) for key, value in response.raw.headers.items())
    if sum(len(key) + len(value) for key, value in headers_found) > FETCH_HEADER_BYTES:
        raise FetchError(f"{there.authority} sends too long a header", remedy="nothing of it is used")
    header = whole_header(bytes(adapter.wire.received), there.authority)
    redirected = response.status_code in ONWARD and "Location" in response.headers
    if not redirected:
        require_framing(header, response.raw.headers, there.authority)
    body = b"" if redirected else _body(response.raw, there, errand.policy)
    return Reply(
        status=response.status_code,
        headers=headers_found,
        body_as_sent=body,
        address=adapter.peer.address,
        tls_peer_sha256=adapter.peer.tls_sha256,
        exchanged=adapter.exchanged(whole=not redirected),
    )


def _body(raw: Any, there: Target, policy: Policy) -> bytes:
    whole = bytearray()
    while piece := _piece(raw):
        whole += piece
        if len(whole) > policy.body_bytes:
            raise FetchError(
                f"{there.authority} sends more than {policy.body_bytes:,} bytes", remedy="nothing of it is used"
            )
    return bytes(whole)


def _piece(raw: Any) -> bytes:
    try:
        piece: bytes = raw.read(_PIECE_BYTES, decode_content=False)
    except ValueError as error:  # of the library, for a chunk of -5 bytes
        raise http.client.HTTPException(str(error)) from error
    return piece


class _FinalResponse(http.client.HTTPResponse):
    """Reads over every reply on the way, as 103 Early Hints, to the final one.

    The library reads over "100 Continue" alone, and takes another for the reply.
    """

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        return version, http.client.CONTINUE if on_the_way(status) else status, reason


class _Pinned(HTTPAdapter):
    """Sends to one address whatever the URL's host resolves to now; TLS names and checks the host."""

    def __init__(self, there: Target, address: str, deadline: Deadline, wire: Wire, *, proxied: bool) -> None:
        self.there, self.address, self.deadline, self.wire, self.proxied = there, address, deadline, wire, proxied
        self.peer = Peer()
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def build_connection_pool_key_attributes(self, *given: Any, **named: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        host, tls = super().build_connection_pool_key_attributes(*given, **named)
        host = {**host, "scheme": self.there.scheme, "host": self.address, "port": self.there.port}
        return host, {**tls, "server_hostname": str(self.there.host)} if self.there.scheme == "https" else tls

    def get_connection_with_tls_context(self, *given: Any, **named: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*given, **named)
        pool.ConnectionCls = self._watching(pool.ConnectionCls)
        return pool

    def request_url(self, *_: Any, **__: Any) -> str:
        return self.there.path

    def exchanged(self, *, whole: bool) -> Exchanged:
        """What went over the connection until now."""
        return Exchanged(
            url=self.there.url,
            address=self.peer.address,
            request=bytes(self.wire.sent),
            reply=bytes(self.wire.received),
            whole=whole,
            tls_peer_sha256=self.peer.tls_sha256,
            tls_subject=self.peer.tls_subject,
            tls_issuer=self.peer.tls_issuer,
        )

    def _watching(self, kind: Any) -> Any:
        adapter = self

        class Watched(kind):  # type: ignore[misc]
            """Notes who answered, refuses anybody else, and reads and writes by the deadline."""

            sock: Any
            response_class = _FinalResponse

            def connect(self) -> None:
                super().connect()
                adapter.peer = peer_of(self.sock)
                if adapter.proxied:  # who answers is the proxy, which was asked for this address
                    adapter.peer = replace(adapter.peer, address=adapter.address)
                if ip_address(adapter.peer.address) != ip_address(adapter.address):
                    raise OSError("another address answered than the one that was checked")
                self.sock = PacedSocket(self.sock, adapter.deadline, adapter.wire)

        return Watched


def _never_reached(error: Exception) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, urllib3.exceptions.NewConnectionError)


def _in_words(error: BaseException) -> tuple[str, str]:
    """The cause at the bottom of nested errors, in a few words that hold no address of memory, and its remedy."""
    inner: Any = error
    for _ in range(8):
        cause = getattr(inner, "reason", None) or next((a for a in inner.args if isinstance(a, BaseException)), None)
        if not isinstance(cause, BaseException):
            break
        inner = cause
    return of_tls(inner) or (_of_connection(inner), REACH)


def _of_connection(inner: Any) -> str:
    if isinstance(inner, urllib3.exceptions.NewConnectionError):  # in urllib3 a kind of timeout, for history's sake
        return "it cannot be reached"
    if isinstance(inner, TimeoutError | urllib3.exceptions.TimeoutError | requests.Timeout):
        return "it takes too long"
    if isinstance(inner, http.client.IncompleteRead):
        return "the reply ends too early"
    if isinstance(inner, http.client.HTTPException) and not isinstance(inner, OSError):
        return "what it sends is no HTTP"
    if isinstance(inner, OSError) and inner.strerror:
        return visible(inner.strerror, limit=120)
    return visible(str(inner), limit=160)
