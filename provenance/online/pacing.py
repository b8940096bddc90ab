"""How fast each service is asked, over all runs of this user: a file a service, held while one waits its turn.

The file says when the service may be asked next and how often in a row it refused. Wall time, since it is shared
between processes; what a file holds that is no such time, or is more than a day off, counts as nothing.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import mktime_tz, parsedate_tz
from pathlib import Path

from ..errors import FetchError

REFUSALS = frozenset({429, 503})
"""Status codes with which a server asks for a pause (RFC 6585, section 4; RFC 9110, section 15.6.4)."""
MOST_WAIT_S = 30.0
"""Longest wait for a turn; a service that is to be left longer counts as not answering."""
LONGEST_S = 86_400.0
RETRY_WAIT_S = 5.0
"""Longest pause that is waited out after a refusal; a longer one counts as no answer."""
_FIRST_BACK_OFF_S = 10.0
_POLL_S = 0.05


class Pace:
    """The turns of all services, in files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def turn(self, service: str, interval_s: float, *, within_s: float = MOST_WAIT_S) -> None:
        """Wait until the service may be asked, and take the turn. Raises FetchError where that takes too long."""
        until_s = time.monotonic() + min(within_s, MOST_WAIT_S)
        with self._held(service, until_s) as descriptor:
            at_s, refusals = _read(descriptor)
            wait_s = at_s - time.time()
            most_s = RETRY_WAIT_S if refusals else MOST_WAIT_S
            if wait_s > min(max(until_s - time.monotonic(), 0), most_s):
                raise FetchError(
                    f"it is to be left for another {wait_s:,.0f} s, as it asked or by its pace",
                    remedy="ask again later",
                )
            if wait_s > 0:
                time.sleep(wait_s)
            _write(descriptor, time.time() + interval_s, refusals)

    def rest_s(self, service: str) -> float:
        """Seconds left of a pause that the service asked for; 0 where it asked for none. No turn is taken."""
        try:
            descriptor = os.open(self._folder / f"{service}.pace", os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return 0.0
        try:
            at_s, refusals = _read(descriptor)
        finally:
            os.close(descriptor)
        return max(at_s - time.time(), 0.0) if refusals else 0.0

    def refused(self, service: str, retry_after: str, interval_s: float) -> float:
        """Note that the service asked for a pause; how long, in seconds: what it said, else twice as long each time."""
        with self._held(service, time.monotonic() + MOST_WAIT_S) as descriptor:
            at_s, refusals = _read(descriptor)
            told_s = retry_after_s(retry_after, time.time())
            pause_s = max(interval_s, _FIRST_BACK_OFF_S) * 2 ** min(refusals, 12) if told_s is None else told_s
            pause_s = min(pause_s, LONGEST_S)
            _write(descriptor, max(at_s, time.time() + pause_s), refusals + 1)
            return pause_s

    def answered(self, service: str) -> None:
        """Note that it answered, so that the next refusal counts as the first."""
        with self._held(service, time.monotonic() + MOST_WAIT_S) as descriptor:
            at_s, refusals = _read(descriptor)
            if refusals:
                _write(descriptor, at_s, 0)

    @contextmanager
    def _held(self, service: str, until_s: float) -> Iterator[int]:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self._folder / f"{service}.pace", flags, 0o600)
        except OSError as error:
            raise FetchError(
                f"its pace cannot be kept: {error.strerror}", remedy="make the user's cache folder writable"
            ) from error
        try:
            while True:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until_s:
                        raise FetchError("others on this machine wait for it, too", remedy="ask again later") from None
                    time.sleep(_POLL_S)
            yield descriptor
        finally:
            os.close(descriptor)


def retry_after_s(header: str, now_s: float) -> float | None:
    """Seconds of a Retry-After header, a number or a date (RFC 9110, section 10.2.3); None where it is neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header[:12]), LONGEST_S)
    try:
        read = parsedate_tz(header)
        if read is None:
            return None
        at_s = mktime_tz((*read[:9], read[9] or 0))  # RFC 9110, section 5.6.7: always GMT
        return min(max(at_s - now_s, 0.0), LONGEST_S)
    except (TypeError, ValueError, OverflowError):
        return None


def _read(descriptor: int) -> tuple[float, int]:
    """When it may be asked next, as Unix seconds, and how often in a row it refused."""
    try:
        at, refusals = os.pread(descriptor, 100, 0).decode("ascii").split()
        at_s, count = float(at), int(refusals)
    except (ValueError, UnicodeDecodeError):
        return 0.0, 0
    return (at_s, max(count, 0)) if abs(at_s - time.time()) <= 2 * LONGEST_S else (0.0, 0)


def _write(descriptor: int, at_s: float, refusals: int) -> None:
    data = f"{at_s:.3f} {refusals}\n".encode()
    os.pwrite(descriptor, data, 0)
    os.ftruncate(descriptor, len(data))
