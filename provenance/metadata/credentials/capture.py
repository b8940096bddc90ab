"""What a sound signature dates: a proven time of signing limits the picture's age, and signed tags claim a capture.

Metadata assertions are JSON-LD with the names of XMP properties (C2PA specification 2.2, section 18.13; before 2.0
"stds.exif"; CAWG Metadata Assertion 1.1), so the reader of XMP claims reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from ...model.credentials import Credential, CredentialState
from ...model.evidence import Bound, BoundKind, Claim, Evidence
from ...model.source import Grade, Source, SourceKind
from ...model.text import visible
from ...model.time import Interval, utc_moment
from ..xmp.claims import claims
from ..xmp.placing import Property
from .library import Reading
from .signings import assertions, text
from .told import METHOD

STAMP = Source(kind=SourceKind.FILE, name="the time-stamp of the credentials", origin="file")
_SOUND = (CredentialState.TRUSTED, CredentialState.VALID_UNTRUSTED)
_TAGS = ("stds.exif", "c2pa.metadata", "cawg.metadata")
_MOST_PROPERTIES = 200
LISTED, UNLISTED = Grade("B", 2), Grade("F", 6)
UNPROVEN_SIGNER = "the signer is on no list that was asked, so anybody may have signed it"
_OF_SIGNING = "It dates the signing of these bytes; the scene may be older."
_OF_CAPTURE = "The signature proves who signed these tags, not that the clock and the position were right."


def dated(credential: Credential, reading: Reading, now: datetime) -> tuple[Evidence, ...]:
    """Evidence beside the Credential; none where the bytes are not those that were signed, or nothing dates them."""
    if credential.state not in _SOUND or credential.active is None:
        return ()
    return (*_signed(credential), *_captured(credential, reading.manifests.get(reading.active), now))


def _signed(credential: Credential) -> Iterator[Bound]:
    """The bytes existed when an authority that a list for times vouches for stamped them (RFC 3161)."""
    active = credential.active
    if active is None or not active.time_listed or (at := utc_moment(active.signed)) is None:
        return
    yield Bound(
        source=STAMP,
        statement=(
            f"A listed time-stamp authority, {visible(active.time_by, limit=80)}, vouches that the file was signed by "
            f"{at:%Y-%m-%d %H:%M} UTC."
        ),
        method=METHOD,
        grade=Grade("A", 1),
        limits=(_OF_SIGNING,),
        bound=BoundKind.SIGNED,
        time=Interval(None, at, True),
    )


def _captured(credential: Credential, manifest: object, now: datetime) -> Iterator[Claim]:
    """Time and place of capture by signed tags of a manifest that says it was made, not opened from something else."""
    active = credential.active
    if active is None or credential.ancestors or not any(one.startswith("c2pa.created") for one in active.actions):
        return
    listed = credential.state is CredentialState.TRUSTED
    # A name that no list vouches for is whatever the signer wrote, so it stands in no sentence.
    who = (
        f"{visible(active.signer, limit=80)}'s signed tags" if listed and active.signer else "an unlisted signer's tags"
    )
    for label, content in assertions(manifest):
        if label.partition("__")[0] not in _TAGS or not isinstance(content, dict):
            continue
        for claim in claims(tuple(_properties(content)), now, ""):
            if claim.time is None and claim.place is None:
                continue
            yield replace(
                claim,
                method=METHOD,
                statement=f"By tags inside the signed manifest: {claim.statement[0].lower()}{claim.statement[1:]}",
                limits=(_OF_CAPTURE,),
                by=who,
                basis=f"signed {claim.basis}",
                grade=LISTED if listed else UNLISTED,
                defeaters=claim.defeaters if listed else (UNPROVEN_SIGNER, *claim.defeaters),
            )


def _properties(content: dict[str, Any]) -> Iterator[Property]:
    for number, (name, value) in enumerate(content.items()):
        if number >= _MOST_PROPERTIES:
            return
        if isinstance(value, str) and not name.startswith("@"):
            yield Property(path=name, value=text(value))
