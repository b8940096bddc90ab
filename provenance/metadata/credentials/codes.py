"""From the library's status codes to the desk's states (C2PA 2.2, section 15; codes of c2pa-rs 0.91).

"Invalid" is no state: an expired certificate, an unlisted signer, an old layout and a changed picture all read so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...model.credentials import CredentialState as State
from .library import Reading

VALIDATED, TRUSTED = "claimSignature.validated", "signingCredential.trusted"
CONTENT = frozenset(
    f"assertion.{kind}.mismatch" for kind in ("dataHash", "boxesHash", "bmffHash", "collectionHash", "multiAssetHash")
)
_EXPIRED = frozenset({"signingCredential.expired", "claimSignature.outsideValidity"})
# They speak of who signed, of when, or of what stands outside the claim; none says that a byte was changed.
_OF_TRUST = ("signingCredential.", "timeStamp.", "cawg.", "com.adobe.", "algorithm.deprecated")
# They speak of changed bytes; the list is closed: what is not on it (inaccessible, general.error, codes to come) says
# nothing of that. C2PA 2.2, section 15.2.2, table of failure codes.
_OF_DAMAGE = (
    "assertion.missing",
    "assertion.outsideManifest",
    "assertion.undeclared",
    "claim.malformed",
    "claim.missing",
    "claim.multiple",
    "claimSignature.",
    "hashedURI.",
    "ingredient.claimSignature.",
    "ingredient.manifest.",
)
# Explanations by which the library rejects where an exclusion lies, not what the bytes are.
_LAYOUT = ("does not match the manifest location",)


def failures(reading: Reading) -> list[dict[str, str]]:
    """What failed about the active manifest, each with `code`, `url` and `explanation`."""
    return statuses(reading.results.get("activeManifest"), "failure")


def statuses(results: object, kind: str) -> list[dict[str, str]]:
    """The statuses of a kind: "success", "informational" or "failure"."""
    found = results.get(kind) if isinstance(results, dict) else None
    if not isinstance(found, list):
        return []
    return [
        {name: str(status.get(name) or "") for name in ("code", "url", "explanation")}
        for status in found
        if isinstance(status, dict)
    ]


def failing(codes: Iterable[str]) -> list[str]:
    """The codes that speak of the manifest itself, not of trust, time or identity."""
    return [code for code in codes if code not in _EXPIRED and not code.startswith(_OF_TRUST)]


def damaging(codes: Iterable[str]) -> list[str]:
    """Of these the codes that speak of changed bytes."""
    return [code for code in failing(codes) if code.startswith(_OF_DAMAGE) or code.endswith(".mismatch")]


def inconclusive(codes: Iterable[str]) -> list[str]:
    """Of these the others: how a manifest is written, what could not be reached, what nobody here knows."""
    told = list(codes)
    return [code for code in failing(told) if code not in damaging(told)]


def ingredient_failures(reading: Reading) -> list[tuple[str, list[str]]]:
    """What fails now of an ingredient and was not recorded when it was imported: address of its assertion, codes."""
    deltas: Any = reading.results.get("ingredientDeltas")
    found = []
    for delta in deltas if isinstance(deltas, list) else ():
        if not isinstance(delta, dict):
            continue
        codes = [status["code"] for status in statuses(delta.get("validationDeltas"), "failure")]
        if damaging(codes):
            found.append((str(delta.get("ingredientAssertionURI", "")), damaging(codes)))
    return found


def of_layout(status: dict[str, str]) -> bool:
    """Whether the library rejects where the signer left bytes out, not the bytes."""
    return status["code"] in CONTENT and any(words in status["explanation"] for words in _LAYOUT)


def vouched(reading: Reading) -> bool:
    """Whether the list that was asked vouches for the signer; the authorities for times beside it do not count."""
    succeeded = statuses(reading.results.get("activeManifest"), "success")
    return any(status["code"] == TRUSTED and "user_anchors" not in status["explanation"] for status in succeeded)


def state(reading: Reading, *, recomputed: bool | None) -> State:
    """The state under one list. `recomputed`: our own hash against the signed one, None where it was not asked for."""
    failed = failures(reading)
    codes = [status["code"] for status in failed]
    content = [status for status in failed if status["code"] in CONTENT]
    others = [code for code in damaging(codes) if code not in CONTENT]
    succeeded = {status["code"] for status in statuses(reading.results.get("activeManifest"), "success")}
    unclear = inconclusive(codes)
    unsigned = (VALIDATED not in succeeded and not unclear) or any(
        code.startswith("claimSignature.") for code in others
    )
    if unsigned or _of_binding(failed) or (others and not content):
        return State.MANIFEST_DAMAGED
    if content and VALIDATED not in succeeded:
        return State.UNREADABLE
    if content and not (all(map(of_layout, content)) and recomputed):
        return State.CONTENT_CHANGED
    if others or ingredient_failures(reading):
        return State.MANIFEST_DAMAGED
    if content:
        return State.LAYOUT_NONCONFORMING
    if unclear:
        return State.UNREADABLE
    if _EXPIRED & set(codes):
        return State.EXPIRED_UNPROVEN_TIME
    return State.TRUSTED if vouched(reading) and not _refuses_signer(codes) else State.VALID_UNTRUSTED


def _of_binding(failed: list[dict[str, str]]) -> bool:
    """Whether the assertion that holds the content hash is itself not the one that was signed."""
    return any(
        status["code"] in ("assertion.hashedURI.mismatch", "assertion.missing") and "/c2pa.hash." in status["url"]
        for status in failed
    )


def _refuses_signer(codes: list[str]) -> bool:
    return any(code.startswith("signingCredential.") for code in codes)
