"""What a Credential says, in the desk's words: one state a verdict, the name of a signer never without its standing."""

from __future__ import annotations

from ..metadata.credentials.lists import INTERIM
from ..model.evidence import Ancestor, Credential, CredentialFlag, CredentialState, Signing
from ..model.finding import Sentence, Verdict
from ..model.text import visible
from .wording import cited

_STATES = {
    CredentialState.REMOTE_REFERENCE: Verdict.CREDENTIALS_REMOTE,
    CredentialState.TRUSTED: Verdict.CREDENTIALS_TRUSTED,
    CredentialState.VALID_UNTRUSTED: Verdict.CREDENTIALS_UNTRUSTED,
    CredentialState.EXPIRED_UNPROVEN_TIME: Verdict.CREDENTIALS_EXPIRED,
    CredentialState.LAYOUT_NONCONFORMING: Verdict.CREDENTIALS_LAYOUT,
    CredentialState.CONTENT_CHANGED: Verdict.CREDENTIALS_CONTENT_CHANGED,
    CredentialState.MANIFEST_DAMAGED: Verdict.CREDENTIALS_DAMAGED,
    CredentialState.UNREADABLE: Verdict.CREDENTIALS_UNREADABLE,
    CredentialState.UNSUPPORTED: Verdict.CREDENTIALS_UNSUPPORTED,
}
_NAME, _MOST_NAMED = 80, 4


def verdict(credential: Credential) -> Verdict:
    """The word for a state."""
    return _STATES[credential.state]


def opening(credential: Credential) -> str:
    """The start of the one-line answer: the word, who signed as far as that is known, and what must not be missed."""
    word = verdict(credential).value
    signer = _signer(credential.active)
    parts = [f"{word[0].upper()}{word[1:]}"]
    if signer and credential.state is CredentialState.TRUSTED:
        parts[0] += f": {signer}{' (retired interim list)' if _list(credential).startswith(INTERIM) else ''}"
    elif signer and credential.state is CredentialState.VALID_UNTRUSTED:
        parts[0] += f": {signer}, by its own word"
    if CredentialFlag.ANCESTOR_FAILED in credential.flags:
        failed = [each.relationship for each in credential.ancestors if each.failures]
        only_parts = bool(failed) and set(failed) == {"componentOf"}
        parts.append(f"{'a part' if only_parts else 'an earlier version'} did not verify")
    if CredentialFlag.AI_DECLARED in credential.flags:
        parts.append("a generative model is declared")
    return "; ".join(parts)


def sentences(credential: Credential) -> list[Sentence]:
    """State, flags and ancestors, each in full."""
    told = [
        _state(credential),
        *_flags(credential),
        *_failed(credential),
        *_likenesses(credential),
        *_read_by(credential),
    ]
    return [cited(text, credential) for text in told if text]


def _state(item: Credential) -> str:
    signer, when = _signer(item.active) or "somebody unnamed", _when(item.active)
    asked = " nor ".join(f"the {each.name}" for each in item.lists if "TSA" not in each.name)
    match item.state:
        case CredentialState.REMOTE_REFERENCE:
            return f"The file points to credentials at {visible(item.host)}. Not fetched: that would tell the host."
        case CredentialState.TRUSTED:
            return (
                f"Unchanged since {signer} signed it {when}. The signer is on the {_list(item)}. That proves who "
                "signed, not that the scene, place or date is as described."
            )
        case CredentialState.VALID_UNTRUSTED:
            why = f"neither {asked} vouches for it" if not _list(item) else "the library objects to its certificate"
            return (
                f'Unchanged since it was signed {when}, but the name "{signer}" is self-declared: {why}. Treat the '
                "name as unproven."
            )
        case CredentialState.EXPIRED_UNPROVEN_TIME:
            day = f" on {item.expired[:10]}" if item.expired else ""
            return (
                f"The signature is intact, but its certificate ran out{day} and no trusted time-stamp shows that it "
                f'was made before. Not a sign of tampering. The name "{signer}" is unproven.'
            )
        case CredentialState.LAYOUT_NONCONFORMING:
            return (
                f"The picture data match the signed hash; the signing software left {item.unbound_bytes:,} bytes, the "
                "file's tags among them, unprotected. Not a sign of tampering; the metadata are unproven."
                + (
                    f" The signer, {signer}, is on the {_list(item)}."
                    if _list(item)
                    else f' "{signer}" is self-declared.'
                )
            )
        case CredentialState.CONTENT_CHANGED:
            return (
                "The file is not the one that was signed: the content hash differs. This happens by editing, by saving "
                "again in a program without credentials, or by attack; which of them cannot be told."
            )
        case CredentialState.MANIFEST_DAMAGED:
            why = ", ".join(item.codes) or item.reason
            return f"The credentials themselves do not verify ({visible(why)}). Disregard what they say."
        case _:
            return f"The credentials could not be read: {visible(item.reason)}. No conclusion follows."


def _flags(item: Credential) -> list[str]:
    told = {
        CredentialFlag.AI_DECLARED: "The credentials declare a generative model: "
        f"{_made(item) or 'in the digital source type of an action'}. That is a statement of the signer.",
        CredentialFlag.REDACTED: "Something was taken out of an earlier version's record, by the record's own word.",
        CredentialFlag.METADATA_OUTSIDE_BINDING: "The file's tags lie outside the signed hash: time and position in "
        "them can have been changed without a trace.",
        CredentialFlag.IDENTITY_NOT_CHECKED: "An identity assertion is present, not checked: that needs the network.",
    }
    return [text for flag, text in told.items() if flag in item.flags]


def _failed(item: Credential) -> list[str]:
    failed = [ancestor for ancestor in item.ancestors if ancestor.failures]
    told = [
        f"{_called(ancestor)} did not verify when {visible(ancestor.imported_by, limit=_NAME) or 'somebody'} imported "
        f"it ({', '.join(ancestor.failures[:3])}). The current signature does not repair that."
        for ancestor in failed[:_MOST_NAMED]
    ]
    rest = len(failed) - _MOST_NAMED
    return [*told, *([f"{rest} more ancestors did not verify."] if rest > 0 else [])]


def _likenesses(item: Credential) -> list[str]:
    """What the thumbnails show: a hint, because a thumbnail is what its signer put there."""
    return [
        f"The manifest's thumbnail of {each.of} shows this picture {each.turn} ({each.distance_bits} of 256 bits "
        "differ)."
        if each.alike
        else f"The manifest's thumbnail of {each.of} does not show this whole picture ({each.distance_bits} of 256 "
        "bits differ): cropped, changed or another. A hint to look; no measurement of a change."
        for each in item.likenesses
    ]


def _read_by(item: Credential) -> list[str]:
    if not item.lists:
        return []
    lists = "; ".join(
        f"{each.name}, {f'issued {each.issued}, ' if each.issued else ''}sha256 {each.sha256[:12]}"
        for each in item.lists
    )
    late = [limit for limit in item.limits if "was to be replaced" in limit or "was not asked" in limit]
    usual = ("signingCredential.untrusted", "signingCredential.expired")
    odd = [code for code in item.codes if code.startswith("signingCredential.") and code not in usual]
    late += [f"The library objects to the signer's certificate ({', '.join(odd)})."] if odd else []
    return [f"Lists asked, one by one: {lists}. Read by {item.reader}, on this machine's clock.", *late]


def _called(ancestor: Ancestor) -> str:
    title = visible(ancestor.signing.title, limit=_NAME)
    kind = "A part" if ancestor.relationship == "componentOf" else "An earlier version"
    return f'{kind}, "{title}",' if title else kind


def _signer(signing: Signing | None) -> str:
    """Name and organisation of a certificate."""
    if signing is None or not signing.signer:
        return ""
    name, issuer = visible(signing.signer, limit=_NAME), visible(signing.issuer, limit=_NAME)
    return f"{name} ({issuer})" if issuer and issuer != name else name


def _when(signing: Signing | None) -> str:
    if signing is None or not signing.signed:
        return "at a time that nothing states"
    if not signing.time_by:
        return f"at {signing.signed} (time claimed by the signer only)"
    standing = "" if signing.time_listed else ", which no list vouches for"
    return f"at {signing.signed} (time-stamped by {visible(signing.time_by, limit=_NAME)}{standing})"


def _list(item: Credential) -> str:
    named = next((each for each in item.lists if each.vouches), None)
    return f"{named.name}{f' (issued {named.issued})' if named.issued else ''}" if named else ""


def _made(item: Credential) -> str:
    """The actions that name a model, with whose they are."""
    signings = [item.active, *(ancestor.signing for ancestor in item.ancestors)]
    said = [
        f"{action} by {visible(each.generator, limit=_NAME) or 'an unnamed program'}"
        for each in signings
        if each is not None
        for action in each.actions
        if "rainedAlgorithmicMedia" in action
    ]
    return visible("; ".join(dict.fromkeys(said[:_MOST_NAMED])))
