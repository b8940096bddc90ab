"""Evidence of Content Credentials: the state of a manifest, who signed it, and what it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .evidence import Evidence


class CredentialState(StrEnum):
    """What the validation of a manifest store came to; "none" has no Credential, for there is nothing to describe."""

    REMOTE_REFERENCE = "remote_reference"
    TRUSTED = "trusted"
    VALID_UNTRUSTED = "valid_untrusted"
    EXPIRED_UNPROVEN_TIME = "expired_unproven_time"
    LAYOUT_NONCONFORMING = "bytes_match_layout_nonconforming"
    CONTENT_CHANGED = "content_changed"
    MANIFEST_DAMAGED = "manifest_damaged"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"


class CredentialFlag(StrEnum):
    """What a reader must know beside the state."""

    ANCESTOR_FAILED = "ancestor_failed"
    AI_DECLARED = "ai_declared"
    REDACTED = "redacted"
    METADATA_OUTSIDE_BINDING = "metadata_outside_binding"
    IDENTITY_NOT_CHECKED = "identity_not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustListUsed:
    """A pinned list of certificate authorities that a validation asked."""

    name: str
    sha256: str
    """Of the list's bytes."""
    issued: str = ""
    """Day of issue, ISO 8601; "" where the list states none."""
    next_update: str = ""
    vouches: bool = False
    """Whether the signer's certificate leads to this list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A manifest: who signed it, when, with which program, and what they assert of the making."""

    manifest: str
    """Label of the manifest; "" for an ingredient that brought none."""
    signer: str = ""
    """Common name in the certificate: free text of whoever issued it, proven only where a list vouches for it."""
    issuer: str = ""
    """Organisation in the certificate, as free."""
    signed: str = ""
    """Time of signing, ISO 8601."""
    time_by: str = ""
    """Name of the time-stamp authority; "" where only the signer says when."""
    time_listed: bool = False
    """Whether a list for times, or one that the desk added, vouches for that authority."""
    time_by_signers_list: bool = False
    """Whether only the list that was asked for signers vouches for it."""
    generator: str = ""
    """The program, by its own word (claim_generator)."""
    actions: tuple[str, ...] = ()
    """Each action with its digital source type: "c2pa.created (digitalCapture)"."""
    model: bool = False
    """Whether it declares a generative model (digital source type trainedAlgorithmicMedia or a composite with it)."""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """An earlier version or a part, as a manifest names it (C2PA: ingredient)."""

    depth: int
    """1 is what the active manifest names."""
    relationship: str
    signing: Signing
    failures: tuple[str, ...] = ()
    """Failure codes recorded by whoever imported it, or met now; an unlisted signer is not counted among them."""
    imported_by: str = ""
    """Signer of the manifest that names it; at depth 1 that of the active one."""
    lineage: str = ""
    """"parentOf" where every step from the active manifest to it is one; else the first that is another."""
    checked: bool = False
    """Whether whoever imported it recorded that its signature and a hash were validated, or with which failures."""

    @property
    def called(self) -> str:
        """What it is to the manifest that names it: "earlier version", "part", "input" or "ingredient"."""
        return _ROLES.get(self.relationship, "ingredient")

    @property
    def of_file(self) -> str:
        """The same towards the file itself: what lies behind a part is no earlier version of the file."""
        return _ROLES.get(self.lineage or self.relationship, "ingredient")


# Relationships of ingredients: C2PA specification 2.2, section 10.3.2.2.
_ROLES = {"parentOf": "earlier version", "componentOf": "part", "inputTo": "input"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A thumbnail that a manifest keeps, against the picture under test, by the whole-frame hash."""

    of: str
    """What the thumbnail is of, by the manifest's word."""
    alike: bool
    turn: str
    """How the picture must be turned to be nearest to it."""
    distance_bits: int
    """In how many of 256 bits the two differ."""


@dataclass(frozen=True, kw_only=True)
class Credential(Evidence):
    """A signed manifest and its validation (C2PA: Content Credential)."""

    kind: ClassVar[str] = "credential"

    state: CredentialState
    flags: tuple[CredentialFlag, ...] = ()
    active: Signing | None = None
    """The manifest that speaks for the file; None where none could be read."""
    ancestors: tuple[Ancestor, ...] = ()
    lists: tuple[TrustListUsed, ...] = ()
    codes: tuple[str, ...] = ()
    """Failure codes of the active manifest under the list that `state` rests on (C2PA 2.2, section 15)."""
    reason: str = ""
    """Why nothing could be read, or what a state rests on."""
    host: str = ""
    """Where a remote manifest store is said to be; never asked."""
    expired: str = ""
    """End of the certificate's validity, ISO 8601, where it has run out and no list proves the signing to be older."""
    left_out: str = ""
    """Which ancestors are not listed, and by which limit."""
    binding: str = ""
    """The hash that binds manifest and file: "data hash, sha256, matches"."""
    unbound_bytes: int = 0
    """Bytes of the file outside the binding, the manifest store itself not counted."""
    likenesses: tuple[Likeness, ...] = ()
    store_sha256: str = ""
    """Of the manifest store's bytes in the file."""
    reader: str = ""
    """Library and version that validated."""
