"""Turns of the hosts of many addresses, such as those of a list: each is asked as rarely as by a person, and left alone
for as long as it says.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from ..errors import FetchError
from ..model.address import host_of
from .exchange import Fetched
from .pacing import REFUSALS, Pace

INTERVAL_S = 1.0
"""From one address to the next at the same host: a person with a browser asks about as often."""


class Hosts:
    """Kept in files of one folder, over all runs of this user."""

    def __init__(self, folder: Path) -> None:
        self._pace = Pace(folder)

    def wait(self, url: str, until_s: float) -> None:
        """Until the host may be asked, or until time.monotonic() is `until_s`.

        Raises FetchError where that takes too long, or the host asked for a rest.
        """
        try:
            self._pace.turn(_name(url), INTERVAL_S, within_s=max(until_s - time.monotonic(), 0.0))
        except FetchError as error:
            raise FetchError(f"{host_of(url)}: {error}", remedy=error.remedy) from error

    def answered(self, url: str, found: Fetched) -> None:
        """Note what it answered: that it asks for a pause, or that it does not. Raises FetchError.

        A pause is that of the host that asked for it, not of one that only led there, such as of a shortened address.
        """
        if found.status in REFUSALS:
            self._pace.refused(_name(found.url), found.header("Retry-After"), INTERVAL_S)
        else:
            self._pace.answered(_name(url))


def _name(url: str) -> str:
    """Of a host among the paces: that of a file, whatever letters the host is written in."""
    return f"host-{hashlib.sha256(host_of(url).rstrip('.').encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
