"""Answers from what was stored beside a report: the same requests get the same answers, and nothing leaves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..errors import FetchError, InputError
from ..model.outside import Answered, Ledger, Request
from ..model.time import utc_moment
from .ledger import RECORD, SCHEMA

_BROKEN = "the case or the report folder is damaged; see: provenance verify"
_MOST, _MOST_CHARS = 10_000, 4_000


class Replayed:
    """An `Outside` that sends nothing."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """`files`: what lies beside the report, by name. Raises InputError for what no run of ours has written."""
        self._stored: dict[str, list[dict[str, Any]]] = {}
        self._files = files
        self._used = 0
        try:
            record = json.loads(files[RECORD])
            if record["schema"] != SCHEMA or len(record["asked"]) > _MOST:
                raise InputError(f"{RECORD} is of another version", remedy="replay it with the version that wrote it")
            self._services = tuple(str(name) for name in record["services"])
            self._send_picture = record["send_picture"] is True
            for one in record["asked"]:
                self._stored.setdefault(str(one["request"]), []).append(one)
        except (KeyError, TypeError, ValueError, RecursionError):
            raise InputError(f"{RECORD} cannot be read", remedy=_BROKEN) from None

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that were asked."""
        return self._services

    @property
    def send_picture(self) -> bool:
        """Whether the picture itself might leave then."""
        return self._send_picture

    @property
    def used(self) -> int:
        """How many stored outcomes were handed out."""
        return self._used

    def ask(self, request: Request, *, within_s: float | None = None) -> Answered:  # noqa: ARG002 - as Outside has it
        """The stored outcome, an answer or a failure, in its turn where one request was made more than once."""
        stored = self._stored.get(request.id)
        if not stored:
            raise FetchError("this request is not among the stored ones", remedy="ask anew with --online")
        one = stored.pop(0) if len(stored) > 1 else stored[0]
        self._used += 1
        try:
            if "failed" in one:
                raise FetchError(_words(one["failed"]), remedy=_words(one.get("remedy", "")))
            body, at = self._files[str(one["reply"])], utc_moment(str(one["answered_at"]))
            if at is None or hashlib.sha256(body).hexdigest() != one["reply_sha256"]:
                raise InputError(f"{one['reply']} is not the reply that {RECORD} names", remedy=_BROKEN)
            status = one["status"]
            if type(status) is not int or status not in request.answers or len(body) > request.most_bytes:
                # A run of ours notes it as a failure.
                raise InputError(f"{one['reply']} is no reply that a check takes for an answer", remedy=_BROKEN)
            return Answered(status=status, body=body, answered_at=at)
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{RECORD} cannot be read", remedy=_BROKEN) from None

    def unusable(self, why: str) -> None:
        """Nothing is kept here."""

    def ledger(self) -> Ledger:
        """Nothing: nothing was asked."""
        return Ledger()


def _words(value: object) -> str:
    """Why there was no answer, as a run notes it. Raises ValueError."""
    if not isinstance(value, str) or len(value) > _MOST_CHARS:
        raise ValueError
    return value
