"""The chain of a Credential as lines that the page and the terminal share: who signed what, under which list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..model.credentials import Ancestor, Credential, CredentialState, Signing, TrustListUsed
from ..model.evidence import Evidence
from .details import Row

MOST_LINKS = 24
_HELD = {
    CredentialState.TRUSTED: "signature and content hash match",
    CredentialState.VALID_UNTRUSTED: "signature and content hash match",
    CredentialState.EXPIRED_UNPROVEN_TIME: "signature and content hash match; the certificate ran out",
    CredentialState.LAYOUT_NONCONFORMING: "the content hash matches what it covers; more is left out than may be",
    CredentialState.CONTENT_CHANGED: "the content hash differs",
    CredentialState.MANIFEST_DAMAGED: "signature or hashes within the manifest differ",
}
_INTACT = (
    CredentialState.TRUSTED,
    CredentialState.VALID_UNTRUSTED,
    CredentialState.EXPIRED_UNPROVEN_TIME,
    CredentialState.LAYOUT_NONCONFORMING,
)


class Held(StrEnum):
    """What is known of a manifest, in one word for a figure; `Link.held` says it in full."""

    HOLDS = "holds"
    RECORDED = "recorded"
    UNKNOWN = "unknown"
    FAILS = "fails"


_FAILS = (CredentialState.CONTENT_CHANGED, CredentialState.MANIFEST_DAMAGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One manifest of the chain, or an ingredient that brought none."""

    place: str
    signer: str
    standing: str
    """Whether the name is proven."""
    when: str
    program: str
    actions: str
    held: str
    """What its validation came to; of an ancestor, when it was imported."""
    depth: int
    """Generations back; 0 is the file's own."""
    state: Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A Credential laid out."""

    credential: Credential
    links: tuple[Link, ...]
    left_out: int
    lists: tuple[Row, ...]


def panels(evidence: Iterable[Evidence]) -> tuple[Panel, ...]:
    """One panel for each Credential from which something could be read."""
    found = [item for item in evidence if isinstance(item, Credential) and item.active and item.lists]
    return tuple(_panel(item) for item in found)


def _panel(item: Credential) -> Panel:
    # Of many, those that failed are shown whatever their place.
    ranked = sorted(range(len(item.ancestors)), key=lambda at: (not item.ancestors[at].failures, at))
    shown = [item.ancestors[at] for at in sorted(ranked[: MOST_LINKS - 1])]
    return Panel(
        credential=item,
        links=(_active(item), *(_ancestor(ancestor) for ancestor in shown)),
        left_out=len(item.ancestors) - len(shown),
        lists=tuple(Row(each.name, _list(each)) for each in item.lists),
    )


def _active(item: Credential) -> Link:
    vouching = next((each.name for each in item.lists if each.vouches), "")
    standing = f"on the {vouching}" if vouching else "self-declared: no list asked vouches for the name"
    if item.state not in _INTACT and vouching:
        standing += ", which says nothing of these bytes"
    held = _HELD.get(item.state, item.reason)
    state = Held.HOLDS if item.state in _INTACT else Held.FAILS if item.state in _FAILS else Held.UNKNOWN
    return _link(item.active or Signing(manifest=""), "this file", standing, (held, state), 0)


def _ancestor(ancestor: Ancestor) -> Link:
    before = ancestor.called if ancestor.called == ancestor.of_file else f"{ancestor.called} of {ancestor.of_file}"
    place = f"{before}, {ancestor.depth} back" if ancestor.depth > 1 else before
    title = f"{place}: {ancestor.signing.title}" if ancestor.signing.title else place
    if not ancestor.signing.signer:
        held = f"did not verify: {', '.join(ancestor.failures)}" if ancestor.failures else "brought no credentials"
        state = Held.FAILS if ancestor.failures else Held.UNKNOWN
        return _link(ancestor.signing, title, "", (held, state), ancestor.depth)
    recorded = "no failure recorded at import" if ancestor.checked else "whether it held was not recorded at import"
    held = f"did not verify: {', '.join(ancestor.failures)}" if ancestor.failures else recorded
    state = Held.FAILS if ancestor.failures else Held.RECORDED if ancestor.checked else Held.UNKNOWN
    return _link(ancestor.signing, title, "self-declared", (held, state), ancestor.depth)


def _link(signing: Signing, place: str, standing: str, held: tuple[str, Held], depth: int) -> Link:
    """Of the signing of an ancestor nothing is known but what its importer recorded."""
    return Link(
        place=place,
        signer=" / ".join(dict.fromkeys(filter(None, (signing.signer, signing.issuer)))),
        standing=standing,
        when=_when(signing, recorded=depth > 0),
        program=signing.generator,
        actions=", ".join(signing.actions),
        held=held[0],
        depth=depth,
        state=held[1],
    )


def _when(signing: Signing, *, recorded: bool) -> str:
    if not signing.signed:
        return "not stated" if signing.signer else ""
    if not signing.time_by:
        return f"{signing.signed}, by the signer alone"
    if recorded:
        return f"{signing.signed}, time-stamped by {signing.time_by}, by the importer's word"
    under = "under the list of signers" if signing.time_by_signers_list else "on no list"
    return f"{signing.signed}, time-stamped by {signing.time_by}{'' if signing.time_listed else f', {under}'}"


def _list(each: TrustListUsed) -> str:
    dates = [f"issued {each.issued}"] if each.issued else []
    dates += [f"next update due {each.next_update}"] if each.next_update else []
    vouches = "vouches for the signer" if each.vouches else ""
    return "; ".join(filter(None, (vouches, *dates, f"sha256 {each.sha256}")))
