"""Replies of services, kept for a day in the user's cache, so that the same question is not asked twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ..model.canonical import iso
from ..model.limits import KEPT_BYTES
from ..model.outside import Answered, Request
from ..model.time import utc_moment

LONGEST_S = 86_400.0
_MOST_FILES = 2_000


class Kept:
    """Replies in files of one folder, which is this user's alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thinned = False

    def get(self, request: Request, now: datetime) -> Answered | None:
        """The reply to this request, no older than a day by the clock of the run; None where there is no whole one."""
        if not self._thinned:
            self._thin()
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
            descriptor, part = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(json.dumps(head).encode() + b"\n" + answer.body)
                Path(part).replace(path)
            except BaseException:
                Path(part).unlink(missing_ok=True)  # a full disk is not left fuller
                raise
            _thin_folder(path.parent)

    def drop(self, request: Request) -> None:
        """Forget the reply to a request."""
        with suppress(OSError):
            self._path(request).unlink(missing_ok=True)

    def _path(self, request: Request) -> Path:
        return self._folder / request.service / f"{request.id}.reply"

    def _thin(self) -> None:
        """Thin the replies of every service, once a run: also of those that are asked no more."""
        self._thinned = True
        with suppress(OSError):
            for service in self._folder.iterdir():
                if service.is_dir():
                    _thin_folder(service)


def _thin_folder(folder: Path) -> None:
    """What is older than a day goes, and the oldest where they are too many or too large."""
    found = []
    for path in folder.iterdir():
        with suppress(OSError):  # another run has thinned it
            found.append((path.stat(), path))
    now_s, size = time.time(), 0
    for number, (status, path) in enumerate(sorted(found, key=lambda one: one[0].st_mtime, reverse=True)):
        size += status.st_size
        if now_s - status.st_mtime > LONGEST_S or number >= _MOST_FILES or size > KEPT_BYTES:
            with suppress(OSError):
                path.unlink()
