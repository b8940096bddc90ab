"""Replies of services, kept for a day in the user's cache, so that the same question is not asked twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ..model.canonical import iso
from ..model.outside import Answered, Request
from ..model.time import utc_moment

LONGEST_S = 86_400.0
_MOST_FILES = 2_000


class Kept:
    """Replies in files of one folder, which is this user's alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, request: Request, now: datetime) -> Answered | None:
        """The reply to this request, no older than a day by the clock of the run; None where there is no whole one."""
        try:
            data = self._path(request).read_bytes()
            head, _, body = data.partition(b"\n")
            told = json.loads(head)
            at, status = utc_moment(told["answered_at"]), told["status"]
            good = told["sha256"] == hashlib.sha256(body).hexdigest() and isinstance(status, int)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if not good or at is None or not 0 <= (now - at).total_seconds() <= LONGEST_S:
            return None
        return Answered(status=status, body=body, answered_at=at)

    def put(self, request: Request, answer: Answered) -> None:
        """Keep a reply; that this cannot be done harms nothing."""
        path = self._path(request)
        head = {
            "answered_at": iso(answer.answered_at),
            "status": answer.status,
            "sha256": hashlib.sha256(answer.body).hexdigest(),
        }
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._thin(path.parent)
            descriptor, part = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
            with os.fdopen(descriptor, "wb") as file:
                file.write(json.dumps(head).encode() + b"\n" + answer.body)
            Path(part).replace(path)

    def drop(self, request: Request) -> None:
        """Forget the reply to a request."""
        with suppress(OSError):
            self._path(request).unlink(missing_ok=True)

    def _path(self, request: Request) -> Path:
        return self._folder / request.service / f"{request.id}.reply"

    @staticmethod
    def _thin(folder: Path) -> None:
        """The oldest go when there are too many."""
        files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in files[: max(len(files) - _MOST_FILES, 0)]:
            path.unlink(missing_ok=True)
