"""The trust lists that a validation asks, each with its digest and its dates. Lists are asked one by one, never merged.

Origin and licence of the shipped ones stand in trust/README.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources

from ...model.context import Context, TrustAnchors
from ...model.credentials import TrustListUsed

OFFICIAL, STAMPS = "C2PA Trust List", "C2PA TSA Trust List"
INTERIM = "retired interim list (Content Credentials Verify)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustList:
    """Certificates that vouch for signers (`anchors`, `allowed`), as PEM, and where they come from."""

    name: str
    anchors: str = field(repr=False)
    allowed: str = field(default="", repr=False)
    """Certificates of signers that are listed themselves."""
    sha256: str = ""
    issued: str = ""
    next_update: str = ""
    retired: bool = False
    added: bool = False
    """A list of the desk's own, which vouches for times too."""
    times: tuple[str, ...] = field(default=(), repr=False)
    """The desk's other lists, which vouch for times under this one as the list of authorities for times does."""


@cache
def shipped() -> tuple[TrustList, ...]:
    """The official list, then the retired interim one."""
    return (
        _read(OFFICIAL, "C2PA-TRUST-LIST.pem", issued="2026-08-05", next_update="2027-08-05"),
        _read(INTERIM, "interim-anchors.pem", "interim-allowed.pem", issued="2026-01-01", retired=True),
    )


@cache
def stamps() -> TrustList:
    """Authorities that may vouch for a time; asked beside every list, and never for a signer."""
    return _read(STAMPS, "C2PA-TSA-TRUST-LIST.pem", issued="2026-08-05", next_update="2027-08-05")


@cache
def added(anchors: TrustAnchors) -> TrustList:
    """A list of the desk's own."""
    return TrustList(
        name=f"added list {anchors.name}",
        anchors=anchors.pem,
        sha256=hashlib.sha256(anchors.pem.encode("utf-8", "replace")).hexdigest(),
        added=True,
    )


def asked(context: Context) -> tuple[TrustList, ...]:
    """The lists to ask, in this order: each for signers alone, beside it every list that vouches for times."""
    own = tuple(added(anchors) for anchors in context.anchors)
    return tuple(_with_times(each, own) for each in (*shipped(), *own))


def _with_times(one: TrustList, own: tuple[TrustList, ...]) -> TrustList:
    times = tuple(each.anchors for each in own if each != one)
    return replace(one, times=times) if times else one


def used(lists: tuple[TrustList, ...], vouching: TrustList | None) -> tuple[TrustListUsed, ...]:
    """The lists as a report names them, the one for times behind those for signers."""
    return tuple(
        TrustListUsed(
            name=each.name,
            sha256=each.sha256,
            issued=each.issued,
            next_update=each.next_update,
            vouches=each is vouching,
        )
        for each in (*lists, stamps())
    )


def list_bytes(sha256: str) -> bytes:
    """The bytes of a list of the package, by the digest under which a report names it; b"" for any other."""
    found = next((each for each in (*shipped(), stamps()) if each.sha256 == sha256), None)
    return b"" if found is None else f"{found.anchors}{found.allowed}".encode()


def stale(lists: tuple[TrustList, ...], today: date) -> tuple[str, ...]:
    """A sentence for each list whose next issue was due before `today`."""
    return tuple(
        f"The {each.name} in this version was issued {each.issued} and was to be replaced by {each.next_update}: "
        "signers listed or struck off since are not known here."
        for each in (*lists, stamps())
        if each.next_update and today > date.fromisoformat(each.next_update)
    )


def _read(
    name: str, anchors: str, allowed: str = "", *, issued: str, next_update: str = "", retired: bool = False
) -> TrustList:
    """A list of the package; the digest is over its files one behind the other."""
    folder = resources.files(__package__).joinpath("trust")
    parts = [folder.joinpath(file).read_bytes() if file else b"" for file in (anchors, allowed)]
    return TrustList(
        name=name,
        anchors=parts[0].decode("utf-8"),
        allowed=parts[1].decode("utf-8"),
        sha256=hashlib.sha256(b"".join(parts)).hexdigest(),
        issued=issued,
        next_update=next_update,
        retired=retired,
    )
