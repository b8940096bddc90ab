"""Asks services by name: what is allowed, told before, paced, kept, and put down in a ledger.

Keys go into a header of the request and nowhere else: exchanges are kept without them, a service that is asked with one
is never followed to another address, and a reply that repeats it is not used.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, local

from ..custody.events import Clock
from ..errors import FetchError, ForbiddenError
from ..model.outside import Answered, Ledger, Request
from ..model.text import visible
from . import keys
from .exchange import Exchanged, Fetched, Policy
from .fetch import fetch
from .kept import Kept
from .ledger import Asked, ledger
from .pacing import MOST_WAIT_S, REFUSALS, RETRY_WAIT_S, Pace
from .proxy import proxy_shown
from .sending import USER_AGENT
from .services import Service

SHOWN_DIGITS = 16
"""Of a digest that is told before something leaves; the ledger has the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """By which clock, under which limits and with which folders of the user it is asked."""

    clock: Clock
    clock_name: str
    policy: Policy
    key_folder: Path
    pace: Pace
    kept: Kept | None
    """None asks anew each time."""
    say: Callable[[str], None]
    """Told, before anything leaves, what leaves to whom."""


class Asker:
    """An `Outside` that asks for real."""

    def __init__(self, services: Sequence[Service], ways: Ways, *, send_picture: bool = False) -> None:
        self._services = {service.name: service for service in services}
        self._ways = ways
        self._asked: list[Asked] = []
        self._lock = Lock()
        self._here = local()
        self._send_picture = send_picture

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that may be asked."""
        return tuple(self._services)

    @property
    def send_picture(self) -> bool:
        """Whether the picture itself may leave."""
        return self._send_picture

    def ask(self, request: Request, *, within_s: float | None = None) -> Answered:
        """One request and its answer. Raises FetchError, which stands in the ledger as well."""
        self._here.last = None
        service = self._services.get(request.service)
        if service is None:
            raise ForbiddenError("it was not named", remedy=f"name it: --online {request.service}")
        url = _url(service, request)
        asked = Asked(request=request, url=url, asked_at=self._ways.clock())
        with self._lock:
            self._asked.append(asked)
        self._here.last = asked
        try:
            return asked.ended(self._answer(service, request, asked, within_s))
        except FetchError as error:
            asked.broke(error)
            raise

    def unusable(self, why: str) -> None:
        """The last answer was none that could be used: it is not kept for another time, and the ledger says so.

        The last one in this thread: a check that was left behind for its time may go on in another.
        """
        last: Asked | None = getattr(self._here, "last", None)
        if last is not None and last.answer is not None:
            last.unusable = why
            if self._ways.kept is not None:
                self._ways.kept.drop(last.request)

    def ledger(self) -> Ledger:
        """What was asked since this was called last."""
        with self._lock:
            asked, self._asked = self._asked, []
        return ledger(asked, self.services, send_picture=self._send_picture, clock=self._ways.clock_name)

    def _answer(self, service: Service, request: Request, asked: Asked, within_s: float | None) -> Answered:
        ways = self._ways
        if request.pixels and not self._send_picture:
            raise ForbiddenError("the picture itself may not leave", remedy="allow it with --send-picture")
        if ways.kept is not None and (before := ways.kept.get(request, ways.clock())) is not None:
            asked.kept = True
            return before
        key = keys.key_for(service.key, ways.key_folder) if service.key else ""
        until_s = time.monotonic() + min(
            ways.policy.within_s + MOST_WAIT_S, float("inf") if within_s is None else within_s
        )
        if until_s <= time.monotonic():
            raise FetchError("the time for this check is over", remedy="allow more time with --within")
        ways.say(_told(asked, ways.policy.proxy))
        found = self._sent(service, request, asked, key, until_s)
        if found.status in REFUSALS:
            pause_s = ways.pace.refused(service.name, found.header("Retry-After"), service.interval_s)
            if pause_s > min(RETRY_WAIT_S, until_s - time.monotonic()):
                raise FetchError(
                    f"it answers with status {found.status} and is to be left for {pause_s:,.0f} s",
                    remedy="ask again later",
                )
            found = self._sent(service, request, asked, key, until_s)
            if found.status in REFUSALS:
                ways.pace.refused(service.name, found.header("Retry-After"), service.interval_s)
        if found.status not in request.answers:
            raise FetchError(f"it answers with status {found.status}", remedy=_REMEDIES.get(found.status, _LATER))
        ways.pace.answered(service.name)
        answer = Answered(status=found.status, body=found.body, answered_at=found.answered_at)
        if ways.kept is not None:
            ways.kept.put(request, answer)
        return answer

    def _sent(self, service: Service, request: Request, asked: Asked, key: str, until_s: float) -> Fetched:
        """The reply to one request, sent when it is the service's turn."""
        self._ways.pace.turn(service.name, service.interval_s, within_s=max(until_s - time.monotonic(), 0.0))
        policy = replace(
            self._ways.policy,
            within_s=max(min(self._ways.policy.within_s, until_s - time.monotonic()), 0.001),
            body_bytes=request.most_bytes,
            redirects=self._ways.policy.redirects if request.follows and not key else 0,
        )
        headers = {"Content-Type": request.media_type} if request.media_type else {}
        headers |= {service.key_header: key} if key else {}
        came: list[Exchanged] = []
        clock = self._ways.clock
        try:
            found = fetch(asked.url, body=request.body, headers=headers, policy=policy, clock=clock, into=came)
        except FetchError as error:
            asked.tried = (*asked.tried, *error.tried)
            repeats = keys.holds(f"{error} {error.remedy}".encode(), key)
            asked.exchanges += _without(came, key, repeats=repeats)
            if repeats:
                raise FetchError(_REPEATS, remedy=_LATER) from None
            raise
        asked.tried = (*asked.tried, *(one.address for one in came))
        repeats = keys.holds(found.body, key)  # packed or in pieces it stands in the exchange, too
        asked.exchanges += _without(came, key, repeats=repeats)
        if repeats:
            raise FetchError(_REPEATS, remedy=_LATER)
        return found


_LATER = "ask again later, or by hand"
_REPEATS = "its reply repeats the key, so it is not used"
_REMEDIES = {401: "check the key", 403: "check the key, or ask by hand", 404: _LATER}


def _without(came: Sequence[Exchanged], key: str, *, repeats: bool) -> Iterator[Exchanged]:
    """The exchanges without the key; where a reply `repeats` it, without any reply."""
    for one in came:
        reply = b"" if repeats else keys.without(one.reply, key)
        yield replace(one, request=keys.without(one.request, key), reply=reply, whole=one.whole and not repeats)


def _url(service: Service, request: Request) -> str:
    """Where the request goes. Raises FetchError for an address of a reply that is none of the service's."""
    base = service.bases[request.at]
    if not request.path.startswith("/"):
        if request.path.startswith(f"{base}/"):
            return request.path
        raise ForbiddenError("its reply names an address of another server, which was not asked", remedy=_LATER)
    return base + request.path


def _told(asked: Asked, proxy: str) -> str:
    """What leaves, for a person to read before it does."""
    request = asked.request
    body = ""
    if request.body is not None:
        body = f", with {len(request.body):,} bytes, sha256 {hashlib.sha256(request.body).hexdigest()[:SHOWN_DIGITS]}"
    sees = f"{proxy_shown(proxy)} sees where it goes" if proxy else "it sees this machine's address"
    return (
        f"Asking {request.service}: {request.sends}{body}. To {visible(asked.url, limit=300)}; "
        f"{sees} and {USER_AGENT}. Request {request.id[:SHOWN_DIGITS]}."
    )
