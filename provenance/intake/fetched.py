"""Where the bytes of a picture were fetched from: what a case notes of it -> evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.address import host_of
from ..model.evidence import Appearance
from ..model.publication import CopyKind, DateBasis
from ..model.source import Source, SourceKind
from ..model.text import quoted, visible

METHOD = "fetched"
_SHOWN_CHARS = 200


def came_from(said: Mapping[str, str | Sequence[str]]) -> Appearance | None:
    """That these very bytes stood at an address when they were fetched; None where the entry does not say so.

    `said`: "url" as given, "from" after redirects, "page" that named it, "address", "tls_peer", "tls_issuer",
    "answered_at", "clock", all texts; any may be missing but "from" and "answered_at".
    """
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    at, where = texts.get("answered_at", ""), texts.get("from", "")
    if not at or not where:
        return None
    host = host_of(where) or where
    tls = texts.get("tls_peer", "")
    behind = f"; its TLS certificate has SHA-256 {visible(tls, limit=64)}" if tls else "; without TLS"
    named = f", which the page {quoted(texts['page'], limit=_SHOWN_CHARS)} names" if texts.get("page") else ""
    sent = f", after {quoted(texts['url'], limit=_SHOWN_CHARS)} led there" if texts.get("url", where) != where else ""
    return Appearance(
        source=Source(kind=SourceKind.WEB, name=visible(host, limit=100), origin=visible(host, limit=100), url=where),
        statement=(
            f"These bytes were fetched from {quoted(where, limit=_SHOWN_CHARS)}{named}{sent} "
            f"at {visible(at, limit=40)}, from {visible(texts.get('address', ''), limit=60)}{behind}."
        ),
        method=METHOD,
        limits=(
            "It says where the bytes stood at that moment: not since when, and not who put them there.",
            f"The moment is that of {visible(texts.get('clock', '') or 'the clock of that check', limit=100)}.",
            *(() if tls else ("Without TLS anybody on the way could have put other bytes in their place.",)),
        ),
        by=visible(host, limit=100),
        published=None,
        date_basis=DateBasis.UNKNOWN,
        copy=CopyKind.EXACT,
        url=where,
    )
