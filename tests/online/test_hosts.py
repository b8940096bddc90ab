"""Whose turn a refusal counts against when many addresses are asked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.errors import FetchError
from provenance.online.exchange import Exchanged, Fetched, Redirect
from provenance.online.hosts import Hosts

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_refusal_behind_a_redirect_rests_the_host_that_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.online.hosts.INTERVAL_S", 0.0)
    hosts = Hosts(tmp_path)
    found = Fetched(
        status=429,
        headers=(("Retry-After", "90000"),),
        url="https://target.example/picture",
        body=b"",
        body_as_sent=b"",
        address="192.0.2.1",
        tls_peer_sha256="",
        exchanged=Exchanged(url="", address="", request=b"", reply=b""),
        redirects=(Redirect(url="https://short.example/a", status=302, location="", address="192.0.2.2"),),
        exchanges=(),
        asked_at=NOW,
        answered_at=NOW,
    )
    hosts.answered(found)
    hosts.wait("https://short.example/b", float("inf"))
    with pytest.raises(FetchError, match=r"target\.example: it is to be left for another"):
        hosts.wait("https://target.example/other", float("inf"))
    hosts.rest("https://short.example/b")
    with pytest.raises(FetchError, match=r"target\.example: it is to be left for another .* as it asked"):
        hosts.rest("https://target.example/other")
