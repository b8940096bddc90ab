"""What a check that needs the outside is handed: somebody to ask, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to one service, before anything is sent."""

    service: str
    """By its name on the command line, such as "wayback"."""
    url: str
    sends: str
    """What leaves with it, in words: "the address of the picture", "the picture itself, 120,000 bytes"."""
    body: bytes | None = field(default=None, repr=False)
    headers: tuple[tuple[str, str], ...] = ()
    """Without the key, which whoever asks adds."""
    pixels: bool = False
    """Whether the picture itself leaves, or a part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply with status 200, as it came or as it was kept."""

    body: bytes = field(repr=False)
    sha256: str
    """Of the body."""
    answered_at: datetime
    """By the clock of the run that asked."""


class Outside(Protocol):
    """Asks the services that the desk named, and no other. The same requests get the same answers in a replay."""

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that may be asked."""

    @property
    def send_picture(self) -> bool:
        """Whether the picture itself may leave."""

    def ask(self, request: Request) -> Answered:
        """Raises FetchError, in words that say why there is no answer; it is never an empty answer."""
