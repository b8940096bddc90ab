"""What a Credential says, in the desk's words: one state a verdict, the name of a signer never without its standing."""

from __future__ import annotations

from ..metadata.credentials.codes import damaging
from ..metadata.credentials.lists import INTERIM
from ..model.credentials import Ancestor, Credential, CredentialFlag, CredentialState
from ..model.finding import Sentence, Verdict
from ..model.text import visible
from . import signers
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
# Where these hold, what the manifest says is said of this picture's data.
_HOLDING = frozenset(
    {
        CredentialState.TRUSTED,
        CredentialState.VALID_UNTRUSTED,
        CredentialState.EXPIRED_UNPROVEN_TIME,
        CredentialState.LAYOUT_NONCONFORMING,
    }
)
_MOST_NAMED = 4


def verdict(credential: Credential) -> Verdict:
    """The word for a state."""
    return _STATES[credential.state]


def opening(credential: Credential) -> str:
    """The start of the one-line answer: the word, who signed as far as that is known, and what must not be missed."""
    word = verdict(credential).value
    signer = signers.name(credential)
    parts = [f"{word[0].upper()}{word[1:]}"]
    if signer and credential.state is CredentialState.TRUSTED:
        parts[0] += f": {signer}{' (retired interim list)' if signers.listed(credential).startswith(INTERIM) else ''}"
    elif signer and credential.state is CredentialState.VALID_UNTRUSTED:
        parts[0] += f": {signer}, by its own word"
    if credential.state in _HOLDING:
        parts += _reserves(credential)
    if CredentialFlag.ANCESTOR_FAILED in credential.flags:
        parts.append(f"{signers.kind_of([each for each in credential.ancestors if each.failures])} did not verify")
    if credential.state in _HOLDING:
        unchecked = _unchecked(credential)
        parts += [f"no check of {signers.kind_of(unchecked)} is recorded"] if unchecked else []
        parts += _model(credential)
    parts += ["not every earlier version is listed"] if credential.left_out else []
    return "; ".join(parts)


def _reserves(item: Credential) -> list[str]:
    """What a state that holds does not hold for."""
    told = ["tags not covered"] if CredentialFlag.METADATA_OUTSIDE_BINDING in item.flags else []
    late = item.expired and item.state is not CredentialState.EXPIRED_UNPROVEN_TIME
    return [*told, *(["certificate ran out, time unproven"] if late else [])]


def _model(item: Credential) -> list[str]:
    if CredentialFlag.AI_DECLARED not in item.flags:
        return []
    kin = [each for each in item.ancestors if each.signing.model]
    nearest = signers.kind_of(kin) if kin else ""
    if (item.active and item.active.model) or nearest in ("", "an earlier version"):
        return ["a generative model is declared"]
    return [f"{nearest} is declared as made by a model"]


def sentences(credential: Credential) -> list[Sentence]:
    """State, flags and ancestors, each in full."""
    told = [
        _state(credential),
        *_flags(credential),
        *_failed(credential),
        *_unrecorded(credential),
        *(
            [f"Of the earlier versions and parts {credential.left_out}; all were looked at."]
            if credential.left_out
            else []
        ),
        *_likenesses(credential),
        *_read_by(credential),
    ]
    return [cited(text, credential) for text in told if text]


def _state(item: Credential) -> str:
    signer, when = signers.name(item) or "somebody unnamed", signers.when(item.active)
    asked = " nor ".join(f"the {each.name}" for each in item.lists if "TSA" not in each.name)
    outside = CredentialFlag.METADATA_OUTSIDE_BINDING in item.flags
    unchanged = "The picture data are unchanged" if outside else "Unchanged"
    match item.state:
        case CredentialState.REMOTE_REFERENCE:
            return f"The file points to credentials at {visible(item.host)}. Not fetched: that would tell the host."
        case CredentialState.TRUSTED:
            return (
                f"{unchanged} since {signer} signed it {when}. The signer is on the {signers.listed(item)}. That "
                "proves who signed, not that the scene, place or date is as described."
            )
        case CredentialState.VALID_UNTRUSTED:
            objects = bool(signers.listed(item))
            why = "the library objects to its certificate" if objects else f"neither {asked} vouches for it"
            return (
                f"{unchanged} since it was signed {when}, but the name {signer} is self-declared: {why}. Treat the "
                "name as unproven."
            )
        case CredentialState.EXPIRED_UNPROVEN_TIME:
            day = f" on {item.expired[:10]}" if item.expired else ""
            return (
                f"{'For the picture data the' if outside else 'The'} signature is intact, but its certificate ran "
                f"out{day} and no trusted time-stamp shows that it was made before. Not a sign of tampering. The name "
                f"{signer} is unproven."
            )
        case CredentialState.LAYOUT_NONCONFORMING:
            left = f"{item.unbound_bytes:,} bytes beside the manifest store" if item.unbound_bytes else "more"
            what = ", the file's tags among them," if outside else ""
            unproven = "; the metadata are unproven" if outside else ""
            named = f"is on the {signers.listed(item)}" if signers.listed(item) else "is self-declared"
            return (
                f"The picture data match the signed hash; the signing software left {left}{what} unprotected. Not a "
                f"sign of tampering{unproven}. The name of the signer, {signer}, {named}."
            )
        case CredentialState.CONTENT_CHANGED:
            return (
                "The file is not the one that was signed: the content hash differs. This happens by editing, by saving "
                "again in a program without credentials, or by attack; which of them cannot be told."
            )
        case CredentialState.MANIFEST_DAMAGED:
            why = ", ".join(damaging(item.codes)) or item.reason or "the signature was not validated"
            return f"The credentials themselves do not verify ({visible(why)}). Disregard what they say."
        case _:
            return f"The credentials could not be read: {visible(item.reason)}. No conclusion follows."


def _flags(item: Credential) -> list[str]:
    told = {
        CredentialFlag.AI_DECLARED: _declared(item),
        CredentialFlag.REDACTED: "Something was taken out of an earlier version's record, by the record's own word.",
        CredentialFlag.METADATA_OUTSIDE_BINDING: "The file's tags lie outside the signed hash: time and position in "
        "them can have been changed without a trace.",
        CredentialFlag.IDENTITY_NOT_CHECKED: "An identity assertion is present, not checked: that needs the network.",
    }
    return [_late(item), *(text for flag, text in told.items() if flag in item.flags)]


def _late(item: Credential) -> str:
    """That the certificate has run out, where the state does not rest on it."""
    if not item.expired or item.state not in _HOLDING or item.state is CredentialState.EXPIRED_UNPROVEN_TIME:
        return ""
    stamped = item.active is not None and bool(item.active.time_by)
    if not stamped:
        return f"Its certificate ran out on {item.expired[:10]}, and no time-stamp puts the signing before."
    return (
        f"Its certificate ran out on {item.expired[:10]}; only a time-stamp that no list vouches for puts the signing "
        "before."
    )


def _declared(item: Credential) -> str:
    """Which manifest declares a model, and whose statement that is."""
    active = [item.active] if item.active is not None and item.active.model else []
    kin = [each for each in item.ancestors if each.signing.model]
    what = signers.made([*active, *(each.signing for each in kin)]) or "in a digital source type"
    if item.state not in _HOLDING:
        return (
            f"The credentials, which do not hold for this file, declare a generative model: {what}; nothing follows "
            "for this picture."
        )
    whose = "the signer" if active and item.state is CredentialState.TRUSTED else "whoever wrote that manifest"
    where = "The credentials declare" if active or not kin else f"The credentials of {signers.kind_of(kin)} declare"
    return f"{where} a generative model: {what}. That is a statement of {whose}."


def _failed(item: Credential) -> list[str]:
    failed = [ancestor for ancestor in item.ancestors if ancestor.failures]
    told = [
        f"{signers.called(ancestor)} did not verify when {signers.importer(item, ancestor)} imported it "
        f"({visible(', '.join(ancestor.failures[:3]))}). The current signature does not repair that."
        for ancestor in failed[:_MOST_NAMED]
    ]
    rest = len(failed) - _MOST_NAMED
    return [*told, *([f"{rest} more ancestors did not verify."] if rest > 0 else [])]


def _unchecked(item: Credential) -> list[Ancestor]:
    """Ancestors that brought credentials, of which no record says that they held."""
    return [each for each in item.ancestors if each.signing.signer and not each.checked and not each.failures]


def _unrecorded(item: Credential) -> list[str]:
    found = _unchecked(item)
    told = [
        f"{signers.called(each)} brought credentials; whether they held was not recorded when "
        f"{signers.importer(item, each)} imported it. It can have been changed before that without a trace here."
        for each in found[:_MOST_NAMED]
    ]
    rest = len(found) - _MOST_NAMED
    return [*told, *([f"Of {rest} more ancestors that was not recorded either."] if rest > 0 else [])]


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
