"""What a check that needs the outside is handed: somebody to ask, and what comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from .canonical import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to one service, before anything is sent."""

    service: str
    """By its name on the command line, such as "wayback"."""
    path: str
    """Path and query, behind the service's own address; or a whole address that a reply of the service named."""
    sends: str
    """What leaves with it, in words: "the address of the picture", "the picture itself, 120,000 bytes"."""
    at: str = ""
    """Which of the service's addresses, where it has several."""
    body: bytes | None = field(default=None, repr=False)
    media_type: str = ""
    """Of the body."""
    pixels: bool = False
    """Whether the picture itself leaves, or a part of it."""
    answers: tuple[int, ...] = (200,)
    """Statuses that are an answer; every other is a failure."""
    follows: bool = True
    """Whether a redirect is followed; not where another address would be another answer."""
    most_bytes: int
    """Of the reply."""

    @property
    def id(self) -> str:
        """SHA-256 over what is asked of whom: the same wherever the service is reached."""
        body = "" if self.body is None else hashlib.sha256(self.body).hexdigest()
        return hashlib.sha256(canonical([self.service, self.at, self.path, body])).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply, as it came or as it was kept."""

    status: int
    body: bytes = field(repr=False)
    answered_at: datetime
    """By the clock of the run that asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was asked for one picture."""

    lines: tuple[str, ...] = ()
    """A line a request: to whom, which bytes by digest, when, and what came of it."""
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)
    """The record, the replies and the exchanges byte for byte, by name, to keep beside the report."""


class Outside(Protocol):
    """Asks the services that the desk named, and no other. In a replay the same requests get the same answers."""

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that may be asked."""

    @property
    def send_picture(self) -> bool:
        """Whether the picture itself may leave."""

    def ask(self, request: Request, *, within_s: float | None = None) -> Answered:
        """Raises FetchError, in words that say why there is no answer; it is never an empty answer."""

    def unusable(self, why: str) -> None:
        """The last answer in this thread was none that could be used: it is not kept for another time, and the ledger
        says so.
        """

    def ledger(self) -> Ledger:
        """What was asked since this was called last."""
