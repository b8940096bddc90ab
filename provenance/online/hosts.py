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

    def rest(self, url: str) -> None:
        """Raises FetchError where the host asked for a rest that is not over; no turn is waited for."""
        if (left_s := self._pace.rest_s(_name(url))) > 0:
            raise FetchError(
                f"{host_of(url)}: it is to be left for another {left_s:,.0f} s, as it asked", remedy="ask again later"
            )

    def answered(self, found: Fetched) -> None:
        """Note what came of a request: that a host asks for a pause, or that it does not. Raises FetchError.

        A pause is that of the host that asked for it, not of one that only led there, such as of a shortened address.
        """
        last = _name(found.url)
        if found.status in REFUSALS:
            self._pace.refused(last, found.header("Retry-After"), INTERVAL_S)
        else:
            self._pace.answered(last)
        for led in {_name(one.url) for one in found.redirects} - {last}:
            self._pace.answered(led)


def _name(url: str) -> str:
    """Of a host among the paces: that of a file, whatever letters the host is written in."""
    return f"host-{hashlib.sha256(host_of(url).rstrip('.').encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
