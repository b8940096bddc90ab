"""What was asked for one picture: noted before it leaves, completed by what came of it, kept beside the report.

asked.json lists the requests; reply-<digest>.bin is the body of a reply; asked.warc holds requests and replies byte for
byte, keys left out. These files are what a replay reads.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from ..errors import FetchError
from ..model.canonical import iso
from ..model.outside import Answered, Ledger, Request
from ..model.text import visible
from .exchange import Exchanged
from .warc import warc

RECORD, EXCHANGES, SCHEMA = "asked.json", "asked.warc", "provenance-asked/1"
NO_END = "no answer had come when the report was made"


@dataclass(slots=True)
class Asked:
    """One request, and what came of it so far."""

    request: Request
    url: str
    asked_at: datetime
    tried: tuple[str, ...] = ()
    answer: Answered | None = None
    failed: str = NO_END
    remedy: str = ""
    kept: bool = False
    """Whether the reply is an earlier one from the cache: nothing left."""
    unusable: str = ""
    """Why the reply could not be used."""
    exchanges: list[Exchanged] = field(default_factory=list)

    def ended(self, answer: Answered) -> Answered:
        """Note the answer."""
        self.answer, self.failed = answer, ""
        return answer

    def broke(self, error: FetchError) -> None:
        """Note why there is none."""
        self.failed, self.remedy = str(error), error.remedy
        self.tried = self.tried or error.tried

    @property
    def line(self) -> str:
        """For the log and the report."""
        request = self.request
        went = f"sent to {', '.join(self.tried)}" if self.tried else "nothing sent"
        came = f"not checked: {self.failed}"
        if self.answer is not None:
            digest = hashlib.sha256(self.answer.body).hexdigest()
            came = f"status {self.answer.status}, {len(self.answer.body):,} bytes, sha256 {digest}"
            if self.kept:
                went = f"nothing sent; the reply of {iso(self.answer.answered_at)} is used again"
            came += f"; not checked: {self.unusable}" if self.unusable else ""
        what = "" if request.body is None else f", {len(request.body):,} bytes"
        return visible(
            f"{request.service}: {request.sends} ({visible(self.url, limit=300)}{what}), request {request.id}, "
            f"{iso(self.asked_at)}, {went}: {came}",
            limit=1_500,
        )

    def form(self) -> dict[str, object]:
        """For asked.json."""
        request, answer = self.request, self.answer
        body = request.body
        form: dict[str, object] = {
            "service": request.service,
            "request": request.id,
            "method": "GET" if body is None else "POST",
            "url": visible(self.url),
            "sends": request.sends,
            "pixels": request.pixels,
            "asked_at": iso(self.asked_at),
            "addresses": list(self.tried),
        }
        if body is not None:
            form |= {"body_bytes": len(body), "body_sha256": hashlib.sha256(body).hexdigest()}
        if answer is None:
            return form | {"failed": self.failed, "remedy": self.remedy}
        form |= {"unusable": self.unusable} if self.unusable else {}
        told = {"status": answer.status, "answered_at": iso(answer.answered_at), "from_cache": self.kept}
        return form | told | {"reply_sha256": hashlib.sha256(answer.body).hexdigest(), "reply": reply_name(answer.body)}


def reply_name(body: bytes) -> str:
    """The file that keeps a reply."""
    return f"reply-{hashlib.sha256(body).hexdigest()[:16]}.bin"


def ledger(asked: list[Asked], services: tuple[str, ...], *, send_picture: bool, clock: str) -> Ledger:
    """Lines and files of these requests; no file where nothing was asked."""
    if not asked:
        return Ledger()
    exchanges = warc([one for each in asked for one in each.exchanges], asked[0].asked_at)
    record = {
        "schema": SCHEMA,
        "clock": clock,
        "services": list(services),
        "send_picture": send_picture,
        "asked": [each.form() for each in asked],
        "warc": {"file": EXCHANGES, "sha256": hashlib.sha256(exchanges).hexdigest()},
    }
    replies = {reply_name(each.answer.body): each.answer.body for each in asked if each.answer is not None}
    told = f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode()
    return Ledger(lines=tuple(each.line for each in asked), files={RECORD: told, **replies, EXCHANGES: exchanges})
