"""A picture, or the pictures of a page, fetched from an address that a person gave, with what custody asks to know.

    got = fetch_pictures("https://example.org/story", say=print)
    for picture in got.pictures:
        desk.check(picture.data, name=picture.name, also=(picture.came_from,))

The address that was given is asked, what it leads on to, and the pictures that its page names; nothing else.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..custody.events import STATED_CLOCK, SYSTEM_CLOCK, Clock, system_clock
from ..errors import FetchError, InputError, stopped_by
from ..image.containers import sniff
from ..model.address import host_of, without_user
from ..model.canonical import iso
from ..model.limits import PAGE_BYTES, PAGE_TOTAL_BYTES, PAGE_WALL_S
from ..model.text import visible
from ..online.exchange import Exchanged, Fetched, Policy
from ..online.fetch import fetch
from ..online.hosts import Hosts
from ..online.page import is_page, pictures_named
from ..online.proxy import proxy_named, proxy_shown
from ..online.sending import USER_AGENT
from ..online.target import port_of, well_formed
from .fetched_pictures import FetchedPicture, Fetching

__all__ = ["FetchedPicture", "Fetching", "Hosts", "fetch_pictures", "proxy_named"]
POLICY = Policy()
_NAME_CHARS = 80


def fetch_pictures(
    url: str,
    *,
    say: Callable[[str], None] | None = None,
    policy: Policy | None = None,
    now: datetime | None = None,
    proxy: str = "",
    failed: Callable[[Fetching], object] | None = None,
    hosts: Hosts | None = None,
) -> Fetching:
    """Fetch a picture, or a page and the pictures that it names (at most PAGE_PICTURES), under the limits of `policy`.

    `say` is told before each request where it goes. `now`: a time to use as the clock. `proxy`: an HTTP proxy to go
    through, for https alone. `failed` is handed what came of the attempt before the error is raised, Ctrl-C too.
    `hosts`: where each gets its turn, of many addresses; None waits for none. Raises
    FetchError when the address itself gives nothing usable, InputError when what it gives is neither picture nor page,
    or a page that names no picture that could be had.
    """
    clock: Clock = (lambda: now) if now else system_clock
    named = STATED_CLOCK if now else SYSTEM_CLOCK
    policy = policy or POLICY
    policy = replace(policy, ports=policy.ports | port_of(url), proxy=proxy or policy.proxy)
    until_s = time.monotonic() + PAGE_WALL_S
    asking = _Asking(say=say or (lambda _: None), policy=policy, clock=clock, named=named, until_s=until_s, hosts=hosts)
    started = clock()
    pictures: list[FetchedPicture] = []
    passed_over: list[str] = []

    def ended(why: str = "", *, stopped: bool = False) -> Fetching:
        return Fetching(
            url=without_user(url),
            pictures=tuple(pictures),
            passed_over=tuple(passed_over),
            steps=tuple(asking.steps),
            exchanges=tuple(asking.exchanges),
            asked_at=started,
            clock=named,
            proxy=policy.proxy and proxy_shown(policy.proxy),
            failed=why,
            stopped=stopped,
        )

    try:
        _all_of(url, asking, pictures, passed_over)
    except (FetchError, InputError, KeyboardInterrupt) as error:
        if failed is not None:
            stop = stopped_by(error) if isinstance(error, KeyboardInterrupt) else ""
            failed(ended(stop or str(error), stopped=bool(stop)))
        raise
    return ended()


def _all_of(url: str, asking: _Asking, pictures: list[FetchedPicture], passed_over: list[str]) -> None:
    """The picture at the address, or those of the page there. Raises FetchError, InputError."""
    first = asking.get(url)
    if kind := sniff.media_type(first.body):
        pictures.append(asking.picture(url, first, kind))
        return
    if not is_page(first.body):
        raise InputError(
            f"{visible(without_user(url), limit=200)}: neither a picture nor a web page by its content",
            remedy="give the address of the picture itself, or of a page that shows it",
        )
    if len(first.body) > PAGE_BYTES:
        passed_over.append(f"what the page names behind its first {PAGE_BYTES:,} bytes: it was not looked through")
    for one in pictures_named(first.body, first.url):
        try:
            there = asking.get(one, page=first.url)
        except FetchError as error:
            passed_over.append(f"{visible(without_user(one), limit=200)}: {error}")
            continue
        if kind := sniff.media_type(there.body):
            if all(there.body != picture.data for picture in pictures):
                pictures.append(asking.picture(one, there, kind, page=first.url))
        else:
            passed_over.append(f"{visible(without_user(one), limit=200)}: not a picture by its content")
    if not pictures:
        why = f": {passed_over[0]}" if passed_over else ""
        raise InputError(
            f"{visible(without_user(url), limit=200)}: a page that names no picture that could be had{why}",
            remedy="open it by hand, save the picture and check the file; pages drawn by scripts name none",
        )


@dataclass(slots=True)
class _Asking:
    """The requests of one fetching, and what they left."""

    say: Callable[[str], None]
    policy: Policy
    clock: Clock
    named: str
    until_s: float
    hosts: Hosts | None = None
    steps: list[dict[str, object]] = field(default_factory=list)
    exchanges: list[Exchanged] = field(default_factory=list)

    def get(self, url: str, *, page: str = "") -> Fetched:
        """One address. Raises FetchError, also for an answer with another status than 200."""
        left_s = self.until_s - time.monotonic()
        if left_s <= 0:
            raise FetchError("the time for this page has run out", remedy="fetch this picture by itself")
        proxy = self.policy.proxy and proxy_shown(self.policy.proxy)
        room = PAGE_TOTAL_BYTES - sum(len(one.reply) for one in self.exchanges)
        if room <= 0:
            raise FetchError(
                f"the page's pictures have more than {PAGE_TOTAL_BYTES:,} bytes together",
                remedy="fetch this picture by itself",
            )
        if self.hosts is not None and not page and well_formed(url, self.policy.ports):
            self.hosts.wait(url, self.until_s)
        step: dict[str, object] = {
            "url": without_user(url),
            "asked_at": iso(self.clock()),
            **({"page": page} if page else {}),
        }
        self.steps.append(step)
        try:
            within_s, most = min(self.policy.within_s, left_s), min(self.policy.body_bytes, room)
            policy = replace(self.policy, within_s=within_s, body_bytes=most)
            before = self._before(page=page, until_s=time.monotonic() + within_s)
            found = fetch(url, policy=policy, clock=self.clock, into=self.exchanges, before=before)
        except FetchError as error:
            step |= {"failed": str(error), "tried": list(error.tried)}
            raise
        except KeyboardInterrupt as stop:
            step |= {"failed": stopped_by(stop)}
            raise
        step |= _told(found) | ({"proxy": proxy} if proxy else {})
        if self.hosts is not None:
            self.hosts.answered(found)
        if found.status != 200:
            raise FetchError(
                f"{urlsplit(found.url).netloc} answers with status {found.status}", remedy="open the address by hand"
            )
        return found

    def _before(self, *, page: str, until_s: float) -> Callable[[str], None]:
        """What is done before each request on the way from this address: its host has its turn, and it is told.

        A page's pictures come behind it at once, as in a browser; a rest that a host asked for holds for them, too.
        """
        proxy = self.policy.proxy and proxy_shown(self.policy.proxy)
        sees = (
            f"{proxy} sees where it goes, and it sees that proxy's address"
            if proxy
            else "it sees this machine's address"
        )
        passed: list[str] = []

        def before(address: str) -> None:
            host = host_of(address)
            if self.hosts is not None and page:
                self.hosts.rest(address)
            elif self.hosts is not None and passed and host not in passed:  # the first had its turn already
                self.hosts.wait(address, until_s)
            what = "Sent on, fetching" if passed else "Fetching"
            passed.append(host)
            self.say(f"{what} {visible(address, limit=200)}: {sees} and {USER_AGENT}.")

        return before

    def picture(self, url: str, found: Fetched, kind: str, *, page: str = "") -> FetchedPicture:
        """The body of a reply as a picture with its way here."""
        last = found.exchanged
        said = {
            "url": url,
            "from": found.url,
            "page": page,
            "address": found.address,
            "tls_peer": found.tls_peer_sha256,
            "tls_issuer": last.tls_issuer,
            "answered_at": iso(found.answered_at),
            "clock": self.named,
        }
        kept = {name: value for name, value in said.items() if value}
        return FetchedPicture(name=_name(found.url), data=found.body, media_type=kind, said=kept)


def _told(found: Fetched) -> dict[str, object]:
    """A request and its reply for fetched.json."""
    return {
        "answered_at": iso(found.answered_at),
        "from": found.url,
        "redirects": [
            {"url": one.url, "status": one.status, "location": without_user(one.location), "address": one.address}
            for one in found.redirects
        ],
        "status": found.status,
        "address": found.address,
        "tls": [
            {"url": one.url, "peer_sha256": one.tls_peer_sha256, "subject": one.tls_subject, "issuer": one.tls_issuer}
            for one in found.exchanges
            if one.tls_peer_sha256
        ],
        "headers": [list(pair) for pair in found.headers],
        "size_bytes": len(found.body),
        "sha256": hashlib.sha256(found.body).hexdigest(),
        "sha256_as_sent": hashlib.sha256(found.body_as_sent).hexdigest(),
    }


def _name(url: str) -> str:
    last = PurePosixPath(unquote(urlsplit(url).path)).name
    return visible(last or urlsplit(url).netloc, limit=_NAME_CHARS)
