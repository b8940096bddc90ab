"""The one place that speaks HTTP: one request, to an address that was checked, under limits of bytes and time.

What a URL may lead to is settled before anything is sent (address.py, target.py): the host is looked up once, and the
connection goes to an address of that answer, so that a name cannot change its meaning between check and use (DNS
rebinding). TLS still names and checks the host of the URL (SNI, RFC 6066; names, RFC 9525). Each redirect is a new URL
and passes the same checks. No cookie is kept, no password file read, no proxy used but one that a person names
(proxy.py), whatever the environment says.
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
from ..custody.events import Clock, system_clock
from ..errors import FetchError, ForbiddenError
from ..model.limits import FETCH_HEADER_BYTES
from ..model.text import quoted, visible
from .coding import decoded
from .exchange import Exchanged, Fetched, Policy, Redirect, Reply
from .lookup import open_addresses
from .paced import Deadline, PacedSocket, Peer, Wire, peer_of
from .proxy import proxy_shown
from .target import Target, onward, target

USER_AGENT = f"provenance-desk/{__version__}"
"""Names the program and nobody who runs it."""
CONNECT_S = 10.0
"""Time for reaching one address; a machine behind a wall never answers, and the next may."""
_PIECE_BYTES = 2**16
_FRAMED = 2
"""How many times as long as its body a reply may be with its framing."""
_ONWARD = frozenset({301, 302, 303, 307, 308})
_REACH = "check the address and the connection, or ask again later"


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same over the redirects of one request."""

    body: bytes | None
    headers: Mapping[str, str]
    policy: Policy
    deadline: Deadline
    tried: list[str]
    exchanges: list[Exchanged]
    before: Callable[[str], None] | None


def fetch(
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    clock: Clock = system_clock,
    into: list[Exchanged] | None = None,
    before: Callable[[str], None] | None = None,
    tried: list[str] | None = None,
) -> Fetched:
    """GET the URL, or POST `body` to it, and hand back the reply, whatever its status.

    Raises ForbiddenError before a connection to an address that is never asked, and FetchError for everything else
    that goes wrong; the addresses tried until then stand in its `tried`, and in the list `tried` of a request that is
    stopped. `into` is given each exchange that was whole, also where the next one fails. `before` is told the URL of
    each request, redirects too, when its host was looked up and may be asked, and nothing was sent there yet; a
    FetchError that it raises ends the request.
    """
    policy = policy or Policy()
    kept = [] if into is None else into
    until_now = len(kept)
    asked_at, deadline, tried = clock(), Deadline(policy.within_s), [] if tried is None else tried
    errand = _Errand(body, headers or {}, policy, deadline, tried, kept, before)
    try:
        there, reply, passed = _followed(target(url, policy.ports), errand)
        unpacked = decoded(reply.body_as_sent, reply.header("Content-Encoding"), policy.body_bytes)
    except TimeoutError as error:
        raise FetchError("the request takes too long", remedy=_REACH, tried=tuple(errand.tried)) from error
    except FetchError as error:
        error.tried = tuple(errand.tried)
        raise
    return Fetched(
        url=there.url,
        status=reply.status,
        headers=reply.headers,
        body=unpacked,
        body_as_sent=reply.body_as_sent,
        address=reply.address,
        tls_peer_sha256=reply.tls_peer_sha256,
        redirects=passed,
        exchanged=reply.exchanged,
        exchanges=tuple(kept[until_now:]),
        asked_at=asked_at,
        answered_at=clock(),
    )


def _followed(there: Target, errand: _Errand) -> tuple[Target, Reply, tuple[Redirect, ...]]:
    """The last target, its reply and the redirects before it; a request with a body is sent to one address only."""
    passed: list[Redirect] = []
    while True:
        if errand.policy.proxy and there.scheme != "https":
            raise ForbiddenError(
                f"{there.authority} is asked without TLS, which is not done through a proxy",
                remedy="try it with https://",
            )
        try:
            reply = _asked(there, errand)
        except ForbiddenError as error:
            if not passed:
                raise
            before = visible(passed[-1].url.partition("?")[0], limit=120)
            raise ForbiddenError(
                f"{before} sends on to an address that is never asked: {error}", remedy=error.remedy
            ) from None
        location = reply.header("Location")
        if reply.status not in _ONWARD or not location:
            return there, reply, tuple(passed)
        if errand.body is not None:
            raise FetchError(
                f"{there.authority} wants it sent to {quoted(location, limit=120)} instead",
                remedy="nothing was sent there; name that address yourself if you trust it",
            )
        passed.append(Redirect(url=there.url, status=reply.status, location=location, address=reply.address))
        if not errand.policy.redirects:
            raise FetchError(
                f"{there.authority} sends on to {quoted(location, limit=120)}, and this request does not follow",
                remedy="open the address by hand",
            )
        if len(passed) > errand.policy.redirects:
            raise FetchError(
                f"{there.authority} sends on, after {errand.policy.redirects} others did",
                remedy="open the address by hand",
            )
        there = onward(there, location, errand.policy.ports)


def _asked(there: Target, errand: _Errand) -> Reply:
    """One request to the first of the host's addresses that can be reached."""
    last, addresses = "", open_addresses(there, errand.policy, errand.deadline)
    if errand.before is not None:
        errand.before(there.url)
    for address in addresses:
        wire = Wire(_FRAMED * errand.policy.body_bytes + FETCH_HEADER_BYTES)
        adapter = _Pinned(there, address, errand.deadline, wire, proxied=bool(errand.policy.proxy))
        errand.tried.append(address)
        try:
            reply = _sent(adapter, errand)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            last = _in_words(error)
            if adapter.peer.address or not _never_reached(error):
                break
        else:
            errand.exchanges.append(reply.exchanged)
            return reply
        finally:
            adapter.close()
    through = f", through {proxy_shown(errand.policy.proxy)}" if errand.policy.proxy else ""
    raise FetchError(f"{there.authority}{through}: {last}", remedy=_REACH)


def _sent(adapter: _Pinned, errand: _Errand) -> Reply:
    """Send the request over this adapter and read the reply to its end or to a limit."""
    there, deadline = adapter.there, adapter.deadline
    named = {**errand.headers, "Host": there.authority, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    asked = requests.Request(
        "GET" if errand.body is None else "POST", there.url, headers=named, data=errand.body
    ).prepare()
    limits = (min(CONNECT_S, deadline.left_s()), deadline.left_s())
    proxies = {"https": errand.policy.proxy} if errand.policy.proxy else None
    response = adapter.send(asked, stream=True, timeout=limits, verify=errand.policy.roots or True, proxies=proxies)
    headers_found = tuple((str(key), str(value)) for key, value in response.raw.headers.items())
    if sum(len(key) + len(value) for key, value in headers_found) > FETCH_HEADER_BYTES:
        raise FetchError(f"{there.authority} sends too long a header", remedy="nothing of it is used")
    redirected = response.status_code in _ONWARD and "Location" in response.headers
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
    while piece := raw.read(_PIECE_BYTES, decode_content=False):
        whole += piece
        if len(whole) > policy.body_bytes:
            raise FetchError(
                f"{there.authority} sends more than {policy.body_bytes:,} bytes", remedy="nothing of it is used"
            )
    return bytes(whole)


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


def _in_words(error: BaseException) -> str:
    """The cause at the bottom of nested errors, in a few words that hold no address of memory."""
    inner: Any = error
    for _ in range(8):
        cause = getattr(inner, "reason", None) or next((a for a in inner.args if isinstance(a, BaseException)), None)
        if not isinstance(cause, BaseException):
            break
        inner = cause
    if isinstance(inner, urllib3.exceptions.NewConnectionError):  # in urllib3 a kind of timeout, for history's sake
        return "it cannot be reached"
    if isinstance(inner, TimeoutError | urllib3.exceptions.TimeoutError | requests.Timeout):
        return "it takes too long"
    if isinstance(inner, http.client.IncompleteRead):
        return "the reply ends too early"
    if isinstance(inner, http.client.HTTPException) and not isinstance(inner, OSError):
        return "what it sends is no HTTP"
    if isinstance(inner, OSError) and inner.strerror and not getattr(inner, "verify_message", ""):
        return visible(inner.strerror, limit=120)
    return visible(str(getattr(inner, "verify_message", "") or inner), limit=160)
