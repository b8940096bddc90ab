"""Time-stamps for a file or a digest, asked of the authorities that the caller names and of nobody else.

    for stamped in stamp(path, ["https://tsa.example/"], say=print):
        write(stamped.files)          # what a stranger needs to check it, by name
        log(stamped.sent)             # what left, to whom, when

An authority is told nothing but the SHA-256 of a salted text and a random number. Each is asked by itself: one that
fails leaves the others as they are.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ..custody import timestamp
from ..custody.events import SYSTEM_CLOCK, Clock, system_clock
from ..custody.stamp_reply import StampState, TimeStamp, check
from ..errors import FetchError, ForbiddenError, InputError, UsageError, stopped_by
from ..model.address import without_user
from ..model.canonical import iso
from ..model.context import TrustAnchors
from ..model.limits import STAMP_REPLY_BYTES
from ..model.text import visible
from ..online.exchange import Policy
from ..online.fetch import fetch
from ..online.lookup import never_asked
from ..online.target import port_of

REPLY_TYPE = "application/timestamp-reply"
POLICY = Policy(body_bytes=STAMP_REPLY_BYTES)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST_APART_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What one authority will be sent."""

    authority: str
    """Its URL, as given; a name and password in it, which are refused, are hidden."""
    subject: bytes = field(repr=False)
    request: bytes = field(repr=False)

    @property
    def words(self) -> str:
        """What will leave, for a person to read before it does."""
        return (
            f"to {visible(self.authority, limit=200)}: a request of {len(self.request)} bytes "
            f"(sha256 {hashlib.sha256(self.request).hexdigest()}); in it the digest "
            f"{hashlib.sha256(self.subject).hexdigest()}, of a text that salts what is stamped, and a random number"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What left this machine, for the log."""

    to: str
    what: str
    sha256: str
    """Of the bytes sent."""
    at: datetime
    clock: str
    addresses: tuple[str, ...]
    """Those that a connection was tried to; empty: nothing left but, at most, the question for the host's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What came of asking one authority."""

    asking: Asking
    sent: Sent
    stamp: TimeStamp
    reply: bytes = field(repr=False, default=b"")
    """The body of its answer, whatever it was; empty when there was none."""
    tls_peer_sha256: str = ""
    answered_at: datetime | None = None
    anchors: str = field(repr=False, default="")

    @property
    def kept(self) -> bool:
        """Whether there is a time-stamp to keep: a reply that was not refused."""
        return bool(self.reply) and self.stamp.state is not StampState.REFUSED

    @property
    def files(self) -> dict[str, bytes]:
        """The time-stamp as files by name: what stock tools need to check it, and how. Empty unless `kept`."""
        if not self.kept:
            return {}
        found = {
            timestamp.SUBJECT: self.asking.subject,
            timestamp.REQUEST: self.asking.request,
            timestamp.RESPONSE: self.reply,
            timestamp.CHAIN: self.stamp.chain.encode(),
            timestamp.ANCHORS: self.anchors.encode(),
        }
        return {name: data for name, data in found.items() if data}

    def commands(self, file: str = "FILE") -> tuple[str, ...]:
        """The command lines that check those files, run in their folder; `file` as a shell reads it."""
        return timestamp.commands(self.stamp.time, chain=bool(self.stamp.chain), anchors=bool(self.anchors), file=file)


def plan(
    what: str | Path, authorities: Iterable[str], *, salt: bytes | None = None, policy: Policy = POLICY
) -> tuple[Asking, ...]:
    """What each authority would be sent for a file or a digest (64 hex digits). Nothing is sent.

    `salt`: 16 to 64 bytes, a case's own; fresh and random when left out. Raises InputError, UsageError, and
    ForbiddenError for a file where no authority is one that is ever asked: then it is not even read.
    """
    named = tuple(dict.fromkeys(authorities))
    if not named:
        raise UsageError("no authority is named", remedy="give the address of one, such as https://freetsa.org/tsr")
    sha256 = what if isinstance(what, str) and _DIGEST.fullmatch(what) else _digest_of(Path(what), named, policy)
    text = timestamp.subject(sha256, secrets.token_bytes(timestamp.SALT_BYTES) if salt is None else salt)
    return tuple(
        Asking(authority=without_user(url), subject=text, request=timestamp.request(text, _nonce())) for url in named
    )


def send(
    asking: Asking,
    *,
    trusted: Iterable[TrustAnchors] = (),
    say: Callable[[str], None] | None = None,
    policy: Policy = POLICY,
    clock: Clock = system_clock,
    stopped: Callable[[Stamped], None] | None = None,
) -> Stamped:
    """Ask one authority and judge its reply by the certificates `trusted`. What fails is told in the stamp's words.

    `say` is told what will be sent, once the authority's address was looked up and may be asked; `stopped`, of a
    request that Ctrl-C ends, what may have left by then.
    """
    anchors = "".join(listed.pem for listed in trusted)
    at = clock()
    headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY_TYPE}  # RFC 3161, section 3.4
    policy = replace(policy, ports=policy.ports | port_of(asking.authority))
    before, tried = None if say is None else lambda _: say(asking.words), list[str]()
    try:
        answer = fetch(
            asking.authority,
            body=asking.request,
            headers=headers,
            policy=policy,
            clock=clock,
            before=before,
            tried=tried,
        )
    except KeyboardInterrupt as stop:
        if stopped is not None and tried:
            cut = TimeStamp(state=StampState.REFUSED, words=f"no time-stamp: {stopped_by(stop)} before it answered")
            stopped(Stamped(asking=asking, sent=_sent(asking, at, clock, tuple(tried)), stamp=cut))
        raise
    except FetchError as error:
        words = f"no time-stamp: {error}{f'; {error.remedy}' if error.remedy else ''}"
        stamp = TimeStamp(state=StampState.REFUSED, words=words)
        return Stamped(asking=asking, sent=_sent(asking, at, clock, error.tried), stamp=stamp)
    if answer.status == 200:
        stamp = check(asking.subject, asking.request, answer.body, anchors)
        stamp = _beside(stamp, answer.answered_at)
    else:
        stamp = TimeStamp(state=StampState.REFUSED, words=f"no time-stamp: it answers with status {answer.status}")
    return Stamped(
        asking=asking,
        sent=_sent(asking, at, clock, (answer.address,)),
        stamp=stamp,
        reply=answer.body,
        tls_peer_sha256=answer.tls_peer_sha256,
        answered_at=answer.answered_at,
        anchors=anchors,
    )


def stamp(
    what: str | Path,
    authorities: Iterable[str],
    *,
    trusted: Iterable[TrustAnchors] = (),
    salt: bytes | None = None,
    say: Callable[[str], None] | None = None,
    policy: Policy = POLICY,
    clock: Clock = system_clock,
) -> tuple[Stamped, ...]:
    """Ask each authority, in order, for a time-stamp of a file or a digest; one result an authority, also for failures.

    `say` is told, before each request, what will be sent to whom; of an address that is never asked, nothing. Raises
    InputError, UsageError and ForbiddenError (`plan`), before anything is sent, and nothing afterwards.
    """
    listed, asked = tuple(trusted), plan(what, authorities, salt=salt, policy=policy)
    return tuple(send(asking, trusted=listed, say=say, policy=policy, clock=clock) for asking in asked)


def _sent(asking: Asking, at: datetime, clock: Clock, addresses: tuple[str, ...]) -> Sent:
    return Sent(
        to=asking.authority,
        what=f"a time-stamp request of {len(asking.request)} bytes",
        sha256=hashlib.sha256(asking.request).hexdigest(),
        at=at,
        clock=SYSTEM_CLOCK if clock is system_clock else "the caller's clock",
        addresses=addresses,
    )


def _beside(stamp: TimeStamp, answered_at: datetime) -> TimeStamp:
    """The stamp with a word about this machine's clock, where the two are far apart."""
    apart_s = 0.0 if stamp.time is None else (stamp.time - answered_at).total_seconds()
    if abs(apart_s) <= _MOST_APART_S or stamp.state is StampState.REFUSED:
        return stamp
    words = f"{stamp.words}; its time differs from this machine's ({iso(answered_at)}) by {abs(apart_s):,.0f} s"
    return replace(stamp, words=words)


def _digest_of(path: Path, authorities: Sequence[str], policy: Policy) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(f"{path} is no file", remedy="name a file")
        # Before gigabytes are read for nobody; where one may be asked, the others are told when their turn comes.
        never = {without_user(url): never_asked(url, policy) for url in authorities}
        if all(never.values()):
            told = "; ".join(f"{visible(url, limit=200)}: {error}" for url, error in never.items())
            raise ForbiddenError(f"no time-stamp: {told}", remedy="name an authority on the open net")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise InputError(f"{path}: {reason}", remedy="name a file that you may read") from error


def _nonce() -> bytes:
    # The top bit is set, so that the number is never zero.
    return bytes((secrets.randbits(7) | 0x80,)) + secrets.token_bytes(timestamp.NONCE_BYTES - 1)
