"""One URL fetched, under limits of bytes and time, with every redirect on the way.

What a URL may lead to is settled before anything is sent (address.py, target.py, lookup.py), and each redirect is a new
URL that passes the same checks. How one request is sent: sending.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..custody.events import Clock, system_clock
from ..errors import FetchError, ForbiddenError
from ..model.address import without_user
from ..model.text import quoted, visible
from .coding import decoded
from .exchange import Exchanged, Fetched, Policy, Redirect, Reply
from .faults import REACH
from .paced import Deadline
from .sending import ONWARD, Errand, asked
from .target import Target, onward, target


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
    errand = Errand(body, headers or {}, policy, deadline, tried, kept, before)
    try:
        there, reply, passed = _followed(target(url, policy.ports), errand)
        unpacked = decoded(reply.body_as_sent, reply.header("Content-Encoding"), policy.body_bytes)
    except TimeoutError as error:
        raise FetchError("the request takes too long", remedy=REACH, tried=tuple(errand.tried)) from error
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


def _followed(there: Target, errand: Errand) -> tuple[Target, Reply, tuple[Redirect, ...]]:
    """The last target, its reply and the redirects before it; a request with a body is sent to one address only."""
    passed: list[Redirect] = []
    while True:
        if errand.policy.proxy and there.scheme != "https":
            raise ForbiddenError(
                f"{there.authority} is asked without TLS, which is not done through a proxy",
                remedy="try it with https://",
            )
        try:
            reply = asked(there, errand)
        except ForbiddenError as error:
            if not passed:
                raise
            before = visible(passed[-1].url.partition("?")[0], limit=120)
            raise ForbiddenError(
                f"{before} sends on to an address that is never asked: {error}", remedy=error.remedy
            ) from None
        location = reply.header("Location")
        if reply.status not in ONWARD or not location:
            return there, reply, tuple(passed)
        if errand.body is not None:
            raise FetchError(
                f"{there.authority} wants it sent to {quoted(without_user(location), limit=120)} instead",
                remedy="nothing was sent there; name that address yourself if you trust it",
            )
        passed.append(Redirect(url=there.url, status=reply.status, location=location, address=reply.address))
        if not errand.policy.redirects:
            onto = quoted(without_user(location), limit=120)
            raise FetchError(
                f"{there.authority} sends on to {onto}, and this request does not follow",
                remedy="open the address by hand",
            )
        if len(passed) > errand.policy.redirects:
            raise FetchError(
                f"{there.authority} sends on, after {errand.policy.redirects} others did",
                remedy="open the address by hand",
            )
        there = onward(there, location, errand.policy.ports)
