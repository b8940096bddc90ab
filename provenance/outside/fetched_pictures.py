"""What came of an address that was asked: pictures, each with its way here, and the record of every request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..intake.fetched import came_from
from ..model.evidence import Appearance
from ..model.limits import PAGE_COPIED_BYTES
from ..online.exchange import Exchanged
from ..online.sending import USER_AGENT
from ..online.warc import warc

if TYPE_CHECKING:
    from ..model.brought import Brought

RECORD, EXCHANGE = "fetched.json", "fetched.warc"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPicture:
    """One picture as it came."""

    name: str
    """Its file name by its address; for showing, never for a path."""
    data: bytes = field(repr=False)
    media_type: str
    said: dict[str, str]
    """How it came, as a case's log keeps it: "url", "from", "page", "address", "tls_peer", "answered_at", ..."""

    @property
    def sha256(self) -> str:
        """Of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def came_from(self) -> Appearance:
        """The same as evidence."""
        found = came_from(self.said)
        assert found is not None  # noqa: S101 - `said` always has what it takes
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """What came of an address."""

    url: str
    """As given."""
    pictures: tuple[FetchedPicture, ...]
    passed_over: tuple[str, ...]
    """Of a page: pictures that could not be had, each with the reason."""
    steps: tuple[dict[str, object], ...] = field(repr=False)
    """Every request with what came back, as fetched.json has them."""
    exchanges: tuple[Exchanged, ...] = field(repr=False)
    asked_at: datetime
    clock: str
    proxy: str = ""
    """Host and port of the proxy that was gone through; "" for none."""
    failed: str = ""
    """Why nothing came of it; "" where something did."""
    stopped: bool = False
    """Whether it was by whoever asked, not by what the address gave."""

    @property
    def left(self) -> int:
        """How many requests left this machine, or may have: of one that was stopped it is not known."""
        return sum(bool(step.get("address") or step.get("tried") or "tried" not in step) for step in self.steps)

    @property
    def brought(self) -> tuple[Brought, ...]:
        """The pictures for a check, each with where it came from, and the record to keep beside its report."""
        from ..model.brought import Brought

        return tuple(
            Brought(
                data=one.data,
                name=one.name,
                also=(one.came_from,),
                addresses=(one.said["url"], one.said["from"]),
                beside=self.alone(one).files,
            )
            for one in self.pictures
        )

    def alone(self, picture: FetchedPicture) -> Fetching:
        """The same for one picture: what was asked for the others is left out, and the WARC has the page and it.

        A page of more than PAGE_COPIED_BYTES is in the WARC of the first picture alone, which the others name.
        """
        if len(self.pictures) < 2:
            return self
        first = self.pictures[0]
        others = {one.said["url"] for one in self.pictures if one is not picture}
        steps = tuple(step for step in self.steps if "page" not in step or step["url"] not in others)
        of_page = self._exchanges([step for step in steps if "page" not in step])
        own = self._exchanges([step for step in steps if "page" in step and step["url"] == picture.said["url"]])
        told = f"{EXCHANGE} has the page and this picture; the page's other pictures ({len(others)}) have their own"
        if picture is not first and (size := sum(len(one.reply) for one in of_page)) > PAGE_COPIED_BYTES:
            told = (
                f"{EXCHANGE} has this picture alone; the page came in {size:,} bytes, which lie once, with the first "
                f"of its pictures, {first.name} (sha256 {first.sha256}); the page's other pictures ({len(others)}) "
                "have their own"
            )
            of_page = ()
        return replace(
            self,
            pictures=(picture,),
            steps=steps,
            exchanges=(*of_page, *(one for one in own if one not in of_page)),
            passed_over=(*self.passed_over, told),
        )

    def _exchanges(self, steps: Sequence[Mapping[str, object]]) -> tuple[Exchanged, ...]:
        """Those of these requests."""
        asked = {address for step in steps for address in _addresses(step)}
        return tuple(one for one in self.exchanges if one.url in asked)

    @property
    def files(self) -> dict[str, bytes]:
        """fetched.json and fetched.warc: the record of the requests, and the requests and replies byte for byte."""
        exchange = warc(self.exchanges, self.asked_at)
        record = {
            "schema": "provenance-fetched/1",
            "url": self.url,
            "user_agent": USER_AGENT,
            "clock": self.clock,
            **({"proxy": self.proxy} if self.proxy else {}),
            **({"failed": self.failed} if self.failed else {}),
            "asked": self.steps,
            "passed_over": self.passed_over,
            "warc": {"file": EXCHANGE, "sha256": hashlib.sha256(exchange).hexdigest()},
        }
        return {RECORD: f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode(), EXCHANGE: exchange}


def _addresses(step: Mapping[str, object]) -> Iterator[object]:
    """Every address that one request went to, as the exchanges name them."""
    passed = step.get("redirects", ())
    yield from (one["url"] for one in passed if isinstance(one, dict)) if isinstance(passed, list) else ()
    yield step.get("from")
